"""What an administrator asks: who stands in for whom, what is stuck, what waits to be done."""

from dataclasses import dataclass

from db import sql

PAGE = 50


def office_names(organisation_id: int) -> dict[str, str]:
    """The offices of an organisation: code → name."""
    found = sql.rows("SELECT code, name FROM office WHERE organisation_id = ? ORDER BY rank, id", (organisation_id,))
    return dict(found)


@dataclass(frozen=True)
class Seat:
    """An office and its definitive holder at this moment, if any."""

    id: int
    code: str
    name: str
    holder: str | None


_SEATS = """
SELECT o.id, o.code, o.name, (SELECT p.name FROM holding h JOIN person p ON p.id = h.person_id WHERE h.office_id = o.id
  AND h.kind = 'definitif' AND h.from_ms <= ? AND (h.until_ms IS NULL OR h.until_ms > ?) ORDER BY h.id LIMIT 1)
FROM office o WHERE o.organisation_id = ? ORDER BY o.rank, o.id
"""


def offices(organisation_id: int, now: int) -> list[Seat]:
    """Every office in the office's own order."""
    return [Seat(*found) for found in sql.rows(_SEATS, (now, now, organisation_id))]


def people(organisation_id: int) -> list[tuple[int, str, str]]:
    """Everyone of an organisation by name: id, name, NIP."""
    text = "SELECT id, name, nip FROM person WHERE organisation_id = ? ORDER BY name, id"
    return [(int(found[0]), str(found[1]), str(found[2])) for found in sql.rows(text, (organisation_id,))]


@dataclass(frozen=True)
class Appointment:
    """A substitute for an office, from one instant to another (UTC ms, end exclusive)."""

    id: int
    office: str
    person: str
    kind: str
    from_ms: int
    until_ms: int | None
    letter: str
    letter_date: str
    entered_ms: int
    entered_by: str | None


_APPOINTMENTS = """
SELECT h.id, o.name, p.name, h.kind, h.from_ms, h.until_ms, h.letter, h.letter_date, h.entered_ms, e.name
FROM holding h JOIN office o ON o.id = h.office_id JOIN person p ON p.id = h.person_id
  LEFT JOIN account a ON a.id = h.entered_by LEFT JOIN person e ON e.id = a.person_id
WHERE o.organisation_id = ? AND h.kind <> 'definitif' ORDER BY h.from_ms DESC, h.id DESC LIMIT ? OFFSET ?
"""


def appointments(organisation_id: int, page: int = 1) -> tuple[list[Appointment], bool]:
    """One page of substitutes, the latest to begin first, and whether there is another."""
    found = sql.rows(_APPOINTMENTS, (organisation_id, PAGE + 1, (page - 1) * PAGE))
    return [Appointment(*row) for row in found[:PAGE]], len(found) > PAGE


@dataclass(frozen=True)
class Trouble:
    """An incident: what could not be done in which case, and why."""

    id: int
    case_id: int
    number: str
    process: str
    element: str
    task: str | None
    verb: str
    cause: str
    person: str | None
    at_ms: int
    solved_ms: int | None


_TROUBLE = """
SELECT i.id, c.id, c.number, c.process, i.element, t.name, i.verb, i.cause, p.name, i.at_ms, i.solved_ms
FROM incident i JOIN case_file c ON c.id = i.case_file_id LEFT JOIN task t ON t.id = i.task
  LEFT JOIN account a ON a.id = i.actor LEFT JOIN person p ON p.id = a.person_id WHERE c.organisation_id = ?
"""


def incidents(organisation_id: int, page: int = 1, *, solved: bool = False) -> tuple[list[Trouble], bool]:
    """One page of open (or of solved) incidents, the latest first, and whether there is another."""
    which = (
        " AND i.solved_ms IS NOT NULL ORDER BY i.solved_ms" if solved else " AND i.solved_ms IS NULL ORDER BY i.at_ms"
    )
    found = sql.rows(
        _TROUBLE + which + " DESC, i.id DESC LIMIT ? OFFSET ?", (organisation_id, PAGE + 1, (page - 1) * PAGE)
    )
    return [Trouble(*row) for row in found[:PAGE]], len(found) > PAGE


def incident_counts(organisation_id: int) -> tuple[int, int]:
    """How many incidents are open, and how many were solved."""
    text = (
        "SELECT COALESCE(SUM(CASE WHEN i.solved_ms IS NULL THEN 1 ELSE 0 END), 0), COUNT(i.solved_ms)"
        " FROM incident i JOIN case_file c ON c.id = i.case_file_id WHERE c.organisation_id = ?"
    )
    open_, solved = sql.row(text, (organisation_id,)) or (0, 0)
    return int(open_), int(solved)


def incident(organisation_id: int, incident_id: int) -> Trouble | None:
    """One incident of this organisation."""
    found = sql.row(_TROUBLE + " AND i.id = ?", (organisation_id, incident_id))
    return None if found is None else Trouble(*found)


@dataclass(frozen=True)
class Queue:
    """How many jobs wait, should have been done, failed; and beside them open incidents and substitutes in force."""

    waiting: int
    overdue: int
    failed: int
    incidents: int
    substitutes: int  # in force now


_QUEUE = """
SELECT COALESCE(SUM(CASE WHEN j.state = 'waiting' THEN 1 ELSE 0 END), 0),
  COALESCE(SUM(CASE WHEN j.state = 'waiting' AND j.due_ms < ? THEN 1 ELSE 0 END), 0),
  COALESCE(SUM(CASE WHEN j.state = 'failed' THEN 1 ELSE 0 END), 0)
FROM job j JOIN case_file c ON c.id = j.case_file_id WHERE c.organisation_id = ? AND j.state IN ('waiting', 'failed')
"""
_OPEN_INCIDENTS = (
    "SELECT COUNT(*) FROM incident i JOIN case_file c ON c.id = i.case_file_id"
    " WHERE c.organisation_id = ? AND i.solved_ms IS NULL"
)


_SUBSTITUTES = (
    "SELECT COUNT(*) FROM holding h JOIN office o ON o.id = h.office_id WHERE o.organisation_id = ?"
    " AND h.kind <> 'definitif' AND h.from_ms <= ? AND (h.until_ms IS NULL OR h.until_ms > ?)"
)


def queue(organisation_id: int, now: int, grace_ms: int) -> Queue:
    """What waits and what is stuck; overdue = due more than `grace_ms` ago."""
    waiting, overdue, failed = sql.row(_QUEUE, (now - grace_ms, organisation_id)) or (0, 0, 0)
    stuck = int(sql.value(_OPEN_INCIDENTS, (organisation_id,)))
    substitutes = int(sql.value(_SUBSTITUTES, (organisation_id, now, now)))
    return Queue(int(waiting), int(overdue), int(failed), stuck, substitutes)


def oldest_overdue(before: int) -> int | None:
    """When the oldest job that still waits was due, if that is before this instant (UTC ms)."""
    found = sql.value("SELECT MIN(due_ms) FROM job WHERE state = 'waiting' AND due_ms < ?", (before,))
    return None if found is None else int(found)


def unit_id(organisation_id: int, code: str) -> int | None:
    """A unit by its code."""
    found = sql.value("SELECT id FROM unit WHERE organisation_id = ? AND code = ?", (organisation_id, code))
    return None if found is None else int(found)


def calendar_body(organisation_id: int, unit: int | None) -> str | None:
    """The calendar of exactly this unit (None: of the organisation itself), as JSON."""
    where, more = ("unit_id IS NULL", []) if unit is None else ("unit_id = ?", [unit])
    text = f"SELECT body FROM calendar WHERE organisation_id = ? AND {where}"
    found = sql.value(text, [organisation_id, *more])
    return None if found is None else str(found)
