"""“Saya mengalami hal yang sama”: instead of a report of one's own, or before it."""

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import similar, verbs
from engine.errors import NotAllowed, NotFound
from engine.offices import intakes
from engine.similar import Similar
from forms.intake import Step
from webui import language
from webui.citizens.report import sent_page
from webui.citizens.report_form import Form, screen_of, sentences
from webui.clock import now_ms
from webui.doors import public, redraws

bp = Blueprint("joining", __name__)


def offers(form: Form) -> list[tuple[str, Similar]]:
    """The cases this form may join, each with what stands in its address; none once it has joined one."""
    plan = form.door.plan
    if not plan.similar or form.joined:
        return []
    told = similar.told(form.door, form.answers, now=now_ms())
    found = similar.for_anyone(told, form.door.organisation_id, form.door.process)
    return [(similar.offer(form.draft, one.id), one) for one in found]


def _offered(form: Form, reference: str) -> tuple[int, Similar | None]:
    """The case this form was offered, as it stands now (None where it is no longer shown); raises NotFound."""
    case = similar.offered(form.draft, reference) if form.door.plan.similar else None
    if case is None:
        raise NotFound("offer", reference)
    return case, similar.shown(case, form.door.organisation_id, form.door.process)


@bp.get("/lapor/<process>/sama/<reference>")
@public
def ask(process: str, reference: str) -> Response:
    """Who joins, with what was typed before."""
    form = Form.of(intakes.door(process))
    return _elsewhere(form) or _page(form, reference)


def _elsewhere(form: Form) -> Response | None:
    """Where a form leads that has joined, was sent, or is not there."""
    if form.joined:
        return redirect(url_for("public.joining.joined", process=form.door.process), 303)
    if not form.answers and not sent_page(form):
        flash(_("Isian Anda tidak ditemukan di peramban ini. Mulailah dari langkah pertama."), "error")
        return redirect(url_for("public.report.begin", process=form.door.process), 303)
    return sent_page(form)


def _page(form: Form, reference: str, *, judged: bool = False, notice: str = "", status: int = 200) -> Response:
    _case, found = _offered(form, reference)
    if found is None:
        return _over(form)
    step = _who(form)
    problems = form.problems(step) if judged else {}
    html = render_template(
        "public/sama.html",
        form=form,
        plan=form.door.plan,
        step=step,
        found=found,
        reference=reference,
        screen=form.bound(step, problems),
        words=sentences(problems),
        fill={key: name for name, key in form.door.plan.reporter.items()},
        notice=notice,
        organisation=form.door.name,
        section="lapor",
    )
    return make_response(html, status)


def _who(form: Form) -> Step:
    """The step that asks who someone is, or what the form asks of those who join instead."""
    plan = form.door.plan
    keys = set(plan.reporter.values())
    asks = (step for step in plan.steps if (screen := screen_of(step)) and keys & screen.fields.keys())
    return plan.joining or next(asks)


def _over(form: Form) -> Response:
    flash(_("Laporan itu sudah tidak ditangani lagi. Isian Anda masih ada; kirimlah laporan Anda sendiri."), "error")
    return redirect(url_for("public.sending.review", process=form.door.process), 303)


def _again(process: str, reference: str) -> Response:
    form = Form.of(intakes.door(process))
    sentence = _("Halaman ini terlalu lama terbuka. Isian Anda masih ada; tekan tombolnya sekali lagi.")
    return _elsewhere(form) or _page(_typed(form), reference, notice=sentence, status=400)


def _typed(form: Form) -> Form:
    form.keep(_who(form))
    return form


@bp.post("/lapor/<process>/sama/<reference>")
@public
@redraws(_again)
def join(process: str, reference: str) -> Response:
    """Counts them with the case; everything typed is kept, also of the report they may still send."""
    form = Form.of(intakes.door(process))
    leave = _elsewhere(form)
    if leave:
        return leave
    case, _found = _offered(form, reference)
    if _typed(form).problems(_who(form)):
        return _page(form, reference, judged=True, status=422)
    try:
        verbs.join(case, form.reporter(_who(form)), form.join_key, now=now_ms(), language=language.chosen())
    except NotAllowed:
        return _over(form)
    return redirect(url_for(".joined", process=process), 303)


@bp.get("/lapor/<process>/sama")
@public
def joined(process: str) -> Response:
    """What happens now, and the way on with a report of one's own."""
    form = Form.of(intakes.door(process))
    if not form.joined:
        return redirect(url_for("public.report.begin", process=process), 303)
    email = str(form.answers.get(form.door.plan.reporter.get("email", ""), "")).strip()
    html = render_template(
        "public/tergabung.html",
        form=form,
        plan=form.door.plan,
        by_mail=bool(email),
        sent=sent_page(form) is not None,
        organisation=form.door.name,
        section="lapor",
    )
    return make_response(html)
