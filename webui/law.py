"""What the law says of a case's date, in the same words on every page: article, working days, how late by how much."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, g
from flask_babel import gettext as _
from flask_babel import ngettext

from db.queries.cases import Head
from engine import coordination, settings, standing
from engine.publishing import lateness
from engine.worktime import Calendar
from webui.clock import now_ms


@dataclass(frozen=True)
class Law:
    """The article that sets the date, the working days it gives, and "terlambat 2 hari kerja" ("" in time)."""

    article: str
    days: int
    late: str


def law_of(head: Head) -> Law | None:
    """The law of a case with a date; None where no law sets one."""
    if head.due_ms is None:
        return None
    calendars = standing.kept(g.get("stamp", ""), settings.office_calendars, head.organisation_id)
    calendar, until = calendars[None], head.answered_ms or now_ms()
    article = coordination.bases([(head.release_id, head.fingerprint)])[head.release_id]
    late = late_by(head.due_ms, until, calendar) if until >= late_from(head.due_ms, calendar) else ""
    return Law(article, coordination.working_days(calendar, head.received_ms, head.due_ms), late)


def late_from(due_ms: int, calendar: Calendar) -> int:
    """What is due on a day is late when that day is over."""
    day = calendar.date_of(due_ms - 1)
    return calendar.midnight(day + timedelta(days=1))


def late_by(due_ms: int, until_ms: int, calendar: Calendar) -> str:
    """As "terlambat 2 hari kerja"."""
    days = lateness.working_days(due_ms, until_ms, calendar)
    if days >= lateness.MOST:
        amount = str(_("lebih dari %(n)s hari kerja", n=lateness.MOST))
    elif days:
        amount = str(ngettext("1 hari kerja", "%(num)s hari kerja", days))
    else:
        amount = str(_("kurang dari 1 hari kerja"))
    return str(_("terlambat %(amount)s", amount=amount))


def register(app: Flask) -> None:
    """Gives templates `law_of`."""
    app.add_template_global(law_of, "law_of")
