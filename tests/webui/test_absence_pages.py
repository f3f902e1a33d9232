""" "Saya berhalangan" on the screen: proposed, agreed by letter of order or refused, told to who asked."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from citizen import Site
from clerk import Clerk, clerk
from office import WIB

from db import sql

DAYS = {"kind": "plh", "from": "2026-11-24", "until": "2026-11-26", "reason": "Menemani ibu operasi."}
ORDER = {"letter": "800/91/2026", "letter_date": "2026-11-23"}


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def key(site: Site, table: str, where: str, value: str) -> str:
    with site.asked():
        return str(sql.value(f"SELECT id FROM {table} WHERE {where} = ?", (value,)))


@pytest.fixture
def hadi(site: Site) -> Clerk:
    return clerk(site, "hadi")


def asks(site: Site, hadi: Clerk, **more: str) -> int:
    ids = {"office": key(site, "office", "code", "kabag_umum"), "person": key(site, "person", "name", "Odi Firmansyah")}
    return hadi.sends("/berhalangan", **ids | DAYS | more).status_code


def test_the_superior_agrees_by_letter_and_the_absent_reads_it(site: Site, hadi: Clerk) -> None:
    assert asks(site, hadi) == 302
    assert "menunggu keputusan" in text(hadi.opens("/berhalangan").page)
    surya = clerk(site, "surya")
    said = text(surya.opens("/berhalangan").page)
    assert "Drs. Hadi Santoso, Kepala Bagian Umum Pengganti Plh. Odi Firmansyah" in said
    assert "Menemani ibu operasi." in said
    [address] = re.findall(r'action="(/berhalangan/\d+/setujui)"', surya.page)
    told = text(surya.opens("/pemberitahuan").page)
    assert "Usulan pengganti Kepala Bagian Umum, 24 November 2026 sampai 26 November 2026, menunggu Anda." in told
    surya.opens("/berhalangan")
    assert surya.sends(address, letter="", letter_date="kemarin").status_code == 422
    assert "Isi nomor surat perintah." in text(surya.page)
    assert surya.sends(address, **ORDER).status_code == 302
    said = text(hadi.opens("/berhalangan").page)
    assert "disetujui Drs. Surya Wibawa" in said
    assert surya.sends(address, **ORDER).status_code == 404
    assert "800/91/2026" in text(clerk(site, "admin").opens("/pengaturan/pengganti").page)


def test_the_desk_of_the_absent_says_that_the_substitute_acts(site: Site, hadi: Clerk) -> None:
    today = datetime.fromtimestamp(site.office.now / 1000, WIB).date()
    assert asks(site, hadi, **{"from": today.isoformat(), "until": (today + timedelta(days=2)).isoformat()}) == 302
    surya = clerk(site, "surya")
    [address] = re.findall(r'action="(/berhalangan/\d+/setujui)"', surya.opens("/berhalangan").page)
    assert surya.sends(address, **ORDER | {"letter_date": today.isoformat()}).status_code == 302
    said = text(hadi.opens("/tugas").page)
    assert "Selama itu pengganti Anda yang bertindak untuk jabatan Anda." in said
    assert "Minta administrator" not in said


def test_each_who_may_stand_in_is_named_with_what_they_are(site: Site, hadi: Clerk) -> None:
    assert ">Ratna Kusuma, S.H., M.H., Kepala Bagian Persidangan" in hadi.opens("/berhalangan").page


def test_a_refusal_says_why_and_strangers_see_nothing(site: Site, hadi: Clerk) -> None:
    asks(site, hadi)
    surya, odi = clerk(site, "surya"), clerk(site, "odi")
    [address] = re.findall(r'action="(/berhalangan/\d+/tolak)"', surya.opens("/berhalangan").page)
    assert "operasi" not in odi.opens("/berhalangan").page
    for act in ("tolak", "setujui", "cabut"):
        assert odi.sends(address.replace("tolak", act), **ORDER, reason="x").status_code == 404
    assert surya.sends(address, reason=" ").status_code == 422
    assert "Tulis alasannya." in text(surya.page)
    surya.sends(address, reason="Ada sidang paripurna.")
    assert "ditolak Drs. Surya Wibawa" in text(hadi.opens("/berhalangan").page)
    assert "Ada sidang paripurna." in text(hadi.page)


def test_what_is_wrong_is_said_and_kept_and_an_own_proposal_withdrawn(site: Site, hadi: Clerk) -> None:
    assert asks(site, hadi, until="besok", reason="") == 422
    said = text(hadi.page)
    assert "Isi tanggal terakhir Anda digantikan." in said
    assert "Tulis alasannya." in said
    assert 'value="2026-11-24"' in hadi.page
    assert asks(site, hadi, office=key(site, "office", "code", "sekwan")) == 404
    assert asks(site, hadi, token=False) == 400  # type: ignore[arg-type]  # the test browser's own switch
    assert "Menemani ibu operasi." in hadi.page
    asks(site, hadi)
    [address] = re.findall(r'action="(/berhalangan/\d+/cabut)"', hadi.opens("/berhalangan").page)
    assert hadi.sends(address).status_code == 302
    assert "dicabut" in text(hadi.opens("/berhalangan").page)
    assert hadi.sends(address).status_code == 409


def test_who_holds_no_office_is_told_so_and_holders_find_the_way(site: Site, hadi: Clerk) -> None:
    assert "Anda tidak memegang jabatan definitif." in text(clerk(site, "danu").opens("/berhalangan").page)
    assert 'href="/berhalangan"' in hadi.opens("/tugas").page
