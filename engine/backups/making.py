"""A backup is made while the office works: one picture of the database, its files, and its keys apart."""

import gzip
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from db import migrate, sql, tables
from engine.backups.archive import Writer, measured
from engine.backups.envelope import Sealer
from engine.backups.refusals import BackupRefused

FORMAT = 1
PART_BYTES = 4 * 1024 * 1024
GZIP_LEVEL = 1
KEYS, NOTE = ".kunci", ".json"

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Source:
    """What is backed up beside the database: the folder of kept files, and the keys as their files hold them.

    `after` gives the keys once the database has been read: one that was added meanwhile may seal what was read.
    """

    kept: Path
    keys: Mapping[str, str]
    after: Callable[[], Mapping[str, str]] | None = None


@dataclass
class Made:
    """What a backup holds. `absent`: files the database speaks of that are not there or were changed."""

    path: Path
    at_ms: int
    size: int = 0
    rows: int = 0
    files: int = 0
    absent: list[str] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        """As `--json` prints it; instants in UTC ms, sizes in bytes."""
        return {
            "file": str(self.path),
            "keys": str(keys_of(self.path)),
            "at_ms": self.at_ms,
            "size": self.size,
            "rows": self.rows,
            "files": self.files,
            "absent": self.absent,
        }


def keys_of(path: Path) -> Path:
    """Where the keys that belong to a backup are laid."""
    return path.with_suffix(KEYS)


def make(path: Path, source: Source, passphrase: str, *, now: int, tell: Tell = lambda done, of: None) -> Made:
    """Writes `path` and its keys beside it, whole or not at all; `tell` hears rows done and rows in all.

    Raises BackupRefused when something lies there already.
    """
    if path.exists() or keys_of(path).exists():
        raise BackupRefused(f"{path} sudah ada; pilih nama lain.")
    made = Made(path, now)
    with _whole(path) as file:
        _write(Sealer(file, passphrase), source, made, tell)
        _write_keys(keys_of(path), source.after() if source.after else source.keys, passphrase)
    made.size = path.stat().st_size
    return made


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file that has its name only once all of it is on the disk; for its owner's eyes."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_keys(path: Path, keys: Mapping[str, str], passphrase: str) -> None:
    with _whole(path) as file:
        sealer = Sealer(file, passphrase)
        sealer.write(orjson.dumps({"format": FORMAT, **keys}))
        sealer.close()


def _write(out: Sealer, source: Source, made: Made, tell: Tell) -> None:
    with tables.snapshot():
        shapes = tables.shapes()
        counts = {shape.name: tables.count(shape) for shape in shapes}
        facts = {"format": FORMAT, "version": version(), "at_ms": made.at_ms, "migrations": migrate.applied()}
        writer = Writer(out, {**facts, "rows": counts, **_heads()})
        for shape in shapes:
            for number, body in enumerate(_bodies(tables.lines(shape))):
                head = orjson.dumps({"columns": shape.columns, "blobs": shape.blobs}) + b"\n"
                made.rows += body.count(b"\n")
                writer.add(f"tabel/{shape.name}/{number:05d}.gz", gzip.compress(head + body, GZIP_LEVEL))
                tell(made.rows, sum(counts.values()))
        wanted = _wanted()
    _add_files(writer, source.kept, wanted, made)
    writer.facts["absent"] = made.absent
    writer.close()


def _bodies(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines gathered into parts of a few MiB."""
    held = bytearray()
    for line in lines:
        held += line
        if len(held) >= PART_BYTES:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _heads() -> dict[str, Any]:
    """How far the books had come: whoever restores compares them with what was printed (a seal by its root)."""
    seals = sql.rows(
        "SELECT organisation_id, seq, at_ms, root FROM seal s WHERE seq = (SELECT MAX(seq) FROM seal t"
        " WHERE t.organisation_id = s.organisation_id) ORDER BY organisation_id"
    )
    counters = sql.rows(
        "SELECT o.code, c.name, c.value FROM counter c JOIN organisation o ON o.id = c.organisation_id"
        " ORDER BY o.code, c.name"
    )
    return {"seals": [list(row) for row in seals], "counters": [list(row) for row in counters]}


def _wanted() -> list[tuple[str, bool]]:
    """Hashes of the files the picture refers to, and whether a case has them (a draft's may be forgotten any day)."""
    text = "SELECT content_hash, MAX(CASE WHEN case_file_id IS NULL THEN 0 ELSE 1 END) FROM attachment"
    found = sql.rows(text + " WHERE state = 'clean' AND content_hash <> '' GROUP BY content_hash ORDER BY content_hash")
    painted = sql.rows("SELECT DISTINCT content_hash FROM publication_photo ORDER BY content_hash")
    return [(str(name), bool(kept)) for name, kept in [*found, *((name, 1) for (name,) in painted)]]


def _add_files(writer: Writer, kept: Path, wanted: Iterable[tuple[str, bool]], made: Made) -> None:
    for name, of_case in wanted:
        if _add_file(writer, kept / name[:2] / name, name):
            made.files += 1
        elif of_case:
            made.absent.append(name)


def _add_file(writer: Writer, path: Path, name: str) -> bool:
    """Adds a kept file, unless it is gone or no longer what its name says."""
    try:
        with path.open("rb") as file:
            size, digest = measured(file)
            if digest != name:
                return False
            file.seek(0)
            writer.add_file(f"berkas/{name}", file, size, digest)
            return True
    except FileNotFoundError:
        return False


def version() -> str:
    """The product's version."""
    return metadata.version("disposisi")
