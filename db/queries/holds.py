"""Cases that are held for a dispute now: nothing of them may be erased."""

from typing import NamedTuple

from db import sql

PAGE = 25


class Held(NamedTuple):
    """A case, the letter it is held by, since when and by whom."""

    case_id: int
    number: str
    letter: str
    set_ms: int
    set_by: str


_HELD = """
SELECT c.id, c.number, h.letter, h.set_ms, p.name FROM legal_hold h
JOIN case_file c ON c.id = h.case_file_id JOIN person p ON p.id = h.set_by
WHERE h.organisation_id = ? AND h.lifted_ms IS NULL ORDER BY h.set_ms DESC, h.id DESC LIMIT ? OFFSET ?
"""


def held(organisation: int, page: int = 1) -> tuple[list[Held], bool]:
    """A page of them, the latest first, and whether there is more."""
    found = [Held(*row) for row in sql.rows(_HELD, (organisation, PAGE + 1, (page - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE
