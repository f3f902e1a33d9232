"""SIAPMAS from the report to the answer: every way through the diagram, as working days of the cast."""

import json
from collections.abc import Iterator

import pytest
import siapmas_days as day
from lxml import etree
from office import Office

import processes
from db import sql
from engine import journal
from engine.errors import FormInvalid

WALKED: set[str] = set()


@pytest.fixture(autouse=True)
def _remember_the_way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every scenario of this file adds the ways it went, as the journal tells them."""
    lived = "office" in request.fixturenames and request.getfixturevalue("office")
    yield
    facts = [json.loads(row[0]) for row in sql.rows("SELECT facts FROM journal")] if lived else []
    WALKED.update(way for told in facts for way in told.get("path", []))


def test_a_report_goes_through_all_eight_steps_to_the_mailed_answer(office: Office) -> None:
    case = office.report()
    day.to_committees(office, case, "komisi_1", "komisi_3")
    assert office.open_tasks(case) == [("tindak_lanjuti", "komisi_1"), ("tindak_lanjuti", "komisi_3")]
    for who, part in (("lilik", "komisi_1"), ("yoga", "komisi_3")):
        day.follows_up(office, case, who, part)
        day.answers(office, case, part)
    office.works_off_jobs()
    assert (office.state(case), office.outcome(case)) == ("selesai", "selesai")
    assert [call.instance for call in office.outbox.calls] == ["komisi_1", "komisi_3"]
    rows = sql.rows(
        "SELECT DISTINCT sop_row FROM task WHERE case_file_id = ? AND sop_row IS NOT NULL ORDER BY 1", (case,)
    )
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert journal.verify() == []


def test_no_committee_waits_for_another(office: Office) -> None:
    case = office.report()
    day.to_committees(office, case, "komisi_1", "komisi_3")
    day.follows_up(office, case, "yoga", "komisi_3")
    day.answers(office, case, "komisi_3")
    office.works_off_jobs()
    assert office.open_tasks(case) == [("tindak_lanjuti", "komisi_1")]
    assert len(office.outbox.calls) == 1


def test_an_incomplete_report_comes_back_completed(office: Office) -> None:
    case = office.report()
    office.sekar.registers(case, hasil_verifikasi="tidak_lengkap", yang_kurang="Sebutkan nama desanya.")
    office.works_off_jobs()
    assert office.outbox.calls[0].message == "minta_kelengkapan"
    assert office.waits(case) == ["minta_kelengkapan"]
    office.citizen_completes(case, "minta_kelengkapan", keterangan="Desa Mojorejo, depan SD.")
    assert office.waits(case) == ["terima"]
    assert sql.value("SELECT COUNT(*) FROM job WHERE kind = 'timer' AND state = 'waiting'") == 0


def test_a_report_never_completed_is_closed_after_ten_working_days(office: Office) -> None:
    case = office.report()
    office.sekar.registers(case, hasil_verifikasi="tidak_lengkap", yang_kurang="Sebutkan nama desanya.")
    office.works_off_jobs()
    office.at("2026-04-20 15.59").works_off_jobs()
    assert office.waits(case) == ["minta_kelengkapan"]
    office.at("2026-04-20 16.00").works_off_jobs()
    office.works_off_jobs()
    assert (office.state(case), office.outcome(case)) == ("selesai", "ditutup")
    assert [call.message for call in office.outbox.calls] == ["minta_kelengkapan", "ditutup_tidak_lengkap"]


def test_an_irrelevant_report_is_confirmed_and_told_with_the_reason(office: Office) -> None:
    case = office.report()
    office.sekar.registers(case, hasil_verifikasi="tidak_relevan", alasan="Bukan urusan daerah.")
    office.wulan.does(case, "konfirmasi_tidak_relevan", keputusan_konfirmasi="setuju")
    office.works_off_jobs()
    assert (office.state(case), office.outcome(case)) == ("selesai", "tidak_dilanjutkan")
    assert office.outbox.calls[0].message == "tidak_dilanjutkan"


def test_the_kasubag_may_find_it_relevant_after_all(office: Office) -> None:
    case = office.report()
    office.sekar.registers(case, hasil_verifikasi="tidak_relevan", alasan="Bukan urusan daerah.")
    office.wulan.does(case, "konfirmasi_tidak_relevan", keputusan_konfirmasi="kembalikan", alasan="Ini urusan kita.")
    assert office.waits(case) == ["terima"]


def test_every_desk_may_return_it_to_the_desk_before(office: Office) -> None:
    case = office.report()
    day.to_kasubag(office, case)
    office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="kembalikan", alasan="Perihal keliru.")
    assert office.waits(case) == ["terima"]
    day.to_kabag(office, case)
    office.hadi.does(case, "teliti_kabag", keputusan_kabag="kembalikan", alasan="Belum diparaf benar.")
    assert office.waits(case) == ["teliti_kasubag"]
    office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    office.hadi.does(case, "teliti_kabag", keputusan_kabag="teruskan")
    office.surya.does(case, "disposisikan_sekwan", keputusan_sekwan="kembalikan", alasan="Lengkapi telaahan.")
    assert office.waits(case) == ["teliti_kabag"]
    office.hadi.does(case, "teliti_kabag", keputusan_kabag="teruskan")
    office.surya.does(case, "disposisikan_sekwan", keputusan_sekwan="teruskan", instruksi_sekwan=["koordinasikan"])
    office.bima.does(case, "disposisikan_ketua", keputusan_ketua="kembalikan", alasan="Mohon pertimbangan.")
    assert office.waits(case) == ["disposisikan_sekwan"]
    cycles = sql.rows("SELECT element, MAX(cycle) FROM task WHERE case_file_id = ? GROUP BY element", (case,))
    assert dict(cycles)["teliti_kabag"] == 3


def test_the_kabag_may_pass_it_to_the_other_kabag(office: Office) -> None:
    case = office.report()
    day.to_kabag(office, case)
    office.hadi.does(case, "teliti_kabag", keputusan_kabag="alihkan", bagian="bagian_persidangan")
    assert office.hadi.may_not_do(case, "teliti_kabag", keputusan_kabag="teruskan")
    office.ratna.does(case, "teliti_kabag", keputusan_kabag="teruskan")
    assert office.waits(case) == ["disposisikan_sekwan"]


def test_the_sekwan_may_ask_the_ketua_again(office: Office) -> None:
    case = office.report()
    day.to_ketua(office, case)
    day.ketua_disposes(office, case, "komisi_1")
    office.surya.does(case, "cermati_disposisi", keputusan_cermati="mohon_arahan", alasan="Apakah juga Komisi III?")
    assert office.waits(case) == ["disposisikan_ketua"]
    day.ketua_disposes(office, case, "komisi_3")
    day.distributes(office, case)
    assert office.open_tasks(case) == [("tindak_lanjuti", "komisi_3")]


def test_a_disposition_to_no_committee_is_recorded_and_answered(office: Office) -> None:
    case = office.report()
    day.to_ketua(office, case)
    day.ketua_disposes(office, case, decision="untuk_diketahui")
    day.distributes(office, case)
    assert office.waits(case) == ["susun_balasan"]
    day.answers(office, case)
    office.works_off_jobs()
    assert office.outcome(case) == "selesai_tanpa_akd"


def test_a_committee_whose_field_it_is_not_hands_it_to_another(office: Office) -> None:
    case = office.report()
    day.to_committees(office, case, "komisi_1")
    day.follows_up(office, case, "lilik", "komisi_1", decision="bukan_bidang")
    with pytest.raises(FormInvalid):
        office.surya.does(case, "alihkan_disposisi", akd_pengganti="komisi_1")
    office.surya.does(case, "alihkan_disposisi", akd_pengganti="komisi_2")
    assert office.open_tasks(case) == [("tindak_lanjuti", "komisi_2")]
    day.follows_up(office, case, "rini", "komisi_2")
    day.answers(office, case, "komisi_2")
    office.works_off_jobs()
    assert office.state(case) == "selesai"


def test_follow_up_may_go_on_for_several_reports(office: Office) -> None:
    case = office.report()
    day.to_committees(office, case, "komisi_4")
    day.follows_up(office, case, "maya", "komisi_4", decision="lanjut")
    more = {"bentuk": "kunjungan_kerja", "tanggal_pelaksanaan": "2026-04-20", "laporan": day.REPORT}
    for decision in ("belum", "belum", "selesai"):
        office.maya.does(case, "lanjutkan_tindak_lanjut", "komisi_4", keputusan_lanjutan=decision, **more)
    assert office.open_tasks(case) == [("susun_balasan", "komisi_4")]


def test_an_answer_not_approved_is_written_again(office: Office) -> None:
    case = office.report()
    day.to_committees(office, case, "komisi_4")
    day.follows_up(office, case, "maya", "komisi_4")
    office.sekar.does(case, "susun_balasan", "komisi_4", isi_balasan=day.ANSWER, saluran_balasan="email")
    office.surya.does(case, "setujui_balasan", "komisi_4", keputusan_balasan="kembalikan", alasan="Lebih santun.")
    assert office.waits(case) == ["susun_balasan"]


@pytest.mark.parametrize("channel", ["whatsapp", "surat"])
def test_an_answer_by_hand_is_confirmed_by_staff(office: Office, channel: str) -> None:
    case = office.report()
    day.to_committees(office, case, "komisi_4")
    day.follows_up(office, case, "maya", "komisi_4")
    day.answers(office, case, "komisi_4", channel=channel)
    office.sekar.does(case, "sampaikan_balasan", "komisi_4", sudah_dikirim="y")
    assert office.state(case) == "selesai"


def test_an_answer_the_mail_refuses_is_brought_by_hand(office: Office) -> None:
    case = office.report()
    day.to_committees(office, case, "komisi_4")
    day.follows_up(office, case, "maya", "komisi_4")
    day.answers(office, case, "komisi_4")
    office.outbox.refuses = "alamat tidak ada"
    office.works_off_jobs()
    assert office.open_tasks(case) == [("sampaikan_balasan", "komisi_4")]
    office.sekar.does(case, "sampaikan_balasan", "komisi_4", sudah_dikirim="y")
    assert office.state(case) == "selesai"


BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def test_the_scenarios_above_walk_every_sequence_flow_of_the_diagram() -> None:
    """Read over this whole file: run alone it has seen nothing yet."""
    flows = {
        f"{flow.get('sourceRef')}>{flow.get('targetRef')}"
        for body in processes.files("siapmas").values()
        for flow in etree.fromstring(body).iter(f"{BPMN}sequenceFlow")
    }
    assert len(flows) > 40
    assert flows - WALKED == set()
