"""What is due: the legal time of a case in working days, with the article that sets it; the figures of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from db.queries import coordination as questions
from db.queries.coordination import Case
from engine import releases
from engine.worktime import Calendar

SOON_DAYS = 2
"""Working days ahead of which a case is due soon."""
_FAR = 400


@dataclass(frozen=True)
class Rule:
    """By what a case is due: the article, and how many working days it gave."""

    basis: str
    days: int


def working_days(calendar: Calendar, from_ms: int, to_ms: int) -> int:
    """Working days after the date of one instant up to the date of the other; negative when that one lies before."""
    first, last = calendar.date_of(from_ms), calendar.date_of(to_ms)
    if last < first:
        return -working_days(calendar, to_ms, from_ms)
    between = range(1, min((last - first).days, _FAR) + 1)
    return sum(1 for n in between if calendar.is_working_day(first + timedelta(days=n)))


def edges(calendar: Calendar, now: int) -> tuple[int, int]:
    """Before the first instant a case counted in days is late; before the second it is due soon."""
    today = calendar.date_of(now)
    ahead = calendar.nth_working_day_after(today, SOON_DAYS)
    return calendar.midnight(today), calendar.midnight(ahead + timedelta(days=1))


def bases(cases: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Release (id, fingerprint) → the articles its milestones name."""
    found: dict[int, str] = {}
    for release, fingerprint in set(cases):
        milestones = releases.closure(release, fingerprint).diagram.milestones
        found[release] = "; ".join(dict.fromkeys(m.props["dasar"] for m in milestones if m.props.get("dasar")))
    return found


def line(one: Case, basis: str, calendar: Calendar, now: int) -> dict[str, Any]:
    """A case as a letter lists it: number, agency, when it came, until when, by what; no word of a citizen's."""
    left = None if one.due_ms is None else working_days(calendar, now, one.due_ms)
    given = None if one.due_ms is None else working_days(calendar, one.received_ms, one.due_ms)
    return {
        "number": one.number,
        "topic": one.topic,
        "received": one.received_ms,
        "due": one.due_ms,
        "left": left,
        "late": one.due_ms is not None and one.due_ms < edges(calendar, now)[0],
        "given": given,
        "basis": basis if one.due_ms is not None else "",
    }


def figures(organisation: int, calendar: Calendar, now: int) -> dict[str, Any]:
    """How it stands: what is open per agency, every office's queue in sum, what came and went in the last weeks."""
    late, soon = edges(calendar, now)
    found = questions.agencies(organisation, late, soon)
    queues = questions.queues(organisation, now, late, soon)
    came, went = weeks(organisation, calendar, now)
    return {
        "at": now,
        "agencies": [list(one) for one in found],
        "queues": [[q.office, q.open, q.unopened, q.late, q.soon, q.oldest_ms] for q in queues if q.open],
        "received": came,
        "answered": went,
    }


WEEKS = 8


def week_begins(calendar: Calendar, now: int) -> int:
    """Monday 00.00 of the first of the last `WEEKS` weeks, this one included."""
    today = calendar.date_of(now)
    return calendar.midnight(today - timedelta(days=today.weekday() + 7 * (WEEKS - 1)))


def weeks(organisation: int, calendar: Calendar, now: int) -> tuple[list[int], list[int]]:
    """Received and answered in each of the last weeks, the oldest first."""
    begins = week_begins(calendar, now)
    received = questions.per_week(organisation, "received", begins, WEEKS)
    return received, questions.per_week(organisation, "answered", begins, WEEKS)
