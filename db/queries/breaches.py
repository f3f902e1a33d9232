"""The register of failures to protect personal data: its entries, and the cases each concerns."""

from typing import NamedTuple

from db import sql

PAGE = 25


class Breach(NamedTuple):
    """An entry of the register."""

    id: int
    number: str
    discovered_ms: int
    due_ms: int
    data: str
    affected: int
    sealed: str
    registered_ms: int
    registered_by: str
    subjects_ms: int | None
    agency_ms: int | None
    agency_proof: str
    closed_ms: int | None


_BREACH = """
SELECT b.id, b.number, b.discovered_ms, b.due_ms, b.data, b.affected, b.sealed, b.registered_ms, p.name,
  b.subjects_ms, b.agency_ms, b.agency_proof, b.closed_ms
FROM breach b JOIN person p ON p.id = b.registered_by WHERE b.organisation_id = ?
"""


def page(organisation: int, number: int) -> tuple[list[Breach], bool]:
    """What is open first, then the newest; whether there is more."""
    text = f"{_BREACH} ORDER BY CASE WHEN b.closed_ms IS NULL THEN 0 ELSE 1 END, b.id DESC LIMIT ? OFFSET ?"
    found = [Breach(*row) for row in sql.rows(text, (organisation, PAGE + 1, (number - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE


def every(organisation: int) -> list[Breach]:
    """The whole register, as it was written."""
    return [Breach(*row) for row in sql.rows(f"{_BREACH} ORDER BY b.id", (organisation,))]


def breach(organisation: int, ident: int) -> Breach | None:
    """One entry of this organisation."""
    found = sql.row(f"{_BREACH} AND b.id = ?", (organisation, ident))
    return None if found is None else Breach(*found)


class Subject(NamedTuple):
    """Someone it concerns: their case, and by which way they were told. `sealed` is who they are."""

    id: int
    case_id: int
    number: str
    reporter_id: int
    sealed: str | None
    channel: str
    told_ms: int | None


def subjects(ident: int, number: int) -> tuple[list[Subject], bool]:
    """A page of those it concerns, whoever was not told first; whether there is more."""
    text = (
        "SELECT s.id, c.id, c.number, r.id, r.sealed, s.channel, s.told_ms FROM breach_case s"
        " JOIN case_file c ON c.id = s.case_file_id JOIN reporter r ON r.id = c.reporter_id WHERE s.breach_id = ?"
        " ORDER BY CASE WHEN s.told_ms IS NULL THEN 0 ELSE 1 END, s.id LIMIT ? OFFSET ?"
    )
    found = [Subject(*row) for row in sql.rows(text, (ident, PAGE + 1, (number - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE


def counts(ident: int) -> tuple[int, int]:
    """How many cases it names, and how many of their reporters were told."""
    found = sql.row("SELECT COUNT(*), COUNT(told_ms) FROM breach_case WHERE breach_id = ?", (ident,))
    return (0, 0) if found is None else (int(found[0]), int(found[1]))
