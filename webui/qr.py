"""QR codes as inline SVG: black on white in light and dark, no style, no script."""

from functools import lru_cache

from markupsafe import Markup
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

QUIET = 4
"""White modules around the code, as the standard asks."""


@lru_cache(maxsize=64)
def svg(address: str, label: str) -> Markup:
    """The code of `address`; `label` says to those who do not see it what it leads to."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(address)
    code.make()
    count = code.getModuleCount()
    edge = count + 2 * QUIET
    path = "".join(_row(code, row, count) for row in range(count))
    return Markup(
        '<svg class="qr" viewBox="0 0 {edge} {edge}" width="176" height="176" role="img" aria-label="{label}"'
        ' shape-rendering="crispEdges"><rect width="{edge}" height="{edge}" fill="#fff"/>'
        '<path fill="#000" d="{path}"/></svg>'
    ).format(edge=edge, label=label, path=path)


def _row(code: QRCode, row: int, count: int) -> str:
    """The dark runs of one row."""
    dark = [bool(code.isDark(row, column)) for column in range(count)] + [False]
    runs, start = [], None
    for column, on in enumerate(dark):
        if on and start is None:
            start = column
        elif not on and start is not None:
            runs.append(f"M{start + QUIET} {row + QUIET}h{column - start}v1h-{column - start}z")
            start = None
    return "".join(runs)
