"""What a person was told and has (not) seen; the searches they keep."""

from dataclasses import dataclass

from db import sql

PAGE = 25
MANY = 100


@dataclass(frozen=True)
class Notice:
    """One thing told, with the number of its case; `facts` is JSON without personal data."""

    id: int
    kind: str
    case_id: int | None
    number: str
    task_id: int | None
    task_name: str
    facts: str
    at_ms: int
    seen_ms: int | None


def unread(person: int) -> int:
    """How much a person was told and has not seen; `MANY` means so much or more."""
    text = f"SELECT COUNT(*) FROM (SELECT 1 FROM notice WHERE person_id = ? AND seen_ms IS NULL LIMIT {MANY}) n"
    return int(sql.value(text, (person,)))


_LIST = """
SELECT n.id, n.kind, n.case_file, COALESCE(c.number, ''), n.task, COALESCE(t.name, ''), n.facts, n.at_ms, n.seen_ms
FROM notice n LEFT JOIN case_file c ON c.id = n.case_file LEFT JOIN task t ON t.id = n.task
WHERE n.person_id = ?{new} AND n.id < ? ORDER BY n.id DESC LIMIT ?
"""


def told(person: int, *, new: bool = False, before: int = 0) -> tuple[list[Notice], bool]:
    """A page of what a person was told, the newest first: before that one, only unseen (`new`); whether more."""
    text = _LIST.format(new=" AND n.seen_ms IS NULL" if new else "")
    found = [Notice(*row) for row in sql.rows(text, (person, before or 2_000_000_000, PAGE + 1))]
    return found[:PAGE], len(found) > PAGE


def filters(account: int, page: str, person: int) -> tuple[list[tuple[int, str, str]], int]:
    """The searches someone keeps for a page (id, name, sealed query) and, in the same question, what `unread` says."""
    text = (
        "SELECT id, name, query FROM saved_filter WHERE account_id = ? AND page = ? UNION ALL SELECT 0, '', CAST(("
        f"SELECT COUNT(*) FROM (SELECT 1 FROM notice WHERE person_id = ? AND seen_ms IS NULL LIMIT {MANY}) n)"
        " AS VARCHAR(9)) ORDER BY 2, 1"
    )
    found = [(int(one), str(name), str(query)) for one, name, query in sql.rows(text, (account, page, person))]
    return [row for row in found if row[0]], next(int(query) for one, _, query in found if not one)
