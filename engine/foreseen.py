"""What a calendar would move if it were in force: the open deadlines, counted without writing anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from db import sql
from engine import limits
from engine.clocks import deadlines
from engine.clocks.worktime import Calendar
from engine.diagrams import releases
from engine.offices import settings

PAGE = 50
_BATCH = 5_000


@dataclass(frozen=True)
class Open:
    """An open task as a deadline needs it."""

    case_id: int
    number: str
    received_ms: int
    id: int
    element: str
    name: str
    office_id: int | None
    unit_id: int | None
    office: str | None
    limit: limits.Limit
    offered_ms: int
    started_ms: int | None
    due_ms: int | None
    norm_ms: int | None


@dataclass(frozen=True)
class Move:
    """A deadline that would move: of which step of which case, from when to when (UTC ms)."""

    case_id: int
    number: str
    name: str
    office: str | None
    before_ms: int | None
    after_ms: int | None


@dataclass
class Foreseen:
    """How many open deadlines there are and how many of them would move, with one page of those."""

    looked_at: int = 0
    later: int = 0
    earlier: int = 0
    moves: list[Move] = field(default_factory=list)

    @property
    def moved(self) -> int:
        """How many would move, either way."""
        return self.later + self.earlier


_OPEN = """
SELECT c.id, c.number, c.received_ms, t.id, t.element, t.name, t.office_id, o.unit_id, o.name, t.limit_text, t.clock,
  t.since, t.wait_norm, t.offered_ms, t.started_ms, t.due_ms, t.norm_ms
FROM task t JOIN case_file c ON c.id = t.case_file_id LEFT JOIN office o ON o.id = t.office_id
WHERE c.organisation_id = ? AND c.closed_ms IS NULL AND t.state = 'open'
"""


def open_of_case(organisation: int, case_id: int) -> list[Open]:
    """What is open in one case."""
    found = sql.rows(f"{_OPEN} AND c.id = ? ORDER BY t.id", (organisation, case_id))
    return [_row(row) for row in found]


def open_tasks(organisation: int) -> Iterator[Open]:
    """Everything that is open in an organisation, some thousand rows at a time."""
    last = 0
    while True:
        found = sql.rows(f"{_OPEN} AND t.id > ? ORDER BY t.id LIMIT {_BATCH}", (organisation, last))
        yield from (_row(row) for row in found)
        if len(found) < _BATCH:
            return
        last = int(found[-1][3])


def _row(found: sql.Row) -> Open:
    row: sql.Row = (*found[:9], limits.Limit(*found[9:13]), *found[13:])
    return Open(*row)


@dataclass(frozen=True)
class Timer:
    """A waiting timer of a running case, such as the ten days a reporter has to complete a report."""

    case_id: int
    number: str
    name: str
    length: str
    clock: str
    began_ms: int
    due_ms: int


_TIMERS = """
SELECT c.id, c.number, j.payload, j.created_ms, j.due_ms, r.id, r.fingerprint
FROM job j JOIN case_file c ON c.id = j.case_file_id JOIN release r ON r.id = c.release_id
WHERE c.organisation_id = ? AND c.closed_ms IS NULL AND j.state = 'waiting' AND j.kind = 'timer' ORDER BY j.id
"""


def waiting_timers(organisation: int) -> Iterator[Timer]:
    """Every timer that waits in a running case; they go by the organisation's calendar."""
    for case_id, number, payload, began, due, release, fingerprint in sql.rows(_TIMERS, (organisation,)):
        element = releases.closure(release, fingerprint).diagram.elements[orjson.loads(payload)["element"]]
        clock = element.props.get("sop.hitungan", "hari-kerja")
        yield Timer(case_id, number, element.name, element.duration or "", clock, began, due)


def timer_due(timer: Timer, calendar: Calendar) -> int | None:
    """When a timer ends by a calendar."""
    return deadlines.due(timer.began_ms, timer.length, timer.clock, calendar)


def governed(row: Open, unit: int | None, own: Mapping[int | None, Calendar]) -> bool:
    """Whether the calendar of `unit` (None: of the organisation) is the one this task is counted by."""
    return row.office_id not in own or row.office_id is None if unit is None else row.unit_id == unit


def due_by(row: Open, calendar: Calendar) -> tuple[int | None, int | None]:
    """Due instant and norm of an open task by a calendar."""
    due = limits.due(row.limit, calendar, offered=row.offered_ms, started=row.started_ms, received=row.received_ms)
    return due, limits.norm(row.limit, calendar, row.offered_ms)


def foresee(organisation: int, unit: int | None, body: Mapping[str, Any], page: int = 1) -> Foreseen:
    """What this calendar would move among the open tasks, the soonest cases first; raises CalendarInvalid."""
    calendar, own = Calendar.from_json(dict(body)), settings.office_calendars(organisation)
    found, first = Foreseen(), (page - 1) * PAGE
    for row in open_tasks(organisation):
        found.looked_at += 1
        due = due_by(row, calendar)[0] if governed(row, unit, own) else row.due_ms
        if due != row.due_ms:
            _count(found, Move(row.case_id, row.number, row.name, row.office, row.due_ms, due), first)
    for timer in waiting_timers(organisation) if unit is None else ():
        found.looked_at += 1
        due = timer_due(timer, calendar)
        if due is not None and due != timer.due_ms:
            _count(found, Move(timer.case_id, timer.number, timer.name, None, timer.due_ms, due), first)
    return found


def _count(found: Foreseen, move: Move, first: int) -> None:
    if first <= found.moved < first + PAGE:
        found.moves.append(move)
    if (move.after_ms or 0) > (move.before_ms or 0):
        found.later += 1
    else:
        found.earlier += 1
