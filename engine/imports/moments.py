"""When a row was sent, as Google Sheets and Excel write it: serial numbers, ISO, 31/12/2025 08.15.00, GMT+7, PM."""

import re
from datetime import date, datetime, timedelta, timezone
from math import isfinite
from zoneinfo import ZoneInfo

from engine.imports import workbook

_PARTS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
_WORDS = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})\s+([a-z]+)\s+(\d{4})")
_CLOCK = re.compile(
    r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:\.\d+)?)?\s*([ap]m)?\s*(z|wib|wita|wit|(?:gmt|utc)?\s*[+-]\d{1,2}(?::?\d{2})?)?"
)
_MONTHS = {
    name: place
    for place, names in enumerate(
        (
            *("januari january jan", "februari february feb", "maret march mar", "april apr", "mei may"),
            *("juni june jun", "juli july jul", "agustus august agu agt aug", "september sep sept"),
            *("oktober october okt oct", "november nov", "desember december des dec"),
        ),
        1,
    )
    for name in names.split()
}
_ZONES = {"z": 0, "wib": 420, "wita": 480, "wit": 540}
SERIALS = range(20_000, 80_000)
YEARS = range(2000, 2200)


def order_of(text: str | float) -> str:
    """What a date tells of its file: "dm" (31/12/2025), "md" (12/31/2025), "" when it could be both."""
    found = _PARTS.match(str(text).strip())
    if not found:
        return ""
    first, second = int(found[1]), int(found[2])
    return "dm" if first > 12 else "md" if second > 12 else ""


def read(value: str | float, zone: ZoneInfo, order: str = "dm") -> int | None:
    """The instant (UTC ms) of a cell; None when it is no date. `order` decides 04/05/2025."""
    if isinstance(value, float):
        return _instant(workbook.moment(value), zone) if isfinite(value) and int(value) in SERIALS else None
    text = " ".join(value.strip().casefold().split())
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return read(float(text.replace(",", ".")), zone)
    found = _day(text, order)
    if found is None:
        return None
    day, rest = found
    return _with_clock(day, rest.strip(" t,").removeprefix("pukul ").strip(), zone)


def _day(text: str, order: str) -> tuple[date, str] | None:
    if found := _YEAR_FIRST.match(text):
        year, month, day = map(int, found.groups())
    elif found := _PARTS.match(text):
        first, second, year = map(int, found.groups())
        day, month = (second, first) if order == "md" else (first, second)
    elif (found := _WORDS.match(text)) and found[2] in _MONTHS:
        day, month, year = int(found[1]), _MONTHS[found[2]], int(found[3])
    else:
        return None
    try:
        return (date(year, month, day), text[found.end() :]) if year in YEARS else None
    except ValueError:
        return None


def _with_clock(day: date, text: str, zone: ZoneInfo) -> int | None:
    found = _CLOCK.fullmatch(text) if text else None
    if text and not found:
        return None
    hour, minute, second = (int(found[part] or 0) for part in (1, 2, 3)) if found else (0, 0, 0)
    half = found[4] if found else None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - a wall clock
    except ValueError:
        return None
    return _instant(local, zone, found[5] if found else None)


def _instant(local: datetime, zone: ZoneInfo, offset: str | None = None) -> int:
    if not offset:
        return int(local.replace(tzinfo=zone).timestamp() * 1000)
    minutes = _ZONES[offset] if offset in _ZONES else _minutes(offset)
    return int(local.replace(tzinfo=timezone(timedelta(minutes=minutes))).timestamp() * 1000)


def _minutes(offset: str) -> int:
    found = re.search(r"([+-])(\d{1,2}):?(\d{2})?", offset)
    assert found is not None
    size = min(int(found[2]), 14) * 60 + int(found[3] or 0)
    return size if found[1] == "+" else -size
