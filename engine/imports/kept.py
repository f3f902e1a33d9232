"""The uploaded list until it is done: sealed on the disk, opened only in the hands of whoever reads it, then gone."""

import io
import os
import re
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from engine import vault
from engine.imports.limits import FILE_BYTES, MB, Unreadable
from engine.imports.tables import Opener

TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")


class Readable(Protocol):
    """Something that arrives piece by piece."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""


@dataclass(frozen=True)
class Shelf:
    """Where this installation keeps lists that are being imported."""

    folder: Path

    def _path(self, token: str) -> Path:
        assert TOKEN.fullmatch(token)
        return self.folder / f"{token}.sealed"

    def put(self, token: str, arriving: Readable) -> bytes:
        """Seals a file as it arrives and gives its first bytes; raises Unreadable when it is too large."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        start, size, number = b"", 0, 0
        try:
            with self._path(token).open("w", encoding="ascii") as sealed:
                while piece := arriving.read(MB):
                    size += len(piece)
                    if size > FILE_BYTES:
                        words = "Berkas ini lebih dari %(most)s MB. Bagilah menjadi beberapa berkas."
                        raise Unreadable("too_large", words, most=FILE_BYTES // MB)
                    start = start if len(start) >= 4096 else (start + piece)[:4096]
                    sealed.write(vault.seal(b64encode(piece).decode(), f"impor:{token}:{number}") + "\n")
                    number += 1
        except BaseException:
            self.remove(token)
            raise
        return start

    @contextmanager
    def opened(self, token: str) -> Iterator[Opener]:
        """The file for reading, as often as wanted; in clear it has no name on the disk and ends with the block."""
        with tempfile.TemporaryFile(dir=self.folder) as clear:
            with self._path(token).open(encoding="ascii") as sealed:
                for number, line in enumerate(sealed):
                    clear.write(b64decode(vault.unseal(line.strip(), f"impor:{token}:{number}")))
            clear.flush()
            yield lambda: io.BufferedReader(_View(clear.fileno()), 65_536)  # type: ignore[type-var]  # RawIOBase is enough

    def under(self, keys: Collection[str]) -> int:
        """How many files have pieces under one of these keys."""
        starts = tuple(f"v1.{name}." for name in keys)
        return sum(_begins(path, starts) for path in self.folder.glob("*.sealed")) if starts else 0

    def remove(self, token: str) -> None:
        """Forgets a file."""
        self._path(token).unlink(missing_ok=True)

    def sweep(self, wanted: set[str], *, older_than: int) -> int:
        """Forgets every file no run waits for, unless it is still arriving (UTC ms); gives how many went."""
        lying = [path for path in self.folder.glob("*.sealed") if path.stem not in wanted]
        gone = [path for path in lying if path.stat().st_mtime_ns < older_than * 1_000_000]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)


class _View(io.RawIOBase):
    """A file read at a place of one's own, so that several readers share one descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self._place = descriptor, 0
        self._size = os.fstat(descriptor).st_size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        start = {0: 0, 1: self._place, 2: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]  # any writable buffer
        found = os.pread(self._descriptor, len(buffer), self._place)
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)


def of_path(path: Path) -> Opener:
    """A file of the administrator's own, for the command line."""

    def opener() -> IO[bytes]:
        return path.open("rb")

    return opener


def _begins(path: Path, starts: tuple[str, ...]) -> bool:
    try:
        with path.open(encoding="ascii") as sealed:
            return any(line.startswith(starts) for line in sealed)
    except FileNotFoundError:
        return False
