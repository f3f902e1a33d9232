"""A case's time, accounted for to the minute: every minute from receipt to answer belongs to exactly one keeper.

The rule, in this order: while an office with work to do is open, the minute is that office's (of several open at once,
of all of them together); while an office has work to do but all such offices are closed, it is the break's, night's,
day off's or holiday's of the first of them; while only the citizen is asked, it is the citizen's; else the system's.
Instants are cut down to the minute they lie in, so that the minutes of all segments add up to the whole exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from engine.clocks.worktime import MINUTE, Calendar

What = Literal["menunggu", "dikerjakan", "istirahat", "malam", "bukan hari kerja", "libur", "pelapor", "sistem"]
WHATS: tuple[What, ...] = (
    *("menunggu", "dikerjakan", "istirahat", "malam", "bukan hari kerja", "libur", "pelapor", "sistem"),
)


@dataclass(frozen=True)
class Piece:
    """A task as the ledger needs it: whose (None: the citizen's), offered, started and over (UTC ms; None: not yet)."""

    office: int | None
    offered_ms: int
    started_ms: int | None
    over_ms: int | None


@dataclass(frozen=True)
class Keeper:
    """Whose a minute is: the offices that had work to do, and what they did with it; `name` of a holiday."""

    what: What
    offices: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Segment:
    """A run of minutes with one keeper: from one minute up to, not including, another (UTC minutes)."""

    from_minute: int
    until_minute: int
    keeper: Keeper

    @property
    def minutes(self) -> int:
        """How many."""
        return self.until_minute - self.from_minute


Calendars = Mapping[int | None, Calendar]
"""By office, under None the organisation's."""


def total(received_ms: int, end_ms: int) -> int:
    """The minutes from receipt to the end."""
    return max(end_ms // MINUTE - received_ms // MINUTE, 0)


def account(received_ms: int, end_ms: int, pieces: Iterable[Piece], calendars: Calendars) -> list[Segment]:
    """The whole time as segments without gap or overlap, in order; their minutes sum up to `total`."""
    first, last = received_ms // MINUTE, end_ms // MINUTE
    found = [_cut(piece, last) for piece in pieces]
    offices = {piece.office for piece in found if piece.office is not None}
    kept = {office: calendars.get(office) or calendars[None] for office in sorted(offices)}
    marks = _marks(first, last, found, kept)
    return _joined(Segment(a, b, _keeper(a, found, kept)) for a, b in pairwise(marks))


@dataclass(frozen=True)
class _Cut:
    """A piece in minutes: work to do from `offered` up to `over`, in hand since `started`."""

    office: int | None
    offered: int
    started: int
    over: int


def _cut(piece: Piece, last: int) -> _Cut:
    over = last if piece.over_ms is None else min(piece.over_ms // MINUTE, last)
    started = over if piece.started_ms is None else piece.started_ms // MINUTE
    return _Cut(piece.office, piece.offered_ms // MINUTE, started, over)


def _marks(first: int, last: int, pieces: Sequence[_Cut], kept: Mapping[int, Calendar]) -> list[int]:
    """Every minute at which the keeper may change."""
    marks = {first, last}
    for piece in pieces:
        marks |= {piece.offered, piece.started, piece.over}
    for calendar in set(kept.values()):
        marks |= _edges(first, last, calendar)
    return sorted(mark for mark in marks if first <= mark <= last)


def _edges(first: int, last: int, calendar: Calendar) -> set[int]:
    """Where its office opens, closes, and where its dates begin."""
    edges = set[int]()
    for ordinal in range(_day(first, calendar).toordinal(), _day(last, calendar).toordinal() + 1):
        day = date.fromordinal(ordinal)
        edges.add(calendar.midnight(day) // MINUTE)
        edges |= {edge // MINUTE for interval in calendar.intervals(day) for edge in interval}
    return edges


def _day(minute: int, calendar: Calendar) -> date:
    return calendar.date_of(minute * MINUTE)


def _keeper(minute: int, pieces: Sequence[_Cut], kept: Mapping[int, Calendar]) -> Keeper:
    """Whose the minutes from this mark to the next are."""
    here = [piece for piece in pieces if piece.offered <= minute < piece.over]
    busy = sorted({piece.office for piece in here if piece.office is not None})
    if not busy:
        return Keeper("pelapor") if here else Keeper("sistem")
    at_work = tuple(office for office in busy if kept[office].is_open(minute * MINUTE))
    if not at_work:
        return _closed(minute, kept[busy[0]])
    working = any(piece.started <= minute for piece in here if piece.office in at_work)
    return Keeper("dikerjakan" if working else "menunggu", at_work)


def _closed(minute: int, calendar: Calendar) -> Keeper:
    """Why an office is closed at this minute."""
    day = _day(minute, calendar)
    hours = calendar.intervals(day)
    if hours:
        inside = hours[0][0] <= minute * MINUTE < hours[-1][1]
        return Keeper("istirahat" if inside else "malam")
    name = calendar.why_closed(day)
    return Keeper("libur", name=name) if name else Keeper("bukan hari kerja")


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """Neighbours with the same keeper as one."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and joined[-1].keeper == segment.keeper:
            joined[-1] = Segment(joined[-1].from_minute, segment.until_minute, segment.keeper)
        else:
            joined.append(segment)
    return joined


def within(segments: Iterable[Segment], from_minute: int, until_minute: int) -> list[Segment]:
    """What of these segments lies between two minutes."""
    cut = [Segment(max(s.from_minute, from_minute), min(s.until_minute, until_minute), s.keeper) for s in segments]
    return [segment for segment in cut if segment.minutes > 0]


def sums(segments: Iterable[Segment]) -> dict[Keeper, int]:
    """Minutes by keeper, in the order of `WHATS`."""
    found: dict[Keeper, int] = {}
    for segment in segments:
        found[segment.keeper] = found.get(segment.keeper, 0) + segment.minutes
    return dict(sorted(found.items(), key=lambda pair: (WHATS.index(pair[0].what), -pair[1], pair[0].offices)))
