"""An old list is uploaded, checked, confirmed and imported; the page shows how far it is and may be left."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from db.queries import imports as questions
from db.queries.imports import Problem, Run
from engine.commands import import_runs
from engine.commands.importing import END_STATES
from engine.errors import Conflict, NotFound, Objection
from engine.imports import identified, lines
from engine.imports.columns import NEEDED
from engine.imports.kept import Shelf
from engine.imports.limits import FILE_BYTES, MB, ROWS, Unreadable
from engine.offices import intakes
from engine.offices.intakes import Door
from webui import importing, language, spreadsheet, uploads
from webui.clock import now_ms
from webui.doors import me, streams, takes
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("importing", __name__)
BODY_MB = FILE_BYTES // MB + 2


def shelf() -> Shelf:
    """Where uploaded lists lie."""
    return importing.shelf_of(current_app.config["OFFICE"])


def may_import() -> None:
    """Raises NotAllowed."""
    import_runs.must_import(me().actor, me().organisation_id, now_ms())


@bp.get("/kasus/impor")
def index() -> str:
    """What was imported, and the way to upload the next list."""
    may_import()
    return _index_page()


def _index_page(notice: str = "") -> str:
    page = max(1, request.args.get("halaman", 1, type=whole))
    runs, more = questions.runs(me().organisation_id, page=page)
    names = {run.id: import_runs.about(run)["name"] for run in runs}
    facts = {"runs": runs, "names": names, "more": more, "page": page, "notice": notice, "doors": _doors()}
    return render_template(
        "importing/index.html",
        section="kasus",
        labels=identified.labels(_doors()),
        rows=format_decimal(ROWS),
        most=FILE_BYTES // MB,
        **facts,
    )


def _doors() -> list[Door]:
    return intakes.doors_of(me().organisation_id)


def _door(process: str) -> Door:
    doors = _doors()
    found = next((door for door in doors if door.process == process), doors[0] if doors else None)
    if found is None:
        raise NotFound("intake")
    return found


@bp.post("/kasus/impor")
@streams
@takes(BODY_MB)
def upload() -> AnyResponse:
    """Keeps the list sealed and has it checked."""
    may_import()
    try:
        run = _uploaded()
    except CSRFError:
        return _refused(_("Halaman ini terlalu lama terbuka. Pilih berkasnya sekali lagi, lalu unggah."), 400)
    except uploads.Broken:
        return _refused(_("Kiriman terputus sebelum selesai. Unggahlah sekali lagi."), 400)
    except Unreadable as refused:
        uploads.drain(request)
        return _refused(language.sentence(refused.objection), 422)
    if run is None:
        return _refused(_("Belum ada berkas yang dipilih."), 422)
    return redirect(url_for(".show", run_id=run), 303)


def _uploaded() -> int | None:
    body, run = uploads.Body(request), None
    for part in body:
        if run is None:
            door = _door((body.fields.get("proses") or [""])[0])
            name = part.filename.replace("\\", "/").rpartition("/")[2]
            run = import_runs.upload(door, name, part, shelf(), by=me().actor, now=now_ms())
    return run


def _refused(sentence: str, status: int) -> Response:
    return make_response(_index_page(sentence), status)


def _find(run_id: int) -> Run:
    return import_runs.find(run_id, by=me().actor, now=now_ms())


@bp.get("/kasus/impor/<int:run_id>")
def show(run_id: int) -> str:
    """One list: being checked, ready with what is wrong in it, being imported, done."""
    run = _find(run_id)
    page = max(1, request.args.get("halaman", 1, type=whole))
    found, more = questions.problems(run.id, page=page)
    about = import_runs.about(run)
    return render_template(
        "importing/show.html",
        section="kasus",
        run=run,
        about=about,
        why=_why(about),
        labels=identified.labels(_doors()),
        needed=NEEDED,
        problems=[(problem, _words(problem)) for problem in found],
        more=more,
        page=page,
        states=END_STATES,
        busy=run.state in (import_runs.CHECKING, import_runs.RUNNING),
    )


def _why(about: dict[str, Any]) -> str:
    why = about.get("why")
    return language.sentence(Objection("", str(why["msgid"]), why["facts"])) if why else ""


def _words(problem: Problem) -> str:
    return language.sentence(Objection(problem.code, lines.msgid(problem.code), json.loads(problem.facts)))


@bp.get("/kasus/impor/<int:run_id>/keliru.csv")
def flaws(run_id: int) -> Response:
    """Every row that is wrong, to be mended in the list itself; nothing of what stands there."""
    run = _find(run_id)
    looked("exported", detail=f"import:{run.id}")
    return spreadsheet.download(f"impor-{run.id}-keliru.csv", _flaw_rows(run))


def _flaw_rows(run: Run) -> Iterator[tuple[Any, ...]]:
    columns = import_runs.about(run).get("columns") or {}
    yield (_("Baris"), _("Kolom"), _("Yang keliru"))
    for problem in questions.all_problems(run.id):
        yield (problem.line, columns.get(problem.field, problem.field), _words(problem))


@bp.post("/kasus/impor/<int:run_id>/kolom")
def columns(run_id: int) -> AnyResponse:
    """Takes the columns as someone says and checks again."""
    said = {field: request.form.get(field, "")[:200] for field in identified.labels(_doors())}
    return _moved(
        run_id,
        lambda: import_runs.choose_columns(
            run_id, {field: header for field, header in said.items() if header}, by=me().actor, now=now_ms()
        ),
    )


@bp.post("/kasus/impor/<int:run_id>/mulai")
def confirm(run_id: int) -> AnyResponse:
    """Begins the import of what was checked."""
    if request.form.get("keadaan") not in END_STATES:
        flash(_("Pilihlah dahulu sebagai apa daftar ini diimpor."), "error")
        return redirect(url_for(".show", run_id=_find(run_id).id), 303)
    return _moved(run_id, lambda: import_runs.confirm(run_id, request.form["keadaan"], by=me().actor, now=now_ms()))


@bp.post("/kasus/impor/<int:run_id>/batal")
def stop(run_id: int) -> AnyResponse:
    """Gives it up; the uploaded file is gone."""
    return _moved(run_id, lambda: import_runs.stop(run_id, shelf(), by=me().actor, now=now_ms()))


def _moved(run_id: int, act: Any) -> AnyResponse:
    try:
        act()
    except Conflict:
        flash(_("Impor ini sudah berjalan lebih jauh; lihat keadaannya di bawah."), "error")
    return redirect(url_for(".show", run_id=run_id), 303)
