"""What the citizen does with their own case: completing what was asked, withdrawing."""

from collections.abc import Mapping, Sequence
from typing import Any

from db import sql
from db.connect import transaction
from engine import companions, incidents, store
from engine.commands import messages, work
from engine.errors import NotAllowed, NotFound
from engine.held import Held, TaskRow, hold, hold_task
from engine.offices.people import Actor
from forms import Parsed

RATING = "penilaian"
"""The column of a case that holds what its reporter thought of the answer."""


def deliver(task_id: int, *, case_id: int, answers: Mapping[str, Any], now: int, proofs: Sequence[int] = ()) -> bool:
    """The citizen completes what the office asked for; True when the case ended with it.

    `case_id` is the case the citizen opened with number and PIN: a task of another case is NotFound.
    """
    with incidents.guard("deliver", task_id=task_id, answers=answers, now=now), transaction():
        row, held = hold_task(task_id)
        if held.case_id != case_id or row.kind != "receive":
            raise NotFound("task", task_id)
        parsed = work.read_answers(held, row, answers)
        if proofs:
            marks = sql.marks(proofs)
            sql.execute(
                f"UPDATE attachment SET case_file_id = ?, draft = '' WHERE id IN ({marks}) AND case_file_id IS NULL",
                [case_id, *proofs],
            )
        facts = {"proofs": len(proofs), **reply(held, row, parsed)}
        held.note("delivered", now, task=row.id, element=row.element, facts=facts)
        return work.finish(held, row, None, parsed, now)


def reply(held: Held, row: TaskRow, parsed: Parsed) -> dict[str, Any]:
    """What an answer to the office's own answer says, for the journal: `reply`, and `rated`, `reopen` where they are.

    A form replies where it asks for the rating of a case; a box it has to be ticked for is the wish to reopen.
    """
    screen = held.closure.screens.get(row.form)
    fields = screen.fields.values() if screen else ()
    if not any(asked.properties.get("kasus") == RATING for asked in fields):
        return {}
    rated = parsed.case_fields.get(RATING)
    said = {"rated": int(rated)} if rated else {}
    wishes = any(asked.kind == "checkbox" and parsed.data.get(asked.name) for asked in fields)
    return {"reply": True, **said, **({"reopen": True} if wishes else {})}


def withdraw(case_id: int, *, now: int, by: Actor | None = None) -> None:
    """The citizen (or the office for them, `by`) takes the report back; the register keeps it. Refused once closed."""
    with transaction():
        take_back(hold(case_id), now, by)


def take_back(held: Held, now: int, by: Actor | None = None) -> None:
    """The same inside a verb's transaction. Raises NotAllowed once the case is closed."""
    if held.state not in ("berjalan", "insiden"):
        raise NotAllowed("withdraw", "Laporan ini sudah selesai.")
    held.note("withdrawn", now, person=by.person_id if by else None)
    store.end(held, "dicabut", "dicabut", now)
    messages.confirm_withdrawal(held.case_id, now)
    companions.tell_end(held, now, withdrawn=True)
