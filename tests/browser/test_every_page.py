"""The pages beside the walk are as good to read and to touch, and every page speaks English on request."""

import pytest
import served
from browser.house import House
from playwright.sync_api import expect

SIZES = [pytest.param(served.PHONE, id="390"), pytest.param(served.DESK, id="1280")]
PUBLIC = {"panduan": "/panduan", "verifikasi-salah": "/verifikasi/tidakada", "tidak-ada": "/entah"}
STAFF = {
    "sekar": {"agenda": "/agenda", "tidak-ada-petugas": "/tugas/9999999", "tugas-kosong": "/tugas?cari=xyzzy"},
    "inggit": {"kasus-auditor": "/kasus/1", "audit-terlambat": "/audit/kasus?pilih=terlambat"},
    "danu": {"perancang-balasan": "/perancang/siapmas?gambar=jawab_pelapor"},
    "admin": {"insiden": "/pengaturan/insiden", "kotak-keluar": "/pengaturan/kotak-keluar", "dilarang": "/audit"},
}


@pytest.mark.parametrize("size", SIZES)
def test_pages_beside_the_walk_are_good(house: House, size: tuple[int, int]) -> None:
    citizen = house.citizen(size)
    for name, path in PUBLIC.items():
        citizen.goes(path)
        citizen.looks(name)
    for username, pages in STAFF.items():
        staff = house.staff(username, size)
        for name, path in pages.items():
            staff.goes(path)
            staff.looks(name)


def test_english_is_one_press_away_and_remembered(house: House) -> None:
    citizen = house.citizen(served.PHONE)
    citizen.goes("/lapor/siapmas")
    citizen.presses("English")
    expect(citizen.page.locator("html")).to_have_attribute("lang", "en")
    citizen.looks("lapor-english")
    for path in ("/", "/lacak", "/panduan"):
        citizen.goes(path)
        expect(citizen.page.locator("html")).to_have_attribute("lang", "en")
        expect(citizen.page.locator("nav").first).to_contain_text("Report")
        citizen.looks(f"english{path.replace('/', '-')}")
    sekar = house.stranger(served.PHONE)
    sekar.signs_in("sekar")
    sekar.presses("English")
    sekar.page.locator("table a.title").first.click()
    expect(sekar.page.locator("html")).to_have_attribute("lang", "en")
    sekar.looks("english-tugas")
    sekar.presses("Indonesia")
    expect(sekar.page.locator("html")).to_have_attribute("lang", "id")
