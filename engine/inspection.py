"""What a file really is, by its bytes: photos are drawn anew, documents and videos checked, the rest refused."""

import mmap
import re
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import puremagic
from PIL import Image, ImageOps

from engine.refusals import FileRefused


class Nature(NamedTuple):
    """A kind the office takes: `kind` is photo, document or video."""

    kind: str
    media_type: str
    extension: str


_OOXML = "application/vnd.openxmlformats-officedocument"
JPEG, PNG, WEBP = (
    Nature("photo", f"image/{name}", end) for name, end in (("jpeg", "jpg"), ("png", "png"), ("webp", "webp"))
)
PDF = Nature("document", "application/pdf", "pdf")
DOCX = Nature("document", f"{_OOXML}.wordprocessingml.document", "docx")
XLSX = Nature("document", f"{_OOXML}.spreadsheetml.sheet", "xlsx")
ODT = Nature("document", "application/vnd.oasis.opendocument.text", "odt")
MP4, WEBM = Nature("video", "video/mp4", "mp4"), Nature("video", "video/webm", "webm")
THREE_GP, MOV = Nature("video", "video/3gpp", "3gp"), Nature("video", "video/quicktime", "mov")

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
LONGEST_SIDE = 4096
# A baseline JPEG is decoded at half or quarter size, so it may be larger; everything else is decoded whole.
MAX_PIXELS, MAX_PIXELS_BASELINE = 40_000_000, 80_000_000
MAX_ENTRIES, MAX_UNPACKED, MAX_RATIO = 2000, 200 * 1024**2, 200
_one_picture = threading.Lock()  # decoding takes the memory of one picture, not of one per thread


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


# --- photos


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
    if picture.format == "JPEG":
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return turned


def _written(picture: Image.Image, target: Path) -> Nature:
    clear = picture.has_transparency_data
    plain = picture.convert("RGBA" if clear else "RGB")
    plain.info = {}
    nature = PNG if clear or picture.mode in ("1", "P") else JPEG
    plain.save(target, nature.media_type.removeprefix("image/").upper(), **({} if nature is PNG else {"quality": 88}))
    return nature


# --- PDF


def _name(word: bytes) -> bytes:
    """A PDF name as a pattern: each letter may also be written as #xx."""
    letters = b"".join(b"(?:%c|#%02x|#%02X)" % (letter, letter, letter) for letter in word)
    return b"/" + letters + rb"(?![^\s/<>\[\]()%{}])"


_ACTIVE = re.compile(b"|".join(map(_name, (b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia"))))
_LOCKED = re.compile(_name(b"Encrypt"))
_STREAM = re.compile(rb"stream\r?\n")
_LOOK = 1024**2  # object streams are small; the first MiB of each unpacked stream is looked through


def check_pdf(source: Path, name: str) -> None:
    """Refuse PDFs that are cut off, locked, or that act by themselves (scripts, programs, attachments).

    Names are looked for in the file as it lies and in its deflated streams: a sieve, not a proof.
    """
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        if whole.rfind(b"%%EOF") < 0 or whole.rfind(b"startxref") < 0:
            raise FileRefused(name, "broken")
        if _LOCKED.search(whole):
            raise FileRefused(name, "locked")
        if _ACTIVE.search(whole) or any(_ACTIVE.search(text) for text in _unpacked(whole)):
            raise FileRefused(name, "active")


def _unpacked(whole: mmap.mmap) -> Iterator[bytes]:
    for begin in _STREAM.finditer(whole):
        try:
            yield zlib.decompressobj().decompress(whole[begin.end() : begin.end() + _LOOK], _LOOK)
        except zlib.error:
            continue


# --- office documents


def check_office(source: Path, name: str) -> Nature:
    """DOCX, XLSX or ODT without macros, foreign templates or embedded objects, and of a bearable size unpacked."""
    try:
        with zipfile.ZipFile(source) as archive:
            _refuse_archive(archive, name)
            nature = _office_nature(archive, name)
            if archive.testzip():
                raise FileRefused(name, "broken")
            return nature
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as broken:
        raise FileRefused(name, "broken") from broken


def _refuse_archive(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    packed, unpacked = (sum(getattr(entry, size) for entry in entries) for size in ("compress_size", "file_size"))
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed + 1024**2:
        raise FileRefused(name, "bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(name, "locked")
    if any(_leads_outside(entry.filename) for entry in entries) or len({e.filename for e in entries}) < len(entries):
        raise FileRefused(name, "broken")
    if any(_acts(entry.filename.lower()) for entry in entries) or _foreign(archive):
        raise FileRefused(name, "active")


def _leads_outside(path: str) -> bool:
    return path.startswith("/") or "\\" in path or ":" in path or ".." in path.split("/")


def _acts(path: str) -> bool:
    macros = "vbaproject" in path or "vbadata" in path or "activex" in path or "/macrosheets/" in path
    scripts = path.startswith(("basic/", "scripts/", "object ")) or path.endswith((".exe", ".js", ".vbs", ".dll"))
    return macros or scripts or "/embeddings/" in path


def _foreign(archive: zipfile.ZipFile) -> bool:
    """A template fetched from elsewhere, or a content type that announces macros."""
    telling = (entry for entry in archive.infolist() if entry.filename.endswith((".rels", "[Content_Types].xml")))
    return any(re.search(rb"attachedTemplate|macroEnabled|oleObject", _small(archive, entry)) for entry in telling)


def _small(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as part:
        return part.read(1024**2)


def _office_nature(archive: zipfile.ZipFile, name: str) -> Nature:
    inside = set(archive.namelist())
    if "[Content_Types].xml" in inside:
        for part, nature in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX)):
            if part in inside:
                return nature
    if "mimetype" in inside and _small(archive, archive.getinfo("mimetype")).strip() == ODT.media_type.encode():
        return ODT
    raise FileRefused(name, "type")


# --- videos


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
