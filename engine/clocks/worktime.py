"""The office calendar as pure arithmetic: when it is open, and how much office time lies between two instants.

Instants are UTC milliseconds, dates are local to the calendar's time zone, office hours are [open, close).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from engine.clocks.calendar_rules import FIRST_YEAR, LAST_YEAR, CalendarInvalid, Hours, Rules, read

__all__ = ["MINUTE", "Calendar", "CalendarInvalid", "OutsideCalendar"]

MINUTE = 60_000
DAY = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()

Interval = tuple[int, int]


class OutsideCalendar(ValueError):
    """The question leads outside the years a calendar covers."""

    def __init__(self) -> None:
        super().__init__(f"Hitungan ini keluar dari kalender (tahun {FIRST_YEAR} sampai {LAST_YEAR}).")


@dataclass(frozen=True, slots=True)
class _Table:
    """Some whole years laid out flat, so that every question is a bisection; None means: it lies outside."""

    years: tuple[int, int]
    first: int  # ordinal of the first date
    midnights: list[int]  # start of each date, and the end of the last
    before: list[int]  # working days before each date
    workdays: list[int]  # ordinals of the working days …
    opens: list[int]  # … the first opening of each …
    closes: list[int]  # … and its last closing
    starts: list[int]  # every open interval …
    ends: list[int]
    worked: list[int]  # … and the office time before it

    def day(self, ms: int) -> int:
        return bisect_right(self.midnights, ms) - 1

    def work_until(self, ms: int) -> int:
        k = bisect_right(self.starts, ms) - 1
        return 0 if k < 0 else self.worked[k] + min(ms, self.ends[k]) - self.starts[k]

    def add(self, ms: int, amount: int) -> int | None:
        k = bisect_right(self.ends, ms)
        if k >= len(self.starts):
            return None
        start = self.starts[k]
        if amount <= 0:
            return max(ms, start)
        goal = self.worked[k] + amount + (ms - start if ms > start else 0)
        if goal > self.worked[-1]:
            return None
        k = bisect_left(self.worked, goal) - 1
        return self.starts[k] + goal - self.worked[k]

    def subtract(self, ms: int, amount: int) -> int | None:
        goal = self.work_until(ms) - amount
        if goal < 0 or not self.starts:
            return None
        k = min(bisect_right(self.worked, goal), len(self.starts)) - 1
        return min(ms, self.starts[k] + goal - self.worked[k])

    def office_moment(self, ms: int) -> int | None:
        k = bisect_right(self.closes, ms)
        return max(ms, self.opens[k]) if k < len(self.opens) else None

    def nth_workday(self, day: int, n: int) -> int | None:
        """Index of the n-th working day after the date `day` (an index, as `day()` gives it)."""
        k = self.before[day + 1] + n - 1
        return k if k < len(self.workdays) else None


class Calendar:
    """An office's calendar: immutable to its users, safe between threads; years are laid out when first asked for."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.tz = ZoneInfo(rules.timezone)
        self._lock = Lock()
        self._table: _Table | None = None

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Calendar":
        """The calendar of the contract's JSON form; raises CalendarInvalid with every problem as a sentence."""
        return cls(read(raw))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and self.rules == other.rules

    def __hash__(self) -> int:
        return hash(self.rules)

    # --- instants ---

    def is_open(self, ms: int) -> bool:
        """Whether the office works at this instant; at closing and at the start of the break it does not."""
        return self.next_open(ms) == ms

    def next_open(self, ms: int) -> int:
        """This instant if the office is open, else its next opening (also the end of the midday break)."""
        return self.add_ms(ms, 0)

    def office_moment(self, ms: int) -> int:
        """This instant if it lies within an office day, its midday break included; else the next opening."""
        table = self._at(ms)
        while (found := table.office_moment(ms)) is None:
            table = self._later(table)
        return found

    def last_closing(self, ms: int) -> int:
        """The end of the latest office day that is over at this instant."""
        table = self._at(ms)
        while (k := bisect_right(table.closes, ms)) == 0:
            table = self._earlier(table)
        return table.closes[k - 1]

    # --- office time ---

    def add_ms(self, ms: int, amount: int) -> int:
        """The first instant by which `amount` ms of office time have passed, counted from `ms` or the next opening."""
        if amount < 0:
            raise ValueError("office time cannot be negative; use subtract_ms")
        table = self._at(ms)
        while (found := table.add(ms, amount)) is None:
            table = self._later(table)
        return found

    def add_minutes(self, ms: int, minutes: float) -> int:
        """`add_ms` in working minutes."""
        return self.add_ms(ms, round(minutes * MINUTE))

    def subtract_ms(self, ms: int, amount: int) -> int:
        """The latest instant, at most `ms`, with `amount` ms of office time left until `ms`."""
        table = self._at(ms)
        while (found := table.subtract(ms, amount)) is None:
            table = self._earlier(table)
        return found

    def work_ms_between(self, a: int, b: int) -> int:
        """Office time from a to b in ms, exact; negative when b is before a."""
        table = self._at(a)
        if not table.midnights[0] <= b < table.midnights[-1]:
            table = self._both(a, b)
        return table.work_until(b) - table.work_until(a)

    # --- dates ---

    def date_of(self, ms: int) -> date:
        """The local date of an instant."""
        table = self._at(ms)
        return date.fromordinal(table.first + table.day(ms))

    def midnight(self, day: date) -> int:
        """The instant at which a date begins."""
        table = self._on(day)
        return table.midnights[day.toordinal() - table.first]

    def intervals(self, day: date) -> list[Interval]:
        """The open intervals of a date as instants, in order; none on a day off."""
        table = self._on(day)
        i = day.toordinal() - table.first
        a, b = (bisect_left(table.starts, table.midnights[k]) for k in (i, i + 1))
        return list(zip(table.starts[a:b], table.ends[a:b], strict=True))

    def open_between(self, a: int, b: int) -> list[Interval]:
        """The open intervals that lie between two instants, or reach into that time, in order."""
        table = self._at(a)
        if not table.midnights[0] <= b < table.midnights[-1]:
            table = self._both(a, b)
        k, n = bisect_right(table.ends, a), bisect_left(table.starts, b)
        return list(zip(table.starts[k:n], table.ends[k:n], strict=True))

    def is_working_day(self, day: date) -> bool:
        """Whether the office opens at all on this date."""
        return bool(self._hours(day.toordinal()))

    def nth_working_day_after(self, day: date, n: int) -> date:
        """The n-th working day after a date, itself not counted (n ≥ 1)."""
        table, k = self._nth(self.midnight(day), n)
        return date.fromordinal(table.workdays[k])

    def nth_closing_after(self, ms: int, n: int) -> int:
        """The closing of the n-th working day after the date of an instant (n ≥ 1)."""
        table, k = self._nth(ms, n)
        return table.closes[k]

    def why_closed(self, day: date) -> str:
        """What closes this date: the holiday's name, or "" when the week (or a period's) has no hours on it."""
        return self._days_off.get(day.toordinal(), "")

    @cached_property
    def holiday_years(self) -> frozenset[int]:
        """The years for which this calendar knows any day off; beyond them only the week counts."""
        return frozenset(holiday.day.year for holiday in self.rules.holidays)

    # --- laying out years ---

    def _nth(self, ms: int, n: int) -> tuple[_Table, int]:
        if n < 1:
            raise ValueError("working days are counted from 1")
        table = self._at(ms)
        while (k := table.nth_workday(table.day(ms), n)) is None:
            table = self._later(table)
        return table, k

    @cached_property
    def _days_off(self) -> dict[int, str]:
        return {holiday.day.toordinal(): holiday.name or "hari libur" for holiday in self.rules.holidays}

    @cached_property
    def _special_weeks(self) -> list[tuple[int, int, Sequence[Hours]]]:
        return [(p.first.toordinal(), p.last.toordinal(), p.week) for p in self.rules.periods]

    def _hours(self, ordinal: int) -> Hours:
        if ordinal in self._days_off:
            return ()
        k = bisect_right(self._special_weeks, ordinal, key=lambda period: period[0]) - 1
        special = k >= 0 and ordinal <= self._special_weeks[k][1]
        return (self._special_weeks[k][2] if special else self.rules.week)[(ordinal - 1) % 7]

    def _instant(self, ordinal: int, minute: int) -> int:
        local = datetime.fromordinal(ordinal) + timedelta(minutes=minute)
        return (ordinal - _EPOCH) * DAY + minute * MINUTE - self._offset(local)

    def _offset(self, local: datetime) -> int:
        offset = self.tz.utcoffset(local.replace(tzinfo=self.tz))
        return 0 if offset is None else round(offset / timedelta(milliseconds=1))

    def _opened(self, ordinal: int, midnight: int, day_ends: int) -> list[Interval]:
        """A date's open intervals; where the clock is changed on that date, each end is looked up by itself."""
        hours = self._hours(ordinal)
        if day_ends - midnight == DAY:
            return [(midnight + a * MINUTE, midnight + b * MINUTE) for a, b in hours]
        found = [(self._instant(ordinal, a), self._instant(ordinal, b)) for a, b in hours]
        return [(a, b) for a, b in found if a < b]

    def _at(self, ms: int) -> _Table:
        table = self._table
        if table and table.midnights[0] <= ms < table.midnights[-1]:
            return table
        return self._covering(self._year(ms), self._year(ms) + 1)

    def _on(self, day: date) -> _Table:
        table = self._table
        if table and table.years[0] <= day.year <= table.years[1]:
            return table
        return self._covering(day.year, day.year)

    def _both(self, a: int, b: int) -> _Table:
        years = self._year(a), self._year(b)
        return self._covering(min(years), max(years))

    def _year(self, ms: int) -> int:
        if not 0 <= ms < (date(LAST_YEAR, 12, 31).toordinal() - _EPOCH) * DAY:
            raise OutsideCalendar
        return datetime.fromtimestamp(ms / 1000, UTC).astimezone(self.tz).year

    def _later(self, table: _Table) -> _Table:
        first, last = table.years
        if last >= LAST_YEAR:
            raise OutsideCalendar
        return self._covering(first, last + 1 + last - first)

    def _earlier(self, table: _Table) -> _Table:
        first, last = table.years
        if first <= FIRST_YEAR - 1:
            raise OutsideCalendar
        return self._covering(first - 1, last)

    def _covering(self, first: int, last: int) -> _Table:
        """A table with at least these years and all that were laid out before; readers keep the one they hold."""
        if not FIRST_YEAR - 1 <= first <= LAST_YEAR:
            raise OutsideCalendar
        with self._lock:
            if self._table:
                first, last = min(first, self._table.years[0]), max(last, self._table.years[1])
            last = min(last, LAST_YEAR)
            if self._table is None or self._table.years != (first, last):
                self._table = self._lay_out(first, last)
            return self._table

    def _lay_out(self, first_year: int, last_year: int) -> _Table:
        first, end = date(first_year, 1, 1).toordinal(), date(last_year + 1, 1, 1).toordinal()
        midnights = [self._instant(ordinal, 0) for ordinal in range(first, end + 1)]
        days = [self._opened(first + i, midnights[i], midnights[i + 1]) for i in range(end - first)]
        flat = [interval for day in days for interval in day]
        open_days = [i for i, day in enumerate(days) if day]
        return _Table(
            years=(first_year, last_year),
            first=first,
            midnights=midnights,
            before=list(accumulate((bool(day) for day in days), initial=0)),
            workdays=[first + i for i in open_days],
            opens=[days[i][0][0] for i in open_days],
            closes=[days[i][-1][1] for i in open_days],
            starts=[a for a, _ in flat],
            ends=[b for _, b in flat],
            worked=list(accumulate((b - a for a, b in flat), initial=0)),
        )
