"""The machine under the office: data folder, room on the disk, keys, database."""

import os
import shutil
import tempfile
from collections.abc import Iterator

from db import migrate
from db.queries import health as questions
from engine.health.findings import Finding, Place, gigabytes, good, watch, wrong

LARGE_BYTES = 512 * 1024**2
"""A database beyond this is checked only when asked to look thoroughly."""


def folder(place: Place) -> Finding:
    """Whether the data folder is there and can be written to."""
    if not place.home.is_dir():
        mend = "Jalankan `disposisi init`, atau atur DISPOSISI_HOME."
        return wrong("folder data", "%(home)s tidak ada.", mend, home=place.home)
    try:
        with tempfile.TemporaryFile(dir=place.home):
            return good("folder data", "%(home)s dapat ditulisi.", home=place.home)
    except OSError as refused:
        mend = "Beri hak tulis kepada akun yang menjalankan layanan."
        return wrong(
            "folder data", "%(home)s tidak dapat ditulisi (%(why)s).", mend, home=place.home, why=refused.strerror
        )


def disk(place: Place) -> Finding:
    """Whether proofs can still be taken, and backups made."""
    free = shutil.disk_usage(place.home).free
    facts = {"free": gigabytes(free), "needed": gigabytes(place.reserve_bytes)}
    if free < place.reserve_bytes:
        words = "sisa %(free)s; bukti baru ditolak di bawah %(needed)s."
        return wrong("ruang disk", words, "Kosongkan atau tambah disk.", **facts)
    if free < 2 * place.reserve_bytes:
        words = "sisa %(free)s; bukti baru ditolak di bawah %(needed)s."
        return watch("ruang disk", words, "Segera kosongkan atau tambah disk.", **facts)
    return good("ruang disk", "sisa %(free)s.", **facts)


def keys(place: Place) -> Iterator[Finding]:
    """Keys in the data folder are for their owner's eyes only."""
    names = [place.home / "keys" / name for name in ("secret", "data")]
    open_ = [path for path in names if path.exists() and os.name == "posix" and path.stat().st_mode & 0o077]
    for path in open_:
        yield wrong("kunci", "%(path)s dapat dibaca orang lain.", "Jalankan `chmod 600 %(path)s`.", path=path)
    if not open_:
        yield good("kunci", "kunci terbaca dan hanya oleh pemiliknya.")


def schema() -> Finding | None:
    """What is wrong with the tables, before anything in them is read."""
    pending, unknown = migrate.pending(), migrate.unknown()
    if unknown:
        words = "lebih baru daripada program ini (%(names)s)."
        return wrong("skema", words, "Pasang versi program yang sesuai.", names=", ".join(unknown))
    if pending:
        return wrong("skema", "%(n)s perubahan belum diterapkan.", "Jalankan `disposisi migrate`.", n=len(pending))
    return None


def database(place: Place) -> Finding:
    """Version, size, and whether the file is whole."""
    found = questions.database()
    facts = {"kind": found.kind, "version": found.version, "size": _size(found.size)}
    looked = place.thorough or found.size < LARGE_BYTES
    if looked and questions.damage():
        mend = "Hentikan layanan, simpan salinan berkasnya, lalu pulihkan cadangan terakhir (`disposisi restore`)."
        return wrong("basis data", "%(kind)s %(version)s, %(size)s: berkasnya rusak.", mend, **facts)
    if not looked:
        words = "%(kind)s %(version)s, %(size)s; skemanya mutakhir. `disposisi doctor` memeriksa keutuhannya."
        return good("basis data", words, **facts)
    return good("basis data", "%(kind)s %(version)s, %(size)s, utuh; skemanya mutakhir.", **facts)


def _size(count: int) -> str:
    return gigabytes(count) if count >= 1024**3 else f"{max(count // 1024**2, 1)} MB"
