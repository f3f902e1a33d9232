"""Someone brought a sheet to an office and it was signed for on paper: the line of the book says so."""

from db.connect import transaction
from db.queries import expedition
from engine import deliveries, store
from engine.errors import NotAllowed, NotFound
from engine.held import hold
from engine.offices import people
from engine.offices.people import Actor
from engine.papers import books


def receive_on_paper(delivery: int, receiver: str, *, by: Actor, now: int) -> None:
    """Writes down who signed for it. For offices that keep the books; raises what `deliveries.signed_on_paper` does."""
    organisation = books.may_read(by, now)
    case = expedition.case_of(organisation, delivery)
    if case is None:
        raise NotFound("delivery", delivery)
    seats = [s for s in people.who_may_act(now, person_id=by.person_id) if s.organisation_id == organisation]
    if not seats:
        raise NotAllowed("receive", "Anda tidak memegang jabatan pada saat ini.")
    with transaction():
        held = hold(case)
        deliveries.signed_on_paper(held, delivery, receiver, seats[0], now)
        store.note_down(held)
