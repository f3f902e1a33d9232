"""What lies inside a backup: a tar of parts, and last of all a manifest with the size and hash of each."""

import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any, BinaryIO, cast

import orjson

from engine.backups.envelope import DAMAGED, Opener, Sealer
from engine.backups.refusals import BackupRefused

MANIFEST = "manifest.json"
CHUNK = 256 * 1024


@dataclass
class Writer:
    """Parts go in one after the other; `close` writes the manifest. Nothing is held but the part in hand."""

    out: Sealer
    facts: dict[str, Any]
    parts: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._tar = tarfile.open(mode="w|", fileobj=cast(IO[bytes], self.out), bufsize=CHUNK)  # noqa: SIM115 - closed by `close`

    def add(self, name: str, body: bytes) -> None:
        """A part that is in memory."""
        self.parts[name] = [len(body), sha256(body).hexdigest()]
        self._put(name, io.BytesIO(body), len(body))

    def add_file(self, name: str, file: BinaryIO, size: int, digest: str) -> None:
        """A file whose hash is known; tarfile raises OSError when it is shorter than `size`."""
        self.parts[name] = [size, digest]
        self._put(name, file, size)

    def _put(self, name: str, file: BinaryIO, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size = size
        self._tar.addfile(info, file)

    def close(self) -> None:
        """The manifest as the last part, then the end of the seal: without it nothing was made."""
        body = orjson.dumps({**self.facts, "parts": self.parts})
        self._put(MANIFEST, io.BytesIO(body), len(body))
        self._tar.close()
        self.out.close()


def parts(opened: Opener) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each part, in order, the manifest last; raises BackupRefused where it cannot be read."""
    try:
        with tarfile.open(mode="r|", fileobj=cast(IO[bytes], opened), bufsize=CHUNK) as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None:
                    raise BackupRefused(DAMAGED)
                yield member.name, content
        while opened.read(CHUNK):
            pass  # to the very end: what was cut off there is noticed
    except (tarfile.TarError, EOFError):
        raise BackupRefused(DAMAGED) from None


def examine(opened: Opener) -> dict[str, Any]:
    """Reads everything once and gives the manifest; raises BackupRefused unless every part is there and unchanged."""
    seen: dict[str, list[Any]] = {}
    manifest: dict[str, Any] | None = None
    for name, content in parts(opened):
        if name in seen or manifest is not None:
            raise BackupRefused(DAMAGED)
        if name == MANIFEST:
            manifest = _facts(content.read())
        else:
            seen[name] = measured(content)
    if manifest is None or manifest.get("parts") != seen:
        raise BackupRefused(DAMAGED)
    return manifest


def _facts(body: bytes) -> dict[str, Any]:
    try:
        return dict(orjson.loads(body))
    except (TypeError, ValueError):
        raise BackupRefused(DAMAGED) from None


def measured(content: IO[bytes]) -> list[Any]:
    """Size in bytes and SHA-256 (hex) of all that can still be read."""
    digest, size = sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return [size, digest.hexdigest()]
