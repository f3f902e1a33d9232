"""What must happen later or outside: the `job` row is the truth, written with the act that wants it.

Inside the database exactly once (done in one transaction with its effect); outside at least once, under its name.
"""

from collections.abc import Callable, Mapping
from typing import Any

from db import sql
from db.connect import transaction
from engine import companions, errands, incidents, journal, mailing, search, store, verification
from engine.errands import ATTEMPTS, LEASE_MS, Call, Due, Handler, NotNow, Undeliverable, told
from engine.errors import ProcessBroken, TaskAlreadyDone
from engine.held import hold
from engine.identities import identity
from engine.publishing import shown
from engine.runtime import Progress

__all__ = ["ATTEMPTS", "LEASE_MS", "Call", "Handler", "NotNow", "Undeliverable", "again", "run_due", "seal_all", "told"]

BATCH = 50
ANSWER = "balas_pelapor"
"""The topic by which an answer leaves for the reporter."""
REWRITES: Mapping[str, Callable[[int, Mapping[str, int], int], None]] = {
    "reindex": search.INDEX.step,
    "reindex_published": shown.INDEX.step,
}
"""What writes anew what texts are found by, some at a time."""


def run_due(now: int, handlers: Mapping[str, Handler]) -> int:
    """Does what is due, oldest first, up to a batch; gives how many were taken. Several workers may call it at once."""
    for count in range(BATCH):
        if not _run_one(now, handlers):
            return count
    return BATCH


def _run_one(now: int, handlers: Mapping[str, Handler]) -> bool:
    job = errands.take(now)
    if job is None:
        return False
    try:
        _do(job, handlers, now)
    except ProcessBroken as broken:
        errands.give_up(job, broken.cause, now)
    return True


def _do(job: Due, handlers: Mapping[str, Handler], now: int) -> None:
    if job.kind == "service":
        _serve(job, handlers, now)
    elif job.kind == "timer":
        _fire(job, now)
    elif job.kind == "mail":
        mailing.post(job, handlers, now)
    elif job.kind in REWRITES:
        REWRITES[job.kind](job.id, job.payload, now)
    elif job.kind == "verify":
        verification.run(job.id, job.payload["organisation"], now)
    elif job.kind == identity.KIND:
        identity.work(job, now)
    elif job.kind == "import":
        errands.carry_out(job, handlers, now)
    else:
        raise ValueError(f"unknown kind of job: {job.kind}")


def _fire(job: Due, now: int) -> None:
    """A drawn timer: the diagram moves and the job is done in one transaction."""
    with incidents.guard("timer", case_id=job.case_id, now=now):
        _advance(job, now, lambda running: running.fire(job.payload["key"]))


def _serve(job: Due, handlers: Mapping[str, Handler], now: int) -> None:
    """A service task: outside first, then the diagram moves; a lost lease means another worker does it."""
    wanted = job.payload
    call = Call(
        job.name, int(job.case_id or 0), wanted["element"], wanted["topic"], wanted["instance"], wanted["message"], now
    )
    try:
        handler = handlers.get(call.topic)
        if handler is None:
            raise Undeliverable(f"tidak ada pelaksana untuk topik “{call.topic}”")
        result = dict(handler(call))
    except Undeliverable as refused:
        refuse(job, refused, now)
    except NotNow as on_its_way:
        errands.put_off(job, on_its_way.until, "", counts=False)
    except Exception as trouble:  # the network, the disk, a letter nobody can write: later again, others go on
        _later(job, trouble, now)
    else:
        deliver(job, result, now)


def deliver(job: Due, result: Mapping[str, Any], now: int, *, person: int | None = None) -> None:
    """A service task was carried out: the diagram goes on from it. What did not reach the reporter is told to staff."""
    with incidents.guard("service", case_id=job.case_id, now=now):
        _advance(job, now, lambda running: running.complete(job.payload["key"], {}), sent=result, person=person)


def refuse(job: Due, refused: Undeliverable, now: int, *, person: int | None = None) -> None:
    """A service task cannot be carried out: the diagram goes the way its error boundary leads."""
    with incidents.guard("service", case_id=job.case_id, now=now):
        facts = {"delivered": False, "reason": refused.reason}
        _advance(job, now, lambda running: running.fail(job.payload["key"], refused.code), sent=facts, person=person)


def _advance(
    job: Due,
    now: int,
    act: Callable[[Any], Progress],
    *,
    sent: Mapping[str, Any] | None = None,
    person: int | None = None,
) -> None:
    facts = dict(sent or {})
    with transaction():
        held = hold(int(job.case_id or 0))
        if not errands.mine(job, "done", now, str(facts.get("reason", ""))):
            return  # someone else did it, or the case no longer wants it
        try:
            progress = act(held.running)
        except TaskAlreadyDone:
            return  # the case moved on without it
        kind = "sent" if sent is not None else "fired"
        held.note(kind, now, element=job.payload["element"], person=person, facts=facts)
        store.save(held, [progress], now, done=[job.payload["key"]])
        if job.payload.get("topic") == ANSWER and not facts.get("reason"):
            companions.tell_answer(held, now)
        if progress.ended:
            companions.tell_end(held, now)
        if facts.get("reason"):
            mailing.undelivered(held.case_id, job.id, str(job.payload.get("message") or "jawaban"), now)


def _later(job: Due, trouble: Exception, now: int) -> None:
    """Tries again after a pause that grows; after the last try the outside counts as refusing."""
    if job.attempts >= ATTEMPTS:
        refuse(job, Undeliverable(told(trouble)), now)
    else:
        errands.put_off(job, now + errands.pause(job.attempts), told(trouble))


def again(case_id: int, now: int) -> None:
    """Puts the failed timers and service tasks of a case back in line, for a retry."""
    with transaction():
        sql.execute(
            "UPDATE job SET state = 'waiting', due_ms = ?, lease_ms = 0, attempts = 0, done_ms = NULL, error = ''"
            " WHERE case_file_id = ? AND state = 'failed' AND kind IN ('timer', 'service')",
            (now, case_id),
        )


def seal_all(now: int) -> int:
    """Seals the journal of every organisation; gives how many seals were made."""
    made = 0
    for (organisation,) in sql.rows("SELECT id FROM organisation ORDER BY id"):
        with transaction():
            made += journal.seal(int(organisation), now) is not None
    return made
