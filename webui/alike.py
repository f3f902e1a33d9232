"""Open cases that speak of the same, for staff: beside a case, and while a report is typed in."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from db.queries.cases import Head
from engine import letters, policy, similar
from engine.errors import NotFound
from engine.intakes import Door
from engine.similar import Similar, Told
from webui.cases import find
from webui.clock import now_ms
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
    return make_response(render_template(part, section="kasus", head=head, view=view, found=_like(head)))


def _like(head: Head) -> list[Similar]:
    letter = letters.letter(head.id, head.sealed)
    told = Told(head.subject, letter.where, letter.chronology)
    return _seen(similar.for_staff(told, head.organisation_id, head.process, but=head.id, most=ASKED))


def typed(door: Door, answers: Mapping[str, Any]) -> list[Similar]:
    """Open cases like the report that is being typed in; none before anything was."""
    given = {name: str(answers.get(key, "")) for name, key in door.plan.report.items()}
    told = Told(given.get("subject", ""), given.get("where", ""), given.get("chronology", ""))
    return _seen(similar.for_staff(told, door.organisation_id, door.process, most=ASKED))


def _seen(found: list[Similar]) -> list[Similar]:
    """Those that the signed-in person may read."""
    return [one for one in found if _may_read(one.id)][: similar.MOST]


def _may_read(case_id: int) -> bool:
    try:
        return policy.view(me().actor, case_id, now_ms(), seats()).texts
    except NotFound:
        return False
