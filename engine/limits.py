"""From what is drawn on an element (`sop.*`) to the instants a task must keep."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.clocks import deadlines
from engine.clocks.worktime import Calendar
from engine.diagrams.catalog import Element

Evaluate = Callable[[str], Any]
NONE = "tanpa-batas"


@dataclass(frozen=True)
class Limit:
    """Mutu baku of one element: the limit, the clock it runs on, since when, and the house norm for waiting."""

    text: str  # ISO 8601 duration, day of a month, or "tanpa-batas"
    clock: str
    since: str  # ditawarkan dikerjakan diterima
    norm: str  # working time it may lie untouched, "" for none

    @property
    def bounded(self) -> bool:
        """Whether there is a limit at all."""
        return self.text not in ("", NONE)


def of(element: Element, evaluate: Evaluate) -> Limit:
    """The limit drawn on an element; `= expression` is evaluated over the case's data."""
    text = element.props.get("sop.waktu", NONE).strip()
    if text.startswith("="):
        text = str(evaluate(text[1:].strip()))
    clock = element.props.get("sop.hitungan", "jam-kerja")
    since = element.props.get("sop.sejak", "ditawarkan")
    return Limit(text, clock, since, element.props.get("sop.tunggu", ""))


def due(limit: Limit, calendar: Calendar, *, offered: int, started: int | None, received: int) -> int | None:
    """When it must be done (UTC ms), or None where nothing binds it yet."""
    if not limit.bounded:
        return None
    begin = {"ditawarkan": offered, "dikerjakan": started, "diterima": received}[limit.since]
    return None if begin is None else deadlines.due(begin, limit.text, limit.clock, calendar)


def norm(limit: Limit, calendar: Calendar, offered: int) -> int | None:
    """Until when it may lie untouched, by the office's own norm (`sop.tunggu`, office hours)."""
    return deadlines.due(offered, limit.norm, "jam-kerja", calendar) if limit.norm else None
