"""Addresses and forms that no browser writes: refused in words, never by a broken page."""

import pytest
from citizen import Site
from clerk import clerk, visitor

from db import sql

HUGE = "9" * 30
LARGE = "9223372036854775807"
ASKED = {
    "sekar": (
        "/tugas?halaman={}",
        "/tugas/baru?sejak={}",
        "/kasus?sebelum={}",
        "/kasus?sesudah={}",
        "/pemberitahuan?sebelum={}",
        "/agenda/setwan/2026?halaman={}",
        "/kasus/1/lembar/lembar-disposisi.pdf?unit={}",
    ),
    "inggit": ("/audit/kasus?halaman={}", "/audit?dari={}"),
    "danu": ("/perancang/siapmas?versi={}",),
    "admin": (
        "/pengaturan/pengganti?halaman={}",
        "/pengaturan/insiden?halaman={}",
        "/pengaturan/kotak-keluar?halaman={}",
    ),
}
NAMED = ("/tugas/{}", "/kasus/{}", "/kasus/1/berkas/{}", "/agenda/setwan/{}")


@pytest.mark.parametrize("number", [HUGE, LARGE, f"-{HUGE}", "-1", "1.5", "%D9%A3", "%0d%0aX:%20y", ""])
def test_a_number_no_database_could_hold_breaks_no_page(site: Site, number: str) -> None:
    with site.asked() as office:
        office.report()
    for who, pages in ASKED.items():
        person = clerk(site, who)
        for page in pages:
            assert person.opens(page.format(number)).status < 500, page


def test_an_address_with_a_number_too_large_does_not_exist(site: Site) -> None:
    sekar = clerk(site, "sekar")
    assert [sekar.opens(page.format(HUGE)).status for page in NAMED] == [404] * len(NAMED)
    assert sekar.sends(f"/tugas/{HUGE}/ambil").status_code == 404


def test_a_nul_in_an_address_or_a_form_breaks_nothing_on_both_databases(any_site: Site) -> None:
    sekar, someone, admin = clerk(any_site, "sekar"), visitor(any_site), clerk(any_site, "admin")
    assert [sekar.opens(page).status for page in ("/tugas?cari=%00", "/verifikasi/a%00")] == [400, 400]
    assert someone.sends("/masuk", nama="tidak\0ada", sandi="x\0").status_code == 401
    assert someone.sends("/lacak", nomor="0001\0", pin="1\0").status_code == 401
    dates = {"from": "2026-12-01", "until": "2026-12-02", "letter_date": "2026-12-01"}
    with any_site.asked():
        office = sql.value("SELECT id FROM office WHERE code = 'sekwan'")
        person = sql.value("SELECT person_id FROM account WHERE username = 'hadi'")
    wanted = {"office": office, "person": person, "kind": "plh", "letter": "1\0/SP", **dates}
    assert admin.sends("/pengaturan/pengganti", **wanted).status_code == 302
