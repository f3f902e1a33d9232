"""The pages beside the walk are as good to read and to touch, and every page speaks English on request."""

import pytest
import served
from browser.conftest import House

SIZES = [pytest.param(served.PHONE, id="390"), pytest.param(served.DESK, id="1280")]
PUBLIC = {"panduan": "/panduan", "verifikasi-salah": "/verifikasi/tidakada", "tidak-ada": "/entah"}
STAFF = {
    "sekar": {"agenda": "/agenda", "tidak-ada-petugas": "/tugas/9999999", "tugas-kosong": "/tugas?cari=xyzzy"},
    "inggit": {"kasus-auditor": "/kasus/1", "audit-terlambat": "/audit/kasus?pilih=terlambat"},
    "danu": {"perancang-balasan": "/perancang/siapmas?gambar=jawab_pelapor"},
    "admin": {"insiden": "/pengaturan/insiden", "antrean": "/pengaturan/antrean", "dilarang": "/audit"},
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
