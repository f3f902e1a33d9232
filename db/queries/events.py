"""The journal of cases for export: case after case, each in its own order, never more than some in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from db import sql

CASES = 200
"""Cases read at once: some thousand entries."""


@dataclass(frozen=True)
class Wanted:
    """Which entries: of an organisation, of one process ("" for all), from when until when (UTC ms)."""

    organisation_id: int
    from_ms: int
    until_ms: int
    process: str = ""


class Case(NamedTuple):
    """A case as exports name it."""

    id: int
    number: str
    process: str
    version: int
    channel: str
    state: str
    outcome: str
    urgency: str
    received_ms: int
    closed_ms: int | None


class Event(NamedTuple):
    """One entry of the journal, as it is kept, and what its numbers are called."""

    case_file: int
    seq: int
    kind: str
    at_ms: int
    task: int | None
    element: str
    office: int | None
    person: int | None
    acting_as: str
    facts: str
    prev_hash: str
    hash: str
    name: str  # of the task, or ""
    instance: str
    office_code: str
    office_name: str
    person_name: str

    @property
    def row(self) -> tuple[int | str | None, ...]:
        """What the journal itself holds."""
        return self[:12]


_CASES = (
    "SELECT c.id, c.number, c.process, r.version, c.channel, c.state, c.outcome, c.urgency, c.received_ms, c.closed_ms"
    " FROM case_file c JOIN release r ON r.id = c.release_id WHERE c.id > ? AND c.organisation_id = ?"
    " AND c.received_ms < ?"
)
_EVENTS = (
    "SELECT j.case_file, j.seq, j.kind, j.at_ms, j.task, j.element, j.office, j.person, j.acting_as, j.facts,"
    " j.prev_hash, j.hash, COALESCE(t.name, ''), COALESCE(t.instance, ''), COALESCE(o.code, ''), COALESCE(o.name, ''),"
    " COALESCE(p.name, '') FROM journal j LEFT JOIN task t ON t.id = j.task LEFT JOIN office o ON o.id = j.office"
    " LEFT JOIN person p ON p.id = j.person WHERE j.case_file IN ({cases}) AND j.at_ms >= ? AND j.at_ms < ?"
    " ORDER BY j.case_file, j.seq"
)


def by_case(wanted: Wanted) -> Iterator[tuple[Case, list[Event]]]:
    """Every case with an entry in the time asked for, by id, with those entries."""
    last = 0
    while cases := _cases(wanted, last):
        last = cases[-1].id
        found: dict[int, list[Event]] = {case.id: [] for case in cases}
        text = _EVENTS.format(cases=sql.marks(cases))
        for row in sql.rows(text, [*found, wanted.from_ms, wanted.until_ms]):
            found[row[0]].append(Event(*row))
        yield from ((case, found[case.id]) for case in cases if found[case.id])


def _cases(wanted: Wanted, after: int) -> list[Case]:
    values: list[int | str] = [after, wanted.organisation_id, wanted.until_ms]
    text = _CASES + (" AND c.process = ?" if wanted.process else "") + f" ORDER BY c.id LIMIT {CASES}"
    return [Case(*row) for row in sql.rows(text, [*values, *([wanted.process] if wanted.process else [])])]


def count(wanted: Wanted) -> int:
    """About how many entries that is (all of the organisation's in the time, also those of no case)."""
    text = "SELECT COUNT(*) FROM journal WHERE organisation = ? AND at_ms >= ? AND at_ms < ?"
    return int(sql.value(text, (wanted.organisation_id, wanted.from_ms, wanted.until_ms)))


class Sheet(NamedTuple):
    """A printed sheet of a case."""

    id: int
    kind: str
    detail: str
    at_ms: int


def sheets(case_ids: list[int]) -> dict[int, list[Sheet]]:
    """The sheets that were printed of these cases."""
    text = f"SELECT case_file_id, id, kind, detail, at_ms FROM sheet_code WHERE case_file_id IN ({sql.marks(case_ids)})"
    found: dict[int, list[Sheet]] = {}
    for row in sql.rows(text + " ORDER BY id", case_ids):
        found.setdefault(row[0], []).append(Sheet(*row[1:]))
    return found
