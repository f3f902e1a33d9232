"""What pages ask about one case or many: its head, tasks, proofs and journal."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import orjson

from db import sql
from db.queries.papers import SHOWN


@dataclass(frozen=True)
class Head:
    """A case as its page begins; `sealed` is the citizen's own words."""

    id: int
    organisation_id: int
    process: str
    release_id: int
    fingerprint: str
    number: str
    channel: str
    state: str
    outcome: str
    subject: str
    urgency: str
    secrecy: str
    received_ms: int
    closed_ms: int | None
    due_ms: int | None
    reporter_id: int
    sealed: str
    identity: str | None  # who reported, sealed: see `SHOWN`
    agenda: str  # "setwan 12/2026; pimpinan 3/2026", "" where none
    companions: int = 0  # how many have met with the same
    registry: str = ""  # what the population register says of who reported
    nik: bool = False  # whether they said their NIK
    lapsed: bool = False  # it ended without what the law promises
    answered_ms: int | None = None
    rating: int | None = None
    topic: str = ""  # what it is filed under: codes of the lists of its process
    place: str = ""
    before: tuple[int, str] | None = None  # the ended case it goes on with: id and number
    after: tuple[int, str] | None = None  # the one that goes on with it
    first_ms: int | None = None  # when its reporter was first told something


_HEAD = """
SELECT c.id, c.organisation_id, c.process, r.id, r.fingerprint, c.number, c.channel, c.state, c.outcome, c.subject,
  c.urgency, c.secrecy, c.received_ms, c.closed_ms, c.due_ms, c.reporter_id, n.sealed, {shown},
  COALESCE((SELECT {joined} FROM agenda b WHERE b.case_file_id = c.id), ''), c.companions,
  p.registry, p.nik_mark <> '', c.lapsed, c.answered_ms, c.rating, c.topic, c.place, e.id, e.number, l.id, l.number,
  c.first_ms
FROM case_file c JOIN release r ON r.id = c.release_id JOIN narrative n ON n.case_file_id = c.id
  JOIN reporter p ON p.id = c.reporter_id LEFT JOIN case_file e ON e.id = c.continues
  LEFT JOIN case_file l ON l.continues = c.id WHERE c.id = ?
"""


def head(case_id: int) -> Head | None:
    """The case, with the release it runs on and its numbers in the books."""
    books = _joined("b.book || ' ' || b.number || '/' || b.year")
    found = sql.row(_HEAD.format(joined=books, shown=SHOWN), (case_id,))
    if found is None:
        return None
    *told, before, before_number, after, after_number, first = found
    earlier, later = _other(before, before_number), _other(after, after_number)
    return replace(Head(*told), before=earlier, after=later, first_ms=first)


def _other(case: int | None, number: str | None) -> tuple[int, str] | None:
    return None if case is None else (case, number or "")


class Moved(NamedTuple):
    """A legal date that was moved: from when to when (UTC ms; None: no date), by whom, and whether already missed."""

    at_ms: int
    due_ms: int | None
    before_ms: int | None
    missed: bool
    person: str
    office: str


class Dates(NamedTuple):
    """What became of the dates the law sets for a case: moved, oldest first; until when what was reached was due."""

    moves: list[Moved]
    kept: int | None


NO_DATES = Dates([], None)


def dates(case_id: int) -> Dates:
    """Every move of a legal date of a case (the first promise is none), and the date of the answer that stands."""
    text = (
        "SELECT j.kind, j.at_ms, j.facts, COALESCE(p.name, ''), COALESCE(o.name, '') FROM journal j"
        " LEFT JOIN person p ON p.id = j.person LEFT JOIN office o ON o.id = j.office"
        " WHERE j.chain = ? AND j.kind IN ('promised', 'milestone') ORDER BY j.seq"
    )
    told = [(*row[:2], orjson.loads(row[2]), *row[3:]) for row in sql.rows(text, (f"case:{case_id}",))]
    moves = [
        Moved(at, facts["due"], facts["before"], bool(facts["missed"]), person, office)
        for kind, at, facts, person, office in told
        if kind == "promised" and facts["before"] is not None
    ]
    kept = [facts.get("due") for kind, _, facts, *_by in told if kind == "milestone" and not facts.get("again")]
    return Dates(moves, kept[-1] if kept else None)


@dataclass(frozen=True)
class Task:
    """A task with its times; `by` is who did it, `office` whom it waited for."""

    id: int
    case_id: int
    element: str
    name: str
    process: str
    instance: str
    kind: str
    form: str
    role: str
    office_id: int | None
    office: str | None
    state: str
    cycle: int
    offered_ms: int
    opened_ms: int | None
    claimed_ms: int | None
    claimed_by: int | None
    claimed_name: str | None
    started_ms: int | None
    due_ms: int | None
    norm_ms: int | None
    limit_text: str
    clock: str
    since: str
    wait_norm: str
    sop_row: int | None
    done_ms: int | None
    done_by: int | None
    by: str | None
    done_as: str
    done_office: str | None
    waited_ms: int | None
    worked_ms: int | None
    late: bool
    outcome: str
    law_ms: int | None  # of a task without a limit of its own: the law's date that it leads to


_TASK = """
SELECT t.id, t.case_file_id, t.element, t.name, t.process, t.instance, t.kind, t.form, t.role, t.office_id, o.name,
  t.state, t.cycle, t.offered_ms, t.opened_ms, t.claimed_ms, t.claimed_by, cp.name, t.started_ms, t.due_ms, t.norm_ms,
  t.limit_text, t.clock, t.since, t.wait_norm, t.sop_row, t.done_ms, t.done_by, dp.name, t.done_as, d.name,
  t.waited_ms, t.worked_ms, t.late, t.outcome, t.law_ms
FROM task t LEFT JOIN office o ON o.id = t.office_id LEFT JOIN account a ON a.id = t.claimed_by
  LEFT JOIN person cp ON cp.id = a.person_id LEFT JOIN person dp ON dp.id = t.done_by
  LEFT JOIN office d ON d.id = t.done_office
"""


def task(task_id: int) -> Task | None:
    """One task."""
    found = sql.row(_TASK + "WHERE t.id = ?", (task_id,))
    return None if found is None else Task(*found)


def tasks(case_id: int) -> list[Task]:
    """Every task of a case, in the order they were offered."""
    return [Task(*found) for found in sql.rows(_TASK + "WHERE t.case_file_id = ? ORDER BY t.id", (case_id,))]


@dataclass(frozen=True)
class Proof:
    """A proof or scan of a case; only clean ones are shown."""

    id: int
    case_id: int
    name: str
    kind: str
    media_type: str
    size: int
    content_hash: str
    state: str
    source: str
    at_ms: int
    task: int | None  # the task a member of staff added it at
    task_name: str
    added_by: int | None
    by: str


_PROOF = (
    "SELECT f.id, f.case_file_id, f.name, f.kind, f.media_type, f.size, f.content_hash, f.state, f.source, f.at_ms,"
    " f.task, COALESCE(t.name, ''), f.added_by, COALESCE(p.name, '') FROM attachment f"
    " LEFT JOIN task t ON t.id = f.task LEFT JOIN person p ON p.id = f.added_by"
)


def proofs(case_id: int) -> list[Proof]:
    """What was sent along with a case."""
    return [Proof(*found) for found in sql.rows(f"{_PROOF} WHERE f.case_file_id = ? ORDER BY f.id", (case_id,))]


def proof(case_id: int, proof_id: int) -> Proof | None:
    """One proof of this case."""
    found = sql.row(f"{_PROOF} WHERE f.id = ? AND f.case_file_id = ?", (proof_id, case_id))
    return None if found is None else Proof(*found)


@dataclass(frozen=True)
class Line:
    """One entry of the journal, with names for its numbers."""

    seq: int
    kind: str
    at_ms: int
    task: int | None
    task_name: str
    element: str
    instance: str
    office: str
    person: str
    acting_as: str
    facts: str


LINES = 50
_JOURNAL = """
SELECT j.seq, j.kind, j.at_ms, j.task, COALESCE(t.name, ''), j.element, COALESCE(t.instance, ''), COALESCE(o.name, ''),
  COALESCE(p.name, ''), j.acting_as, j.facts
FROM journal j LEFT JOIN task t ON t.id = j.task LEFT JOIN office o ON o.id = j.office
  LEFT JOIN person p ON p.id = j.person WHERE j.chain = ? AND j.seq < ? ORDER BY j.seq DESC LIMIT ?
"""


def journal(case_id: int, before: int = 0) -> tuple[list[Line], bool]:
    """A page of the journal of a case, the newest first: what came before that number; whether there is more."""
    asked = (f"case:{case_id}", before or 2_000_000_000, LINES + 1)
    found = [Line(*row) for row in sql.rows(_JOURNAL, asked)]
    return found[:LINES], len(found) > LINES


def _joined(column: str) -> str:
    return f"GROUP_CONCAT({column}, '; ')" if not sql.for_update() else f"STRING_AGG({column}, '; ')"


def reporter(case_id: int) -> tuple[int, str | None] | None:
    """The sealed identity behind a case: its id and text (None once erased)."""
    found = sql.row(
        "SELECT r.id, r.sealed FROM case_file c JOIN reporter r ON r.id = c.reporter_id WHERE c.id = ?", (case_id,)
    )
    return None if found is None else (int(found[0]), found[1])


def draft(name: str) -> tuple[str, int] | None:
    """A half-filled form by its name: sealed, and when it was saved (UTC ms)."""
    found = sql.row("SELECT sealed, saved_ms FROM draft WHERE name = ?", (name,))
    return None if found is None else (str(found[0]), int(found[1]))
