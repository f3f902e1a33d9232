"""What is due: the legal time of a case in working days, with the article that sets it; the figures of a day."""

from datetime import timedelta
from typing import Any

from db.queries import coordination as questions
from db.queries.coordination import Case
from engine.clocks import deadlines, lateness
from engine.clocks.worktime import Calendar
from engine.diagrams import articles

SOON_DAYS = 2
"""Working days ahead of which a case is due soon."""


def edges(calendar: Calendar, now: int) -> tuple[int, int]:
    """Up to the first instant what a case promises is late (db.queries.overdue); up to the second it is due soon."""
    ahead = calendar.nth_working_day_after(calendar.date_of(now), SOON_DAYS)
    return deadlines.today(now, calendar), calendar.midnight(ahead + timedelta(days=1))


def line(one: Case, calendar: Calendar, now: int) -> dict[str, Any]:
    """A case as a letter lists it: number, agency, when it came, until when, by what; no word of a citizen's."""
    told = {"number": one.number, "topic": one.topic, "received": one.received_ms, "due": one.due_ms}
    if one.due_ms is None:
        return {**told, "left": None, "late": False, "given": None, "basis": ""}
    rule = articles.rule_of((one.release_id, one.fingerprint), one.received_ms, one.due_ms, calendar)
    past = lateness.past(one.due_ms, now, calendar)
    left = articles.working_days(calendar, now, one.due_ms) if past is None else -past
    return {**told, "left": left, "late": past is not None, "given": rule.days, "basis": rule.article}


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
