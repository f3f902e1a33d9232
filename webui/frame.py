"""What stands around every page: who is signed in, as what, what waits for them."""

from typing import Any, cast

from flask import Flask, g, request

from db.queries import notices, offices
from engine import agreeing
from engine.agreeing import Duty
from engine.commands import keeping
from engine.offices import people, policy, standing
from engine.offices.people import Seat, seat_name
from engine.offices.policy import View
from webui import language
from webui.clock import now_ms

DOORS = (
    "watches",
    "names_officers",
    "takes_in",
    "sees_all",
    "coordinates",
    "oversees",
    "decides_erasure",
    "keeps_breaches",
    "keeps_identity",
    "sees_recaps",
    "books",
    "memos",
)


def seats() -> list[Seat]:
    """The offices the signed-in person may act for now; asked once a request, never on a page of a broken one."""
    if "seats" not in g and g.get("bare"):
        return []
    if "seats" not in g:
        g.seats, g.open_tasks = people.at_desk(now_ms(), g.me.actor)
    return list(g.seats)


def seen(case_id: int) -> View:
    """What the signed-in person may see of a case; raises NotFound."""
    found = policy.view(g.me.actor, case_id, now_ms(), seats())
    g.stamp = found.stamp
    g.off_the_phone = found.secret
    return found


def filters(page: str) -> list[tuple[int, str, str]]:
    """The searches the signed-in person keeps for a page; what they have not read is asked with it."""
    account = g.me.actor.account_id
    kept, g.unread = notices.filters(account, page, g.me.actor.person_id)
    return [(number, name, keeping.query_of(account, sealed)) for number, name, sealed in kept]


def opens_door(name: str) -> bool:
    """Whether an office of the signed-in person is among those a setting of `DOORS` names; asked once a request."""
    here = g.me.organisation_id
    named = set(_doors()[name])
    return any({seat.role, seat.code} & named for seat in seats() if seat.organisation_id == here)


def keeps_books() -> bool:
    """Whether the organisation of the signed-in person keeps agenda books."""
    return bool(_doors()["books"])


def watches() -> bool:
    """Whether an office of the signed-in person has others to look after: below it, of watched roles, or to name."""
    here, doors = g.me.organisation_id, _doors()
    named = {*doors["watches"], *(doors["names_officers"] or {})}
    return any(seat.leads or seat.role in named for seat in seats() if seat.organisation_id == here)


def sends_memos() -> bool:
    """Whether the organisation of the signed-in person has internal letters."""
    return bool(_doors()["memos"])


def must_agree() -> Duty:
    """To which releases and lists the signed-in person must agree before they are in force; asked once a request."""
    if g.get("bare"):
        return Duty()
    if "duty" not in g:
        here = [seat for seat in seats() if seat.organisation_id == g.me.organisation_id]
        g.duty = agreeing.duty(_doors(), here) if here else Duty()
    return cast("Duty", g.duty)


def _doors() -> dict[str, Any]:
    if "doors" not in g and g.get("bare"):
        return dict.fromkeys(DOORS, ())
    if "doors" not in g:
        g.doors = standing.kept(g.get("stamp", ""), agreeing.doors, g.me.organisation_id, *DOORS)
    return dict(g.doors)


def part_name(instance: str, organisation: int) -> str:
    """Whose part of a case this is, as "Komisi I"; "" where it is everyone's."""
    if not instance:
        return ""
    if "unit_names" not in g:
        g.unit_names = standing.kept(g.get("stamp", ""), offices.unit_names, organisation)
    code = instance.rpartition("/")[2]
    return str(g.unit_names.get(code, language.nice(code)))


def _around() -> dict[str, Any]:
    me = g.get("me")
    now = now_ms()
    around = {
        "me": me,
        "language": language.chosen(),
        "zone": language.zone_name(now),
        "now_ms": now,
        "section": request.blueprint or "",
        "organisation": None,
        "open_tasks": 0,
        "unread": 0,
        "acting_as": "",
    }
    if me and not g.get("bare"):
        held = seats()
        around["acting_as"] = "; ".join(seat_name(s.name, s.kind) for s in held)
        around["open_tasks"] = g.open_tasks
        around["unread"] = g.unread if "unread" in g else notices.unread(me.actor.person_id)
    return around


def register(app: Flask) -> None:
    """Gives every template what base.html asks for."""
    app.context_processor(_around)
    app.add_template_global(opens_door, "opens_door")
    app.add_template_global(keeps_books, "keeps_books")
    app.add_template_global(sends_memos, "sends_memos")
    app.add_template_global(watches, "watches")
    app.add_template_global(seat_name, "seat_name")
    app.add_template_global(part_name, "part_name")
