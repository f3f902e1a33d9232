"""Asking one more unit for its part, from the page of a case."""

from collections.abc import Sequence

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

import engine
from db.queries import cases
from db.queries.cases import Head, Task
from engine.commands import helping
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound
from engine.policy import View
from engine.releases import Closure
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


def _page(head: Head, view: View, *, chosen: str = "", refused: FormInvalid | None = None) -> Response:
    step = helping.asking(head.id)
    if step is None or helping.seat_of(head.id, view, step) is None:
        raise NotAllowed("add helper", helping.NOT_YOURS if step else helping.NOT_OPEN)
    problems = [language.sentence(problem) for problem in (refused.problems.get("unit", ()) if refused else ())]
    units = helping.units(head.id, step)
    html = render_template(
        "cases/helping.html", section="kasus", head=head, units=units, chosen=chosen, problems=problems
    )
    return make_response(html, 422 if refused else 200)


@bp.post("/kasus/<int:case_id>/unit-pembantu")
def ask(case_id: int) -> Response:
    """Asks the chosen unit."""
    head, view = _find(case_id)
    chosen = request.form.get("unit", "")
    try:
        engine.add_helper(case_id, chosen, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return _page(head, view, chosen=chosen, refused=refused)
    except Conflict as conflict:
        flash(language.say(str(conflict)), "error")
        return redirect(url_for("cases.show", case_id=case_id))
    flash(_("Unit itu dimintai masukan; pejabatnya menerima tugas."))
    return redirect(url_for("cases.show", case_id=case_id))
