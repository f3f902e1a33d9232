"""An auditor changes nothing: no form but those about their own session and account, whatever else they hold."""

import re

import pytest
from citizen import Site
from clerk import clerk
from office import Office

from db import sql
from engine import verbs
from engine.errors import NotAllowed
from engine.offices.people import Actor

OWN = {
    "/keluar",
    "/bahasa",
    "/masuk",
    "/masuk/sekali/<link>",
    "/akun",
    "/akun/sandi",
    "/akun/keluar-semua",
    "/pemberitahuan",
    "/saringan/<page>",
    "/saringan/<int:filter_id>/hapus",
    "/audit/jurnal/periksa",
}
"""Their own session, account, notices and searches, and the question to the worker whether the journal is whole."""
FOR_CITIZENS = ("/lapor/", "/lacak")
"""Pages that know nobody's staff session."""


def closed(site: Site) -> list[str]:
    """Every address that takes a form and is not the auditor's own."""
    rules = [r.rule for r in site.app.url_map.iter_rules() if r.methods - {"GET", "HEAD", "OPTIONS"}]
    return sorted({rule for rule in rules if rule not in OWN and not rule.startswith(FOR_CITIZENS)})


def filled(rule: str) -> str:
    return re.sub(r"<[^>]+>", lambda blank: "1" if "int:" in blank[0] else "x", rule)


def test_no_form_of_the_office_takes_anything_from_an_auditor_who_may_do_everything_else(site: Site) -> None:
    with site.asked() as office:
        case = office.report()
        sql.execute("UPDATE account SET powers = 'admin auditor designer' WHERE username = 'sekar'")
        journal = sql.value("SELECT COUNT(*) FROM journal")
    sekar = clerk(site, "sekar")
    refused = {rule: sekar.sends(filled(rule)).status_code for rule in closed(site)}
    assert len(refused) > 20
    assert {rule: status for rule, status in refused.items() if status not in (403, 404)} == {}
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM journal") == journal
        assert sql.value("SELECT state FROM case_file WHERE id = ?", (case,)) == "berjalan"


def test_the_engine_refuses_the_verbs_too(database: str) -> None:
    office = Office()
    task = office.task(office.report(), "terima")
    plain = office.sekar.actor
    auditor = Actor(plain.account_id, plain.person_id, frozenset({"auditor"}))
    for verb in (verbs.open_task, verbs.claim, verbs.release):
        with pytest.raises(NotAllowed):
            verb(task, by=auditor, now=office.now)
    with pytest.raises(NotAllowed):
        verbs.complete(task, by=auditor, answers={}, now=office.now)
    verbs.open_task(task, by=plain, now=office.now)
