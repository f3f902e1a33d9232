"""Open cases that speak of the same, for staff: beside a case, and while a report is typed in."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries.cases import Head
from db.queries.companions import works_on
from engine import letters, similar, verbs
from engine.commands import joining
from engine.errors import NotFound
from engine.offices import policy
from engine.offices.intakes import Door
from engine.offices.policy import View
from engine.similar import Similar, Told
from webui.clock import now_ms
from webui.desk.cases import find
from webui.doors import me
from webui.frame import seats

bp = Blueprint("alike", __name__)
ASKED = 3 * similar.MOST
"""How many are looked at for someone who may not see all of them."""


@bp.get("/kasus/<int:case_id>/serupa")
def show(case_id: int) -> Response:
    """Open cases like this one; where a page asks for it, only their list."""
    head, view = find(case_id)
    if not view.texts:
        raise NotFound("similar", case_id)
    part = "cases/_similar.html" if request.headers.get("HX-Request") else "cases/similar.html"
    found, works = _like(head), _works(head.id, view)
    together = {one.id for one in found if works and joining.joined(joining.case_key(head.id, one.id)) is not None}
    words: dict[str, Any] = {"found": found, "joins": head.id if works else None, "together": together}
    return make_response(render_template(part, section="kasus", head=head, view=view, **words))


def _works(case_id: int, view: View) -> bool:
    """Whether an office of theirs has an open task in it."""
    return (
        view.handles
        and not me().actor.powers & policy.READ_ONLY
        and works_on(case_id, [seat.office_id for seat in view.seats])
    )


@bp.post("/kasus/<int:case_id>/serupa")
def join(case_id: int) -> Response:
    """Counts its reporter with a similar case."""
    find(case_id)
    other = request.form.get("laporan", "", type=str)
    if not (other.isascii() and other.isdecimal() and len(other) < 12):
        flash(_("Pilihlah dahulu laporan serupa yang dimaksud."), "error")
        return redirect(url_for(".show", case_id=case_id), 303)
    fresh = verbs.join_case(case_id, int(other), by=me().actor, now=now_ms())
    flash(
        _("Dihitung bersama laporan itu; pelapornya dikabari ketika laporan itu dijawab.")
        if fresh
        else _("Sudah dihitung bersama laporan itu.")
    )
    return redirect(url_for(".show", case_id=case_id), 303)


def _like(head: Head) -> list[Similar]:
    letter = letters.letter(head.id, head.sealed)
    told = Told(head.subject, letter.where, letter.chronology, head.topic, head.place)
    return _seen(similar.for_staff(told, head.organisation_id, head.process, but=head.id, most=ASKED))


def typed(door: Door, answers: Mapping[str, Any]) -> list[Similar]:
    """Open cases like the report that is being typed in; none before anything was."""
    told = similar.told(door, answers, now=now_ms())
    return _seen(similar.for_staff(told, door.organisation_id, door.process, most=ASKED))


def _seen(found: list[Similar]) -> list[Similar]:
    """Those that the signed-in person may read."""
    return [one for one in found if _may_read(one.id)][: similar.MOST]


def _may_read(case_id: int) -> bool:
    try:
        return policy.view(me().actor, case_id, now_ms(), seats()).texts
    except NotFound:
        return False
