"""The one typeface of the papers, and text made safe to set in it.

DejaVu Sans Condensed is embedded as a subset, so a paper looks alike everywhere. Text is never
parsed as markup: what a citizen types is only ever drawn.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# An empty list would mean "trust all"; papers never open an address.
rl_config.trustedSchemes = ["none"]
rl_config.trustedHosts = ["none.invalid"]

REGULAR, BOLD, ITALIC = "Papers", "Papers-Bold", "Papers-Italic"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_HOME = Path(__file__).parent / "fonts"
_LAST_PLANE_0 = 0xFFFF
_R = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_LEFTWARD = re.compile(rf"[{_R}](?:[{_R}\s.,:;!?-]*[{_R}])?")
"""Hebrew and Arabic letters with what stands between them."""
_AT_SEAMS = re.compile(r"[^/\-_.@?&=]+[/\-_.@?&=]*|[/\-_.@?&=]+")


def _register() -> dict[str, frozenset[int]]:
    """Load the faces once; gives the code points each can show.

    Characters beyond the first plane count as missing: reportlab writes them with a broken
    ToUnicode entry, so they could be seen but neither searched nor copied.
    """
    known = {}
    for name, suffix in ((REGULAR, ""), (BOLD, "-Bold"), (ITALIC, "-Oblique")):
        face = TTFont(name, str(_HOME / f"DejaVuSansCondensed{suffix}.ttf"))
        pdfmetrics.registerFont(face)
        known[name] = frozenset(c for c in face.face.charToGlyph if c <= _LAST_PLANE_0)
    return known


_KNOWN = _register()


def clean(text: str, font: str = REGULAR) -> str:
    """Text of any origin as it can be drawn: composed, invisible characters gone, unknown ones as "�"."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    known = _KNOWN[font]
    return "".join(_visible(char, known) for char in composed)


def _visible(char: str, known: frozenset[int]) -> str:
    if char == "\n" or " " < char <= "~":
        return char
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""
    return char if category[0] != "C" and ord(char) in known else UNKNOWN


@lru_cache(maxsize=20_000)
def width_of(text: str, font: str, size: float) -> float:
    """Width of one word or line in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrap(text: str, font: str, size: float, room: float) -> tuple[str, ...]:
    """The text broken into lines no wider than `room`; blank lines kept, never two in a row."""
    lines: list[str] = []
    for paragraph in clean(text, font).strip().split("\n"):
        broken = _fill(paragraph.split(), font, size, room)
        if broken or (lines and lines[-1]):
            lines.extend(broken or [""])
    return tuple(lines)


def _fill(words: list[str], font: str, size: float, room: float) -> list[str]:
    """Words filled into lines; the pieces of a word that was cut join without a space."""
    gap = width_of(" ", font, size)
    lines: list[str] = []
    line, used = "", 0.0
    for word in words:
        for index, piece in enumerate(_pieces(word, font, size, room)):
            extent = width_of(piece, font, size)
            between = gap if line and not index else 0.0
            if line and used + between + extent > room:
                lines.append(line)
                line, used, between = "", 0.0, 0.0
            line += (" " if between else "") + piece
            used += between + extent
    return [*lines, line] if line else lines


def _pieces(word: str, font: str, size: float, room: float) -> list[str]:
    """A word as it is, or cut where no line could hold it: after a slash or hyphen, else anywhere."""
    if width_of(word, font, size) <= room:
        return [word]
    parts = _AT_SEAMS.findall(word)
    if len(parts) > 1:
        return [piece for part in parts for piece in _pieces(part, font, size, room)]
    return _anywhere(word, font, size, room)


def _anywhere(word: str, font: str, size: float, room: float) -> list[str]:
    pieces, piece, used = [], "", 0.0
    for char in word:
        extent = width_of(char, font, size)
        if piece and used + extent > room:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + char, used + extent
    return [*pieces, piece]


def visual(line: str) -> str:
    """A line in the order it is seen: runs of right-to-left letters turned round, marks kept on their letters.

    Enough for a name or a quotation in Hebrew or Arabic; letters are not joined.
    """
    return line if line.isascii() else _LEFTWARD.sub(_turned, line)


def _turned(run: re.Match[str]) -> str:
    clusters: list[str] = []
    for char in run[0]:
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return "".join(reversed(clusters))
