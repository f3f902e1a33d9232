"""Inventaris and monitoring: all complaints as a table to print and take along; the figures of a span per agency."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import coordination as questions
from db.queries.coordination import Ask, Case
from engine.diagrams import schedules
from engine.errors import NotFound
from engine.papers import evaluation as papers
from engine.recaps import evaluation
from webui import language, periods, spreadsheet
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.coordinating.coordination import asked, calendar, laws, lines, link, may_oversee, offered, page
from webui.doors import me
from webui.law import Law
from webui.watch import looked

bp = Blueprint("inventory", __name__)

PRINTED = 2_000
"""Rows one print takes; a larger choice is told to narrow down or to take the CSV."""


def _states() -> list[tuple[str, str]]:
    return [
        ("", _("Semua")),
        ("berjalan", _("Berjalan")),
        ("terlambat", _("Terlambat")),
        ("segera", _("Segera jatuh tempo")),
        ("dijawab", _("Dijawab")),
        ("gugur", _("Gugur")),
        ("selesai", _("Selesai")),
        ("dicabut", _("Dicabut")),
    ]


def _month() -> str:
    """The month in the address ("2026-03"), "" where none or no month."""
    text = request.args.get("bulan", "")
    try:
        return text if 2000 <= date.fromisoformat(f"{text}-01").year < 2200 and len(text) == 7 else ""
    except ValueError:
        return ""


def _ask() -> Ask:
    month = _month()
    if not month:
        return asked()
    first = date.fromisoformat(f"{month}-01")
    zone = me().timezone
    return replace(
        asked(), from_ms=periods.starts(first, zone), until_ms=periods.starts(schedules.month_after(first), zone)
    )


def _link(ask: Ask) -> dict[str, str]:
    return {**link(ask), **({"bulan": _month()} if _month() else {})}


@bp.get("/koordinasi/inventaris")
def index() -> str:
    """All complaints, the newest first, filtered."""
    may_oversee()
    ask = _ask()
    rows, more = questions.inventory(ask, page())
    return render_template(
        "coordination/inventory.html",
        section="koordinasi",
        here="inventaris",
        rows=lines(rows),
        more=more,
        page=page(),
        count=questions.count(ask),
        printed=PRINTED,
        ask=ask,
        link=_link(ask),
        month=_month(),
        offered=offered(),
        states=_states(),
    )


@bp.get("/koordinasi/inventaris.csv")
def table() -> Response:
    """The same as CSV, streamed; subjects only in the office's own words."""
    may_oversee()
    ask, words = _ask(), offered()
    looked("exported", detail=f"inventaris {_link(ask)}"[:200])
    return spreadsheet.download("inventaris-pengaduan.csv", _table(ask, words))


def _table(ask: Ask, words: dict[str, dict[str, str]]) -> Iterator[list[Any]]:
    head = ("nomor", "diterima", "perihal", "perangkat_daerah", "subyek", "kelurahan", "jenis", "saluran", "keadaan")
    yield [*head, "batas", "dijawab", "diingatkan_kali", "terlambat_hari_kerja", "dasar"]
    mine, now = calendar(), now_ms()
    number, more = 1, True
    while more:
        rows, more = questions.inventory(ask, number, 500)
        number += 1
        for row, found in zip(rows, laws(rows, mine, now), strict=True):
            yield [*_cells(row, words), *_late(found)]


def _late(found: Law | None) -> tuple[int | None, str]:
    """Working days late (empty in time), and the article that sets the date."""
    return (found.past, found.article) if found else (None, "")


def _cells(row: Case, words: dict[str, dict[str, str]]) -> list[Any]:
    named = [words[part].get(getattr(row, part), getattr(row, part)) for part in ("topic", "place", "kind")]
    times = [language.iso(row.due_ms), language.iso(row.answered_ms)]
    told = [row.number, language.iso(row.received_ms), papers.subject(row), row.unit_name]
    return [*told, *named, row.channel, "gugur" if row.lapsed else row.state, *times, row.reminded]


@bp.get("/koordinasi/inventaris.pdf")
def paper() -> Response:
    """The same on paper, up to `PRINTED` rows."""
    may_oversee()
    ask = _ask()
    rows, more = questions.inventory(ask, 1, PRINTED)
    words, newest = offered(), f"{PRINTED} terbaru" if more else ""
    subtitle = "; ".join(part for part in (papers.chosen(ask, words, _month()), newest) if part)
    looked("printed", detail=f"inventaris {_link(ask)}"[:200])
    late = [_late(found) for found in laws(rows, calendar(), now_ms())]
    content = papers.inventory(ask.organisation, rows, late, words, subtitle, by=me().person, now=now_ms())
    return pdf(content, "inventaris-pengaduan.pdf")


# --- monitoring and evaluation ---


@bp.get("/koordinasi/monev")
def figures() -> str:
    """The figures of a span per agency, as the recap counts them, with reminders and their effect."""
    may_oversee()
    period = periods.asked(request.args, now_ms(), me().timezone)
    lines, whole = _read(period)
    return render_template(
        "coordination/evaluation.html",
        section="koordinasi",
        here="monev",
        period=period,
        lines=lines,
        whole=whole,
        months=periods.months(now_ms(), me().timezone),
        link={"dari": period.first.isoformat(), "sampai": period.last.isoformat()},
    )


def _read(period: periods.Period) -> tuple[list[evaluation.Line], evaluation.Line | None]:
    try:
        return evaluation.read(me().organisation_id, period.from_ms, min(period.until_ms, now_ms() + 1), now_ms())
    except NotFound:
        return [], None


@bp.get("/koordinasi/monev.pdf")
def report() -> Response:
    """The same on paper."""
    may_oversee()
    period = periods.asked(request.args, now_ms(), me().timezone)
    lines, whole = _read(period)
    if whole is None:
        raise NotFound("evaluation", me().organisation_id)
    span = f"{language.written_date(period.first.isoformat())} – {language.written_date(period.last.isoformat())}"
    looked("printed", detail=f"monev {period.first} {period.last}")
    content = papers.evaluation(me().organisation_id, lines, whole, span, by=me().person, now=now_ms())
    return pdf(content, f"monev-{period.first}-{period.last}.pdf")
