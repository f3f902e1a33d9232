"""The folder of backups: what lies there, when the next is due, which are old enough to go.

Beside each backup lies a note (`.json`) without personal data: when, how large, whether it was read back and found
whole. A request from a page is a file too: the worker finds it, whatever was stopped in between.
"""

import fcntl
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from engine.backups import making, restoring
from engine.backups.making import NOTE, Made, Source, keys_of

ENDING = ".cadangan"
ASKED, RUNNING, FAILED, LOCK = "diminta", "berjalan", "gagal", "kunci-kerja"
HOUR, DAYS, WEEKS = 2, 7, 4
LATE_MS = 26 * 3_600_000
STILL_MS = 10 * 60_000  # a sign of life older than this: whoever made it is gone


@dataclass(frozen=True)
class Kept:
    """One backup as the list shows it; `verified_ms` is None until it was read back."""

    name: str
    at_ms: int
    size: int
    rows: int = 0
    files: int = 0
    absent: int = 0
    verified_ms: int | None = None


@dataclass(frozen=True)
class Underway:
    """A backup that is being made: since when, and how far it is, in percent."""

    since_ms: int
    percent: int


@dataclass(frozen=True)
class Shelf:
    """The folder, in the zone whose nights count."""

    folder: Path
    since: int = 0  # when this installation began: its first night is the one after
    zone: str = "Asia/Jakarta"

    def all(self) -> list[Kept]:
        """Every whole backup, the newest first."""
        found = [self._kept(path) for path in self.folder.glob(f"*{ENDING}")]
        return sorted(found, key=lambda kept: kept.at_ms, reverse=True)

    def last(self) -> Kept | None:
        """The newest backup that was read back and found whole."""
        return next((kept for kept in self.all() if kept.verified_ms is not None), None)

    def _kept(self, path: Path) -> Kept:
        note = _read(path.with_suffix(NOTE))
        stat = path.stat()
        return Kept(
            path.name,
            int(note.get("at_ms", stat.st_mtime_ns // 1_000_000)),
            stat.st_size,
            int(note.get("rows", 0)),
            int(note.get("files", 0)),
            len(note.get("absent", ())),
            note.get("verified_ms"),
        )

    def ask(self, now: int) -> None:
        """Wishes for a backup as soon as the worker comes by."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _note(self.folder / ASKED, {"at_ms": now})

    def asked(self) -> bool:
        """Whether somebody wished for one that was not begun yet."""
        return (self.folder / ASKED).exists()

    def underway(self, now: int) -> Underway | None:
        """The backup that is being made, if any."""
        found = _read(self.folder / RUNNING)
        if not found or int(found["seen_ms"]) < now - STILL_MS:
            return None
        return Underway(int(found["since_ms"]), int(found["percent"]))

    def trouble(self) -> str:
        """Why the last try came to nothing; "" once one has succeeded."""
        return str(_read(self.folder / FAILED).get("why", ""))

    def due(self, now: int) -> bool:
        """Whether one is to be made now: asked for, or none since last two o'clock at night."""
        newest = max((kept.at_ms for kept in self.all()), default=0)
        failed = int(_read(self.folder / FAILED).get("at_ms", 0))
        return self.asked() or max(newest, failed, self.since) < self._night(now)

    def _night(self, now: int) -> int:
        here = datetime.fromtimestamp(now / 1000, ZoneInfo(self.zone))
        night = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
        return int((night if night <= here else night - timedelta(days=1)).timestamp() * 1000)

    def make(self, source: Source, passphrase: str, *, now: int, clock: Any) -> Made | None:
        """Makes one, reads it back, throws the oldest away; a failure leaves its reason behind.

        None while another process is at it; the lock goes with the process that holds it, however that ends.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return None
            return self._alone(source, passphrase, now, clock)

    def _alone(self, source: Source, passphrase: str, now: int, clock: Any) -> Made:
        (self.folder / ASKED).unlink(missing_ok=True)
        for part in self.folder.glob("*.part"):
            part.unlink(missing_ok=True)
        path = self.folder / f"{name_at(now, self.zone)}{ENDING}"
        try:
            made = self._make(path, source, passphrase, now, clock)
        except Exception as trouble:
            _note(self.folder / FAILED, {"at_ms": now, "why": str(trouble) or type(trouble).__name__})
            raise
        finally:
            (self.folder / RUNNING).unlink(missing_ok=True)
        (self.folder / FAILED).unlink(missing_ok=True)
        self.prune()
        return made

    def _make(self, path: Path, source: Source, passphrase: str, now: int, clock: Any) -> Made:
        def tell(done: int, of: int) -> None:
            _note(self.folder / RUNNING, {"since_ms": now, "seen_ms": clock(), "percent": done * 100 // max(of, 1)})

        tell(0, 1)
        made = making.make(path, source, passphrase, now=now, tell=tell)
        restoring.look(path, keys_of(path), passphrase)
        note(made, verified_ms=clock())
        return made

    def prune(self) -> list[str]:
        """Keeps the newest of each of seven days and of each of four weeks; gives the names of what went."""
        gone = [kept.name for kept in self.all() if kept.name not in self._worth_keeping()]
        for name in gone:
            path = self.folder / name
            for one in (path, keys_of(path), path.with_suffix(NOTE)):
                one.unlink(missing_ok=True)
        return gone

    def _worth_keeping(self) -> set[str]:
        days: dict[str, str] = {}
        weeks: dict[str, str] = {}
        for kept in self.all():
            here = datetime.fromtimestamp(kept.at_ms / 1000, ZoneInfo(self.zone))
            days.setdefault(here.strftime("%Y-%m-%d"), kept.name)
            weeks.setdefault(here.strftime("%G-%V"), kept.name)
        return {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}


def note(made: Made, *, verified_ms: int | None) -> None:
    """Lays the note beside a backup."""
    facts = {name: value for name, value in made.facts().items() if name not in ("file", "keys")}
    _note(made.path.with_suffix(NOTE), {**facts, "verified_ms": verified_ms})


def name_at(now: int, zone: str) -> str:
    """As `disposisi-20260410-162500`."""
    return datetime.fromtimestamp(now / 1000, ZoneInfo(zone)).strftime("disposisi-%Y%m%d-%H%M%S")


def _note(path: Path, facts: Mapping[str, Any]) -> None:
    part = path.with_name(path.name + ".tulis")
    part.write_bytes(orjson.dumps(facts))
    part.rename(path)


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(orjson.loads(path.read_bytes()))
    except (OSError, ValueError):
        return {}


def new_passphrase() -> str:
    """Thirty letters in groups of five, to be copied by hand."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(6))
