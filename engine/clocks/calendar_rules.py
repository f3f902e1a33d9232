"""What an office's calendar says: its week, dated periods and days off, read from JSON, every problem named at once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from forms.dates import DAYS

Hours = tuple[tuple[int, int], ...]  # one day's open intervals, in minutes from local midnight
Week = tuple[Hours, ...]  # Monday first, always seven

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST_YEAR, LAST_YEAR = 1970, 2200
_KEYS = {"timezone", "week", "periods", "holidays"}
_REMARKS = {"name", "note", "source", "unit", "organisation"}  # people may label a file; nothing depends on it
_TIME = re.compile(r"(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class CalendarInvalid(ValueError):
    """This is not a calendar an office can work by; `problems` are sentences in Indonesian, all of them."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True, slots=True)
class Period:
    """Dates `first` to `last`, both included, with a week of their own (Ramadan); a day it does not name is closed."""

    first: date
    last: date
    week: Week
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A date on which the office is closed, whatever its week says."""

    day: date
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """A checked calendar as data: periods and holidays in order of date, one holiday per date."""

    timezone: str
    week: Week
    periods: tuple[Period, ...] = ()
    holidays: tuple[Holiday, ...] = ()


def read(raw: object) -> Rules:
    """The rules in a calendar of the contract's JSON form; raises CalendarInvalid with every problem found."""
    return _Reader().rules(raw)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


class _Reader:
    """Reads one calendar and keeps a sentence for everything that is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def rules(self, raw: object) -> Rules:
        if not isinstance(raw, Mapping):
            raise CalendarInvalid(["Kalender harus berupa objek JSON dengan timezone, week, periods dan holidays."])
        self._keys(raw)
        found = Rules(
            self._zone(raw.get("timezone")),
            self._main_week(raw.get("week")),
            self._periods(raw.get("periods")),
            self._holidays(raw.get("holidays")),
        )
        if self.problems:
            raise CalendarInvalid(self.problems)
        return found

    def _keys(self, raw: Mapping[Any, Any]) -> None:
        for key in raw.keys() - _KEYS - _REMARKS:
            self.problems.append(f"Kunci {key!r} tidak dikenal; yang ada: timezone, week, periods, holidays.")

    def _zone(self, name: object) -> str:
        try:
            return ZoneInfo(name).key if isinstance(name, str) and name else self._no_zone(name)
        except (KeyError, ValueError, OSError):
            return self._no_zone(name)

    def _no_zone(self, name: object) -> str:
        self.problems.append(f"Zona waktu {name!r} tidak dikenal; tulis misalnya Asia/Jakarta (WIB).")
        return "Asia/Jakarta"

    def _main_week(self, raw: object) -> Week:
        before = len(self.problems)
        week = self._week(raw, "week")
        if not any(week) and len(self.problems) == before:
            self.problems.append("Kalender ini tidak punya jam kerja sama sekali: isi week sedikitnya satu hari.")
        return week

    def _week(self, raw: object, where: str) -> Week:
        if not isinstance(raw, Mapping):
            self.problems.append(f"{where}: harus berupa objek hari → jam, misalnya {{'mon': [['07:30', '12:00']]}}.")
            return ((),) * 7
        for name in raw.keys() - set(WEEKDAYS):
            self.problems.append(f"{where}: hari {name!r} tidak dikenal; pakai {', '.join(WEEKDAYS)}.")
        return tuple(self._hours(raw.get(name, []), f"{where} {DAYS[i]}") for i, name in enumerate(WEEKDAYS))

    def _hours(self, raw: object, where: str) -> Hours:
        if not isinstance(raw, list | tuple):
            self.problems.append(f"{where}: harus berupa daftar pasangan jam, misalnya [['07:30', '12:00']].")
            return ()
        found = sorted(pair for item in raw if (pair := self._interval(item, where)))
        return self._joined(found, where)

    def _interval(self, raw: object, where: str) -> tuple[int, int] | None:
        if not isinstance(raw, list | tuple) or len(raw) != 2:
            self.problems.append(f"{where}: {raw!r} bukan pasangan jam buka dan jam tutup.")
            return None
        start, end = (self._minutes(text, where) for text in raw)
        if start is None or end is None:
            return None
        if start >= end:
            self.problems.append(f"{where}: jam tutup {raw[1]} harus sesudah jam buka {raw[0]}.")
            return None
        return start, end

    def _minutes(self, raw: object, where: str) -> int | None:
        match = _TIME.fullmatch(raw) if isinstance(raw, str) else None
        if match is None:
            self.problems.append(f"{where}: jam {raw!r} salah; tulis JJ:MM antara 00:00 dan 24:00.")
            return None
        return int(match[1] or match[3]) * 60 + int(match[2] or match[4])

    def _joined(self, pairs: list[tuple[int, int]], where: str) -> Hours:
        joined: list[tuple[int, int]] = []
        for start, end in pairs:
            if joined and start < joined[-1][1]:
                self.problems.append(f"{where}: jam {_clock(start)}-{_clock(end)} bertumpang tindih dengan jam lain.")
            elif joined and start == joined[-1][1]:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return tuple(joined)

    def _periods(self, raw: object) -> tuple[Period, ...]:
        rows = [p for n, row in enumerate(self._rows(raw, "periods"), 1) if (p := self._period(row, f"Periode {n}"))]
        rows.sort(key=lambda period: period.first)
        for one, next_one in pairwise(rows):
            if next_one.first <= one.last:
                words = f"{one.first} s.d. {one.last} dan {next_one.first} s.d. {next_one.last}"
                self.problems.append(f"Periode {words} bertumpang tindih; pisahkan tanggalnya.")
        return tuple(rows)

    def _period(self, row: object, where: str) -> Period | None:
        if not isinstance(row, Mapping):
            self.problems.append(f"{where}: harus berupa objek dengan from, to dan week.")
            return None
        first, last = self._date(row.get("from"), f"{where} from"), self._date(row.get("to"), f"{where} to")
        week = self._week(row.get("week"), where)
        if first is None or last is None:
            return None
        if last < first:
            self.problems.append(f"{where}: tanggal akhir {last} mendahului tanggal awal {first}.")
            return None
        return Period(first, last, week, self._text(row, "name", where), self._text(row, "source", where))

    def _holidays(self, raw: object) -> tuple[Holiday, ...]:
        found: dict[date, Holiday] = {}
        for n, row in enumerate(self._rows(raw, "holidays"), 1):
            holiday = self._holiday(row, f"Hari libur {n}")
            if holiday:
                found[holiday.day] = _merged(found.get(holiday.day), holiday)
        return tuple(found[day] for day in sorted(found))

    def _holiday(self, row: object, where: str) -> Holiday | None:
        fields = row if isinstance(row, Mapping) else {"date": row}
        day = self._date(fields.get("date"), where)
        if day is None:
            return None
        return Holiday(day, self._text(fields, "name", where), self._text(fields, "source", where))

    def _rows(self, raw: object, where: str) -> list[Any] | tuple[Any, ...]:
        if raw is None:
            return []
        if isinstance(raw, list | tuple):
            return raw
        self.problems.append(f"{where}: harus berupa daftar.")
        return []

    def _date(self, raw: object, where: str) -> date | None:
        try:
            day = date.fromisoformat(raw) if isinstance(raw, str) and _DATE.fullmatch(raw) else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            hint = f"tulis TTTT-BB-HH antara {FIRST_YEAR} dan {LAST_YEAR}"
            self.problems.append(f"{where}: tanggal {raw!r} salah; {hint}.")
            return None
        return day

    def _text(self, row: Mapping[Any, Any], key: str, where: str) -> str:
        value = row.get(key) or ""
        if not isinstance(value, str):
            self.problems.append(f"{where}: {key} harus berupa teks.")
            return ""
        return value


def _merged(one: Holiday | None, other: Holiday) -> Holiday:
    if one is None:
        return other
    return Holiday(one.day, _both(one.name, other.name), _both(one.source, other.source))


def _both(one: str, other: str) -> str:
    return "; ".join(dict.fromkeys(part for text in (one, other) for part in text.split("; ") if part))
