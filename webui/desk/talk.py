"""Around one case: the talk of colleagues, and the copies given to other offices."""

from dataclasses import dataclass

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import talk as asked
from engine import remarks, verbs
from engine.errors import FormInvalid, NotFound
from engine.offices.policy import View
from webui import language
from webui.clock import now_ms
from webui.desk.cases import find
from webui.doors import me, real_look
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("talk", __name__)

SHORT = 3
"""How many remarks a case or task page shows by itself."""


@dataclass(frozen=True)
class Said:
    """One remark, opened."""

    id: int
    by: str
    office: str
    task: int | None
    task_name: str
    text: str
    at_ms: int
    named: tuple[tuple[str, int | None], ...]


@bp.get("/kasus/<int:case_id>/percakapan")
def show(case_id: int) -> Response:
    """The talk about a case, the newest first; where a page asks for it, only the last few remarks."""
    head, view = find(case_id)
    _may_read(view)
    if request.headers.get("HX-Request"):
        looked("talk", case_id=case_id)
        last, more = _said(case_id, 0, SHORT)
        return make_response(render_template("cases/_talk.html", head=head, said=last, more=more))
    return _page(case_id)


def _may_read(view: View) -> None:
    if not view.texts:
        raise NotFound("talk", view.case_id)


def _said(case_id: int, before: int, most: int) -> tuple[list[Said], bool]:
    found, more = asked.talk(case_id, before, most)
    opened = (remarks.text(case_id, one.sealed) for one in found)
    pairs = zip(found, opened, strict=True)
    return [
        Said(one.id, one.by, one.office, one.task, one.task_name, text, one.at_ms, one.named) for one, text in pairs
    ], more


def _page(
    case_id: int, *, typed: str = "", chosen: list[int] | None = None, refused: FormInvalid | None = None
) -> Response:
    head, view = find(case_id)
    _may_read(view)
    said, more = _said(case_id, request.args.get("sebelum", 0, type=whole), asked.PAGE)
    looked("talk", case_id=case_id)
    html = render_template(
        "cases/talk.html",
        section="kasus",
        head=head,
        said=said,
        more=said[-1].id if more else None,
        people=[one for one in asked.may_be_named(view, now_ms()) if one.id != me().actor.person_id],
        typed=typed,
        chosen=chosen or [],
        longest=verbs.LONGEST_REMARK,
        problems=_sentences(refused),
    )
    if real_look() and not refused:
        verbs.read_mentions(case_id, by=me().actor, now=now_ms())
    return make_response(html, 422 if refused else 200)


def _sentences(refused: FormInvalid | None) -> dict[str, list[str]]:
    problems = refused.problems if refused else {}
    return {name: [language.sentence(problem) for problem in found] for name, found in problems.items()}


@bp.post("/kasus/<int:case_id>/percakapan")
def add(case_id: int) -> Response:
    """Adds a remark and tells whom it names."""
    text, chosen = request.form.get("teks", ""), request.form.getlist("sebut", type=whole)
    try:
        verbs.comment(case_id, by=me().actor, text=text, mentions=chosen, now=now_ms())
    except FormInvalid as refused:
        return _page(case_id, typed=text, chosen=chosen, refused=refused)
    flash(_("Percakapan ditambah."))
    return redirect(url_for("talk.show", case_id=case_id))


@bp.get("/kasus/<int:case_id>/tembusan")
def copies(case_id: int) -> Response:
    """Who was given a copy, and giving one."""
    return _copies(case_id)


def _copies(case_id: int, *, chosen: int = 0, refused: FormInvalid | None = None) -> Response:
    head, view = find(case_id)
    _may_read(view)
    html = render_template(
        "cases/copies.html",
        section="kasus",
        head=head,
        view=view,
        copies=asked.copies(case_id),
        offices=asked.copyable(case_id, head.organisation_id) if view.handles else [],
        chosen=chosen,
        problems=_sentences(refused),
    )
    return make_response(html, 422 if refused else 200)


@bp.post("/kasus/<int:case_id>/tembusan")
def give(case_id: int) -> Response:
    """Gives an office a copy."""
    office = request.form.get("jabatan", 0, type=whole)
    sure = request.form.get("yakin") == "ya"
    try:
        verbs.give_copy(case_id, office, by=me().actor, now=now_ms(), confirmed=sure)
    except FormInvalid as refused:
        return _copies(case_id, chosen=office, refused=refused)
    flash(_("Tembusan diberikan; pemegang jabatannya diberi tahu."))
    return redirect(url_for("talk.copies", case_id=case_id))
