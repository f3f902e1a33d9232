"""The sixteen digits of a Nomor Induk Kependudukan: `PPKKCC DDMMYY SSSS`, the day of women raised by forty.

Only the form is judged. The first digits say where someone was first registered, not where they live: a hint, never
a reason to refuse. Whether someone has this number only the population register knows.
"""

import unicodedata
from datetime import date

LENGTH = 16
WOMEN = 40


def digits(text: str) -> str:
    """What was typed, without the blanks, dots and dashes people put between."""
    if text.isascii() and text.isdecimal():
        return text
    plain = unicodedata.normalize("NFKC", text)
    return "".join(mark for mark in plain if mark not in ".-–—" and not mark.isspace())


def flaw(number: str) -> tuple[str, dict[str, int]] | None:
    """What is wrong with a number: the code of its sentence and its facts; None where its form is good."""
    if not (number.isascii() and number.isdecimal()):
        return "nik_letters", {}
    if len(number) != LENGTH:
        return "nik_length", {"count": len(number)}
    if not _born(number):
        return "nik_date", {}
    empty = int(number[0:2]) == 0 or int(number[12:]) == 0
    return ("nik_empty", {}) if empty else None


def _born(number: str) -> bool:
    """Whether the middle digits are a day that was, in whichever century."""
    day, month, year = int(number[6:8]), int(number[8:10]), int(number[10:12])
    day -= WOMEN if day > WOMEN else 0
    return any(_exists(century + year, month, day) for century in (1900, 2000))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def masked(number: str) -> str:
    """As staff are shown it: where it was first registered, the rest hidden."""
    return number[:4] + "*" * (len(number) - 4) if number else ""
