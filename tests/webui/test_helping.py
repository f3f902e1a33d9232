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
