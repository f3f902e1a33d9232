"""The buku ekspedisi: what was handed out to which office, and who took it in."""

from dataclasses import dataclass

from db import sql

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One line; `state` is that of the task it belongs to ("cancelled" when it was taken back)."""

    id: int
    year: int
    number: int
    case_id: int
    case_number: str
    agenda: str  # "setwan 12/2026", "" where none
    subject: str
    secrecy: str
    office_id: int
    office: str
    sent_ms: int
    sender: str | None
    received_ms: int | None
    receiver: str  # the account's person, else the name on paper, else ""
    on_paper: bool
    state: str | None


_LINES = """
SELECT d.id, d.year, d.number, c.id, c.number,
  COALESCE((SELECT a.book || ' ' || a.number || '/' || a.year FROM agenda a WHERE a.case_file_id = c.id
    ORDER BY a.id LIMIT 1), ''),
  c.subject, c.secrecy, o.id, o.name, d.sent_ms, s.name, d.received_ms, COALESCE(p.name, d.receiver),
  d.receiver <> '', t.state
FROM delivery d JOIN case_file c ON c.id = d.case_file_id JOIN office o ON o.id = d.office_id
  LEFT JOIN person s ON s.id = d.sent_by LEFT JOIN person p ON p.id = d.received_by LEFT JOIN task t ON t.id = d.task_id
WHERE d.organisation_id = ? AND d.year = ?{more}
"""


def page(organisation: int, year: int, *, waiting: bool, number: int) -> tuple[list[Line], bool]:
    """A page of a year's lines, the newest first, and whether there are more; `waiting`: not yet taken in."""
    more = " AND d.received_ms IS NULL AND (t.state IS NULL OR t.state <> 'cancelled')" if waiting else ""
    text = _LINES.format(more=more) + " ORDER BY d.number DESC LIMIT ? OFFSET ?"
    found = [Line(*row) for row in sql.rows(text, (organisation, year, PAGE + 1, (number - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE


def year_lines(organisation: int, year: int) -> list[Line]:
    """The whole book of a year, in order of number."""
    return [Line(*row) for row in sql.rows(_LINES.format(more="") + " ORDER BY d.number", (organisation, year))]


def years(organisation: int) -> list[int]:
    """The years that have a line, the newest first."""
    text = "SELECT DISTINCT year FROM delivery WHERE organisation_id = ? ORDER BY year DESC"
    return [int(found[0]) for found in sql.rows(text, (organisation,))]


def case_of(organisation: int, delivery: int) -> int | None:
    """The case a line of this organisation's book is about."""
    text = "SELECT case_file_id FROM delivery WHERE id = ? AND organisation_id = ?"
    found = sql.value(text, (delivery, organisation))
    return None if found is None else int(found)
