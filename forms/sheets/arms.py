"""Neutral arms for an office that has not given its own: a shield with a hall above water."""

from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 40.0, 48.0
"""The grid the arms are drawn on."""


def draw_arms(pen: Canvas, x: float, bottom: float, height: float) -> None:
    """Paint the arms `height` points tall, lower left corner at (x, bottom)."""
    pen.saveState()
    pen.translate(x, bottom)
    pen.scale(height / HEIGHT, height / HEIGHT)
    pen.setLineJoin(1)
    _shield(pen, inset=0.8, line=1.6)
    _shield(pen, inset=3.2, line=0.6)
    _hall(pen)
    _water(pen)
    pen.restoreState()


def _shield(pen: Canvas, inset: float, line: float) -> None:
    left, right, top, foot = inset, WIDTH - inset, HEIGHT - inset, inset
    path = pen.beginPath()
    path.moveTo(left, top)
    path.lineTo(right, top)
    path.lineTo(right, 22)
    path.curveTo(right, 11, 26, 5 + foot / 2, WIDTH / 2, foot)
    path.curveTo(14, 5 + foot / 2, left, 11, left, 22)
    path.close()
    pen.setLineWidth(line)
    pen.drawPath(path, stroke=1, fill=0)


def _hall(pen: Canvas) -> None:
    roof = pen.beginPath()
    roof.moveTo(8, 33)
    roof.lineTo(20, 41.5)
    roof.lineTo(32, 33)
    roof.close()
    pen.drawPath(roof, stroke=0, fill=1)
    for left in (10.5, 15.3, 20.1 + 1.9, 26.8):
        pen.rect(left, 22, 2.7, 9.6, stroke=0, fill=1)
    pen.rect(8, 19.2, 24, 1.8, stroke=0, fill=1)


def _water(pen: Canvas) -> None:
    pen.setLineWidth(1)
    for level, half in ((14.8, 10.4), (11.4, 7.8)):
        wave = pen.beginPath()
        wave.moveTo(20 - half, level)
        wave.curveTo(20 - half / 2, level + 3, 20 - half / 2, level - 3, 20, level)
        wave.curveTo(20 + half / 2, level + 3, 20 + half / 2, level - 3, 20 + half, level)
        pen.drawPath(wave, stroke=1, fill=0)
