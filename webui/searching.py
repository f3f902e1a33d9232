"""What is typed into a search field, as the search of the engine wants it."""

from dataclasses import dataclass
from typing import Any

from flask import request

from db.queries.finding import Sight
from db.queries.overdue import Moment
from db.queries.search import Wanted
from engine import search
from engine.offices import settings
from engine.offices.people import Seat
from webui.clock import now_ms
from webui.doors import me

LONGEST = 100


def typed() -> str:
    """What stands in the search field, tidied."""
    return " ".join(request.args.get("cari", "").split())[:LONGEST]


@dataclass(frozen=True)
class Reach:
    """How far a person's search reaches: the cases they may list, and whether names of reporters are theirs to know."""

    sight: Sight
    names: bool


def reach(seats: list[Seat]) -> Reach:
    """What `policy.view` decides for one case, as a condition over all of them."""
    organisation = me().organisation_id
    mine = [seat for seat in seats if seat.organisation_id == organisation]
    roles = {name for seat in mine for name in (seat.role, seat.code)}
    wide, known = settings.several(organisation, "sees_all", "sees_identity")
    offices = tuple(seat.office_id for seat in mine)
    at = Moment.of(now_ms(), me().timezone)
    sight = Sight(organisation, offices, bool(roles & set(wide)), "auditor" in me().actor.powers, at)
    return Reach(sight, bool(roles & set(known)))


def on_desk(text: str, seats: list[Seat]) -> Wanted | None:
    """For one's own tasks: everything told counts, names where one may know them; None where nothing is asked."""
    return search.wanted(text, names=reach(seats).names) if text else None


def among_cases(text: str, far: Reach) -> dict[str, Any]:
    """For the list of cases; who only audits searches numbers, and subjects that are not secret."""
    if not text:
        return {}
    only_audits = far.sight.audit and not far.sight.general
    if only_audits and any(c.isdigit() for c in text):
        return {"wanted": search.numbers(text)}
    wanted = search.wanted(text, told=not only_audits, names=far.names and not only_audits)
    return {"wanted": wanted, "by_content": True}
