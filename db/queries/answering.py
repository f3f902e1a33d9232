"""What is asked about how soon complaints were answered: the first word to the reporter, and the unit's own answer."""

from collections.abc import Iterable

from db import sql
from db.queries.recaps import Month, cases_of

Pairs = dict[str, list[tuple[int, int]]]
"""Per agency the receipt of each case and the instant asked about (UTC ms)."""


def first_told(span: Month) -> Pairs:
    """Of the cases whose reporter was first told something in a span."""
    text = (
        f"SELECT c.unit, c.received_ms, c.first_ms {cases_of()} WHERE {span.there}"
        " AND c.first_ms >= ? AND c.first_ms < ? ORDER BY c.id"
    )
    return _by_unit(sql.rows(text, [*span.values, span.from_ms, span.until_ms]))


def first_done(span: Month, element: str) -> Pairs:
    """Of the cases in which a step was first done in a span."""
    text = (
        f"SELECT c.unit, c.received_ms, MIN(t.done_ms) {cases_of()} JOIN task t{sql.along('task_course')}"
        f" ON t.case_file_id = c.id WHERE {span.there} AND t.element = ? AND t.state = 'done'"
        " AND t.outcome <> 'ditarik' GROUP BY c.id, c.unit, c.received_ms"
        " HAVING MIN(t.done_ms) >= ? AND MIN(t.done_ms) < ? ORDER BY c.id"
    )
    return _by_unit(sql.rows(text, [*span.values, element, span.from_ms, span.until_ms]))


def _by_unit(rows: Iterable[sql.Row]) -> Pairs:
    found: Pairs = {}
    for unit, received, at in rows:
        found.setdefault(str(unit or ""), []).append((int(received), int(at)))
    return found
