"""Everything that was late or is: acts done past their limit, acts still open past it, milestones reached or missed.

What still goes on is late as of a `Moment`: now, and today's 00.00, up to which limits of working days are late.
Newest first by a cursor (instant, kind, id), so that a page costs the same however far back it lies.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from db import sql
from db.connect import is_sqlite
from db.queries import overdue
from db.queries.audit import Span
from db.queries.audited import OF_PROCESS, SOURCE
from db.queries.overdue import Moment

PAGE = 50
KINDS = ("selesai", "terbuka", "tonggak", "tonggak_terbuka")
"""Acts done late, acts open and past due, milestones reached late, milestones past due and not reached yet."""


class Late(NamedTuple):
    """One late thing. `at_ms`: when it was done, or since when it is late; `end_ms` None: it still goes on."""

    kind: str
    at_ms: int
    id: int
    case_id: int
    number: str
    release_id: int
    fingerprint: str
    element: str
    name: str
    instance: str
    cycle: int
    office_id: int | None
    office: str | None
    person: str | None
    acting_as: str
    due_ms: int
    end_ms: int | None
    limit_text: str
    clock: str
    since: str
    received_ms: int


class Cursor(NamedTuple):
    """After which line the next page begins."""

    at_ms: int
    kind: str
    id: int

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """As `str` writes it; None for anything else."""
        at, kind, ident = [*text.split("-"), "", ""][:3]
        good = at.isdecimal() and ident.isdecimal() and kind in KINDS and len(text) < 60
        return cls(int(at), kind, int(ident)) if good else None

    def __str__(self) -> str:
        return f"{self.at_ms}-{self.kind}-{self.id}"


_TASK = (
    "c.id, c.number, r.id, r.fingerprint, t.element, t.name, t.instance, t.cycle, COALESCE(t.done_office, t.office_id),"
    " o.name, p.name, t.done_as, t.due_ms, t.done_ms, t.limit_text, t.clock, t.since, c.received_ms"
)
_CASE = "FROM case_file c JOIN release r ON r.id = c.release_id WHERE c.organisation_id = ? AND c.process = ?"


def page(span: Span, at: Moment, *, kind: str = "", element: str = "", after: Cursor | None = None) -> list[Late]:
    """Up to one more than a page: the one too many says that there is a next one."""
    found: list[Late] = []
    for source in KINDS[:2] if span.offices else KINDS:  # no office answers for a milestone
        if source == (kind or source):
            found += _some(source, span, at, element, after)
    return sorted(found, key=lambda late: (-late.at_ms, late.kind, -late.id))[: PAGE + 1]


def every(span: Span, at: Moment, *, kind: str = "", element: str = "") -> Iterator[Late]:
    """All of them, a page at a time."""
    after: Cursor | None = None
    while True:
        found = page(span, at, kind=kind, element=element, after=after)
        yield from found[:PAGE]
        if len(found) <= PAGE:
            return
        after = cursor(found[PAGE - 1])


def cursor(late: Late) -> Cursor:
    """Where a page that ends with this line is followed up."""
    return Cursor(late.at_ms, late.kind, late.id)


def _some(kind: str, span: Span, asked_at: Moment, element: str, after: Cursor | None) -> list[Late]:
    at, ident, text, values = {
        "selesai": _done,
        "terbuka": _open,
        "tonggak": _reached,
        "tonggak_terbuka": _missed,
    }[kind](span, asked_at, element)
    further, more = _after(kind, at, ident, after)
    asked = f"{text}{further} ORDER BY {at} DESC, {ident} DESC LIMIT {PAGE + 1}"
    return [Late(kind, *found) for found in sql.rows(asked, [*values, *more])]


def _after(kind: str, at: str, ident: str, after: Cursor | None) -> tuple[str, list[Any]]:
    """What lies behind the cursor in the order (instant down, kind up, id down)."""
    if after is None:
        return "", []
    if kind == after.kind:
        return f" AND ({at} < ? OR ({at} = ? AND {ident} < ?))", [after.at_ms, after.at_ms, after.id]
    return f" AND {at} {'<=' if kind > after.kind else '<'} ?", [after.at_ms]


Source = tuple[str, str, str, list[Any]]
"""The instant, the id, the question without its order, its values."""


def _done(span: Span, at: Moment, element: str) -> Source:
    text = (
        f"SELECT t.done_ms, t.id, {_TASK} {SOURCE} WHERE {OF_PROCESS}"
        f" AND t.late AND t.state <> 'cancelled' AND t.done_ms >= ? AND t.done_ms < ?{span.only_offices}"
    )
    return "t.done_ms", "t.id", *_of_element(text, span.values, "t.element", element)


def _open(span: Span, at: Moment, element: str) -> Source:
    text = (
        f"SELECT t.due_ms, t.id, {_TASK} {SOURCE} WHERE {OF_PROCESS} AND t.state = 'open'"
        f" AND t.due_ms < ? AND {overdue.own(*at)}{span.only_offices}"
    )
    values = [span.organisation_id, span.process, min(at.now, span.until_ms)]
    return "t.due_ms", "t.id", *_of_element(text, values, "t.element", element)


def _after_it(due: str) -> str:
    """Reached late, as the journal tells it; earlier entries tell only the instants: who reads asks the calendar."""
    return f"{due} < j.at_ms AND COALESCE({_fact('late', 'BOOLEAN')}, TRUE)"


def _reached(span: Span, at: Moment, element: str) -> Source:
    due, name = _fact("due", "BIGINT"), _fact("name", "TEXT")
    text = (
        f"SELECT j.at_ms, j.id, c.id, c.number, r.id, r.fingerprint, j.element, {name}, '', 1, NULL, NULL, NULL, '',"
        f" {due}, j.at_ms, '', '', '', c.received_ms FROM journal j JOIN case_file c ON c.id = j.case_file"
        " JOIN release r ON r.id = c.release_id WHERE j.organisation = ? AND j.kind = 'milestone' AND j.at_ms >= ?"
        f" AND j.at_ms < ? AND c.process = ? AND {_after_it(due)}"
    )
    values = [span.organisation_id, span.from_ms, span.until_ms, span.process]
    return "j.at_ms", "j.id", *_of_element(text, values, "j.element", element)


def _missed(span: Span, at: Moment, element: str) -> Source:
    text = (
        "SELECT c.due_ms, c.id, c.id, c.number, r.id, r.fingerprint, '', '', '', 1, NULL, NULL, NULL, '', c.due_ms,"
        f" NULL, '', '', '', c.received_ms {_CASE} AND c.closed_ms IS NULL"
        f" AND {overdue.case(min(at.midnight, span.until_ms))}"
    )
    if element:
        text += " AND 1 = 0"  # of a case that goes on, only the next due time is known, not which milestone it is
    return "c.due_ms", "c.id", text, [span.organisation_id, span.process]


def _fact(name: str, kind: str) -> str:
    """A value out of a journal entry's facts."""
    if is_sqlite():
        return f"json_extract(j.facts, '$.{name}')"
    return f"CAST(CAST(j.facts AS json) ->> '{name}' AS {kind})"


def _of_element(text: str, values: list[Any], column: str, element: str) -> tuple[str, list[Any]]:
    return (f"{text} AND {column} = ?", [*values, element]) if element else (text, values)


class Kept(NamedTuple):
    """How the milestones with a limit fared in a span: reached, those reached after their instant, lapsed, overdue."""

    reached: int
    after: list[tuple[int, int]]  # due and reached, UTC ms
    lapsed: int
    overdue: int


def kept(span: Span, at: Moment) -> Kept:
    """First passings alone; a case that ended without its milestone is lapsed, neither in time nor late."""
    due = _fact("due", "BIGINT")
    inside = (
        "FROM journal j JOIN case_file c ON c.id = j.case_file WHERE j.organisation = ? AND j.kind = 'milestone'"
        f" AND j.at_ms >= ? AND j.at_ms < ? AND c.process = ? AND {due} IS NOT NULL"
    )
    values = [span.organisation_id, span.from_ms, span.until_ms, span.process]
    after = sql.rows(f"SELECT {due}, j.at_ms {inside} AND {_after_it(due)}", values)
    ended = "SELECT COUNT(*) FROM case_file c WHERE c.organisation_id = ? AND c.process = ?"
    lapsed = sql.value(f"{ended} AND c.lapsed AND c.closed_ms >= ? AND c.closed_ms < ?", span.values)
    missed = f"AND c.closed_ms IS NULL AND {overdue.case(min(at.midnight, span.until_ms))}"
    overdue_now = sql.value(f"{ended} {missed}", span.values[:2])
    reached = int(sql.value(f"SELECT COUNT(*) {inside}", values))
    return Kept(reached, [(int(a), int(b)) for a, b in after], int(lapsed), int(overdue_now))


def answered_late() -> str:
    """Of entries (j) and their cases (c): the answer that stands, where it came late."""
    return f"j.kind = 'milestone' AND j.at_ms = c.answered_ms AND COALESCE({_fact('late', 'BOOLEAN')}, FALSE)"


def promised() -> str:
    """Until when a case (c) had been promised that was answered late, as a value."""
    return f"(SELECT {_fact('due', 'BIGINT')} FROM journal j WHERE j.case_file = c.id AND {answered_late()} LIMIT 1)"


class Answered(NamedTuple):
    """Until when the answer of a case was promised, and when it came (UTC ms)."""

    due_ms: int
    at_ms: int


def answered(case_ids: Sequence[int]) -> dict[int, Answered]:
    """Which of these cases were answered late."""
    if not case_ids:
        return {}
    text = (
        f"SELECT c.id, {_fact('due', 'BIGINT')}, j.at_ms FROM journal j JOIN case_file c ON c.id = j.case_file"
        f" WHERE j.case_file IN ({sql.marks(case_ids)}) AND {answered_late()}"
    )
    return {int(case): Answered(int(due), int(at)) for case, due, at in sql.rows(text, case_ids)}


def passed(case_ids: list[int]) -> set[tuple[int, str]]:
    """Which milestones these cases have reached: case and element."""
    text = f"SELECT case_file, element FROM journal WHERE kind = 'milestone' AND case_file IN ({sql.marks(case_ids)})"
    return {(int(case), str(element)) for case, element in sql.rows(text, case_ids)} if case_ids else set()
