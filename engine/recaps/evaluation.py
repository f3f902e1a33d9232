"""Monitoring and evaluation over a span: the recap's own figures per agency, with reminders and what they led to."""

from dataclasses import dataclass
from statistics import median

from db.queries import memos as questions
from db.queries.memos import Effect
from db.queries.recaps import Month
from engine.diagrams import articles
from engine.offices import settings
from engine.recaps import recap
from engine.recaps.recap_figures import Figures, tally

NONE = Effect("", 0, 0, 0)


@dataclass(frozen=True)
class Line:
    """An agency's figures; `after` is the median of working days from a reminder to the answer."""

    unit: str
    name: str
    figures: Figures
    reminded: Effect
    after: float | None
    reopened: int


def read(organisation: int, from_ms: int, until_ms: int, now: int) -> tuple[list[Line], Line]:
    """Every agency that reports, and all of them together; counted as the monthly recap counts. Raises NotFound."""
    report = recap.reporting(organisation, now)
    calendar = settings.calendar(organisation)
    span = Month(organisation, report.rules.process, from_ms, until_ms)
    counted = tally(span, report.rules, calendar, {})
    effects = questions.effects(organisation, from_ms, until_ms)
    again = questions.reopened(organisation, report.rules.process, report.rules.reopened, from_ms, until_ms)
    days = {
        unit: [articles.working_days(calendar, at, answered) for at, answered in pairs]
        for unit, pairs in questions.waits(organisation, from_ms, until_ms).items()
    }
    names = recap.members(report)
    lines = [
        Line(code, name, counted.of(code), effects.get(code, NONE), _median(days.get(code, [])), again.get(code, 0))
        for code, name in names.items()
    ]
    nobody = counted.of("")
    if nobody.load:
        lines.append(Line("", "", nobody, effects.get("", NONE), None, again.get("", 0)))
    whole = _together(list(effects.values()))
    every = [day for found in days.values() for day in found]
    return lines, Line("", "", counted.of(None), whole, _median(every), sum(again.values()))


def _median(days: list[int]) -> float | None:
    return float(median(days)) if days else None


def _together(found: list[Effect]) -> Effect:
    return Effect("", sum(e.letters for e in found), sum(e.cases for e in found), sum(e.answered for e in found))
