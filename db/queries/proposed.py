"""What is asked about proposals of releases: which there are, who made and who judged them."""

from dataclasses import dataclass

from db import sql

PAGE = 25


@dataclass(frozen=True)
class Proposal:
    """A proposal with the names of its people; `files` is JSON name → text."""

    id: int
    process: str
    fingerprint: str
    files: str
    state: str  # draf diajukan disahkan ditolak dicabut
    note: str
    sop_number: str
    revised_on: str
    effective_on: str
    made_by: int
    maker: str
    made_ms: int
    proposed_ms: int | None
    decider: str | None
    decided_office: str | None
    decided_as: str
    decided_ms: int | None
    letter: str
    reason: str
    version: int | None  # of the release that came of it


_PROPOSAL = """
SELECT q.id, q.process, q.fingerprint, q.files, q.state, q.note, q.sop_number, q.revised_on, q.effective_on, q.made_by,
  m.name, q.made_ms, q.proposed_ms, d.name, o.name, q.decided_as, q.decided_ms, q.letter, q.reason, r.version
FROM release_proposal q JOIN account a ON a.id = q.made_by JOIN person m ON m.id = a.person_id
  LEFT JOIN person d ON d.id = q.decided_by LEFT JOIN office o ON o.id = q.decided_office
  LEFT JOIN release r ON r.id = q.release
WHERE q.organisation_id = ?
"""


def one(organisation: int, proposal: int) -> Proposal | None:
    """A proposal of this organisation."""
    found = sql.row(_PROPOSAL + " AND q.id = ?", (organisation, proposal))
    return None if found is None else Proposal(*found)


def page(organisation: int, number: int) -> tuple[list[Proposal], bool]:
    """Proposals, the newest first, and whether there are more."""
    text = _PROPOSAL.replace("q.files", "''") + " ORDER BY q.id DESC LIMIT ? OFFSET ?"
    found = [Proposal(*row) for row in sql.rows(text, (organisation, PAGE + 1, (number - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE
