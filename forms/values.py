"""From what people type to what an office keeps: texts, numbers, dates, each cleaned or refused."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

Number = int | float

# Invisible characters that reorder or hide what is read: bidi controls, zero-width space, word joiner, BOM.
_UNSEEN = frozenset("\u200b\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3}){1,4}|\d{1,15})(?:,\d{1,9})?|[+-]?\d{1,15}\.\d{1,9}")
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)"),
    re.compile(r"(?P<d>\d\d?)[-/. ](?P<m>\d\d?)[-/. ](?P<y>\d{4})"),
)
_TIME = re.compile(r"(\d\d?)[.:](\d\d)(?:[.:]\d\d)?")
_ATOM = r"[a-z0-9!#$%&'*+/=^_{|}~-]+"  # of RFC 5321, without ? (encoded words of a header) and `
_EMAIL = re.compile(
    rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)+[a-z]{{2,24}}", re.IGNORECASE
)
_PHONE = re.compile(r"\+?\d{6,16}")
YEARS = range(1900, 2200)
TICKED = frozenset({"ya", "on", "true", "1", "y"})
UNTICKED = frozenset({"", "tidak", "off", "false", "0", "n"})


def raw(value: Any) -> list[str]:
    """An answer as submitted, saved or sent as JSON, as the list of its texts; never raises."""
    if isinstance(value, bool):
        return ["ya" if value else ""]
    if isinstance(value, Mapping | list | tuple | set | frozenset):
        return [text for item in value for text in raw_one(item)]
    return raw_one(value)


def raw_one(value: Any) -> list[str]:
    """A single value as at most one text; numbers in Indonesian writing."""
    if isinstance(value, bool) or value is None:
        return ["ya"] if value else []
    if isinstance(value, int | float):
        return [written(value)]
    return [value] if isinstance(value, str) else []


def written(value: Number) -> str:
    """A number as it is typed here: no thousands mark, decimal comma."""
    return str(value).replace(".", ",")


def line(text: str) -> str:
    """One cleaned line: every run of white space is a single space."""
    return " ".join(_visible(text, keep="\n\t").split())


def lines(text: str) -> str:
    """Cleaned text with its line breaks: NFC, `\\n`, no control or reordering characters, no trailing blanks."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(row.rstrip() for row in _visible(unified, keep="\n\t").split("\n")).strip()


def _visible(text: str, keep: str) -> str:
    kept = (c for c in text if c in keep or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _UNSEEN))
    return unicodedata.normalize("NFC", "".join(kept))


def number(text: str) -> Number | None:
    """1.250 (thousands), 12,5 and 12.5; a whole number is an int; None when it is not a number."""
    compact = text.replace(" ", "")
    if not compact.isascii() or not _NUMBER.fullmatch(compact):
        return None
    thousands = "," in compact or re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+", compact)
    plain = Decimal(compact.replace(".", "").replace(",", ".") if thousands else compact)
    return int(plain) if plain == plain.to_integral_value() else float(plain)


def digits_after_comma(value: Number) -> int:
    """How many decimal digits a number carries."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def day(text: str) -> str | None:
    """ISO date from yyyy-mm-dd or dd-mm-yyyy (also / and .), None when there is no such day."""
    for pattern in _DATES:
        if (found := pattern.fullmatch(text)) and text.isascii():
            return _existing_day(int(found["y"]), int(found["m"]), int(found["d"]))
    return None


def _existing_day(year: int, month: int, dayno: int) -> str | None:
    try:
        return date(year, month, dayno).isoformat() if year in YEARS else None
    except ValueError:
        return None


def clock(text: str) -> str | None:
    """HH:MM from 13.30 or 13:30 (seconds dropped), None when there is no such time."""
    found = _TIME.fullmatch(text) if text.isascii() else None
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2])).isoformat("minutes")


def moment(text: str) -> str | None:
    """Local date and time without zone, `2026-12-31T13:30`, from a date and a time apart by T or a blank."""
    head, _, tail = text.replace("T", " ").rpartition(" ")
    found_day, found_time = day(head.rstrip(", ")), clock(tail)
    if not found_day or not found_time:
        return None
    return datetime.fromisoformat(f"{found_day}T{found_time}").isoformat(timespec="minutes")


def is_email(text: str) -> bool:
    """A mail address an ordinary server accepts (length ≤ 254, a domain with a dot) and no header reads as more."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """A phone number: digits with an optional + in front; blanks, dots, dashes and brackets are ignored."""
    bare = re.sub(r"[\s().-]", "", text)
    return bare.isascii() and _PHONE.fullmatch(bare) is not None


def once(items: Iterable[str]) -> list[str]:
    """The items without repeats, in the order of their first appearance."""
    return list(dict.fromkeys(items))
