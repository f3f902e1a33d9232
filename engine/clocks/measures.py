"""How long steps took, counted once for every month that is over, and merged exactly with what is counted live.

Times are whole minutes of office time, as people read them: so a median over months equals the median over their tasks.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import orjson

from db import sql
from db.connect import in_transaction
from db.queries import audit
from db.queries.audit import Done, Span
from forms import dates

MINUTE = 60_000
SETTLED_MS = 3_600_000
"""A month is counted an hour after its end: by then every act of its last minute is written."""

Key = tuple[str, int]
"""Element and office (0: the citizen)."""


@dataclass
class Tally:
    """What was done of one element at one office: how many took how many minutes, how many were late or repeated."""

    worked: Counter[int] = field(default_factory=Counter)
    waited: Counter[int] = field(default_factory=Counter)
    late: int = 0
    again: int = 0

    def add(self, other: "Tally") -> None:
        """Takes in another tally of the same step."""
        self.worked.update(other.worked)
        self.waited.update(other.waited)
        self.late += other.late
        self.again += other.again


@dataclass(frozen=True)
class Spread:
    """Of some durations, in ms: the middle value (or the mean of the two middle ones), p90 and the longest."""

    median: int
    p90: int
    worst: int
    middle: tuple[int, int]  # the two middle values, in minutes

    @classmethod
    def of(cls, counts: Mapping[int, int]) -> "Spread":
        """p90 is the smallest value that at least nine in ten keep."""
        n = sum(counts.values())
        low, high, nine = _ranked(counts, ((n + 1) // 2, (n + 2) // 2, (9 * n + 9) // 10))
        return cls((low + high) * MINUTE // 2, nine * MINUTE, max(counts, default=0) * MINUTE, (low, high))


def _ranked(counts: Mapping[int, int], ranks: tuple[int, int, int]) -> list[int]:
    """The values at these ranks (1 is the smallest)."""
    found: list[int] = []
    passed, left = 0, list(ranks)
    for value in sorted(counts):
        passed += counts[value]
        while left and left[0] <= passed:
            found.append(value)
            left.pop(0)
    return found + [0] * len(left)


@dataclass(frozen=True)
class Numbers:
    """One step in a span; `late` are those done past their limit, `again` those done a second time or more."""

    element: str
    done: int
    worked: Spread
    waited: Spread
    late: int
    again: int

    @property
    def percent_late(self) -> int:
        """Of those done, rounded to a whole percent."""
        return round(100 * self.late / self.done) if self.done else 0


# --- reading ---


def steps(span: Span, zone: str) -> dict[str, Numbers]:
    """The numbers of every step that was done in the span, by element; only of its offices where it names some."""
    merged: dict[str, Tally] = {}
    for (element, office), tally in read(span, zone).items():
        if not span.offices or office in span.offices:
            merged.setdefault(element, Tally()).add(tally)
    return {element: _numbers(element, tally) for element, tally in merged.items()}


def _numbers(element: str, tally: Tally) -> Numbers:
    done = sum(tally.worked.values())
    return Numbers(element, done, Spread.of(tally.worked), Spread.of(tally.waited), tally.late, tally.again)


def read(span: Span, zone: str) -> dict[Key, Tally]:
    """Every tally of the span: months that were counted as they were kept, everything else live."""
    merged: dict[Key, Tally] = {}
    kept = audit.months_kept(span, month_of(span.from_ms, zone), month_of(span.until_ms, zone))
    whole = [month for month in months(span.from_ms, span.until_ms, zone) if month[0] in kept]
    for name, _start, _end in whole:
        _merge(merged, _loaded(kept[name]))
    for from_ms, until_ms in _between(span, {start: end for _name, start, end in whole}):
        for start, end in pairwise(_cuts(from_ms, until_ms, zone)):
            _merge(merged, _tallied(audit.done(span.at(start, end))))
    return merged


def _between(span: Span, kept: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """What lies in the span before, between and after the months that are kept (start → end)."""
    at = span.from_ms
    for start in sorted(kept):
        if at < start:
            yield at, start
        at = kept[start]
    if at < span.until_ms:
        yield at, span.until_ms


def _cuts(from_ms: int, until_ms: int, zone: str) -> list[int]:
    """A time cut at the beginnings of months: no more than a month is in memory at once."""
    return sorted({from_ms, until_ms, *(start for _, start, _ in months(from_ms, until_ms, zone))})


def _merge(into: dict[Key, Tally], more: Iterable[tuple[Key, Tally]]) -> None:
    for key, tally in more:
        into.setdefault(key, Tally()).add(tally)


def _tallied(rows: Iterable[Done]) -> Iterable[tuple[Key, Tally]]:
    """Counted in plain dictionaries: this runs for every task of a month while a page waits."""
    found: dict[Key, tuple[dict[int, int], dict[int, int], list[int]]] = {}
    for element, office, worked, waited, late, again in rows:
        tally = found.get((element, office))
        if tally is None:
            tally = found[element, office] = ({}, {}, [0, 0])
        works, waits, more = tally
        works[worked] = works.get(worked, 0) + 1
        waits[waited] = waits.get(waited, 0) + 1
        if late:
            more[0] += 1
        if again:
            more[1] += 1
    return [(key, Tally(Counter(works), Counter(waits), *more)) for key, (works, waits, more) in found.items()]


# --- months ---


def months(from_ms: int, until_ms: int, zone: str) -> Iterator[tuple[str, int, int]]:
    """The months that lie wholly in a span: name (YYYY-MM), first instant, first instant of the next."""
    first = dates.date_of(from_ms, zone).replace(day=1)
    while (start := dates.starts(first, zone)) < until_ms:
        after = (first + timedelta(days=32)).replace(day=1)
        end = dates.starts(after, zone)
        if from_ms <= start and end <= until_ms:
            yield f"{first:%Y-%m}", start, end
        first = after


def month_of(ms: int, zone: str) -> str:
    """The name (YYYY-MM) of the month of an instant."""
    return f"{dates.date_of(ms, zone):%Y-%m}"


def month_begins(ms: int, zone: str) -> int:
    """The first instant of the month of an instant."""
    return dates.starts(dates.date_of(ms, zone).replace(day=1), zone)


# --- keeping ---


def due(now: int) -> Iterator[tuple[str, Span]]:
    """Every month (YYYY-MM, and its span) that is over and not yet kept."""
    for organisation, process, zone, first in audit.histories():
        known = audit.months_known(organisation, process)
        for name, start, end in months(month_begins(first, zone), now - SETTLED_MS, zone):
            if name not in known:
                yield name, Span(organisation, process, start, end)


def keep(month: str, span: Span, now: int) -> None:
    """Counts a month and keeps it, inside a transaction."""
    body = _dumped(_tallied(audit.done(span)))
    text = "DELETE FROM measure WHERE organisation_id = ? AND process = ? AND month = ?"
    sql.execute(text, (span.organisation_id, span.process, month))
    whose = {"organisation_id": span.organisation_id, "process": span.process}
    sql.insert("measure", **whose, month=month, body=body, made_ms=now)


def forget(organisation: int, process: str, at_ms: int) -> None:
    """Drops the count of the month of this instant, inside the verb that adds or takes back an act in it."""
    assert in_transaction(), "a month is forgotten with the act that changes it"
    zone = str(sql.value("SELECT timezone FROM organisation WHERE id = ?", (organisation,)))
    text = "DELETE FROM measure WHERE organisation_id = ? AND process = ? AND month = ?"
    sql.execute(text, (organisation, process, month_of(at_ms, zone)))


def _dumped(tallies: Iterable[tuple[Key, Tally]]) -> str:
    rows = [[*key, t.late, t.again, _pairs(t.worked), _pairs(t.waited)] for key, t in tallies]
    return orjson.dumps(rows).decode()


def _pairs(counts: Mapping[int, int]) -> tuple[list[int], list[int]]:
    return list(counts), list(counts.values())


def _loaded(body: str) -> Iterator[tuple[Key, Tally]]:
    for element, office, late, again, worked, waited in orjson.loads(body):
        yield (element, office), Tally(_counts(worked), _counts(waited), late, again)


def _counts(pairs: Collection[list[int]]) -> Counter[int]:
    values, counts = pairs
    return Counter(dict(zip(values, counts, strict=True)))
