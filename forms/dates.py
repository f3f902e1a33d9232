"""Dates, clock times and durations as Indonesian offices write them.

Instants are UTC milliseconds; the zone is named and always printed with a clock time.
"""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_ABBREVIATIONS = frozenset({"WIB", "WITA", "WIT", "UTC"})


@lru_cache(maxsize=32)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local(ms: int, zone: str) -> datetime:
    """The instant on the wall clock of `zone`."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(_zone(zone))


def date_of(ms: int, zone: str) -> date:
    """The date of an instant on the wall clock of `zone`."""
    return local(ms, zone).date()


def starts(first: date, zone: str) -> int:
    """The first instant (UTC ms) of a date in `zone`."""
    return int(datetime.combine(first, time(), _zone(zone)).timestamp() * 1000)


def day(ms: int, zone: str) -> str:
    """As "10 April 2026"."""
    return _plain(date_of(ms, zone))


def long_day(ms: int, zone: str) -> str:
    """As "Jumat, 10 April 2026"."""
    at = date_of(ms, zone)
    return f"{DAYS[at.weekday()]}, {_plain(at)}"


def short_day(ms: int, zone: str) -> str:
    """As "10-04-2026", for narrow columns."""
    return f"{local(ms, zone):%d-%m-%Y}"


def clock(ms: int, zone: str) -> str:
    """As "16.25 WIB"."""
    at = local(ms, zone)
    return f"{at:%H.%M} {_abbreviation(at)}"


def moment(ms: int, zone: str) -> str:
    """As "Jumat, 10 April 2026 pukul 16.25 WIB"."""
    return f"{long_day(ms, zone)} pukul {clock(ms, zone)}"


def short_moment(ms: int, zone: str) -> str:
    """As "10-04-2026 16.25 WIB"."""
    return f"{short_day(ms, zone)} {clock(ms, zone)}"


def written(iso: str) -> str:
    """An ISO date as "10 April 2026"; what is no ISO date comes back unchanged."""
    at = _parsed(iso)
    return _plain(at) if at else iso


def written_short(iso: str) -> str:
    """An ISO date as "10-04-2026"; what is no ISO date comes back unchanged."""
    at = _parsed(iso)
    return f"{at:%d-%m-%Y}" if at else iso


def written_long(iso: str) -> str:
    """An ISO date as "Jumat, 10 April 2026"; what is no ISO date comes back unchanged."""
    at = _parsed(iso)
    return f"{DAYS[at.weekday()]}, {_plain(at)}" if at else iso


def month(iso: str) -> str:
    """A month ("2026-03") as "Maret 2026"; what is no month comes back unchanged."""
    at = _parsed(f"{iso}-01")
    return f"{MONTHS[at.month - 1]} {at.year}" if at else iso


def duration(minutes: int) -> str:
    """Minutes as "10 menit", "2 jam", "1 jam 30 menit"; less than nothing is "0 menit"."""
    hours, rest = divmod(max(minutes, 0), 60)
    parts = [f"{hours} jam"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} menit")
    return " ".join(parts)


def _plain(at: date) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def _parsed(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _abbreviation(at: datetime) -> str:
    """WIB, WITA or WIT, which the zone database knows; elsewhere the offset, as in "UTC+08.00"."""
    name = at.tzname() or ""
    if name in _ABBREVIATIONS:
        return name
    offset = at.strftime("%z")
    return f"UTC{offset[:3]}.{offset[3:5]}"
