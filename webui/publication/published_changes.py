"""Correcting and taking down what is published, for the offices that may; every version is kept and shown here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import published as questions
from db.queries.published import Item
from engine.commands import published as verbs
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound
from engine.publishing import publications
from webui.clock import now_ms
from webui.desk import editing
from webui.desk.editing import Piece
from webui.doors import me
from webui.frame import seats
from webui.publication.published import find

bp = Blueprint("published_changes", __name__)
FIELDS = ("title", "text", "answer")


@dataclass(frozen=True)
class Change:
    """A version as it is shown: who, when, why, and what it changed."""

    version: questions.Version
    reason: str
    pieces: Sequence[Piece]


def _found(public_id: str) -> tuple[Item, frozenset[str]]:
    """A published item of the person's own organisation and what they may do about it; else it is not there."""
    item, _publisher = find(public_id)
    tools = publications.may_change(seats(), item.organisation_id)
    if item.organisation_id != me().organisation_id:
        raise NotFound("publication", public_id)
    if not tools:
        raise NotAllowed("correct", _("Jabatan Anda tidak berwenang mengubah yang tayang."))
    return item, tools


@bp.get("/aduan/<public_id>/ubah")
def form(public_id: str) -> Response:
    """The texts to correct, the way to take them down, and every version."""
    item, tools = _found(public_id)
    return _page(item, tools)


def _page(
    item: Item,
    tools: frozenset[str],
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, Sequence[Any]] | None = None,
    status: int = 200,
) -> Response:
    shown = typed or {"title": item.title, "text": item.text, "answer": item.answer}
    case = questions.case_of(item.id)
    context = {"item": item, "tools": tools, "typed": shown, "problems": problems or {}, "changes": changes(item)}
    context["case_id"] = case
    return make_response(render_template("published/change.html", section="aduan", **context), status)


def changes(item: Item) -> list[Change]:
    """Every version, the newest first, each with what it changed."""
    found = questions.versions(item.id)
    told = [publications.version(item.id, one.seq, one.sealed) for one in found]
    texts = ["\n\n".join(kept[name] for name in FIELDS if kept[name]) for kept in told]
    earlier = [*texts[1:], ""]
    return [
        Change(one, kept["reason"], editing.changed(before, after) if before else [Piece(after)])
        for one, kept, before, after in zip(found, told, earlier, texts, strict=True)
    ]


@bp.post("/aduan/<public_id>/ubah")
def correct(public_id: str) -> Response:
    """Corrects the texts; whatever is refused comes back with everything that was typed."""
    item, tools = _found(public_id)
    typed = {name: request.form.get(name, "").strip() for name in (*FIELDS, "reason", publications.REASON)}
    texts = verbs.Texts(*(typed[name].replace("\r\n", "\n") for name in FIELDS))
    why = typed[publications.REASON]
    try:
        verbs.correct(public_id, texts, typed["reason"], by=me().actor, now=now_ms(), confirmed=why)
    except FormInvalid as bad:
        return _page(item, tools, typed, bad.problems, 422)
    except Conflict:
        return redirect(f"/aduan/{public_id}")
    flash(_("Diralat. Versi sebelumnya disimpan."))
    return redirect(f"/aduan/{public_id}")


@bp.post("/aduan/<public_id>/tarik")
def take_down(public_id: str) -> Response:
    """Takes it down, with a reason."""
    item, tools = _found(public_id)
    reason = request.form.get("why_down", "").strip()[:1000]
    try:
        verbs.take_down(public_id, reason, by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _page(item, tools, None, {"why_down": bad.problems["reason"]}, 422)
    except Conflict:
        return redirect(f"/aduan/{public_id}")
    flash(_("Ditarik dari situs."))
    return redirect(f"/aduan/{public_id}/ubah")
