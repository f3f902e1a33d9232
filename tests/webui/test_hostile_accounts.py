"""Accounts in wrong hands: links that went astray, sessions that live on, an administrator who wants more."""

import re

from citizen import Site
from clerk import Clerk, clerk, visitor
from office import PASSWORD

from db import sql

LINK = re.compile(r"/masuk/sekali/([0-9a-f.]+)")


def account(site: Site, username: str) -> int:
    with site.asked():
        return int(sql.value("SELECT id FROM account WHERE username = ?", (username,)))


def link(admin: Clerk, address: str, **answers: str) -> str:
    admin.sends(address, **answers)
    found = LINK.search(admin.page)
    assert found, admin.page
    return f"/masuk/sekali/{found[1]}"


def opens(site: Site, address: str) -> bool:
    return visitor(site).opens(address).status == 200


def test_a_link_that_went_to_the_wrong_person_ends_with_the_next_one(site: Site) -> None:
    admin = clerk(site, "admin")
    assert admin.sends("/pengaturan/orang", name="Baru Sekali", nip="", pangkat="").status_code == 302
    with site.asked():
        person = sql.value("SELECT id FROM person WHERE name = 'Baru Sekali'")
    astray = link(admin, f"/pengaturan/orang/{person}/akun", username="baru.sekali", email="")
    new = account(site, "baru.sekali")
    site.office.after(minutes=1)
    second = link(clerk(site, "admin"), f"/pengaturan/akun/{new}/tautan")
    assert (opens(site, astray), opens(site, second)) == (False, True)
    admin = clerk(site, "admin")
    assert admin.sends(f"/pengaturan/akun/{new}/nonaktifkan").status_code == 302
    third = link(admin, f"/pengaturan/akun/{new}/aktifkan")
    assert (opens(site, second), opens(site, third)) == (False, True)
    assert visitor(site).sends(third, sandi="kata sandi baru", ulang="kata sandi baru").status_code == 302
    assert not opens(site, third)


def test_a_closed_account_is_out_at_once_and_its_old_password_stays_out(site: Site) -> None:
    admin, hadi = clerk(site, "admin"), clerk(site, "hadi")
    number = account(site, "hadi")
    assert hadi.opens("/tugas").status == 200
    admin.sends(f"/pengaturan/akun/{number}/nonaktifkan")
    assert hadi.opens("/tugas").status == 302
    assert hadi.sends("/saringan/tugas", nama="x").status_code in (302, 401)
    admin.sends(f"/pengaturan/akun/{number}/aktifkan")
    assert hadi.opens("/tugas").status == 302
    assert visitor(site).sends("/masuk", nama="hadi", sandi=PASSWORD).status_code == 401


def test_an_administrator_becomes_no_auditor_holds_no_office_and_does_not_leave_last(site: Site) -> None:
    admin, own = clerk(site, "admin"), account(site, "admin")
    with site.asked():
        person = sql.value("SELECT person_id FROM account WHERE id = ?", (own,))
    for powers in (["admin", "auditor"], ["auditor"], ["designer"], [], ["admin", "root"], ["admin auditor"]):
        assert admin.sends(f"/pengaturan/akun/{own}", powers=powers, email="").status_code == 422, powers
    order = {"person": str(person), "letter": "1", "letter_date": "2026-11-20", "from": "2026-11-24"}
    assert admin.sends("/pengaturan/jabatan/1/pejabat", **order).status_code == 422
    stand_in = order | {"office": "1", "kind": "plh", "until": "2026-11-25"}
    assert admin.sends("/pengaturan/pengganti", **stand_in).status_code == 422
    admin.sends(f"/pengaturan/akun/{own}/nonaktifkan")
    with site.asked():
        assert sql.row("SELECT powers, active FROM account WHERE id = ?", (own,)) == ("admin", 1)


def test_a_power_taken_away_is_gone_in_the_session_that_is_open(site: Site) -> None:
    admin, danu = clerk(site, "admin"), clerk(site, "danu")
    assert danu.opens("/perancang/usul").status == 200
    assert admin.sends(f"/pengaturan/akun/{account(site, 'danu')}", email="").status_code == 302
    assert danu.opens("/perancang/usul").status == 403
