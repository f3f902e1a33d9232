"""What the office does with what is published: correct it, take it down (Perwali 14/2016 Pasal 10 ayat (3) huruf c)."""

from dataclasses import dataclass

from db.connect import transaction
from db.queries import published as questions
from db.queries.published import Item
from engine import store
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound, Objection
from engine.held import Held, hold
from engine.offices import people, policy
from engine.offices.people import Actor, Seat
from engine.publishing import publications
from forms import values

LONGEST = {"title": 120, "text": 10_000, "answer": 10_000}


@dataclass(frozen=True)
class Texts:
    """What anyone reads of a complaint; an answer that was not published stays empty."""

    title: str
    text: str
    answer: str = ""


def correct(public_id: str, texts: Texts, reason: str, *, by: Actor, now: int, confirmed: str = "") -> int:
    """Puts other texts in place of the published ones; the old ones stay in the versions. Gives the version's number.

    `confirmed` is why something may stay that seems to tell who somebody is. Raises NotFound, NotAllowed, FormInvalid.
    """
    with transaction():
        item, held, seat = _held(public_id, "ralat", by, now)
        texts = Texts(values.line(texts.title), values.lines(texts.text), values.lines(texts.answer))
        _must_say_why(reason)
        _whole(item, texts)
        fields = {"title": texts.title, "text": texts.text, "answer": texts.answer}
        passed = publications.refuse(fields, publications.known(held.case_id), confirmed)
        if (item.title, item.text, item.answer) == (texts.title, texts.text, texts.answer):
            raise FormInvalid({"text": [Objection("nothing_changed", "Belum ada yang diubah.")]})
        publications.put(item.id, {**fields, "corrected_ms": now}, now)
        version = publications.keep(item.id, "ralat", seat, now, reason)
        _tell(held, "corrected", seat, now, {"version": version, "confirmed": bool(passed)})
        return version


def take_down(public_id: str, reason: str, *, by: Actor, now: int) -> None:
    """Takes a complaint off the site: its address says so from then on. Raises NotFound, NotAllowed, FormInvalid."""
    with transaction():
        item, held, seat = _held(public_id, "tarik", by, now)
        _must_say_why(reason)
        version = publications.keep(item.id, "tarik", seat, now, reason)
        publications.take_down(item.id, now)
        _tell(held, "taken_down", seat, now, {"version": version})


def _held(public_id: str, act: str, by: Actor, now: int) -> tuple[Item, Held, Seat]:
    """A published item with its case locked, and the seat by which this person may do this."""
    item = questions.one(public_id)
    if item is None or item.organisation_id != policy.organisation_of(by):
        raise NotFound("publication", public_id)
    policy.must_work(by, act)
    seats = people.who_may_act(now, person_id=by.person_id)
    seat = next((one for one in seats if act in publications.may_change([one], item.organisation_id)), None)
    if seat is None:
        raise NotAllowed(act, "Jabatan Anda tidak berwenang mengubah yang tayang.")
    held = hold(questions.case_of(item.id))
    now_there = questions.one(public_id)  # as it stands once the case is ours: an answer may have come meanwhile
    if now_there is None or now_there.state != "tayang":
        raise Conflict("no longer published")
    return now_there, held, seat


def _must_say_why(reason: str) -> None:
    if not reason.strip():
        raise FormInvalid({"reason": [Objection("reason_wanted", "Tulis alasannya.")]})


def _whole(item: Item, texts: Texts) -> None:
    problems = {}
    for name, most in LONGEST.items():
        given = getattr(texts, name)
        if not given.strip() and (name != "answer" or item.answer):
            problems[name] = [Objection("empty", "Isi bagian ini.")]
        elif len(given) > most:
            problems[name] = [Objection("too_long", "Paling panjang %(most)s huruf.", {"most": most})]
    if texts.answer.strip() and not item.answer:
        problems["answer"] = [Objection("not_published", "Jawaban belum tayang; jawaban tayang lewat tugas Redaktur.")]
    if problems:
        raise FormInvalid(problems)


def _tell(held: Held, kind: str, seat: Seat, now: int, facts: dict[str, object]) -> None:
    held.note(kind, now, office=seat.office_id, person=seat.person_id, acting_as=seat.kind, facts=facts)
    store.note_down(held)
