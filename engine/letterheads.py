"""A letterhead as it is decided: its lines, what is wrong with them, its logo made small and harmless, a sample."""

import warnings
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

from PIL import Image

from engine.errors import FormInvalid, Objection
from engine.papers import heading
from forms.sheets import lembar_disposisi, specimens, surat_balasan
from forms.sheets.logo import LogoRefused, prepared

MOST_BYTES = 2 * 1024 * 1024
MOST_EDGE = 4_000
"""Pixels a side; what is smaller is scaled down to what a printer can show."""
LINES = {"lines": (1, 4, 100), "address": (0, 3, 160), "signature": (0, 2, 80), "place": (1, 1, 60)}
"""Each field: fewest and most lines, longest line."""
SAMPLES = ("lembar-disposisi", "surat-balasan")
_DRAWING = (b"<svg", b"<?xml", b"<!doctype", b"\xef\xbb\xbf<")


def read(fields: Mapping[str, str]) -> dict[str, Any]:
    """The letterhead in what was typed (one line each); raises FormInvalid with everything wrong, by field."""
    found = {name: [line.strip() for line in fields[name].splitlines() if line.strip()] for name in LINES}
    problems = {name: [wrong] for name, lines in found.items() if (wrong := _objection(name, lines))}
    if problems:
        raise FormInvalid(problems)
    return {**found, "place": found["place"][0]}


def _objection(name: str, lines: list[str]) -> Objection | None:
    fewest, most, longest = LINES[name]
    if len(lines) < fewest:
        return Objection("required", "Bagian ini harus diisi.")
    if len(lines) > most:
        return Objection("lines", "Paling banyak %(most)s baris.", {"most": most})
    if any(len(line) > longest or not line.isprintable() for line in lines):
        return Objection("long", "Setiap baris paling panjang %(most)s huruf biasa.", {"most": longest})
    return None


def logo(data: bytes) -> bytes:
    """A logo as it is kept: a small PNG made anew from its pixels; raises FormInvalid at `logo`."""
    wrong = _logo_objection(data)
    if wrong is not None:
        raise FormInvalid({"logo": [wrong]})
    try:
        picture = prepared(data)
    except LogoRefused as refused:
        raise FormInvalid({"logo": [_UNREADABLE]}) from refused
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()


_UNREADABLE = Objection("unreadable", "Berkas ini bukan gambar PNG atau JPEG yang dapat dibaca.")


def _logo_objection(data: bytes) -> Objection | None:
    if len(data) > MOST_BYTES:
        return Objection("big", "Berkas logo paling besar 2 MB; simpan dengan ukuran lebih kecil.")
    if data[:512].lstrip().lower().startswith(_DRAWING) or b"<svg" in data[:2048].lower():
        words = "Logo SVG tidak diterima karena dapat memuat program; simpan sebagai PNG atau JPEG."
        return Objection("svg", words)
    size = _size(data)
    if size is None:
        return _UNREADABLE
    if max(size) > MOST_EDGE:
        words = "Logo ini %(width)s × %(height)s piksel; paling besar %(most)s piksel setiap sisi."
        return Objection("pixels", words, {"width": size[0], "height": size[1], "most": MOST_EDGE})
    return None


def _size(data: bytes) -> tuple[int, int] | None:
    """Width and height as the file's head tells them; nothing is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(BytesIO(data), formats=("PNG", "JPEG")).size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def sample(kind: str, body: Mapping[str, Any], name: str, picture: bytes | None) -> bytes:
    """A paper with invented contents under this letterhead, as PDF."""
    head = heading.drawn(body, name, picture)
    if kind == "surat-balasan":
        content = specimens.SURAT_BALASAN
        titles = (*body.get("signature", ()), content.signature.titles[-1])
        return surat_balasan.draw(
            replace(content, letterhead=head, signature=replace(content.signature, titles=titles))
        )
    return lembar_disposisi.draw(replace(specimens.LEMBAR_DISPOSISI, letterhead=head))
