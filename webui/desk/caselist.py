"""The list of cases: all that someone may see, searched, a page at a time."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import finding
from db.queries.finding import Ask, Found
from engine.clocks.worktime import Calendar
from engine.errors import NotFound
from engine.offices import settings
from webui import searching
from webui.clock import now_ms
from webui.doors import me
from webui.frame import filters, seats, seen
from webui.law import law
from webui.numbers import whole

bp = Blueprint("caselist", __name__)

STATES = ("berjalan", "insiden", "selesai", "ditutup", "dicabut")
WAITING = "menunggu"
"""Not a state but a part: what one's offices have done and others have now."""


@bp.get("/kasus")
def index() -> str | Response:
    """The cases this person may see, the newest first; a whole number typed leads to its case."""
    text, state = searching.typed(), request.args.get("keadaan", "")
    state = state if state in (*STATES, WAITING) else ""
    far = searching.reach(seats())
    known = finding.by_number(far.sight.organisation_id, text.upper()) if text and not state else None
    if known is not None and _visible(known):
        return redirect(url_for("cases.show", case_id=known))
    ask = Ask(
        **searching.among_cases(text, far),
        state="" if state == WAITING else state,
        handled=state == WAITING,
        before=request.args.get("sebelum", 0, type=whole),
        after=request.args.get("sesudah", 0, type=whole),
    )
    rows, more = finding.find(far.sight, ask)
    facts = {
        "rows": rows,
        "more": more,
        "ask": ask,
        "search": text,
        "state": state,
        "states": STATES,
        "late": _late(rows),
    }
    return render_template("cases/index.html", section="kasus", waiting=WAITING, filters=filters("kasus"), **facts)


def _late(rows: list[Found]) -> dict[int, str]:
    """What is late or was answered late: by how much and by what law; "terlambat" alone where only a step is late."""
    told = {row.id: str(_("terlambat")) for row in rows if row.late}
    bound = [row for row in rows if row.due_ms is not None or row.missed_ms is not None]
    if bound:
        calendar, now = settings.calendar(me().organisation_id), now_ms()
        told |= {row.id: words for row in bound if (words := _law(row, calendar, now))}
    return told


def _law(row: Found, calendar: Calendar, now: int) -> str:
    due, until = (row.missed_ms, row.answered_ms) if row.due_ms is None else (row.due_ms, now)
    return law((row.release_id, row.fingerprint), row.received_ms, due or 0, calendar, until or now).words


def _visible(case_id: int) -> bool:
    try:
        seen(case_id)
    except NotFound:
        return False
    return True
