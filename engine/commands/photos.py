"""Photos of a case that anyone may see: chosen one by one, with what shows people or numbers painted over."""

from collections.abc import Sequence

import orjson

from db import sql
from db.connect import transaction
from db.queries import cases
from engine import store
from engine.errors import FormInvalid, NotAllowed, NotFound, Objection
from engine.files import Store
from engine.held import Held, hold
from engine.offices import people, policy
from engine.offices.people import Actor, Seat
from engine.publishing import publications

MOST = 40
WHOLE = 1000
Box = tuple[int, int, int, int]


def boxes_of(rows: Sequence[Sequence[str]]) -> list[Box]:
    """Boxes as typed: x, y, width and height in thousandths of the photo; empty rows are none. Raises FormInvalid."""
    typed = [[part.strip() for part in row] for row in rows]
    found = [_box(row) for row in typed if any(row)]
    if len(found) > MOST:
        problem = Objection("too_many_boxes", "Paling banyak %(most)s kotak pada satu foto.", {"most": MOST})
        raise FormInvalid({"boxes": [problem]})
    return found


def _box(row: Sequence[str]) -> Box:
    good = len(row) == 4 and all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in row)
    x, y, wide, high = (int(part) for part in row) if good else (0, 0, 0, 0)
    if not (wide and high) or x + wide > WHOLE or y + high > WHOLE:
        words = "Setiap kotak perlu empat bilangan 0 sampai 1000, dan tidak boleh melewati tepi foto."
        raise FormInvalid({"boxes": [Objection("bad_box", words)]})
    return x, y, wide, high


def choose(
    case_id: int, photo: int, boxes: Sequence[Box], kept: Store, *, by: Actor, now: int, nothing: bool = False
) -> None:
    """Lets a photo be seen with the published text, painted over as said; without a box only where there is `nothing`.

    Raises NotFound, NotAllowed, FormInvalid.
    """
    if not boxes and not nothing:
        words = "Tutupi wajah, pelat nomor dan nomor rumah, atau centang bahwa tidak ada yang perlu ditutupi."
        raise FormInvalid({"boxes": [Objection("no_boxes", words)]})
    found = _photo(case_id, photo, by, now)
    sha256, width, height = kept.keep_covered(found, boxes)
    with transaction():
        held, seat = _held(case_id, by, now)
        sql.execute("DELETE FROM publication_photo WHERE attachment_id = ?", (photo,))
        sql.insert(
            "publication_photo",
            case_file_id=case_id,
            attachment_id=photo,
            boxes=orjson.dumps(boxes).decode(),
            content_hash=sha256,
            width=width,
            height=height,
            at_ms=now,
            person=by.person_id,
        )
        _tell(held, seat, "photo_chosen", now, {"attachment": photo, "boxes": len(boxes)})


def hide(case_id: int, photo: int, *, by: Actor, now: int) -> None:
    """Takes a photo off the site again; raises NotFound, NotAllowed."""
    with transaction():
        held, seat = _held(case_id, by, now)
        gone = sql.execute(
            "DELETE FROM publication_photo WHERE attachment_id = ? AND case_file_id = ?", (photo, case_id)
        )
        if gone.rowcount:
            _tell(held, seat, "photo_hidden", now, {"attachment": photo})


def _photo(case_id: int, photo: int, by: Actor, now: int) -> str:
    """The content hash of a clean photo of this case."""
    policy.view(by, case_id, now)
    found = cases.proof(case_id, photo)
    if found is None or found.kind != "photo" or found.state != "clean":
        raise NotFound("attachment", photo)
    return found.content_hash


def _held(case_id: int, by: Actor, now: int) -> tuple[Held, Seat]:
    """The case locked, and the seat by which this person decides what is seen of it."""
    policy.must_work(by, "photo")
    view, held = policy.view(by, case_id, now), hold(case_id)
    seats = people.who_may_act(now, person_id=by.person_id)
    seat = next((one for one in seats if publications.may_change([one], held.organisation)), None)
    if seat is None or not view.texts or not publications.publishes(held.closure):
        raise NotAllowed("photo", "Jabatan Anda tidak berwenang memilih foto yang tayang.")
    return held, seat


def _tell(held: Held, seat: Seat, kind: str, now: int, facts: dict[str, int]) -> None:
    sql.execute("UPDATE publication SET changed_ms = ? WHERE case_file_id = ?", (now, held.case_id))
    held.note(kind, now, office=seat.office_id, person=seat.person_id, acting_as=seat.kind, facts=facts)
    store.note_down(held)
