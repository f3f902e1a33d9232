"""The tasks behind an auditor's figure, a page at a time or all of them; nobody is named but officials."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from db import sql
from db.queries import overdue
from db.queries.audit import Span
from db.queries.overdue import Moment

PAGE = 50
BATCH = 1_000


class Item(NamedTuple):
    """One task with its times; `waited_ms` and `worked_ms` are office time."""

    id: int
    case_id: int
    number: str
    release_id: int
    fingerprint: str
    element: str
    name: str
    instance: str
    sop_row: int | None
    office_id: int | None
    office: str | None
    person: str | None
    acting_as: str
    cycle: int
    offered_ms: int
    started_ms: int | None
    due_ms: int | None
    done_ms: int | None
    waited_ms: int | None
    worked_ms: int | None
    limit_text: str
    clock: str
    since: str
    late: bool


COLUMNS = (
    "t.id, c.id, c.number, r.id, r.fingerprint, t.element, t.name, t.instance, t.sop_row,"
    " COALESCE(t.done_office, t.office_id), o.name, p.name, t.done_as, t.cycle, t.offered_ms,"
    " t.started_ms, t.due_ms, t.done_ms, t.waited_ms, t.worked_ms, t.limit_text, t.clock, t.since, t.late"
)
SOURCE = (
    "FROM task t CROSS JOIN case_file c JOIN release r ON r.id = c.release_id"
    " LEFT JOIN office o ON o.id = COALESCE(t.done_office, t.office_id) LEFT JOIN person p ON p.id = t.done_by"
)
OF_PROCESS = "c.id = t.case_file_id AND c.organisation_id = ? AND c.process = ?"
_DONE = f"{OF_PROCESS} AND t.state <> 'cancelled' AND t.done_ms >= ? AND t.done_ms < ?"
_OPEN = f"{OF_PROCESS} AND t.state = 'open'"


@dataclass(frozen=True)
class Which:
    """Which tasks a figure is about: of an element ("" for all), under a condition, in an order."""

    element: str = ""
    condition: str = ""
    values: tuple[int, ...] = ()
    order: str = "t.done_ms DESC, t.id DESC"
    open_now: bool = field(default=False)  # whatever the span

    def text(self, span: Span, columns: str) -> tuple[str, list[Any]]:
        """The question and its values."""
        parts = [_OPEN if self.open_now else _DONE]
        values: list[Any] = span.values[:2] if self.open_now else span.values
        if self.element:
            parts, values = [*parts, "t.element = ?"], [*values, self.element]
        if self.condition:
            parts, values = [*parts, self.condition], [*values, *self.values]
        where = " AND ".join(parts) + span.only_offices
        return f"SELECT {columns} {SOURCE} WHERE {where} ORDER BY {self.order}", values


_LONGEST = "COALESCE(t.{}, 0) DESC, t.done_ms, t.id"
_BY_DUE = "COALESCE(t.due_ms, 9000000000000000), t.id"


def every_one(element: str) -> Which:
    """Everything done."""
    return Which(element)


def late(element: str) -> Which:
    """Done past the limit."""
    return Which(element, "t.late")


def repeated(element: str) -> Which:
    """Done a second time or more."""
    return Which(element, "t.cycle > 1")


def lasting(element: str, column: str, *minutes: int) -> Which:
    """`worked_ms` or `waited_ms` is one of these whole minutes."""
    condition = f"COALESCE(t.{column}, 0) / 60000 IN ({sql.marks(minutes)})"
    return Which(element, condition, minutes, f"COALESCE(t.{column}, 0), t.done_ms, t.id")


def lasting_at_least(element: str, column: str, minutes: int) -> Which:
    """`worked_ms` or `waited_ms` is at least this long."""
    condition = f"COALESCE(t.{column}, 0) >= ?"
    return Which(element, condition, (minutes * 60_000,), _LONGEST.format(column))


def open_now(element: str) -> Which:
    """What waits at this moment."""
    return Which(element, order=_BY_DUE, open_now=True)


def overdue_now(element: str, at: Moment) -> Which:
    """What waits at this moment and is past its due time."""
    return Which(element, overdue.own(*at), (), _BY_DUE, open_now=True)


def items(span: Span, which: Which, *, page: int = 1) -> tuple[list[Item], bool]:
    """One page of the tasks, and whether there is another."""
    text, values = which.text(span, COLUMNS)
    found = sql.rows(f"{text} LIMIT ? OFFSET ?", [*values, PAGE + 1, (page - 1) * PAGE])
    got = [item(row) for row in found]
    return got[:PAGE], len(got) > PAGE


def every(span: Span, which: Which) -> Iterator[Item]:
    """All of them: their ids first, then read some thousand at a time."""
    text, values = which.text(span, "t.id")
    ids = [int(found[0]) for found in sql.rows(text, values)]
    for start in range(0, len(ids), BATCH):
        yield from these(ids[start : start + BATCH])


def these(ids: list[int]) -> Iterator[Item]:
    """The tasks with these ids, in their order."""
    text = f"SELECT {COLUMNS} {SOURCE} WHERE c.id = t.case_file_id AND t.id IN ({sql.marks(ids)})"
    found = {row[0]: row for row in sql.rows(text, ids)}
    yield from (item(found[task]) for task in ids if task in found)


def item(row: sql.Row) -> Item:
    """A row of `COLUMNS`."""
    values: list[Any] = [*row[:-1], bool(row[-1])]
    return Item(*values)
