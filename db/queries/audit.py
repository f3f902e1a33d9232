"""What an auditor asks of the whole: how long steps took (counted by the minute), what waits, which seals there are."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from db import sql
from db.queries import overdue
from db.queries.overdue import Moment


@dataclass(frozen=True)
class Span:
    """Whose tasks and when: done at or after `from_ms` and before `until_ms` (UTC ms); of these offices, or of all."""

    organisation_id: int
    process: str
    from_ms: int
    until_ms: int
    offices: tuple[int, ...] = ()

    def at(self, from_ms: int, until_ms: int) -> "Span":
        """The same question about another time."""
        return replace(self, from_ms=from_ms, until_ms=until_ms)

    @property
    def values(self) -> list[int | str]:
        """Organisation, process, from and until, as the conditions below take them."""
        return [self.organisation_id, self.process, self.from_ms, self.until_ms]

    @property
    def only_offices(self) -> str:
        """A condition on who did a task, or whom it waits for; "" where all count."""
        ids = ", ".join(str(int(office)) for office in self.offices)
        return f" AND COALESCE(t.done_office, t.office_id) IN ({ids})" if ids else ""


Done = tuple[str, int, int, int, bool, bool]
"""Of a task: element, office (0: the citizen), whole minutes worked and waited, whether late, whether repeated."""

_OF_CASE = "EXISTS (SELECT 1 FROM case_file c WHERE c.id = t.case_file_id AND c.organisation_id = ? AND c.process = ?)"
_OF_OFFICE = f"(t.office_id IN (SELECT id FROM office WHERE organisation_id = ?) OR t.office_id IS NULL AND {_OF_CASE})"


def _ours(span: Span) -> tuple[str, list[int | str]]:
    """A condition that a task is of the span's process, with its values.

    Where an organisation has one process, the office tells: a hundred thousand tasks need not look at their cases.
    """
    whose: list[int | str] = [span.organisation_id, span.process]
    return (_OF_OFFICE, [span.organisation_id, *whose]) if _alone(span) else (_OF_CASE, whose)


def _alone(span: Span) -> bool:
    """Whether every report of the organisation is of this process."""
    text = (
        "SELECT (SELECT MIN(process) FROM case_file WHERE organisation_id = ?),"
        " (SELECT MAX(process) FROM case_file WHERE organisation_id = ?)"
    )
    return sql.row(text, [span.organisation_id] * 2) == (span.process, span.process)


def done(span: Span) -> Iterator[Done]:
    """Every task done in the span, whoever did it; one index has all that is read."""
    ours, values = _ours(span)
    text = (
        "SELECT t.element, COALESCE(t.done_office, t.office_id, 0), COALESCE(t.worked_ms, 0) / 60000,"
        f" COALESCE(t.waited_ms, 0) / 60000, t.late, t.cycle > 1 FROM task t{sql.along('task_done')}"
        f" WHERE t.done_ms >= ? AND t.done_ms < ? AND t.state <> 'cancelled' AND {ours}"
    )
    yield from sql.execute(text, [span.from_ms, span.until_ms, *values])


def names(elements: Collection[str]) -> dict[str, str]:
    """What steps are called that no drawing in force has any more."""
    text = "SELECT name FROM task WHERE element = ? LIMIT 1"
    return {element: str(sql.value(text, (element,)) or element) for element in elements}


def months_kept(span: Span, first: str, last: str) -> dict[str, str]:
    """The months (YYYY-MM, from first to last) of which a count is kept, with its body."""
    text = "SELECT month, body FROM measure WHERE organisation_id = ? AND process = ? AND month BETWEEN ? AND ?"
    return dict(sql.rows(text, (span.organisation_id, span.process, first, last)))


def months_known(organisation_id: int, process: str) -> set[str]:
    """The months of which a count is kept."""
    text = "SELECT month FROM measure WHERE organisation_id = ? AND process = ?"
    return {str(found[0]) for found in sql.rows(text, (organisation_id, process))}


class History(NamedTuple):
    """A process of an organisation since its first report (UTC ms)."""

    organisation: int
    process: str
    zone: str
    first_ms: int


def histories() -> list[History]:
    """Every process that has reports."""
    text = (
        "SELECT c.organisation_id, c.process, o.timezone, MIN(c.received_ms) FROM case_file c"
        " JOIN organisation o ON o.id = c.organisation_id GROUP BY c.organisation_id, c.process, o.timezone"
    )
    return [History(*found) for found in sql.rows(text)]


def received(span: Span) -> int:
    """How many reports came in during the span."""
    came_in = "organisation_id = ? AND process = ? AND received_ms >= ? AND received_ms < ?"
    return int(sql.value(f"SELECT COUNT(*) FROM case_file WHERE {came_in}", span.values))


def waiting(span: Span, at: Moment) -> dict[str, tuple[int, int]]:
    """By element: how many tasks are open now, and how many of them are past their due time, whatever the span."""
    ours, values = _ours(span)
    text = (
        f"SELECT t.element, COUNT(*), SUM(CASE WHEN {overdue.own(*at)} THEN 1 ELSE 0 END)"
        f" FROM task t{sql.along('task_open_element')}"
        f" WHERE t.state = 'open' AND {ours}{span.only_offices} GROUP BY t.element"
    )
    found = sql.rows(text, values)
    return {element: (int(count), int(late or 0)) for element, count, late in found}


def processes(organisation_id: int) -> list[str]:
    """The processes of an organisation that have cases or releases."""
    text = "SELECT DISTINCT process FROM release WHERE organisation_id = ? ORDER BY process"
    return [str(found[0]) for found in sql.rows(text, (organisation_id,))]


class Desk(NamedTuple):
    """An office as a filter offers it."""

    id: int
    code: str
    name: str
    unit: str  # code
    unit_name: str


def desks(organisation_id: int) -> list[Desk]:
    """The offices of an organisation by rank."""
    text = (
        "SELECT o.id, o.code, o.name, u.code, u.name FROM office o JOIN unit u ON u.id = o.unit_id"
        " WHERE o.organisation_id = ? ORDER BY o.rank, o.name, o.id"
    )
    return [Desk(*found) for found in sql.rows(text, (organisation_id,))]


def began(organisation_id: int) -> int | None:
    """When the first report of an organisation came in (UTC ms)."""
    found = sql.value("SELECT MIN(received_ms) FROM case_file WHERE organisation_id = ?", (organisation_id,))
    return None if found is None else int(found)


@dataclass(frozen=True)
class SealLine:
    """A seal of the journal: how many entries it holds under which root."""

    seq: int
    at_ms: int
    entries: int
    root: str


def seals(organisation_id: int, limit: int = 10) -> list[SealLine]:
    """The last seals, newest first."""
    text = "SELECT seq, at_ms, entries, root FROM seal WHERE organisation_id = ? ORDER BY seq DESC LIMIT ?"
    return [SealLine(*found) for found in sql.rows(text, (organisation_id, limit))]


def journal_size(organisation_id: int) -> tuple[int, int]:
    """How many entries the journal has, and how many of them no seal holds yet."""
    unsealed = sql.value("SELECT COUNT(*) FROM journal WHERE organisation = ? AND seal IS NULL", (organisation_id,))
    sealed = sql.value("SELECT COALESCE(SUM(entries), 0) FROM seal WHERE organisation_id = ?", (organisation_id,))
    return int(sealed) + int(unsealed), int(unsealed)
