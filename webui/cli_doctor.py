"""`disposisi doctor`: what is wrong with this installation, and how to mend it."""

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from db import migrate
from db.queries import admin
from webui import clock
from webui.cli_home import FINE, REFUSED, at_home
from webui.config import Config, ConfigInvalid, home_of
from webui.uploads import RESERVE_BYTES

SLOW_MS = 10 * 60_000
"""A job that waits this long past its time: the worker is not there, or cannot keep up."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: in order or not, and what to do."""

    what: str
    fine: bool
    words: str


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `doctor`."""
    parser = commands.add_parser(
        "doctor",
        help="apa yang salah pada pemasangan ini, dan cara memperbaikinya",
        epilog="Kode keluar: 0 semuanya baik; 1 ada yang perlu diperbaiki.",
    )
    parser.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    parser.set_defaults(handler=run)


def run(args: argparse.Namespace) -> int:
    """Looks at everything it can reach; exit 1 where something must be mended."""
    found = list(examine(home_of()))
    healthy = all(finding.fine for finding in found)
    if args.json:
        print(json.dumps({"healthy": healthy, "findings": [asdict(f) for f in found]}, ensure_ascii=False))
    else:
        for finding in found:
            print(f"{'baik ' if finding.fine else 'SALAH'}  {finding.what}: {finding.words}")
    return FINE if healthy else REFUSED


def examine(home: Path) -> Iterator[Finding]:
    """Settings and keys first; without them nothing else can be opened."""
    yield _folder(home)
    if home.is_dir():
        yield _disk(home)
    try:
        Config.from_env()
    except ConfigInvalid as wrong:
        yield Finding("pengaturan", False, f"{wrong}. Perbaiki variabel itu, atau jalankan `disposisi init`.")
        return
    yield Finding("pengaturan", True, "semua variabel dan kunci terbaca.")
    yield from _keys(home)
    yield from _database()


def _folder(home: Path) -> Finding:
    if not home.is_dir():
        return Finding("folder data", False, f"{home} tidak ada. Jalankan `disposisi init`, atau atur DISPOSISI_HOME.")
    try:
        with tempfile.TemporaryFile(dir=home):
            return Finding("folder data", True, f"{home} dapat ditulisi.")
    except OSError as refused:
        words = (
            f"{home} tidak dapat ditulisi ({refused.strerror}). Beri hak tulis kepada akun yang menjalankan layanan."
        )
        return Finding("folder data", False, words)


def _disk(home: Path) -> Finding:
    free, needed = shutil.disk_usage(home).free, RESERVE_BYTES
    told = f"sisa {free / 1024**3:.1f} GB".replace(".", ",")
    if free >= needed:
        return Finding("ruang disk", True, f"{told}.")
    words = f"{told}; bukti baru ditolak di bawah {needed / 1024**3:.0f} GB. Kosongkan atau tambah disk."
    return Finding("ruang disk", False, words)


def _keys(home: Path) -> Iterator[Finding]:
    """Keys in the data folder are for their owner's eyes only."""
    for name in ("secret", "data"):
        path = home / "keys" / name
        if path.exists() and os.name == "posix" and path.stat().st_mode & 0o077:
            yield Finding("kunci", False, f"{path} dapat dibaca orang lain. Jalankan `chmod 600 {path}`.")


def _database() -> Iterator[Finding]:
    try:
        with at_home(migrated=False):
            yield from list(_inside())
    except Exception as trouble:  # whatever the driver says: here it is an answer, not an accident
        words = (
            f"tidak dapat dibuka ({type(trouble).__name__}). Periksa DISPOSISI_DATABASE dan apakah peladennya berjalan."
        )
        yield Finding("basis data", False, words)


def _inside() -> Iterator[Finding]:
    pending, unknown = migrate.pending(), migrate.unknown()
    if unknown:
        words = f"lebih baru daripada program ini ({', '.join(unknown)}). Pasang versi program yang sesuai."
        yield Finding("skema", False, words)
        return
    if pending:
        yield Finding("skema", False, f"{len(pending)} perubahan belum diterapkan. Jalankan `disposisi migrate`.")
        return
    yield Finding("basis data", True, "terbuka, skemanya mutakhir.")
    yield _worker(clock.real())
    yield _offices(clock.real())


def _worker(now: int) -> Finding:
    oldest = admin.oldest_overdue(now - SLOW_MS)
    if oldest is None:
        return Finding("pekerja", True, "tidak ada pekerjaan yang tertunda.")
    minutes = (now - oldest) // 60_000
    mend = "Jalankan `disposisi worker`, atau `disposisi serve` tanpa --no-worker."
    return Finding("pekerja", False, f"pekerjaan tertua tertunda {minutes} menit. {mend}")


def _offices(now: int) -> Finding:
    vacant = admin.vacant(now)
    if not vacant:
        return Finding("jabatan", True, "semua jabatan ada pemegangnya.")
    names = ", ".join(f"{name} ({organisation}/{code})" for organisation, code, name in vacant[:10])
    more = f" dan {len(vacant) - 10} lagi" if len(vacant) > 10 else ""
    words = f"tanpa pemegang: {names}{more}. Catat pejabat atau penggantinya di /pengaturan; tugasnya tertahan."
    return Finding("jabatan", False, words)
