"""What must happen later or outside: the `job` row is the truth, written with the act that wants it.

Inside the database exactly once (done in one transaction with its effect); outside at least once, under its name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from db import sql
from db.connect import is_sqlite, transaction
from engine import incidents, journal, store
from engine.errors import ProcessBroken, TaskAlreadyDone
from engine.held import hold
from engine.runtime import Progress

LEASE_MS = 120_000
ATTEMPTS = 8
BATCH = 50


@dataclass(frozen=True)
class Call:
    """One thing to be done outside for a waiting service task."""

    name: str  # the idempotency key
    case_id: int
    element: str
    topic: str
    instance: str
    message: str = ""  # which news, for a topic that has several (property `pesan`)


class Undeliverable(Exception):
    """The outside refused for good. `code` is what an error boundary in the diagram catches."""

    def __init__(self, reason: str, code: str = "GAGAL") -> None:
        super().__init__(reason)
        self.reason, self.code = reason, code


Handler = Callable[[Call], Mapping[str, Any]]


@dataclass(frozen=True)
class Due:
    id: int
    name: str
    kind: str
    payload: dict[str, Any]
    case_id: int | None
    attempts: int


_DUE = (
    "SELECT id, name, kind, payload, case_file_id, attempts FROM job"
    " WHERE state = 'waiting' AND due_ms <= ? AND lease_ms <= ? ORDER BY due_ms, id LIMIT 1"
)


def run_due(now: int, handlers: Mapping[str, Handler]) -> int:
    """Does what is due, oldest first, up to a batch; gives how many were taken. Several workers may call it at once."""
    for count in range(BATCH):
        if not _run_one(now, handlers):
            return count
    return BATCH


def _run_one(now: int, handlers: Mapping[str, Handler]) -> bool:
    job = _take(now)
    if job is None:
        return False
    try:
        if job.kind == "service":
            _serve(job, handlers, now)
        elif job.kind == "timer":
            _fire(job, now)
        else:
            raise ValueError(f"unknown kind of job: {job.kind}")
    except ProcessBroken as broken:
        _give_up(job, broken.cause, now)
    return True


def _take(now: int) -> Due | None:
    """Leases the oldest due job, so that a worker that dies leaves it to another after the lease."""
    skip = "" if is_sqlite() else " FOR UPDATE SKIP LOCKED"
    with transaction():
        found = sql.row(_DUE + skip, (now, now))
        if found is None:
            return None
        sql.execute("UPDATE job SET lease_ms = ?, attempts = attempts + 1 WHERE id = ?", (now + LEASE_MS, found[0]))
        return Due(found[0], found[1], found[2], orjson.loads(found[3]), found[4], found[5] + 1)


def _fire(job: Due, now: int) -> None:
    """A drawn timer: the diagram moves and the job is done in one transaction."""
    with incidents.guard("timer", case_id=job.case_id, now=now):
        _advance(job, now, lambda running: running.fire(job.payload["key"]))


def _serve(job: Due, handlers: Mapping[str, Handler], now: int) -> None:
    """A service task: outside first, then the diagram moves; a lost lease means another worker does it."""
    wanted = job.payload
    call = Call(
        job.name, int(job.case_id or 0), wanted["element"], wanted["topic"], wanted["instance"], wanted["message"]
    )
    try:
        handler = handlers.get(call.topic)
        if handler is None:
            raise Undeliverable(f"tidak ada pelaksana untuk topik “{call.topic}”")
        result = dict(handler(call))
    except Undeliverable as refused:
        _refused(job, refused, now)
    except Exception as trouble:  # the network, the disk, a letter nobody can write: later again, others go on
        _later(job, trouble, now)
    else:
        with incidents.guard("service", case_id=job.case_id, now=now):
            _advance(job, now, lambda running: running.complete(job.payload["key"], {}), sent=result)


def _refused(job: Due, refused: Undeliverable, now: int) -> None:
    with incidents.guard("service", case_id=job.case_id, now=now):
        facts = {"delivered": False, "reason": refused.reason}
        _advance(job, now, lambda running: running.fail(job.payload["key"], refused.code), sent=facts)


def _advance(job: Due, now: int, act: Callable[[Any], Progress], *, sent: Mapping[str, Any] | None = None) -> None:
    with transaction():
        held = hold(int(job.case_id or 0))
        mine = sql.execute(
            "UPDATE job SET state = 'done', done_ms = ? WHERE id = ? AND state = 'waiting'", (now, job.id)
        )
        if mine.rowcount != 1:
            return  # someone else did it, or the case no longer wants it
        try:
            progress = act(held.running)
        except TaskAlreadyDone:
            return  # the case moved on without it
        kind = "sent" if sent is not None else "fired"
        held.note(kind, now, element=job.payload["element"], facts=dict(sent or {}))
        store.save(held, [progress], now, done=[job.payload["key"]])


def _later(job: Due, trouble: Exception, now: int) -> None:
    """Tries again after a pause that grows; after the last try the outside counts as refusing."""
    reason = told(trouble)
    if job.attempts >= ATTEMPTS:
        _refused(job, Undeliverable(reason), now)
        return
    pause = min(30_000 * 2 ** (job.attempts - 1), 3_600_000)
    with transaction():
        sql.execute(
            "UPDATE job SET due_ms = ?, lease_ms = 0, error = ? WHERE id = ? AND state = 'waiting'",
            (now + pause, reason, job.id),
        )


def told(trouble: BaseException) -> str:
    """What may be written down of a trouble outside: its kind and number. Its words may name the reporter."""
    number = getattr(trouble, "smtp_code", None) or getattr(trouble, "errno", None)
    return type(trouble).__name__ + (f" {number}" if number else "")


def _give_up(job: Due, cause: str, now: int) -> None:
    with transaction():
        sql.execute(
            "UPDATE job SET state = 'failed', error = ?, done_ms = ? WHERE id = ? AND state = 'waiting'",
            (cause[:500], now, job.id),
        )


def again(case_id: int, now: int) -> None:
    """Puts the failed jobs of a case back in line, for a retry."""
    with transaction():
        sql.execute(
            "UPDATE job SET state = 'waiting', due_ms = ?, lease_ms = 0, attempts = 0, done_ms = NULL"
            " WHERE case_file_id = ? AND state = 'failed'",
            (now, case_id),
        )


def seal_all(now: int) -> int:
    """Seals the journal of every organisation; gives how many seals were made."""
    made = 0
    for (organisation,) in sql.rows("SELECT id FROM organisation ORDER BY id"):
        with transaction():
            made += journal.seal(int(organisation), now) is not None
    return made
