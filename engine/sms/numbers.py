"""Telephone numbers as a gateway takes them: +62…; an alphanumeric sender is a name, nobody answers it."""

import re

from engine import vault

_MOBILE = re.compile(r"\+628\d{7,12}")
_INTERNATIONAL = re.compile(r"\+\d{8,15}")


def normal(text: str) -> str:
    """The number with its country ("0812 3456-789" is "+62812…"); "" for what no SMS can be sent to."""
    digits = re.sub(r"[\s().\-/]", "", text)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("08"):
        digits = "+62" + digits[1:]
    elif digits.startswith("628"):
        digits = "+" + digits
    return digits if _INTERNATIONAL.fullmatch(digits) else ""


def mobile(text: str) -> str:
    """The same for what a citizen gave as their telephone: only mobile numbers of this country take SMS."""
    found = normal(text)
    return found if _MOBILE.fullmatch(found) else ""


def sender_mark(sender: str) -> str:
    """By what a sender is recognised, whichever way the number is written."""
    return vault.mark("sms sender", normal(sender) or sender.strip().casefold())
