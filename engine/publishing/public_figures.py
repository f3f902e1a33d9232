"""Honest figures for anyone: per agency and per subject what came, what was answered, when, and how many that is.

Counted by the day of receipt, from the columns and the journal that the audit counts from. What is too little to say
anything of is not said (`statistics_minimum`): a median of two answers tells of two people.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from db.queries import public_figures as questions
from db.queries import published
from engine.clocks.measures import Spread
from engine.offices import settings
from engine.publishing import public_months
from engine.publishing.public_tally import WHOLE, Tallies, Tally, merge

SETTING = "statistics_minimum"
MINIMUM = 5
FRESH_MS = 600_000
"""How long figures are kept before they are counted anew."""


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
    minimum = int(settings.setting(organisation, SETTING) or MINIMUM)
    found: Tallies = {}
    for process in questions.processes(organisation):
        where = public_months.place(organisation, process)
        merge(found, public_months.read(where, from_ms, until_ms, slot * FRESH_MS).items())
    units, topics = (_rows(found, kind, minimum) for kind in ("unit", "topic"))
    return Figures(_row("", found.get(WHOLE, Tally()), minimum), units, topics, minimum)


def _rows(found: Tallies, kind: str, minimum: int) -> tuple[Row, ...]:
    rows = (_row(code, tally, minimum) for (of, code), tally in found.items() if of == kind and code)
    return tuple(sorted(rows, key=lambda row: (-row.received, row.code)))


def _row(code: str, tally: Tally, minimum: int) -> Row:
    counts = (tally.received, tally.answered, tally.in_time, tally.late, tally.open_late, tally.lapsed)
    days = sum(Spread.of(tally.days).middle) / 2 if tally.days.total() >= minimum else None
    rated = tally.ratings.total()
    rating = round(_sum(tally.ratings) / rated, 1) if rated >= minimum else None
    return Row(code, *counts, days, rating, rated, tally.received >= minimum)


def _sum(counts: Counter[int]) -> int:
    return sum(value * count for value, count in counts.items())
