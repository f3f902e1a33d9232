"""The symbols of an SOP's flow (Permenpan RB 35/2012): capsule, box, diamond, arrow head, pentagon."""

from dataclasses import dataclass
from math import atan2, cos, sin
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from forms.sheets.fonts import BOLD

_HALF_WIDTH, _HALF_HEIGHT = 19.0, {"box": 10.0, "capsule": 9.0, "diamond": 14.0}
_TRACK = 7.0
_HEAD = 4.4


@dataclass(frozen=True)
class Symbol:
    """One symbol by its middle, with the points where ways come in and go out."""

    kind: Literal["capsule", "box", "diamond"]
    x: float
    y: float

    @property
    def half(self) -> float:
        return _HALF_WIDTH

    @property
    def rise(self) -> float:
        return _HALF_HEIGHT[self.kind]

    @property
    def head(self) -> tuple[float, float]:
        return self.x, self.y + self.rise

    @property
    def foot(self) -> tuple[float, float]:
        return self.x, self.y - self.rise

    def side(self, right: bool) -> tuple[float, float]:
        """The middle of its right or left edge: a way out."""
        return self.x + (self.half if right else -self.half), self.y

    @property
    def low(self) -> float:
        """The height at which a way back comes in, below every way out."""
        return self.y - self.rise / 2

    def track(self, right: bool) -> float:
        """Where a way back runs beside it."""
        return self.x + (self.half + _TRACK) * (1 if right else -1)

    def lower(self, track: float) -> tuple[float, float]:
        """The point of its edge that a way back meets coming from `track`."""
        out = self.half / 2 if self.kind == "diamond" else self.half
        return self.x + (out if track > self.x else -out), self.low


def draw_symbol(pen: Canvas, symbol: Symbol) -> None:
    """Its outline, filled white, so that no line shines through."""
    pen.setLineWidth(0.9)
    pen.setFillGray(1)
    left, bottom = symbol.x - symbol.half, symbol.y - symbol.rise
    if symbol.kind == "diamond":
        _polygon(pen, [symbol.head, symbol.side(True), symbol.foot, symbol.side(False)])
    elif symbol.kind == "capsule":
        pen.roundRect(left, bottom, 2 * symbol.half, 2 * symbol.rise, symbol.rise, stroke=1, fill=1)
    else:
        pen.rect(left, bottom, 2 * symbol.half, 2 * symbol.rise, stroke=1, fill=1)
    pen.setFillGray(0)


def pentagon(pen: Canvas, x: float, y: float, letter: str, *, down: bool) -> None:
    """The connector to another page, pointing the way it goes, with the letter it has there too."""
    tip, flat = (-9.0, 9.0) if down else (9.0, -9.0)
    shoulder = tip * 0.2
    pen.setLineWidth(0.9)
    pen.setFillGray(1)
    _polygon(pen, [(x - 7, y + flat), (x + 7, y + flat), (x + 7, y + shoulder), (x, y + tip), (x - 7, y + shoulder)])
    pen.setFillGray(0)
    pen.setFont(BOLD, 7)
    pen.drawCentredString(x, y + flat * 0.3 - 2.4, letter)


def arrow_head(pen: Canvas, before: tuple[float, float], tip: tuple[float, float]) -> None:
    """A filled head at `tip`, coming from `before`."""
    angle = atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [(tip[0] - _HEAD * cos(angle + turn), tip[1] - _HEAD * sin(angle + turn)) for turn in (0.42, -0.42)]
    path = pen.beginPath()
    path.moveTo(*tip)
    path.lineTo(*wings[0])
    path.lineTo(*wings[1])
    path.close()
    pen.drawPath(path, stroke=0, fill=1)


def _polygon(pen: Canvas, points: list[tuple[float, float]]) -> None:
    path = pen.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    pen.drawPath(path, stroke=1, fill=1)
