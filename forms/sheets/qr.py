"""QR codes drawn as vectors: sharp at any size, black on white, with the quiet zone they need."""

from functools import lru_cache

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfgen.canvas import Canvas

from forms.sheets.kit import Drawn

_QUIET = 2
"""White modules around the code inside its square; the paper adds the rest."""


@lru_cache(maxsize=256)
def _runs(address: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Modules per side, and the dark runs as (row, column, length)."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(address)
    code.make()
    count = code.getModuleCount()
    runs: list[tuple[int, int, int]] = []
    for row in range(count):
        start = None
        for column in range(count + 1):
            dark = column < count and code.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((row, start, column - start))
                start = None
    return count, tuple(runs)


def qr(address: str, edge: float) -> Drawn:
    """The code of `address` in a square of `edge` points."""

    def paint(pen: Canvas, x: float, top: float) -> None:
        count, runs = _runs(address)
        module = edge / (count + 2 * _QUIET)
        path = pen.beginPath()
        for row, column, length in runs:
            left = x + (_QUIET + column) * module
            path.rect(left, top - (_QUIET + row + 1) * module, length * module, module)
        pen.drawPath(path, stroke=0, fill=1)

    return Drawn(edge, paint)
