"""How long a text is in the air: GSM-7 or UCS-2, in how many parts; and the same words in GSM-7 alone."""

import unicodedata
from typing import NamedTuple

ONE, EACH = 160, 153
"""Septets of a single SMS, and of each part of a longer one (GSM 03.38)."""
UNICODE_ONE, UNICODE_EACH = 70, 67
"""The same in UTF-16 units."""
_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = "^{}\\[~]|€\f"
"""These cost two septets."""
_SAME = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "´": "'",
        "–": "-", "—": "-", "−": "-", "…": "...", "•": "-", "·": "-", "×": "x", "°": " ",
        "\t": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "½": "1/2", "¼": "1/4", "¾": "3/4", "æ": "ae",
    }
)  # fmt: skip


class Length(NamedTuple):
    """Units used, parts needed, and the alphabet they are sent in."""

    units: int
    parts: int
    alphabet: str  # gsm7 ucs2


def length(text: str) -> Length:
    """How a network would send this text."""
    if all(char in _BASIC or char in _TWICE for char in text):
        units = sum(2 if char in _TWICE else 1 for char in text)
        return Length(units, _parts(units, ONE, EACH), "gsm7")
    units = len(text.encode("utf-16-be", "surrogatepass")) // 2
    return Length(units, _parts(units, UNICODE_ONE, UNICODE_EACH), "ucs2")


def _parts(units: int, one: int, each: int) -> int:
    return 1 if units <= one else -(-units // each)


def plain(text: str) -> str:
    """The text in GSM-7's own letters: accents taken off, quotes and dashes made simple, the rest left out."""
    known = [_plain(char) for char in text.translate(_SAME)]
    lines = "".join(known).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _plain(char: str) -> str:
    if char in _BASIC or char in _TWICE:
        return char
    bare = unicodedata.normalize("NFKD", char)
    return "".join(found for found in bare if found in _BASIC)


def cut(text: str, parts: int = 1) -> str:
    """The text in GSM-7, shortened at a word to so many parts; three dots say that it was."""
    words, room = plain(text), ONE if parts <= 1 else EACH * parts
    if length(words).units <= room:
        return words
    kept = words
    while length(kept).units > room - 3:
        kept = kept[: max(0, len(kept) - 1)]
    at_word = kept.rpartition(" ")[0]
    return (at_word if len(at_word) > len(kept) // 2 else kept).rstrip(" ,;:") + "..."
