"""The complaint of Perwali 14/2016 from the citizen to the answer: every way through the diagram, on one engine."""

import json
from collections.abc import Iterator

import pytest
from kota import Kota
from lxml import etree
from office import ms

import processes
from db import sql
from engine import journal
from engine.errors import FormInvalid

WALKED: set[str] = set()


@pytest.fixture
def kota(database: str) -> Kota:
    return Kota()


@pytest.fixture(autouse=True)
def _remember_the_way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every scenario of this file adds the ways it went, as the journal tells them."""
    lived = "kota" in request.fixturenames and request.getfixturevalue("kota")
    yield
    facts = [json.loads(row[0]) for row in sql.rows("SELECT facts FROM journal")] if lived else []
    WALKED.update(way for told in facts for way in told.get("path", []))


def file(case: int, column: str) -> object:
    return sql.value(f"SELECT {column} FROM case_file WHERE id = ?", (case,))


def told(case: int, kind: str) -> list[dict[str, object]]:
    rows = sql.rows("SELECT facts FROM journal WHERE case_file = ? AND kind = ? ORDER BY seq", (case, kind))
    return [json.loads(row[0]) for row in rows]


# -- one unit ----------------------------------------------------------------------------------------------------------


def test_a_complaint_of_one_unit_is_answered_rated_and_closed(kota: Kota) -> None:
    case = kota.forwarded()
    assert kota.due(case) == ms("2026-03-31 16.00")
    assert file(case, "first_ms") is None, "passing a paper on tells the citizen nothing"
    kota.acts(case, "sunting_pengaduan")
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan")
    kota.at("2026-03-16 10.00").answered(case)
    assert file(case, "answered_ms") == file(case, "first_ms") == kota.now, "published: announced to the reporter"
    kota.works_off_jobs()
    assert [(call.topic, call.element) for call in kota.outbox.calls] == [("balas_pelapor", "kirim_balasan")]
    passed = sql.rows("SELECT element FROM journal WHERE kind = 'milestone' AND case_file = ?", (case,))
    assert passed == [("hasil_disampaikan",)]
    kota.citizen(case, "tanggapan_pelapor", penilaian="4")
    assert (kota.waits(case), kota.state(case), kota.outcome(case)) == ([], "selesai", "selesai")
    assert (file(case, "rating"), file(case, "lapsed"), file(case, "subject")) == (4, False, "Sampah menumpuk di Wates")
    assert journal.verify() == []


def test_the_table_names_the_unit_and_the_admin_only_where_it_gives_no_single_one(kota: Kota) -> None:
    case = kota.complaint(subyek="pju", jenis_aduan="keluhan", wilayah="wates", kecamatan="magersari")
    assert kota.offices(case, "teruskan") == ["petugas_dkp"]
    assert (file(case, "topic"), file(case, "kind"), file(case, "place")) == ("pju", "keluhan", "wates")
    assert file(case, "unit") == "dkp"
    other = kota.complaint(key="lain")
    assert kota.offices(other, "pilih_skpd") == ["admin_pengaduan"]
    kota.acts(other, "pilih_skpd", skpd_utama="rsud")
    assert kota.offices(other, "teruskan") == ["petugas_rsud"]


def test_a_reporter_who_says_nothing_more_closes_the_case_after_ten_working_days(kota: Kota) -> None:
    case = kota.forwarded()
    for element in ("telaah", "arahkan"):
        kota.acts(case, element)
    kota.answered(case)
    kota.works_off_jobs()
    kota.at("2026-04-06 15.59").works_off_jobs()
    assert "tanggapan_pelapor" in kota.waits(case)
    kota.at("2026-04-06 16.00").works_off_jobs()
    assert kota.waits(case) == ["sunting_pengaduan"]
    kota.acts(case, "sunting_pengaduan", keputusan_tayang="tidak_tayang")
    assert (kota.state(case), kota.outcome(case)) == ("selesai", "selesai_tanpa_tanggapan")
    assert file(case, "rating") is None


def test_an_outcome_is_the_end_of_the_way_that_carries_the_promise_not_of_the_last_branch(kota: Kota) -> None:
    case = kota.forwarded()
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan")
    kota.answered(case)
    kota.works_off_jobs()
    kota.citizen(case, "tanggapan_pelapor")
    assert kota.state(case) == "berjalan"
    kota.acts(case, "sunting_pengaduan")
    assert (kota.state(case), kota.outcome(case)) == ("selesai", "selesai")


# -- coordination by fact ----------------------------------------------------------------------------------------------


def test_coordination_moves_the_legal_date_to_ten_days_and_asks_every_helping_unit(kota: Kota) -> None:
    case = kota.forwarded()
    kota.acts(case, "telaah", usulan_pembantu=["klh", "dinkes"])
    with pytest.raises(FormInvalid):
        kota.acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["dkp"])
    assert kota.due(case) == ms("2026-03-31 16.00"), "to ask oneself is no coordination between units: Pasal 8(3)"
    kota.acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh", "dinkes"])
    assert kota.due(case) == ms("2026-04-06 16.00")
    assert kota.offices(case, "beri_masukan") == ["pejabat_dinkes", "pejabat_klh"]
    kota.does("pejabat_klh", case, "beri_masukan")
    assert "tindak_lanjuti" not in kota.waits(case)
    kota.does("pejabat_dinkes", case, "beri_masukan", hasil_masukan="batal")
    assert "tindak_lanjuti" in kota.waits(case)
    moved = told(case, "promised")[-1]
    assert moved == {"due": ms("2026-04-06 16.00"), "before": ms("2026-03-31 16.00"), "missed": False}


def test_the_pejabat_may_find_later_that_another_unit_must_help(kota: Kota) -> None:
    case = kota.forwarded()
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan")
    with pytest.raises(FormInvalid) as refused:
        kota.acts(case, "tindak_lanjuti", hasil_tindak_lanjut="minta_masukan", unit_pembantu=["dpu"])
    assert set(refused.value.problems) == {"perlu_koordinasi"}
    later = {"hasil_tindak_lanjut": "minta_masukan", "unit_pembantu": ["dpu"], "perlu_koordinasi": True}
    kota.acts(case, "tindak_lanjuti", **later)
    assert kota.offices(case, "beri_masukan") == ["pejabat_dpu"]
    assert kota.due(case) == ms("2026-04-06 16.00")
    kota.acts(case, "beri_masukan")
    kota.answered(case)
    assert told(case, "milestone")[0]["due"] == ms("2026-04-06 16.00")


def test_coordination_found_after_day_seven_moves_the_date_but_stays_told_as_late(kota: Kota) -> None:
    case = kota.forwarded()
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan")
    kota.at("2026-04-01 09.00")
    later = {"hasil_tindak_lanjut": "minta_masukan", "unit_pembantu": ["dpu"], "perlu_koordinasi": True}
    kota.acts(case, "tindak_lanjuti", **later)
    moved = told(case, "promised")[-1]
    assert (moved["due"], moved["missed"]) == (ms("2026-04-06 16.00"), True)
    who = sql.value("SELECT person FROM journal WHERE case_file = ? AND kind = 'promised' ORDER BY seq DESC", (case,))
    assert who == kota.people["pejabat_dkp"].person_id
    kota.acts(case, "beri_masukan")
    kota.acts(case, "tindak_lanjuti", perlu_koordinasi=False)
    assert kota.due(case) == ms("2026-04-06 16.00"), "withdrawn after day 7: it stays ten"


def test_coordination_withdrawn_before_day_seven_goes_back_to_seven(kota: Kota) -> None:
    case = kota.forwarded()
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh"])
    kota.acts(case, "beri_masukan", hasil_masukan="batal")
    kota.at("2026-03-30 09.00").acts(case, "tindak_lanjuti", perlu_koordinasi=False)
    assert kota.due(case) == ms("2026-03-31 16.00")


# -- the other ways out ------------------------------------------------------------------------------------------------


def test_a_misdirected_complaint_goes_to_the_right_unit_which_has_its_own_day_and_keeps_the_date(kota: Kota) -> None:
    case = kota.complaint()
    kota.acts(case, "pilih_skpd")
    due = kota.due(case)
    kota.acts(case, "teruskan", hasil_penerusan="salah_masuk", unit_usulan="klh")
    kota.at("2026-03-16 10.00").acts(case, "alihkan")
    assert kota.offices(case, "teruskan") == ["petugas_klh"]
    own = sql.value("SELECT due_ms FROM task WHERE case_file_id = ? AND element = 'teruskan' AND cycle = 2", (case,))
    assert own == ms("2026-03-17 10.00"), "twenty-four hours of this petugas"
    kota.acts(case, "teruskan")
    assert (kota.due(case), file(case, "unit")) == (due, "klh")
    kota.at("2026-03-26 10.00").acts(case, "telaah", hasil_telaah="salah_masuk")
    kota.acts(case, "alihkan", skpd_utama="dpu")
    assert (kota.due(case), file(case, "unit")) == (due, "dpu"), "found on day 6 by the pejabat: still day 7"
    assert kota.offices(case, "teruskan") == ["petugas_dpu"]


@pytest.mark.parametrize("found_by", ["teruskan", "telaah"])
def test_the_leader_decides_what_is_not_followed_up_and_its_promise_lapses(kota: Kota, found_by: str) -> None:
    case = kota.complaint()
    kota.acts(case, "pilih_skpd")
    if found_by == "telaah":
        kota.acts(case, "teruskan")
    kota.acts(case, found_by, hasil_penerusan="tidak_ditindaklanjuti", hasil_telaah="tidak_ditindaklanjuti")
    kota.acts(case, "putuskan_tidak_ditindaklanjuti")
    kota.acts(case, "sunting_pengaduan", keputusan_tayang="tidak_tayang")
    kota.works_off_jobs()
    assert (kota.state(case), kota.outcome(case)) == ("selesai", "tidak_ditindaklanjuti")
    assert kota.outbox.calls[0].message == "tidak_ditindaklanjuti"
    assert (file(case, "lapsed"), file(case, "answered_ms"), file(case, "due_ms")) == (True, None, None)
    assert file(case, "first_ms") == kota.now, "the reporter was told, with the reason"
    assert told(case, "closed")[0]["lapsed"] == ["hasil_disampaikan"]


def test_the_leader_may_decide_that_it_is_followed_up_after_all(kota: Kota) -> None:
    case = kota.complaint()
    kota.acts(case, "pilih_skpd")
    kota.acts(case, "teruskan", hasil_penerusan="tidak_ditindaklanjuti")
    kota.acts(case, "putuskan_tidak_ditindaklanjuti", keputusan_pimpinan="tindaklanjuti")
    assert kota.offices(case, "telaah") == ["pejabat_dkp"]


@pytest.mark.parametrize("found_by", ["teruskan", "telaah"])
def test_what_is_for_the_inspektorat_goes_there_with_a_covering_note(kota: Kota, found_by: str) -> None:
    case = kota.complaint(berkadar_pengawasan=True)
    kota.acts(case, "pilih_skpd")
    if found_by == "telaah":
        kota.acts(case, "teruskan")
    with pytest.raises(FormInvalid):
        kota.acts(case, found_by, hasil_penerusan="pengawasan", hasil_telaah="pengawasan", surat_pengantar="")
    kota.acts(case, found_by, hasil_penerusan="pengawasan", hasil_telaah="pengawasan")
    kota.works_off_jobs()
    assert kota.outbox.calls[0].message == "diteruskan_ke_inspektorat"
    assert kota.offices(case, "terima_pelimpahan") == ["inspektur"]
    kota.acts(case, "terima_pelimpahan")
    kota.acts(case, "sunting_pengaduan", keputusan_tayang="tidak_tayang")
    assert (kota.outcome(case), file(case, "lapsed")) == ("diteruskan_ke_inspektorat", True)


def test_a_question_to_the_reporter_is_the_first_answer_and_moves_no_date(kota: Kota) -> None:
    case = kota.forwarded()
    due = kota.due(case)
    kota.acts(case, "telaah", hasil_telaah="minta_keterangan")
    kota.at("2026-03-13 11.00").works_off_jobs()
    assert kota.outbox.calls[0].message == "minta_keterangan"
    assert (file(case, "first_ms"), file(case, "answered_ms")) == (kota.now, None)
    kota.at("2026-03-16 10.00").citizen(case, "minta_keterangan")
    assert "telaah" in kota.waits(case) and kota.due(case) == due
    kota.acts(case, "telaah", hasil_telaah="minta_keterangan")
    kota.works_off_jobs()
    kota.at("2026-03-26 16.00").works_off_jobs()
    assert "telaah" in kota.waits(case), "three working days, then it goes on without"
    assert kota.due(case) == due


def test_a_withdrawn_complaint_lapses(kota: Kota) -> None:
    from engine import verbs

    case = kota.forwarded()
    verbs.withdraw(case, now=kota.now)
    assert (kota.state(case), file(case, "lapsed")) == ("dicabut", True)


# -- the answer --------------------------------------------------------------------------------------------------------


def _handled(kota: Kota) -> int:
    case = kota.forwarded()
    for element in ("sunting_pengaduan", "telaah", "arahkan"):
        kota.acts(case, element)
    return case


def test_an_answer_for_the_reporter_alone_counts_when_it_has_left(kota: Kota) -> None:
    case = _handled(kota)
    kota.answered(case, "hanya_pelapor")
    assert file(case, "answered_ms") is None
    kota.at("2026-03-13 09.30").works_off_jobs()
    assert file(case, "answered_ms") == kota.now
    assert kota.waits(case) == ["tanggapan_pelapor"]


def test_an_answer_for_the_reporter_alone_that_cannot_be_sent_is_brought_another_way(kota: Kota) -> None:
    case = _handled(kota)
    kota.outbox.refuses = "tidak ada alamat"
    kota.answered(case, "hanya_pelapor")
    kota.works_off_jobs()
    assert kota.waits(case) == ["sampaikan_langsung"] and file(case, "answered_ms") is None
    kota.acts(case, "sampaikan_langsung")
    assert file(case, "answered_ms") == kota.now


def test_a_message_that_fails_does_not_hold_an_answer_that_was_announced(kota: Kota) -> None:
    case = _handled(kota)
    kota.outbox.refuses = "nomor tidak aktif"
    kota.answered(case)
    assert file(case, "answered_ms") == kota.now
    kota.works_off_jobs()
    assert kota.waits(case) == ["tanggapan_pelapor"]


def test_the_redaktur_may_return_an_answer_with_what_is_to_be_mended(kota: Kota) -> None:
    case = _handled(kota)
    kota.answered(case, "kembalikan")
    assert kota.offices(case, "input_balasan") == ["petugas_dkp"]
    kota.acts(case, "input_balasan")
    kota.acts(case, "sunting_balasan")
    done = sql.rows(
        "SELECT element FROM task WHERE case_file_id = ? AND state = 'done' AND element = 'input_balasan'", (case,)
    )
    assert len(done) == 2, "selesai di SKPD is the first of them"


def test_a_reopened_complaint_is_handled_once_more_and_only_once(kota: Kota) -> None:
    case = _handled(kota)
    for again in ("catat_pembukaan", ""):
        if "telaah" in kota.waits(case):
            kota.acts(case, "telaah")
            kota.acts(case, "arahkan")
        kota.answered(case)
        kota.works_off_jobs()
        with pytest.raises(FormInvalid):
            kota.citizen(case, "tanggapan_pelapor", buka_kembali=True, alasan_buka="")
        kota.citizen(case, "tanggapan_pelapor", penilaian="2", buka_kembali=True)
        assert kota.waits(case) == ([again] if again else [])
        if again:
            kota.at("2026-03-17 09.00").acts(case, again)
    assert (kota.state(case), kota.outcome(case)) == ("selesai", "selesai")
    _first, second = told(case, "milestone")
    assert second["again"] and second["due"] is None, "the first passing counts"
    assert file(case, "answered_ms") == ms("2026-03-13 09.00")
    cycles = sql.value("SELECT MAX(cycle) FROM task WHERE case_file_id = ? AND element = 'telaah'", (case,))
    assert cycles == 2


def test_a_complaint_that_the_coordinator_opens_again_begins_at_the_review(kota: Kota) -> None:
    case = kota.complaint(dibuka_koordinator=True, skpd_utama="klh")
    assert kota.waits(case) == ["telaah"]
    assert kota.offices(case, "telaah") == ["pejabat_klh"]


def test_every_way_of_the_diagram_was_walked() -> None:
    """Runs last in this file: every arrow, by the places it joins."""
    root = etree.fromstring(processes.files("pengaduan")["pengaduan.bpmn"])
    flows = root.iter("{http://www.omg.org/spec/BPMN/20100524/MODEL}sequenceFlow")
    drawn = {f"{flow.get('sourceRef')}>{flow.get('targetRef')}" for flow in flows}
    assert drawn - WALKED == set()
