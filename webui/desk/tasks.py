"""The desk and the task: what waits, what must be done, and doing it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, flash, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from db.queries import desk, memos
from db.queries import seats as offices
from engine import verbs
from engine.clocks import deadlines
from engine.clocks.worktime import Calendar
from engine.commands import keeping
from engine.errors import FormInvalid, NotAllowed, OfficeError, TaskAlreadyDone, WorkflowChanged
from engine.offices import settings
from webui import due as dues
from webui import errors, kept, language, searching
from webui.clock import now_ms
from webui.desk import taskpage
from webui.doors import by_itself, me, real_look, redraws
from webui.frame import filters, seats
from webui.law import Law, due_by_law, law
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("tasks", __name__)

HOUR = 3_600_000
OFFICE_DAY = 450 * 60_000
SHOWN = ("bagian", "urut", "cari", "halaman")
"""What of an address says how the desk is shown."""


# --- the desk ---


@bp.get("/tugas")
def index() -> str:
    """The desk: late, soon, new, mine, all; searched, sorted, a page at a time."""
    part, order = request.args.get("bagian", "semua"), request.args.get("urut", "tenggat")
    part, order = part if part in desk.PARTS else "semua", order if order in desk.ORDERS else "tenggat"
    text, page = searching.typed(), max(1, request.args.get("halaman", 1, type=whole))
    now, own = now_ms(), seats()
    calendars = settings.office_calendars(me().organisation_id)
    house, calendar = calendars[None], (calendars.get(own[0].office_id) if own else None) or calendars[None]
    mine = _desk(now, calendar)
    counts, wanted = desk.counts(mine), searching.on_desk(text, own)
    many = getattr(counts, part) >= desk.MANY
    rows, more = desk.rows(mine, part, wanted=wanted, order=order, page=page, many=many)
    return render_template(
        "tasks/desk.html",
        section="tugas",
        letters=memos.unread([seat.office_id for seat in own]),
        counts=counts,
        most=desk.MANY,
        rows=[(row, _due(row, house, calendar, now)) for row in rows],
        laws=_laws(rows, house, now),
        filters=filters("tugas"),
        part=part,
        search=text,
        order=order,
        page=page,
        more=more,
        query=request.query_string.decode("ascii", "replace"),
        open_now=calendar.is_open(now),
        stood_in=not own and bool(offices.own_offices(me().actor.person_id, now)),
        opens=calendar.next_open(now),
    )


@bp.get("/tugas/pintasan")
def keys() -> str:
    """The keys the desk listens to."""
    return render_template("tasks/keys.html", section="tugas")


@bp.post("/tugas/ambil")
def claim_several() -> Response:
    """Takes the ticked tasks; what a colleague was quicker at is told."""
    ticked = [int(one) for one in request.form.getlist("tugas") if one.isdecimal() and len(one) < 12][: desk.PAGE]
    if not ticked:
        flash(_("Centang dahulu tugas yang akan Anda ambil."), "error")
        return redirect(_back())
    taken = keeping.claim_several(ticked, by=me().actor, now=now_ms())
    _tell(taken)
    g.pop("seats", None)
    return redirect(_back())


def _tell(taken: keeping.Taken) -> None:
    if taken.mine:
        flash(ngettext("Satu tugas Anda ambil.", "%(num)s tugas Anda ambil.", len(taken.mine)))
    for why in sorted({why for _task, why in taken.refused}):
        count = sum(1 for _task, other in taken.refused if other == why)
        reason = language.say(why) if why else _("Tugas itu tidak ada.")
        told = ngettext("Satu tugas tidak dapat diambil.", "%(num)s tugas tidak dapat diambil.", count)
        flash(f"{told} {reason}", "error")


def _back() -> str:
    """The desk as it was."""
    kept = {name: values for name, values in parse_qs(request.form.get("kembali", "")[:500]).items() if name in SHOWN}
    return f"/tugas?{urlencode(kept, doseq=True)}" if kept else "/tugas"


def _due(row: desk.Row, house: Calendar, calendar: Calendar, now: int) -> dues.Due:
    if row.law_ms is not None:
        return due_by_law(row.law_ms, house, now)
    return dues.due(row.due_ms, row.clock, calendar, now)


def _laws(rows: Sequence[desk.Row], house: Calendar, now: int) -> dict[int, Law]:
    """By what the tasks that keep the law's date do so."""
    return {
        row.id: law((row.release_id, row.fingerprint), row.received_ms, row.law_ms, house, now)
        for row in rows
        if row.law_ms is not None
    }


def _desk(now: int, calendar: Any) -> desk.Desk:
    offices = tuple(seat.office_id for seat in seats())
    soon, soon_day = calendar.add_ms(now, HOUR), calendar.add_ms(now, OFFICE_DAY)
    return desk.Desk(me().actor.account_id, offices, now, soon, soon_day, deadlines.today(now, calendar))


@bp.get("/tugas/baru")
@by_itself
def arrivals() -> Response:
    """How many tasks came since the desk was drawn: a sentence, or nothing at all."""
    since = request.args.get("sejak", 0, type=whole)
    count = desk.arrived([seat.office_id for seat in seats()], since)
    if not count:
        return Response(status=204)
    shown = {name: request.args[name] for name in SHOWN if request.args.get(name)}
    return make_response(render_template("tasks/arrivals.html", count=count, query=urlencode(shown)))


# --- the task ---


@bp.get("/tugas/<int:task_id>")
def show(task_id: int) -> Response:
    """The task. The first look by someone who may act starts the SOP clock; a prefetch does not count."""
    row, view = taskpage.find(task_id)
    if _first_look(row, view):
        with suppress(OfficeError):  # someone else was quicker; the page says how it stands
            verbs.open_task(task_id, by=me().actor, now=now_ms())
        row, view = taskpage.find(task_id)
    looked("viewed", case_id=row.case_id, detail=f"task:{task_id}")
    return taskpage.page(row, view)


def _first_look(row: Any, view: Any) -> bool:
    return real_look() and row.state == "open" and row.opened_ms is None and taskpage.seat_of(row, view) is not None


def _again(task_id: int, **_ignored: Any) -> Response:
    """The task with what was typed, when the form's token had grown old."""
    row, view = taskpage.find(task_id)
    sentence = _("Halaman ini terlalu lama terbuka. Isian Anda masih ada; periksa, lalu kirim sekali lagi.")
    return taskpage.page(row, view, typed=answers(), notice=sentence, status=400)


def answers() -> dict[str, list[str]]:
    """What was filled in; a decision made by a button counts as the answer to its question."""
    return decided(kept.typed())


def decided(typed: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same, from a form that was read elsewhere."""
    decision, chosen = typed.pop("putusan_untuk", []), typed.pop("putusan", [])
    if decision and chosen and chosen[0]:
        typed[decision[0]] = chosen[:1]
    typed.pop("lampiran", None)  # the name of a file that was chosen and not sent
    return {name: given for name, given in typed.items() if not name.startswith("templat_")}


@bp.post("/tugas/<int:task_id>")
@redraws(_again)
def complete(task_id: int) -> Response:
    """Does the task; whatever is refused comes back with everything that was typed."""
    typed = answers()
    try:
        verbs.complete(task_id, by=me().actor, answers=typed, now=now_ms())
    except FormInvalid as bad:
        row, view = taskpage.find(task_id)
        return taskpage.page(row, view, typed=typed, problems=bad.problems, status=422)
    except TaskAlreadyDone as gone:
        return _too_late(task_id, gone, typed)
    except WorkflowChanged:
        row, view = taskpage.find(task_id)
        sentence = _("Berkas ini baru saja diubah rekan Anda. Isian Anda masih ada; periksa, lalu kirim sekali lagi.")
        return taskpage.page(row, view, typed=typed, notice=sentence, status=409)
    except NotAllowed as refused:
        row, view = taskpage.find(task_id)
        return taskpage.done(row, view, sentence=language.say(refused.why), typed=typed, status=403)
    return redirect(url_for("tasks.show", task_id=task_id))


def _too_late(task_id: int, gone: TaskAlreadyDone, typed: dict[str, list[str]]) -> Response:
    """Done already: by oneself (a double click) is fine; by someone else is told, and what was typed stays."""
    row, view = taskpage.find(task_id)
    if row.done_by == me().actor.person_id:
        return redirect(url_for("tasks.show", task_id=task_id))
    return taskpage.done(row, view, sentence=errors.done_by(gone), typed=typed, status=409)


@bp.post("/tugas/<int:task_id>/draf")
def save_draft(task_id: int) -> Response:
    """Keeps the half-filled form: for the script a short answer, for the button the page again."""
    taskpage.find(task_id)
    verbs.save_draft(task_id, by=me().actor, answers=answers(), now=now_ms())
    if request.accept_mimetypes.best == "application/json":
        return jsonify(saved=True)
    flash(_("Isian disimpan. Anda dapat melanjutkannya nanti."))
    return redirect(url_for("tasks.show", task_id=task_id))


@bp.post("/tugas/<int:task_id>/ambil")
def claim(task_id: int) -> Response:
    """Takes the task for oneself."""
    taskpage.find(task_id)
    verbs.claim(task_id, by=me().actor, now=now_ms())
    return redirect(url_for("tasks.show", task_id=task_id))


@bp.post("/tugas/<int:task_id>/lepas")
def release(task_id: int) -> Response:
    """Gives the task back to the office."""
    taskpage.find(task_id)
    verbs.release(task_id, by=me().actor, now=now_ms())
    flash(_("Tugas dilepas; rekan Anda dapat mengambilnya."))
    g.pop("seats", None)
    return redirect(url_for("tasks.index"))
