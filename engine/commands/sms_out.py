"""SMS that go: handed to the gateway one by one, followed until no more is heard of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import sql
from db.connect import transaction
from engine import errands, store, vault
from engine.errands import ATTEMPTS
from engine.held import hold
from engine.sms import outgoing, rules
from engine.sms.gateways import DELIVERED, FAILED, QUEUED, SENT, Going, Progress

AFTER_MS = 3 * 86_400_000
"""How long a sent message may still be reported delivered."""
TOLD = (SENT, DELIVERED, FAILED)
"""What the journal of a case tells."""
CLEARED_MS = 600_000
"""How long after its end a message is cleared at the gateway once more: a worker may have died before."""
UNTAKEN = "tidak diambil gerbang SMS dalam sehari"


@dataclass(frozen=True)
class Waiting:
    """A message to be handed over."""

    going: Going
    tries: int
    due_ms: int


def waiting(now: int, most: int = 50) -> list[Waiting]:
    """What is to be handed over now, the oldest first."""
    text = (
        "SELECT id, organisation, sealed, made_ms, tries, due_ms FROM sms_out WHERE state = 'waiting' AND due_ms <= ?"
        " ORDER BY id LIMIT ?"
    )
    decided = {by.organisation_id: by.http for by in rules.every()}
    return [
        Waiting(_going(row[0], row[2], row[3], decided.get(row[1], {})), row[4], row[5])
        for row in sql.rows(text, (now, most))
    ]


def _going(id_: int, sealed: str, made: int, how: Mapping[str, Any]) -> Going:
    told = vault.unseal(sealed, f"sms_out:{id_}")
    return Going(id_, told["number"], told["text"], made, how)


def open_ones(now: int, most: int = 500) -> dict[str, int]:
    """What the gateway has and may still tell of, and what it may not have cleared yet: tag → id."""
    text = (
        "SELECT id FROM sms_out WHERE (state IN ('queued', 'sent') AND done_ms IS NULL) OR (done_ms > ? AND id >"
        " (SELECT COALESCE(MAX(id), 0) FROM sms_out) - ?) ORDER BY id DESC LIMIT ?"
    )
    return {f"disposisi-{row[0]}": int(row[0]) for row in sql.rows(text, (now - CLEARED_MS, most, most))}


HANDING_MS = 60_000
"""For so long a message is one worker's; should that one die, another hands it over."""


def claim(one: Waiting, now: int) -> bool:
    """Whether it is ours to hand over: of several workers one gives it to a provider that knows no doubles."""
    with transaction():
        text = "UPDATE sms_out SET due_ms = ? WHERE id = ? AND state = 'waiting' AND due_ms = ?"
        return bool(sql.execute(text, (now + HANDING_MS, one.going.id, one.due_ms)).rowcount)


def came(id_: int, found: Progress, now: int) -> None:
    """How far a message came: never back, never once it is over."""
    with transaction():
        _came(id_, found, now)


def _came(id_: int, found: Progress, now: int) -> None:
    known = sql.row(
        "SELECT state, name, message, case_file FROM sms_out WHERE id = ? AND done_ms IS NULL" + sql.for_update(),
        (id_,),
    )
    if known is None or (known[0] == found.state and not found.last) or (known[0], found.state) == (SENT, QUEUED):
        return
    text = (
        "UPDATE sms_out SET state = ?, reason = ?, done_ms = ?, queued_ms = COALESCE(queued_ms, ?),"
        " sent_ms = COALESCE(sent_ms, ?) WHERE id = ?"
    )
    left = now if found.state in (SENT, DELIVERED) else None
    sql.execute(text, (found.state, found.reason[:200], now if found.last else None, now, left, id_))
    state, name, message, case = known
    by_diagram = str(name).startswith("job:")  # its own line says that it was sent
    if case is not None and found.state != state and found.state in ((DELIVERED,) if by_diagram else TOLD):
        held = hold(int(case))
        held.note("sms", now, facts={"message": message, "state": found.state})
        store.note_down(held)


def later(one: Waiting, trouble: Exception, now: int) -> None:
    """It was not handed over: tried again after a pause that grows, given up after the last."""
    with transaction():
        if one.tries + 1 >= ATTEMPTS:
            _came(one.going.id, Progress(FAILED, reason=errands.told(trouble)), now)
            return
        text = "UPDATE sms_out SET tries = tries + 1, due_ms = ?, reason = ? WHERE id = ? AND state = 'waiting'"
        sql.execute(text, (now + errands.pause(one.tries + 1), errands.told(trouble), one.going.id))


def give_up(now: int) -> None:
    """What nobody took for a day has failed; a sent one that nobody reports on has come as far as is known."""
    with transaction():
        sql.execute(
            "UPDATE sms_out SET state = ?, reason = ?, done_ms = ? WHERE state IN ('waiting', ?) AND made_ms < ?"
            " AND done_ms IS NULL",
            (FAILED, UNTAKEN, now, QUEUED, now - outgoing.GIVEN_UP_MS),
        )
        sql.execute(
            "UPDATE sms_out SET done_ms = ? WHERE state = 'sent' AND done_ms IS NULL AND sent_ms < ?",
            (now, now - AFTER_MS),
        )
