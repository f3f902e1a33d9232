"""What a file really is, by its bytes: photos are drawn anew, documents and videos checked, the rest refused."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import puremagic

from engine.files.documents import check_office, check_pdf
from engine.files.natures import DOCX, JPEG, MOV, MP4, ODT, PDF, PNG, THREE_GP, WEBM, WEBP, XLSX, Nature
from engine.files.pictures import redraw
from engine.files.refusals import FileRefused

# Extensions that may stand on each: pictures and phone videos are often misnamed among themselves, harmlessly.
_PHOTOS = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "webp"})
_FILMS = frozenset({"mp4", "m4v", "mov", "3gp", "3gpp", "3g2"})
_ENDINGS = {
    **dict.fromkeys((JPEG, PNG, WEBP), _PHOTOS),
    **dict.fromkeys((MP4, MOV, THREE_GP), _FILMS),
    **{one: frozenset({one.extension}) for one in (PDF, DOCX, XLSX, ODT, WEBM)},
}
_MOVIE_BRANDS = (b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"MSNV", b"dash", b"mmp4", b"f4v", b"XAVC")
_STILL_BRANDS = (b"hei", b"hev", b"mif1", b"msf1", b"avif", b"avis")
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"dex\n",
)
_PROGRAM_ENDINGS = frozenset("exe com scr bat cmd ps1 vbs js jar apk msi sh elf dll lnk hta pif".split())  # noqa: SIM905 -- a list of words


HEAD = 4096


def recognise(head: bytes) -> Nature | None:
    """The nature that the first bytes speak of (an office document only by its zip: DOCX stands for all three)."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"%PDF-"):
        return PDF
    return DOCX if head.startswith(b"PK\x03\x04") else _film(head)


def _film(head: bytes) -> Nature | None:
    if head.startswith(b"\x1aE\xdf\xa3"):
        return WEBM if b"\x42\x82\x84webm" in head[:256] else None
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    if brand == b"qt  ":
        return MOV
    if brand.startswith((b"3gp", b"3g2", b"3ge", b"3gg")):
        return THREE_GP
    return MP4 if brand.startswith(_MOVIE_BRANDS) else None


def refuse_by_head(name: str, head: bytes) -> None:
    """Refuse what can be known as unwelcome from the first bytes and the ending of the name."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if head.startswith(_PROGRAMS) or ending in _PROGRAM_ENDINGS:
        raise FileRefused(name, "executable")
    if head[4:8] == b"ftyp" and head[8:12].startswith(_STILL_BRANDS):
        raise FileRefused(name, "heic")
    if head.startswith(b"GIF8"):
        raise FileRefused(name, "gif")
    found = recognise(head)
    if found is None:
        raise FileRefused(name, *_unwelcome(ending, head))
    if found is not DOCX:
        refuse_other_ending(name, ending, found)


def _unwelcome(ending: str, head: bytes) -> tuple[str]:
    """`broken` for nothing we know under a welcome ending whose bytes are no other known type, else `type`."""
    welcome = any(ending in endings for endings in _ENDINGS.values())
    return ("broken",) if welcome and not _known_elsewhere(head) else ("type",)


def _known_elsewhere(head: bytes) -> bool:
    try:
        return bool(puremagic.magic_string(head)) or head.lstrip()[:1] in b"<{"
    except (puremagic.PureError, ValueError):
        return head.lstrip()[:1] in b"<{" or b"\0" not in head


def refuse_other_ending(name: str, ending: str, found: Nature) -> None:
    """Refuse content that is not what the name says; a name without ending says nothing."""
    if ending and ending not in _ENDINGS[found]:
        raise FileRefused(name, "mismatch", found=found.extension.upper())


def inspect(source: Path, name: str, target: Path) -> tuple[Nature, bool]:
    """Check a file; a photo is drawn anew into `target` (then True), others stay as they are. Raises FileRefused."""
    with source.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise FileRefused(name, "empty")
    refuse_by_head(name, head)
    found = recognise(head)
    if found in (JPEG, PNG, WEBP):
        return redraw(source, name, target), True
    if found is PDF:
        check_pdf(source, name)
        return PDF, False
    return _checked(source, name, found), False


def _checked(source: Path, name: str, found: Nature | None) -> Nature:
    if found is DOCX:
        nature = check_office(source, name)
        refuse_other_ending(name, name.rpartition(".")[2].lower() if "." in name else "", nature)
        return nature
    assert found is not None
    if found is not WEBM:
        check_boxes(source, name)
    return found


def check_boxes(source: Path, name: str) -> None:
    """MP4, MOV and 3GP are boxes from the first byte to the last, a table of contents and the film among them."""
    with source.open("rb") as file:
        kinds = list(_boxes(file, source.stat().st_size))
    if b"" in kinds or b"moov" not in kinds or not {b"mdat", b"moof"} & set(kinds):
        raise FileRefused(name, "broken")


def _boxes(file: BinaryIO, end: int) -> Iterator[bytes]:
    """The kinds of the outermost boxes; b"" where the boxes stop making sense."""
    at, seen = 0, 0
    while at < end and seen < 10_000:
        file.seek(at)
        size, kind = _box(file.read(16), end - at)
        if size < 8 or at + size > end or not re.fullmatch(rb"[ -~\xa9]{4}", kind):
            yield b""
            return
        yield kind
        at, seen = at + size, seen + 1


def _box(head: bytes, rest: int) -> tuple[int, bytes]:
    size = int.from_bytes(head[:4], "big")
    if size == 1:
        size = int.from_bytes(head[8:16], "big")
    return (rest if size == 0 else size), head[4:8]
