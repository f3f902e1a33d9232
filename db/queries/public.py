"""What the public pages ask: which doors are open, where a case stands, what a printed code belongs to."""

from typing import NamedTuple

from db import sql


class Door(NamedTuple):
    """An organisation that has this process in force."""

    organisation_id: int
    code: str
    name: str
    timezone: str
    process: str


def doors() -> list[Door]:
    """Every process in force, by organisation, in the order in which they were founded."""
    return [
        Door(*found)
        for found in sql.rows(
            "SELECT DISTINCT o.id, o.code, o.name, o.timezone, r.process FROM organisation o"
            " JOIN release r ON r.organisation_id = o.id ORDER BY o.id, r.process"
        )
    ]


class Sent(NamedTuple):
    """A case as the holder of its form or its PIN may know it."""

    id: int
    number: str
    process: str
    organisation_id: int
    organisation: str
    timezone: str
    state: str
    outcome: str
    subject: str
    channel: str
    received_ms: int
    closed_ms: int | None
    due_ms: int | None
    release_id: int
    fingerprint: str
    language: str
    first_ms: int | None = None
    answered_ms: int | None = None
    rating: int | None = None


_SENT = (
    "SELECT c.id, c.number, c.process, o.id, o.name, o.timezone, c.state, c.outcome, c.subject, c.channel,"
    " c.received_ms, c.closed_ms, c.due_ms, r.id, r.fingerprint, c.language, c.first_ms, c.answered_ms, c.rating"
    " FROM case_file c"
    " JOIN organisation o ON o.id = c.organisation_id JOIN release r ON r.id = c.release_id WHERE "
)


def case(case_id: int) -> Sent | None:
    """One case."""
    found = sql.row(_SENT + "c.id = ?", (case_id,))
    return None if found is None else Sent(*found)


def line_of(case_id: int) -> tuple[str, str]:
    """The number of the case this one goes on with, and of the one that goes on with it; "" where there is none."""
    text = (
        "SELECT COALESCE((SELECT b.number FROM case_file b WHERE b.id = c.continues), ''),"
        " COALESCE((SELECT a.number FROM case_file a WHERE a.continues = c.id), '') FROM case_file c WHERE c.id = ?"
    )
    before, after = sql.row(text, (case_id,)) or ("", "")
    return str(before), str(after)


def case_sent_by(send_key: str) -> Sent | None:
    """The case that a form made."""
    found = sql.row(_SENT + "c.send_key = ?", (send_key,))
    return None if found is None else Sent(*found)


def registry_of(case_id: int) -> str:
    """What the population register says of who reported."""
    text = "SELECT r.registry FROM reporter r JOIN case_file c ON c.reporter_id = r.id WHERE c.id = ?"
    return str(sql.value(text, (case_id,)) or "")


def lock_of(number: str) -> tuple[int, str] | None:
    """The id of the case of that number and what its PIN is compared with."""
    found = sql.row("SELECT id, pin_hash FROM case_file WHERE number = ?", (number,))
    return None if found is None else (int(found[0]), str(found[1]))


class Happened(NamedTuple):
    """A line of the journal, with the words of the office and task it names."""

    kind: str
    at_ms: int
    element: str
    facts: str
    office: str
    task: int | None
    task_name: str
    task_kind: str
    instance: str


def journal_of(case_id: int) -> list[Happened]:
    """What happened in a case, oldest first."""
    return [
        Happened(*found)
        for found in sql.rows(
            "SELECT j.kind, j.at_ms, j.element, j.facts, COALESCE(o.name, ''), j.task, COALESCE(t.name, ''),"
            " COALESCE(t.kind, ''), COALESCE(t.instance, '') FROM journal j LEFT JOIN office o ON o.id = j.office"
            " LEFT JOIN task t ON t.id = j.task WHERE j.chain = ? ORDER BY j.seq",
            (f"case:{case_id}",),
        )
    ]


class Standing(NamedTuple):
    """A task that is open: where the report lies now, or what the citizen is asked (`kind` receive)."""

    id: int
    element: str
    name: str
    kind: str
    form: str
    instance: str
    office: str
    offered_ms: int
    opened_ms: int | None
    due_ms: int | None
    norm_ms: int | None


def open_tasks(case_id: int) -> list[Standing]:
    """Where a report lies now, in all its parts."""
    return [
        Standing(*found)
        for found in sql.rows(
            "SELECT t.id, t.element, t.name, t.kind, t.form, t.instance, COALESCE(o.name, ''), t.offered_ms,"
            " t.opened_ms, t.due_ms, t.norm_ms FROM task t LEFT JOIN office o ON o.id = t.office_id"
            " WHERE t.case_file_id = ? AND t.state = 'open' ORDER BY t.id",
            (case_id,),
        )
    ]


class Written(NamedTuple):
    """The sealed texts of one act, and in which part of the case it was done."""

    task: int
    instance: str
    at_ms: int
    sealed: str


def texts_written(case_id: int) -> list[Written]:
    """The texts of every act of a case, oldest first."""
    text = (
        "SELECT s.task_id, t.instance, s.at_ms, s.sealed FROM submission s JOIN task t ON t.id = s.task_id"
        " WHERE s.case_file_id = ? AND t.outcome <> 'ditarik' ORDER BY s.id"
    )
    return [Written(*found) for found in sql.rows(text, (case_id,))]


def services_done(case_id: int) -> list[tuple[str, int]]:
    """What was done outside for a case: payload (JSON) and when."""
    text = (
        "SELECT payload, done_ms FROM job WHERE case_file_id = ? AND kind = 'service' AND done_ms IS NOT NULL"
        " ORDER BY id"
    )
    return [(str(payload), int(done)) for payload, done in sql.rows(text, (case_id,))]


def next_timer(case_id: int) -> int | None:
    """When the next drawn timer of a case runs out (UTC ms)."""
    text = "SELECT MIN(due_ms) FROM job WHERE case_file_id = ? AND kind = 'timer' AND state = 'waiting'"
    found = sql.value(text, (case_id,))
    return None if found is None else int(found)


class Proof(NamedTuple):
    """A file that lies with a form or a case."""

    id: int
    name: str
    kind: str
    size: int


_PROOF = "SELECT id, name, kind, size FROM attachment WHERE "


def proofs_of_draft(draft: str) -> list[Proof]:
    """The checked files of a form that is not sent yet."""
    text = _PROOF + "draft = ? AND case_file_id IS NULL AND state = 'clean' ORDER BY id"
    return [Proof(*found) for found in sql.rows(text, (draft,))]


def proofs_of_case(case_id: int) -> list[Proof]:
    """What came with the report: sent along, or scanned by whoever took it in."""
    text = _PROOF + "case_file_id = ? AND task IS NULL AND state = 'clean' ORDER BY id"
    return [Proof(*found) for found in sql.rows(text, (case_id,))]


class Printed(NamedTuple):
    """The sheet behind a code, and how many acts its case has seen since."""

    kind: str
    number: str
    organisation: str
    at_ms: int
    newer: int
    state: str


def sheet(code: str) -> Printed | None:
    """What a printed code belongs to. `newer` counts acts after the entry of the journal up to which it was printed."""
    found = sql.row(_PRINTED, (code,))
    return None if found is None else Printed(*found)


_PRINTED = """
SELECT s.kind, COALESCE(c.number, ''), COALESCE(o.name, ''), s.at_ms,
  (SELECT COUNT(*) FROM journal j WHERE j.case_file = s.case_file_id AND j.kind NOT IN ('opened', 'claimed', 'released')
     AND j.seq > COALESCE(
       (SELECT k.seq FROM journal k WHERE k.case_file = s.case_file_id AND k.hash = s.content_hash),
       (SELECT MAX(k.seq) FROM journal k WHERE k.case_file = s.case_file_id AND k.at_ms <= s.at_ms), 0)),
  COALESCE(c.state, '')
FROM sheet_code s LEFT JOIN case_file c ON c.id = s.case_file_id LEFT JOIN organisation o ON o.id = c.organisation_id
WHERE s.code = ?
"""


def counts() -> list[tuple[str, str, int]]:
    """Figures for monitoring: what, in which state, how many. Nobody is named."""
    return [
        (str(what), str(state), int(number))
        for what, state, number in sql.rows(
            "SELECT 'cases', state, COUNT(*) FROM case_file GROUP BY state"
            " UNION ALL SELECT 'tasks', state, COUNT(*) FROM task GROUP BY state"
            " UNION ALL SELECT 'jobs', state, COUNT(*) FROM job GROUP BY state"
            " UNION ALL SELECT 'incidents', 'open', COUNT(*) FROM incident WHERE solved_ms IS NULL"
        )
    ]


def answers() -> bool:
    """Whether the database answers."""
    return bool(sql.value("SELECT 1") == 1)
