"""Tarik kembali: who did the last act of a case takes it back while nobody has opened what came of it."""

from typing import Any

import orjson

from db import sql
from db.connect import transaction
from db.queries.steps import RECALLED
from engine import offering, promises, store
from engine.clocks import measures
from engine.commands import talk
from engine.commands.taking_over import reason_of
from engine.commands.work import keep_draft
from engine.errors import NotAllowed, ProcessBroken
from engine.held import Held, TaskRow, hold, task
from engine.offices import policy
from engine.offices.people import Actor, Seat
from engine.publishing import publications
from engine.recaps import recap_closing
from engine.runtime import Running

_LAST = "SELECT task, account, revision, state FROM last_act WHERE case_file_id = ?"


def recall(task_id: int, *, by: Actor, reason: str, now: int) -> int:
    """Undoes the last act of a case as if it had not been; gives the id of the task that is offered again.

    What was answered comes back as a draft, numbers taken in books stay, the journal keeps the act and its recall.
    Raises NotFound, NotAllowed with the reason why it is too late, FormInvalid (`alasan`).
    """
    try:
        return _recall(task_id, by, reason, now)
    except ProcessBroken as broken:
        sentence = "Berkas ini belum dapat dikembalikan ke langkah sebelumnya; mintalah administrator memeriksanya."
        raise NotAllowed("recall", sentence) from broken


def _recall(task_id: int, by: Actor, reason: str, now: int) -> int:
    with transaction():
        row = task(task_id)
        held = hold(row.case_id)
        seat, before = _may(held, row, by, now)
        why = reason_of(reason)
        after, held.running = held.running, Running.restore(held.closure.diagram, before)
        came = _keys(after) - _keys(held.running)
        _untouched(held, came, now)
        said = talk.write(held, seat, by, why, now, task=row.id)
        who = {"office": seat.office_id, "person": by.person_id, "acting_as": seat.kind}
        held.note("recalled", now, task=row.id, element=row.element, **who, facts={"comment": said})
        _take_back(held, sorted(came), now)
        publications.recalled(held, held.closure.diagram.elements[row.element], now)
        sql.execute("UPDATE task SET outcome = ? WHERE id = ?", (RECALLED, row.id))
        measures.forget(held.organisation, held.closure.process, row.done_ms or now)
        _unreach(held, row, now)
        promises.unmove(held, _told_at(held, row), now)
        _offer_again(held, _keys(held.running) - _keys(after), now)
        again = _resume(held, row, by, now)
        sql.execute("DELETE FROM last_act WHERE case_file_id = ?", (held.case_id,))
        promises.keep(held, now)
        store.write(held)
        return again


def _may(held: Held, row: TaskRow, by: Actor, now: int) -> tuple[Seat, bytes]:
    """As what this person takes the act back, and the state before it."""
    if held.state != "berjalan":
        raise NotAllowed(
            "recall", "Berkas ini sudah selesai atau sedang terhenti; tidak ada yang dapat ditarik kembali."
        )
    found = sql.row(_LAST, (held.case_id,))
    if found is None or found[0] != row.id or found[2] != held.revision:
        raise NotAllowed("recall", "Sesudah itu sudah terjadi hal lain dalam berkas ini; tidak dapat ditarik kembali.")
    if found[1] != by.account_id:
        raise NotAllowed("recall", "Hanya orang yang mengerjakannya yang dapat menariknya kembali.")
    return policy.may_act(by, row.office_id, None, now, verb="recall"), bytes(found[3])


def _keys(running: Running) -> set[str]:
    return {waiting.key for waiting in running.waiting}


def _untouched(held: Held, keys: set[str], now: int) -> None:
    """What came of an act: nobody has opened or claimed it, and nothing of it is on its way out."""
    if not keys:
        return
    text = (
        f"SELECT 1 FROM task WHERE case_file_id = ? AND state = 'open' AND key IN ({sql.marks(keys)})"
        " AND (opened_ms IS NOT NULL OR claimed_by IS NOT NULL)"
    )
    if sql.row(text, [held.case_id, *keys]):
        raise NotAllowed("recall", "Tugas berikutnya sudah dibuka; minta penerimanya mengembalikannya.")
    names = [offering.job_name(held.case_id, key) for key in keys]
    leased = f"SELECT 1 FROM job WHERE name IN ({sql.marks(names)}) AND state = 'waiting' AND lease_ms > ?"
    if sql.row(leased, [*names, now]):
        raise NotAllowed("recall", "Kabar kepada pelapor sedang dikirim; tidak dapat ditarik kembali.")


def _take_back(held: Held, keys: list[str], now: int) -> None:
    """Tasks that came of the act are cancelled; its jobs too, under a name that the redone act does not need."""
    if not keys:
        return
    store.cancel_tasks(held, keys, now)
    names = [offering.job_name(held.case_id, key) for key in keys]
    sql.execute(
        f"UPDATE job SET state = 'cancelled', name = name || ':' || id WHERE state IN ('waiting', 'failed')"
        f" AND name IN ({sql.marks(names)})",
        names,
    )


def _unreach(held: Held, row: TaskRow, now: int) -> None:
    """Milestones the act had reached are ahead again."""
    reached = "SELECT element FROM journal WHERE chain = ? AND seq > ? AND kind = 'milestone' ORDER BY seq"
    for (element,) in sql.rows(reached, (f"case:{held.case_id}", _told_at(held, row))):
        held.note("unreached", now, element=element)
        recap_closing.taken_back(held, element, row.instance, now)
        promises.taken_back(held)


def _told_at(held: Held, row: TaskRow) -> int:
    """Where in the case's journal the act stands; what it led to comes after it."""
    text = "SELECT seq FROM journal WHERE chain = ? AND kind = 'completed' AND task = ? ORDER BY seq DESC LIMIT 1"
    return int(sql.value(text, (f"case:{held.case_id}", row.id)) or 0)


def _offer_again(held: Held, keys: set[str], now: int) -> None:
    """What the act had done or interrupted waits again: people by new tasks, timers with the time they had."""
    for waiting in held.running.waiting:
        if waiting.key not in keys:
            continue
        name = offering.job_name(held.case_id, waiting.key)
        revived = (
            "UPDATE job SET state = 'waiting', done_ms = NULL, lease_ms = 0 WHERE name = ? AND state = 'cancelled'"
        )
        if waiting.kind in ("user", "receive") or not sql.execute(revived, (name,)).rowcount:
            offering.offer(held, waiting, now)
            _keep_clock(held, waiting.key)


def _keep_clock(held: Held, key: str) -> None:
    """The task offered again under the same key has the limit of the one before: a recall wins no time."""
    text = (
        "SELECT office_id, due_ms, norm_ms, started_ms, taken_from, returned FROM task"
        " WHERE case_file_id = ? AND key = ? AND state <> 'open' ORDER BY id DESC LIMIT 1"
    )
    found = sql.row(text, (held.case_id, key))
    if found:
        sql.execute(
            "UPDATE task SET office_id = ?, due_ms = ?, norm_ms = ?, taken_from = ?, returned = ?"
            " WHERE case_file_id = ? AND key = ? AND state = 'open'",
            (found[0], found[1], found[2], found[4], found[5], held.case_id, key),
        )


def _resume(held: Held, row: TaskRow, by: Actor, now: int) -> int:
    """Whoever took it back is at work on it again, with what they had answered."""
    text = "SELECT id FROM task WHERE case_file_id = ? AND key = ? AND state = 'open'"
    again = int(sql.value(text, (held.case_id, row.key)))
    sql.execute("UPDATE task SET opened_ms = ?, started_ms = ? WHERE id = ?", (now, now, again))
    keep_draft(f"task:{again}:{by.account_id}", _answers(row), now)
    return again


def _answers(row: TaskRow) -> dict[str, Any]:
    """What had been filled in, as a form takes it."""
    found = sql.row("SELECT facts, sealed FROM submission WHERE task_id = ?", (row.id,))
    if found is None:
        return {}
    return {**orjson.loads(found[0]), **store.texts_of(row.id, str(found[1]))}
