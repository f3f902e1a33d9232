"""A report is sent: a case begins, with its number, PIN and first task."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import IntegrityError

from db import sql
from db.connect import transaction
from engine import offering, releases, settings, store, vault
from engine.errors import NotFound
from engine.held import Held
from engine.people import Actor
from engine.runtime import Running


@dataclass(frozen=True)
class Reporter:
    """Who a citizen is and how to answer them; kept sealed in one place."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class Report:
    """What the citizen tells, in their own words."""

    chronology: str
    when: str = ""
    where: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Started:
    """What the citizen keeps: the number of the case and the PIN that opens it."""

    case_id: int
    number: str
    pin: str
    again: bool = False  # the same form was sent before: this is the case it made then


def start(
    process: str,
    *,
    organisation: str,
    reporter: Reporter,
    report: Report,
    send_key: str,
    now: int,
    channel: str = "web",
    proofs: Sequence[int] = (),
    by: Actor | None = None,
    received: int | None = None,
    language: str = "id",
) -> Started:
    """Begins a case and gives its number and PIN. The same `send_key` again gives the case it made before.

    `proofs` are ids of clean attachments of the unsent form; `received` (UTC ms) may lie before `now` for a letter.
    """
    try:
        with transaction():
            known = _known(send_key)
            if known is not None:
                return known
            return _begin(
                process, organisation, reporter, report, send_key, now, channel, proofs, by, received, language
            )
    except IntegrityError:  # two sent the same form at the same moment: both get the case of the one who was first
        known = _known(send_key)
        if known is None:
            raise
        return known


def _known(send_key: str) -> Started | None:
    found = sql.row("SELECT id, number FROM case_file WHERE send_key = ?", (send_key,))
    return None if found is None else Started(int(found[0]), str(found[1]), vault.pin(send_key), again=True)


def _begin(
    process: str,
    organisation: str,
    reporter: Reporter,
    report: Report,
    send_key: str,
    now: int,
    channel: str,
    proofs: Sequence[int],
    by: Actor | None,
    received: int | None,
    language: str,
) -> Started:
    organisation_id, zone = _organisation(organisation)
    closure = releases.current(organisation_id, process)
    received_ms = now if received is None else received
    held = _open_file(organisation_id, zone, closure, reporter, report, send_key, channel, received_ms, now, language)
    _attach(held.case_id, proofs)
    held.running = Running.start(closure.diagram, {})
    facts = {"number": held.number, "channel": channel, "release": closure.version, "proofs": len(proofs)}
    held.note("received", received_ms, person=by.person_id if by else None, facts=facts)
    store.save(held, [held.running.begun], now)
    return Started(held.case_id, held.number, vault.pin(send_key))


def _organisation(code: str) -> tuple[int, str]:
    found = sql.row("SELECT id, timezone FROM organisation WHERE code = ?", (code,))
    if found is None:
        raise NotFound("organisation", code)
    return int(found[0]), str(found[1])


def _open_file(
    organisation: int,
    zone: str,
    closure: releases.Closure,
    reporter: Reporter,
    report: Report,
    send_key: str,
    channel: str,
    received: int,
    now: int,
    language: str,
) -> Held:
    year = offering.year_in(zone, received)
    number = settings.setting(organisation, "numbering").format(
        urut=offering.next_number(organisation, f"case:{year}"), tahun=year
    )
    reporter_id = _register(organisation, reporter, now)
    case_id = sql.insert(
        "case_file",
        organisation_id=organisation,
        process=closure.process,
        release_id=closure.release_id,
        reporter_id=reporter_id,
        number=number,
        channel=channel,
        state="berjalan",
        outcome="",
        subject=report.subject,
        urgency="biasa",
        secrecy="biasa",
        received_ms=received,
        pin_hash=vault.mark("pin of", number, vault.pin(send_key)),
        send_key=send_key,
        language=language,
    )
    texts = {"chronology": report.chronology, "when": report.when, "where": report.where}
    sql.add("narrative", case_file_id=case_id, sealed=vault.seal(texts, f"narrative:{case_id}"))
    sql.add("workflow", case_file_id=case_id, revision=0, state=b"")
    return Held(case_id, organisation, number, "berjalan", reporter_id, received, 0, closure, b"")


def _register(organisation: int, reporter: Reporter, now: int) -> int:
    reporter_id = sql.insert("reporter", organisation_id=organisation, sealed=None, mark="", created_ms=now)
    content: dict[str, Any] = vars(reporter)
    sealed = vault.seal(content, f"reporter:{reporter_id}")
    mark = vault.mark("reporter", str(reporter_id))
    sql.execute("UPDATE reporter SET sealed = ?, mark = ? WHERE id = ?", (sealed, mark, reporter_id))
    return reporter_id


def _attach(case_id: int, proofs: Sequence[int]) -> None:
    if proofs:
        values = [case_id, *proofs]
        sql.execute(
            f"UPDATE attachment SET case_file_id = ?, draft = '' WHERE id IN ({sql.marks(proofs)})"
            " AND case_file_id IS NULL",
            values,
        )
