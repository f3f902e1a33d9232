"""When a process begins by itself: what its timer start says, as instants in the organisation's zone.

The start event of such a process carries `jadwal` = `tanggal <day> <hh.mm>`; a day the month lacks is its last day.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.diagrams.catalog import Diagram
from engine.errors import ProcessBroken

_SAID = re.compile(r"tanggal (\d{1,2}) (\d{2})\.(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Schedule:
    """Once a month: on this day at this time of the wall clock."""

    day: int
    hour: int
    minute: int

    def at(self, year: int, month: int, zone: str) -> int:
        """Its instant in a month, UTC ms."""
        day = min(self.day, monthrange(year, month)[1])
        local = datetime(year, month, day, self.hour, self.minute, tzinfo=ZoneInfo(zone))
        return int(local.timestamp() * 1000)

    def between(self, after: int, until: int, zone: str) -> Iterator[tuple[str, int]]:
        """Every occurrence after one instant, up to another: the month it tells of (the one before), and when."""
        first = datetime.fromtimestamp(after / 1000, ZoneInfo(zone)).date().replace(day=1)
        while (instant := self.at(first.year, first.month, zone)) <= until:
            if instant > after:
                yield month_of(month_before(first)), instant
            first = month_after(first)


def of(diagram: Diagram) -> Schedule | None:
    """The schedule a diagram begins by, or None; raises ProcessBroken for words that say no time."""
    said = diagram.start.props.get("jadwal", "").strip()
    if not said:
        return None
    found = _SAID.fullmatch(said)
    day, hour, minute = (int(part) for part in found.groups()) if found else (0, 0, 0)
    if not (1 <= day <= 31 and hour < 24 and minute < 60):
        raise ProcessBroken(diagram.process_id, diagram.start.id, f"jadwal {said!r} tidak dapat dibaca")
    return Schedule(day, hour, minute)


def month_of(day: date) -> str:
    """As "2026-03"."""
    return f"{day.year:04d}-{day.month:02d}"


def month_before(first: date) -> date:
    """The first day of the month before."""
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)


def month_after(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + (first.month == 12), first.month % 12 + 1, 1)
