"""Asking one more unit for its part, and letting one go that does not answer, from the page of a case."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import cases
from db.queries.cases import Head, Task
from engine import verbs
from engine.commands import helping
from engine.diagrams.releases import Closure
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound
from engine.offices.policy import View
from webui import language
from webui.clock import now_ms
from webui.doors import me
from webui.frame import seen

bp = Blueprint("helping", __name__)


def may_ask(head: Head, view: View, tasks: Sequence[Task], closure: Closure) -> bool:
    """Whether the page offers it: a step that asks units is open, and this person's unit handles the case."""
    elements = closure.diagram.elements
    open_now = (elements[task.element] for task in tasks if task.state == "open" and task.element in elements)
    if not view.handles or not any(helping.ASKED_BY in element.props for element in open_now):
        return False
    step = helping.asking(head.id)
    return step is not None and helping.seat_of(head.id, view, step) is not None


@bp.get("/kasus/<int:case_id>/unit-pembantu")
def show(case_id: int) -> Response:
    """Which units could still be asked."""
    head, view = _find(case_id)
    return _page(head, view)


def _find(case_id: int) -> tuple[Head, View]:
    view, head = seen(case_id), cases.head(case_id)
    if head is None:
        raise NotFound("case", case_id)
    return head, view


@dataclass(frozen=True)
class Letting:
    """A unit that was to be let go, with the reason as it was typed and what is wrong with it."""

    unit: str = ""
    reason: str = ""
    problems: Sequence[str] = ()


NOBODY = Letting()


def _page(
    head: Head, view: View, *, chosen: str = "", refused: FormInvalid | None = None, letting: Letting = NOBODY
) -> Response:
    step = helping.asking(head.id)
    if step is None or helping.seat_of(head.id, view, step) is None:
        raise NotAllowed("add helper", helping.NOT_YOURS if step else helping.NOT_OPEN)
    problems = [language.sentence(problem) for problem in (refused.problems.get("unit", ()) if refused else ())]
    units = helping.units(head.id, step)
    facts = {"head": head, "units": units, "chosen": chosen, "problems": problems}
    asked = helping.asked(head.id, step)
    html = render_template("cases/helping.html", section="kasus", **facts, asked=asked, letting=letting)
    return make_response(html, 422 if refused or letting.problems else 200)


@bp.post("/kasus/<int:case_id>/unit-pembantu")
def ask(case_id: int) -> Response:
    """Asks the chosen unit."""
    head, view = _find(case_id)
    chosen = request.form.get("unit", "")
    try:
        verbs.add_helper(case_id, chosen, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return _page(head, view, chosen=chosen, refused=refused)
    except Conflict as conflict:
        flash(language.say(str(conflict)), "error")
        return redirect(url_for("cases.show", case_id=case_id))
    flash(_("Unit itu dimintai masukan; pejabatnya menerima tugas."))
    return redirect(url_for("cases.show", case_id=case_id))


@bp.post("/kasus/<int:case_id>/unit-pembantu/<unit>/lepas")
def release(case_id: int, unit: str) -> Response:
    """Lets a unit go that does not answer."""
    head, view = _find(case_id)
    reason = request.form.get("alasan", "")
    try:
        verbs.release_helper(case_id, unit, reason, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        problems = [language.sentence(one) for found in refused.problems.values() for one in found]
        return _page(head, view, letting=Letting(unit, reason, problems))
    except Conflict as conflict:
        flash(language.say(str(conflict)), "error")
        return redirect(url_for("cases.show", case_id=case_id))
    flash(_("Masukan unit itu tidak ditunggu lagi; alasannya tercatat."))
    return redirect(url_for("cases.show", case_id=case_id))
