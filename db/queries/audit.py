"""What an auditor asks: how long each step took against its limit, how often it was late, and which cases say so.

Figures are of tasks done within the span; "of an office" leaves out what waited for the citizen's own answer.
Median = the middle value, or the mean of the two middle ones; p90 = the smallest value that at least nine in ten keep.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from db import sql

PAGE = 50
BATCH = 1_000


@dataclass(frozen=True)
class Span:
    """Whose tasks and when: done at or after `from_ms` and before `until_ms` (UTC ms)."""

    organisation_id: int
    process: str
    from_ms: int
    until_ms: int


@dataclass(frozen=True)
class Numbers:
    """One step in a span; times are office time in ms."""

    element: str
    name: str
    done: int
    cases: int
    worked_median: int
    worked_p90: int
    worked_worst: int
    waited_median: int
    waited_p90: int
    waited_worst: int
    late: int
    again: int  # done a second time or more


_DONE = (
    "FROM task t JOIN case_file c ON c.id = t.case_file_id WHERE c.organisation_id = ? AND c.process = ?"
    " AND t.state = 'done' AND t.done_ms >= ? AND t.done_ms < ?"
)
_RANKED = f"""
SELECT t.element AS element, t.name AS name, t.case_file_id AS case_id, t.id AS id, t.late AS late, t.cycle AS cycle,
  t.done_ms AS done, COALESCE(t.worked_ms, 0) AS worked, COALESCE(t.waited_ms, 0) AS waited,
  ROW_NUMBER() OVER (PARTITION BY t.element ORDER BY COALESCE(t.worked_ms, 0), t.id) AS by_work,
  ROW_NUMBER() OVER (PARTITION BY t.element ORDER BY COALESCE(t.waited_ms, 0), t.id) AS by_wait,
  COUNT(*) OVER (PARTITION BY t.element) AS n {_DONE}
"""
_MIDDLE = "{rank} IN ((n + 1) / 2, (n + 2) / 2)"
_NINE_IN_TEN = "(9 * n + 9) / 10"


def _summary(value: str, rank: str) -> str:
    median = f"AVG(CASE WHEN {_MIDDLE.format(rank=rank)} THEN {value} END)"
    return f"{median}, MAX(CASE WHEN {rank} = {_NINE_IN_TEN} THEN {value} END), MAX({value})"


_STEPS = f"""
SELECT element, MAX(name), COUNT(*), COUNT(DISTINCT case_id), {_summary("worked", "by_work")},
  {_summary("waited", "by_wait")}, SUM(CASE WHEN late THEN 1 ELSE 0 END), SUM(CASE WHEN cycle > 1 THEN 1 ELSE 0 END)
FROM ({_RANKED}) ranked GROUP BY element
"""


def steps(span: Span) -> dict[str, Numbers]:
    """The numbers of every step that was done in the span, by element."""
    found = [Numbers(*row[:2], *map(_whole, row[2:])) for row in sql.rows(_STEPS, _values(span))]
    return {numbers.element: numbers for numbers in found}


def _whole(number: Any) -> int:
    """PostgreSQL gives averages and sums as Decimal, SQLite as float: both become the same whole milliseconds."""
    whole: int = round(number)
    return whole


def _values(span: Span) -> list[Any]:
    return [span.organisation_id, span.process, span.from_ms, span.until_ms]


@dataclass(frozen=True)
class Totals:
    """What stands at the head of the page."""

    received: int  # reports that came in during the span
    cases: int  # reports on which something was done
    done: int
    late: int


def totals(span: Span) -> Totals:
    """How many reports and tasks the numbers are about."""
    came_in = "organisation_id = ? AND process = ? AND received_ms >= ? AND received_ms < ?"
    received = sql.value(f"SELECT COUNT(*) FROM case_file WHERE {came_in}", _values(span))
    counted = "SELECT COUNT(DISTINCT t.case_file_id), COUNT(*), COALESCE(SUM(CASE WHEN t.late THEN 1 ELSE 0 END), 0) "
    found = sql.row(counted + _DONE, _values(span)) or (0, 0, 0)
    return Totals(int(received), *(int(number) for number in found))


_WAITING = """
SELECT t.element, COUNT(*), SUM(CASE WHEN t.due_ms < ? THEN 1 ELSE 0 END) FROM task t
  JOIN case_file c ON c.id = t.case_file_id
WHERE c.organisation_id = ? AND c.process = ? AND t.state = 'open' GROUP BY t.element
"""


def waiting(organisation_id: int, process: str, now: int) -> dict[str, tuple[int, int]]:
    """By element: how many tasks are open now, and how many of them are past their due time."""
    found = sql.rows(_WAITING, (now, organisation_id, process))
    return {element: (int(count), int(late or 0)) for element, count, late in found}


def processes(organisation_id: int) -> list[str]:
    """The processes of an organisation that have cases or releases."""
    text = "SELECT DISTINCT process FROM release WHERE organisation_id = ? ORDER BY process"
    return [str(found[0]) for found in sql.rows(text, (organisation_id,))]


@dataclass(frozen=True)
class Item:
    """One task behind a figure; names nobody but officials."""

    id: int
    case_id: int
    number: str
    element: str
    name: str
    instance: str
    sop_row: int | None
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


# Which tasks a figure leads to: conditions over the ranked tasks of an element, and their order.
PICKS = {
    "semua": ("1 = 1", "done DESC"),
    "median": (_MIDDLE.format(rank="by_work"), "worked, done"),
    "p90": (f"by_work >= {_NINE_IN_TEN}", "worked DESC, done"),
    "terlama": ("by_work = n", "worked DESC, done"),
    "menunggu": (_MIDDLE.format(rank="by_wait"), "waited, done"),
    "menunggu_lama": (f"by_wait >= {_NINE_IN_TEN}", "waited DESC, done"),
    "terlambat": ("late", "done DESC"),
    "ulang": ("cycle > 1", "done DESC"),
}
NOW = {"terbuka": "1 = 1", "lewat": "t.due_ms < {now}"}
"""Figures about this moment, whatever the span."""

_ITEM = """
SELECT {columns}
FROM {source} JOIN case_file c ON c.id = t.case_file_id
  LEFT JOIN office o ON o.id = COALESCE(t.done_office, t.office_id) LEFT JOIN person p ON p.id = t.done_by
"""
_COLUMNS = (
    "t.id, c.id, c.number, t.element, t.name, t.instance, t.sop_row, o.name, p.name, t.done_as, t.cycle, t.offered_ms,"
    " t.started_ms, t.due_ms, t.done_ms, t.waited_ms, t.worked_ms, t.limit_text, t.clock, t.since, t.late"
)
_PICKED = "(SELECT * FROM ({ranked}{one}) ranked WHERE {pick}) chosen JOIN task t ON t.id = chosen.id"


def items(span: Span, pick: str, *, element: str = "", now: int, page: int = 1) -> tuple[list[Item], bool]:
    """One page of the tasks behind a figure, and whether there is another. Unknown picks raise KeyError."""
    text, values = _asked(span, pick, element, now)
    found = sql.rows(f"{text} LIMIT ? OFFSET ?", [*values, PAGE + 1, (page - 1) * PAGE])
    got = [_item(row) for row in found]
    return got[:PAGE], len(got) > PAGE


def every(span: Span, pick: str, *, element: str = "", now: int) -> Iterator[Item]:
    """All the tasks behind a figure: ranked once, then read some thousand at a time."""
    text, values = _asked(span, pick, element, now, columns="t.id")
    ids = [int(found[0]) for found in sql.rows(text, values)]
    for start in range(0, len(ids), BATCH):
        yield from _these(ids[start : start + BATCH])


def _these(ids: list[int]) -> Iterator[Item]:
    text = f"{_ITEM.format(columns=_COLUMNS, source='task t')} WHERE t.id IN ({sql.marks(ids)})"
    found = {row[0]: row for row in sql.rows(text, ids)}
    yield from (_item(found[task]) for task in ids)


def _item(row: sql.Row) -> Item:
    values: list[Any] = [*row[:-1], bool(row[-1])]
    return Item(*values)


def _asked(span: Span, pick: str, element: str, now: int, columns: str = _COLUMNS) -> tuple[str, list[Any]]:
    asked = _open_now(span, NOW[pick], now) if pick in NOW else _done(span, *PICKS[pick], element)
    source, where, order, values = asked
    text, one = _ITEM.format(columns=columns, source=source) + where, pick in NOW and element
    return f"{text}{' AND t.element = ?' if one else ''} ORDER BY {order}", [*values, *([element] if one else [])]


def _done(span: Span, pick: str, order: str, element: str) -> tuple[str, str, str, list[Any]]:
    """The element narrows before the ranks are counted."""
    one, more = (" AND t.element = ?", [element]) if element else ("", [])
    source = _PICKED.format(ranked=_RANKED, one=one, pick=pick)
    ordered = ", ".join(f"chosen.{part}" for part in order.split(", "))
    return source, "WHERE 1 = 1", f"{ordered}, t.id", [*_values(span), *more]


def _open_now(span: Span, condition: str, now: int) -> tuple[str, str, str, list[Any]]:
    where = f"WHERE c.organisation_id = ? AND c.process = ? AND t.state = 'open' AND {condition.format(now=int(now))}"
    return "task t", where, "COALESCE(t.due_ms, 9000000000000000), t.id", [span.organisation_id, span.process]


@dataclass(frozen=True)
class SealLine:
    """A seal of the journal: how many entries it holds under which root."""

    seq: int
    at_ms: int
    entries: int
    root: str


def seals(organisation_id: int, limit: int = 10) -> list[SealLine]:
    """The last seals, newest first."""
    text = "SELECT seq, at_ms, entries, root FROM seal WHERE organisation_id = ? ORDER BY seq DESC LIMIT ?"
    return [SealLine(*found) for found in sql.rows(text, (organisation_id, limit))]


def journal_size(organisation_id: int) -> tuple[int, int]:
    """How many entries the journal has, and how many of them no seal holds yet."""
    counted = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN seal IS NULL THEN 1 ELSE 0 END), 0) FROM journal"
    found = sql.row(f"{counted} WHERE organisation = ?", (organisation_id,)) or (0, 0)
    return int(found[0]), int(found[1])
