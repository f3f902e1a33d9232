"""One more unit is asked for its part while others are asked: by the unit that handles the case, from its page."""

from cityhall import City

from db import sql
from engine import journal


def asking(city: City) -> int:
    with city.asked() as kota:
        case = kota.forwarded(subyek="pju")
        kota.acts(case, "telaah")
        kota.acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh"])
    return case


def test_a_form_never_offers_the_handling_unit_itself_as_another_unit(city: City) -> None:
    with city.asked() as kota:
        case = kota.forwarded(subyek="pju")
        task = sql.value("SELECT id FROM task WHERE case_file_id = ? AND element = 'telaah'", (case,))
    form = city.enters("pejabat.dkp").opens(f"/tugas/{task}").page
    assert form.count('value="dpu"') == 2, "as a helper, and as the unit it should have gone to"
    assert 'value="dkp"' not in form


def test_the_unit_that_handles_it_asks_one_more_and_waits_for_all(city: City) -> None:
    case = asking(city)
    pejabat = city.enters("pejabat.dkp")
    assert "Minta masukan unit lain" in pejabat.opens(f"/kasus/{case}").page
    form = pejabat.opens(f"/kasus/{case}/unit-pembantu").page
    assert 'value="dpu"' in form
    assert 'value="klh"' not in form, "asked already"
    assert 'value="dkp"' not in form, "handles it"
    assert 'value="bag_humas"' not in form, "has nobody who answers"
    refused = pejabat.sends(f"/kasus/{case}/unit-pembantu", unit="klh")
    assert refused.status_code == 422
    assert "Pilih unit yang belum dimintai masukan." in refused.text
    assert city.enters("pimpinan.dkp").sends(f"/kasus/{case}/unit-pembantu", unit="dpu").status_code == 302
    assert "Dimintai masukan: Dinas Pekerjaan Umum" in pejabat.opens(f"/kasus/{case}/riwayat").page
    with city.asked() as kota:
        assert kota.offices(case, "beri_masukan") == ["pejabat_dpu", "pejabat_klh"]
        kota.does("pejabat_klh", case, "beri_masukan", hasil_masukan="batal")
        assert "tindak_lanjuti" not in kota.waits(case)
        kota.does("pejabat_dpu", case, "beri_masukan")
        assert "tindak_lanjuti" in kota.waits(case)
        assert journal.verify() == []
    assert "Minta masukan unit lain" not in pejabat.opens(f"/kasus/{case}").page
    assert pejabat.client.get(f"/kasus/{case}/unit-pembantu").status_code == 403


def test_nobody_else_asks(city: City) -> None:
    case = asking(city)
    for username in ("petugas.dkp", "pejabat.klh", "rendra", "harini"):
        other = city.enters(username)
        assert "Minta masukan unit lain" not in other.opens(f"/kasus/{case}").page, username
        assert other.sends(f"/kasus/{case}/unit-pembantu", unit="dpu").status_code == 403, username
    assert city.enters("pejabat.dpu").sends(f"/kasus/{case}/unit-pembantu", unit="dpu").status_code == 404
    with city.asked() as kota:
        assert kota.offices(case, "beri_masukan") == ["pejabat_klh"]
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'helper_added'") == 0


def test_a_unit_that_does_not_answer_is_let_go_with_a_reason(city: City) -> None:
    case = asking(city)
    address = f"/kasus/{case}/unit-pembantu/klh/lepas"
    for username, status in (("pejabat.klh", 403), ("petugas.dkp", 403), ("pejabat.dpu", 404)):
        assert city.enters(username).sends(address, alasan="Diam").status_code == status, username
    pejabat = city.enters("pejabat.dkp")
    assert "Unit yang sedang dimintai masukan" in pejabat.opens(f"/kasus/{case}/unit-pembantu").page
    empty = pejabat.sends(address, alasan=" ")
    assert (empty.status_code, "Tulis alasannya." in empty.text) == (422, True)
    assert pejabat.sends(address, alasan="Sudah dua hari tidak menjawab.").status_code == 302
    with city.asked() as kota:
        assert "tindak_lanjuti" in kota.waits(case)
        done = sql.row("SELECT state, outcome, done_as FROM task WHERE element = 'beri_masukan'")
        assert done == ("done", "batal", "definitif")
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'helper_released'") == 1
        assert journal.verify() == []
    assert "Tidak ditunggu lagi: Kantor Lingkungan Hidup" in pejabat.opens(f"/kasus/{case}/riwayat").page
    assert "tidak ditunggu lagi" in city.enters("pejabat.klh").opens("/pemberitahuan").page
    assert pejabat.sends(address, alasan="Lagi").status_code == 302, "gone by then: told on the case"


def test_who_got_it_wrongly_names_the_right_unit_and_the_admin_finds_it_chosen(city: City) -> None:
    text = "SELECT id FROM task WHERE case_file_id = ? AND element = ? AND state = 'open'"
    with city.asked() as kota:
        case = kota.complaint()
        kota.acts(case, "pilih_skpd", skpd_utama="dkp")
        task = sql.value(text, (case, "teruskan"))
    petugas = city.enters("petugas.dkp")
    before, _, back = petugas.opens(f"/tugas/{task}").page.partition("way-back")
    assert ('name="unit_usulan"' in before, 'name="unit_usulan"' in back) == (False, True)
    sent = {"putusan_untuk": "hasil_penerusan", "putusan": "salah_masuk", "alasan": "Soal jalan.", "unit_usulan": "dpu"}
    assert petugas.sends(f"/tugas/{task}", **sent).status_code == 302
    with city.asked():
        task = sql.value(text, (case, "alihkan"))
    assert '<option selected value="dpu">' in city.enters("yanti").opens(f"/tugas/{task}").page
