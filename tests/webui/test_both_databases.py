"""The desk, the list and the case say the same on SQLite and on PostgreSQL."""

from citizen import Site
from clerk import RECEIVED, clerk

from db.queries import offices, register_of_cases


def test_desk_list_case_and_register_work_on_both(any_site: Site) -> None:
    site = any_site
    with site.asked() as office:
        case = office.report("Jalan 100% rusak")
        task = office.task(case, "terima")
    sekar = clerk(site, "sekar")
    for part in ("terlambat", "segera", "baru", "saya", "semua"):
        assert sekar.opens(f"/tugas?bagian={part}&cari=100%25&urut=masuk").status == 200
    assert sekar.page.count('class="title"') == 1
    assert sekar.sends(f"/tugas/{task}", **RECEIVED).status_code == 302
    assert "001/2026" in sekar.opens(f"/kasus/{case}").page
    assert "Kepala Subbagian Tata Usaha" in sekar.opens("/kasus?keadaan=berjalan&cari=jalan").page
    assert clerk(site, "inggit").opens("/kasus").page.count('class="title"') == 1
    assert clerk(site, "odi").opens("/kasus").page.count('class="title"') == 0
    with site.asked() as office:
        found = register_of_cases.page(office.now, process="siapmas", state="berjalan", after=0, limit=5)
        assert [(row.number, row.late) for row in found] == [("0001/SIAPMAS/2026", False)]
        assert "staf_tu (definitif)" in {account.offices for account in offices.accounts(office.now)}
