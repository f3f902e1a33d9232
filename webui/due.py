"""Due times for people: when, how much office time is left, and how it was counted."""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from engine.clocks import deadlines
from engine.clocks.deadlines import Line
from engine.clocks.worktime import Calendar
from webui.language import duration, weekday_clock

MINUTE = 60_000
OFFICE_DAY = 450
"""Minutes of a normal working day (Perpres 21/2023); app.js counts with the same number."""
DAYS_AHEAD = 40


@dataclass(frozen=True)
class Due:
    """A due time with its countdown; `at` None means nothing binds it (yet)."""

    at: int | None
    left: str = ""
    windows: str = ""
    since: str = ""  # "Jumat 16.30": told while it is over and no office time has gone by since
    tone: str = "calm"
    aim: int | None = None  # what to aim at where it differs from the due time


def due(at: int | None, clock: str, calendar: Calendar, now: int) -> Due:
    """How a due time stands now."""
    if at is None:
        return Due(None)
    late = deadlines.state(now, at, clock, calendar)
    soon = deadlines.due_soon(now, at, clock, calendar)
    tone = "late" if late == "terlambat" else "soon" if soon or late != "berjalan" else "calm"
    aim = deadlines.target(at, clock, calendar)
    if clock == "jam-berjalan":
        return Due(at, _running(at, now), tone=tone, aim=None if aim == at else aim)
    left = _left(at, late, calendar, now)
    return Due(at, left, windows(now, at, calendar), weekday_clock(at), tone, None if aim == at else aim)


def _running(at: int, now: int) -> str:
    """A clock that does not stop at night: plain hours, told anew when the page is."""
    words = _("lewat %(time)s") if now > at else _("sisa %(time)s")
    return str(words) % {"time": duration(abs(at - now))}


def _left(at: int, state: str, calendar: Calendar, now: int) -> str:
    counted = abs(calendar.work_ms_between(now, at))
    if counted < MINUTE <= now - at:
        return str(_("lewat sejak %(when)s", when=weekday_clock(at)))
    time = spoken(counted)
    if now > at:
        past = str(_("lewat %(time)s", time=time))
        return f"{past} ({_('lewat jam tutup')})" if state == "lewat jam tutup" else past
    words = _("sisa %(time)s", time=time)
    return str(words if calendar.is_open(now) else _("sisa %(time)s, berhenti di luar jam kerja", time=time))


def spoken(ms: int) -> str:
    """Office time as "2 hari kerja 3 jam", the two largest units."""
    minutes = ms // MINUTE
    days, hours, rest = minutes // OFFICE_DAY, minutes % OFFICE_DAY // 60, minutes % OFFICE_DAY % 60
    parts = [(days, _("%(n)s hari kerja", n=days)), (hours, _("%(n)s jam", n=hours)), (rest, _("%(n)s menit", n=rest))]
    said = [str(words) for n, words in parts if n][:2]
    return " ".join(said) or str(_("kurang dari 1 menit"))


def windows(a: int, b: int, calendar: Calendar) -> str:
    """Open office hours between two instants, for the countdown in the browser: "from-to from-to", UTC ms."""
    first, last = min(a, b), max(a, b)
    reach = calendar.midnight(calendar.date_of(first) + timedelta(days=DAYS_AHEAD + 1))
    return " ".join(f"{opens}-{closes}" for opens, closes in calendar.open_between(first, min(last, reach)))


def limit_words(text: str, clock: str) -> str:
    """A limit as the SOP says it: "10 menit dalam jam kerja", "10 hari kerja", "Tidak dibatasi"."""
    limit = deadlines.Limit.parse(text or deadlines.ENDLESS, clock) if text else None
    if limit is None:
        return str(_("Tidak dibatasi"))
    if limit.clock == "hari-kerja":
        return str(_("%(n)s hari kerja", n=limit.amount))
    if limit.clock == "tanggal":
        return str(_("tanggal %(n)s", n=limit.amount))
    clocks = {"jam-kerja": _("%(time)s dalam jam kerja"), "jam-berjalan": _("%(time)s (jam berjalan)")}
    return str(clocks[limit.clock]) % {"time": duration(limit.amount)}


def since_words(since: str) -> str:
    """From when a limit runs."""
    words = {
        "ditawarkan": _("sejak tugas ini masuk"),
        "dikerjakan": _("sejak pertama dibuka"),
        "diterima": _("sejak laporan diterima"),
    }
    return str(words.get(since, ""))


def reckoning(
    limit: str, clock: str, since: str, *, offered: int, started: int | None, received: int, calendar: Calendar
) -> list[Line]:
    """How the due time came about, line by line; empty where nothing is counted (yet)."""
    begin = {"ditawarkan": offered, "dikerjakan": started, "diterima": received}.get(since)
    if begin is None or limit in ("", deadlines.ENDLESS):
        return []
    return deadlines.explain(begin, limit, clock, calendar)
