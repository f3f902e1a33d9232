"""A report is sent: a case begins, with its number, PIN and first task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import IntegrityError

from db import sql
from db.connect import transaction
from engine import search, store, vault
from engine.diagrams import releases
from engine.errors import NotFound
from engine.held import Held
from engine.identities import identity
from engine.identities.register import glance
from engine.offices import numbering
from engine.offices.entries import Entry, Receiver
from engine.offices.people import Actor
from engine.reports import Report, Reporter
from engine.runtime import Running

__all__ = ["Report", "Reporter", "Sent", "Started", "begin", "entered", "open_file", "register", "start"]


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
    entry: Entry | None = None,
) -> Started:
    """Begins a case and gives its number and PIN. The same `send_key` again gives the case it made before.

    `proofs` are ids of clean attachments of the unsent form; `received` (UTC ms) may lie before `now` for a letter;
    `entry` is what a member of staff says of how it came in, `by` who that is.
    """
    sent = Sent(process, organisation, reporter, report, send_key, channel, proofs, by, received, language, entry)
    try:
        with transaction():
            return _known(send_key) or begin(sent, now)
    except IntegrityError:  # two sent the same form at the same moment: both get the case of the one who was first
        known = _known(send_key)
        if known is None:
            raise
        return known


def _known(send_key: str) -> Started | None:
    found = sql.row("SELECT id, number FROM case_file WHERE send_key = ?", (send_key,))
    return None if found is None else Started(int(found[0]), str(found[1]), vault.pin(send_key), again=True)


@dataclass(frozen=True)
class Sent:
    """One report as it comes in, by whatever door."""

    process: str
    organisation: str  # its code
    reporter: Reporter
    report: Report
    send_key: str
    channel: str = "web"
    proofs: Sequence[int] = ()
    by: Actor | None = None
    received: int | None = None
    language: str = "id"
    entry: Entry | None = None
    number: str = ""  # of the blank sheet it was taken down on, reserved before
    declared: Mapping[str, Any] = field(default_factory=dict)  # what the journal adds of a report told afterwards


def begin(sent: Sent, now: int) -> Started:
    """The case of a report, inside a verb's transaction."""
    organisation_id, zone = _organisation(sent.organisation)
    closure = releases.current(organisation_id, sent.process, now)
    receiver = None if sent.by is None else Receiver.of(sent.by, organisation_id, now)
    held = open_file(sent, organisation_id, zone, closure, now)
    _attach(held.case_id, sent.proofs)
    held.running = Running.start(closure.diagram, _data(held, sent))
    _tell(held, sent, receiver, now)
    store.save(held, [held.running.begun], now)
    return Started(held.case_id, held.number, vault.pin(sent.send_key))


def _data(held: Held, sent: Sent) -> dict[str, Any]:
    """What the case begins with: those of the report's facts, and of its date, that the diagram declares."""
    known = {"tanggal_terima": held.calendar.date_of(held.received_ms).isoformat(), **sent.report.data}
    return {name: value for name, value in known.items() if name in held.closure.diagram.initial}


def _tell(held: Held, sent: Sent, receiver: Receiver | None, now: int) -> None:
    closure = held.closure
    facts = {
        "number": held.number,
        "channel": sent.channel,
        "release": closure.version,
        "proofs": len(sent.proofs),
        **entered(sent, now),
    }
    held.note("received", held.received_ms, facts=facts, **(receiver.signature if receiver else {}))
    identity.begun(held, now)


def entered(sent: Sent, now: int) -> dict[str, Any]:
    """What the journal keeps of a report that someone typed in: who, when, and why later than it came."""
    if sent.entry is None or sent.by is None:
        return {}
    return {"entered_by": sent.by.person_id, "entered_ms": now, "reason": sent.entry.reason}


def _organisation(code: str) -> tuple[int, str]:
    found = sql.row("SELECT id, timezone FROM organisation WHERE code = ?", (code,))
    if found is None:
        raise NotFound("organisation", code)
    return int(found[0]), str(found[1])


def open_file(sent: Sent, organisation: int, zone: str, closure: releases.Closure, now: int) -> Held:
    """The file of a case with its number, reporter and sealed texts; nothing waits in it yet."""
    received = now if sent.received is None else sent.received
    number = sent.number or numbering.take(organisation, "case", zone, received)
    reporter_id = register(organisation, sent.reporter, now)
    case_id = sql.insert(
        "case_file",
        organisation_id=organisation,
        process=closure.process,
        release_id=closure.release_id,
        reporter_id=reporter_id,
        number=number,
        channel=sent.channel,
        state="berjalan",
        outcome="",
        subject=sent.report.subject,
        urgency="biasa",
        secrecy="biasa",
        received_ms=received,
        pin_hash=vault.mark("pin of", number, vault.pin(sent.send_key)),
        send_key=sent.send_key,
        language=sent.language,
        **_entry_columns(sent, now),
    )
    sql.add("narrative", case_file_id=case_id, sealed=vault.seal(_texts(sent), f"narrative:{case_id}"))
    sql.add("workflow", case_file_id=case_id, revision=0, state=b"")
    letter = sent.entry.letter_number if sent.entry else ""
    search.add(case_id, search.document(f"{number} {letter}", sent.report.subject, _texts(sent), sent.reporter.name))
    return Held(
        case_id, organisation, number, "berjalan", reporter_id, received, 0, closure, b"", declared=sent.declared
    )


def _entry_columns(sent: Sent, now: int) -> dict[str, Any]:
    if sent.entry is None or sent.by is None:
        return {}
    letter = {"letter_number": sent.entry.letter_number, "letter_date": sent.entry.letter_date}
    return {"entered_by": sent.by.person_id, "entered_ms": now, **letter}


def _texts(sent: Sent) -> dict[str, str]:
    """What is sealed of a report; `late` is why it was typed in later than it came."""
    report, late = sent.report, sent.entry.note if sent.entry else ""
    texts = {"chronology": report.chronology, "when": report.when, "where": report.where}
    more = {"late": late, "point": report.point}
    return texts | {name: text for name, text in more.items() if text}


def register(organisation: int, reporter: Reporter, now: int) -> int:
    """Keeps who someone is, sealed, inside a verb's transaction; gives the id everything else knows them by."""
    reporter_id = sql.insert("reporter", organisation_id=organisation, sealed=None, mark="", created_ms=now)
    content: dict[str, Any] = vars(reporter)
    sealed = vault.seal(content, f"reporter:{reporter_id}")
    mark = vault.mark("reporter", str(reporter_id))
    nik = identity.mark_of(reporter.nik) if reporter.nik else ""
    columns = (sealed, mark, nik, glance(organisation, reporter.nik, reporter.mother), reporter_id)
    sql.execute("UPDATE reporter SET sealed = ?, mark = ?, nik_mark = ?, registry = ? WHERE id = ?", columns)
    return reporter_id


def _attach(case_id: int, proofs: Sequence[int]) -> None:
    if proofs:
        values = [case_id, *proofs]
        sql.execute(
            f"UPDATE attachment SET case_file_id = ?, draft = '' WHERE id IN ({sql.marks(proofs)})"
            " AND case_file_id IS NULL",
            values,
        )
