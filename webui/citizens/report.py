"""A report in small steps: who, what happened, proof. Everything typed is kept at every step, without scripts too."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from engine.commands import intake
from engine.errors import NotFound
from engine.files import LIMITS
from engine.offices import intakes
from engine.offices.intakes import Door
from forms.intake import Step
from webui import uploads
from webui.citizens.report_form import Form, hand_over, new_token, sentences
from webui.clock import now_ms
from webui.doors import public, redraws, streams, takes

bp = Blueprint("report", __name__)
PROOFS = "bukti"
"""The key of the step without questions."""


def sent_page(form: Form) -> AnyResponse | None:
    """Where a form leads that has been sent already: to its receipt, from every tab."""
    if form.token and intake.sent(form.token):
        return redirect(url_for("public.sending.sent", process=form.door.process), 303)
    return None


@bp.get("/lapor/<process>")
@public
def begin(process: str) -> AnyResponse | str:
    """The first step, as far as it was filled in."""
    form = Form.of(intakes.door(process))
    return sent_page(form) or step_page(form, form.door.plan.steps[0])


@bp.get("/lapor/<process>/<key>")
@public
def step(process: str, key: str) -> AnyResponse | str:
    """One step, with what was typed before."""
    form, found = _form_and_step(process, key)
    if not form.answers and found is not form.door.plan.steps[0] and not sent_page(form):
        flash(_("Isian Anda tidak ditemukan di peramban ini. Mulailah dari langkah pertama."), "error")
        return redirect(url_for(".begin", process=process))
    return sent_page(form) or step_page(form, found)


def _form_and_step(process: str, key: str) -> tuple[Form, Step]:
    door = intakes.door(process)
    found = door.plan.step(key)
    if found is None:
        raise NotFound("step", key)
    return Form.of(door), found


def _again(process: str, key: str) -> AnyResponse:
    """A step whose page stood open too long: everything typed is kept and shown."""
    form, found = _form_and_step(process, key)
    form.keep(found)
    sentence = _("Halaman ini terlalu lama terbuka. Isian Anda masih ada; tekan Lanjut sekali lagi.")
    return hand_over(make_response(step_page(form, found, notice=sentence), 400), process, form.token)


@bp.post("/lapor/<process>/<key>")
@public
@redraws(_again)
def keep(process: str, key: str) -> AnyResponse:
    """Keeps a step as typed; goes on when it is good, else says at each field what is wrong."""
    form, found = _form_and_step(process, key)
    already = sent_page(form)
    if already:
        return already
    form.keep(found)
    problems = form.problems(found)
    page = make_response(step_page(form, found, problems), 422) if problems else redirect(next_page(form, found), 303)
    return hand_over(page, process, form.token)


def next_page(form: Form, step: Step) -> str:
    """Where a good step leads: to the next one, at last to the review."""
    steps = form.door.plan.steps
    place = steps.index(step) + 1
    if place == len(steps) or request.form.get("kembali") == "periksa":
        return url_for("public.sending.review", process=form.door.process)
    return url_for("public.report.step", process=form.door.process, key=steps[place].key)


@bp.post("/lapor/<process>/simpan/<key>")
@public
def autosave(process: str, key: str) -> AnyResponse:
    """Keeps a half-filled step while it is typed."""
    form, found = _form_and_step(process, key)
    if sent_page(form):
        return Response(status=204)
    form.keep(found)
    return hand_over(Response(status=204), process, form.token)


# -- proofs ------------------------------------------------------------------------------------------------------------


@bp.post(f"/lapor/<process>/{PROOFS}")
@public
@streams
@takes(uploads.BODY_MB)
def add(process: str) -> AnyResponse:
    """Takes files as they arrive; each is kept, or refused by name with the reason. The others stay."""
    form = Form.of(intakes.door(process))
    already = sent_page(form)
    if already:
        uploads.drain(request)
        return already
    form.token = form.token or new_token()
    return hand_over(_added(form, _proof_step(form.door)), process, form.token)


def _added(form: Form, step: Step) -> AnyResponse:
    try:
        taken = uploads.take(request, form.draft, now=now_ms())
    except CSRFError:
        return make_response(step_page(form, step, notice=_too_old()), 400)
    except uploads.Broken:
        return make_response(step_page(form, step, notice=_cut_off()), 400)
    except RequestEntityTooLarge:
        return make_response(step_page(form, step, notice=uploads.too_much()), 413)
    if taken.refused:
        return make_response(step_page(form, step, refused=taken.refused), 422)
    if "unggah" in taken.fields:
        return redirect(url_for("public.report.step", process=form.door.process, key=step.key), 303)
    return redirect(next_page(form, step), 303)


def _too_old() -> str:
    return str(_("Halaman ini terlalu lama terbuka, berkasnya belum diterima. Pilihlah sekali lagi, lalu unggah."))


def _cut_off() -> str:
    return str(_("Kiriman terputus sebelum selesai. Berkas yang sudah diterima ada di bawah; unggahlah sisanya."))


def _proof_step(door: Door) -> Step:
    found = door.plan.step(PROOFS)
    if found is None:
        raise NotFound("step", PROOFS)
    return found


@bp.post(f"/lapor/<process>/{PROOFS}/hapus")
@public
def remove(process: str) -> AnyResponse:
    """Takes one file back."""
    form = Form.of(intakes.door(process))
    number = request.form.get("berkas", "")
    if form.token and number.isdecimal():
        intake.remove_proof(form.draft, int(number[:12]))
    return redirect(url_for(".step", process=process, key=_proof_step(form.door).key), 303)


# -- the page ----------------------------------------------------------------------------------------------------------


def step_page(form: Form, step: Step, problems: Mapping[str, Sequence[Any]] | None = None, **more: Any) -> str:
    """The page of one step, with what was typed and what is wrong with it."""
    steps, process = form.door.plan.steps, form.door.process
    place = steps.index(step)
    before = url_for("public.report.step", process=process, key=steps[place - 1].key) if place else None
    return render_template(
        "public/lapor.html",
        form=form,
        plan=form.door.plan,
        step=step,
        place=place,
        before=before,
        screen=form.bound(step, problems),
        words=sentences(problems or {}),
        fill={key: name for name, key in form.door.plan.reporter.items()},
        proofs=form.proofs,
        limits=LIMITS,
        organisation=form.door.name,
        section="lapor",
        **more,
    )
