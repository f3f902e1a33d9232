"""A row of `job` in a worker's hands: taken under a lease, done once, put off, given up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from db import sql
from db.connect import is_sqlite, transaction

LEASE_MS = 120_000
ATTEMPTS = 8
FIRST_PAUSE_MS = 30_000
LONGEST_PAUSE_MS = 3_600_000


@dataclass(frozen=True)
class Call:
    """One thing to be done outside: for a waiting service task, or because a `mail` job says so (`facts`)."""

    name: str  # the idempotency key
    case_id: int
    element: str
    topic: str
    instance: str
    message: str = ""  # which news, for a topic that has several (property `pesan`)
    now: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)


class Undeliverable(Exception):
    """The outside refused for good. `code` is what an error boundary in the diagram catches."""

    def __init__(self, reason: str, code: str = "GAGAL") -> None:
        super().__init__(reason)
        self.reason, self.code = reason, code


class NotNow(Exception):
    """It may not leave before this instant (UTC ms): the office it goes to is closed."""

    def __init__(self, until: int) -> None:
        super().__init__(f"not before {until}")
        self.until = until


Handler = Callable[[Call], Mapping[str, Any]]


@dataclass(frozen=True)
class Due:
    """A job this worker has taken; `attempts` counts this one."""

    id: int
    name: str
    kind: str
    payload: dict[str, Any]
    case_id: int | None
    attempts: int


_IS_DUE = "state = 'waiting' AND due_ms <= ? AND lease_ms <= ?"
_DUE = f"SELECT id, name, kind, payload, case_file_id, attempts FROM job WHERE {_IS_DUE} ORDER BY due_ms, id LIMIT 1"


def take(now: int) -> Due | None:
    """Leases the oldest due job, so that a worker that dies leaves it to another after the lease."""
    if sql.row(f"SELECT 1 FROM job WHERE {_IS_DUE} LIMIT 1", (now, now)) is None:
        return None  # who only looks takes no lock
    skip = "" if is_sqlite() else " FOR UPDATE SKIP LOCKED"
    with transaction():
        found = sql.row(_DUE + skip, (now, now))
        if found is None:
            return None
        sql.execute("UPDATE job SET lease_ms = ?, attempts = attempts + 1 WHERE id = ?", (now + LEASE_MS, found[0]))
        return Due(found[0], found[1], found[2], orjson.loads(found[3]), found[4], found[5] + 1)


def mine(job: Due, state: str, now: int, error: str = "") -> bool:
    """Inside a transaction: ends a job, if nobody else has; False leaves everything as it is."""
    done = sql.execute(
        "UPDATE job SET state = ?, done_ms = ?, error = ? WHERE id = ? AND state = 'waiting'",
        (state, now, error[:500], job.id),
    )
    return bool(done.rowcount == 1)


def put_off(job: Due, until: int, error: str, *, counts: bool = True) -> None:
    """Later again; a try that was none (`counts` false) is not counted."""
    with transaction():
        sql.execute(
            "UPDATE job SET due_ms = ?, lease_ms = 0, error = ?, attempts = ? WHERE id = ? AND state = 'waiting'",
            (until, error, job.attempts if counts else job.attempts - 1, job.id),
        )


def pause(attempts: int) -> int:
    """How long to wait after so many tries (ms): half a minute, doubled each time, at most an hour."""
    return int(min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS))


def told(trouble: BaseException) -> str:
    """What may be written down of a trouble outside: its kind and number. Its words may name the reporter."""
    number = getattr(trouble, "smtp_code", None) or getattr(trouble, "errno", None)
    return type(trouble).__name__ + (f" {number}" if number else "")


def carry_out(job: Due, handlers: Mapping[str, Handler], now: int) -> None:
    """A chore that belongs to no case: its handler goes by the job's kind. After the last try it is given up."""
    try:
        handlers[job.kind](Call(job.name, 0, "", job.kind, "", now=now, facts=job.payload))
    except Exception as trouble:  # the disk, the database, a worker's own mistake: later again, others go on
        if job.attempts >= ATTEMPTS:
            give_up(job, told(trouble), now)
        else:
            put_off(job, now + pause(job.attempts), told(trouble))
    else:
        with transaction():
            mine(job, "done", now)


def give_up(job: Due, cause: str, now: int) -> None:
    """Ends a job that cannot be done; a person may put it back in line."""
    with transaction():
        mine(job, "failed", now, cause)
