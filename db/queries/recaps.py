"""What a monthly recap is counted from, and the recaps themselves: due, sent, received."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db import sql


@dataclass(frozen=True)
class Month:
    """A month of one process of an organisation: from `from_ms` until before `until_ms` (UTC ms).

    With a `unit`, only the cases that one of the elements `by` has brought to it at any time: all it can be told of.
    """

    organisation_id: int
    process: str
    from_ms: int
    until_ms: int
    unit: str = ""
    by: tuple[str, ...] = ()

    @property
    def there(self) -> str:
        """The condition on cases (c) that were there: received before the end, not closed before the beginning."""
        return _THERE + (_BROUGHT.format(marks=sql.marks(self.by)) if self.unit else "")

    @property
    def values(self) -> list[int | str]:
        found: list[int | str] = [self.organisation_id, self.process, self.from_ms, self.until_ms]
        return [*found, *self.by, self.organisation_id, self.unit] if self.unit else found


_THERE = (
    "c.organisation_id = ? AND c.process = ? AND COALESCE(c.closed_ms, 9000000000000000) >= ? AND c.received_ms < ?"
)
_BROUGHT = (
    " AND EXISTS (SELECT 1 FROM task w WHERE w.case_file_id = c.id AND w.element IN ({marks}) AND w.office_id IN"
    " (SELECT v.id FROM office v JOIN unit n ON n.id = v.unit_id WHERE n.organisation_id = ? AND n.code = ?))"
)


def cases_of() -> str:
    """The cases by when they ended: however many years there are, no more than were there are read."""
    return f"FROM case_file c{sql.along('case_file_ended')}"


class Complaint(NamedTuple):
    """A case that was there in the month; what is known of it now, instants as they are."""

    id: int
    number: str
    topic: str
    received_ms: int
    closed_ms: int | None


def complaints(month: Month) -> list[Complaint]:
    """Every case that was there in the month, oldest first."""
    text = (
        "SELECT c.id, c.number, c.topic, c.received_ms, c.closed_ms"
        f" {cases_of()} WHERE {month.there} ORDER BY c.received_ms, c.id"
    )
    return [Complaint(*found) for found in sql.rows(text, month.values)]


class Turn(NamedTuple):
    """What the journal tells of a case: a milestone passed, taken back, or promised until when; a step of its way."""

    case_id: int
    kind: str  # milestone unreached promised; completed sent fired
    at_ms: int
    facts: str


PROMISES = ("milestone", "unreached", "promised")
_TOLD = "j.kind IN ('milestone', 'unreached', 'promised', 'completed', 'sent', 'fired')"
_COURSE = {"journal_course": "length(j.facts) <= 600", "journal_course_long": "length(j.facts) > 600"}
"""The indexes that hold what is told of a course (the first with all that is asked here), and what each is over."""


def turns(month: Month, ends: Sequence[str]) -> list[Turn]:
    """What was promised and kept in those cases, and the steps that led to one of these ends, as it happened."""
    led, marks = "".join([" OR j.facts LIKE ?"] * len(ends)), sql.marks(PROMISES)
    asked = " UNION ALL ".join(
        f"SELECT j.case_file, j.kind, j.at_ms, j.facts, j.id {cases_of()} JOIN journal j{sql.along(index)}"
        f" ON j.case_file = c.id WHERE {month.there} AND {_TOLD} AND {size} AND (j.kind IN ({marks}){led})"
        for index, size in _COURSE.items()
    )
    values = [*month.values, *PROMISES, *(f"%{arrival(end)}%" for end in ends)]
    return [Turn(*found[:4]) for found in sql.rows(f"{asked} ORDER BY 5", values * len(_COURSE))]


def arrival(element: str) -> str:
    """How the facts of a step say that its way led to an element."""
    return f'>{element}"'


class Step(NamedTuple):
    """A task of a case at an office of a unit."""

    case_id: int
    element: str
    unit: str
    offered_ms: int
    done_ms: int | None
    late: bool


def steps(month: Month, elements: Sequence[str]) -> list[Step]:
    """What of these elements was offered to a unit in those cases before the month's end, oldest first."""
    text = (
        f"SELECT t.case_file_id, t.element, u.code, t.offered_ms, t.done_ms, t.late {cases_of()}"
        f" JOIN task t{sql.along('task_course')} ON t.case_file_id = c.id"
        " JOIN office o ON o.id = t.office_id JOIN unit u ON u.id = o.unit_id"
        f" WHERE {month.there} AND t.element IN ({sql.marks(elements)}) AND t.offered_ms < ?"
        " ORDER BY t.offered_ms, t.id"
    )
    found = sql.rows(text, [*month.values, *elements, month.until_ms])
    return [Step(case, element, unit, offered, done, bool(late)) for case, element, unit, offered, done, late in found]


# --- the recaps ---


class Kept(NamedTuple):
    """A recap as it stands; `unit_name` is "" for the whole organisation."""

    id: int
    organisation_id: int
    process: str
    case_id: int
    unit: str
    unit_name: str
    month: str
    due_ms: int
    figures: str
    fingerprint: str
    code: str
    sent_ms: int | None
    received_ms: int | None
    received_by: str


_KEPT = """
SELECT r.id, r.organisation_id, r.process, r.case_file_id, r.unit, COALESCE(u.name, ''), r.month, r.due_ms, r.figures,
  r.fingerprint, r.code, r.sent_ms, r.received_ms, COALESCE(p.name, '') FROM recap r
LEFT JOIN unit u ON u.organisation_id = r.organisation_id AND u.code = r.unit LEFT JOIN person p ON p.id = r.received_by
WHERE """


def kept(organisation: int, process: str, month: str, unit: str) -> Kept | None:
    """The recap of a unit ("" for the whole) and month, once it is expected."""
    text = _KEPT + "r.organisation_id = ? AND r.process = ? AND r.month = ? AND r.unit = ?"
    found = sql.row(text, (organisation, process, month, unit))
    return None if found is None else Kept(*found)


def of_case(case_id: int, unit: str) -> Kept | None:
    """The recap that a part of a case makes."""
    found = sql.row(_KEPT + "r.case_file_id = ? AND r.unit = ?", (case_id, unit))
    return None if found is None else Kept(*found)


def of_month(organisation: int, process: str, month: str) -> list[Kept]:
    """The recaps of a month, the whole first, then the units in the order they were founded."""
    text = _KEPT + "r.organisation_id = ? AND r.process = ? AND r.month = ? ORDER BY u.id IS NOT NULL, u.id"
    return [Kept(*found) for found in sql.rows(text, (organisation, process, month))]


def by_id(recap: int) -> Kept | None:
    """One recap."""
    found = sql.row(_KEPT + "r.id = ?", (recap,))
    return None if found is None else Kept(*found)


def units(organisation: int) -> dict[str, str]:
    """The names of an organisation's units by code, in the order they were founded."""
    text = "SELECT code, name FROM unit WHERE organisation_id = ? ORDER BY id"
    return {str(code): str(name) for code, name in sql.rows(text, (organisation,))}


def units_with(organisation: int, role: str) -> list[str]:
    """The units that have an office of a role, in the order they were founded."""
    text = (
        "SELECT DISTINCT u.code, u.id FROM office o JOIN unit u ON u.id = o.unit_id"
        " WHERE o.organisation_id = ? AND o.active AND o.role = ? ORDER BY u.id"
    )
    return [str(code) for code, _ in sql.rows(text, (organisation, role))]


class Signer(NamedTuple):
    """Who did a step last: as whom, in which office of which rank."""

    element: str
    person: str
    nip: str
    rank: str
    office: str
    kind: str
    at_ms: int


def signers(case_id: int, elements: Sequence[str], instance: str) -> list[Signer]:
    """Who did these steps of a part of a case last, in the order asked."""
    text = (
        "SELECT t.element, p.name, p.nip, p.pangkat, o.name, t.done_as, t.done_ms FROM task t"
        " JOIN person p ON p.id = t.done_by JOIN office o ON o.id = t.done_office WHERE t.case_file_id = ?"
        f" AND t.instance = ? AND t.state = 'done' AND t.element IN ({sql.marks(elements)}) ORDER BY t.done_ms, t.id"
    )
    found = {str(row[0]): Signer(*row) for row in sql.rows(text, (case_id, instance, *elements))}
    return [found[element] for element in elements if element in found]


# --- incidental reports ---


class Incidental(NamedTuple):
    """A report outside the monthly one; `sealed` has its title and text."""

    id: int
    organisation_id: int
    office_id: int
    office: str
    unit_code: str
    unit: str
    person: str
    acting_as: str
    sealed: str
    cases: str
    sent_ms: int
    received_ms: int | None
    received_by: str


_INCIDENTAL = """
SELECT i.id, i.organisation_id, i.office_id, o.name, u.code, u.name, p.name, i.acting_as, i.sealed, i.cases, i.sent_ms,
  i.received_ms, COALESCE(r.name, '') FROM incidental_report i JOIN office o ON o.id = i.office_id
JOIN unit u ON u.id = o.unit_id JOIN person p ON p.id = i.person LEFT JOIN person r ON r.id = i.received_by
WHERE """
PAGE = 25


def incidental(number: int) -> Incidental | None:
    """One incidental report."""
    found = sql.row(_INCIDENTAL + "i.id = ?", (number,))
    return None if found is None else Incidental(*found)


def incidentals(
    organisation: int, units: Sequence[str] | None, page: int, *, waiting: bool = False
) -> tuple[list[Incidental], bool]:
    """The incidental reports of an organisation (of these units, or of all), the newest first; whether more follow.

    `waiting`: only those nobody has received yet.
    """
    if units is not None and not units:
        return [], False
    text, values = _INCIDENTAL + "i.organisation_id = ?", [organisation]
    found = text + (f" AND u.code IN ({sql.marks(units)})" if units is not None else "")
    found += " AND i.received_ms IS NULL" if waiting else ""
    rows = sql.rows(
        found + " ORDER BY i.id DESC LIMIT ? OFFSET ?", [*values, *(units or ()), PAGE + 1, (page - 1) * PAGE]
    )
    return [Incidental(*row) for row in rows[:PAGE]], len(rows) > PAGE


def numbers(case_ids: Sequence[int]) -> dict[int, str]:
    """The numbers of cases."""
    if not case_ids:
        return {}
    text = f"SELECT id, number FROM case_file WHERE id IN ({sql.marks(case_ids)})"
    return {int(case): str(number) for case, number in sql.rows(text, list(case_ids))}


class Unfinished(NamedTuple):
    """A month of which recaps wait for their receipt, or are still missing past their day."""

    month: str
    waiting: int
    missing: int


def unfinished(organisation: int, process: str, now: int, most: int = 6) -> list[Unfinished]:
    """The newest months that are not done with for whom recaps go to."""
    text = (
        "SELECT month, SUM(CASE WHEN sent_ms IS NOT NULL AND received_ms IS NULL THEN 1 ELSE 0 END) AS waiting,"
        " SUM(CASE WHEN sent_ms IS NULL AND unit <> '' AND due_ms <= ? THEN 1 ELSE 0 END) AS missing"
        " FROM recap WHERE organisation_id = ? AND process = ? AND received_ms IS NULL"
        " GROUP BY month ORDER BY month DESC"
    )
    found = (Unfinished(*row) for row in sql.rows(text, (now, organisation, process)))
    return [one for one in found if one.waiting or one.missing][:most]


def months(organisation: int, process: str) -> list[str]:
    """The months of which recaps are expected, the newest first."""
    text = "SELECT month FROM recap WHERE organisation_id = ? AND process = ? AND unit = '' ORDER BY month DESC"
    return [str(month) for (month,) in sql.rows(text, (organisation, process))]
