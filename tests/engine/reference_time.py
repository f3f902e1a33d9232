"""A second reckoning of office time, written from the rules alone and sharing nothing with `engine`.

It thinks in wall-clock milliseconds of an office with a fixed offset (WIB, WITA, WIT have no summer time), walks from
day to day and cuts intervals; `MinuteOffice` does not even do that: it looks at one minute after the other.
"""

import calendar as gregorian
import datetime as dt
from typing import Any

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
OFFSET_HOURS = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EPOCH = dt.date(1970, 1, 1)


def ms_of_day(text: str) -> int:
    return (int(text[:2]) * 60 + int(text[3:])) * MINUTE


def day_number(text: str) -> int:
    return (dt.date.fromisoformat(text) - EPOCH).days


def amount_ms(limit: str) -> int:
    hours, minutes, digits = 0, 0, ""
    for letter in limit.removeprefix("PT"):
        if letter == "H":
            hours, digits = int(digits), ""
        elif letter == "M":
            minutes, digits = int(digits), ""
        else:
            digits += letter
    return (hours * 60 + minutes) * MINUTE


class Office:
    """An office by the contract's JSON calendar; `due` answers in UTC ms."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.offset = OFFSET_HOURS[raw["timezone"]] * 60 * MINUTE
        self.week = raw["week"]
        self.periods = [(day_number(p["from"]), day_number(p["to"]), p["week"]) for p in raw["periods"]]
        self.closed = {day_number(h if isinstance(h, str) else h["date"]) for h in raw["holidays"]}
        self.known: dict[int, list[tuple[int, int]]] = {}

    def hours(self, day: int) -> list[tuple[int, int]]:
        """Open intervals of a day in wall ms."""
        if day not in self.known:
            week = next((w for first, last, w in self.periods if first <= day <= last), self.week)
            pairs = [] if day in self.closed else week.get(NAMES[(day + 3) % 7], [])  # 1 January 1970 was a Thursday
            self.known[day] = sorted((day * DAY + ms_of_day(a), day * DAY + ms_of_day(b)) for a, b in pairs)
        return self.known[day]

    def due(self, start: int, limit: str, clock: str) -> int | None:
        if limit == "tanpa-batas":
            return None
        wall = start + self.offset
        if clock == "jam-kerja":
            found = self.after_office_time(wall, amount_ms(limit))
        elif clock == "jam-berjalan":
            found = self.clock_starts(wall) + amount_ms(limit)
        elif clock == "hari-kerja":
            found = self.closing_of_working_day(wall, int(limit[1:-1]))
        else:
            found = self.end_of_day_of_month(wall, int(limit))
        return found - self.offset

    def after_office_time(self, wall: int, left: int) -> int:
        day = wall // DAY
        while True:
            for opens, closes in self.hours(day):
                begin = max(opens, wall)
                if begin < closes:
                    if left <= closes - begin:
                        return begin + left
                    left -= closes - begin
            day += 1

    def clock_starts(self, wall: int) -> int:
        day = wall // DAY
        while True:
            hours = self.hours(day)
            if hours and wall < hours[-1][1]:
                return max(wall, hours[0][0])
            day += 1

    def closing_of_working_day(self, wall: int, count: int) -> int:
        day = wall // DAY
        while count:
            day += 1
            count -= bool(self.hours(day))
        return self.hours(day)[-1][1]

    def end_of_day_of_month(self, wall: int, number: int) -> int:
        today = EPOCH + dt.timedelta(days=wall // DAY)
        year, month = today.year, today.month
        day = dt.date(year, month, min(number, gregorian.monthrange(year, month)[1]))
        if day < today:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
            day = dt.date(year, month, min(number, gregorian.monthrange(year, month)[1]))
        return ((day - EPOCH).days + 1) * DAY

    def work_between(self, start: int, end: int) -> int:
        """Office time between two instants, start ≤ end, by cutting each day's intervals."""
        a, b = start + self.offset, end + self.offset
        days = range(a // DAY, b // DAY + 1)
        return sum(max(0, min(b, closes) - max(a, opens)) for day in days for opens, closes in self.hours(day))


class MinuteOffice:
    """The same office as a strip of minutes, 1 = open; it starts on the first day and is counted along."""

    def __init__(self, raw: dict[str, Any], first: dt.date, days: int) -> None:
        office = Office(raw)
        self.offset = office.offset
        self.first = (first - EPOCH).days
        self.strip = bytearray(days * 1440)
        for day in range(days):
            for opens, closes in office.hours(self.first + day):
                for minute in range(opens // MINUTE, closes // MINUTE):
                    self.strip[minute - self.first * 1440] = 1
        self.days_open = [1 in self.strip[day * 1440 : (day + 1) * 1440] for day in range(days)]

    def due(self, start: int, limit: str, clock: str) -> int:
        """Only for whole minutes."""
        at = (start + self.offset) // MINUTE - self.first * 1440
        if clock == "jam-kerja":
            found = self.count_open_minutes(at, amount_ms(limit) // MINUTE)
        elif clock == "jam-berjalan":
            found = self.count_any_minutes(at, amount_ms(limit) // MINUTE)
        else:
            found = self.count_days(at, int(limit[1:-1]))
        return (found + self.first * 1440) * MINUTE - self.offset

    def count_open_minutes(self, at: int, count: int) -> int:
        at = self.strip.index(1, at)
        while count:
            at = self.strip.index(1, at) + 1  # this open minute is used up
            count -= 1
        return at

    def count_any_minutes(self, at: int, count: int) -> int:
        while not self.in_office_day(at):
            at += 1
        for _ in range(count):
            at += 1
        return at

    def in_office_day(self, at: int) -> bool:
        """Open, or the office was open earlier on this date and will be later on it: the midday break."""
        if self.strip[at]:
            return True
        begin = at // 1440 * 1440
        return 1 in self.strip[begin:at] and 1 in self.strip[at : begin + 1440]

    def count_days(self, at: int, count: int) -> int:
        day = at // 1440
        while count:
            day += 1
            count -= self.days_open[day]
        return self.strip.rindex(1, day * 1440, (day + 1) * 1440) + 1
