"""A year of a calendar as twelve small pictures: which days work, which do not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engine.clocks.calendar_edits import JOINT
from engine.clocks.worktime import Calendar


@dataclass(frozen=True)
class Day:
    """A date as the picture shows it: `state` is kerja, khusus, libur, bersama or tutup; `why` names a day off."""

    day: int
    state: str
    why: str


@dataclass(frozen=True)
class Month:
    number: int
    weeks: list[list[Day | None]]
    """Weeks of seven days from Monday; None outside the month."""
    working: int


def year(calendar: Calendar, wanted: int) -> list[Month]:
    """The months of a year."""
    return [_month(calendar, wanted, number) for number in range(1, 13)]


def _month(calendar: Calendar, wanted: int, number: int) -> Month:
    days = [_day(calendar, day) for day in _days(wanted, number)]
    padded: list[Day | None] = [None] * date(wanted, number, 1).weekday() + [*days]
    padded += [None] * (-len(padded) % 7)
    weeks = [padded[at : at + 7] for at in range(0, len(padded), 7)]
    return Month(number, weeks, sum(day.state in ("kerja", "khusus") for day in days))


def _days(wanted: int, number: int) -> Iterator[date]:
    day = date(wanted, number, 1)
    while day.month == number:
        yield day
        day += timedelta(days=1)


def _day(calendar: Calendar, day: date) -> Day:
    why = calendar.why_closed(day)
    if why:
        return Day(day.day, "bersama" if why.startswith(JOINT) else "libur", why)
    if not calendar.is_working_day(day):
        return Day(day.day, "tutup", "")
    special = any(period.first <= day <= period.last for period in calendar.rules.periods)
    return Day(day.day, "khusus" if special else "kerja", "")
