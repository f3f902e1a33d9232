"""Files that staff lay with the act they belong to: a scan, a photo, notulen; taken back only before it is done."""

from db import sql
from db.connect import transaction
from engine import store
from engine.errors import NotFound
from engine.files import FileRefused
from engine.held import Held, TaskRow, hold_task
from engine.offices import policy
from engine.offices.people import Actor, Seat

MOST = 20


def shelf(task_id: int, by: Actor) -> str:
    """Where files lie that were checked and are not yet with their task."""
    return f"petugas:{task_id}:{by.account_id}"


def attach(task_id: int, *, by: Actor, now: int) -> int:
    """Lays what is on this person's shelf with a task they may act on; gives how many files.

    Raises NotFound, TaskAlreadyDone, NotAllowed, FileRefused when the task has more than its measure.
    """
    with transaction():
        row, held = hold_task(task_id)
        seat = policy.may_act(by, row.office_id, row.claimed_by, now, verb="attach")
        name = shelf(task_id, by)
        waiting = (
            "SELECT id, name FROM attachment WHERE draft = ? AND case_file_id IS NULL AND state = 'clean' ORDER BY id"
        )
        found = sql.rows(waiting, (name,))
        _refuse_full(task_id, found)
        for file, _ in found:
            sql.execute(
                "UPDATE attachment SET case_file_id = ?, draft = '', task = ?, added_by = ?, source = 'petugas'"
                " WHERE id = ?",
                (held.case_id, task_id, by.person_id, file),
            )
        sql.execute("DELETE FROM draft WHERE name = ?", (name,))
        if found:
            _tell(held, row, seat, "attached", now, [file for file, _ in found])
        return len(found)


def _refuse_full(task_id: int, found: list[sql.Row]) -> None:
    lying = int(sql.value("SELECT COUNT(*) FROM attachment WHERE task = ?", (task_id,)))
    if found and lying + len(found) > MOST:
        raise FileRefused(str(found[-1][1]), "too_many", max=MOST)


def detach(task_id: int, file_id: int, *, by: Actor, now: int) -> None:
    """Takes a file away from a task that is not done yet; raises NotFound for a file of another task."""
    with transaction():
        row, held = hold_task(task_id)
        seat = policy.may_act(by, row.office_id, row.claimed_by, now, verb="detach")
        gone = sql.execute("DELETE FROM attachment WHERE id = ? AND task = ?", (file_id, task_id))
        if not gone.rowcount:
            raise NotFound("attachment", file_id)
        _tell(held, row, seat, "detached", now, [file_id])


def _tell(held: Held, row: TaskRow, seat: Seat, kind: str, now: int, files: list[int]) -> None:
    who = {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}
    held.note(kind, now, task=row.id, element=row.element, **who, facts={"files": files})
    store.note_down(held)
