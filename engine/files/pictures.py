"""Photos drawn anew: what is kept is pixels, nothing of the file that came."""

import threading
import zlib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageOps

from engine.files.natures import JPEG, PNG, Nature
from engine.files.refusals import FileRefused

LONGEST_SIDE = 4096
# A baseline JPEG is decoded at half or quarter size, so it may be larger; everything else is decoded whole.
MAX_PIXELS, MAX_PIXELS_BASELINE = 40_000_000, 80_000_000
_one_picture = threading.Lock()  # decoding takes the memory of one picture, not of one per thread


def redraw(source: Path, name: str, target: Path) -> Nature:
    """Decode, turn upright, shrink to 4,096 pixels, and write pixels only: no EXIF, no place, no hidden tail."""
    try:
        with _one_picture, Image.open(source, formats=("JPEG", "PNG", "WEBP")) as picture:
            _refuse_bomb(picture, name)
            return _written(_upright(picture), target)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as bomb:
        raise FileRefused(name, "bomb") from bomb
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, zlib.error) as broken:
        raise FileRefused(name, "broken") from broken


def _refuse_bomb(picture: Image.Image, name: str) -> None:
    baseline = picture.format == "JPEG" and not picture.info.get("progressive")
    width, height = picture.size
    if width * height > (MAX_PIXELS_BASELINE if baseline else MAX_PIXELS):
        raise FileRefused(name, "bomb")


def _upright(picture: Image.Image) -> Image.Image:
    """Shrunk before it is turned, so that only one picture of full size is ever in memory."""
    share = min(1.0, LONGEST_SIDE / max(picture.size))
    picture.draft("RGB", (round(picture.width * share), round(picture.height * share)))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=None)
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    return picture


def _written(picture: Image.Image, target: Path) -> Nature:
    clear = picture.has_transparency_data
    plain = picture.convert("RGBA" if clear else "RGB")
    plain.info = {}
    nature = PNG if clear or picture.mode in ("1", "P") else JPEG
    plain.save(target, nature.media_type.removeprefix("image/").upper(), **({} if nature is PNG else {"quality": 88}))
    return nature


PUBLIC_SIDE = 1600
"""Pixels of the longer side of what the public sees."""


def cover(source: Path, boxes: Sequence[tuple[int, int, int, int]], target: Path) -> tuple[int, int]:
    """A copy with boxes (x, y, width, height in thousandths) filled with one colour each; gives its size in pixels.

    Filled before it is shrunk, and written as pixels only: nothing of what lay under a box can be had back.
    """
    with _one_picture, Image.open(source, formats=("JPEG", "PNG", "WEBP")) as picture:
        plain = ImageOps.exif_transpose(picture).convert("RGB")
        for box in boxes:
            place = _pixels(box, plain.size)
            colour = plain.crop(place).resize((1, 1), Image.Resampling.BOX)
            plain.paste(colour.resize((place[2] - place[0], place[3] - place[1])), place)
        plain.thumbnail((PUBLIC_SIDE, PUBLIC_SIDE))
        plain.info = {}
        plain.save(target, "JPEG", quality=82)
        return plain.size


def _pixels(box: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """From thousandths to pixels, rounded outwards, at least one."""
    x, y, wide, high = box
    width, height = size
    left, top = min(x * width // 1000, width - 1), min(y * height // 1000, height - 1)
    right, bottom = min(-(-(x + wide) * width // 1000), width), min(-(-(y + high) * height // 1000), height)
    return left, top, max(right, left + 1), max(bottom, top + 1)
