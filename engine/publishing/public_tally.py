"""What is counted of cases for the public: per agency, per subject and all together; tallies add up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import orjson

from db.queries.public_figures import Case
from engine.clocks import deadlines, lateness
from engine.clocks.worktime import Calendar

Key = tuple[str, str]
"""Of whom: ("", "") for all of them, ("unit", code) or ("topic", code)."""
WHOLE: Key = ("", "")


@dataclass
class Tally:
    """What is counted of one agency or subject; `days` and `ratings` are how many there are of each value."""

    received: int = 0
    answered: int = 0
    in_time: int = 0
    late: int = 0
    open_late: int = 0
    lapsed: int = 0
    days: Counter[int] = field(default_factory=Counter)
    ratings: Counter[int] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Takes in another tally of the same agency or subject."""
        self.received += other.received
        self.answered += other.answered
        self.in_time += other.in_time
        self.late += other.late
        self.open_late += other.open_late
        self.lapsed += other.lapsed
        self.days.update(other.days)
        self.ratings.update(other.ratings)


Tallies = dict[Key, Tally]


def merge(into: Tallies, more: Iterable[tuple[Key, Tally]]) -> None:
    """Adds tallies to those of the same agencies and subjects."""
    for key, tally in more:
        into.setdefault(key, Tally()).add(tally)


class Answer(NamedTuple):
    """After how many working days an answer came, and whether that was late."""

    days: int
    late: bool


class Answers:
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


def counted(cases: Iterable[Case], passed: Mapping[tuple[int, int], str], answers: Answers, now: int) -> Tallies:
    """The tallies of these cases as they stand; `passed` has the facts of their milestones."""
    pairs: dict[tuple[str, str], Tally] = {}
    for case in cases:
        tally = pairs.get((case.unit, case.topic))
        if tally is None:
            tally = pairs[case.unit, case.topic] = Tally()
        answer = answers.of(case, passed)
        _count(tally, case, answer)
        tally.open_late += answer is None and case.open and answers.late(now, case.due_ms)
    found: Tallies = {}
    for (unit, topic), tally in pairs.items():
        merge(found, ((key, tally) for key in (WHOLE, ("unit", unit), ("topic", topic))))
    return found


def _count(tally: Tally, case: Case, answer: Answer | None) -> None:
    tally.received += 1
    tally.lapsed += case.lapsed
    if case.rating is not None:
        tally.ratings[case.rating] += 1
    if answer is not None:
        tally.answered += 1
        tally.late += answer.late
        tally.in_time += not answer.late
        tally.days[answer.days] += 1


# --- kept: of ended cases, by the month they were received in ---

_COUNTS = ("received", "answered", "in_time", "late", "lapsed")


def dumped(months: Mapping[str, Tallies]) -> str:
    """Tallies of ended cases by month (YYYY-MM of receipt), as JSON."""
    rows = [[month, *key, *_numbers(tally)] for month, found in sorted(months.items()) for key, tally in found.items()]
    return orjson.dumps(rows).decode()


def _numbers(tally: Tally) -> list[object]:
    return [*(getattr(tally, name) for name in _COUNTS), list(tally.days.items()), list(tally.ratings.items())]


def loaded(body: str, months: frozenset[str]) -> Iterator[tuple[Key, Tally]]:
    """The tallies of those months of receipt."""
    for month, kind, code, *counts, days, ratings in orjson.loads(body):
        if month in months:
            numbers = dict(zip(_COUNTS, counts, strict=True))
            yield (kind, code), Tally(**numbers, days=Counter(dict(days)), ratings=Counter(dict(ratings)))
