"""What is asked about how soon complaints were answered: the first word to the reporter, and the unit's own answer."""

from collections.abc import Iterable

from db import sql

Pairs = dict[str, list[tuple[int, int]]]
"""Per agency the receipt of each case and the instant asked about (UTC ms)."""


def first_told(organisation: int, process: str, from_ms: int, until_ms: int) -> Pairs:
    """Of the cases whose reporter was first told something in a span."""
    text = (
        "SELECT unit, received_ms, first_ms FROM case_file WHERE organisation_id = ? AND process = ?"
        " AND first_ms >= ? AND first_ms < ? ORDER BY id"
    )
    return _by_unit(sql.rows(text, (organisation, process, from_ms, until_ms)))


def first_done(organisation: int, process: str, element: str, from_ms: int, until_ms: int) -> Pairs:
    """Of the cases in which a step was first done in a span."""
    text = (
        "SELECT c.unit, c.received_ms, MIN(t.done_ms) FROM task t JOIN case_file c ON c.id = t.case_file_id"
        " WHERE c.organisation_id = ? AND c.process = ? AND t.element = ? AND t.state = 'done'"
        " AND t.outcome <> 'ditarik' GROUP BY c.id, c.unit, c.received_ms"
        " HAVING MIN(t.done_ms) >= ? AND MIN(t.done_ms) < ? ORDER BY c.id"
    )
    return _by_unit(sql.rows(text, (organisation, process, element, from_ms, until_ms)))


def _by_unit(rows: Iterable[sql.Row]) -> Pairs:
    found: Pairs = {}
    for unit, received, at in rows:
        found.setdefault(str(unit or ""), []).append((int(received), int(at)))
    return found
