"""The tasks behind one of the auditor's figures, as a page and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _

from db.queries import audited
from db.queries.audited import Item, Which
from engine.clocks import deadlines, measures
from engine.clocks.measures import Numbers
from engine.clocks.worktime import Calendar
from engine.diagrams import releases
from engine.errors import NotFound
from engine.offices import settings
from engine.offices.people import seat_name
from webui import due, language, measured, spreadsheet
from webui.audit import question
from webui.audit.blueprint import bp
from webui.audit.question import Question
from webui.clock import now_ms
from webui.doors import me, needs
from webui.measured import Step
from webui.numbers import whole
from webui.watch import looked

NOW = ("terbuka", "lewat")
"""Figures about this moment, whatever the period."""
SHARES = ("median", "p90", "terlama", "menunggu", "menunggu_lama")
"""Figures that need the numbers of one step to know which tasks they are."""


@dataclass(frozen=True)
class Line:
    """One task as the auditor reads it."""

    item: Item
    who: str
    limit: str
    law: str
    past: str  # by how much it was (or is) past its due time, in office time


def picks() -> dict[str, str]:
    """What each figure's list is called."""
    return {
        "semua": _("semua yang selesai"),
        "median": _("yang di tengah (median)"),
        "p90": _("sepersepuluh yang paling lama dikerjakan"),
        "terlama": _("yang paling lama dikerjakan"),
        "menunggu": _("yang di tengah (median) lamanya menunggu"),
        "menunggu_lama": _("sepersepuluh yang paling lama menunggu"),
        "terlambat": _("yang melewati batas"),
        "ulang": _("yang dikerjakan lebih dari sekali"),
        "terbuka": _("yang masih terbuka sekarang"),
        "lewat": _("yang masih terbuka dan sudah lewat batas"),
    }


def _which(asked: Question, pick: str, element: str) -> Which:
    """The tasks of a figure; raises NotFound for a figure there is not."""
    if pick in SHARES:
        numbers = measures.steps(asked.span, me().timezone).get(element)
        return _share(pick, element, numbers) if numbers else audited.every_one(element)
    plain = {
        "semua": lambda: audited.every_one(element),
        "terlambat": lambda: audited.late(element),
        "ulang": lambda: audited.repeated(element),
        "terbuka": lambda: audited.open_now(element),
        "lewat": lambda: audited.overdue_now(element, question.moment()),
    }
    if pick not in plain:
        raise NotFound("figure", pick)
    return plain[pick]()


def _share(pick: str, element: str, n: Numbers) -> Which:
    column, spread = ("waited_ms", n.waited) if pick.startswith("menunggu") else ("worked_ms", n.worked)
    if pick in ("median", "menunggu"):
        return audited.lasting(element, column, *sorted(set(spread.middle)))
    least = spread.worst if pick == "terlama" else spread.p90
    return audited.lasting_at_least(element, column, least // measures.MINUTE)


@bp.get("/audit/kasus")
@needs("auditor")
def cases() -> str:
    """The tasks behind one figure, a page at a time."""
    asked, pick, element = question.asked(), request.args.get("pilih", "semua"), request.args.get("element", "")[:100]
    page = max(1, request.args.get("halaman", 1, type=whole))
    items, more = audited.items(asked.span, _which(asked, pick, element), page=page)
    steps = measured.drawn(asked.diagram, asked.span.organisation_id)
    looked("audited", detail=f"{pick} {element}")
    return render_template(
        "audit/cases.html",
        asked=asked,
        pick=pick,
        picks={name: words for name, words in picks().items() if element or name not in SHARES},
        element=element,
        step=next((step for step in steps if step.element == element), None),
        lines=_lines(items, steps),
        page=page,
        more=more,
        now_only=pick in NOW,
    )


def _lines(items: list[Item], steps: list[Step]) -> list[Line]:
    calendars, now = settings.office_calendars(me().organisation_id), now_ms()
    return [line(item, law_of(item, steps), calendars.get(item.office_id) or calendars[None], now) for item in items]


def law_of(item: Item, steps: list[Step]) -> str:
    """The article of a step as drawn in the release it ran under."""
    drawn = releases.closure(item.release_id, item.fingerprint).diagram.elements.get(item.element)
    return (
        language.say(drawn.props.get("dasar"))
        if drawn
        else next((step.law for step in steps if step.element == item.element), "")
    )


def line(item: Item, law: str, calendar: Calendar, now: int) -> Line:
    """A task in words."""
    office = item.office or str(_("Pelapor"))
    who = f"{item.person}, {seat_name(office, item.acting_as)}" if item.person else office
    return Line(item, who, measured.limit_words(item.limit_text, item.clock), law, _past(item, calendar, now))


def _past(item: Item, calendar: Calendar, now: int) -> str:
    """By how much office time it was late when done, or is past its due time now."""
    end = item.done_ms if item.done_ms is not None else now
    over = deadlines.is_late(now, item.due_ms, item.clock, calendar) if item.done_ms is None else item.late
    if item.due_ms is None or not over:
        return ""
    return due.spoken(calendar.work_ms_between(item.due_ms, end))


@bp.get("/audit/kasus.csv")
@needs("auditor")
def cases_file() -> Response:
    """All the tasks behind a figure, streamed."""
    asked, pick, element = question.asked(), request.args.get("pilih", "semua"), request.args.get("element", "")[:100]
    looked("audited", detail=f"kasus.csv {pick} {element}")
    name = f"kasus-{asked.process}-{asked.period.first}-{asked.period.last}.csv"
    found = audited.every(asked.span, _which(asked, pick, element))
    return spreadsheet.download(name, _table(found, measured.drawn(asked.diagram, asked.span.organisation_id)))


def _table(found: Iterator[Item], steps: list[Step]) -> Iterator[list[Any]]:
    yield [
        *("nomor", "langkah", "bagian", "nomor_sop", "pelaksana", "ke", "masuk", "mulai_dikerjakan", "batas_waktu"),
        *("selesai", "menunggu_menit", "dikerjakan_menit", "batas", "dasar", "terlambat", "lewat_menit_kerja"),
    ]
    calendars, now = settings.office_calendars(me().organisation_id), now_ms()
    for item in found:
        calendar = calendars.get(item.office_id) or calendars[None]
        told = line(item, law_of(item, steps), calendar, now)
        times = [item.offered_ms, item.started_ms, item.due_ms, item.done_ms]
        minutes = [None if ms is None else round(ms / 60_000, 1) for ms in (item.waited_ms, item.worked_ms)]
        end = item.done_ms if item.done_ms is not None else now
        past = calendar.work_ms_between(item.due_ms, end) if told.past and item.due_ms is not None else 0
        head = [item.number, item.name, item.instance, item.sop_row, told.who, item.cycle]
        late = _("ya") if told.past else _("tidak")
        yield [*head, *map(language.iso, times), *minutes, told.limit, told.law, late, round(past / 60_000, 1)]
