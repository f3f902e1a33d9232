"""The kop: arms, lines and address of the office over a double rule."""

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from forms.sheets.arms import HEIGHT, WIDTH, draw_arms
from forms.sheets.fonts import BOLD, REGULAR
from forms.sheets.kit import Drawn, Space, Stack, Style, line_width, rule, stack, text
from forms.sheets.logo import draw_logo

_DOT = " · "


@dataclass(frozen=True)
class HeadLine:
    """One centred line of the kop; `size` in points on A4 (smaller papers scale it)."""

    text: str
    size: float = 13
    bold: bool = False


@dataclass(frozen=True)
class Letterhead:
    """The kop of an office. Without `logo` (PNG or JPEG bytes) neutral arms are drawn."""

    lines: tuple[HeadLine, ...]
    address: tuple[str, ...]
    place: str
    """Where papers are dated: "Mojokerto"."""
    logo: bytes | None = None

    @property
    def name(self) -> str:
        """The office in one line, for running heads and metadata."""
        return " ".join(line.text for line in self.lines)


def kop(head: Letterhead, width: float, scale: float = 1, *, ruled: bool = True) -> Stack:
    """The letterhead across `width`; `scale` 1 on A4, about 0.7 on A5; inside a frame it needs no rule."""
    box = 64 * scale
    lines = _lines(head, width - 2 * box, scale)
    height = max(lines.height, box)

    def paint(pen: Canvas, x: float, top: float) -> None:
        _emblem(pen, head.logo, x, top - height / 2 - box / 2, box)
        lines.draw(pen, x + box, top - (height - lines.height) / 2)

    if not ruled:
        return stack(Drawn(height, paint))
    return stack(
        Drawn(height, paint),
        Space(5 * scale),
        rule(width, 1.8 * scale, 3 * scale),
        rule(width, 0.5, 0.5),
    )


def _lines(head: Letterhead, width: float, scale: float) -> Stack:
    heading = [
        text(line.text, width, Style(line.size * scale, BOLD if line.bold else REGULAR, 1.2).centered)
        for line in head.lines
    ]
    small = Style(max(8.4 * scale, 6.2), REGULAR, 1.3).centered
    address = [part for line in head.address for part in _broken(line, width, small)]
    return stack(*heading, Space(2 * scale), *(text(line, width, small) for line in address))


def _broken(line: str, width: float, style: Style) -> list[str]:
    """A line of the address, broken where a dot parts it rather than inside a telephone number."""
    parts = line.split(_DOT)
    lines = parts[:1]
    for part in parts[1:]:
        longer = lines[-1] + _DOT + part
        fits = line_width(longer, style) <= width
        lines = [*lines[:-1], longer] if fits else [*lines, part]
    return lines


def _emblem(pen: Canvas, logo: bytes | None, x: float, bottom: float, box: float) -> None:
    if logo is None:
        draw_arms(pen, x + (box - box * WIDTH / HEIGHT) / 2, bottom, box)
    else:
        draw_logo(pen, logo, x, bottom, box)
