"""Photos drawn anew: what is kept is pixels, nothing of the file that came."""

import threading
import zlib
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
