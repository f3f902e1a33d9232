"""What becomes of a change of a list that another office must agree to: put in force, refused, taken back."""

from typing import Any

import orjson

from db import sql
from db.connect import transaction
from engine import journal
from engine.commands import lists
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound, Objection
from engine.offices import approvals, notices, people, policy
from engine.offices.people import Actor, Seat

REASON = 500


def decide_list_change(proposal: int, agreed: bool, *, reason: str = "", by: Actor, now: int) -> None:
    """The office named for the list agrees (the change is in force) or refuses with a reason.

    Raises NotFound, NotAllowed, Conflict once decided, FormInvalid when the list no longer takes the change.
    """
    policy.must_work(by, "decide_list_change")
    with transaction():
        held = _hold(proposal, by)
        seats = people.who_may_act(now, person_id=by.person_id)
        seat = approvals.seat_for(held["organisation"], held["list"], seats)
        if seat is None:
            raise NotAllowed(
                "decide_list_change", "Hanya jabatan yang ditetapkan dapat menyetujui perubahan daftar ini."
            )
        if agreed:
            lists.put_in_force(held["organisation"], held["list"], held["act"], held["facts"], by, now)
        elif not reason.strip() or len(reason) > REASON:
            raise FormInvalid({"reason": [Objection("required", "Tulis alasannya, paling panjang 500 huruf.")]})
        _decide(held, "disahkan" if agreed else "ditolak", seat, reason, now)


def withdraw_list_change(proposal: int, *, by: Actor, now: int) -> None:
    """Whoever proposed takes it back. Raises NotFound, NotAllowed, Conflict."""
    policy.must_have(by, "admin", "withdraw_list_change")
    with transaction():
        held = _hold(proposal, by)
        _decide(held, "dicabut", None, "", now, by=by)


def _hold(proposal: int, by: Actor) -> dict[str, Any]:
    text = "SELECT id, organisation_id, list, act, facts, state, made_by FROM choice_proposal WHERE id = ?"
    found = sql.row(text + sql.for_update(), (proposal,))
    if found is None or found[1] != policy.organisation_of(by):
        raise NotFound("list change", proposal)
    held = dict(zip(("id", "organisation", "list", "act", "facts", "state", "made_by"), found, strict=True))
    if held["state"] != "diajukan":
        raise Conflict("Usul ini sudah diputuskan.")
    return held | {"facts": orjson.loads(held["facts"])}


def _decide(
    held: dict[str, Any], state: str, seat: Seat | None, reason: str, now: int, *, by: Actor | None = None
) -> None:
    person = seat.person_id if seat else by.person_id if by else None
    office = seat.office_id if seat else None
    sql.execute(
        "UPDATE choice_proposal SET state = ?, decided_by = ?, decided_office = ?, decided_ms = ?, reason = ?"
        " WHERE id = ?",
        (state, person, office, now, reason.strip(), held["id"]),
    )
    facts = {"list": held["list"], "proposal": held["id"], "state": state}
    acting = seat.kind if seat else ""
    entry = journal.Entry("choice_decided", now, office=office, person=person, acting_as=acting, facts=facts)
    journal.append(held["organisation"], None, [entry])
    if seat is not None:
        notices.tell([held["made_by"]], "daftar-putus", held["id"], now, facts={"name": held["list"]})
