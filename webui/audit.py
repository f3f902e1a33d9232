"""The auditor's pages: how long each step takes against its limit, the cases behind a figure, the journal's proof."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from db.queries import audit
from db.queries.audit import Item, Span
from engine import journal, releases, settings
from engine.catalog import Diagram
from engine.errors import NotFound
from engine.worktime import Calendar
from webui import due, language, measured, periods, spreadsheet
from webui.clock import now_ms
from webui.doors import me, needs
from webui.frame import seat_name
from webui.measured import Step
from webui.numbers import whole
from webui.periods import Period
from webui.watch import looked

bp = Blueprint("audit", __name__)

FAULTS_SHOWN = 200


@dataclass(frozen=True)
class Question:
    """What the page is about: a process in a period."""

    process: str
    processes: list[str]
    diagram: Diagram
    period: Period
    span: Span

    @property
    def link(self) -> dict[str, str]:
        """The same question in an address."""
        days = {"dari": self.period.first.isoformat(), "sampai": self.period.last.isoformat()}
        return {"proses": self.process, **days}


def _question() -> Question:
    organisation, now = me().organisation_id, now_ms()
    names = audit.processes(organisation)
    process = request.args.get("proses") or (names[0] if names else "")
    if process not in names:
        raise NotFound("process", process)
    period = periods.asked(request.args, now, me().timezone)
    diagram = releases.current(organisation, process).diagram
    span = Span(organisation, process, period.from_ms, period.until_ms)
    return Question(process, names, diagram, period, span)


# --- the steps ---


@bp.get("/audit")
@needs("auditor")
def index() -> str:
    """Every step of a process with its figures."""
    if not audit.processes(me().organisation_id):
        return render_template("audit/empty.html")
    asked = _question()
    rows, others = measured.shares(_steps(asked))
    return render_template(
        "audit/index.html",
        asked=asked,
        rows=rows,
        others=[s for s in others if s.numbers or s.open],
        totals=audit.totals(asked.span),
        open_late=sum(s.open_late for s in (*rows, *others)),
        months=periods.months(now_ms(), me().timezone),
    )


def _steps(asked: Question) -> list[Step]:
    """The steps as drawn now, with their figures; a step that only older releases had comes last."""
    numbers = audit.steps(asked.span)
    waiting = audit.waiting(asked.span.organisation_id, asked.process, now_ms())
    steps = measured.drawn(asked.diagram, asked.span.organisation_id)
    known = {s.element for s in steps}
    gone = [n for n in numbers.values() if n.element not in known]
    steps += [measured.gone(n.element, n.name) for n in gone]
    return [measured.filled(s, numbers.get(s.element), waiting.get(s.element, (0, 0))) for s in steps]


@bp.get("/audit/langkah.csv")
@needs("auditor")
def steps_file() -> Response:
    """The same figures as a table to open elsewhere."""
    asked = _question()
    looked("audited", detail="langkah.csv")
    name = f"langkah-{asked.process}-{asked.period.first}-{asked.period.last}.csv"
    return spreadsheet.download(name, _steps_table(_steps(asked)))


def _steps_table(steps: list[Step]) -> Iterator[list[Any]]:
    yield [
        *("nomor_sop", "langkah", "pelaksana", "batas", "dasar", "selesai", "kasus", "dikerjakan_median_menit"),
        *("dikerjakan_p90_menit", "dikerjakan_terlama_menit", "menunggu_median_menit", "menunggu_p90_menit"),
        *("menunggu_terlama_menit", "terlambat", "diulang", "masih_terbuka", "terbuka_lewat_batas"),
    ]
    for s in steps:
        n = s.numbers
        head = [s.row, s.name, s.who, s.limit, s.law]
        times = (
            [n.worked_median, n.worked_p90, n.worked_worst, n.waited_median, n.waited_p90, n.waited_worst] if n else []
        )
        counted = [n.done, n.cases] if n else [0, 0]
        minutes: list[Any] = [round(value / 60_000, 1) for value in times] or [None] * 6
        yield [*head, *counted, *minutes, n.late if n else 0, n.again if n else 0, s.open, s.open_late]


# --- the cases behind a figure ---


@dataclass(frozen=True)
class Line:
    """One task as the auditor reads it."""

    item: Item
    who: str
    limit: str
    law: str
    past: str  # by how much it was (or is) past its due time, in office time


@bp.get("/audit/kasus")
@needs("auditor")
def cases() -> str:
    """The tasks behind one figure, a page at a time."""
    asked, pick, element = _question(), _pick(), request.args.get("element", "")[:100]
    page = max(1, request.args.get("halaman", 1, type=whole))
    items, more = audit.items(asked.span, pick, element=element, now=now_ms(), page=page)
    steps = {s.element: s for s in measured.drawn(asked.diagram, asked.span.organisation_id)}
    looked("audited", detail=f"{pick} {element}")
    return render_template(
        "audit/cases.html",
        asked=asked,
        pick=pick,
        picks=_picks(),
        element=element,
        step=steps.get(element),
        lines=_lines(items, steps),
        page=page,
        more=more,
        now_only=pick in audit.NOW,
    )


def _pick() -> str:
    pick = request.args.get("pilih", "semua")
    if pick not in audit.PICKS and pick not in audit.NOW:
        raise NotFound("figure", pick)
    return pick


def _picks() -> dict[str, str]:
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


def _lines(items: list[Item], steps: dict[str, Step]) -> list[Line]:
    calendar, now = settings.calendar(me().organisation_id), now_ms()
    return [_line(item, steps.get(item.element), calendar, now) for item in items]


def _line(item: Item, step: Step | None, calendar: Calendar, now: int) -> Line:
    office = item.office or str(_("Pelapor"))
    who = f"{item.person}, {seat_name(office, item.acting_as)}" if item.person else office
    limit = measured.limit_words(item.limit_text, item.clock)
    return Line(item, who, limit, step.law if step else "", _past(item, calendar, now))


def _past(item: Item, calendar: Calendar, now: int) -> str:
    """By how much office time it was late when done, or is past its due time now."""
    end = item.done_ms if item.done_ms is not None else now
    if item.due_ms is None or end <= item.due_ms or (item.done_ms is not None and not item.late):
        return ""
    return due.spoken(calendar.work_ms_between(item.due_ms, end))


@bp.get("/audit/kasus.csv")
@needs("auditor")
def cases_file() -> Response:
    """All the tasks behind a figure, streamed."""
    asked, pick, element = _question(), _pick(), request.args.get("element", "")[:100]
    looked("audited", detail=f"kasus.csv {pick} {element}")
    name = f"kasus-{asked.process}-{asked.period.first}-{asked.period.last}.csv"
    steps = {s.element: s for s in measured.drawn(asked.diagram, asked.span.organisation_id)}
    found = audit.every(asked.span, pick, element=element, now=now_ms())
    return spreadsheet.download(name, _cases_table(found, steps))


def _cases_table(found: Iterator[Item], steps: dict[str, Step]) -> Iterator[list[Any]]:
    yield [
        *("nomor", "langkah", "bagian", "nomor_sop", "pelaksana", "ke", "masuk", "mulai_dikerjakan", "batas_waktu"),
        *("selesai", "menunggu_menit", "dikerjakan_menit", "batas", "dasar", "terlambat", "lewat_menit_kerja"),
    ]
    calendar, now = settings.calendar(me().organisation_id), now_ms()
    for item in found:
        line = _line(item, steps.get(item.element), calendar, now)
        times = [item.offered_ms, item.started_ms, item.due_ms, item.done_ms]
        minutes = [None if ms is None else round(ms / 60_000, 1) for ms in (item.waited_ms, item.worked_ms)]
        end = item.done_ms if item.done_ms is not None else now
        past = calendar.work_ms_between(item.due_ms, end) if line.past and item.due_ms is not None else 0
        head = [item.number, item.name, item.instance, item.sop_row, line.who, item.cycle]
        late = _("ya") if line.past else _("tidak")
        yield [*head, *map(language.iso, times), *minutes, line.limit, line.law, late, round(past / 60_000, 1)]


# --- the journal ---


@bp.get("/audit/jurnal")
@needs("auditor")
def book() -> str:
    """What protects the journal, its last seals, and the button that checks it all."""
    return render_template("audit/journal.html", **_book())


def _book() -> dict[str, Any]:
    entries, unsealed = audit.journal_size(me().organisation_id)
    return {"seals": audit.seals(me().organisation_id), "entries": entries, "unsealed": unsealed, "checked": None}


@bp.get("/audit/jurnal/periksa")
@needs("auditor")
def check() -> str:
    """Every chain and seal counted over again; reads only, and takes as long as the journal is."""
    looked("audited", detail="jurnal")
    began = time.monotonic()
    faults = journal.verify()
    checked = {
        "faults": faults[:FAULTS_SHOWN],
        "count": len(faults),
        "seconds": time.monotonic() - began,
        "at": now_ms(),
    }
    return render_template("audit/journal.html", **_book() | {"checked": checked})
