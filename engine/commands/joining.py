"""“Saya mengalami hal yang sama”: someone who has met with the same is counted with a case and told of its answer."""

from collections.abc import Mapping
from typing import Any

from peewee import IntegrityError

from db import sql
from db.connect import transaction
from engine import letters, store, vault
from engine.commands.start import register
from engine.errors import NotAllowed
from engine.held import Held, hold
from engine.offices import policy
from engine.offices.people import Actor, Seat
from engine.reports import Reporter

OVER = "Laporan itu sudah tidak ditangani lagi. Isian Anda masih ada; kirimlah laporan Anda sendiri."
_NOBODY: Mapping[str, Any] = {}
"""Signs what a citizen does."""


def send_key(token: str) -> str:
    """What makes joining twice by one form one companion."""
    return vault.mark("serupa", token)


def joined(key: str) -> int | None:
    """The case that was joined under this key, if any."""
    found = sql.value("SELECT case_file_id FROM companion WHERE send_key = ?", (key,))
    return None if found is None else int(found)


def join(case_id: int, reporter: Reporter, send_key: str, *, now: int, language: str = "id") -> bool:
    """Counts someone with a case; False when they were already (one form joins one case).

    Raises NotAllowed where the case has ended, is secret or was not worded by the office, NotFound for no case.
    """
    try:
        with transaction():
            held = hold(case_id)
            if joined(send_key) is not None:
                return False
            _refuse(held)
            _add(held, reporter, language, send_key, now)
            return True
    except IntegrityError:  # two tabs joined two cases at the same moment: the first one counts
        if joined(send_key) is None:
            raise
        return False


def _refuse(held: Held) -> None:
    """One sentence for all of it: why a case is not shown says something about the case."""
    secrecy, worded = sql.row("SELECT secrecy, worded FROM case_file WHERE id = ?", (held.case_id,)) or ("", False)
    if held.state not in ("berjalan", "insiden") or secrecy != "biasa" or not worded:
        raise NotAllowed("join", OVER)


def join_case(case_id: int, to: int, *, by: Actor, now: int) -> bool:
    """Whoever works on a case counts its reporter with a similar one, to be told when that one is answered.

    The case itself goes on: the law merges none, each keeps its number and date (ours). False when they were counted
    already. Raises NotFound, NotAllowed for who has no task in it or may not read the other, or where that has ended.
    """
    policy.must_work(by, "join")
    with transaction():
        first, second = (hold(one) for one in sorted((case_id, to)))
        held, other = (first, second) if case_id < to else (second, first)
        seat = _working_seat(held, other, by, now)
        if joined(case_key(case_id, to)) is not None:
            return False
        signed: dict[str, Any] = {"person": by.person_id, "office": seat.office_id, "acting_as": seat.kind}
        _add(other, *_reporter(case_id), case_key(case_id, to), now, signed | {"facts": {"case": case_id}})
        held.note("joined_to", now, **signed, facts={"case": to, "number": _number(to)})
        store.note_down(held)
        return True


def case_key(case_id: int, to: int) -> str:
    """What makes joining two cases twice one companion."""
    return vault.mark("serupa", f"kasus:{case_id}:{to}")


def _working_seat(held: Held, other: Held, by: Actor, now: int) -> Seat:
    """The seat by which this person has an open task in the case; both may be read by them. Raises NotAllowed."""
    mine = {seat.office_id: seat for seat in policy.view(by, held.case_id, now).seats}
    text = "SELECT office_id FROM task WHERE case_file_id = ? AND state = 'open' ORDER BY id"
    seat = next((mine[row[0]] for row in sql.rows(text, (held.case_id,)) if row[0] in mine), None)
    if seat is None:
        raise NotAllowed("join", "Hanya yang sedang menangani laporan ini yang dapat menggabungkannya.")
    facts = "SELECT organisation_id, process FROM case_file WHERE id = ?"
    alike = sql.row(facts, (held.case_id,)) == sql.row(facts, (other.case_id,)) and held.case_id != other.case_id
    open_ = other.state in ("berjalan", "insiden")
    view = policy.view(by, other.case_id, now)
    if not (alike and open_ and view.texts and not view.secret):
        raise NotAllowed("join", "Laporan itu sudah tidak ditangani lagi.")
    return seat


def _reporter(case_id: int) -> tuple[Reporter, str]:
    """Who reported a case and how to reach them, without their NIK; and in which language."""
    text = "SELECT r.id, r.sealed, c.language FROM case_file c JOIN reporter r ON r.id = c.reporter_id WHERE c.id = ?"
    ident, sealed, language = sql.row(text, (case_id,)) or (0, None, "id")
    who = letters.identity(int(ident), sealed)
    if who is None:
        raise NotAllowed("join", "Identitas pelapor ini sudah dihapus.")
    return Reporter(who.name, who.phone, who.email), str(language)


def _number(case_id: int) -> str:
    return str(sql.value("SELECT number FROM case_file WHERE id = ?", (case_id,)))


def _add(
    held: Held, reporter: Reporter, language: str, send_key: str, now: int, signed: Mapping[str, Any] = _NOBODY
) -> None:
    who = register(held.organisation, reporter, now)
    row = {"case_file_id": held.case_id, "reporter_id": who, "send_key": send_key, "at_ms": now}
    sql.insert("companion", **row, language=language)
    sql.execute("UPDATE case_file SET companions = companions + 1 WHERE id = ?", (held.case_id,))
    held.note("joined", now, **signed)
    store.note_down(held)
