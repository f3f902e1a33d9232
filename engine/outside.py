"""What leaves the building: mail or SMS to reporters, mail to staff, after the act that wanted it is committed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine import claimants
from engine.jobs import Call, Handler, Undeliverable
from engine.mail import citizens, staff
from engine.mail.catalogue import MESSAGES, NEWS
from engine.mail.citizens import text_of
from engine.mail.transport import Post, letter, reachable, send
from engine.sms import citizens as short

__all__ = ["FIELDS", "Post", "handlers", "reachable", "send", "text_of"]

FIELDS = {key: message.field for key, message in MESSAGES.items() if message.field}
"""Which text of which form a message carries: the latest one written in the same part of the case."""


def handlers(post: Post) -> dict[str, Handler]:
    """What is done for each topic a diagram may name on a service task, and for mail that no diagram draws."""
    return {
        "balas_pelapor": lambda call: _to_citizen(call, post, "jawaban"),
        "kabari_pelapor": lambda call: _tell(call, post),
        "surel": lambda call: _mail(call, post),
    }


def _tell(call: Call, post: Post) -> Mapping[str, Any]:
    """News about the case: it stands on the tracking page in any case, so that no address is no failure."""
    try:
        return _to_citizen(call, post, call.message or NEWS)
    except Undeliverable as refused:
        return {"delivered": False, "reason": refused.reason, "message": call.message}


def _mail(call: Call, post: Post) -> Mapping[str, Any]:
    """Mail of a `mail` job: to whoever its payload names."""
    if "account" in call.facts:
        return staff.mail(call, post)
    if "dispute" in call.facts:
        return claimants.tell(call, post)
    return _to_citizen(call, post, call.message)


def _to_citizen(call: Call, post: Post, message: str) -> Mapping[str, Any]:
    facts = _facts(call)
    number, by = short.number_of(facts), short.rules_of(facts)
    if number and by is not None and facts is not None and post.sms:
        return short.tell(call, message, facts, number, by)
    name, email = citizens.addressee(facts)
    if not post.url:
        raise Undeliverable("surel belum diatur di pemasangan ini")
    assert facts is not None  # nobody is an addressee of nothing
    text = citizens.compose(message, facts, name, instance=call.instance, base=post.base_url, now=call.now)
    send(letter(post, call.name, email, text), post.url)
    return {"delivered": True, "by": "email", "message": message}


def _facts(call: Call) -> citizens.Facts | None:
    """The case; in the language of whoever the job names, where it names someone else than the reporter."""
    facts = citizens.facts_of(call.case_id, call.facts.get("reporter"))
    spoken = call.facts.get("language")
    return replace(facts, language=str(spoken)) if facts is not None and spoken else facts
