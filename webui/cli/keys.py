"""`disposisi rotate-keys`: a new key for personal data; everything sealed anew while the office goes on.

Called again it goes on with what was stopped; the old key is thrown away once nothing lies under it.
"""

import argparse
import fcntl
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from engine import vault
from engine.commands import rotation
from webui import clock, keyfile
from webui.cli.home import FINE, REFUSED, at_home, command
from webui.config import Config
from webui.importing import shelf_of

RETIRE_MS = 10 * 60_000
"""How long an old key is kept beside the new one: longer than any request that began before it."""


@dataclass
class Turned:
    """What one call did."""

    current: str = ""
    added: bool = False
    rows: int = 0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    retire_after_ms: int | None = None
    given: bool = False  # the keys come from the environment


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `rotate-keys`."""
    turning = commands.add_parser(
        "rotate-keys",
        description="Menambah kunci baru, menyegel ulang semua data pribadi dengannya, lalu membuang kunci lama bila"
        " tidak ada lagi yang memakainya. Boleh dihentikan dan dipanggil lagi: ia melanjutkan. Peladen dan pekerja"
        " yang sedang berjalan mengenali kunci baru dengan sendirinya. Cadangan lama tetap dapat dipulihkan dengan"
        " berkas .kunci di sebelahnya.",
        epilog="Kode keluar: 0 selesai, atau kunci lama tinggal dibuang; 1 ada yang tidak dapat dibuka atau masih"
        " memakai kunci lama; 2 pengaturan salah.",
    )
    turning.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    turning.set_defaults(handler=rotate)


@command
def rotate(args: argparse.Namespace) -> int:
    """Begins a rotation, or goes on with one."""
    with at_home() as config:
        try:
            with _alone(config):
                done = turn(config, now=clock.real(), tell=_Progress(shown=not args.json))
        except BlockingIOError:
            print("Penggantian kunci sedang berjalan di tempat lain.", file=sys.stderr)
            return REFUSED
    print(json.dumps(vars(done)) if args.json else _told(done))
    return REFUSED if done.broken or done.left else FINE


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    """One rotation at a time; raises BlockingIOError. The lock goes with the process, however that ends."""
    path = config.home / "keys" / "rotasi"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def turn(config: Config, *, now: int, tell: rotation.Tell = lambda done, of: None) -> Turned:
    """One call: a new key unless a rotation is under way, everything sealed anew, old keys thrown away in time."""
    ring, begun = vault.ring(), time.monotonic()
    done = Turned(given=not keyfile.is_ours(config))
    if len(ring.keys) == 1 and not done.given:
        ring = keyfile.with_new(ring)
        keyfile.write(config.home, ring)
        done.added = True
        rotation.note("begun", now, current=ring.current, old=_old(ring))
    done.current = vault.ring().current
    found = rotation.reseal(tell=tell)
    done.rows, done.broken, done.seconds = found.rows, found.broken, round(time.monotonic() - begun, 2)
    if found.rows:
        rotation.note("resealed", now, current=done.current, old=_old(ring), rows=found.rows)
    _retire(config, done, now)
    return done


def _old(ring: vault.Keyring) -> list[str]:
    return [name for name in ring.keys if name != ring.current]


def _retire(config: Config, done: Turned, now: int) -> None:
    ring = vault.ring()
    old = _old(ring)
    done.left = [f"{table}.{name}: {count}" for table, name, count in rotation.left_under(old)]
    done.left += [f"impor: {count}" for count in (shelf_of(config).under(old),) if count]
    done.kept = old
    if done.left or done.given or not old:
        return
    done.retire_after_ms = keyfile.written_ms(config.home) + RETIRE_MS
    if now >= done.retire_after_ms:
        keyfile.write(config.home, keyfile.only_current(ring))
        done.kept, done.retired, done.retire_after_ms = [], old, None
        rotation.note("retired", now, current=ring.current, old=old)


class _Progress:
    """How far it is, on stderr, where someone looks."""

    def __init__(self, *, shown: bool) -> None:
        self._next, self._shown = 0.0, shown

    def __call__(self, done: int, of: int) -> None:
        if self._shown and (time.monotonic() >= self._next or done >= of):
            self._next = time.monotonic() + 0.5
            start, end = ("\r", "") if sys.stderr.isatty() else ("", "\n")
            line = f"{start}Menyegel ulang: {done} dari {of} ({done * 100 // max(of, 1)}%)"
            print(line, end=end, file=sys.stderr, flush=True)


def _told(done: Turned) -> str:
    lines = [f"Kunci baru: {done.current}." if done.added else f"Kunci yang berlaku: {done.current}."]
    lines.append(f"Disegel ulang: {done.rows} teks dalam {done.seconds} detik.")
    lines += [f"Tidak dapat dibuka, dibiarkan: {place}" for place in done.broken]
    lines += [f"Masih memakai kunci lama: {place}" for place in done.left]
    if done.retired:
        lines.append(f"Kunci lama {', '.join(done.retired)} dibuang: tidak ada lagi yang memakainya.")
    elif done.retire_after_ms is not None:
        words = "masih disimpan untuk pekerjaan yang sedang berjalan; panggil perintah ini lagi sesudah"
        lines.append(f"Kunci lama {', '.join(done.kept)} {words} {_clock(done.retire_after_ms)}.")
    elif done.given and done.kept and not done.left:
        names = ", ".join(done.kept)
        lines.append(f"{names} tidak lagi dipakai: hapus dari DISPOSISI_DATA_KEYS, lalu mulai ulang semua proses.")
    elif done.given and not done.kept:
        lines.append("Kunci diberikan lewat DISPOSISI_DATA_KEYS: tulis kunci baru di depan, mulai ulang, lalu ulangi.")
    return "\n".join(lines)


def _clock(at_ms: int) -> str:
    here: Any = time.localtime(at_ms / 1000)
    return time.strftime("%H.%M %Z", here)
