"""Who may do what: resolved when they do it, refused unless allowed."""

from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from db import sql
from engine import people
from engine.errors import NotAllowed, NotFound
from engine.people import Actor, Seat

SECRET = ("rahasia", "sangat_rahasia")


def may_act(by: Actor, office_id: int | None, claimed_by: int | None, now: int, *, verb: str) -> Seat:
    """The seat by which this person may act on a task of that office; NotAllowed says why not."""
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


_CASE = """
SELECT c.organisation_id, c.secrecy, p.organisation_id, a.body, i.body FROM case_file c JOIN person p ON p.id = ?
LEFT JOIN setting a ON a.organisation_id = c.organisation_id AND a.name = 'sees_all'
LEFT JOIN setting i ON i.organisation_id = c.organisation_id AND i.name = 'sees_identity'
WHERE c.id = ?
"""


def view(by: Actor, case_id: int, now: int, seats: Iterable[Seat] | None = None) -> View:
    """What this person may see of a case; NotFound when nothing, so that its existence is not told.

    `seats` may bring what `people.who_may_act` said of this person at this instant.
    """
    found = sql.row(_CASE, (by.person_id, case_id))
    if found is None:
        raise NotFound("case", case_id)
    organisation, secrecy, own, sees_all, sees_identity = found
    held = people.who_may_act(now, person_id=by.person_id) if seats is None else seats
    here = tuple(seat for seat in held if seat.organisation_id == organisation)
    roles = {seat.role for seat in here} | {seat.code for seat in here}
    general = secrecy not in SECRET and bool(roles & _roles(sees_all))
    texts = general or _involved(case_id, [seat.office_id for seat in here])
    audit = "auditor" in by.powers and own == organisation
    if not (texts or audit):
        raise NotFound("case", case_id)
    return View(case_id, here, texts, texts and bool(roles & _roles(sees_identity)), audit)


def _roles(body: str | None) -> set[str]:
    return set(orjson.loads(body)) if body else set()


def _involved(case_id: int, offices: Iterable[int]) -> bool:
    ids = list(offices)
    if not ids:
        return False
    asked = f"SELECT 1 FROM task WHERE case_file_id = ? AND office_id IN ({sql.marks(ids)}) LIMIT 1"
    return sql.row(asked, [case_id, *ids]) is not None


def organisation_of(by: Actor) -> int:
    """The organisation this person works for."""
    found = sql.value("SELECT organisation_id FROM person WHERE id = ?", (by.person_id,))
    if found is None:
        raise NotFound("person", by.person_id)
    return int(found)


def must_have(by: Actor, power: str, verb: str) -> None:
    """Only people with this power (admin, auditor, designer) may."""
    if power not in by.powers:
        raise NotAllowed(verb, "Akun Anda tidak diberi wewenang untuk ini.")
