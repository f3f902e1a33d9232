"""PDF and office documents: whole, open, of a bearable size, and not acting by themselves."""

import mmap
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from engine.files.natures import DOCX, ODT, XLSX, Nature
from engine.files.refusals import FileRefused

MAX_ENTRIES, MAX_UNPACKED, MAX_RATIO = 2000, 200 * 1024**2, 200


def _name(word: bytes) -> bytes:
    """A PDF name as a pattern: each letter may also be written as #xx."""
    letters = b"".join(b"(?:%c|#%02x|#%02X)" % (letter, letter, letter) for letter in word)
    return b"/" + letters + rb"(?![^\s/<>\[\]()%{}])"


_ACTIVE = re.compile(b"|".join(map(_name, (b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia"))))
_LOCKED = re.compile(_name(b"Encrypt"))
_STREAM = re.compile(rb"stream\r?\n")
_LOOK = 1024**2  # object streams are small; the first MiB of each unpacked stream is looked through
_PIECE, _MAX_STREAMS, _MAX_LOOKED = 16 * 1024, 50_000, 512 * 1024**2


def check_pdf(source: Path, name: str) -> None:
    """Refuse PDFs that are cut off, locked, or that act by themselves (scripts, programs, attachments).

    Names are looked for in the file as it lies and in its deflated streams: a sieve, not a proof.
    """
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        if whole.rfind(b"%%EOF") < 0 or whole.rfind(b"startxref") < 0:
            raise FileRefused(name, "broken")
        if _LOCKED.search(whole):
            raise FileRefused(name, "locked")
        if _ACTIVE.search(whole) or any(_ACTIVE.search(text) for text in _unpacked(whole, name)):
            raise FileRefused(name, "active")


def _unpacked(whole: mmap.mmap, name: str) -> Iterator[bytes]:
    streams = total = 0
    for begin in _STREAM.finditer(whole):
        text = _inflated(whole, begin.end())
        streams, total = streams + 1, total + len(text)
        if streams > _MAX_STREAMS or total > _MAX_LOOKED:
            raise FileRefused(name, "bomb")
        yield text


def _inflated(whole: mmap.mmap, at: int) -> bytes:
    """What can be unpacked there, at most 1 MiB; nothing when it is packed in another way."""
    packer, text = zlib.decompressobj(), b""
    try:
        while not packer.eof and len(text) < _LOOK and at < len(whole):
            text += packer.decompress(whole[at : at + _PIECE], _LOOK - len(text))
            at += _PIECE
    except zlib.error:
        return text
    return text


_ANNOUNCED = re.compile(rb"macroEnabled|oleObject")
# A template on the author's own disk is never fetched and quite usual; one elsewhere is a known trick.
_OWN_DISK = re.compile(rb"""\sTarget=["']file:///[A-Za-z][^"'&]*["']""")


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
    """A template fetched over the network, or a content type that announces macros or embedded programs."""
    telling = [entry for entry in archive.infolist() if entry.filename.endswith((".rels", "[Content_Types].xml"))]
    return any(_suspect(tag) for entry in telling for tag in _small(archive, entry).split(b"<"))


def _suspect(tag: bytes) -> bool:
    return bool(_ANNOUNCED.search(tag)) or (b"attachedTemplate" in tag and not _OWN_DISK.search(tag))


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
