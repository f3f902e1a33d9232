"""Monitoring and evaluation over a span: the recap's own figures per agency, with reminders and what they led to."""

from dataclasses import dataclass
from statistics import median

from db.queries import answering
from db.queries import memos as questions
from db.queries.memos import Effect
from db.queries.recaps import Month
from engine.clocks.worktime import Calendar
from engine.diagrams import articles
from engine.offices import settings
from engine.recaps import recap
from engine.recaps.recap_figures import Figures, Rules, tally

NONE = Effect("", 0, 0, 0)


@dataclass(frozen=True)
class Line:
    """An agency's figures; `after` is the median of working days from a reminder to the answer.

    `first` and `worded` tell the median from receipt to the first word to the reporter, and to the unit's own answer,
    of how many; the answer itself (disampaikan) is among the figures.
    """

    unit: str
    name: str
    figures: Figures
    reminded: Effect
    after: float | None
    reopened: int
    first: tuple[float | None, int]
    worded: tuple[float | None, int]


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
    first, worded = _soon(span, report.rules, calendar)

    def line(code: str, name: str) -> Line:
        after = _median(days.get(code, []))
        soon = (_of(first.get(code, [])), _of(worded.get(code, [])))
        return Line(code, name, counted.of(code), effects.get(code, NONE), after, again.get(code, 0), *soon)

    lines = [line(code, name) for code, name in recap.members(report).items()]
    if counted.of("").load:
        lines.append(line("", ""))
    whole, soon = _together(list(effects.values())), (_of(_all(first)), _of(_all(worded)))
    return lines, Line("", "", counted.of(None), whole, _median(_all(days)), sum(again.values()), *soon)


def _soon(span: Month, rules: Rules, calendar: Calendar) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Per agency the working days from receipt to the first word to the reporter, and to the unit's own answer."""
    first, worded = answering.first_told(span), answering.first_done(span, rules.answering)
    return _days(first, calendar), _days(worded, calendar)


def _days(pairs: answering.Pairs, calendar: Calendar) -> dict[str, list[int]]:
    return {unit: [articles.working_days(calendar, *pair) for pair in found] for unit, found in pairs.items()}


def _all(days: dict[str, list[int]]) -> list[int]:
    return [day for found in days.values() for day in found]


def _of(days: list[int]) -> tuple[float | None, int]:
    return _median(days), len(days)


def _median(days: list[int]) -> float | None:
    return float(median(days)) if days else None


def _together(found: list[Effect]) -> Effect:
    return Effect("", sum(e.letters for e in found), sum(e.cases for e in found), sum(e.answered for e in found))
