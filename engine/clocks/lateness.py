"""How late a case is, or was: working days past the law's date, and the words for it."""

from datetime import timedelta

from engine.clocks import deadlines
from engine.clocks.worktime import Calendar, OutsideCalendar

MOST = 250
"""A year of working days: nobody counts further, it is "more than"."""


def past(due_ms: int | None, at: int, calendar: Calendar) -> int | None:
    """Working days by which the law's date was over at an instant, 0 where none was worked yet; None in time."""
    late = deadlines.is_late(at, due_ms, deadlines.LAW_CLOCK, calendar)
    return working_days(due_ms, at, calendar) if late and due_ms is not None else None


def working_days(due_ms: int, until_ms: int, calendar: Calendar) -> int:
    """Working days after the day something was due, up to and including the day it came; at most `MOST`."""
    day, last = calendar.date_of(due_ms - 1), calendar.date_of(until_ms)
    count = 0
    try:
        while day < last and count < MOST:
            day += timedelta(days=1)
            count += calendar.is_working_day(day)
    except OutsideCalendar:
        return count
    return count


def spoken(days: int) -> str:
    """As letters and SMS say it; pages say the same (webui.law)."""
    if days >= MOST:
        return f"terlambat lebih dari {MOST} hari kerja"
    return f"terlambat {days} hari kerja" if days else "terlambat kurang dari 1 hari kerja"
