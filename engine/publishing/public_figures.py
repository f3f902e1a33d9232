"""Honest figures for anyone: per agency and per subject what came, what was answered, when, and how many that is.

Counted by the day of receipt, from the columns and the journal that the audit counts from. What is too little to say
anything of is not said (`statistics_minimum`): a median of two answers tells of two people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from statistics import mean, median
from typing import NamedTuple

import orjson

from db.queries import published
from db.queries.published import Case
from engine.clocks import deadlines, lateness
from engine.clocks.worktime import Calendar
from engine.offices import settings

SETTING = "statistics_minimum"
MINIMUM = 5
FRESH_MS = 600_000
"""How long figures are kept before they are counted anew."""


@dataclass
class Tally:
    """What is counted of one agency or subject."""

    received: int = 0
    answered: int = 0
    in_time: int = 0
    late: int = 0
    open_late: int = 0
    lapsed: int = 0
    days: list[int] = field(default_factory=list)
    ratings: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """The figures of one agency or subject; `enough` where there are as many as the office wants before it tells."""

    code: str
    received: int
    answered: int
    in_time: int
    late: int
    open_late: int
    lapsed: int
    median_days: float | None
    rating: float | None
    rated: int
    enough: bool

    @property
    def share_in_time(self) -> float:
        """Of a hundred answers, how many came in time."""
        return round(100 * self.in_time / self.answered, 1) if self.answered else 0.0


@dataclass(frozen=True)
class Figures:
    """Of a span: everything together, per agency, per subject; and the least number that is told."""

    total: Row
    units: tuple[Row, ...]
    topics: tuple[Row, ...]
    minimum: int


class Answer(NamedTuple):
    """After how many working days an answer came, and whether that was late."""

    days: int
    late: bool


def of(organisation: int, from_ms: int, until_ms: int, now: int) -> Figures:
    """The figures of the cases received in a span, as they stand now; counted at most once in ten minutes."""
    return _counted(published.newest_change(organisation), organisation, from_ms, until_ms, now // FRESH_MS)


@lru_cache(maxsize=128)
def _counted(_stamp: int, organisation: int, from_ms: int, until_ms: int, slot: int) -> Figures:
    calendar, now = settings.calendar(organisation), slot * FRESH_MS
    minimum = int(settings.setting(organisation, SETTING) or MINIMUM)
    total, units, topics = Tally(), defaultdict[str, Tally](Tally), defaultdict[str, Tally](Tally)
    answers = _Answers(calendar)
    for process in published.processes(organisation):
        cases = published.received(organisation, process, from_ms, until_ms)
        last = max((case.answered_ms or 0 for case in cases), default=0)
        passed = published.milestones(organisation, from_ms, last)
        for case in cases:
            answer = answers.of(case, passed)
            waits_late = answer is None and case.open and answers.late(now, case.due_ms)
            for tally in (total, units[case.unit], topics[case.topic]):
                _count(tally, case, answer, waits_late)
    return Figures(_row("", total, minimum), _rows(units.items(), minimum), _rows(topics.items(), minimum), minimum)


def _count(tally: Tally, case: Case, answer: Answer | None, waits_late: bool) -> None:
    tally.received += 1
    tally.lapsed += case.lapsed
    if case.rating is not None:
        tally.ratings.append(case.rating)
    if answer is None:
        tally.open_late += waits_late
        return
    tally.answered += 1
    tally.late += answer.late
    tally.in_time += not answer.late
    tally.days.append(answer.days)


class _Answers:
    """Answers by one calendar: asked once for each pair of days, and once for each date that was promised."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._days: dict[tuple[date, date], int] = {}
        self._late_from: dict[int, int] = {}

    def of(self, case: Case, passed: Mapping[tuple[int, int], str]) -> Answer | None:
        """The answer that stands, as the journal tells it; None while there is none."""
        at = case.answered_ms
        facts = None if at is None else passed.get((case.id, at))
        if at is None or facts is None:
            return None
        return Answer(self._between(case.received_ms, at), self.late(at, orjson.loads(facts).get("due")))

    def late(self, at: int, due: int | None) -> bool:
        """Whether a promise is over at an instant."""
        if due is None:
            return False
        if due not in self._late_from:
            self._late_from[due] = deadlines.late_from(due, deadlines.LAW_CLOCK, self._calendar)
        return at >= self._late_from[due]

    def _between(self, received: int, at: int) -> int:
        days = self._calendar.date_of(received), self._calendar.date_of(at)
        if days not in self._days:
            self._days[days] = lateness.working_days(received + 1, at, self._calendar)
        return self._days[days]


def _rows(found: Iterable[tuple[str, Tally]], minimum: int) -> tuple[Row, ...]:
    rows = (_row(code, tally, minimum) for code, tally in found if code)
    return tuple(sorted(rows, key=lambda row: (-row.received, row.code)))


def _row(code: str, tally: Tally, minimum: int) -> Row:
    counts = (tally.received, tally.answered, tally.in_time, tally.late, tally.open_late, tally.lapsed)
    days = median(tally.days) if len(tally.days) >= minimum else None
    rating = round(mean(tally.ratings), 1) if len(tally.ratings) >= minimum else None
    return Row(code, *counts, days, rating, len(tally.ratings), tally.received >= minimum)
