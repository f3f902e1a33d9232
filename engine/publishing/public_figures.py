"""Honest figures for anyone: per agency and per subject what came, what was answered, when, and how many that is.

Counted by the day of receipt, from the columns and the journal that the audit counts from. What is too little to say
anything of is not said (`statistics_minimum`): a median of two answers tells of two people.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import mean, median

import orjson

from db.queries import published
from db.queries.published import Case
from engine import deadlines, lateness, settings
from engine.worktime import Calendar

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


def of(organisation: int, from_ms: int, until_ms: int, now: int) -> Figures:
    """The figures of the cases received in a span, as they stand now; counted at most once in ten minutes."""
    return _counted(published.newest_change(organisation), organisation, from_ms, until_ms, now // FRESH_MS)


@lru_cache(maxsize=128)
def _counted(_stamp: int, organisation: int, from_ms: int, until_ms: int, slot: int) -> Figures:
    calendar, now = settings.calendar(organisation), slot * FRESH_MS
    minimum = int(settings.setting(organisation, SETTING) or MINIMUM)
    passed = published.milestones(organisation, from_ms)
    total, units, topics = Tally(), defaultdict[str, Tally](Tally), defaultdict[str, Tally](Tally)
    for process in published.processes(organisation):
        for case in published.received(organisation, process, from_ms, until_ms):
            for tally in (total, units[case.unit], topics[case.topic]):
                _count(tally, case, passed.get(case.id), calendar, now)
    return Figures(_row("", total, minimum), _rows(units.items(), minimum), _rows(topics.items(), minimum), minimum)


def _count(tally: Tally, case: Case, passed: tuple[int, str] | None, calendar: Calendar, now: int) -> None:
    tally.received += 1
    tally.lapsed += case.lapsed
    if case.rating is not None:
        tally.ratings.append(case.rating)
    if passed is None:
        tally.open_late += case.open and _late(now, case.due_ms, calendar)
        return
    at, due = passed[0], orjson.loads(passed[1]).get("due")
    late = _late(at, due, calendar)
    tally.answered += 1
    tally.late += late
    tally.in_time += not late
    tally.days.append(lateness.working_days(case.received_ms + 1, at, calendar))


def _late(at: int, due: int | None, calendar: Calendar) -> bool:
    return deadlines.is_late(at, due, deadlines.LAW_CLOCK, calendar)


def _rows(found: Iterable[tuple[str, Tally]], minimum: int) -> tuple[Row, ...]:
    rows = (_row(code, tally, minimum) for code, tally in found if code)
    return tuple(sorted(rows, key=lambda row: (-row.received, row.code)))


def _row(code: str, tally: Tally, minimum: int) -> Row:
    counts = (tally.received, tally.answered, tally.in_time, tally.late, tally.open_late, tally.lapsed)
    days = median(tally.days) if len(tally.days) >= minimum else None
    rating = round(mean(tally.ratings), 1) if len(tally.ratings) >= minimum else None
    return Row(code, *counts, days, rating, len(tally.ratings), tally.received >= minimum)
