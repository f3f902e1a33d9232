"""What colleagues tell each other about a case: kept for good, told to whom they name, never a part of the answer."""

from collections.abc import Collection

from db import sql
from db.connect import transaction
from db.queries import talk
from engine import remarks, store
from engine.errors import FormInvalid, NotAllowed, NotFound, Objection
from engine.held import Held, hold
from engine.offices import notices, policy
from engine.offices.people import Actor, Seat
from engine.offices.policy import View

LONGEST_REMARK = 4_000
MOST_NAMED = 20
AGAIN_MS = 60_000
"""The same words to the same people within it: a button that was pressed twice."""


def comment(
    case_id: int, *, by: Actor, text: str, mentions: Collection[int] = (), now: int, task: int | None = None
) -> int:
    """Adds a remark and gives its id; `mentions` are people who may see the case already (`may_be_named`).

    Raises NotFound, NotAllowed for who only reads times, FormInvalid (`teks`, `sebut`).
    """
    with transaction():
        view = policy.view(by, case_id, now)
        held = hold(case_id)
        if not view.texts:
            raise NotAllowed("comment", "Anda melihat waktu berkas ini, tanpa isinya.")
        _refuse(text, mentions, view, now)
        if (
            task is not None
            and sql.row("SELECT 1 FROM task WHERE id = ? AND case_file_id = ?", (task, case_id)) is None
        ):
            raise NotFound("task", task)
        said = _just_said(case_id, by, text, mentions, now)
        if said is not None:
            return said
        made = write(held, seat_in(view), by, text, now, task=task, mentions=mentions)
        store.note_down(held)
        return made


def _just_said(case_id: int, by: Actor, text: str, mentions: Collection[int], now: int) -> int | None:
    """This person's last remark here, where it was made a moment ago and is this very one."""
    last = "SELECT id, sealed FROM comment WHERE case_file_id = ? AND account_id = ? AND at_ms > ? ORDER BY id DESC"
    found = sql.row(f"{last} LIMIT 1", (case_id, by.account_id, now - AGAIN_MS))
    if found is None or remarks.text(case_id, str(found[1])) != text.strip():
        return None
    named = {int(row[0]) for row in sql.rows("SELECT person_id FROM mention WHERE comment_id = ?", (found[0],))}
    return int(found[0]) if named == set(mentions) else None


def _refuse(text: str, mentions: Collection[int], view: View, now: int) -> None:
    if not text.strip():
        raise FormInvalid({"teks": [Objection("empty", "Tulis dulu apa yang ingin Anda sampaikan.")]})
    if len(text) > LONGEST_REMARK:
        too_long = Objection("too_long", "Paling banyak %(most)s huruf.", {"most": LONGEST_REMARK})
        raise FormInvalid({"teks": [too_long]})
    known = {person.id for person in talk.may_be_named(view, now)}
    if not known.issuperset(mentions):
        problem = Objection("not_offered", "Hanya rekan yang boleh melihat berkas ini yang dapat disebut.")
        raise FormInvalid({"sebut": [problem]})
    if len(mentions) > MOST_NAMED:
        most = Objection("too_many", "Paling banyak %(most)s orang sekaligus.", {"most": MOST_NAMED})
        raise FormInvalid({"sebut": [most]})


def write(
    held: Held, seat: Seat | None, by: Actor, text: str, now: int, *, task: int | None, mentions: Collection[int] = ()
) -> int:
    """The remark itself, inside a verb: sealed; the journal keeps its number and who was named."""
    made = sql.insert(
        "comment",
        case_file_id=held.case_id,
        task=task,
        account_id=by.account_id,
        office=seat.office_id if seat else None,
        sealed=remarks.seal(held.case_id, text),
        at_ms=now,
    )
    for person in sorted(set(mentions)):
        sql.insert("mention", comment_id=made, person_id=person)
    named = [person for person in mentions if person != by.person_id]
    notices.tell(named, "disebut", made, now, case=held.case_id, task=task)
    facts = {"comment": made, "mentions": sorted(set(mentions))}
    office, acting = (seat.office_id, seat.kind) if seat else (None, "")
    held.note("commented", now, task=task, office=office, person=by.person_id, acting_as=acting, facts=facts)
    return made


def seat_in(view: View) -> Seat | None:
    """As what someone speaks in a case: their first office."""
    return view.seats[0] if view.seats else None


def read_mentions(case_id: int, *, by: Actor, now: int) -> bool:
    """Who was named has opened the talk of the case; True when something was new to them."""
    unseen = "SELECT id FROM comment WHERE case_file_id = ?"
    with transaction():
        changed = sql.execute(
            f"UPDATE mention SET seen_ms = ? WHERE person_id = ? AND seen_ms IS NULL AND comment_id IN ({unseen})",
            (now, by.person_id, case_id),
        )
        notices.seen(by.person_id, "disebut", case_id, now)
        return bool(changed.rowcount)
