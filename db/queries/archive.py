"""The archive: codes of classification, berkas with their cases, closed cases that lie in none."""

from dataclasses import dataclass

from db import sql
from db.queries.desk import like

PAGE = 25


@dataclass(frozen=True)
class Code:
    """A code of classification and how many berkas bear it."""

    id: int
    code: str
    name: str
    active_years: int | None
    inactive_years: int | None
    fate: str
    dossiers: int
    active: bool


_CODES = """
SELECT k.id, k.code, k.name, k.active_years, k.inactive_years, k.fate,
  (SELECT COUNT(*) FROM dossier d WHERE d.classification_id = k.id), k.active
FROM classification k WHERE k.organisation_id = ?{more} ORDER BY k.code
"""


def codes(organisation: int, *, words: str = "", page: int = 1) -> tuple[list[Code], bool]:
    """A page of the classification, or of what is found in it, and whether there is more."""
    more = ""
    values: list[object] = [organisation]
    if words:
        more = " AND (LOWER(k.code) LIKE ? ESCAPE '!' OR LOWER(k.name) LIKE ? ESCAPE '!')"
        values += [like(words)] * 2
    text = _CODES.format(more=more) + " LIMIT ? OFFSET ?"
    found = [Code(*row) for row in sql.rows(text, [*values, PAGE + 1, (page - 1) * PAGE])]
    return found[:PAGE], len(found) > PAGE


def choices(organisation: int) -> list[tuple[int, str, str]]:
    """Every code that may be given: id, code, name."""
    text = "SELECT id, code, name FROM classification WHERE organisation_id = ? AND active ORDER BY code LIMIT 2000"
    return [(int(i), str(code), str(name)) for i, code, name in sql.rows(text, (organisation,))]


@dataclass(frozen=True)
class Dossier:
    """A berkas with its code and how many cases lie in it."""

    id: int
    year: int
    number: int
    title: str
    place: str
    state: str
    opened_ms: int
    closed_ms: int | None
    proposal: str
    code: str
    code_name: str
    active_years: int | None
    inactive_years: int | None
    fate: str
    cases: int


_DOSSIERS = """
SELECT d.id, d.year, d.number, d.title, d.place, d.state, d.opened_ms, d.closed_ms, d.proposal, k.code, k.name,
  k.active_years, k.inactive_years, k.fate, (SELECT COUNT(*) FROM case_file c WHERE c.dossier = d.id)
FROM dossier d JOIN classification k ON k.id = d.classification_id WHERE d.organisation_id = ?{more}
"""


def dossiers(organisation: int, *, state: str = "", words: str = "", page: int = 1) -> tuple[list[Dossier], bool]:
    """A page of the berkas, the newest first, and whether there is more."""
    more = ""
    values: list[object] = [organisation]
    if state:
        more, values = " AND d.state = ?", [*values, state]
    if words:
        more += " AND (LOWER(d.title) LIKE ? ESCAPE '!' OR LOWER(k.code) LIKE ? ESCAPE '!')"
        values += [like(words)] * 2
    text = _DOSSIERS.format(more=more) + " ORDER BY d.year DESC, d.number DESC LIMIT ? OFFSET ?"
    found = [Dossier(*row) for row in sql.rows(text, [*values, PAGE + 1, (page - 1) * PAGE])]
    return found[:PAGE], len(found) > PAGE


def dossier(organisation: int, key: int) -> Dossier | None:
    """One berkas of this organisation."""
    found = sql.row(_DOSSIERS.format(more=" AND d.id = ?"), (organisation, key))
    return None if found is None else Dossier(*found)


def of_year(organisation: int, year: int) -> list[Dossier]:
    """Every berkas opened in a year, in order of number."""
    text = _DOSSIERS.format(more=" AND d.year = ?") + " ORDER BY d.number"
    return [Dossier(*row) for row in sql.rows(text, (organisation, year))]


def in_state(organisation: int, state: str) -> list[Dossier]:
    """Every berkas in a state, the oldest first."""
    text = _DOSSIERS.format(more=" AND d.state = ?") + " ORDER BY d.year, d.number LIMIT 5000"
    return [Dossier(*row) for row in sql.rows(text, (organisation, state))]


@dataclass(frozen=True)
class Case:
    """A closed case as the archive lists it."""

    id: int
    number: str
    subject: str
    secrecy: str
    received_ms: int
    closed_ms: int


_CASES = """
SELECT c.id, c.number, c.subject, c.secrecy, c.received_ms, c.closed_ms FROM case_file c
WHERE c.organisation_id = ? AND c.closed_ms IS NOT NULL AND {which}
ORDER BY c.id DESC LIMIT ? OFFSET ?
"""


def cases_in(organisation: int, key: int, page: int = 1) -> tuple[list[Case], bool]:
    """A page of what lies in a berkas."""
    text = _CASES.format(which="c.dossier = ?")
    found = [Case(*row) for row in sql.rows(text, (organisation, key, PAGE + 1, (page - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE


def unfiled(organisation: int, page: int = 1) -> tuple[list[Case], bool]:
    """A page of the closed cases that lie in no berkas yet."""
    text = _CASES.format(which="c.dossier IS NULL")
    found = [Case(*row) for row in sql.rows(text, (organisation, PAGE + 1, (page - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE
