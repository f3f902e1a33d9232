"""What happens by itself: the worker, mail, jobs that failed, incidents, backups."""

from collections.abc import Iterator

from db.queries import admin
from db.queries import health as questions
from engine import pulse
from engine.backups.shelf import LATE_MS
from engine.health.findings import Finding, Place, good, watch, wrong
from engine.mail import transport

SLOW_MS = 10 * 60_000
"""A job that waits this long past its time: the worker is not there, or cannot keep up."""
SILENT_MS = 5 * 60_000
_START = "Jalankan `disposisi worker`, atau `disposisi serve` tanpa --no-worker."


def worker(now: int) -> Finding:
    """Whether somebody does what is due."""
    oldest, seen = admin.oldest_overdue(now - SLOW_MS), questions.pulse(pulse.NAME)
    if oldest is not None:
        words = "pekerjaan tertua tertunda %(minutes)s menit."
        return wrong("pekerja", words, _START, minutes=(now - oldest) // 60_000)
    if seen is None:
        return watch("pekerja", "belum pernah berjalan di pemasangan ini.", _START)
    if seen < now - SILENT_MS:
        words = "terakhir terlihat %(minutes)s menit yang lalu; tidak ada pekerjaan yang tertunda."
        return watch("pekerja", words, _START, minutes=(now - seen) // 60_000)
    return good("pekerja", "berjalan; tidak ada pekerjaan yang tertunda.")


def mail(place: Place) -> Finding:
    """Whether the mail server answers."""
    if place.mail_url.startswith("folder:"):
        return good("surel", "peragaan: surel ditaruh di folder data.")
    if not place.mail_url:
        return good("surel", "tidak diatur: kabar hanya tampil di laman lacak, jawaban diantar petugas.")
    why = transport.reachable(place.mail_url)
    if why:
        mend = "Surel menunggu, dan dikirim bila tersambung lagi."
        return wrong("surel", "%(why)s.", mend, why=why)
    return good("surel", "peladen surat menjawab.")


def backups(place: Place, now: int) -> Iterator[Finding]:
    """How old the last backup is that was read back and found whole."""
    if place.shelf is None:
        return
    last, why = place.shelf.last(), place.shelf.trouble()
    mend = "Buat sekarang di /pengaturan/cadangan atau dengan `disposisi backup`."
    if why:
        yield watch("cadangan", "percobaan terakhir gagal.", mend)
    elif last is None:
        yield watch("cadangan", "belum ada cadangan yang selesai diperiksa.", mend)
    elif last.at_ms < now - LATE_MS:
        hours = (now - last.at_ms) // 3_600_000
        yield watch("cadangan", "yang terakhir berumur %(hours)s jam.", mend, hours=hours)
    else:
        yield good("cadangan", "yang terakhir berumur %(hours)s jam.", hours=max(now - last.at_ms, 0) // 3_600_000)


def incidents(organisation: int, name: str) -> Finding:
    """Cases that could not go on."""
    stuck = questions.open_incidents(organisation)
    if not stuck:
        return good("insiden", "%(name)s: tidak ada laporan yang terhenti.", name=name)
    mend = "Buka /pengaturan/insiden, perbaiki sebabnya, lalu tekan “Coba lagi”."
    return watch("insiden", "%(name)s: %(n)s laporan terhenti.", mend, name=name, n=stuck)


def failures(organisation: int, name: str) -> Finding:
    """Jobs nobody will try again by themselves."""
    failed = questions.failed_jobs(organisation)
    if not failed:
        return good("antrean", "%(name)s: tidak ada pekerjaan yang gagal.", name=name)
    words = "%(name)s: %(n)s pekerjaan gagal dan tidak dicoba lagi."
    return watch("antrean", words, "Buka /pengaturan/kotak-keluar.", name=name, n=failed)
