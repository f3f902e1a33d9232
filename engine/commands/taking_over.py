"""Ambil alih: a superior office takes an open task of an office below it, with a reason."""

from db import sql
from db.connect import transaction
from engine import store
from engine.commands import talk
from engine.commands.work import begin
from engine.errors import FormInvalid, NotAllowed, Objection
from engine.held import hold_task
from engine.offices import notices, people, policy
from engine.offices.people import Actor, Seat

LONGEST = 1_000

_ABOVE = """
WITH RECURSIVE above(id) AS (
  SELECT superior_id FROM office WHERE id = ? AND superior_id IS NOT NULL
  UNION SELECT o.superior_id FROM above a JOIN office o ON o.id = a.id WHERE o.superior_id IS NOT NULL
) SELECT id FROM above
"""


def superior_seat(by: Actor, office_id: int | None, now: int) -> Seat | None:
    """The seat by which someone stands above that office, if any."""
    above = {int(found[0]) for found in sql.rows(_ABOVE, (office_id,))}
    held = people.who_may_act(now, person_id=by.person_id) if above else []
    return next((seat for seat in held if seat.office_id in above), None)


def take_over(task_id: int, *, by: Actor, reason: str, now: int) -> None:
    """Takes an open task to a superior office: theirs to do now, its clock and its form as they were.

    The reason stands in the talk of the case. Raises NotFound, TaskAlreadyDone, NotAllowed, FormInvalid (`alasan`).
    """
    with transaction():
        row, held = hold_task(task_id)
        view = policy.view(by, held.case_id, now)
        seat = superior_seat(by, row.office_id, now)
        if not view.texts or row.kind != "user" or seat is None:
            raise NotAllowed("take over", "Hanya atasan jabatan itu yang dapat mengambil alih tugasnya.")
        why = reason_of(reason)
        before = [found.person_id for found in people.who_may_act(now, office_id=row.office_id)]
        begin(held, row, now)
        sql.execute(
            "UPDATE task SET taken_from = COALESCE(taken_from, office_id), office_id = ?, claimed_by = ?,"
            " claimed_ms = ? WHERE id = ?",
            (seat.office_id, by.account_id, now, row.id),
        )
        said = talk.write(held, seat, by, why, now, task=row.id)
        name = sql.value("SELECT name FROM office WHERE id = ?", (row.office_id,))
        facts = {"from": row.office_id, "from_name": name, "comment": said}
        who = {"office": seat.office_id, "person": by.person_id, "acting_as": seat.kind}
        held.note("taken_over", now, task=row.id, element=row.element, **who, facts=facts)
        told = [person for person in before if person != by.person_id]
        notices.tell(told, "diambil-alih", f"{row.id}.{seat.office_id}", now, case=held.case_id, task=row.id)
        store.note_down(held)


def reason_of(text: str) -> str:
    """A reason that was given; raises FormInvalid (`alasan`)."""
    if not text.strip():
        raise FormInvalid({"alasan": [Objection("empty", "Tulis alasannya.")]})
    if len(text) > LONGEST:
        raise FormInvalid({"alasan": [Objection("too_long", "Paling banyak %(most)s huruf.", {"most": LONGEST})]})
    return text
