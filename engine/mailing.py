"""Mail that no diagram draws: receipts to the reporter, reminders to staff. Written as a `mail` job with its act."""

from collections.abc import Mapping
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from engine import errands, store
from engine.errands import ATTEMPTS, Call, Due, Handler, NotNow, Undeliverable, told
from engine.held import hold
from engine.offices import notices, people


def order(
    name: str,
    message: str,
    now: int,
    *,
    due: int | None = None,
    case: int | None = None,
    organisation: int,
    **facts: Any,
) -> None:
    """Inside a verb's transaction: this mail is to leave once, under this name; the same name again is the same mail.

    `facts` are ids (account, office, tasks, instance, reporter), never words about anyone.
    """
    payload = orjson.dumps({"message": message, **facts}).decode()
    sql.execute(
        "INSERT INTO job (name, kind, payload, case_file_id, organisation, state, due_ms, attempts, lease_ms, error,"
        " created_ms) VALUES (?, 'mail', ?, ?, ?, 'waiting', ?, 0, 0, '', ?) ON CONFLICT DO NOTHING",
        (name, payload, case, organisation, now if due is None else due, now),
    )


def post(job: Due, handlers: Mapping[str, Handler], now: int) -> None:
    """Sends one; refused for good it waits for a person on the outbox page, and staff of its case are told."""
    wanted = job.payload
    instance, message = str(wanted.get("instance", "")), str(wanted["message"])
    call = Call(job.name, int(job.case_id or 0), "", "surel", instance, message, now, wanted)
    try:
        handler = handlers.get("surel")
        if handler is None:
            raise Undeliverable("pengiriman surel belum diatur di pemasangan ini")
        result = dict(handler(call))
    except Undeliverable as refused:
        _end(job, message, {"delivered": False, "reason": refused.reason}, now)
    except NotNow as closed:
        errands.put_off(job, closed.until, "", counts=False)
    except Exception as trouble:  # the network, the disk: later again, others go on
        if job.attempts >= ATTEMPTS:
            _end(job, message, {"delivered": False, "reason": told(trouble)}, now)
        else:
            errands.put_off(job, now + errands.pause(job.attempts), told(trouble))
    else:
        _end(job, message, result, now)


def _end(job: Due, message: str, result: Mapping[str, Any], now: int) -> None:
    """Done, failed, or not needed any more (`needless`): the job, and what its case's journal tells of it."""
    needless, reason = str(result.get("needless", "")), str(result.get("reason", ""))
    with transaction():
        held = hold(job.case_id) if job.case_id and "account" not in job.payload else None
        state = "failed" if reason else "cancelled" if needless else "done"
        if not errands.mine(job, state, now, reason or needless) or held is None:
            return
        facts = {"message": message, "delivered": not reason, **({"reason": reason} if reason else {})}
        if result.get("by") == "sms":
            facts["by"] = "sms"
        held.note("mailed", now, facts=facts)
        store.note_down(held)
        if reason:
            undelivered(held.case_id, job.id, message, now)


_LAST_OFFICE = """
SELECT COALESCE((SELECT t.done_office FROM task t WHERE t.case_file_id = ? AND t.done_office IS NOT NULL
    ORDER BY t.done_ms DESC LIMIT 1),
  (SELECT t.office_id FROM task t WHERE t.case_file_id = ? AND t.office_id IS NOT NULL ORDER BY t.id LIMIT 1))
"""


def undelivered(case_id: int, job_id: int, message: str, now: int) -> None:
    """A message has not reached the reporter: told to whoever holds the office that acted last in the case."""
    office = sql.value(_LAST_OFFICE, (case_id, case_id))
    if office is None:
        return
    holders = [seat.person_id for seat in people.who_may_act(now, office_id=int(office))]
    facts = {"message": message, "office": int(office)}
    notices.tell(holders, "surel_gagal", job_id, now, case=case_id, facts=facts)
