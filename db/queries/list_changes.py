"""What is asked about changes of lists that wait for another office."""

from typing import NamedTuple

from db import sql

PAGE = 25


class Change(NamedTuple):
    """A proposed change with its people; `facts` is JSON."""

    id: int
    list: str
    act: str
    facts: str
    state: str
    maker: str
    made_ms: int
    decider: str
    office: str
    decided_ms: int | None
    reason: str


def page(organisation: int, number: int) -> tuple[list[Change], bool]:
    """Changes, those that wait first, then the newest; and whether there are more."""
    text = (
        "SELECT q.id, q.list, q.act, q.facts, q.state, m.name, q.made_ms, COALESCE(d.name, ''), COALESCE(o.name, ''),"
        " q.decided_ms, q.reason FROM choice_proposal q JOIN person m ON m.id = q.made_by"
        " LEFT JOIN person d ON d.id = q.decided_by LEFT JOIN office o ON o.id = q.decided_office"
        " WHERE q.organisation_id = ? ORDER BY CASE WHEN q.state = 'diajukan' THEN 0 ELSE 1 END, q.id DESC"
        " LIMIT ? OFFSET ?"
    )
    found = [Change(*row) for row in sql.rows(text, (organisation, PAGE + 1, (number - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE
