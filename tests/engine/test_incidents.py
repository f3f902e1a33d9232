"""An engine error is an incident: the act is undone, listed with its cause, tried again; the case is not lost."""

import decisions
import pytest
import siapmas_days as day
from office import Office

from db import sql
from db.connect import transaction
from engine import verbs
from engine.diagrams import releases
from engine.errors import NotAllowed, NotFound, ProcessBroken


def without_kabag(office: Office) -> None:
    """A unit is dissolved in the middle of the day: nobody holds the office the diagram asks for."""
    sql.execute("UPDATE office SET role = 'dissolved', code = code || '_x' WHERE role = 'kabag'")


def with_kabag(office: Office) -> None:
    sql.execute("UPDATE office SET role = 'kabag' WHERE role = 'dissolved'")


def broken_case(office: Office) -> int:
    case = office.report()
    day.to_kasubag(office, case)
    without_kabag(office)
    with pytest.raises(ProcessBroken) as broken:
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan", catatan="Sudah diperiksa.")
    assert broken.value.element == "teliti_kabag"
    assert "kabag" in broken.value.cause
    return case


def test_the_act_is_undone_and_the_incident_tells_why(office: Office) -> None:
    case = broken_case(office)
    assert office.waits(case) == ["teliti_kasubag"]
    assert office.state(case) == "insiden"
    verb, element, cause = sql.row("SELECT verb, element, cause FROM incident") or ("", "", "")
    assert (verb, element) == ("complete", "teliti_kabag")
    assert "bagian_umum" in cause


def test_once_mended_a_retry_repeats_the_same_act_of_the_same_person(office: Office) -> None:
    case = broken_case(office)
    with_kabag(office)
    incident = int(sql.value("SELECT id FROM incident"))
    verbs.retry(incident, by=office.admin.actor, now=office.after(minutes=9).now)
    assert office.waits(case) == ["teliti_kabag"]
    assert office.state(case) == "berjalan"
    by = sql.value("SELECT person FROM journal WHERE kind = 'completed' AND element = 'teliti_kasubag'")
    assert by == office.wulan.person


def test_a_retry_that_fails_again_is_the_same_incident(office: Office) -> None:
    broken_case(office)
    incident = int(sql.value("SELECT id FROM incident"))
    with pytest.raises(ProcessBroken):
        verbs.retry(incident, by=office.admin.actor, now=office.now)
    assert sql.value("SELECT COUNT(*) FROM incident") == 1


def test_only_an_administrator_retries(office: Office) -> None:
    broken_case(office)
    with pytest.raises(NotAllowed):
        verbs.retry(1, by=office.wulan.actor, now=office.now)


def test_a_service_that_cannot_go_on_is_an_incident_and_retried_too(office: Office) -> None:
    case = office.report()
    office.sekar.registers(case, hasil_verifikasi="tidak_lengkap", yang_kurang="Sebutkan nama desanya.")
    sql.execute("UPDATE workflow SET state = ? WHERE case_file_id = ?", (b"broken", case))
    office.works_off_jobs()
    assert office.state(case) == "insiden"
    assert sql.value("SELECT state FROM job") == "failed"


def test_a_state_that_cannot_be_read_is_not_overwritten(office: Office) -> None:
    case = office.report()
    sql.execute("UPDATE workflow SET state = ? WHERE case_file_id = ?", (b"broken", case))
    with pytest.raises(ProcessBroken):
        office.sekar.registers(case)
    assert bytes(sql.value("SELECT state FROM workflow WHERE case_file_id = ?", (case,))) == b"broken"


def test_an_act_done_by_hand_after_all_closes_its_incident(office: Office) -> None:
    case = broken_case(office)
    with_kabag(office)
    office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    assert office.state(case) == "berjalan"
    assert sql.value("SELECT COUNT(*) FROM incident WHERE solved_ms IS NULL") == 0


def test_a_retry_of_what_was_done_meanwhile_only_closes_the_incident(office: Office) -> None:
    case = broken_case(office)
    sql.execute("UPDATE incident SET task = NULL, verb = 'service'")
    with_kabag(office)
    office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    assert office.state(case) == "insiden"
    verbs.retry(1, by=office.admin.actor, now=office.now)
    assert office.state(case) == "berjalan"


def test_a_withdrawal_leaves_no_incident_and_nothing_to_be_retried(office: Office) -> None:
    case = office.report()
    office.sekar.registers(case, hasil_verifikasi="tidak_lengkap", yang_kurang="Sebutkan nama desanya.")
    whole = sql.value("SELECT state FROM workflow")
    sql.execute("UPDATE workflow SET state = ?", (b"broken",))
    office.works_off_jobs()
    sql.execute("UPDATE workflow SET state = ?", (whole,))
    verbs.withdraw(case, now=office.now)
    assert sql.rows("SELECT state FROM job WHERE kind <> 'mail'") == [("cancelled",)]
    assert sql.value("SELECT COUNT(*) FROM incident WHERE solved_ms IS NULL") == 0
    with pytest.raises(NotFound):
        verbs.retry(1, by=office.admin.actor, now=office.now)
    office.works_off_jobs()
    told = [call.message for call in office.outbox.calls]
    assert told == ["minta_kelengkapan", "tanda_pencabutan"], "the first sent before the state broke, once"


def test_two_rows_of_a_table_that_may_not_hold_together_are_an_incident_and_a_retry_finds_them_again(
    office: Office,
) -> None:
    rows = [(['"jalan"'], ['"dpu"'], ""), (['"jalan", "pasar"'], ['"diskoperindag"'], "")]
    awal = {"soal": "None", "skpd": '"lama"', "ulang": "False"}
    files = {
        "tanya.bpmn": decisions.asking(awal).decode(),
        "tabel.dmn": decisions.table([("soal", "string")], [("skpd", "string")], rows).decode(),
    }
    with transaction():  # past the gate, which would have told of the overlap
        organisation = int(sql.value("SELECT id FROM organisation WHERE code = 'dprd_kab_mojokerto'"))
        releases.publish(organisation, "tanya", files, releases.Terms("SK 1", office.now), person=None, now=office.now)
    case = office.report(process="tanya")
    with pytest.raises(ProcessBroken, match="baris 1, 2 berlaku bersamaan"):
        office.sekar.does(case, "periksa", soal="jalan", ulang=True)
    assert office.state(case) == "insiden"
    assert office.waits(case) == ["periksa"]
    element, cause = sql.row("SELECT element, cause FROM incident") or ("", "")
    assert element == "tentukan"
    assert cause == "tabel “tabel”: baris 1, 2 berlaku bersamaan, padahal hanya boleh satu"
    with pytest.raises(ProcessBroken):
        verbs.retry(int(sql.value("SELECT id FROM incident")), by=office.admin.actor, now=office.now)
