"""The flow of an SOP as a table: one row a step, one column an actor, five symbols, connectors between pages.

Capsule: where it begins and ends. Box: something is done. Diamond: it is decided, "Ya" goes on, "Tidak" goes back.
Arrow: the way. Pentagon: the way goes on on another page, under the same letter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from forms.sheets.fonts import REGULAR, width_of
from forms.sheets.kit import Block, Cell, Drawn, Row, Space, Stack, Style, stack, text
from forms.sheets.press import MM, Page, Paper
from forms.sheets.symbols import Symbol, arrow_head, draw_symbol, pentagon

F4_LANDSCAPE = (330 * MM, 215 * MM)
PAPER = Paper(F4_LANDSCAPE, (12 * MM, 11 * MM, 12 * MM, 13 * MM))

_TEXT = Style(7.6, spread=1.26)
_HEAD = Style(6.9, spread=1.2).bold.centered
_TITLE = Style(11, spread=1.3).bold.centered
_NOTE = Style(7.2, spread=1.3)
_PAD = (3, 3)
_FRAME = 0.5
_ABOVE = 6.0  # a way crosses to another column just above the line between two rows
_LEAST = 62.0  # a row leaves room for its symbol and its arrows
BAND = 30.0
"""The strip at a page's end or beginning where the connectors stand."""
_FIXED = (22.0, 160.0, 108.0, 44.0, 106.0, 84.0)  # no, kegiatan, kelengkapan, waktu, output, keterangan


@dataclass(frozen=True)
class Way:
    """Where a step leads to: the place of another step among the rows."""

    to: int
    label: str = ""


@dataclass(frozen=True)
class Step:
    """One row. `actor` is the place of its column; `fresh` begins a new page with it."""

    number: str
    activity: str
    actor: int
    symbol: Literal["capsule", "box", "diamond"]
    requirements: tuple[str, ...]
    time: str
    output: str
    note: str = ""
    ways: tuple[Way, ...] = ()
    fresh: bool = False


@dataclass(frozen=True)
class Flow:
    """The table: its title lines, actors from left to right, steps from top to bottom, notes below."""

    title: tuple[str, ...]
    actors: tuple[str, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()
    heads: tuple[str, str, str, str] = ("Kelengkapan", "Waktu", "Output", "Keterangan")


@dataclass
class _Sheet:
    """One page being laid out: its rows, and where each stands (y below the top)."""

    first: bool
    rows: list[int] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    used: float = 0.0


def sheets(flow: Flow) -> list[Page]:
    """The pages, each drawn as a whole."""
    table = _Table(flow)
    return [table.page(number) for number in range(len(table.laid))]


class _Table:
    """Columns, rows and pages of one flow."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        lane = (PAPER.width - sum(_FIXED)) / max(len(flow.actors), 1)
        before, after = list(_FIXED[:2]), list(_FIXED[2:])
        self.widths = [*before, *([lane] * len(flow.actors)), *after]
        self.rows = [self._row(step) for step in flow.steps]
        self.head = self._heads()
        self.title = stack(*(text(line, PAPER.width, _TITLE) for line in flow.title), Space(8))
        self.notes = stack(Space(6), *(text(note, PAPER.width, _NOTE) for note in flow.notes))
        self.laid = self._lay_out()
        self.place = {index: number for number, sheet in enumerate(self.laid) for index in sheet.rows}
        self.letters = self._letters()

    # --- cells ---

    def _row(self, step: Step) -> Row:
        needs = "\n".join(f"- {item}" for item in step.requirements)
        lanes = [""] * len(self.flow.actors)
        words = [step.number, step.activity, *lanes, needs, step.time, step.output, step.note]
        centred = {0, len(words) - 3}
        cells = (self._cell(word, place, _TEXT.centered if place in centred else _TEXT) for place, word in _each(words))
        return Row(tuple(cells), least=_LEAST)

    def _cell(self, words: str, place: int, style: Style) -> Cell:
        width = self.widths[place]
        return Cell(text(words, width - 2 * _PAD[0], style), width, _PAD, _FRAME)

    def _heads(self) -> Stack:
        """Two rows: the groups over their columns, then the numbers of the columns."""
        count = len(self.flow.actors)
        names = ["No", "Kegiatan", *self.flow.actors, *self.flow.heads]
        lower = [text(name, self.widths[place] - 2 * _PAD[0], _HEAD) for place, name in _each(names)]
        tall = max(block.height for block in lower[2:-1]) + 2 * _PAD[1]
        band = _HEAD.leading + 2 * _PAD[1]
        ordinals = [str(number) for number in range(1, len(names) + 1)]
        small = _TEXT.centered.at(6)
        numbers = Row(tuple(self._cell(word, place, small) for place, word in _each(ordinals)))

        def paint(pen: Canvas, x: float, top: float) -> None:
            self._paint_heads(pen, x, top, lower, band, tall, count)

        return stack(Drawn(band + tall, paint), numbers)

    def _paint_heads(
        self, pen: Canvas, x: float, top: float, lower: Sequence[Block], band: float, tall: float, count: int
    ) -> None:
        pen.setLineWidth(_FRAME)
        groups = {2: ("Pelaksana", count), 2 + count: ("Mutu Baku", 3)}
        single = {0, 1, len(lower) - 1}
        for place, block in enumerate(lower):
            width = self.widths[place]
            height = band + tall if place in single else tall
            y = top - (0 if place in single else band)
            pen.rect(x, y - height, width, height)
            block.draw(pen, x + _PAD[0], y - (height - block.height) / 2)
            if place in groups:
                words, over = groups[place]
                whole = sum(self.widths[place : place + over])
                pen.rect(x, top - band, whole, band)
                text(words, whole, _HEAD).draw(pen, x, top - _PAD[1])
            x += width

    # --- pages ---

    def _lay_out(self) -> list[_Sheet]:
        """Rows onto pages: as many as fit between the connectors, the notes below the last."""
        laid = [_Sheet(True, used=self.title.height + self.head.height)]
        for index, (step, cells) in enumerate(zip(self.flow.steps, self.rows, strict=True)):
            last = index == len(self.rows) - 1
            below = self.notes.height if last else BAND
            full = laid[-1].used + cells.height + below > PAPER.height
            if laid[-1].rows and (full or step.fresh):
                laid.append(_Sheet(False, used=self.head.height + BAND))
            laid[-1].tops.append(laid[-1].used)
            laid[-1].rows.append(index)
            laid[-1].used += cells.height
        return laid

    def _letters(self) -> dict[tuple[int, int], str]:
        """A letter for every way that leaves its page."""
        crossing = [
            (index, way.to)
            for index, step in enumerate(self.flow.steps)
            for way in step.ways
            if self.place[index] != self.place[way.to]
        ]
        return {way: _letter(number) for number, way in enumerate(crossing)}

    def page(self, number: int) -> Page:
        sheet = self.laid[number]
        page = Page()
        page.put(Drawn(PAPER.height, lambda pen, x, top: self._paint(pen, x, top, number, sheet)))
        page.goes_on = number < len(self.laid) - 1
        return page

    def _paint(self, pen: Canvas, x: float, top: float, number: int, sheet: _Sheet) -> None:
        if sheet.first:
            self.title.draw(pen, x, top)
        self.head.draw(pen, x, top - (self.title.height if sheet.first else 0))
        if not sheet.first:
            self._band(pen, x, top - self.head.height)
        for index, down in zip(sheet.rows, sheet.tops, strict=True):
            self.rows[index].draw(pen, x, top - down)
        if number < len(self.laid) - 1:
            self._band(pen, x, top - sheet.used)
        else:
            self.notes.draw(pen, x, top - sheet.used)
        places = self._symbols(x, top, sheet)
        for index in sheet.rows:
            draw_symbol(pen, places[index])
        self._ways(pen, x, top, number, sheet, places)

    def _band(self, pen: Canvas, x: float, top: float) -> None:
        """An empty row in which the connectors stand."""
        cells = tuple(Cell(Space(BAND), width, (0, 0), _FRAME) for width in self.widths)
        Row(cells).draw(pen, x, top)

    def _symbols(self, x: float, top: float, sheet: _Sheet) -> dict[int, Symbol]:
        found = {}
        for index, down in zip(sheet.rows, sheet.tops, strict=True):
            step = self.flow.steps[index]
            found[index] = Symbol(step.symbol, self._middle(x, step.actor), top - down - self.rows[index].height / 2)
        return found

    def _middle(self, x: float, actor: int) -> float:
        return x + sum(self.widths[: 2 + actor]) + self.widths[2 + actor] / 2

    # --- ways ---

    def _ways(self, pen: Canvas, x: float, top: float, number: int, sheet: _Sheet, places: dict[int, Symbol]) -> None:
        """Every way that begins or ends on this page."""
        pen.setLineWidth(0.8)
        edges = (top - self.head.height - (self.title.height if sheet.first else 0), top - sheet.used)
        for index, way in self._all():
            here, there = self.place[index] == number, self.place[way.to] == number
            if here and there:
                self._within(pen, index, way, places, top, sheet)
            elif here:
                self._leaving(pen, x, index, way, places[index], edges)
            elif there:
                self._arriving(pen, index, way, places[way.to], edges)

    def _all(self) -> Iterator[tuple[int, Way]]:
        for index, step in enumerate(self.flow.steps):
            for way in step.ways:
                yield index, way

    def _within(self, pen: Canvas, index: int, way: Way, places: dict[int, Symbol], top: float, sheet: _Sheet) -> None:
        start, end = places[index], places[way.to]
        if way.to == index + 1:
            between = top - sheet.tops[sheet.rows.index(way.to)] + _ABOVE
            _line(pen, [start.foot, (start.x, between), (end.x, between), end.head])
            _says(pen, way.label, start.x + 3, start.foot[1] - 8)
        else:
            self._back(pen, start, way, end)

    def _back(self, pen: Canvas, start: Symbol, way: Way, end: Symbol) -> None:
        """Out at the side that faces where it goes, up a track beside it, in at its lower edge."""
        right = end.x >= start.x
        begin = start.side(right)
        track = end.track(not right if end.x != start.x else right)
        _line(pen, [begin, (track, begin[1]), (track, end.low), end.lower(track)])
        _beside(pen, way.label, begin, right)

    def _leaving(self, pen: Canvas, x: float, index: int, way: Way, start: Symbol, edges: tuple[float, float]) -> None:
        letter = self.letters[index, way.to]
        if way.to > index:
            y = edges[1] - BAND / 2
            _line(pen, [start.foot, (start.x, y + 9)])
            pentagon(pen, start.x, y, letter, down=True)
            _says(pen, way.label, start.x + 3, start.foot[1] - 8)
            return
        y, column = edges[0] - BAND / 2, self._middle(x, self.flow.steps[way.to].actor)
        right = column >= start.x
        begin = start.side(right)
        track = column if column != start.x else column + start.half + 8
        _line(pen, [begin, (track, begin[1]), (track, y - 9)])
        pentagon(pen, track, y, letter, down=False)
        _beside(pen, way.label, begin, right)

    def _arriving(self, pen: Canvas, index: int, way: Way, end: Symbol, edges: tuple[float, float]) -> None:
        letter = self.letters[index, way.to]
        if way.to > index:
            y = edges[0] - BAND / 2
            pentagon(pen, end.x, y, letter, down=True)
            _line(pen, [(end.x, y - 9), end.head])
            return
        y, track = edges[1] - BAND / 2, end.x + end.half + 1
        pentagon(pen, track, y, letter, down=False)
        _line(pen, [(track, y + 9), (track, end.low), end.lower(track)])


def _each(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    yield from enumerate(words)


def _letter(number: int) -> str:
    """A, B, … Z, A1, B1 …"""
    return chr(65 + number % 26) + (str(number // 26) if number >= 26 else "")


def _line(pen: Canvas, points: Sequence[tuple[float, float]]) -> None:
    """An arrow along these points; its head where it ends."""
    path = pen.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    pen.drawPath(path, stroke=1, fill=0)
    before = next(point for point in reversed(points[:-1]) if point != points[-1])
    arrow_head(pen, before, points[-1])


def _says(pen: Canvas, words: str, x: float, y: float) -> None:
    pen.setFont(REGULAR, 6.2)
    pen.drawString(x, y, words)


def _beside(pen: Canvas, words: str, begin: tuple[float, float], right: bool) -> None:
    """Below the beginning of a way that turns up, on white, so that no line of the table runs through it."""
    wide = width_of(words, REGULAR, 6.2)
    x = begin[0] + 2 if right else begin[0] - 2 - wide
    pen.setFillGray(1)
    pen.rect(x, begin[1] - 7.4, wide, 5.8, stroke=0, fill=1)
    pen.setFillGray(0)
    _says(pen, words, x, begin[1] - 6.6)
