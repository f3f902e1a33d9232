"""`disposisi backup`, `restore`: everything an office has into one sealed file, and back into an empty place."""

import argparse
import getpass
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from db import connect, tables
from engine import journal
from engine.backups import making, restoring, shelf
from engine.backups.refusals import BackupRefused
from engine.backups.restoring import Found, Restored
from forms import dates
from webui import clock
from webui.cli import doctor
from webui.cli.home import FINE, REFUSED, at_home, command
from webui.config import Config, backup_passphrase, home_of, move_to, write_keys
from webui.shelves import shelf_of, source_of
from webui.trouble import why

ZONE = "Asia/Jakarta"


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `backup` and `restore`."""
    saving = commands.add_parser(
        "backup",
        description="Membuat cadangan sementara kantor bekerja. Dua berkas: .cadangan (data dan bukti) dan .kunci, "
        "keduanya terkunci dengan kata sandi di keys/sandi-cadangan. Salin kata sandi itu ke tempat lain.",
    )
    saving.add_argument("-o", "--output", metavar="FILE", help="berkas tujuan (akhiran .cadangan)")
    saving.add_argument("--to", metavar="FOLDER", help="folder tujuan; tanpanya cadangan/ di folder data")
    saving.set_defaults(handler=backup)
    back = commands.add_parser(
        "restore",
        description="Memeriksa cadangan sampai habis, lalu memulihkannya ke folder data dan basis data yang kosong.",
    )
    back.add_argument("file", metavar="FILE")
    back.add_argument("--keys", metavar="FILE", help="berkas kunci; tanpanya yang bernama sama di sebelahnya")
    back.add_argument("--home", metavar="FOLDER", help="folder data baru; tanpanya DISPOSISI_HOME")
    back.add_argument("--database", metavar="URL", help="basis data baru; tanpanya DISPOSISI_DATABASE")
    back.add_argument("--check", action="store_true", help="periksa saja, tidak menulis apa pun")
    back.set_defaults(handler=restore)
    for parser in (saving, back):
        parser.add_argument("--passphrase-file", metavar="FILE", help="berkas berisi kata sandi cadangan")
        parser.add_argument("--json", action="store_true", help="keluarkan JSON saja")


def _refused(words: object) -> int:
    print(words, file=sys.stderr)
    return REFUSED


def _read_passphrase(name: str) -> str:
    try:
        found = Path(name).read_text().strip()
    except UnicodeDecodeError:
        raise BackupRefused(f"{name} tidak dapat dibaca: bukan teks.") from None
    except OSError as trouble:
        raise BackupRefused(f"{name} tidak dapat dibaca: {why(trouble)}.") from None
    if not found:
        raise BackupRefused(f"{name} kosong; tulis kata sandi cadangan di dalamnya.")
    return found


class _Progress:
    """How far it is, on stderr, at most four times a second and only where someone looks."""

    def __init__(self, words: str) -> None:
        self._words, self._next, self._shown = words, 0.0, sys.stderr.isatty()

    def __call__(self, done: int, of: int) -> None:
        if self._shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + 0.25
            print(f"\r{self._words}: {done * 100 // max(of, 1)}%", end="", file=sys.stderr, flush=True)

    def ends(self) -> None:
        if self._shown:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr)


# --- backup ---


@command
def backup(args: argparse.Namespace) -> int:
    """Makes one, reads it back, and says what is in it."""
    now = clock.real()
    try:
        with at_home() as config:
            made, passphrase = _make(args, config, now)
        restoring.look(made.path, making.keys_of(made.path), passphrase)
    except BackupRefused as refused:
        return _refused(refused)
    except OSError as trouble:
        return _refused(f"Cadangan gagal ditulis: {trouble.strerror}. Tidak ada yang tersisa.")
    shelf.note(made, verified_ms=clock.real())
    print(json.dumps(made.facts()) if args.json else _told(made))
    return REFUSED if made.absent else FINE


def _make(args: argparse.Namespace, config: Config, now: int) -> tuple[making.Made, str]:
    passphrase = _read_passphrase(args.passphrase_file) if args.passphrase_file else backup_passphrase(config.home)
    progress = _Progress("Mencadangkan")
    try:
        return making.make(
            _target(args, config, now), source_of(config), passphrase, now=now, tell=progress
        ), passphrase
    finally:
        progress.ends()


def _target(args: argparse.Namespace, config: Config, now: int) -> Path:
    if args.output:
        path = Path(args.output)
        return path if path.suffix == shelf.ENDING else path.with_name(path.name + shelf.ENDING)
    folder = Path(args.to) if args.to else shelf_of(config).folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{shelf.name_at(now, ZONE)}{shelf.ENDING}"


def _told(made: making.Made) -> str:
    size = f"{made.size / 1024**2:.1f}".replace(".", ",")
    lines = [
        f"Cadangan utuh, sudah dibaca ulang: {made.path} ({size} MB; {made.rows} baris, {made.files} berkas).",
        f"Kuncinya terpisah: {making.keys_of(made.path)}. Simpan keduanya, dan kata sandinya, di mesin lain.",
    ]
    if made.absent:
        lines.append(f"TIDAK LENGKAP: {len(made.absent)} bukti tidak ada atau berubah di folder files/kept:")
        lines += [f"  {name}" for name in made.absent[:20]]
    return "\n".join(lines)


# --- restore ---


@command
def restore(args: argparse.Namespace) -> int:
    """Checks, restores, and then says what doctor and journal verify say."""
    path, home = Path(args.file), Path(args.home).expanduser().absolute() if args.home else home_of()
    try:
        passphrase = _passphrase(args)
        found = restoring.look(path, Path(args.keys) if args.keys else making.keys_of(path), passphrase)
        if args.check:
            return _checked(found, args)
        done = _bring_back(args, home, found, passphrase)
    except BackupRefused as refused:
        return _refused(f"{refused} Tidak ada yang ditulis.")
    except OSError as trouble:
        return _refused(f"Pemulihan gagal: {trouble.strerror}. Kosongkan folder tujuan, lalu ulangi.")
    return _report(args, found, done)


def _passphrase(args: argparse.Namespace) -> str:
    if args.passphrase_file:
        return _read_passphrase(args.passphrase_file)
    if not sys.stdin.isatty():
        raise BackupRefused("Sebut berkas kata sandinya dengan --passphrase-file.")
    return getpass.getpass("Kata sandi cadangan: ").strip()


def _checked(found: Found, args: argparse.Namespace) -> int:
    facts = {name: found.manifest[name] for name in ("at_ms", "version", "migrations", "rows", "absent")}
    print(json.dumps(facts) if args.json else f"Cadangan utuh: {_when(found)}, {found.rows} baris.")
    return FINE


def _when(found: Found) -> str:
    return dates.moment(found.manifest["at_ms"], ZONE)


def _bring_back(args: argparse.Namespace, home: Path, found: Found, passphrase: str) -> Restored:
    """Into an empty place only; a failure on the way leaves it as empty as it was."""
    database = _place(args, home)
    progress = _Progress("Memulihkan")
    try:
        with connect.connection():
            if tables.are_there():
                raise BackupRefused(f"Basis data tujuan tidak kosong ({database.partition('://')[0]}).")
            done = restoring.bring_back(found, passphrase, home / "files" / "kept", now=clock.real(), tell=progress)
        write_keys(home, found.keys["secret"], found.keys["data"], passphrase)
        return done
    except BaseException:
        connect.dispose()
        _empty(home)
        raise
    finally:
        progress.ends()
        connect.dispose()


def _empty(home: Path) -> None:
    """As it was found."""
    for path in home.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _place(args: argparse.Namespace, home: Path) -> str:
    """The empty folder and database everything goes into; later commands of this process look there."""
    if home.exists() and any(home.iterdir()):
        raise BackupRefused(f"Folder {home} tidak kosong; pulihkan ke folder yang baru.")
    url, aside = move_to(home, args.database)
    for name in aside:
        print(f"{name} diabaikan: kunci dari cadangan yang dipakai.", file=sys.stderr)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        connect.configure(url)
    except ValueError as wrong:
        raise BackupRefused(f"{wrong}.") from None
    return url


def _report(args: argparse.Namespace, found: Found, done: Restored) -> int:
    """What came back, and whether the new place is healthy and its journal whole."""
    findings = list(doctor.examine(home_of()))
    with at_home():
        faults = journal.verify()
    healthy = all(finding.fine for finding in findings)
    if args.json:
        facts: dict[str, Any] = {
            "rows": done.rows,
            "files": done.files,
            "held": done.held,
            "migrated": list(done.migrated),
            "healthy": healthy,
            "journal": not faults,
            "seals": found.manifest["seals"],
            "counters": found.manifest["counters"],
        }
        print(json.dumps(facts))
    else:
        _tell(found, done, [f for f in findings if not f.fine], len(faults))
    return FINE if healthy and not faults else REFUSED


def _tell(found: Found, done: Restored, wrong: list[doctor.Finding], faults: int) -> None:
    print(f"Dipulihkan sampai {_when(found)}: {done.rows} baris, {done.files} berkas.")
    if done.migrated:
        print(f"Skema dinaikkan: {', '.join(done.migrated)}.")
    print("Semua orang harus masuk lagi; sesi lama tidak ikut dipulihkan.")
    if done.held:
        print(f"{done.held} kabar yang saat itu menunggu DITAHAN, karena mungkin sudah terkirim sesudahnya.")
        print("  Administrator memutuskan di /pengaturan/cadangan.")
    print("Nomor terakhir yang diberikan. Bila di kertas ada nomor yang lebih besar, laporan itu sesudah cadangan ini:")
    for organisation, name, value in found.manifest["counters"]:
        print(f"  {organisation} {name}: {value}")
    for _, seq, at_ms, digest in found.manifest["seals"]:
        print(f"  segel {seq}, {dates.moment(at_ms, ZONE)}: {digest} — cocokkan dengan buku agenda yang tercetak")
    print(
        "Jurnal utuh." if not faults else f"Jurnal TIDAK utuh: {faults} kesalahan; jalankan `disposisi journal verify`."
    )
    for finding in wrong:
        print(f"SALAH  {finding.what}: {finding.words}")
    if not wrong:
        print("Pemasangan sehat (disposisi doctor).")
