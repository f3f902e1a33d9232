"""Two governments in one installation: nobody of one reaches, changes or reads anything of the other."""

import re
from collections.abc import Iterable
from html import unescape

import pytest
from citizen import Site
from clerk import Clerk, clerk
from kota import BODY, Kota
from office import PASSWORD

from db import sql
from db.connect import transaction
from engine import installation, verbs
from engine.offices import accounts

CITY = ("Pemerintah Kota", "Dinas Kesehatan", "Redaktur", "Bagian Humas", "Sampah", "ADU", "kota.")
"""Words of the city's that no page of the DPRD's may say."""
DPRD = ("Sekretariat DPRD", "Sekwan", "Sekar Ayu", "Komisi I")
TABLES = {
    "unit_id": "SELECT MIN(id) FROM unit WHERE organisation_id = ?",
    "office_id": "SELECT MIN(id) FROM office WHERE organisation_id = ?",
    "person_id": "SELECT MIN(id) FROM person WHERE organisation_id = ?",
    "account_id": "SELECT MIN(a.id) FROM account a JOIN person p ON p.id = a.person_id WHERE p.organisation_id = ?",
    "holding_id": "SELECT MIN(h.id) FROM holding h JOIN office o ON o.id = h.office_id WHERE o.organisation_id = ?",
    "task_id": "SELECT MIN(t.id) FROM task t JOIN case_file c ON c.id = t.case_file_id WHERE c.organisation_id = ?",
    "case_id": "SELECT MIN(id) FROM case_file WHERE organisation_id = ?",
    "absence_id": "SELECT MIN(a.id) FROM absence a JOIN office o ON o.id = a.office_id WHERE o.organisation_id = ?",
    "incident_id": "SELECT MIN(i.id) FROM incident i JOIN case_file c ON c.id = i.case_file_id"
    " WHERE c.organisation_id = ?",
    "job_id": "SELECT MIN(j.id) FROM job j JOIN case_file c ON c.id = j.case_file_id WHERE c.organisation_id = ?",
}
POWERS = {"kota.admin": "admin", "kota.auditor": "auditor", "kota.perancang": "designer"}
BLANK = re.compile(r"<(?:int:)?(\w+)>")
SAID_TO_ALL = {"auth", "statics", "public", "report", "track", "verify", "health"}
"""Blueprints in front of the sign-in: the citizen chooses which government they write to."""


@pytest.fixture
def city(site: Site) -> dict[str, int]:
    """The city beside the DPRD, at work, with an administrator, an auditor and a designer; ids of what is theirs."""
    with site.asked() as office:
        office.report("Jalan rusak")
        kota = Kota("2026-11-23 08.00")
        case = kota.complaint()
        _hires(kota)
        _is_absent(kota, office.now)
        _stumbles(case, office.now)
        ids = {name: sql.value(text, (kota.organisation,)) for name, text in TABLES.items()}
    return {name: int(found) for name, found in ids.items() if found is not None}


def _hires(kota: Kota) -> None:
    hashed = accounts.hash_password(PASSWORD)
    with transaction():
        for username, power in POWERS.items():
            more = {"username": username, "password_hash": hashed, "powers": power, "since": kota.now}
            installation.employ(kota.organisation, f"{username} {BODY.name}", **more)  # type: ignore[arg-type]  # mixed


def _is_absent(kota: Kota, now: int) -> None:
    absent, other = kota.people["walikota"], kota.people["inspektur"]
    office = int(sql.value("SELECT office_id FROM holding WHERE person_id = ?", (absent.person_id,)))
    span = {"from_ms": now, "until_ms": now + 86_400_000}
    verbs.propose_absence(office, other.person_id, kind="plh", reason="Cuti.", by=absent, now=now, **span)


def _stumbles(case: int, now: int) -> None:
    sql.insert("incident", case_file_id=case, verb="timer", element="x", cause="tidak ada jabatan untuk x", at_ms=now)


def routes(site: Site, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Every closed route all of whose blanks are ids we have: method and rule."""
    known = set(ids)
    return sorted(
        (method, rule.rule)
        for rule in site.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint.partition(".")[0] not in SAID_TO_ALL
        and (blanks := set(BLANK.findall(rule.rule)))
        and blanks <= known
    )


def said(who: Clerk) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", who.page)).split())


WHO = ("admin", "inggit", "danu", "sekar", "surya", "bima")


@pytest.mark.parametrize("username", WHO)
def test_nobody_of_one_office_gets_through_a_door_of_the_other(site: Site, city: dict[str, int], username: str) -> None:
    stranger = clerk(site, username)
    before = _state(site)
    tried = 0
    for method, rule in routes(site, city):
        address = BLANK.sub(lambda blank: str(city[blank[1]]), rule)
        if method == "GET":
            stranger.opens(address)
        else:
            stranger.sends(address)
        assert stranger.status in (403, 404), f"{method} {rule}: {stranger.status}"
        assert not [word for word in CITY if word in said(stranger)], f"{method} {rule}"
        tried += 1
    assert tried > 25
    assert _state(site) == before


def _state(site: Site) -> list[int]:
    """How much of everything there is, and the state of what was knocked at."""
    tables = ("unit", "office", "person", "account", "holding", "absence", "journal", "task", "setting", "comment")
    with site.asked():
        return [int(sql.value(f"SELECT COUNT(*) FROM {table}")) for table in tables]


LISTS = {
    "admin": (
        *("", "/unit", "/jabatan", "/orang", "/pengganti", "/kewenangan", "/instansi", "/riwayat", "/insiden"),
        *("/kotak-keluar", "/kalender", "/daftar", "/penomoran", "/kop-surat", "/teks"),
    ),
    "inggit": ("/audit", "/audit/kasus", "/audit/jurnal"),
    "danu": ("/perancang",),
    "sekar": ("/tugas", "/kasus", "/kasus?cari=Sampah", "/tugas?cari=Sampah", "/agenda/setwan/2026", "/berhalangan"),
}


@pytest.mark.parametrize("username", LISTS)
def test_no_list_names_anything_of_the_other(site: Site, city: dict[str, int], username: str) -> None:
    reader = clerk(site, username)
    for page in LISTS[username]:
        address = f"/pengaturan{page}" if username == "admin" else page
        assert reader.opens(address).status == 200, address
        told = said(reader).replace(page.partition("cari=")[2] or "?", "")
        found = [word for word in CITY if word in told]
        assert not found, f"{address} says {found}"
        assert f'href="/kasus/{city["case_id"]}"' not in reader.page


def test_the_citys_own_people_see_their_own_and_nothing_of_the_dprd(site: Site, city: dict[str, int]) -> None:
    admin = clerk(site, "kota.admin")
    for page in LISTS["admin"]:
        assert admin.opens(f"/pengaturan{page}").status == 200, page
        assert not [word for word in DPRD if word in said(admin)], page
    assert "Redaktur" in said(admin.opens("/pengaturan/jabatan"))
    assert "Walikota" in said(admin.opens("/berhalangan"))  # no superior: the city's administrator decides
    auditor = clerk(site, "kota.auditor").opens("/audit/kasus")
    assert "Jalan rusak" not in said(auditor)
    assert "SIAPMAS" not in said(auditor)


def test_ids_of_the_other_in_the_fields_of_a_form_are_refused_with_a_sentence(site: Site, city: dict[str, int]) -> None:
    admin = clerk(site, "admin")
    own = "1"
    office = {"name": "X", "code": "x_y", "role": "staf", "rank": "1", "unit": str(city["unit_id"])}
    order = {"letter": "1", "letter_date": "2026-11-20", "from": "2026-11-23", "until": "2026-11-24", "kind": "plh"}
    forms = {
        "/pengaturan/unit": {"name": "X", "code": "x_y", "kind": "", "parent": str(city["unit_id"])},
        "/pengaturan/jabatan": office | {"superior": str(city["office_id"])},
        f"/pengaturan/jabatan/{own}/pejabat": order
        | {"person": str(city["person_id"]), "instead_of": str(city["holding_id"])},
        "/pengaturan/pengganti": order | {"office": own, "person": str(city["person_id"])},
    }
    for address, answers in forms.items():
        assert admin.sends(address, **answers).status_code == 422, address
        assert not [word for word in CITY if word in said(admin)], address
    foreign = order | {"office": str(city["office_id"]), "person": own}
    assert admin.sends("/pengaturan/pengganti", **foreign).status_code == 404
