"""What the office's papers are made of: acts as the journal tells them, books by year, codes of printed sheets."""

from collections.abc import Sequence
from typing import NamedTuple

from db import sql


class Done(NamedTuple):
    """One act of a case: who, for which office, as what, when; `facts` (JSON) as the journal has them, texts sealed."""

    case_id: int
    task: int
    element: str
    name: str
    process: str
    instance: str
    cycle: int
    form: str
    sop_row: int | None
    at_ms: int
    office_id: int | None
    office: str
    role: str
    person_id: int | None
    person: str
    nip: str
    pangkat: str
    acting_as: str
    own_office: str  # of a deputy: the office they hold themselves
    facts: str
    sealed: str


_OWN = (
    "CASE WHEN j.acting_as = 'wakil' THEN COALESCE((SELECT w.name FROM holding h JOIN office w ON w.id = h.office_id"
    " WHERE h.person_id = j.person AND h.kind = 'definitif' AND h.from_ms <= j.at_ms"
    " AND (h.until_ms IS NULL OR h.until_ms > j.at_ms) ORDER BY w.rank, w.id LIMIT 1), '') ELSE '' END"
)
_DONE = (
    "SELECT j.case_file, j.task, j.element, t.name, t.process, t.instance, t.cycle, t.form, t.sop_row, j.at_ms,"
    " j.office, COALESCE(o.name, ''), COALESCE(o.role, ''), j.person, COALESCE(p.name, ''), COALESCE(p.nip, ''),"
    " COALESCE(p.pangkat, ''), j.acting_as, " + _OWN + ", j.facts, COALESCE(s.sealed, '')"
    " FROM journal j JOIN task t ON t.id = j.task LEFT JOIN office o ON o.id = j.office"
    " LEFT JOIN person p ON p.id = j.person LEFT JOIN submission s ON s.task_id = j.task"
    " WHERE j.kind = 'completed' AND "  # noqa: S608 - both parts are ours
)


def done(case_id: int) -> list[Done]:
    """Everything that was done in a case, in the order of its journal."""
    return [Done(*found) for found in sql.rows(_DONE + "j.chain = ? ORDER BY j.seq", (f"case:{case_id}",))]


def labels(organisation: int, names: Sequence[str]) -> dict[tuple[str, str], str]:
    """(list, code) → what it is called, also for entries that are no longer offered."""
    if not names:
        return {}
    text = f"SELECT list, code, label FROM choice WHERE organisation_id = ? AND list IN ({sql.marks(names)})"  # noqa: S608
    return {(str(name), str(code)): str(label) for name, code, label in sql.rows(text, [organisation, *names])}


class Release(NamedTuple):
    """Whose case it is, and the release it keeps."""

    organisation: int
    id: int
    fingerprint: str


def release_of(case_id: int) -> Release | None:
    """The release a case keeps."""
    text = "SELECT c.organisation_id, r.id, r.fingerprint FROM case_file c JOIN release r ON r.id = c.release_id"
    found = sql.row(text + " WHERE c.id = ?", (case_id,))
    return None if found is None else Release(*found)
