"""Tembusan: an office that handles a case gives another one a copy; that office may then read it."""

from db import sql
from db.connect import transaction
from db.queries import talk
from engine import store
from engine.errors import FormInvalid, NotAllowed, Objection
from engine.held import hold
from engine.offices import notices, people, policy
from engine.offices.people import Actor


def give_copy(case_id: int, office_id: int, *, by: Actor, now: int, confirmed: bool = False) -> int:
    """Gives an office of the same organisation a copy, and tells its holders; a secret case wants `confirmed`.

    Raises NotFound, NotAllowed, FormInvalid (`jabatan`, `yakin`).
    """
    with transaction():
        view = policy.view(by, case_id, now)
        held = hold(case_id)
        if not view.handles:
            raise NotAllowed("copy", "Tembusan hanya diberikan oleh jabatan yang menangani berkas ini.")
        offered = dict(talk.copyable(case_id, held.organisation))
        if office_id not in offered:
            problem = Objection("not_offered", "Pilih jabatan yang belum menerima berkas ini.")
            raise FormInvalid({"jabatan": [problem]})
        if view.secret and not confirmed:
            sure = Objection("not_sure", "Berkas ini rahasia: centang bahwa jabatan itu memang perlu mengetahuinya.")
            raise FormInvalid({"yakin": [sure]})
        task = sql.value("SELECT MAX(id) FROM task WHERE case_file_id = ? AND state = 'open'", (case_id,))
        seat = view.seats[0]
        values = {"case_file_id": case_id, "office_id": office_id, "given_by": by.person_id, "task": task}
        made = sql.insert("tembusan", **values, at_ms=now)
        holders = [found.person_id for found in people.who_may_act(now, office_id=office_id)]
        notices.tell(holders, "tembusan", made, now, case=case_id)
        facts = {"to": office_id, "to_name": offered[office_id]}
        who = {"office": seat.office_id, "person": by.person_id, "acting_as": seat.kind}
        held.note("copied", now, **who, facts=facts)
        store.note_down(held)
        return made


def read_copy(case_id: int, *, by: Actor, now: int) -> bool:
    """A holder of an office that was given a copy has opened it; True the first time."""
    with transaction():
        held = hold(case_id)
        seats = {seat.office_id: seat for seat in people.who_may_act(now, person_id=by.person_id)}
        marks = sql.marks(seats) or "NULL"
        unread = sql.rows(
            f"SELECT id, office_id FROM tembusan WHERE case_file_id = ? AND read_ms IS NULL AND office_id IN ({marks})",
            [case_id, *seats],
        )
        for copy, office in unread:
            sql.execute("UPDATE tembusan SET read_ms = ?, read_by = ? WHERE id = ?", (now, by.person_id, copy))
            who = {"office": office, "person": by.person_id, "acting_as": seats[office].kind}
            held.note("copy_read", now, **who)
        notices.seen(by.person_id, "tembusan", case_id, now)
        store.note_down(held)
        return bool(unread)
