"""What an office must have decided: who acts, which days are off; whether its clock and its journal can be trusted."""

from datetime import datetime
from zoneinfo import ZoneInfo

import orjson

from db.queries import health as questions
from engine import verification
from engine.health.findings import Finding, good, watch, wrong

AHEAD_MS = 5 * 60_000
SEAL_MS = 3 * 3_600_000
AUTUMN = 10
"""From this month on the decree for the coming year is usually there."""
NAMES_SHOWN = 10
_ESTIMATE = "(perkiraan)"


def clock(now: int) -> Finding:
    """A clock that went back would write a journal nobody believes."""
    newest = questions.newest_entry()
    if newest is not None and newest > now + AHEAD_MS:
        words = "jam peladen tertinggal %(minutes)s menit dari catatan jurnal yang terakhir."
        mend = "Samakan jam peladen (NTP); selama itu jangan terima laporan."
        return wrong("jam", words, mend, minutes=(newest - now) // 60_000)
    told = datetime.fromtimestamp(now / 1000, ZoneInfo("Asia/Jakarta")).strftime("%d-%m-%Y %H.%M WIB")
    return good("jam", "peladen menunjukkan %(moment)s.", moment=told)


def holidays(organisation: int, name: str, now: int) -> Finding:
    """Until when days off are known: beyond, deadlines count Saturdays and Sundays only."""
    for unit, body in questions.calendars(organisation):
        calendar = orjson.loads(body)
        here = datetime.fromtimestamp(now / 1000, ZoneInfo(calendar["timezone"]))
        found = _days_off(calendar, unit or name, here)
        if found is not None:
            return found
    return good("hari libur", "%(name)s: hari libur tahun ini tercatat.", name=name)


def _days_off(calendar: dict[str, object], whose: str, here: datetime) -> Finding | None:
    years: dict[int, list[str]] = {}
    for row in calendar.get("holidays", []):  # type: ignore[attr-defined]  # a list, as the contract says
        day, named = (row, "") if isinstance(row, str) else (row["date"], row.get("name", ""))
        years.setdefault(int(day[:4]), []).append(named)
    mend = "Catat menurut SKB Tiga Menteri di /pengaturan/kalender; yang terbuka dihitung ulang."
    if here.year not in years:
        return wrong("hari libur", "%(name)s: belum ada hari libur tahun %(year)s.", mend, name=whose, year=here.year)
    coming = here.year + 1
    if here.month >= AUTUMN and coming not in years:
        return watch("hari libur", "%(name)s: belum ada hari libur tahun %(year)s.", mend, name=whose, year=coming)
    if here.month >= AUTUMN and any(_ESTIMATE in named for named in years[coming]):
        words = "%(name)s: hari libur %(year)s sebagian masih perkiraan."
        return watch("hari libur", words, mend, name=whose, year=coming)
    return None


def seats(organisation: int, name: str, now: int) -> Finding:
    """Offices for which nobody may act: what goes there waits."""
    vacant = questions.vacant(organisation, now)
    if not vacant:
        return good("jabatan", "%(name)s: semua jabatan ada pemegangnya.", name=name)
    names = ", ".join(vacant[:NAMES_SHOWN])
    more = len(vacant) - NAMES_SHOWN
    words = (
        "%(name)s: tanpa pemegang: %(names)s, dan %(more)s lagi."
        if more > 0
        else "%(name)s: tanpa pemegang: %(names)s."
    )
    mend = "Catat pejabat atau penggantinya di /pengaturan; tugasnya tertahan."
    return wrong("jabatan", words, mend, name=name, names=names, more=more)


def book(organisation: int, name: str, now: int) -> Finding:
    """Whether the journal is sealed in time, and whole when it was last verified."""
    last, waits = verification.last(organisation), questions.oldest_unsealed(organisation)
    if last is not None and last.faults:
        mend = "Buka /audit/jurnal dan bandingkan dengan cadangan; jangan ubah apa pun."
        return wrong("jurnal", "%(name)s: %(n)s kesalahan pada pemeriksaan terakhir.", mend, name=name, n=last.faults)
    if waits is not None and waits < now - SEAL_MS:
        words = "%(name)s: catatan tertua menunggu segel sejak %(hours)s jam."
        mend = "Pekerja menyegel setiap jam; pastikan ia berjalan."
        return watch("jurnal", words, mend, name=name, hours=(now - waits) // 3_600_000)
    if last is None:
        return good("jurnal", "%(name)s: segelnya mutakhir; belum pernah diperiksa seluruhnya.", name=name)
    return good("jurnal", "%(name)s: segelnya mutakhir; utuh pada pemeriksaan terakhir.", name=name)
