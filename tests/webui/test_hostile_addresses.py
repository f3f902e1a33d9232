"""Addresses and forms that no browser writes: refused in words, never by a broken page."""

import pytest
from citizen import Site
from clerk import clerk, visitor

HUGE = "9" * 30
LARGE = "9223372036854775807"
ASKED = {
    "sekar": (
        "/tugas?halaman={}",
        "/tugas/baru?sejak={}",
        "/kasus?halaman={}",
        "/agenda/setwan/2026?halaman={}",
        "/kasus/1/lembar/lembar-disposisi.pdf?unit={}",
    ),
    "inggit": ("/audit/kasus?halaman={}", "/audit?dari={}"),
    "danu": ("/perancang/siapmas?versi={}",),
    "admin": ("/pengaturan?halaman={}", "/pengaturan/insiden?halaman={}", "/pengaturan/antrean?halaman={}"),
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


def test_a_nul_in_an_address_or_a_form_is_refused_on_both_databases(any_site: Site) -> None:
    sekar, someone = clerk(any_site, "sekar"), visitor(any_site)
    assert [sekar.opens(page).status for page in ("/tugas?cari=%00", "/verifikasi/a%00")] == [400, 400]
    assert someone.sends("/masuk", nama="sekar\0", sandi="x").status_code == 400
    assert someone.sends("/lacak", nomor="0001\0", pin="1").status_code == 400
