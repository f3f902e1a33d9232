"""What came by letter, telephone or at the counter is typed in: one case however often the form is sent."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from db.queries import public
from engine import vault
from engine.commands import intake
from engine.commands.start import Started, start
from engine.offices import entries
from engine.offices.entries import Entry
from engine.offices.intakes import Door, told
from engine.offices.people import Actor
from forms.schema import NAME as _NAME

_KEPT_CHARS = 20_001  # one more than the longest answer a form may ask for


def draft_of(account: int, key: str) -> str:
    """The name under which a member of staff's unsent form lies."""
    return f"{drafts_of(account)}{key}"


def drafts_of(account: int) -> str:
    """How the names of all of their unsent forms begin."""
    return f"masuk:{account}:"


def send_key(account: int, key: str) -> str:
    """What makes sending one form twice one case."""
    return vault.mark("masuk", str(account), key)


def made(account: int, key: str) -> Started | None:
    """The case this person's form has made, if it was sent."""
    found = public.case_sent_by(send_key(account, key))
    return None if found is None else Started(found.id, found.number, vault.pin(send_key(account, key)), again=True)


def keep_typed(account: int, typed: Mapping[str, Sequence[str]], *, now: int) -> None:
    """Lays what was typed when a session ended where its owner finds it: as their latest unsent form."""
    answers = {name: texts[-1][:_KEPT_CHARS] for name, texts in typed.items() if texts and _NAME.fullmatch(name)}
    intake.keep(draft_of(account, secrets.token_urlsafe(24)), answers, now=now)


@dataclass(frozen=True)
class Arrival:
    """One report as it lies on the counter. `received` is UTC ms; `answers` were found good by the form's screens."""

    key: str
    channel: str
    received: int
    answers: Mapping[str, Any]
    address: str = ""
    entry: Entry = field(default_factory=Entry)


def take_in(door: Door, arrival: Arrival, *, by: Actor, now: int) -> Started:
    """Begins the case of a report that someone of the office types in.

    Raises NotAllowed for an office that takes nothing in, FormInvalid for a time or letter that cannot be.
    """
    known = made(by.account_id, arrival.key)
    if known is not None:
        return known
    entries.must_take_in(by, door.organisation_id, now)
    entries.refuse(door.organisation_id, arrival.received, arrival.entry, now)
    draft = draft_of(by.account_id, arrival.key)
    begun = start(door.process, by=by, now=now, **_facts(door, arrival, by, draft))
    intake.forget(draft)
    return begun


def _facts(door: Door, arrival: Arrival, by: Actor, draft: str) -> dict[str, Any]:
    reporter, report = told(door.plan, arrival.answers)
    return {
        "organisation": door.organisation,
        "reporter": replace(reporter, address=arrival.address or reporter.address),
        "report": report,
        "send_key": send_key(by.account_id, arrival.key),
        "channel": arrival.channel,
        "proofs": [proof.id for proof in public.proofs_of_draft(draft)],
        "received": arrival.received,
        "entry": arrival.entry,
    }
