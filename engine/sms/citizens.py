"""News of a case by SMS: to reporters who gave a telephone and no mail address. Never a name, a NIK or a PIN."""

from collections.abc import Callable, Mapping
from typing import Any

from db import sql
from db.connect import transaction
from engine import vault
from engine.errands import Call, NotNow, Undeliverable
from engine.mail import citizens
from engine.mail.catalogue import MESSAGES, message
from engine.mail.citizens import Facts
from engine.sms import numbers, outgoing, rules
from engine.sms.rules import Rules
from forms import dates

FIRST_LOOK_MS, LONGEST_LOOK_MS = 5_000, 300_000


def number_of(facts: Facts | None) -> str:
    """The number of a reporter who is reached by SMS and not by mail; "" for everyone else."""
    if facts is None or facts.sealed is None:
        return ""
    who = vault.unseal(facts.sealed, f"reporter:{facts.reporter_id}")
    return "" if who["email"] else numbers.mobile(str(who["phone"]))


def rules_of(facts: Facts | None) -> Rules | None:
    """How the organisation of a case takes and sends SMS, if it does."""
    return None if facts is None else rules.of(facts.organisation_id)


def tell(call: Call, key: str, facts: Facts, number: str, by: Rules) -> Mapping[str, Any]:
    """Sends one message about a case, as `deliver` does."""
    return deliver(call, short_of(key), lambda: compose(key, facts, by, call.instance), number, by) | {"message": key}


def deliver(call: Call, short: str, text: Callable[[], str], number: str, by: Rules) -> dict[str, Any]:
    """Sends one message, or asks how far it came: done once the network has it.

    Raises NotNow while it is on its way, Undeliverable when it failed.
    """
    found = sql.row("SELECT state, reason, made_ms FROM sms_out WHERE name = ?", (_name(call),))
    if found is None:
        with transaction():
            case = call.case_id or None
            outgoing.order(by, _name(call), short, number, text(), call.now, case=case, parts=by.most_parts)
        raise NotNow(call.now + FIRST_LOOK_MS)
    state, reason, made = found
    if state == "failed":
        raise Undeliverable(f"SMS gagal: {reason}" if reason else "SMS gagal")
    if state in ("sent", "delivered"):
        return {"delivered": True, "by": "sms", "message": short}
    raise NotNow(call.now + min(LONGEST_LOOK_MS, max(FIRST_LOOK_MS, (call.now - made) // 4)))


def _name(call: Call) -> str:
    return f"job:{call.name}"[:200]


def short_of(key: str) -> str:
    """Which short message stands for a letter: its own, else one with its words, else that there is news."""
    if f"sms_{key}" in MESSAGES:
        return f"sms_{key}"
    return "sms_isi" if message(key).field else "sms_kabar"


def compose(key: str, facts: Facts, by: Rules, instance: str) -> str:
    """The short words in force with number and, where the letter quotes one, the office's text."""
    field = message(key).field
    values = {"nomor": facts.number, "instansi": facts.organisation}
    values["isi"] = citizens.text_of(facts.case_id, field, instance) if field else ""
    if "lama" in message(key).allowed:
        values |= _again(facts)
    return outgoing.worded(by, short_of(key), values, facts.language)


def _again(facts: Facts) -> dict[str, str]:
    """The day alone: an SMS has little room."""
    text = "SELECT o.number, c.due_ms FROM case_file c LEFT JOIN case_file o ON o.id = c.continues WHERE c.id = ?"
    number, due = sql.row(text, (facts.case_id,)) or ("", None)
    return {"lama": number or "", "batas": "" if due is None else dates.day(due, facts.zone)}
