"""By which article a case is due: drawn on its milestone, one for every value its limit may have.

A milestone whose limit depends on the case (`sop.waktu` = 'P10D' if … else 'P7D') names the article of each of them in
`dasar.P7D` and `dasar.P10D`; `dasar` is what holds for all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from engine.clocks import deadlines
from engine.clocks.worktime import Calendar
from engine.diagrams import releases
from engine.diagrams.catalog import Element

_FAR = 400


@dataclass(frozen=True)
class Rule:
    """By what a case is due: the article, and how many working days it gave."""

    article: str
    days: int


def rule(milestones: Iterable[Element], received_ms: int, due_ms: int, calendar: Calendar) -> Rule:
    """The rule that gave a date: told from the date itself, so that one which was put off names what put it off."""
    days = working_days(calendar, received_ms, due_ms)
    cited = (cites(milestone, days) for milestone in milestones)
    return Rule("; ".join(dict.fromkeys(article for article in cited if article)), days)


def cites(milestone: Element, days: int) -> str:
    """The article that gives so many working days, else what is drawn for all of them."""
    props = milestone.props
    exact = props.get(f"dasar.P{days}D", "") if props.get("sop.hitungan") == deadlines.LAW_CLOCK else ""
    return exact or props.get("dasar", "")


def working_days(calendar: Calendar, from_ms: int, to_ms: int) -> int:
    """Working days after the date of one instant up to the date of the other; negative when that one lies before."""
    first, last = calendar.date_of(from_ms), calendar.date_of(to_ms)
    if last < first:
        return -working_days(calendar, to_ms, from_ms)
    between = range(1, min((last - first).days, _FAR) + 1)
    return sum(1 for n in between if calendar.is_working_day(first + timedelta(days=n)))


def rule_of(release: tuple[int, str], received_ms: int, due_ms: int, calendar: Calendar) -> Rule:
    """The same for a case on a release (id, fingerprint); a release is read once, so lists ask it row by row."""
    return rule(releases.closure(*release).diagram.milestones, received_ms, due_ms, calendar)
