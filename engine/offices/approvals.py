"""Lists whose every change another office must agree to (Pasal 10(3)d): the setting `approved_lists`."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from db import sql
from db.connect import in_transaction
from engine import journal
from engine.offices import notices, people, settings
from engine.offices.people import Actor, Seat


def role_for(organisation: int, name: str) -> str:
    """The role that must agree to changes of a list; "" where nobody must."""
    return str(settings.setting(organisation, "approved_lists").get(name, ""))


def seat_for(organisation: int, name: str, seats: Iterable[Seat]) -> Seat | None:
    """The seat among these that may agree to a change of that list."""
    role = role_for(organisation, name)
    return next((s for s in seats if role and s.organisation_id == organisation and s.role == role), None)


def propose(organisation: int, name: str, act: str, facts: Mapping[str, Any], by: Actor, now: int) -> int:
    """Keeps a change for whoever must agree, inside a verb's transaction; gives its id."""
    assert in_transaction()
    proposal = sql.insert(
        "choice_proposal",
        organisation_id=organisation,
        list=name,
        act=act,
        facts=orjson.dumps(dict(facts)).decode(),
        state="diajukan",
        made_by=by.person_id,
        made_ms=now,
        reason="",
    )
    told = {"list": name, "act": act, "proposal": proposal}
    journal.append(organisation, None, [journal.Entry("choice_proposed", now, person=by.person_id, facts=told)])
    role = role_for(organisation, name)
    deciders = [s.person_id for s in people.who_may_act(now) if s.organisation_id == organisation and s.role == role]
    notices.tell(deciders, "daftar-usul", proposal, now, facts={"name": name})
    return proposal
