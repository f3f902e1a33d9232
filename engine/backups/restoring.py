"""The way back: a backup is read to its end and found whole before anything is written, then fills an empty place."""

import gzip
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, BinaryIO

import orjson

from db import migrate, sql, tables
from db.connect import transaction
from db.tables import Shape
from engine import journal
from engine.backups import archive, making
from engine.backups.envelope import DAMAGED, Opener
from engine.backups.making import Tell
from engine.backups.refusals import BackupRefused

HELD = "Dipulihkan"
"""What is noted on a message that waited when the backup was made: it may have left since, so a person decides."""
PART_MOST = 512 * 1024 * 1024
"""Bytes a part may unpack into; ours are a few MiB, or one long row."""
_NOT_OURS = (LookupError, TypeError, ValueError, EOFError, StopIteration, zlib.error, gzip.BadGzipFile)
_SHAPE = {"format": int, "version": str, "at_ms": int, "migrations": list, "rows": dict, "absent": list}
_SHAPE |= {"seals": list, "counters": list}


@dataclass(frozen=True)
class Found:
    """A backup that is whole and can be brought back by this program."""

    path: Path
    manifest: Mapping[str, Any]
    keys: Mapping[str, str]

    @property
    def rows(self) -> int:
        """Rows of all tables together, as the manifest says."""
        return sum(self.manifest["rows"].values())


@dataclass
class Restored:
    """What came back. `held`: messages that wait for a person; `migrated`: what was applied to an older backup."""

    rows: int = 0
    files: int = 0
    held: int = 0
    migrated: tuple[str, ...] = ()


def verify(path: Path, passphrase: str) -> dict[str, Any]:
    """Reads a backup to its end and gives its manifest; raises BackupRefused."""
    with _open(path) as file:
        return archive.examine(Opener(file, passphrase))


def look(path: Path, keys: Path, passphrase: str) -> Found:
    """Everything that can be known before something is written; raises BackupRefused with what stands in the way."""
    secrets = _keys(keys, passphrase)
    manifest = verify(path, passphrase)
    if any(not isinstance(manifest.get(name), kind) for name, kind in _SHAPE.items()) or not manifest["migrations"]:
        raise BackupRefused(DAMAGED)
    newer = sorted(set(manifest["migrations"]) - set(migrate.known()))
    if manifest["format"] > making.FORMAT or newer:
        made = f"Cadangan ini dibuat oleh Disposisi {manifest['version']}, lebih baru daripada program ini"
        raise BackupRefused(f"{made} ({making.version()}). Pasang versi itu atau yang lebih baru, lalu ulangi.")
    return Found(path, manifest, secrets)


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as trouble:
        raise BackupRefused(f"{path} tidak dapat dibaca: {trouble.strerror}.") from None


def _keys(path: Path, passphrase: str) -> dict[str, str]:
    with _open(path) as file:
        opened = Opener(file, passphrase)
        try:
            found = orjson.loads(opened.read(1024 * 1024))
            return {"secret": str(found["secret"]), "data": str(found["data"])}
        except (orjson.JSONDecodeError, KeyError, TypeError):
            raise BackupRefused(f"{path} bukan berkas kunci cadangan.") from None


def bring_back(found: Found, passphrase: str, kept: Path, *, now: int, tell: Tell = lambda done, of: None) -> Restored:
    """Fills the empty database the process points at, and the folder of kept files; older ones are then migrated."""
    done = fill(found, passphrase, kept, tell)
    done.migrated = tuple(migrate.up())
    with transaction():
        _look_through_again(now)
        _tell(found, done, now)
    return done


def fill(found: Found, passphrase: str, kept: Path, tell: Tell = lambda done, of: None) -> Restored:
    """The rows and files alone, under the schema they were saved with; BackupRefused for what none of ours holds."""
    try:
        return _fill(found, passphrase, kept, tell)
    except (*_NOT_OURS, *tables.REFUSED) as wrong:
        raise BackupRefused(DAMAGED) from wrong


def _fill(found: Found, passphrase: str, kept: Path, tell: Tell) -> Restored:
    migrate.up(max(found.manifest["migrations"]))
    done = Restored()
    with _open(found.path) as file, tables.filling():
        known = tables.columns()
        for name, content in archive.parts(Opener(file, passphrase)):
            _take(name, content, known, kept, done)
            tell(done.rows, found.rows)
        done.held = _hold_back()
        sql.execute("UPDATE job SET lease_ms = 0 WHERE lease_ms <> 0")
    return done


def _take(name: str, content: IO[bytes], known: Mapping[str, frozenset[str]], kept: Path, done: Restored) -> None:
    kind, _, rest = name.partition("/")
    if kind == "tabel":
        table = rest.partition("/")[0]
        done.rows += _rows(table, known[table], content)
    elif kind == "berkas":
        _file(kept, rest, content)
        done.files += 1


def _rows(table: str, known: frozenset[str], content: IO[bytes]) -> int:
    """The rows of a table we know, in columns we know: nothing of the file becomes a word of a statement."""
    with gzip.GzipFile(fileobj=content) as packed:
        body = packed.read(PART_MOST + 1)
    lines = iter(body.splitlines())
    head = orjson.loads(next(lines))
    columns, blobs = tuple(head["columns"]), tuple(head["blobs"])
    if len(body) > PART_MOST or not {*columns, *blobs} <= known:
        raise BackupRefused(DAMAGED)
    return tables.write(Shape(table, columns, blobs), lines)


def _file(kept: Path, name: str, content: IO[bytes]) -> None:
    if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
        raise BackupRefused(DAMAGED)
    path = kept / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := content.read(archive.CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != name:
        raise BackupRefused(DAMAGED)


def _hold_back() -> int:
    """Messages that waited may have left after the backup was made: none is sent a second time by itself."""
    text = "UPDATE job SET state = 'failed', error = ?, lease_ms = 0 WHERE state = 'waiting'"
    return int(sql.execute(text + " AND kind IN ('service', 'mail')", (HELD,)).rowcount)


def _look_through_again(now: int) -> None:
    """What cases are found by is not in a backup: the worker writes it anew, with the keys."""
    sql.execute("DELETE FROM job WHERE name IN ('reindex', 'reindex_published')")
    facts = {"state": "waiting", "due_ms": now, "attempts": 0, "lease_ms": 0, "error": "", "created_ms": now}
    if sql.row("SELECT 1 FROM case_file LIMIT 1"):
        sql.insert("job", name="reindex", kind="reindex", payload="{}", **facts)
    if sql.row("SELECT 1 FROM publication LIMIT 1"):
        sql.insert("job", name="reindex_published", kind="reindex_published", payload="{}", **facts)


def _tell(found: Found, done: Restored, now: int) -> None:
    """The journal of every organisation says that it goes on from a backup, and of when."""
    facts = {"backup_ms": found.manifest["at_ms"], "version": found.manifest["version"], "held": done.held}
    for (organisation,) in sql.rows("SELECT id FROM organisation ORDER BY id"):
        journal.append(int(organisation), None, [journal.Entry("restored", now, facts=facts)])
