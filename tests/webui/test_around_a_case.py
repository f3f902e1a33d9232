"""Everything around one case in a morning, on both databases: talk, copies, taking over, taking back, templates."""

from citizen import Site
from clerk import clerk

from db import sql


def test_a_morning_around_one_case_on_both_databases(any_site: Site) -> None:
    site = any_site
    with site.asked() as office:
        case = office.report()
        office.sekar.registers(case)
        task = office.task(case, "teliti_kasubag")
        humas = sql.value("SELECT id FROM office WHERE code = 'staf_humas'")
        kasubag = sql.value("SELECT id FROM office WHERE code = 'kasubag_tu'")
        hadi_is = office.hadi.person
    wulan, hadi, odi = clerk(site, "wulan"), clerk(site, "hadi"), clerk(site, "odi")
    words = {"judul": "Lengkap", "isi": "Berkas {nomor} lengkap.", "formulir": ""}
    assert wulan.sends("/templat", jabatan=kasubag, **words).status_code == 302
    assert "Sisipkan templat" in wulan.opens(f"/tugas/{task}").page
    assert wulan.sends(f"/kasus/{case}/percakapan", teks="Mohon dilihat.", sebut=[hadi_is]).status_code == 302
    assert wulan.sends(f"/kasus/{case}/tembusan", jabatan=humas).status_code == 302
    assert odi.opens(f"/kasus/{case}").status == 200
    assert "Mohon dilihat." in odi.opens(f"/kasus/{case}/percakapan").page
    assert hadi.sends(f"/tugas/{task}/ambil-alih", alasan="Kasubag dinas luar.").status_code == 302
    done = {"putusan_untuk": "keputusan_kasubag", "putusan": "teruskan", "catatan": "Lengkap."}
    assert hadi.sends(f"/tugas/{task}", **done).status_code == 302
    again = hadi.sends(f"/tugas/{task}/tarik", alasan="Terlalu cepat.")
    assert again.status_code == 302
    assert hadi.sends(again.location, **done).status_code == 302
    with site.asked() as office:
        assert office.waits(case) == ["teliti_kabag"]
    for page in ("", "/riwayat", "/percakapan", "/tembusan", "/lembar/lembar-disposisi.pdf"):
        assert wulan.opens(f"/kasus/{case}{page}").status == 200, page
