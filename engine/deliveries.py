"""The buku ekspedisi: what is handed out to an office gets a line, and whoever takes it in signs for it.

An element with the property `buku.ekspedisi` = `ya` is handed out: its task, offered, writes the line, and the first
look or claim by its office is the receipt. A receipt on paper may be written down instead.
"""

from typing import Any

from db import sql
from engine import counters
from engine.diagrams.catalog import Element
from engine.errors import Conflict, FormInvalid, NotFound, Objection
from engine.held import Held
from engine.offices.people import Seat

PROPERTY = "buku.ekspedisi"
YES = "ya"


def hands_out(element: Element) -> bool:
    """Whether a task of this element is handed out by the book."""
    return element.props.get(PROPERTY) == YES


def send(held: Held, element: Element, task: int, office: int, now: int) -> None:
    """A new line, inside a verb's transaction: numbered by year without gap or repeat."""
    year = counters.year_at(held.calendar.tz, now)
    number = counters.next_number(held.organisation, f"delivery:{year}")
    by = next((e.person for e in reversed(held.entries) if e.person is not None), None)
    columns: dict[str, Any] = {"task_id": task, "office_id": office, "sent_ms": now, "sent_by": by, "receiver": ""}
    sql.insert(
        "delivery", organisation_id=held.organisation, year=year, number=number, case_file_id=held.case_id, **columns
    )
    facts = {"year": year, "number": number}
    held.note("handed_out", now, task=task, element=element.id, office=office, facts=facts)


def taken_in(held: Held, element: Element, task: int, seat: Seat, now: int) -> None:
    """The office has looked at what was handed out: that is its receipt, the first time."""
    if not hands_out(element):
        return
    text = "UPDATE delivery SET received_ms = ?, received_by = ? WHERE task_id = ? AND received_ms IS NULL"
    if sql.execute(text, (now, seat.person_id, task)).rowcount:
        as_what = {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}
        held.note("taken_in", now, task=task, element=element.id, **as_what)


def signed_on_paper(held: Held, delivery: int, receiver: str, seat: Seat, now: int) -> None:
    """Someone signed for it on paper. Raises FormInvalid without a name, Conflict when it was received before."""
    name = receiver.strip()
    if not name:
        raise FormInvalid({"receiver": [Objection("required", "Isi nama penerima.")]})
    found = sql.row("SELECT task_id, received_ms FROM delivery WHERE id = ?", (delivery,))
    if found is None:
        raise NotFound("delivery", delivery)
    if found[1] is not None:
        raise Conflict("delivery", delivery)
    sql.execute("UPDATE delivery SET received_ms = ?, receiver = ? WHERE id = ?", (now, name[:200], delivery))
    as_what = {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}
    held.note("taken_in", now, task=found[0], facts={"paper": True}, **as_what)
