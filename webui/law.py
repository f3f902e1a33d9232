"""What the law says of a case's date, in the same words on every page: article, working days, how late by how much."""

from dataclasses import dataclass, replace

from flask import Flask, g
from flask_babel import gettext as _
from flask_babel import ngettext

from db.queries.cases import Head
from engine.clocks import lateness
from engine.clocks.deadlines import LAW_CLOCK
from engine.clocks.worktime import Calendar
from engine.diagrams import articles
from engine.offices import settings, standing
from webui import due, language
from webui.clock import now_ms
from webui.doors import me


@dataclass(frozen=True)
class Law:
    """The article that sets the date, the working days it gives, and by how many of them it is, or was, over."""

    article: str
    days: int
    past: int | None = None  # working days late; None in time

    @property
    def late(self) -> str:
        """As "terlambat 2 hari kerja"; "" in time."""
        return "" if self.past is None else late_words(self.past)

    @property
    def words(self) -> str:
        """As "terlambat 2 hari kerja, Perwali 14/2016 Pasal 8 ayat (2)"; "" in time."""
        return with_article(self.late, self.article)


def law_of(head: Head, promised_ms: int | None = None) -> Law | None:
    """The law of a case with a date, or of an answered one that was `promised_ms`; None where none sets a date."""
    due_ms = promised_ms if head.due_ms is None else head.due_ms
    if due_ms is None:
        return None
    calendar = standing.kept(g.get("stamp", ""), settings.office_calendars, head.organisation_id)[None]
    until = head.answered_ms or now_ms()
    return law((head.release_id, head.fingerprint), head.received_ms, due_ms, calendar, until)


def law(release: tuple[int, str], received_ms: int, due_ms: int, calendar: Calendar, until: int) -> Law:
    """The law of a case as lists have it."""
    rule = articles.rule_of(release, received_ms, due_ms, calendar)
    return Law(rule.article, rule.days, lateness.past(due_ms, until, calendar))


def due_by_law(at: int | None, calendar: Calendar, now: int) -> due.Due:
    """How the law's date stands: what is late is said in the law's words, once, and counts no further by itself."""
    shown = due.due(at, LAW_CLOCK, calendar, now)
    if at is None or shown.tone != "late":
        return shown
    return replace(shown, left=late_by(at, now, calendar), windows="", since="")


def with_article(late: str, article: str) -> str:
    """The amount and, where one is known, the article; "" in time."""
    return f"{late}, {language.say(article)}" if late and article else late


def late_by(due_ms: int | None, until_ms: int, calendar: Calendar) -> str:
    """As "terlambat 2 hari kerja"; "" in time."""
    days = lateness.past(due_ms, until_ms, calendar)
    return "" if days is None else late_words(days)


def reached_late(due_ms: int, at_ms: int) -> str:
    """How late what was reached then was, by the calendar of one's own organisation."""
    calendars = standing.kept(g.get("stamp", ""), settings.office_calendars, me().organisation_id)
    return late_by(due_ms, at_ms, calendars[None])


def late_words(days: int) -> str:
    """So many working days late; letters keep the number (engine.clocks.lateness.spoken says the same on paper)."""
    if days >= lateness.MOST:
        amount = str(_("lebih dari %(n)s hari kerja", n=lateness.MOST))
    elif days:
        amount = str(ngettext("1 hari kerja", "%(num)s hari kerja", days))
    else:
        amount = str(_("kurang dari 1 hari kerja"))
    return str(_("terlambat %(amount)s", amount=amount))


def register(app: Flask) -> None:
    """Gives templates `law_of` and `late_words`."""
    app.add_template_global(law_of, "law_of")
    app.add_template_global(late_words, "late_words")
