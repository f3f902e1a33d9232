"""What is asked about processes and their releases: which there are, who put them in force, what runs on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import sql
from db.queries import overdue
from db.queries.overdue import Moment


@dataclass(frozen=True)
class Release:
    """A published release and how many cases keep it."""

    id: int
    process: str
    version: int
    fingerprint: str
    letter: str
    published_ms: int
    published_by: str | None
    running: int
    cases: int
    effective_ms: int  # 0: since it was published
    sop_number: str
    revised_on: str  # ISO date, "" where the diagram itself says it
    approved_office: int | None


_RELEASES = """
SELECT r.id, r.process, r.version, r.fingerprint, r.letter, r.published_ms, p.name,
  (SELECT COUNT(*) FROM case_file c WHERE c.release_id = r.id AND c.closed_ms IS NULL),
  (SELECT COUNT(*) FROM case_file c WHERE c.release_id = r.id),
  r.effective_ms, r.sop_number, r.revised_on, r.approved_office
FROM release r LEFT JOIN person p ON p.id = r.published_by WHERE r.organisation_id = ?
"""


def every(organisation_id: int, process: str = "") -> list[Release]:
    """The releases of an organisation by process, the newest first; of one process when it is named."""
    one, more = (" AND r.process = ?", [process]) if process else ("", [])
    text = f"{_RELEASES}{one} ORDER BY r.process, r.version DESC"
    return [Release(*found) for found in sql.rows(text, [organisation_id, *more])]


_WHERE_THEY_ARE = """
SELECT t.element, t.case_file_id, c.number, COALESCE(o.name, ''), t.offered_ms, {late}
FROM task t JOIN case_file c ON c.id = t.case_file_id LEFT JOIN office o ON o.id = t.office_id
WHERE c.release_id IN ({releases}) AND t.state = 'open' ORDER BY t.element, t.offered_ms, t.id
"""


@dataclass(frozen=True)
class Waiting:
    """A case that waits at an element now."""

    element: str
    case_id: int
    number: str
    office: str
    offered_ms: int
    late: bool


def waiting(release_ids: Sequence[int], at: Moment) -> list[Waiting]:
    """Every open task of the cases on these releases, by element, the longest waiting first."""
    if not release_ids:
        return []
    late = f"COALESCE({overdue.any_of(*at)}, FALSE)"
    text = _WHERE_THEY_ARE.format(releases=sql.marks(release_ids), late=late)
    return [Waiting(*found) for found in sql.rows(text, release_ids)]
