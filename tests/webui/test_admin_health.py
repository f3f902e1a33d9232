"""The health page: the same findings as `disposisi doctor`, in sentences, of this office only."""

import re
from html import unescape

import orjson
import pytest
from citizen import Site
from clerk import Clerk, clerk
from kota import Kota

from db import sql
from db.connect import transaction
from engine import jobs, journal, pulse, verification
from engine.errors import NotAllowed, NotFound

PAGE = "/pengaturan/kesehatan"


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def said(site: Site) -> str:
    site.app.config["OFFICE"].home.mkdir(exist_ok=True)
    return text(clerk(site, "admin").opens(PAGE).page)


def test_an_office_in_order_is_told_so(site: Site) -> None:
    with site.asked() as office:
        pulse.beat(office.now)
        pulse.beat(office.now)
        with transaction():
            journal.seal(office.organisation, office.now)
    page = said(site)
    assert "Kantor dapat bekerja." in page
    assert "SQLite" in page
    assert "berjalan; tidak ada pekerjaan yang tertunda." in page


def test_what_is_wrong_stands_first_with_how_to_mend_it(site: Site) -> None:
    with site.asked() as office:
        calendar = orjson.loads(sql.value("SELECT body FROM calendar WHERE unit_id IS NULL"))
        bare = [day for day in calendar["holidays"] if day["date"] < "2026"]
        sql.execute("UPDATE calendar SET body = ?", (orjson.dumps(calendar | {"holidays": bare}).decode(),))
        sql.execute("UPDATE holding SET until_ms = from_ms + 1 WHERE person_id = ?", (office.wulan.person,))
        later = office.now + 3_600_000
        sql.execute("UPDATE journal SET at_ms = ? WHERE id = (SELECT MAX(id) FROM journal)", (later,))
    page = said(site)
    assert "3 hal harus diperbaiki." in page
    assert "belum ada hari libur tahun 2026. Catat menurut SKB" in page
    assert "tanpa pemegang: Kepala Subbagian Tata Usaha." in page
    assert "jam peladen tertinggal 60 menit" in page
    assert page.index("tanpa pemegang") < page.index("SQLite")


def test_another_office_of_the_installation_is_not_named(site: Site) -> None:
    with site.asked():
        Kota()
    assert "Kota Mojokerto" not in said(site)


def test_the_journal_is_verified_in_the_background_and_a_fault_is_told(site: Site) -> None:
    with site.asked() as office:
        organisation, inggit = office.organisation, office.inggit.actor
        assert verification.last(organisation) is None
        verification.ask(organisation, by=inggit, now=office.now)
        verification.ask(organisation, by=inggit, now=office.now)
        assert verification.under_way(organisation) == office.now
        assert jobs.run_due(office.now, {}) == 1
        first = verification.last(organisation)
        assert first
        assert (first.faults, verification.under_way(organisation)) == (0, None)
        sql.execute("UPDATE journal SET at_ms = at_ms - 1 WHERE id = (SELECT MIN(id) FROM journal)")
        verification.ask(organisation, by=inggit, now=office.now + 1)
        jobs.run_due(office.now + 1, {})
        second = verification.last(organisation)
        assert second
        assert second.faults == 1
        assert second.places[0][2] == "edited"
    assert "1 kesalahan pada pemeriksaan terakhir" in said(site)


def test_only_an_auditor_of_the_office_has_its_journal_verified(site: Site) -> None:
    with site.asked() as office:
        other = Kota().organisation
        with pytest.raises(NotAllowed):
            verification.ask(office.organisation, by=office.sekar.actor, now=office.now)
        with pytest.raises(NotFound):
            verification.ask(other, by=office.inggit.actor, now=office.now)


def test_a_mail_server_that_does_not_answer_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    office = site.app.config["OFFICE"]
    object.__setattr__(office, "smtp_url", "smtp://127.0.0.1:1")
    admin: Clerk = clerk(site, "admin")
    assert "peladen surat 127.0.0.1:1 menolak sambungan." in text(admin.opens(PAGE).page)
