"""Who may do what: resolved when they do it, refused unless allowed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson

from db import sql
from engine.errors import NotAllowed, NotFound
from engine.offices import people
from engine.offices.people import Actor, Seat

SECRET = ("rahasia", "sangat_rahasia")
READ_ONLY = frozenset({"auditor"})
"""Whoever has one of these powers changes nothing, whatever else they hold: who audits has no part in the work."""
SENTENCES: Mapping[str, str] = {"only reads": "Akun pemeriksa hanya membaca; ia tidak dapat mengubah apa pun."}
ONLY_READS = SENTENCES["only reads"]


def must_work(by: Actor, verb: str) -> None:
    """Refuses (NotAllowed) what an auditor would change."""
    if READ_ONLY & by.powers:
        raise NotAllowed(verb, ONLY_READS)


def may_act(by: Actor, office_id: int | None, claimed_by: int | None, now: int, *, verb: str) -> Seat:
    """The seat by which this person may act on a task of that office; NotAllowed says why not."""
    must_work(by, verb)
    if office_id is None:
        raise NotAllowed(verb, "Tugas ini menunggu pelapor, bukan jabatan.")
    seat = people.seat(by.person_id, office_id, now)
    if seat is None:
        raise NotAllowed(verb, "Anda tidak memegang jabatan ini pada saat ini.")
    if claimed_by not in (None, by.account_id) and holds(claimed_by, office_id, now):
        raise NotAllowed(verb, "Tugas ini sudah diambil rekan Anda.")
    return seat


def holds(account_id: int | None, office_id: int | None, now: int) -> bool:
    """Whether the person of that account may act for the office: a claim ends with the time of whoever made it."""
    person = sql.value("SELECT person_id FROM account WHERE id = ? AND active", (account_id,))
    return person is not None and office_id is not None and people.seat(int(person), office_id, now) is not None


@dataclass(frozen=True)
class View:
    """What a person is shown of a case: nothing without one of these, deny by default."""

    case_id: int
    seats: tuple[Seat, ...]
    texts: bool  # the letter, notes and proof
    identity: bool  # how to reach the reporter
    audit: bool  # times and journal only
    handles: bool = False  # an office of theirs has, or had, a task in it
    secret: bool = False
    stamp: str = ""  # the head of the organisation's journal: while it stands, nothing was decided anew


_HANDLES = """EXISTS (SELECT 1 FROM task t WHERE t.case_file_id = c.id
  AND (t.office_id IN ({mine}) OR t.taken_from IN ({mine})))"""
_COPIED = "EXISTS (SELECT 1 FROM tembusan b WHERE b.case_file_id = c.id AND b.office_id IN ({mine}))"
_CASE = """
SELECT c.organisation_id, c.secrecy, c.restricted, c.unit, p.organisation_id, a.body, i.body,
  {handles}, {copied},
  (SELECT j.hash FROM journal j WHERE j.chain = 'organisation:' || c.organisation_id ORDER BY j.seq DESC LIMIT 1)
FROM case_file c JOIN person p ON p.id = ?
LEFT JOIN setting a ON a.organisation_id = c.organisation_id AND a.name = 'sees_all'
LEFT JOIN setting i ON i.organisation_id = c.organisation_id AND i.name = 'sees_identity'
WHERE c.id = ?
"""


def view(by: Actor, case_id: int, now: int, seats: Iterable[Seat] | None = None) -> View:
    """What this person may see of a case; NotFound when nothing, so that its existence is not told.

    `seats` may bring what `people.who_may_act` said of this person at this instant. An office that was given a copy
    (tembusan) reads as one that handles the case, and does nothing in it.
    """
    held = people.who_may_act(now, person_id=by.person_id) if seats is None else list(seats)
    offices = [seat.office_id for seat in held]
    found = sql.row(_asked(_CASE, offices), [*offices * 3, by.person_id, case_id])
    if found is None:
        raise NotFound("case", case_id)
    organisation, secrecy, restricted, unit, own, sees_all, sees_identity, handles, copied, stamp = found
    here = tuple(seat for seat in held if seat.organisation_id == organisation)
    texts = _reads(held, organisation, secrecy, sees_all, handles or copied)
    audit = "auditor" in by.powers and own == organisation
    if not (texts or audit):
        raise NotFound("case", case_id)
    knowing = [seat.office_id for seat in here if {seat.role, seat.code} & _roles(sees_identity)]
    identity = texts and not restricted and bool(knowing) and (not unit or _of_unit(knowing, unit))
    return View(case_id, here, texts, identity, audit, bool(handles), secrecy in SECRET, stamp or "")


def readable(seats: Iterable[Seat], cases: Iterable[int]) -> set[int]:
    """Of these cases, those whose texts `view` shows to whoever holds these seats: for lists that lead to them."""
    held, wanted = list(seats), sorted(set(cases))
    if not held or not wanted:
        return set()
    offices = [seat.office_id for seat in held]
    found = sql.rows(f"{_asked(_TEXTS, offices)} WHERE c.id IN ({sql.marks(wanted)})", [*offices * 3, *wanted])
    return {int(case) for case, *facts in found if _reads(held, *facts)}


_TEXTS = """
SELECT c.id, c.organisation_id, c.secrecy, a.body,
  {handles} OR {copied}
FROM case_file c LEFT JOIN setting a ON a.organisation_id = c.organisation_id AND a.name = 'sees_all'
"""


def _asked(text: str, offices: list[int]) -> str:
    """A question in which offices stand as those that handle a case, or were given a copy of it."""
    mine = sql.marks(offices) or "NULL"
    return text.format(handles=_HANDLES.format(mine=mine), copied=_COPIED.format(mine=mine))


def _reads(held: Iterable[Seat], organisation: int, secrecy: str, sees_all: str | None, own: bool) -> bool:
    here = {name for seat in held if seat.organisation_id == organisation for name in (seat.role, seat.code)}
    return bool(own) or (secrecy not in SECRET and bool(here & _roles(sees_all)))


def _of_unit(offices: list[int], unit: str) -> bool:
    """Whether one of these offices is of the unit that handles the case, or of a role that units do not have each.

    A unit that gave the case away, or that only helps, reads what it did and no longer who reported.
    """
    text = (
        f"SELECT 1 FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.id IN ({sql.marks(offices)}) AND (u.code = ?"
        " OR NOT EXISTS (SELECT 1 FROM office s JOIN unit v ON v.id = s.unit_id WHERE v.code = ?"
        " AND v.organisation_id = o.organisation_id AND s.role = o.role)) LIMIT 1"
    )
    return sql.row(text, [*offices, unit, unit]) is not None


def _roles(body: str | None) -> set[str]:
    return set(orjson.loads(body)) if body else set()


def organisation_of(by: Actor) -> int:
    """The organisation this person works for."""
    found = sql.value("SELECT organisation_id FROM person WHERE id = ?", (by.person_id,))
    if found is None:
        raise NotFound("person", by.person_id)
    return int(found)


def must_have(by: Actor, power: str, verb: str) -> None:
    """Only people with this power (admin, auditor, designer) may."""
    if power not in READ_ONLY:
        must_work(by, verb)
    if power not in by.powers:
        raise NotAllowed(verb, "Akun Anda tidak diberi wewenang untuk ini.")
