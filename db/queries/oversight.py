"""What a superior asks: how much lies at the offices below, with whom, what is late, what came of a disposisi."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db import sql
from db.queries import overdue

PAGE = 25


@dataclass(frozen=True)
class Below:
    """An office below, or one that is watched."""

    id: int
    code: str
    name: str
    unit: str


_BELOW = """
WITH RECURSIVE below(id) AS (
  SELECT id FROM office WHERE superior_id IN ({mine}) AND organisation_id = ?
  UNION SELECT o.id FROM office o JOIN below b ON o.superior_id = b.id)
SELECT o.id, o.code, o.name, u.name FROM office o JOIN unit u ON u.id = o.unit_id
WHERE o.organisation_id = ? AND o.active AND (o.id IN (SELECT id FROM below){watched}) AND o.id NOT IN ({mine})
ORDER BY o.rank, o.id
"""


def below(organisation: int, mine: Sequence[int], watched: Sequence[str] = ()) -> list[Below]:
    """Every office below these, at any depth, and those of the watched roles."""
    if not mine:
        return []
    marks = ", ".join(str(int(office)) for office in mine)
    more = f" OR o.role IN ({sql.marks(watched)})" if watched else ""
    text = _BELOW.format(mine=marks, watched=more)
    return [Below(*found) for found in sql.rows(text, [organisation, organisation, *watched])]


@dataclass(frozen=True)
class Load:
    """Open tasks of one office."""

    open: int
    late: int
    unopened: int
    taken: int


def loads(offices: Sequence[int], now: int, midnight: int) -> dict[int, Load]:
    """What lies open at each of these offices; one that has nothing is not in it."""
    if not offices:
        return {}
    text = (
        f"SELECT office_id, COUNT(*), SUM(CASE WHEN {overdue.any_of(now, midnight)} THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN opened_ms IS NULL THEN 1 ELSE 0 END), SUM(CASE WHEN claimed_by IS NOT NULL THEN 1 ELSE 0 END)"
        f" FROM task t WHERE office_id IN ({sql.marks(offices)}) AND state = 'open' GROUP BY office_id"
    )
    return {int(row[0]): Load(*(int(count) for count in row[1:])) for row in sql.rows(text, offices)}


@dataclass(frozen=True)
class Hands:
    """What one person has taken at an office."""

    office_id: int
    person: str
    taken: int
    late: int


def in_hands(offices: Sequence[int], now: int, midnight: int) -> list[Hands]:
    """Who has taken how much, the most first."""
    if not offices:
        return []
    text = (
        f"SELECT t.office_id, p.name, COUNT(*), SUM(CASE WHEN {overdue.any_of(now, midnight)} THEN 1 ELSE 0 END)"
        " FROM task t"
        " JOIN account a ON a.id = t.claimed_by JOIN person p ON p.id = a.person_id"
        f" WHERE t.office_id IN ({sql.marks(offices)}) AND t.state = 'open' AND t.claimed_by IS NOT NULL"
        " GROUP BY t.office_id, p.id, p.name ORDER BY COUNT(*) DESC, p.name"
    )
    return [Hands(int(o), str(p), int(n), int(late)) for o, p, n, late in sql.rows(text, offices)]


@dataclass(frozen=True)
class Waiting:
    """An open task at an office below, with its limit if its clock has begun, else the law's date."""

    id: int
    name: str
    instance: str
    office: str
    case_id: int
    number: str
    subject: str
    secrecy: str
    due_ms: int | None
    clock: str
    limit: str
    by_law: bool
    received_ms: int
    release_id: int
    fingerprint: str


def late(offices: Sequence[int], now: int, midnight: int, page: int) -> tuple[list[Waiting], bool]:
    """A page of what is late at these offices, the longest first, and whether there is more."""
    which = f" AND {overdue.any_of(now, midnight)} ORDER BY {overdue.UNTIL}, t.id"
    return _waiting(offices, which, page)


def waiting(office: int, page: int) -> tuple[list[Waiting], bool]:
    """A page of all that lies open at an office, the oldest first, and whether there is more."""
    return _waiting([office], " ORDER BY t.offered_ms, t.id", page)


def _waiting(offices: Sequence[int], which: str, page: int) -> tuple[list[Waiting], bool]:
    if not offices:
        return [], False
    text = (
        f"SELECT t.id, t.name, t.instance, o.name, c.id, c.number, c.subject, c.secrecy, {overdue.UNTIL}, {overdue.BY},"
        " t.limit_text, t.due_ms IS NULL AND t.law_ms IS NOT NULL, c.received_ms, r.id, r.fingerprint FROM task t"
        " JOIN case_file c ON c.id = t.case_file_id JOIN release r ON r.id = c.release_id"
        " JOIN office o ON o.id = t.office_id"
        f" WHERE t.office_id IN ({sql.marks(offices)}) AND t.state = 'open'{which} LIMIT ? OFFSET ?"
    )
    found = [Waiting(*row) for row in sql.rows(text, [*offices, PAGE + 1, (page - 1) * PAGE])]
    return found[:PAGE], len(found) > PAGE


@dataclass(frozen=True)
class Disposed:
    """A case one has disposed, with when and how it stands."""

    case_id: int
    number: str
    subject: str
    state: str
    done_ms: int
    outcome: str


def disposed(offices: Sequence[int], forms: Sequence[str], page: int) -> tuple[list[Disposed], bool]:
    """A page of the cases these offices have disposed, the latest first, each once by its latest disposisi."""
    if not offices or not forms:
        return [], False
    text = (
        "SELECT c.id, c.number, c.subject, c.state, t.done_ms, t.outcome FROM task t"
        " JOIN case_file c ON c.id = t.case_file_id"
        f" WHERE t.done_office IN ({sql.marks(offices)}) AND t.form IN ({sql.marks(forms)}) AND t.state = 'done'"
        " AND NOT EXISTS (SELECT 1 FROM task l WHERE l.case_file_id = t.case_file_id AND l.form = t.form"
        " AND l.state = 'done' AND l.done_ms > t.done_ms)"
        " ORDER BY t.done_ms DESC, t.id DESC LIMIT ? OFFSET ?"
    )
    found = [Disposed(*row) for row in sql.rows(text, [*offices, *forms, PAGE + 1, (page - 1) * PAGE])]
    return found[:PAGE], len(found) > PAGE


@dataclass(frozen=True)
class Part:
    """What an addressed office did with its part of a case."""

    case_id: int
    instance: str
    name: str
    office: str
    state: str
    due_ms: int | None
    done_ms: int | None
    late: bool
    outcome: str


def parts(cases: Sequence[int]) -> list[Part]:
    """The latest task of every part of these cases, in the order of the parts."""
    if not cases:
        return []
    text = (
        "SELECT t.case_file_id, t.instance, t.name, COALESCE(o.name, ''), t.state, t.due_ms, t.done_ms, t.late,"
        " t.outcome FROM task t LEFT JOIN office o ON o.id = t.office_id"
        f" WHERE t.case_file_id IN ({sql.marks(cases)}) AND t.instance <> '' AND t.state <> 'cancelled'"
        " AND NOT EXISTS (SELECT 1 FROM task l WHERE l.case_file_id = t.case_file_id AND l.instance = t.instance"
        " AND l.state <> 'cancelled' AND l.id > t.id) ORDER BY t.case_file_id, t.instance"
    )
    found = [Part(*row) for row in sql.rows(text, cases)]
    return [replace(part, late=bool(part.late)) for part in found]
