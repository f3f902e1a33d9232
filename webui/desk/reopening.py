"""Opening again a complaint that was decided not to be followed up: the coordinator's press on the case's page."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries.cases import Head
from engine import verbs
from engine.commands import reopening
from engine.errors import Conflict, FormInvalid
from engine.offices.policy import View
from webui import language
from webui.clock import now_ms
from webui.doors import me
from webui.frame import opens_door, seen

bp = Blueprint("reopening", __name__)


def may_reopen(head: Head, view: View) -> bool:
    """Whether the page offers it: an end that may be gone on with, for a coordinator, once."""
    if head.state != "selesai" or not view.texts or not opens_door("coordinates"):
        return False
    release = (head.release_id, head.fingerprint)
    allowed = reopening.may_reopen(me().actor, head.organisation_id, release, head.outcome, now_ms())
    return allowed and head.after is None


@bp.post("/kasus/<int:case_id>/buka-kembali")
def reopen(case_id: int) -> Response:
    """Begins the case that goes on with this one."""
    seen(case_id)
    try:
        begun = verbs.reopen(case_id, reason=request.form.get("alasan", ""), by=me().actor, now=now_ms())
    except FormInvalid as refused:
        for problem in refused.problems.get("alasan", ()):
            flash(language.sentence(problem), "error")
        return redirect(f"/kasus/{case_id}#buka-kembali")
    except Conflict as conflict:
        flash(language.say(str(conflict)), "error")
        return redirect(f"/kasus/{case_id}")
    flash(_("Dibuka kembali sebagai %(number)s; pelapor memakai PIN yang sama.", number=begun.number))
    return redirect(url_for("cases.show", case_id=begun.case_id))
