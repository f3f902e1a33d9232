"""After an outage: in whose name something was entered hears of it; who may not read the case reads no entry."""

import pytest
from citizen import Site
from clerk import RECEIVED, TOLD_AFTERWARDS, Clerk, clerk

from db import sql


def entered(site: Site, who: Clerk, person: int, **more: str) -> str:
    who.sends("/gangguan/catat", **TOLD_AFTERWARDS)
    entry = str(who.last.location)
    step = {"tugas": "terima:", "oleh": str(person), "dibuka": "2026-11-23T07:45", "selesai": "2026-11-23T08:00"}
    assert who.sends(f"{entry}/langkah", **step, **(RECEIVED | more)).status_code == 303, who.page
    assert who.sends(f"{entry}/ajukan").status_code == 303
    return entry


def test_in_whose_name_something_was_entered_hears_of_it(site: Site) -> None:
    with site.asked() as office:
        joko, sekar = office.joko.person, office.sekar.person
    entry = entered(site, clerk(site, "sekar"), joko)
    assert clerk(site, "wulan").sends(f"{entry}/putusan", putusan="sah").status_code == 303
    assert "Tindakan Anda saat gangguan dicatat kemudian" in clerk(site, "joko").opens("/pemberitahuan").page
    with site.asked():
        assert sql.rows("SELECT person_id FROM notice WHERE kind = 'dicatat'") == [(joko,)]
        assert joko != sekar


def test_an_administrator_reads_no_entry_that_is_not_theirs(site: Site) -> None:
    with site.asked() as office:
        sekar = office.sekar.person
    entry, admin = entered(site, clerk(site, "sekar"), sekar), clerk(site, "admin")
    assert admin.opens(entry).status == 404
    assert "Slamet" not in admin.opens("/gangguan").page
    assert admin.sends(f"{entry}/putusan", putusan="sah").status_code == 404
    admin.sends("/gangguan/catat", **TOLD_AFTERWARDS)
    assert admin.opens(str(admin.last.location)).status == 200, "their own they do"


@pytest.mark.parametrize("secrecy", ["biasa", "rahasia"])
def test_what_became_a_case_is_read_by_whoever_may_read_the_case(site: Site, secrecy: str) -> None:
    with site.asked() as office:
        sekar = office.sekar.person
    entry = entered(site, clerk(site, "sekar"), sekar, kerahasiaan=secrecy)
    answer = clerk(site, "wulan").sends(f"{entry}/putusan", putusan="sah")
    for name in ("admin", "joko", "wulan", "hadi", "surya", "bima"):
        who = clerk(site, name)
        may_read = who.opens(str(answer.location)).status == 200
        assert ("Slamet" in who.opens(entry).page) == may_read, name
        assert who.status == (200 if may_read else 404)


def test_why_an_entry_was_refused_lies_sealed(site: Site) -> None:
    with site.asked() as office:
        sekar = office.sekar.person
    entry, wulan = entered(site, clerk(site, "sekar"), sekar), clerk(site, "wulan")
    wulan.sends(f"{entry}/putusan", putusan="tolak", alasan="Pak Slamet datang hari Selasa.")
    assert "Pak Slamet datang" in clerk(site, "sekar").opens(entry).page
    with site.asked():
        assert "Slamet" not in str(sql.rows("SELECT reason, sealed FROM back_entry"))
