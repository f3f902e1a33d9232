"""From a limit to the instant it is due, by one of the office's four clocks, with the reckoning line by line.

The clocks: `jam-kerja` minutes inside office hours · `jam-berjalan` clock hours · `hari-kerja` working days after the
date of receipt · `tanggal` the end of a day of the month. Instants are UTC milliseconds, amounts of time milliseconds.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from engine.clocks import explained
from engine.clocks.explained import Line
from engine.clocks.worktime import MINUTE, Calendar
from engine.wording import Said

__all__ = [
    "CLOCKS",
    "ENDLESS",
    "Limit",
    "LimitInvalid",
    "Line",
    "due",
    "due_soon",
    "explain",
    "is_late",
    "late_from",
    "remaining",
    "state",
    "target",
    "today",
]

Clock = Literal["jam-berjalan", "jam-kerja", "hari-kerja", "tanggal"]
State = Literal["berjalan", "lewat jam tutup", "terlambat"]

CLOCKS: tuple[Clock, ...] = ("jam-berjalan", "jam-kerja", "hari-kerja", "tanggal")
ENDLESS = "tanpa-batas"
LAW_CLOCK: Clock = "hari-kerja"
"""By which the law's date of a case is kept."""
HOUR = 60 * MINUTE
SOON = {"jam-berjalan": HOUR, "jam-kerja": HOUR, "hari-kerja": 450 * MINUTE, "tanggal": 450 * MINUTE}

_HOURS = re.compile(r"PT(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?", re.ASCII)
_DAYS = re.compile(r"P(\d{1,5})D", re.ASCII)
_DAY_OF_MONTH = re.compile(r"0?[1-9]|[12]\d|3[01]", re.ASCII)


class LimitInvalid(ValueError):
    """This limit cannot be counted by this clock; the text is a sentence in Indonesian."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A checked limit: `amount` is ms for the two clocks of hours, working days, or the day of the month."""

    clock: Clock
    amount: int

    @staticmethod
    def parse(limit: str, clock: str) -> "Limit | None":
        """The limit as its clock counts it, None for `tanpa-batas`; raises LimitInvalid."""
        return _parse(limit, clock)


@lru_cache(maxsize=4096)
def _parse(limit: str, clock: str) -> Limit | None:
    endless = limit.strip() == ENDLESS
    if endless and not clock:
        return None
    if clock not in CLOCKS:
        raise LimitInvalid(f"Hitungan {clock!r} tidak dikenal; pilih {', '.join(CLOCKS)}.")
    known: Clock = clock
    return None if endless else Limit(known, _AMOUNT[known](limit.strip(), known))


def _hours(limit: str, clock: str) -> int:
    found = _HOURS.fullmatch(limit)
    if found:
        return int(found[1] or 0) * HOUR + int(found[2] or 0) * MINUTE
    if limit.startswith("P") and "D" in limit:
        why = "satu hari pernah dibaca 8 jam dan 24 jam"
        raise LimitInvalid(
            f"Batas {limit!r} tidak dapat dipakai dengan {clock}: {why}; tulis jam dan menit, misalnya PT24H."
        )
    raise LimitInvalid(
        f"Batas {limit!r} salah untuk {clock}; tulis jam dan menit bulat, misalnya PT10M, PT2H atau PT1H30M."
    )


def _days(limit: str, clock: str) -> int:
    found = _DAYS.fullmatch(limit)
    if not found:
        raise LimitInvalid(f"Batas {limit!r} salah untuk {clock}; tulis hari bulat, misalnya P7D.")
    if int(found[1]) == 0:
        raise LimitInvalid(f"Batas {limit!r} salah untuk {clock}: hari diterima adalah hari ke-0, paling sedikit P1D.")
    return int(found[1])


def _day_of_month(limit: str, clock: str) -> int:
    if not _DAY_OF_MONTH.fullmatch(limit):
        raise LimitInvalid(f"Batas {limit!r} salah untuk {clock}; tulis hari dalam bulan, 1 sampai 31.")
    return int(limit)


_AMOUNT: dict[Clock, Callable[[str, str], int]] = {
    "jam-berjalan": _hours,
    "jam-kerja": _hours,
    "hari-kerja": _days,
    "tanggal": _day_of_month,
}


def due(start_ms: int, limit: str, clock: str, calendar: Calendar) -> int | None:
    """When a limit begun at `start_ms` is due; None for `tanpa-batas`. Raises LimitInvalid, OutsideCalendar.

    Done at that very instant is in time: `tanggal` is due at 24.00, which is the next day's 00.00.
    """
    asked = _parse(limit, clock)
    return None if asked is None else _DUE[asked.clock](start_ms, asked.amount, calendar)


def _due_in_office_hours(start: int, amount: int, calendar: Calendar) -> int:
    return calendar.add_ms(start, amount)


def _due_in_clock_hours(start: int, amount: int, calendar: Calendar) -> int:
    return calendar.office_moment(start) + amount


def _due_in_working_days(start: int, amount: int, calendar: Calendar) -> int:
    return calendar.nth_closing_after(start, amount)


def _due_at_day_of_month(start: int, amount: int, calendar: Calendar) -> int:
    return calendar.midnight(_last_date(calendar.date_of(start), amount) + timedelta(days=1))


def _last_date(begun: date, day: int) -> date:
    this_month = _in_month(begun.year, begun.month, day)
    if this_month >= begun:
        return this_month
    return _in_month(begun.year + begun.month // 12, begun.month % 12 + 1, day)


def _in_month(year: int, month: int, day: int) -> date:
    next_month = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day, (next_month - timedelta(days=1)).day))


_DUE: dict[Clock, Callable[[int, int, Calendar], int]] = {
    "jam-berjalan": _due_in_clock_hours,
    "jam-kerja": _due_in_office_hours,
    "hari-kerja": _due_in_working_days,
    "tanggal": _due_at_day_of_month,
}


def explain(start_ms: int, limit: str, clock: str, calendar: Calendar) -> list[Line]:
    """How the due time comes about, line by line; the last line ends at the due instant."""
    asked = _parse(limit, clock)
    if asked is None:
        return [Line(Said("Tidak dibatasi"), start_ms, start_ms, 0)]
    end = _DUE[asked.clock](start_ms, asked.amount, calendar)
    lines = _EXPLAIN[asked.clock](start_ms, end, asked.amount, calendar)
    return explained.unknown_holidays(start_ms, end, calendar) + lines


_EXPLAIN: dict[Clock, Callable[[int, int, int, Calendar], list[Line]]] = {
    "jam-berjalan": explained.clock_hours,
    "jam-kerja": explained.office_hours,
    "hari-kerja": explained.working_days,
    "tanggal": explained.day_of_month,
}


def remaining(now: int, due_ms: int, calendar: Calendar) -> int:
    """Office time left in ms, for the countdown that stops outside office hours; negative once it is late."""
    return calendar.work_ms_between(now, due_ms)


def state(now: int, due_ms: int | None, clock: str, calendar: Calendar) -> State:
    """Where a limit stands: in working days the rest of the last day after closing is not yet late."""
    if due_ms is None or now <= due_ms:
        return "berjalan"
    return "terlambat" if now >= late_from(due_ms, clock, calendar) else "lewat jam tutup"


def late_from(due_ms: int, clock: str, calendar: Calendar) -> int:
    """The first instant at which it is late: in working days when the day it was due on is over, else at once.

    db.queries.overdue says the same of rows; nothing else decides what is late.
    """
    at_once = due_ms + 1
    if clock != LAW_CLOCK:
        return at_once
    return max(at_once, calendar.midnight(calendar.date_of(due_ms - 1) + timedelta(days=1)))


def is_late(at: int, due_ms: int | None, clock: str, calendar: Calendar) -> bool:
    """Whether a limit is over at an instant."""
    return due_ms is not None and at >= late_from(due_ms, clock, calendar)


def today(now: int, calendar: Calendar) -> int:
    """The midnight before: what was due in working days up to then is late."""
    return calendar.midnight(calendar.date_of(now))


def due_soon(now: int, due_ms: int | None, clock: str, calendar: Calendar) -> bool:
    """Not late, and at most one office hour left (clocks of days: one normal working day of 7.5 hours)."""
    if due_ms is None or now > due_ms:
        return False
    return remaining(now, due_ms, calendar) <= SOON.get(clock, HOUR)


def target(due_ms: int, clock: str, calendar: Calendar) -> int:
    """What people should aim at: for `tanggal` the last closing before that day's end, else the due time itself."""
    return calendar.last_closing(due_ms) if clock == "tanggal" else due_ms
