"""The talk about a case, its copies, and who may be named in it."""

from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import orjson

from db import sql

PAGE = 30


class Looks(Protocol):
    """What someone is shown of a case (engine.offices.policy.View)."""

    @property
    def case_id(self) -> int: ...
    @property
    def secret(self) -> bool: ...


class Named(NamedTuple):
    """Someone who may be named in the talk of a case, and by which office."""

    id: int
    name: str
    office: str


_MAY_SEE = """
WITH RECURSIVE involved(id) AS (
  SELECT t.office_id FROM task t WHERE t.case_file_id = ? AND t.office_id IS NOT NULL
  UNION SELECT t.taken_from FROM task t WHERE t.case_file_id = ? AND t.taken_from IS NOT NULL
  UNION SELECT b.office_id FROM tembusan b WHERE b.case_file_id = ?
), above(id) AS (
  SELECT id FROM involved
  UNION SELECT o.superior_id FROM above a JOIN office o ON o.id = a.id WHERE o.superior_id IS NOT NULL
)
SELECT p.id, p.name, o.name, o.role, o.code, o.id IN (SELECT id FROM involved), s.body
FROM above a JOIN office o ON o.id = a.id JOIN holding h ON h.office_id = o.id JOIN person p ON p.id = h.person_id
LEFT JOIN setting s ON s.organisation_id = o.organisation_id AND s.name = 'sees_all'
WHERE p.active AND h.from_ms <= ? AND (h.until_ms IS NULL OR h.until_ms > ?)
  AND (h.kind <> 'definitif' OR NOT EXISTS (SELECT 1 FROM holding x WHERE x.office_id = h.office_id
    AND x.kind <> 'definitif' AND x.from_ms <= ? AND (x.until_ms IS NULL OR x.until_ms > ?)))
ORDER BY o.rank, p.name
"""


def may_be_named(view: Looks, now: int) -> list[Named]:
    """Holders of the offices that have to do with a case and of those above them, who may see it as it is."""
    found: dict[int, Named] = {}
    for person, name, office, role, code, involved, body in sql.rows(_MAY_SEE, [view.case_id] * 3 + [now] * 4):
        general = not view.secret and bool({role, code} & set(orjson.loads(body) if body else ()))
        if involved or general:
            found.setdefault(int(person), Named(int(person), str(name), str(office)))
    return list(found.values())


@dataclass(frozen=True)
class Comment:
    """One remark, still sealed; `named` are the names of whom it calls."""

    id: int
    by: str
    office: str
    task: int | None
    task_name: str
    sealed: str
    at_ms: int
    named: tuple[tuple[str, int | None], ...] = ()  # name, when they read it


_TALK = """
SELECT c.id, p.name, COALESCE(o.name, ''), c.task, COALESCE(t.name, ''), c.sealed, c.at_ms
FROM comment c JOIN account a ON a.id = c.account_id JOIN person p ON p.id = a.person_id
  LEFT JOIN office o ON o.id = c.office LEFT JOIN task t ON t.id = c.task
WHERE c.case_file_id = ? AND c.id < ? ORDER BY c.id DESC LIMIT ?
"""


def talk(case_id: int, before: int = 0, most: int = PAGE) -> tuple[list[Comment], bool]:
    """The newest remarks about a case before that one, and whether there are older ones."""
    found = sql.rows(_TALK, (case_id, before or 2_000_000_000, most + 1))
    calls = _named([int(row[0]) for row in found[:most]])
    remarks = [replace(Comment(*row), named=tuple(calls.get(int(row[0]), ()))) for row in found[:most]]
    return remarks, len(found) > most


def _named(comments: list[int]) -> dict[int, list[tuple[str, int | None]]]:
    if not comments:
        return {}
    text = (
        "SELECT m.comment_id, p.name, m.seen_ms FROM mention m JOIN person p ON p.id = m.person_id"
        f" WHERE m.comment_id IN ({sql.marks(comments)}) ORDER BY m.id"
    )
    calls: dict[int, list[tuple[str, int | None]]] = {}
    for comment, name, seen in sql.rows(text, comments):
        calls.setdefault(int(comment), []).append((str(name), seen))
    return calls


class Copy(NamedTuple):
    """A copy of a case given to an office."""

    id: int
    office_id: int
    office: str
    by: str
    at_ms: int
    read_ms: int | None
    reader: str


def copies(case_id: int) -> list[Copy]:
    """To whom a case was copied, by whom, and who has read it."""
    text = (
        "SELECT b.id, b.office_id, o.name, COALESCE(g.name, ''), b.at_ms, b.read_ms, COALESCE(r.name, '')"
        " FROM tembusan b JOIN office o ON o.id = b.office_id LEFT JOIN person g ON g.id = b.given_by"
        " LEFT JOIN person r ON r.id = b.read_by WHERE b.case_file_id = ? ORDER BY b.id"
    )
    return [Copy(*found) for found in sql.rows(text, (case_id,))]


def copyable(case_id: int, organisation: int) -> list[tuple[int, str]]:
    """The offices of the organisation that have nothing to do with a case and no copy of it: id and name."""
    text = (
        "SELECT o.id, o.name FROM office o WHERE o.organisation_id = ? AND o.active"
        " AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_file_id = ? AND o.id IN (t.office_id, t.taken_from))"
        " AND NOT EXISTS (SELECT 1 FROM tembusan b WHERE b.case_file_id = ? AND b.office_id = o.id)"
        " ORDER BY o.rank, o.name"
    )
    return [(int(key), str(name)) for key, name in sql.rows(text, (organisation, case_id, case_id))]
