"""Attachments by content hash: received into quarantine, kept only once re-encoded or checked."""

import hashlib
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from engine.files import clamav, inspection, pictures
from engine.files.natures import JPEG, Nature
from engine.files.refusals import FileRefused

__all__ = ["LIMITS", "Batch", "Checked", "FileRefused", "Limits", "Quarantined", "Store", "clean_name"]

MB = 1024**2
CHUNK = 256 * 1024
LOOK_EVERY = 8 * MB  # how often the free space is looked at while a file streams in


class Readable(Protocol):
    """Anything that gives bytes in pieces: an upload, a file, a mail part."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Most that is taken, in bytes; the numbers are the promise of the public form."""

    photo: int = 25 * MB
    document: int = 25 * MB
    video: int = 100 * MB
    total: int = 150 * MB
    count: int = 10


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file as received: hash and size in bytes of exactly what came, not yet to be shown to anyone."""

    sha256: str
    size: int
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as kept: `sha256` and `size` of the kept bytes; `kind` is photo, document or video."""

    kind: str
    media_type: str
    extension: str
    path: Path
    sha256: str
    size: int
    name: str


class Store:
    """A folder with `quarantine/` and `kept/<first two>/<sha256>`; `reserve_bytes` stay free on its disk."""

    def __init__(self, root: Path, reserve_bytes: int, *, clamav: str = "") -> None:
        self.root, self.reserve, self.scanner = root, reserve_bytes, clamav
        self.quarantine, self.kept = root / "quarantine", root / "kept"
        for folder in (self.quarantine, self.kept):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def receive(
        self, stream: Readable, name: str, *, limits: Limits = LIMITS, now: int, room: int | None = None
    ) -> Quarantined:
        """Stream a file into quarantine, in pieces of 256 KB; `room` is what is left of the batch, in bytes.

        Raises FileRefused: empty, too large (photo and document 25 MB, video 100 MB), unwelcome by its first bytes,
        or the disk is at its reserve. What was refused leaves nothing behind.
        """
        name = clean_name(name)
        part = self.quarantine / f"{secrets.token_hex(16)}.part"
        try:
            with part.open("xb") as file:
                sha256, size = self._stream(stream, file, name, limits, room)
            path = self.quarantine / f"{sha256}.{secrets.token_hex(8)}"
            os.utime(part, ns=(now * 1_000_000, now * 1_000_000))
            part.rename(path)
            _sync_folder(self.quarantine)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return Quarantined(sha256, size, path, name)

    def _stream(self, stream: Readable, file: BinaryIO, name: str, limits: Limits, room: int | None) -> tuple[str, int]:
        digest, size, looked = hashlib.sha256(), 0, -LOOK_EVERY
        cap = limits.document
        for chunk in _pieces(stream):
            if not size:
                cap = _cap(name, chunk, limits)
            size += len(chunk)
            _refuse_size(name, size, cap, room, limits)
            if size - looked >= LOOK_EVERY:
                self._refuse_full(name, len(chunk))
                looked = size
            digest.update(chunk)
            file.write(chunk)
        if not size:
            raise FileRefused(name, "empty")
        file.flush()
        os.fsync(file.fileno())
        return digest.hexdigest(), size

    def _refuse_full(self, name: str, coming: int) -> None:
        if shutil.disk_usage(self.root).free - coming < self.reserve:
            raise FileRefused(name, "disk_full")

    def inspect(self, path: Path, name: str) -> Checked:
        """Check a quarantined file and move it to the kept ones, photos drawn anew.

        Raises FileRefused (the file is then gone), or clamav.ScannerUnavailable (it stays, to be tried again).
        """
        name = clean_name(name)
        drawn = self.quarantine / f"{secrets.token_hex(16)}.drawn"
        try:
            self._refuse_infected(path, name)
            nature, redrawn = inspection.inspect(path, name, drawn)
            kept = self._keep(drawn if redrawn else path, nature, name)
            path.unlink(missing_ok=True)
            return kept
        except FileRefused:
            path.unlink(missing_ok=True)
            raise
        finally:
            drawn.unlink(missing_ok=True)

    def _refuse_infected(self, path: Path, name: str) -> None:
        if self.scanner and (signature := clamav.scan(self.scanner, path)):
            raise FileRefused(name, "infected", signature=signature)

    def _keep(self, path: Path, nature: Nature, name: str) -> Checked:
        with path.open("rb") as file:
            os.fsync(file.fileno())
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size, target = path.stat().st_size, self.path_of(sha256)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        path.replace(target)
        _sync_folder(target.parent)
        return Checked(nature.kind, nature.media_type, nature.extension, target, sha256, size, _ended(name, nature))

    def keep_covered(self, sha256: str, boxes: Sequence[tuple[int, int, int, int]]) -> tuple[str, int, int]:
        """Keeps a copy of a kept photo with these boxes painted over; gives its hash, width and height."""
        drawn = self.quarantine / f"{secrets.token_hex(16)}.drawn"
        try:
            width, height = pictures.cover(self.path_of(sha256), boxes, drawn)
            return self._keep(drawn, JPEG, "foto.jpg").sha256, width, height
        finally:
            drawn.unlink(missing_ok=True)

    def path_of(self, sha256: str) -> Path:
        """Where a kept file lies (whether or not it is there); ValueError for what is no hash."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError(f"not a sha256: {sha256!r}")
        return self.kept / sha256[:2] / sha256

    def discard(self, quarantined: Quarantined) -> None:
        """Forget a received file that nobody will send after all."""
        quarantined.path.unlink(missing_ok=True)

    def sweep(self, before: int) -> int:
        """Delete what has lain in quarantine since before that instant (UTC ms); how many files went."""
        old = [path for path in self.quarantine.iterdir() if path.stat().st_mtime_ns < before * 1_000_000]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


class Batch:
    """The attachments of one report: at most ten, 150 MB in all; earlier ones of the same report count."""

    def __init__(self, store: Store, limits: Limits = LIMITS, *, count: int = 0, size: int = 0) -> None:
        self.store, self.limits = store, limits
        self.count, self.size = count, size
        self.files: list[Quarantined] = []

    def receive(self, stream: Readable, name: str, now: int) -> Quarantined:
        """Receive one more; raises FileRefused, also when the count or the sum is too large."""
        if self.count >= self.limits.count:
            raise FileRefused(clean_name(name), "too_many", max=self.limits.count)
        room = self.limits.total - self.size
        found = self.store.receive(stream, name, limits=self.limits, now=now, room=room)
        self.count, self.size = self.count + 1, self.size + found.size
        self.files.append(found)
        return found

    def discard(self) -> None:
        """Forget all that was received: the report was not sent."""
        for found in self.files:
            self.store.discard(found)


def clean_name(name: str) -> str:
    """A declared file name made harmless: last path part, no control or reordering characters, at most 120 letters."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(
        c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*'
    )
    stem, dot, ending = " ".join(seen.split()).strip(". ").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    short = stem[: 119 - len(ending[:20])].strip() or "berkas"
    return f"{short}.{ending[:20]}" if ending else short


def _ended(name: str, nature: Nature) -> str:
    """The name with the ending of what is kept."""
    stem, dot, ending = name.rpartition(".")
    same = ending.lower() == nature.extension or (
        nature.extension == "jpg" and ending.lower() in ("jpeg", "jpe", "jfif")
    )
    return name if dot and same else f"{stem if dot else name}.{nature.extension}"


def _pieces(stream: Readable) -> Iterator[bytes]:
    """The stream in pieces, the first long enough to be recognised."""
    first = b""
    while len(first) < inspection.HEAD and (more := stream.read(CHUNK)):
        first += more
    if first:
        yield first
    while more := stream.read(CHUNK):
        yield more


def _cap(name: str, head: bytes, limits: Limits) -> int:
    inspection.refuse_by_head(name, head[: inspection.HEAD])
    found = inspection.recognise(head)
    return int(getattr(limits, found.kind)) if found else limits.document


def _refuse_size(name: str, size: int, cap: int, room: int | None, limits: Limits) -> None:
    if size > cap:
        raise FileRefused(name, "too_large", max_mb=cap // MB)
    if room is not None and size > room:
        raise FileRefused(name, "total_too_large", max_mb=limits.total // MB)


def _sync_folder(folder: Path) -> None:
    """A rename survives a power cut only once its folder is written."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
