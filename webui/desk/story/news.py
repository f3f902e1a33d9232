"""What left the house for people outside, and how far it came."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from db.queries.cases import Line
from engine.commands.messages import SENTENCES
from webui import language
from webui.desk.story.told import Teller, Told
from webui.message_names import name_of
from webui.troubles import trouble


def _sent(line: Line, facts: Mapping[str, Any]) -> Told:
    if facts.get("delivered") and facts.get("by") == "sms":
        return _("Dikirim kepada pelapor lewat SMS"), "", ""
    if facts.get("delivered"):
        return _("Dikirim kepada pelapor lewat surel"), "", ""
    if str(facts.get("reason") or "").startswith("SMS"):
        return _("Tidak terkirim lewat SMS"), language.say(facts.get("reason")), ""
    return _("Tidak terkirim lewat surel"), _why_not(str(facts.get("reason") or "")), ""


def _why_not(reason: str) -> str:
    """Why mail did not leave; a mail server's refusal carries its number."""
    what, refused, code = reason.partition(" ditolak (")
    if not refused:
        return language.say(reason)
    if what == "alamat surel":
        return str(_("alamat surel ditolak (%(code)s)", code=code.rstrip(")")))
    return str(_("surel ditolak (%(code)s)", code=code.rstrip(")")))


def _mailed(line: Line, facts: Mapping[str, Any]) -> Told:
    name = name_of(str(facts.get("message", "")))
    if facts.get("delivered"):
        return _mailed_well(name, texted=facts.get("by") == "sms", other=_to_others(facts)), "", ""
    return _("%(message)s tidak sampai lewat surel", message=name), trouble(str(facts.get("reason", ""))), "hot"


def _to_others(facts: Mapping[str, Any]) -> bool:
    return str(facts.get("message", "")).startswith("serupa_")


def _mailed_well(name: str, *, texted: bool, other: bool) -> str:
    if other and texted:
        return str(_("%(message)s: dikabarkan lewat SMS", message=name))
    if other:
        return str(_("%(message)s: dikabarkan lewat surel", message=name))
    if texted:
        return str(_("%(message)s dikirim kepada pelapor lewat SMS", message=name))
    return str(_("%(message)s dikirim kepada pelapor lewat surel", message=name))


def _sms(line: Line, facts: Mapping[str, Any]) -> Told:
    name, state = name_of(str(facts.get("message", ""))), facts.get("state")
    if state == "failed":
        return _("%(message)s: tidak sampai", message=name), "", "hot"
    reached = _("%(message)s: sampai di telepon", message=name)
    return (reached if state == "delivered" else _("%(message)s: terkirim", message=name)), "", ""


def _mail_handled(line: Line, facts: Mapping[str, Any]) -> Told:
    words = {"mail_retried": _("Surel dicoba lagi"), "mail_resent": _("Surel dikirim ulang")}
    reason = language.say(SENTENCES.get(str(facts.get("reason", "")), ""))
    return str(words.get(line.kind, _("Surel dibatalkan"))), reason, ""


TELLERS: Mapping[str, Teller] = {
    "sent": _sent,
    "mailed": _mailed,
    "sms": _sms,
    "mail_retried": _mail_handled,
    "mail_resent": _mail_handled,
    "mail_cancelled": _mail_handled,
}
