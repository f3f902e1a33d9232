"""The kop: arms, lines and address of the office over a double rule."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HeadLine:
    """One centred line of the kop; `size` in points on A4 (smaller papers scale it)."""

    text: str
    size: float = 13
    bold: bool = False


@dataclass(frozen=True)
class Letterhead:
    """The kop of an office. Without `logo` (PNG or JPEG bytes) neutral arms are drawn."""

    lines: tuple[HeadLine, ...]
    address: tuple[str, ...]
    place: str
    """Where papers are dated: "Mojokerto"."""
    logo: bytes | None = None
