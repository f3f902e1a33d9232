"""One SMS in a verb's hands: its row, how it ends, what is answered, who is told."""

from dataclasses import dataclass
from typing import Any

from db import sql
from db.queries import texting
from engine import vault
from engine.offices import notices, people, settings
from engine.sms import numbers, outgoing, reading
from engine.sms.outgoing import HOUR_MS
from engine.sms.rules import Rules
from forms import dates

NEW, CASE, ANSWERED, LACKING, HELD, SAME, PASSED, DONE = (
    "baru", "kasus", "dijawab", "kurang", "ditahan", "sama", "dilewati", "diurus",
)  # fmt: skip
"""Not read yet; became a case; was answered; not understood or not whole; waits for an operator; said before; from a
sender nobody answers; dealt with by an operator."""
WAITS = (LACKING, HELD)
"""What an operator has to look at."""


@dataclass(frozen=True)
class Sms:
    """One SMS in a verb's hands."""

    id: int
    organisation: int
    mark: str
    text_mark: str
    arrived_ms: int
    state: str
    sender: str
    text: str

    @property
    def send_key(self) -> str:
        """What makes one SMS one case."""
        return vault.mark("sms", str(self.id))


_ROW = "SELECT id, organisation, sender_mark, text_mark, arrived_ms, state, sealed FROM sms_in WHERE id = ?"


def row(sms_id: int) -> Sms | None:
    """Inside a transaction: the SMS, its row held against everybody else; None where there is none."""
    found = sql.row(_ROW + sql.for_update(), (sms_id,))
    if found is None:
        return None
    key, organisation, mark, text_mark, arrived, state, sealed = found
    told = vault.unseal(str(sealed), f"sms_in:{sms_id}")
    return Sms(key, organisation, mark, text_mark, arrived, state, told["number"], told["text"])


def ends(sms_id: int, state: str, now: int, **columns: Any) -> None:
    """It is read: in which state (see above), with what else is now known of it."""
    columns = {"state": state, "done_ms": now, **columns}
    names = ", ".join(f"{name} = ?" for name in columns)
    sql.execute(f"UPDATE sms_in SET {names} WHERE id = ?", (*columns.values(), sms_id))


def reply(
    sms: Sms, by: Rules, message: str, values: dict[str, str], now: int, *, case: int | None = None, once: bool = False
) -> None:
    """Answers, unless this number was answered often enough; `once` an hour for what may come again and again.

    A number of another country is answered only about a case: a sender is easily invented, and a dear one costs us.
    """
    since = now - HOUR_MS
    if case is None and not numbers.mobile(sms.sender):
        return
    if outgoing.sent_within(sms.mark, since) >= by.replies_per_hour:
        return
    if once and outgoing.sent_within(sms.mark, since, message):
        return
    if case is None and texting.unasked(by.organisation_id, since) >= by.help_per_hour:
        _unanswered(sms, by, now)
        return
    text = outgoing.worded(by, message, {"bentuk": reading.shape(by), "sms": by.number, **values})
    outgoing.order(by, f"sms:{sms.id}:{message}", message, numbers.normal(sms.sender), text, now, case=case)


def _unanswered(sms: Sms, by: Rules, now: int) -> None:
    """Too many asked within the hour, from whatever numbers: kept without an answer, the operators are told once."""
    sql.execute("UPDATE sms_in SET problem = 'batas' WHERE id = ? AND problem = ''", (sms.id,))
    tell_operators(by, "sms_batas", f"{by.organisation_id}:{now // HOUR_MS}", now)


def operators(by: Rules, now: int) -> list[int]:
    """The people who look after what was not understood."""
    roles = set(by.operators or settings.setting(by.organisation_id, "takes_in"))
    here = [seat for seat in people.who_may_act(now) if seat.organisation_id == by.organisation_id]
    return [seat.person_id for seat in here if {seat.role, seat.code} & roles]


def tell_operators(by: Rules, kind: str, about: object, now: int, case: int | None = None) -> None:
    """A notice to each of them, once about the same thing."""
    notices.tell(operators(by, now), kind, about, now, case=case)


def day(ms: int | None, by: Rules) -> str:
    """A date as an SMS says it, "10-04-2026"; "-" for none."""
    return "-" if ms is None else dates.local(ms, by.zone).strftime("%d-%m-%Y")
