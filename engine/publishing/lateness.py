"""How late an answer is (or was), in the unit of its promise: working days."""

from datetime import timedelta

from engine.worktime import Calendar, OutsideCalendar

MOST = 250
"""A year of working days: nobody counts further, it is "more than"."""


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
