"""Cases as a register, for scripts: no texts, no people."""

from dataclasses import dataclass

from db import sql
from db.queries import late, overdue


@dataclass(frozen=True)
class Row:
    """One case; `due` is the nearest limit of the law or of an open task; `late`: one is over, or was when done."""

    id: int
    number: str
    process: str
    state: str
    received_ms: int
    due_ms: int | None
    late: bool


_ROWS = """
SELECT c.id, c.number, c.process, c.state, c.received_ms,
  COALESCE(c.due_ms, (SELECT MIN(t.due_ms) FROM task t WHERE t.case_file_id = c.id AND t.state = 'open')),
  CASE WHEN {late} OR EXISTS (SELECT 1 FROM task d WHERE d.case_file_id = c.id AND d.late)
    OR EXISTS (SELECT 1 FROM journal j WHERE j.case_file = c.id AND {answered}) THEN 1 ELSE 0 END
FROM case_file c WHERE 1 = 1
"""


def _rows(now: int) -> str:
    zones: dict[int, str] = dict(sql.rows("SELECT id, timezone FROM organisation"))
    return _ROWS.format(late=overdue.anything_by_zone(now, zones), answered=late.answered_late())


def page(now: int, *, process: str | None, state: str | None, after: int, limit: int) -> list[Row]:
    """Cases newest first, those older than case id `after` (0: from the newest)."""
    text, values = _rows(now), list[object]()
    for column, value in (("process", process), ("state", state)):
        if value:
            text, values = f"{text} AND c.{column} = ?", [*values, value]
    if after:
        text, values = f"{text} AND c.id < ?", [*values, after]
    return [_row(found) for found in sql.rows(f"{text} ORDER BY c.id DESC LIMIT ?", [*values, limit])]


def by_number(now: int, number: str) -> Row | None:
    """One case by its number."""
    found = sql.row(f"{_rows(now)} AND c.number = ?", [number])
    return None if found is None else _row(found)


def _row(found: sql.Row) -> Row:
    return Row(found[0], found[1], found[2], found[3], found[4], found[5], bool(found[6]))
