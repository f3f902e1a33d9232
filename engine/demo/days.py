"""The days of the demonstration's city, played in the order of time: each thread says when it wants to go on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush

from db import sql
from engine import jobs, texting
from engine.clocks.worktime import Calendar
from engine.files import Store
from engine.jobs import Handler
from engine.sms.gateways import SENT, Arrived, Going, Progress

Thread = Iterator[int]
"""Something that goes on at instants (UTC ms): it yields when, and acts once it is asked for the next."""


def play(threads: Sequence[Thread], until: int, between: Callable[[int], None]) -> None:
    """Lets every thread act at its instants, the earliest first, up to `until`; `between` runs around each act."""
    line = [(at, place, thread) for place, thread in enumerate(threads) if (at := next(thread, None)) is not None]
    heapify(line)
    while line and line[0][0] <= until:
        at, place, thread = heappop(line)
        between(at)
        then = next(thread, None)
        between(at)
        if then is not None:
            heappush(line, (max(then, at), place, thread))
    between(until)


@dataclass
class Air:
    """The telephone network of the played days: brings what people write, and takes every answer to them."""

    lies: list[Arrived] = field(default_factory=list)
    name: str = "contoh"

    def arrived(self, most: int) -> list[Arrived]:
        return self.lies[:most]

    def forget(self, taken: Sequence[Arrived]) -> None:
        self.lies = [one for one in self.lies if one not in taken]

    def send(self, _going: Going) -> Progress:
        """Taken at once."""
        return Progress(SENT)

    def progress(self, _tags: Sequence[str]) -> dict[str, Progress]:
        return {}

    def clear(self, tags: Sequence[str]) -> None:
        """Nothing is kept here."""

    def trouble(self) -> str:
        return ""

    def close(self) -> None:
        """No line is held."""


@dataclass
class City:
    """The city while its days are played: what its threads share."""

    organisation: int
    calendar: Calendar
    since: int
    now: int
    handlers: Mapping[str, Handler]
    files: Store
    air: Air = field(default_factory=Air)
    cases: dict[str, int] = field(default_factory=dict)
    """The cases begun so far, by the key of their story."""
    texts: int = 0

    def between(self, at: int) -> None:
        """The worker's round: what leaves by itself, timers that ran out, SMS both ways."""
        while jobs.run_due(at, self.handlers):
            texting.go(self.air, lambda: at, _trouble)
            jobs.run_due(at + 6_000, self.handlers)
        if self.air.lies:
            texting.go(self.air, lambda: at, _trouble)

    def texted(self, sender: str, text: str, at: int) -> None:
        """Someone sends an SMS; the office has read it before this returns."""
        self.texts += 1
        self.air.lies.append(Arrived(f"contoh-{self.texts}", sender, text, at))
        self.between(at)

    def number(self, key: str) -> str:
        """The number of a story's case."""
        return str(sql.value("SELECT number FROM case_file WHERE id = ?", (self.cases[key],)))

    def later(self, at: int, minutes: int) -> int:
        """So many office minutes later, but never after the last day played."""
        return min(self.calendar.add_minutes(at, minutes), self.now)

    def working_days(self) -> list[date]:
        """The days the office was open, up to today."""
        first, last = self.calendar.date_of(self.since), self.calendar.date_of(self.now)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.calendar.is_working_day(day)]

    def on(self, day: date, clock: str) -> int:
        """A time of the wall clock on a day, but never after the last instant played."""
        return min(self.instant(day, clock), self.now)

    def instant(self, day: date, clock: str) -> int:
        """A time of the wall clock on a day, be it to come."""
        hour, minute = map(int, clock.split("."))
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.calendar.tz)
        return int(local.timestamp() * 1000)


def _trouble(broken: Exception) -> None:
    raise broken
