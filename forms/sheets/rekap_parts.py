"""Tables and bars of a recap: drawn as vectors, readable in black and white, never lost at a page's end."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from forms.sheets.fonts import BOLD, REGULAR, clean
from forms.sheets.kit import Block, Cell, Drawn, Heading, Row, Space, Style, row, stack, text
from forms.sheets.kit import line_width as width_of
from forms.sheets.ruled import Ruled

_BODY = Style(8.6, spread=1.3)
_PAD = (4, 1.1)
_FRAME = 0.4
_BAR = 15
_LABEL = 0.36
_SCALE = 34
INK, LATE, REST = HexColor("#1f4e79"), HexColor("#c0392b"), HexColor("#c9d3dd")


@dataclass(frozen=True)
class Table:
    """A ruled table; `widths` are parts of the paper's width, the first `words` columns are text, the rest numbers."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    strong: frozenset[int] = frozenset()
    """Rows set bold: a sum, a latecomer."""
    none: str = ""
    """What is said where there is no row."""
    size: float = 8.6


@dataclass(frozen=True)
class Bar:
    """One bar: three counts laid end to end, each also written as a number."""

    label: str
    done: int
    late: int
    rest: int

    @property
    def whole(self) -> int:
        """All of them together."""
        return self.done + self.late + self.rest


@dataclass(frozen=True)
class Bars:
    """A chart of bars; `legend` names the three parts."""

    title: str
    legend: tuple[str, str, str]
    bars: tuple[Bar, ...]


def heading(words: str, width: float) -> list[Block]:
    """A part's title, kept with what follows it."""
    style = _BODY.at(9.4).bold
    return [Space(9), Heading(text(words, width, style), 5 * style.leading), Space(3)]


def table(content: Table, width: float) -> list[Block]:
    """The table with its title; a row is never cut from itself unless it is taller than a page."""
    style = _BODY.at(content.size)
    if not content.rows:
        return [*heading(content.title, width), text(content.none, width, style.italic)]
    widths = [part * width / sum(content.widths) for part in content.widths]
    head = _row(content.heads, widths, style.bold, content.words)
    first = _row(content.rows[0], widths, style.bold if 0 in content.strong else style, content.words)
    rest = [
        _row(cells, widths, style.bold if place in content.strong else style, content.words)
        for place, cells in enumerate(content.rows[1:], 1)
    ]
    title = heading(content.title, width) if content.title else []
    return [*title, Heading(Ruled(head, (first, *rest)), head.height + first.height)]


def _row(cells: Sequence[str], widths: Sequence[float], style: Style, words: int) -> Row:
    drawn = []
    for place, (content, width) in enumerate(zip(cells, widths, strict=True)):
        shown = style if place < words else Style(style.size, style.font, style.spread, "center")
        drawn.append(Cell(text(content, width - 2 * _PAD[0], shown), width, _PAD, _FRAME))
    return Row(tuple(drawn))


def bars(content: Bars, width: float) -> list[Block]:
    """The chart with its title and legend; a chart longer than a page goes on on the next."""
    longest = max((bar.whole for bar in content.bars), default=0)
    if not longest:
        return []
    lines = [_bar(bar, longest, width) for bar in content.bars]
    legend = stack(_legend(content.legend, width), Space(3))
    return [*heading(content.title, width), Heading(legend, legend.height + lines[0].height), *lines]


def _bar(bar: Bar, longest: int, width: float) -> Row:
    label = width * _LABEL
    words = text(bar.label, label - 8, _BODY.at(7.8))
    height = max(_BAR, words.height)
    room = width - label - _SCALE

    def paint(pen: Canvas, x: float, top: float) -> None:
        renderPDF.draw(_drawing(bar, longest, room, height), pen, x, top - height)

    level = stack(Space((height - words.height) / 2), words)
    return row((level, label), (Drawn(height + 2, paint), width - label))


def _drawing(bar: Bar, longest: int, room: float, height: float) -> Drawing:
    drawing, x = Drawing(room + _SCALE, height), 0.0
    middle = (height - 10) / 2
    for count, fill, ink in ((bar.done, INK, "#ffffff"), (bar.late, LATE, "#ffffff"), (bar.rest, REST, "#000000")):
        extent = room * count / longest
        if count:
            drawing.add(Rect(x, middle, extent, 10, fillColor=fill, strokeColor=None, strokeWidth=0))
            if extent > width_of(str(count), _BODY.at(7)) + 4:
                drawing.add(_number(str(count), x + extent / 2, middle + 2.6, ink, "middle"))
        x += extent
    drawing.add(Line(0, 0, 0, height, strokeWidth=0.4))
    drawing.add(_number(str(bar.whole), x + 4, middle + 2.6, "#000000", "start", BOLD))
    return drawing


def _number(words: str, x: float, y: float, ink: str, anchor: str, font: str = REGULAR) -> String:
    return String(x, y, clean(words, font), fontName=font, fontSize=7, fillColor=HexColor(ink), textAnchor=anchor)


def _legend(names: tuple[str, str, str], width: float) -> Drawn:
    def paint(pen: Canvas, x: float, top: float) -> None:
        drawing, at = Drawing(width, 11), 0.0
        for name, fill in zip(names, (INK, LATE, REST), strict=True):
            drawing.add(Rect(at, 1, 9, 9, fillColor=fill, strokeColor=None, strokeWidth=0))
            drawing.add(_number(name, at + 13, 3, "#000000", "start"))
            at += 13 + width_of(name, _BODY.at(7)) + 18
        renderPDF.draw(drawing, pen, x, top - 11)

    return Drawn(11, paint)
