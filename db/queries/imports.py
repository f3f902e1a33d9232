"""Runs of imports: how far they are, and which rows are wrong."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from db import sql


class Run(NamedTuple):
    """One uploaded list; `mapping` is sealed."""

    id: int
    organisation_id: int
    organisation: str
    timezone: str
    process: str
    name: str
    kind: str
    state: str
    end_state: str
    mapping: str
    made_by: int
    person: int
    made_ms: int
    changed_ms: int
    total: int
    good: int
    bad: int
    known: int
    done: int
    reason: str
    by: str


_RUN = (
    "SELECT r.id, r.organisation_id, g.code, g.timezone, r.process, r.name, r.kind, r.state, r.end_state, r.mapping,"
    " r.made_by, r.person, r.made_ms, r.changed_ms, r.total, r.good, r.bad, r.known, r.done, r.reason, p.name"
    " FROM import_run r JOIN organisation g ON g.id = r.organisation_id JOIN person p ON p.id = r.person WHERE "
)


def run(run_id: int) -> Run | None:
    """One run."""
    found = sql.row(_RUN + "r.id = ?", (run_id,))
    return None if found is None else Run(*found)


def runs(organisation: int, *, page: int = 1, size: int = 20) -> tuple[list[Run], bool]:
    """The runs of an organisation, the newest first, and whether there are more."""
    text = _RUN + "r.organisation_id = ? ORDER BY r.id DESC LIMIT ? OFFSET ?"
    found = sql.rows(text, (organisation, size + 1, (page - 1) * size))
    return [Run(*row) for row in found[:size]], len(found) > size


def unfinished(states: Sequence[str]) -> list[Run]:
    """Every run in one of these states, of whatever organisation."""
    return [Run(*row) for row in sql.rows(_RUN + f"r.state IN ({sql.marks(states)}) ORDER BY r.id", states)]


class Problem(NamedTuple):
    """What is wrong with a row: its number, our field, which kind, facts (JSON)."""

    id: int
    line: int
    field: str
    code: str
    facts: str


_PROBLEM = "SELECT id, line, field, code, facts FROM import_problem WHERE run_id = ?"


def problems(run_id: int, *, page: int = 1, size: int = 50) -> tuple[list[Problem], bool]:
    """A page of what is wrong, in the order of the rows, and whether there is more."""
    text = _PROBLEM + " ORDER BY line, id LIMIT ? OFFSET ?"
    found = sql.rows(text, (run_id, size + 1, (page - 1) * size))
    return [Problem(*row) for row in found[:size]], len(found) > size


def all_problems(run_id: int, *, batch: int = 1_000) -> Iterator[Problem]:
    """Everything that is wrong, some at a time."""
    line, last = 0, 0
    while True:
        text = _PROBLEM + " AND (line > ? OR (line = ? AND id > ?)) ORDER BY line, id LIMIT ?"
        found = [Problem(*row) for row in sql.rows(text, (run_id, line, line, last, batch))]
        yield from found
        if len(found) < batch:
            return
        line, last = found[-1].line, found[-1].id
