"""Cases as a register, for scripts: no texts, no people."""

from dataclasses import dataclass

from db import sql


@dataclass(frozen=True)
class Row:
    """One case; `due` is the nearest limit of the law or of an open task, `late` whether any of them has passed."""

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
  CASE WHEN c.due_ms < ? OR EXISTS (SELECT 1 FROM task t WHERE t.case_file_id = c.id
    AND (t.late OR (t.state = 'open' AND t.due_ms < ?))) THEN 1 ELSE 0 END
FROM case_file c WHERE 1 = 1
"""


def page(now: int, *, process: str | None, state: str | None, after: int, limit: int) -> list[Row]:
    """Cases newest first, those older than case id `after` (0: from the newest)."""
    text, values = _ROWS, [now, now]
    more: list[object] = []
    for column, value in (("process", process), ("state", state)):
        if value:
            text, more = f"{text} AND c.{column} = ?", [*more, value]
    if after:
        text, more = f"{text} AND c.id < ?", [*more, after]
    return [_row(found) for found in sql.rows(f"{text} ORDER BY c.id DESC LIMIT ?", [*values, *more, limit])]


def by_number(now: int, number: str) -> Row | None:
    """One case by its number."""
    found = sql.row(f"{_ROWS} AND c.number = ?", [now, now, number])
    return None if found is None else _row(found)


def _row(found: sql.Row) -> Row:
    return Row(found[0], found[1], found[2], found[3], found[4], found[5], bool(found[6]))
