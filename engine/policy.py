"""Who may do what: resolved when they do it, refused unless allowed."""

from collections.abc import Iterable
from dataclasses import dataclass

from db import sql
from engine import people, settings
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
    if claimed_by is not None and claimed_by != by.account_id:
        raise NotAllowed(verb, "Tugas ini sudah diambil rekan Anda.")
    return seat


@dataclass(frozen=True)
class View:
    """What a person is shown of a case: nothing without one of these, deny by default."""

    case_id: int
    seats: tuple[Seat, ...]
    texts: bool  # the letter, notes and proof
    identity: bool  # how to reach the reporter
    audit: bool  # times and journal only


def view(by: Actor, case_id: int, now: int) -> View:
    """What this person may see of a case; NotFound when nothing, so that its existence is not told."""
    found = sql.row("SELECT organisation_id, secrecy FROM case_file WHERE id = ?", (case_id,))
    if found is None:
        raise NotFound("case", case_id)
    organisation, secrecy = found
    seats = tuple(s for s in people.who_may_act(now, person_id=by.person_id) if s.organisation_id == organisation)
    involved = _involved(case_id, [s.office_id for s in seats])
    roles = {s.role for s in seats} | {s.code for s in seats}
    general = secrecy not in SECRET and bool(roles & set(settings.setting(organisation, "sees_all")))
    texts = involved or general
    audit = "auditor" in by.powers and _same_organisation(by, organisation)
    if not (texts or audit):
        raise NotFound("case", case_id)
    identity = texts and bool(roles & set(settings.setting(organisation, "sees_identity")))
    return View(case_id, seats, texts, identity, audit)


def _involved(case_id: int, offices: Iterable[int]) -> bool:
    ids = list(offices)
    if not ids:
        return False
    asked = f"SELECT 1 FROM task WHERE case_file_id = ? AND office_id IN ({sql.marks(ids)}) LIMIT 1"
    return sql.row(asked, [case_id, *ids]) is not None


def _same_organisation(by: Actor, organisation: int) -> bool:
    return organisation_of(by) == organisation


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
