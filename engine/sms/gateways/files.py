"""gammu-smsd with its files backend: a spool of `inbox`, `outbox`, `sent`, `error`. Names hold numbers: never told.

An SMS of several parts lies in several files, written one right after the other under one date, time and serial.
"""

import os
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engine.sms.gateways import FAILED, QUEUED, SENT, Arrived, Going, Progress

_IN = re.compile(r"IN(\d{8})_(\d{6})_(\d+)_(.+)_(\d{2,})\.\w+")
SETTLED_S = 1.0
"""How long a file must have been left alone: its last parts are written within milliseconds."""
STUCK_S = 900


@dataclass(frozen=True)
class Files:
    """The spool of one gammu-smsd (Debian: /var/spool/gammu)."""

    spool: Path

    @property
    def name(self) -> str:
        return "gammu-files"

    def arrived(self, most: int) -> list[Arrived]:
        groups: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for entry in self._came():
            if found := _IN.fullmatch(entry):
                groups.setdefault(found.groups()[:4], []).append((int(found[5]), entry))
        whole = (self._whole(key, sorted(names)) for key, names in groups.items())
        return [one for one, _ in zip(filter(None, whole), range(most), strict=False)]

    def _came(self) -> list[str]:
        """The files of the inbox that may be read; neither folders nor links, and one alone stops no other."""
        with os.scandir(self.spool / "inbox") as entries:
            files = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
        return sorted(entry.name for entry in files if os.access(entry.path, os.R_OK))

    def _whole(self, key: tuple[str, ...], names: list[tuple[int, str]]) -> Arrived | None:
        """One SMS from its files; None while it may still be written."""
        paths = [self.spool / "inbox" / name for _, name in names]
        try:
            newest = max(path.stat().st_mtime for path in paths)
            if time.time() - newest < SETTLED_S:
                return None
            text = "".join(_text(path.read_bytes()) for path in paths)
        except FileNotFoundError:
            return None  # another worker was here
        sent = _network(key[0], key[1])
        return Arrived("_".join([*key, text]), key[3], text, int(newest * 1000), sent, len(paths), paths)

    def forget(self, taken: Sequence[Arrived]) -> None:
        for one in taken:
            for path in one.handle:
                path.unlink(missing_ok=True)

    def send(self, going: Going) -> Progress:
        """Laid into the outbox under a name that is looked for everywhere first: never twice."""
        stamp = datetime.fromtimestamp(going.made_ms / 1000, UTC).strftime("%Y%m%d_%H%M%S")
        name = f"OUTC{stamp}_00_{going.number}_{going.tag}.txt"
        if not any((self.spool / folder / name).exists() for folder in ("outbox", "sent", "error")):
            body = going.text.encode() if going.text.isascii() else b"\xfe\xff" + going.text.encode("utf-16-be")
            aside = self.spool / "outbox" / f".{going.tag}"
            aside.write_bytes(body)
            aside.rename(self.spool / "outbox" / name)
        return Progress(QUEUED, last=False)

    def progress(self, tags: Sequence[str]) -> dict[str, Progress]:
        ways = {"outbox": Progress(QUEUED, last=False), "sent": Progress(SENT)}
        refused = Progress(FAILED, reason="ditolak jaringan")
        return {tag: ways.get(folder, refused) for tag, (folder, _) in self._find(tags).items()}

    def clear(self, tags: Sequence[str]) -> None:
        for folder, path in self._find(tags).values():
            if folder != "outbox":
                path.unlink(missing_ok=True)

    def _find(self, tags: Sequence[str]) -> dict[str, tuple[str, Path]]:
        wanted = set(tags)
        return {tag: (folder, path) for folder, path, tag in self._outgoing() if tag in wanted}

    def _outgoing(self) -> Iterator[tuple[str, Path, str]]:
        """Everything of ours: the folder, the file, its tag. Caught on its way, the later folder counts."""
        for folder in ("outbox", "sent", "error"):
            for entry in os.listdir(self.spool / folder):
                if entry.startswith("OUT"):
                    yield folder, self.spool / folder / entry, entry.rpartition("_")[2].partition(".")[0]

    def close(self) -> None:
        """It holds no line."""

    def trouble(self) -> str:
        missing = [name for name in ("inbox", "outbox", "sent", "error") if not _usable(self.spool / name)]
        if missing:
            return f"folder {', '.join(missing)} tidak ada atau tidak dapat ditulis"
        if any(not os.access(path, os.R_OK) for path in (self.spool / "inbox").iterdir() if path.is_file()):
            return "ada SMS di inbox yang tidak boleh dibaca; periksa hak atas berkasnya"
        lying = [path for folder, path, _ in self._outgoing() if folder == "outbox"]
        oldest = min((path.stat().st_mtime for path in lying if path.exists()), default=time.time())
        return "SMS keluar tidak diambil gammu-smsd sejak 15 menit" if time.time() - oldest > STUCK_S else ""


def _usable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _text(body: bytes) -> str:
    """The words of a file, as smsd writes them: UTF-16 with its mark, else UTF-8, else Latin-1."""
    if body[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("latin-1")


def _network(day: str, clock: str) -> int | None:
    """The network's stamp, in this machine's time; None where a telephone told nonsense."""
    try:
        return int(datetime.strptime(day + clock, "%Y%m%d%H%M%S").timestamp() * 1000)  # noqa: DTZ007 - local by smsd
    except (ValueError, OverflowError):
        return None
