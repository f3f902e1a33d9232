"""Incidental reports to the head of government (Pasal 7 ayat (3) huruf d): written, listed, read, received."""

import secrets

import orjson
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import recaps as questions
from db.queries.recaps import Incidental
from engine.commands import recaps
from engine.errors import FormInvalid, NotAllowed, NotFound
from engine.papers import incidental as papers
from engine.recaps import recap
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.coordinating.recaps import around, must_see, own_units, reporting, sees_all
from webui.doors import me, redraws
from webui.filled import say_stale, summary, told, typed
from webui.frame import seats
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("incidental", __name__)


def _sent() -> dict[str, str]:
    return {**typed(("title", "cases", "key")), **typed(("text",), recaps.TEXT + 1)}


def _units() -> list[str] | None:
    return None if sees_all() else own_units()


@bp.get("/rekap/insidentil")
def index() -> str:
    """The reports one may read, the newest first."""
    must_see()
    page = max(1, request.args.get("halaman", 1, type=whole))
    rows, more = questions.incidentals(me().organisation_id, _units(), page)
    return render_template(
        "recaps/incidentals.html",
        section="rekap",
        here="insidentil",
        rows=[(row, recaps.incident_texts(row)["title"]) for row in rows],
        page=page,
        more=more,
        **around(),
    )


def _may_write() -> None:
    if not {seat.role for seat in seats()} & set(recap.writers(reporting())):
        raise NotAllowed("report_incident", "Jabatan Anda tidak menyusun laporan insidentil.")


@bp.get("/rekap/insidentil/baru")
def write() -> Response:
    """The form of a new one; `kasus` in the address fills in a number."""
    empty = {"title": "", "text": "", "cases": request.args.get("kasus", "")[:200], "key": secrets.token_urlsafe(16)}
    return _form(empty)


def _form(given: dict[str, str], problems: dict[str, list[str]] | None = None, status: int = 200) -> Response:
    _may_write()
    labels = {"title": _("Judul"), "text": _("Isi laporan"), "cases": _("Nomor pengaduan")}
    page = render_template(
        "recaps/write.html",
        section="rekap",
        here="insidentil",
        given=given,
        problems=problems or {},
        summary=summary(labels, problems or {}),
        longest=(recaps.TITLE, recaps.TEXT),
        **around(),
    )
    return make_response(page, status)


def _again() -> Response:
    say_stale()
    return _form(_sent(), status=400)


@bp.post("/rekap/insidentil")
@redraws(_again)
def send() -> Response:
    """Sends it; with problems the form comes back, everything typed kept."""
    given = _sent()
    numbers = [part.strip() for part in given["cases"].replace(";", ",").split(",") if part.strip()]
    try:
        report = recaps.report_incident(
            given["title"], given["text"], cases=numbers, send_key=given["key"], by=me().actor, now=now_ms()
        )
    except FormInvalid as refused:
        return _form(given, told(refused.problems), 422)
    flash(_("Laporan dikirim kepada Walikota."))
    return redirect(url_for("incidental.show", report_id=report))


def _one(report_id: int) -> Incidental:
    """A report this person may read: of their unit, or any for those who see all; otherwise as if there were none."""
    found = questions.incidental(report_id)
    mine = {seat.office_id for seat in seats()}
    if found is None or found.organisation_id != me().organisation_id:
        raise NotFound("incidental", report_id)
    units = _units()
    if units is not None and found.office_id not in mine and found.unit_code not in units:
        raise NotFound("incidental", report_id)
    return found


@bp.get("/rekap/insidentil/<int:report_id>")
def show(report_id: int) -> str:
    """One report with the cases it is about."""
    found = _one(report_id)
    return render_template(
        "recaps/incidental.html",
        section="rekap",
        here="insidentil",
        one=found,
        texts=recaps.incident_texts(found),
        cases=questions.numbers(orjson.loads(found.cases)),
        **around(),
    )


@bp.get("/rekap/insidentil/<int:report_id>/laporan.pdf")
def paper(report_id: int) -> Response:
    """The same on paper."""
    found = _one(report_id)
    looked("printed", detail=f"incidental:{report_id}")
    numbers = list(questions.numbers(orjson.loads(found.cases)).values())
    return pdf(papers.draw(found, recaps.incident_texts(found), numbers), "laporan-insidentil.pdf")


@bp.post("/rekap/insidentil/<int:report_id>/terima")
def receive(report_id: int) -> Response:
    """The addressee has it."""
    _one(report_id)
    recaps.receive_incident(report_id, by=me().actor, now=now_ms())
    flash(_("Laporan ditandai diterima."))
    return redirect(url_for("incidental.show", report_id=report_id))
