"""The complaint of Perwali 14/2016 runs to its end on the same engine: nothing in it knows which process it runs."""

import pytest
from kota import Kota
from office import ms

from db import sql
from engine import journal


@pytest.fixture
def kota(database: str) -> Kota:
    return Kota()


def forwarded(kota: Kota) -> int:
    case = kota.complaint()
    kota.does("admin_pengaduan", case, "pilih_skpd", skpd_utama="dkp")
    kota.does("petugas_dkp", case, "teruskan", hasil_penerusan="teruskan")
    return case


def answered(kota: Kota, case: int, decision: str = "publikasikan") -> None:
    kota.does("pejabat_dkp", case, "tindak_lanjuti")
    kota.does("pejabat_dkp", case, "catat_hasil")
    kota.does("petugas_dkp", case, "input_balasan")
    kota.does("redaktur", case, "sunting_balasan", keputusan_redaktur=decision)


def test_a_complaint_of_one_unit_is_answered_rated_and_closed(kota: Kota) -> None:
    case = forwarded(kota)
    assert kota.due(case) == ms("2026-03-31 16.00")
    kota.does("redaktur", case, "sunting_pengaduan")
    kota.does("pejabat_dkp", case, "telaah", hasil_telaah="lapor")
    kota.does("pimpinan_dkp", case, "arahkan", perlu_koordinasi=False, unit_pembantu={})
    answered(kota, case)
    kota.works_off_jobs()
    passed = sql.rows("SELECT element FROM journal WHERE kind = 'milestone' AND case_file = ?", (case,))
    assert passed == [("hasil_disampaikan",)]
    kota.citizen(case, "tanggapan_pelapor", buka_kembali=False)
    assert kota.waits(case) == []
    assert kota.state(case) == "selesai"
    assert journal.verify() == []


def test_coordination_moves_the_legal_date_to_ten_days_and_asks_every_helping_unit(kota: Kota) -> None:
    case = forwarded(kota)
    kota.does("pejabat_dkp", case, "telaah", hasil_telaah="lapor")
    helpers = {"klh": "klh", "dinkes": "dinkes"}
    kota.does("pimpinan_dkp", case, "arahkan", perlu_koordinasi=True, unit_pembantu=helpers)
    assert kota.due(case) == ms("2026-04-06 16.00")
    kota.does("pejabat_klh", case, "beri_masukan")
    assert "tindak_lanjuti" not in kota.waits(case)
    kota.does("pejabat_dinkes", case, "beri_masukan")
    assert "tindak_lanjuti" in kota.waits(case)


def test_a_misdirected_complaint_goes_to_the_right_unit_and_keeps_its_date(kota: Kota) -> None:
    case = kota.complaint()
    kota.does("admin_pengaduan", case, "pilih_skpd", skpd_utama="dkp")
    due = kota.due(case)
    kota.does("petugas_dkp", case, "teruskan", hasil_penerusan="salah_masuk")
    kota.does("admin_pengaduan", case, "alihkan", skpd_utama="klh")
    kota.does("petugas_klh", case, "teruskan", hasil_penerusan="teruskan")
    assert kota.due(case) == due
    assert "telaah" in kota.waits(case)


def test_the_leader_decides_what_is_not_followed_up(kota: Kota) -> None:
    case = kota.complaint()
    kota.does("admin_pengaduan", case, "pilih_skpd", skpd_utama="dkp")
    kota.does("petugas_dkp", case, "teruskan", hasil_penerusan="tidak_ditindaklanjuti")
    kota.does("pimpinan_dkp", case, "putuskan_tidak_ditindaklanjuti", keputusan_pimpinan="setuju")
    kota.does("redaktur", case, "sunting_pengaduan")
    kota.works_off_jobs()
    assert kota.state(case) == "selesai"
    assert kota.outbox.calls[0].message == "tidak_ditindaklanjuti"


def test_a_reopened_complaint_is_handled_once_more_and_only_once(kota: Kota) -> None:
    case = forwarded(kota)
    kota.does("redaktur", case, "sunting_pengaduan")
    for again in (True, True):
        kota.does("pejabat_dkp", case, "telaah", hasil_telaah="lapor")
        kota.does("pimpinan_dkp", case, "arahkan", perlu_koordinasi=False, unit_pembantu={})
        answered(kota, case)
        kota.works_off_jobs()
        kota.citizen(case, "tanggapan_pelapor", buka_kembali=again)
        if kota.waits(case) == ["catat_pembukaan"]:
            kota.does("redaktur", case, "catat_pembukaan", dibuka_kembali=True)
    assert kota.state(case) == "selesai"


def test_forwarding_has_twenty_four_clock_hours_of_each_petugas(kota: Kota) -> None:
    case = kota.complaint()
    kota.now = ms("2026-03-14 10.00")
    kota.does("admin_pengaduan", case, "pilih_skpd", skpd_utama="dkp")
    due = sql.value("SELECT due_ms FROM task WHERE element = 'teruskan' AND case_file_id = ?", (case,))
    assert due == ms("2026-03-17 08.00"), "offered on a Saturday in Ramadan: from Monday's opening"
