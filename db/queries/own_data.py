"""What is kept about one reporter in one case, and which offices looked at it, for the reporter themselves."""

from typing import NamedTuple

from db import sql

PERSONAL = ("revealed", "letter", "viewed", "attachment", "printed", "exported", "talk")


class Keep(NamedTuple):
    """The reporter of a case: sealed, when erased, how the register of residents answered."""

    reporter_id: int
    sealed: str | None
    erased_ms: int | None
    registry: str
    narrative: str
    restricted: bool


def keep(case_id: int) -> Keep | None:
    """Who told a case, and what."""
    found = sql.row(
        "SELECT r.id, r.sealed, r.erased_ms, r.registry, n.sealed, c.restricted FROM case_file c"
        " JOIN reporter r ON r.id = c.reporter_id JOIN narrative n ON n.case_file_id = c.id WHERE c.id = ?",
        (case_id,),
    )
    return None if found is None else Keep._make([*found[:5], bool(found[5])])


class File(NamedTuple):
    """A file that came with the report."""

    name: str
    size: int
    at_ms: int


def files(case_id: int) -> list[File]:
    """The reporter's own files."""
    text = (
        "SELECT name, size, at_ms FROM attachment WHERE case_file_id = ? AND source = 'pelapor' AND state = 'clean'"
        " ORDER BY id LIMIT 100"
    )
    return [File(*row) for row in sql.rows(text, (case_id,))]


def answered(case_id: int) -> list[tuple[int, int, str]]:
    """What the reporter filled in when asked: task, when, sealed."""
    text = (
        "SELECT s.task_id, s.at_ms, s.sealed FROM submission s JOIN task t ON t.id = s.task_id"
        " WHERE s.case_file_id = ? AND t.kind = 'receive' ORDER BY s.id LIMIT 100"
    )
    return [(int(task), int(at), str(sealed)) for task, at, sealed in sql.rows(text, (case_id,))]


class Seen(NamedTuple):
    """How often an office looked at something of the case; nobody is named."""

    what: str
    office: str
    times: int
    first_ms: int
    last_ms: int


def seen_by(case_id: int) -> list[Seen]:
    """Which offices looked at what, by the offices held at that time; "" where none was (an account without one)."""
    text = f"""
SELECT l.what, COALESCE((SELECT MIN(f.name) FROM holding h JOIN office f ON f.id = h.office_id
    WHERE h.person_id = a.person_id AND h.from_ms <= l.at_ms AND (h.until_ms IS NULL OR h.until_ms > l.at_ms)), '')
    AS o,
  COUNT(*), MIN(l.at_ms), MAX(l.at_ms)
FROM access_log l JOIN account a ON a.id = l.account
WHERE l.case_file = ? AND l.what IN ({sql.marks(PERSONAL)}) GROUP BY l.what, o ORDER BY MAX(l.at_ms) DESC LIMIT 200
"""
    return [Seen(*row) for row in sql.rows(text, (case_id, *PERSONAL))]
