"""A case held for one verb: its state, tasks, jobs and journal change in one write, or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from db import sql
from engine import incidents, journal, offering, promises, vault, wished
from engine.clocks import deadlines
from engine.errors import WorkflowChanged
from engine.held import Held, TaskRow
from engine.offices.people import Seat
from engine.publishing import following
from engine.recaps import recap_closing
from engine.runtime import Progress


def close_task(
    held: Held, row: TaskRow, seat: Seat | None, now: int, *, outcome: str, facts: Mapping[str, Any]
) -> None:
    """Marks a task done and tells the journal how long it waited and was worked on, against its limit."""
    started = row.started_ms if row.started_ms is not None else now
    due = row.due_ms if row.due_ms is not None else offering.due_of(held, row, started)
    calendar = held.calendar_of(row.office_id)
    waited = calendar.work_ms_between(row.offered_ms, started)
    worked = calendar.work_ms_between(started, now)
    late = deadlines.is_late(now, due, row.clock, calendar)
    office, person, acting = (seat.office_id, seat.person_id, seat.kind) if seat else (None, None, "")
    sql.execute(
        "UPDATE task SET state = 'done', done_ms = ?, done_by = ?, done_as = ?, done_office = ?, started_ms = ?,"
        " opened_ms = COALESCE(opened_ms, ?), due_ms = ?, waited_ms = ?, worked_ms = ?, late = ?, outcome = ?"
        " WHERE id = ?",
        (now, person, acting, office, started, started, due, waited, worked, late, outcome, row.id),
    )
    told = {"due": due, "late": late, "waited_ms": waited, "worked_ms": worked, "outcome": outcome, **facts}
    entry = {"task": row.id, "element": row.element, "office": office, "person": person, "acting_as": acting}
    held.note("completed", now, facts=told, **entry)


def submit(row: TaskRow, facts: Mapping[str, Any], texts: Mapping[str, Any], now: int) -> None:
    """Keeps what was filled in: choices readable, texts sealed."""
    sql.insert(
        "submission",
        task_id=row.id,
        case_file_id=row.case_id,
        form=row.form,
        facts=orjson.dumps(dict(facts)).decode(),
        sealed=vault.seal(dict(texts), f"submission:{row.id}"),
        at_ms=now,
    )


def texts_of(task_id: int, sealed: str) -> dict[str, Any]:
    """The texts of a submission, opened."""
    return dict(vault.unseal(sealed, f"submission:{task_id}"))


def save(held: Held, steps: Sequence[Progress], now: int, *, done: Iterable[str] = ()) -> None:
    """Writes what the diagram did: state if its revision still holds, tasks, jobs, milestones, the end, the journal.

    `done` are keys whose task rows the verb has closed itself. Raises WorkflowChanged.
    """
    held.tell_path([way for step in steps for way in step.path])
    taken_back = {key for step in steps for key in step.closed} - set(done)
    _forget(held, sorted(taken_back), now)
    for waiting in (opened for step in steps for opened in step.opened):
        offering.offer(held, waiting, now)
    for element, facts in (said for step in steps for said in step.decided):
        held.note("decided", now, element=element.id, facts=facts)
    for element, instance in (passed for step in steps for passed in step.milestones):
        promises.passed(held, element, instance, now)
        recap_closing.reached(held, element, instance or "", now)
    asks = any(opened.kind == "receive" for step in steps for opened in step.opened)
    promises.first_told(held, asks, now)
    facts = promises.facts_of(held) if offering.asks_facts(held) else {}
    offering.classify(held, facts)
    if steps[-1].ended:
        _end(held, "selesai", steps[-1].end_id or "", now)
    else:
        promises.keep(held, now, facts=facts)
        following.follow(held, now)
    write(held)


def write(held: Held) -> None:
    """The state and the journal, together; the loser of a race is told, nothing of theirs is half there."""
    changed = sql.execute(
        "UPDATE workflow SET state = ?, revision = revision + 1 WHERE case_file_id = ? AND revision = ?",
        (held.running.dump(), held.case_id, held.revision),
    )
    if changed.rowcount != 1:
        raise WorkflowChanged(held.case_id)
    note_down(held)


def remember(held: Held, row: TaskRow, account_id: int, now: int) -> None:
    """Keeps the state from before an act, inside its transaction: one row a case, replaced by the next act."""
    text = (
        "INSERT INTO last_act (case_file_id, task, account, revision, state, at_ms) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (case_file_id) DO UPDATE SET task = excluded.task, account = excluded.account,"
        " revision = excluded.revision, state = excluded.state, at_ms = excluded.at_ms"
    )
    sql.execute(text, (held.case_id, row.id, account_id, held.revision + 1, held.blob, now))


def note_down(held: Held) -> None:
    """The journal alone, for verbs that do not move the diagram."""
    journal.append(held.organisation, held.case_id, held.entries)
    held.entries = []


def _forget(held: Held, keys: Sequence[str], now: int) -> None:
    """What the diagram took back: tasks that were interrupted, timers and services that no longer wait."""
    if not keys:
        return
    cancel_tasks(held, keys, now)
    names = [offering.job_name(held.case_id, key) for key in keys]
    sql.execute(
        "UPDATE job SET state = 'cancelled', done_ms = ?"
        f" WHERE state IN ('waiting', 'failed') AND name IN ({sql.marks(names)})",
        [now, *names],
    )


def cancel_tasks(held: Held, keys: Sequence[str], now: int) -> None:
    """The open tasks of these keys (the diagram's names for what waits) are nobody's any more; each is journalled."""
    text = f"SELECT id, element FROM task WHERE case_file_id = ? AND state = 'open' AND key IN ({sql.marks(keys)})"
    for task_id, element in sql.rows(text, [held.case_id, *keys]):
        sql.execute("UPDATE task SET state = 'cancelled', done_ms = ? WHERE id = ?", (now, task_id))
        held.note("cancelled", now, task=task_id, element=element)


def end(held: Held, state: str, outcome: str, now: int) -> None:
    """Ends a case before its diagram does (withdrawal): everything that waits is taken back."""
    held.running.cancel()
    open_ = sql.rows("SELECT key FROM task WHERE case_file_id = ? AND state = 'open'", (held.case_id,))
    _forget(held, [found[0] for found in open_], now)
    sql.execute(
        "UPDATE job SET state = 'cancelled', done_ms = ? WHERE case_file_id = ? AND state IN ('waiting', 'failed')"
        " AND kind IN ('timer', 'service')",
        (now, held.case_id),
    )
    _end(held, state, outcome, now)
    write(held)


def _end(held: Held, state: str, outcome: str, now: int) -> None:
    offering.enter_register(held, now)
    incidents.overtaken(held, now)
    sql.execute("DELETE FROM last_act WHERE case_file_id = ?", (held.case_id,))
    lapsed = promises.lapsed(held)
    sql.execute(
        "UPDATE case_file SET state = ?, outcome = ?, closed_ms = ?, due_ms = NULL, lapsed = ? WHERE id = ?",
        (state, outcome, now, bool(lapsed), held.case_id),
    )
    told = {"state": state, **({"lapsed": lapsed} if lapsed else {})}
    held.note("closed", now, element=outcome, facts=told)
    following.follow(held, now)
    wished.follow(held, now)
