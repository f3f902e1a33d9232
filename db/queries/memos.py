"""What is asked about internal letters: one, those one has sent or got, who has read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db import sql

PAGE = 25


@dataclass(frozen=True)
class Memo:
    """A letter with the names of who signed it; `sealed` holds its words, `figures` is JSON."""

    id: int
    kind: str
    number: str
    office_id: int
    office: str
    person: str
    pangkat: str
    nip: str
    acting_as: str
    unit: str
    unit_name: str
    addressees: str
    sealed: str
    figures: str
    at_ms: int
    sent_to: int
    read_by: int


_MEMO = """
SELECT m.id, m.kind, m.number, o.id, o.name, p.name, p.pangkat, p.nip, m.acting_as, m.unit,
  COALESCE((SELECT u.name FROM unit u WHERE u.organisation_id = m.organisation_id AND u.code = m.unit), ''),
  m.addressees, m.sealed, m.figures, m.at_ms,
  (SELECT COUNT(*) FROM memo_receipt r WHERE r.memo_id = m.id),
  (SELECT COUNT(*) FROM memo_receipt r WHERE r.memo_id = m.id AND r.read_ms IS NOT NULL)
FROM memo m JOIN office o ON o.id = m.office_id JOIN person p ON p.id = m.person
WHERE m.organisation_id = ?
"""


def one(organisation: int, memo: int) -> Memo | None:
    """A letter of this organisation."""
    found = sql.row(_MEMO + " AND m.id = ?", (organisation, memo))
    return None if found is None else Memo(*found)


def page(
    organisation: int, offices: Sequence[int], number: int, *, kind: str = "", every: bool = False
) -> tuple[list[Memo], bool]:
    """Letters these offices sent or got (`every`: all there are), the newest first, and whether there are more."""
    text, values = _MEMO, [organisation]
    more: list[object] = []
    if not every:
        mine = ", ".join(str(int(office)) for office in offices) or "NULL"
        text += (
            f" AND (m.office_id IN ({mine}) OR EXISTS (SELECT 1 FROM memo_receipt r WHERE r.memo_id = m.id"
            f" AND r.office_id IN ({mine})))"
        )
    if kind:
        text, more = f"{text} AND m.kind = ?", [kind]
    text += " ORDER BY m.at_ms DESC, m.id DESC LIMIT ? OFFSET ?"
    found = [Memo(*row) for row in sql.rows(text, [*values, *more, PAGE + 1, (number - 1) * PAGE])]
    return found[:PAGE], len(found) > PAGE


class Unread(NamedTuple):
    """A letter nobody of an office has opened yet."""

    id: int
    kind: str
    number: str
    office: str
    at_ms: int


def unread(offices: Sequence[int], limit: int = 5) -> list[Unread]:
    """The letters that wait to be opened at these offices, the oldest first."""
    if not offices:
        return []
    text = (
        "SELECT DISTINCT m.id, m.kind, m.number, o.name, m.at_ms FROM memo_receipt r JOIN memo m ON m.id = r.memo_id"
        f" JOIN office o ON o.id = m.office_id WHERE r.office_id IN ({sql.marks(offices)}) AND r.read_ms IS NULL"
        " ORDER BY m.at_ms, m.id LIMIT ?"
    )
    return [Unread(*found) for found in sql.rows(text, [*offices, limit])]


class Receipt(NamedTuple):
    """An office a letter went to, and who opened it there when."""

    office_id: int
    office: str
    unit: str
    read_ms: int | None
    person: str


def receipts(memo: int) -> list[Receipt]:
    """Everyone it went to, by rank."""
    text = (
        "SELECT o.id, o.name, u.name, r.read_ms, COALESCE(p.name, '') FROM memo_receipt r"
        " JOIN office o ON o.id = r.office_id JOIN unit u ON u.id = o.unit_id LEFT JOIN person p ON p.id = r.read_by"
        " WHERE r.memo_id = ? ORDER BY o.rank, o.id"
    )
    return [Receipt(*found) for found in sql.rows(text, (memo,))]


def got(memo: int, offices: Sequence[int]) -> bool:
    """Whether one of these offices is among those it went to."""
    if not offices:
        return False
    text = f"SELECT 1 FROM memo_receipt WHERE memo_id = ? AND office_id IN ({sql.marks(offices)}) LIMIT 1"
    return sql.row(text, [memo, *offices]) is not None


class Reminded(NamedTuple):
    """A case a letter reminds of, as it stands now."""

    case_id: int
    number: str
    due_ms: int | None
    answered_ms: int | None
    state: str


def reminded(memo: int) -> list[Reminded]:
    """The cases of a letter in the order they were listed."""
    text = (
        "SELECT c.id, c.number, k.due_ms, c.answered_ms, c.state FROM memo_case k"
        " JOIN case_file c ON c.id = k.case_file_id WHERE k.memo_id = ? ORDER BY k.id"
    )
    return [Reminded(*found) for found in sql.rows(text, (memo,))]


class Effect(NamedTuple):
    """Of the letters sent to an agency in a span: how many, of how many cases, how many were answered thereafter."""

    unit: str
    letters: int
    cases: int
    answered: int


def effects(organisation: int, from_ms: int, until_ms: int) -> dict[str, Effect]:
    """Per agency what its reminders led to, whenever the answer came."""
    text = (
        "SELECT m.unit, COUNT(DISTINCT m.id), COUNT(DISTINCT c.id),"
        " COUNT(DISTINCT CASE WHEN c.answered_ms >= m.at_ms THEN c.id END) FROM memo m"
        " JOIN memo_case k ON k.memo_id = m.id JOIN case_file c ON c.id = k.case_file_id"
        " WHERE m.organisation_id = ? AND m.at_ms >= ? AND m.at_ms < ? GROUP BY m.unit"
    )
    found = [Effect(*row) for row in sql.rows(text, (organisation, from_ms, until_ms))]
    return {one.unit: one for one in found}


def waits(organisation: int, from_ms: int, until_ms: int) -> dict[str, list[tuple[int, int]]]:
    """Per agency, of each case answered after a reminder: when it was first reminded of in the span, when answered."""
    text = (
        "SELECT m.unit, MIN(m.at_ms), c.answered_ms FROM memo m JOIN memo_case k ON k.memo_id = m.id"
        " JOIN case_file c ON c.id = k.case_file_id WHERE m.organisation_id = ? AND m.at_ms >= ? AND m.at_ms < ?"
        " AND c.answered_ms >= m.at_ms GROUP BY m.unit, c.id, c.answered_ms"
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for unit, at, answered in sql.rows(text, (organisation, from_ms, until_ms)):
        found.setdefault(str(unit), []).append((int(at), int(answered)))
    return found


def reopened(organisation: int, process: str, element: str, from_ms: int, until_ms: int) -> dict[str, int]:
    """Per agency how many cases were opened again in a span: by the coordinator as a new case, or at the citizen's wish
    by this step of their own."""
    text = (
        "SELECT unit, COUNT(*) FROM (SELECT unit FROM case_file WHERE organisation_id = ? AND process = ?"
        " AND continues IS NOT NULL AND received_ms >= ? AND received_ms < ? UNION ALL"
        " SELECT c.unit FROM task t JOIN case_file c ON c.id = t.case_file_id WHERE c.organisation_id = ?"
        " AND c.process = ? AND t.element = ? AND t.state = 'done' AND t.done_ms >= ? AND t.done_ms < ?) f"
        " GROUP BY unit"
    )
    whose, span = (organisation, process), (from_ms, until_ms)
    return {str(unit): int(count) for unit, count in sql.rows(text, (*whose, *span, *whose, element, *span))}
