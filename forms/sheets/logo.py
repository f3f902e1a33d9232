"""The office's own logo: checked, made small, flattened on white."""

import warnings
from functools import lru_cache
from io import BytesIO

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

MOST_PIXELS = 25_000_000
_EDGE = 480
"""Longest side as printed: 20 mm at 600 dpi."""


class LogoRefused(ValueError):
    """The logo is no readable PNG or JPEG of at most 25 megapixels."""


@lru_cache(maxsize=16)
def prepared(data: bytes) -> Image.Image:
    """The logo as a small RGB picture; raises LogoRefused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
        if picture.width * picture.height > MOST_PIXELS:
            raise LogoRefused
        picture.thumbnail((_EDGE, _EDGE))
        return _on_white(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as problem:
        raise LogoRefused(LogoRefused.__doc__) from problem


def _on_white(picture: Image.Image) -> Image.Image:
    layered = picture.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")


def draw_logo(pen: Canvas, data: bytes, x: float, bottom: float, box: float) -> None:
    """Paint the logo into a square of `box` points, proportions kept, centred."""
    picture = prepared(data)
    pen.drawImage(ImageReader(picture), x, bottom, box, box, preserveAspectRatio=True, anchor="c")
