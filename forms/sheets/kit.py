"""A small press: blocks that know their height, draw themselves and can be cut at a page's end.

Nothing is ever lost: what does not fit on a page is cut between lines and goes on on the next.
All measures are points; `top` is the y of a block's upper edge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from reportlab.pdfgen.canvas import Canvas

from forms.sheets.fonts import BOLD, ITALIC, REGULAR, clean, visual, width_of, wrap

THIN = 0.5
_SLACK = 0.01


class Block(Protocol):
    """Anything that can stand on a page."""

    @property
    def height(self) -> float: ...

    def draw(self, pen: Canvas, x: float, top: float) -> None: ...

    def cut(self, room: float) -> tuple[Block | None, Block | None]:
        """What fits into `room` and what remains; either may be None."""


@dataclass(frozen=True)
class Style:
    """How lines are set: face, size in points, leading as a multiple of the size, alignment."""

    size: float = 9
    font: str = REGULAR
    spread: float = 1.25
    align: Literal["left", "center", "right"] = "left"

    @property
    def leading(self) -> float:
        return self.size * self.spread

    @property
    def bold(self) -> Style:
        return replace(self, font=BOLD)

    @property
    def italic(self) -> Style:
        return replace(self, font=ITALIC)

    @property
    def centered(self) -> Style:
        return replace(self, align="center")

    def at(self, size: float) -> Style:
        return replace(self, size=size)


@dataclass(frozen=True)
class Text:
    """Lines already broken to `width`."""

    lines: tuple[str, ...]
    style: Style
    width: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading

    def draw(self, pen: Canvas, x: float, top: float) -> None:
        style = self.style
        pen.setFont(style.font, style.size)
        baseline = top - 0.8 * style.size - (style.leading - style.size) / 2 + 0.04 * style.size
        for line in self.lines:
            _set(pen, visual(line), x, baseline, self.width, style.align)
            baseline -= style.leading

    def cut(self, room: float) -> tuple[Block | None, Block | None]:
        fitting = int((room + _SLACK) / self.style.leading)
        if fitting >= len(self.lines):
            return self, None
        if fitting <= 0:
            return None, self
        head, tail = self.lines[:fitting], self.lines[fitting:]
        return replace(self, lines=head), replace(self, lines=tail)


def _set(pen: Canvas, line: str, x: float, baseline: float, width: float, align: str) -> None:
    if align == "center":
        pen.drawCentredString(x + width / 2, baseline, line)
    elif align == "right":
        pen.drawRightString(x + width, baseline, line)
    elif line:
        pen.drawString(x, baseline, line)


def text(content: str, width: float, style: Style) -> Text:
    """Any text, broken to `width`."""
    return Text(wrap(content, style.font, style.size, width), style, width)


@dataclass(frozen=True)
class Space:
    """White between blocks; it vanishes at the end of a page."""

    height: float

    def draw(self, pen: Canvas, x: float, top: float) -> None:
        pass

    def cut(self, room: float) -> tuple[Block | None, Block | None]:
        return (self, None) if self.height <= room + _SLACK else (None, None)


@dataclass(frozen=True)
class Drawn:
    """Something painted as a whole, never cut: a picture, a rule, a code."""

    height: float
    paint: Callable[[Canvas, float, float], None]

    def draw(self, pen: Canvas, x: float, top: float) -> None:
        self.paint(pen, x, top)

    def cut(self, room: float) -> tuple[Block | None, Block | None]:
        return (self, None) if self.height <= room + _SLACK else (None, self)


def rule(width: float, thickness: float = THIN, height: float | None = None) -> Drawn:
    """A horizontal line across `width`."""

    def paint(pen: Canvas, x: float, top: float) -> None:
        pen.setLineWidth(thickness)
        pen.line(x, top - thickness / 2, x + width, top - thickness / 2)

    return Drawn(thickness if height is None else height, paint)


@dataclass(frozen=True)
class Stack:
    """Blocks below each other."""

    blocks: tuple[Block, ...] = ()

    height: float = field(init=False)
    """Reckoned at once: cached_property of Python 3.11 takes locks that nested blocks in threads deadlock on."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "height", sum(block.height for block in self.blocks))

    def draw(self, pen: Canvas, x: float, top: float) -> None:
        for block in self.blocks:
            block.draw(pen, x, top)
            top -= block.height

    def cut(self, room: float) -> tuple[Block | None, Block | None]:
        for index, block in enumerate(self.blocks):
            if block.height > room + _SLACK:
                head, tail = block.cut(room)
                return self._parts(index, head, tail)
            room -= block.height
        return self, None

    def _parts(self, index: int, head: Block | None, tail: Block | None) -> tuple[Block | None, Block | None]:
        before = [*self.blocks[:index], *([head] if head else [])]
        after = [*([tail] if tail else []), *self.blocks[index + 1 :]]
        return _stack_or_none(before), _stack_or_none(after)


def _stack_or_none(blocks: list[Block]) -> Stack | None:
    """A stack of what is more than white, or None."""
    if all(isinstance(block, Space) for block in blocks):
        return None
    return Stack(tuple(blocks))


def stack(*blocks: Block | None) -> Stack:
    """Blocks below each other, missing ones left out."""
    return Stack(tuple(block for block in blocks if block is not None))


@dataclass(frozen=True)
class Whole:
    """A block moved to the next page rather than cut, unless it is taller than `limit`."""

    block: Block
    limit: float

    @property
    def height(self) -> float:
        return self.block.height

    def draw(self, pen: Canvas, x: float, top: float) -> None:
        self.block.draw(pen, x, top)

    def cut(self, room: float) -> tuple[Block | None, Block | None]:
        if self.height <= room + _SLACK:
            return self, None
        return (None, self) if self.height <= self.limit else self.block.cut(room)


@dataclass(frozen=True)
class Heading:
    """A block that stands only where at least `need` points are left for it and what follows."""

    block: Block
    need: float

    @property
    def height(self) -> float:
        return self.block.height

    def draw(self, pen: Canvas, x: float, top: float) -> None:
        self.block.draw(pen, x, top)

    def cut(self, room: float) -> tuple[Block | None, Block | None]:
        return (None, self) if room < self.need else self.block.cut(room)


@dataclass(frozen=True)
class Cell:
    """A block in a row: full `width` with padding inside, framed or not."""

    block: Block
    width: float
    pad: tuple[float, float] = (0, 0)
    """Horizontal and vertical padding."""
    frame: float = 0
    """Line width of the box around it; 0 draws none."""


@dataclass(frozen=True)
class Row:
    """Cells beside each other, all as tall as the tallest, at least `least`."""

    cells: tuple[Cell, ...]
    least: float = 0
    resumed: Block | None = None
    """What the first cell says on the next page, when the row was cut."""

    height: float = field(init=False)

    def __post_init__(self) -> None:
        tallest = max((cell.block.height + 2 * cell.pad[1] for cell in self.cells), default=0)
        object.__setattr__(self, "height", max(self.least, tallest))

    def draw(self, pen: Canvas, x: float, top: float) -> None:
        for cell in self.cells:
            if cell.frame:
                pen.setLineWidth(cell.frame)
                pen.rect(x, top - self.height, cell.width, self.height)
            cell.block.draw(pen, x + cell.pad[0], top - cell.pad[1])
            x += cell.width

    def cut(self, room: float) -> tuple[Block | None, Block | None]:
        if self.height <= room + _SLACK:
            return self, None
        parts = [cell.block.cut(room - 2 * cell.pad[1]) for cell in self.cells]
        if any(head is None and tail is not None for head, tail in parts):
            return None, self
        heads, tails = zip(*parts, strict=True)
        if not any(tails):
            return None, self
        return self._with(heads), self._with((tails[0] or self.resumed, *tails[1:]))

    def _with(self, blocks: Sequence[Block | None]) -> Row:
        pairs = zip(self.cells, blocks, strict=True)
        cells = tuple(replace(cell, block=block or Stack()) for cell, block in pairs)
        return Row(cells, resumed=self.resumed)


def row(*cells: tuple[Block, float], pad: tuple[float, float] = (0, 0), frame: float = 0) -> Row:
    """Cells given as (block, width), all padded and framed alike."""
    return Row(tuple(Cell(block, width, pad, frame) for block, width in cells))


def labelled(label: str, content: Block, label_width: float, width: float, style: Style, colon: str = ":") -> Row:
    """ "Label : content", the content aligned in a column of its own."""
    mark = style.size * 0.7
    return row(
        (text(label, label_width, style), label_width),
        (text(colon, mark, style), mark),
        (content, width - label_width - mark),
    )


def tick_box(size: float, ticked: bool) -> Drawn:
    """An empty or ticked box as large as a capital, on a line of `size` points."""
    edge = size * 0.78

    def paint(pen: Canvas, x: float, top: float) -> None:
        bottom = top - size * 1.06
        pen.setLineWidth(THIN)
        pen.rect(x, bottom, edge, edge)
        if ticked:
            _tick(pen, x, bottom, edge)

    return Drawn(size * 1.1, paint)


def _tick(pen: Canvas, x: float, bottom: float, edge: float) -> None:
    path = pen.beginPath()
    path.moveTo(x + 0.18 * edge, bottom + 0.5 * edge)
    path.lineTo(x + 0.42 * edge, bottom + 0.22 * edge)
    path.lineTo(x + 0.98 * edge, bottom + 1.12 * edge)
    pen.setLineWidth(max(0.9, edge * 0.16))
    pen.drawPath(path, stroke=1, fill=0)


def choice(label: str, ticked: bool, width: float, style: Style) -> Row:
    """A tick box with its label; a ticked label is bold, so that it is seen from afar."""
    lead = style.size * 1.25
    shown = text(label, width - lead, style.bold if ticked else style)
    return row((tick_box(style.size, ticked), lead), (shown, width - lead))


def line_width(content: str, style: Style) -> float:
    """Width of a text set in one line."""
    return width_of(clean(content, style.font), style.font, style.size)


def tick_line(choices: Sequence[tuple[str, bool]], width: float, style: Style) -> Stack:
    """Choices (label, ticked) beside each other, as many to a line as fit."""
    lines: list[list[tuple[Block, float]]] = [[]]
    used = 0.0
    for label, ticked in choices:
        natural = style.size * 2 + line_width(label, style.bold if ticked else style)
        extent = min(natural, width)
        if lines[-1] and used + extent > width:
            lines.append([])
            used = 0.0
        lines[-1].append((choice(label, ticked, extent, style), extent))
        used += extent
    return stack(*(row(*line) for line in lines))
