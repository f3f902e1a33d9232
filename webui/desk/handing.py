"""What is done around a task: taking an act back, taking a task over, laying files with it."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from engine import verbs
from engine.commands import attaching
from engine.errors import FormInvalid, NotAllowed
from engine.files import FileRefused
from webui import language, uploads
from webui.clock import now_ms
from webui.desk import taskpage
from webui.desk.taskpage import Aside
from webui.desk.tasks import answers, decided
from webui.doors import me, streams, takes
from webui.numbers import whole

bp = Blueprint("handing", __name__)


@bp.post("/tugas/<int:task_id>/tarik")
def recall(task_id: int) -> Response:
    """Takes back what this person has just done; what they had answered is in the form again."""
    row, view = taskpage.find(task_id)
    reason = request.form.get("alasan", "")
    try:
        again = verbs.recall(task_id, by=me().actor, reason=reason, now=now_ms())
    except FormInvalid as refused:
        return taskpage.done(row, view, aside=_aside(reason, refused), status=422)
    except NotAllowed as late:
        return taskpage.done(row, view, aside=Aside(reason, [language.say(late.why)]), status=409)
    flash(_("Ditarik kembali. Isian Anda masih ada; perbaiki, lalu kirim sekali lagi."))
    return redirect(url_for("tasks.show", task_id=again))


@bp.post("/tugas/<int:task_id>/ambil-alih")
def take_over(task_id: int) -> Response:
    """Takes the task of an office below to one's own."""
    row, view = taskpage.find(task_id)
    reason = request.form.get("alasan", "")
    try:
        verbs.take_over(task_id, by=me().actor, reason=reason, now=now_ms())
    except FormInvalid as refused:
        return taskpage.page(row, view, aside=_aside(reason, refused), status=422)
    flash(_("Tugas diambil alih; pemegang sebelumnya diberi tahu."))
    return redirect(url_for("tasks.show", task_id=task_id))


def _aside(reason: str, refused: FormInvalid) -> Aside:
    problems = refused.problems.get("alasan", ())
    return Aside(reason, [language.sentence(problem) for problem in problems])


@bp.post("/tugas/<int:task_id>/berkas")
@streams
@takes(uploads.BODY_MB)
def attach(task_id: int) -> Response:
    """Lays files with the task; what was typed in its form is kept too."""
    row, view = taskpage.find(task_id)
    if taskpage.seat_of(row, view) is None:
        uploads.drain(request)
        raise NotAllowed("attach", "Anda tidak memegang jabatan ini pada saat ini.")
    by, name = me().actor, attaching.shelf(task_id, me().actor)
    try:
        taken = uploads.take(request, name, now=now_ms(), added_by=by.person_id)
    except uploads.Broken:
        return taskpage.page(row, view, notice=_("Kiriman berkas terputus. Coba sekali lagi."), status=400)
    except RequestEntityTooLarge:
        return taskpage.page(row, view, notice=uploads.too_much(), status=413)
    verbs.save_draft(task_id, by=by, answers=decided(_typed(taken.fields)), now=now_ms())
    kept = _lay(task_id, taken)
    for sentence in taken.refused:
        flash(sentence, "error")
    if kept:
        flash(_("%(count)s berkas ditambahkan.", count=kept))
    elif not taken.refused:
        flash(_("Pilih dulu berkasnya, lalu unggah."), "error")
    return redirect(url_for("tasks.show", task_id=task_id) + "#berkas")


def _lay(task_id: int, taken: uploads.Taken) -> int:
    try:
        return verbs.attach(task_id, by=me().actor, now=now_ms())
    except FileRefused as refused:
        taken.refused.append(_(refused.msgid, **refused.facts))
        return 0


def _typed(fields: dict[str, list[str]]) -> dict[str, Any]:
    return {name: values for name, values in fields.items() if name != "csrf_token"}


@bp.post("/tugas/<int:task_id>/berkas/<int:proof_id>/hapus")
def detach(task_id: int, proof_id: int) -> Response:
    """Takes a file away again, before the task is done."""
    taskpage.find(task_id)
    verbs.detach(task_id, proof_id, by=me().actor, now=now_ms())
    verbs.save_draft(task_id, by=me().actor, answers=decided(_typed(dict(request.form.lists()))), now=now_ms())
    flash(_("Berkas dihapus."))
    return redirect(url_for("tasks.show", task_id=task_id) + "#berkas")


@bp.post("/tugas/<int:task_id>/templat")
def phrase(task_id: int) -> Response:
    """The form again with a template put into one of its fields, for browsers without scripts; nothing is lost."""
    row, view = taskpage.find(task_id)
    if taskpage.seat_of(row, view) is None:
        raise NotAllowed("phrase", _("Anda tidak memegang jabatan ini pada saat ini."))
    field, typed = request.form.get("templat_untuk", ""), answers()
    chosen = request.form.get(f"templat_{field}", 0, type=whole)
    text = taskpage.phrase(row, view, chosen)
    if text:
        typed[field] = ["\n\n".join(part for part in ("".join(typed.get(field, [])).rstrip(), text) if part)]
    notice = "" if text else _("Pilih dulu templatnya.")
    return taskpage.page(row, view, typed=typed, notice=notice)
