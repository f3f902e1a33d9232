"""The calendar a new installation starts with: an Indonesian government office, 2024 to 2027, each row with its source.

`calendar_seed.json` is that calendar, written from the package `holidays` by `python -m engine.clocks.calendars` and
reviewed as a table in git: no deadline waits for the package or changes with its next version. The office edits its
own copy.
"""

import json
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engine.clocks.worktime import Calendar

SEED = Path(__file__).with_name("calendar_seed.json")
YEARS = range(2024, 2028)
TIMEZONE = "Asia/Jakarta"

# Perpres 21/2023 Pasal 4: 37.5 hours from 07.30, a break of 60 minutes (Friday 90).
WEEK = {day: [["07:30", "12:00"], ["13:00", "16:00"]] for day in ("mon", "tue", "wed", "thu")} | {
    "fri": [["07:30", "11:30"], ["13:00", "16:30"]]
}
# The same in Ramadan: 32.5 hours from 08.00, a break of 30 minutes (Friday 60).
RAMADAN_WEEK = {day: [["08:00", "12:00"], ["12:30", "15:00"]] for day in ("mon", "tue", "wed", "thu")} | {
    "fri": [["08:00", "11:30"], ["12:30", "15:30"]]
}
# 1 Ramadan as set by the Ministry of Religion; the last day is the one before Idul Fitri.
RAMADAN_STARTS = {
    1445: date(2024, 3, 12),
    1446: date(2025, 3, 1),
    1447: date(2026, 2, 19),
    1448: date(2027, 2, 9),
}
_EID = "Hari Raya Idul Fitri"
_ESTIMATE = "(perkiraan)"


@cache
def default() -> Calendar:
    """The seeded calendar, ready to count with."""
    return Calendar.from_json(default_json())


def default_json() -> dict[str, Any]:
    """The seeded calendar in the contract's JSON form, a new copy every time."""
    seed: dict[str, Any] = json.loads(SEED.read_bytes())
    return seed


def from_package() -> dict[str, Any]:
    """The same calendar as the installed package `holidays` gives it; a test says when the two part."""
    days_off = holiday_rows()
    return {
        "timezone": TIMEZONE,
        "week": {day: [list(pair) for pair in hours] for day, hours in WEEK.items()},
        "periods": ramadan_rows(days_off),
        "holidays": days_off,
    }


def holiday_rows() -> list[dict[str, str]]:
    """National holidays (`public`) and cuti bersama (`government`) by date; "(perkiraan)" stays in the name."""
    rows = [row for category in ("public", "government") for row in _rows_of(category)]
    return sorted(rows, key=lambda row: row["date"])


def _rows_of(category: str) -> list[dict[str, str]]:
    import holidays  # half a second to load, for whoever renews the seed only

    found = holidays.country_holidays("ID", years=YEARS, categories=(category,), language="id")
    source = f"holidays {version('holidays')}: {category}"
    return [{"date": day.isoformat(), "name": name, "source": source} for day, name in found.items()]


def ramadan_rows(days_off: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The Ramadan weeks, each ending the day before the Idul Fitri found among these days off."""
    return [_ramadan(hijri, start, days_off) for hijri, start in RAMADAN_STARTS.items()]


def _ramadan(hijri: int, start: date, days_off: list[dict[str, str]]) -> dict[str, Any]:
    eid = next(row for row in days_off if row["name"].startswith(_EID) and row["date"] > start.isoformat())
    estimated = f" {_ESTIMATE}" if _ESTIMATE in eid["name"] else ""
    return {
        "from": start.isoformat(),
        "to": (date.fromisoformat(eid["date"]) - timedelta(days=1)).isoformat(),
        "week": {day: [list(pair) for pair in hours] for day, hours in RAMADAN_WEEK.items()},
        "name": f"Ramadan {hijri} H{estimated}",
        "source": "Perpres 21/2023 Pasal 4 ayat (2), (4), (6); akhir = sehari sebelum Idul Fitri. "
        "Ganti dengan nomor surat edaran kantor bila sudah terbit.",
    }


def seed_text() -> str:
    """`from_package()` as the file keeps it: a row a line, so that a change can be read in a diff."""
    calendar = from_package()
    parts = [f'  "{key}": {_rows_text(value)}' for key, value in calendar.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rows_text(value: object) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    rows = [f"    {json.dumps(row, ensure_ascii=False)}" for row in value]
    return "[\n" + ",\n".join(rows) + "\n  ]"


if __name__ == "__main__":
    SEED.write_text(seed_text(), encoding="utf-8")
