"""What the public figures are counted from: cases by when they ended, milestones, and the months that are kept."""

from typing import NamedTuple

from db import sql


def processes(organisation: int) -> list[str]:
    """The processes of an organisation that publish."""
    text = (
        "SELECT DISTINCT r.process FROM release r WHERE r.organisation_id = ? AND EXISTS"
        " (SELECT 1 FROM publication p WHERE p.organisation_id = r.organisation_id AND p.process = r.process)"
    )
    return sorted(str(process) for (process,) in sql.rows(text, (organisation,)))


def reckoning(organisation: int) -> tuple[str, str]:
    """By what an organisation counts: its zone, and the fingerprint of its calendar."""
    text = (
        "SELECT o.timezone, c.fingerprint FROM organisation o JOIN calendar c ON c.organisation_id = o.id"
        " AND c.unit_id IS NULL WHERE o.id = ?"
    )
    zone, fingerprint = sql.row(text, (organisation,)) or ("", "")
    return str(zone), str(fingerprint)


class Case(NamedTuple):
    """A case as it counts in the public figures: nothing of what it says."""

    id: int
    topic: str
    unit: str
    received_ms: int
    due_ms: int | None  # while the promise is open
    open: bool
    lapsed: bool
    rating: int | None
    answered_ms: int | None


_ENDED = "COALESCE(closed_ms, 9000000000000000)"


def _counted(columns: str) -> str:
    """The cases of a process by when they ended; open ones come last."""
    return (
        f"SELECT {columns} FROM case_file{sql.along('case_file_ended')}"
        f" WHERE organisation_id = ? AND process = ? AND {_ENDED} >= ?"
    )


_CASE = "id, topic, unit, received_ms, due_ms, state IN ('berjalan', 'insiden'), lapsed, rating, answered_ms"


def received(organisation: int, process: str, from_ms: int, until_ms: int, since: int) -> list[Case]:
    """Every case received in a span, but for those that ended before `since`."""
    text = f"{_counted(_CASE)} AND received_ms >= ? AND received_ms < ?"
    return [Case(*row) for row in sql.rows(text, (organisation, process, since, from_ms, until_ms))]


def ended(organisation: int, process: str, from_ms: int, until_ms: int) -> list[Case]:
    """Every case that ended in a span."""
    text = f"{_counted(_CASE)} AND {_ENDED} < ?"
    return [Case(*row) for row in sql.rows(text, (organisation, process, from_ms, until_ms))]


def ended_count(organisation: int, process: str, from_ms: int, until_ms: int) -> int:
    """How many cases ended in a span: the index alone is read."""
    text = f"{_counted('COUNT(*)')} AND {_ENDED} < ?"
    return int(sql.value(text, (organisation, process, from_ms, until_ms)))


def first_end(organisation: int, process: str) -> int | None:
    """When the first case ended; None before."""
    text = f"{_counted(f'MIN({_ENDED})')} AND {_ENDED} < ?"
    found = sql.value(text, (organisation, process, 0, 9_000_000_000_000_000))
    return None if found is None else int(found)


class Kept(NamedTuple):
    """A month of ended cases that was counted: how many ended in it, by which rules, the tallies as JSON."""

    month: str
    cases: int
    rules: str
    body: str


def months_kept(organisation: int, process: str) -> list[Kept]:
    """The months that were counted once they were over."""
    text = "SELECT month, cases, rules, body FROM public_month WHERE organisation_id = ? AND process = ? ORDER BY month"
    return [Kept(*row) for row in sql.rows(text, (organisation, process))]


def milestones(organisation: int, from_ms: int, last_ms: int) -> dict[tuple[int, int], str]:
    """Case and when a milestone of it passed → the facts the journal keeps of it, within a span (both ends in it)."""
    text = (
        "SELECT case_file, at_ms, facts FROM journal WHERE organisation = ? AND kind = 'milestone' AND at_ms >= ?"
        " AND at_ms <= ? ORDER BY at_ms DESC, id DESC"
    )
    return {(case, at): facts for case, at, facts in sql.rows(text, (organisation, from_ms, last_ms))}
