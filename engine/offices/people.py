"""Offices and the people in them: holders, Plt, Plh and deputies, by date and letter of order."""

from dataclasses import dataclass, field, replace

from db import sql


@dataclass(frozen=True)
class Actor:
    """A signed-in person; what they may do is resolved when they do it."""

    account_id: int
    person_id: int
    powers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Seat:
    """An office someone may act for at this moment, and as what: definitif, plt, plh or wakil."""

    office_id: int
    code: str
    name: str
    role: str
    unit: str
    organisation_id: int
    person_id: int
    person: str
    kind: str
    leads: bool = field(default=False, compare=False)  # known where the desk asks: offices stand below this one


SUBSTITUTES = ("plt", "plh", "wakil")


def seat_name(name: str, kind: str) -> str:
    """As "Plh. Sekretaris DPRD"; a deputy stands in for the office and signs as what they are themselves."""
    return {"plt": "Plt. ", "plh": "Plh. ", "wakil": "mewakili "}.get(kind, "") + name


_SEAT = """
SELECT o.id, o.code, o.name, o.role, u.code, o.organisation_id, p.id, p.name, h.kind{more}
FROM holding h JOIN office o ON o.id = h.office_id JOIN unit u ON u.id = o.unit_id JOIN person p ON p.id = h.person_id
WHERE h.from_ms <= ? AND (h.until_ms IS NULL OR h.until_ms > ?)
  AND (h.kind <> 'definitif' OR NOT EXISTS (
        SELECT 1 FROM holding s WHERE s.office_id = h.office_id AND s.kind <> 'definitif'
          AND s.from_ms <= ? AND (s.until_ms IS NULL OR s.until_ms > ?)))
"""


def who_may_act(now: int, *, person_id: int | None = None, office_id: int | None = None) -> list[Seat]:
    """The one function that answers "who may act now": for a person, for an office, or both.

    One authority at a time: while a Plh, Plt or deputy is in force, the definitive holder is absent and does not act.
    """
    text, values = _SEAT.format(more=""), [now, now, now, now]
    if person_id is not None:
        text, values = text + " AND h.person_id = ?", [*values, person_id]
    if office_id is not None:
        text, values = text + " AND h.office_id = ?", [*values, office_id]
    return [Seat(*found) for found in sql.rows(text + " ORDER BY o.rank, h.id", values)]


def seat(person_id: int, office_id: int, now: int) -> Seat | None:
    """The seat by which this person may act for this office now, if any."""
    found = who_may_act(now, person_id=person_id, office_id=office_id)
    return found[0] if found else None


MANY = 1_000
_WAITING = (
    ", (SELECT COUNT(*) FROM (SELECT 1 FROM task t WHERE t.office_id = o.id AND t.state = 'open'"
    f" AND (t.claimed_by IS NULL OR t.claimed_by = ?) LIMIT {MANY}) AS open_now),"
    " EXISTS (SELECT 1 FROM office b WHERE b.superior_id = o.id AND b.active)"
)


def at_desk(now: int, by: Actor) -> tuple[list[Seat], int]:
    """Where a person may act now, and how many tasks wait there that no colleague has claimed (1,000: or more)."""
    text = _SEAT.format(more=_WAITING) + " AND h.person_id = ? ORDER BY o.rank, h.id"
    found = sql.rows(text, (by.account_id, now, now, now, now, by.person_id))
    waiting = {row[0]: int(row[-2]) for row in found}
    return [replace(Seat(*row[:-2]), leads=bool(row[-1])) for row in found], min(MANY, sum(waiting.values()))
