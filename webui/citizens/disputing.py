"""“NIK saya dipakai orang lain”: the way for whoever did not send what was sent under their NIK."""

import secrets
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import vault
from engine.commands import disputes
from engine.commands.disputes import Claim
from engine.errors import NotFound, SlowDown
from engine.offices import intakes
from engine.offices.intakes import Door
from forms.intake import Step
from webui import language
from webui.citizens.report_form import KEPT_CHARS, TOKEN, Form, screen_of, sentences
from webui.clock import now_ms
from webui.doors import public, redraws
from webui.proxies import sender

bp = Blueprint("disputing", __name__)


@bp.get("/lapor/nik")
@public
def where() -> Response | str:
    """To the organisation that asks for a NIK; where there are several, to choose one."""
    doors = [door for door in intakes.doors() if door.plan.dispute]
    if not doors:
        raise NotFound("dispute")
    if len(doors) > 1:
        return render_template("public/sengketa_pilih.html", doors=doors, section="lapor")
    return redirect(url_for(".begin", process=doors[0].process))


@bp.get("/lapor/<process>/nik")
@public
def begin(process: str) -> Response:
    """The empty form."""
    return _page(_form(process))


def _form(process: str) -> tuple[Form, Step]:
    door = intakes.door(process)
    if door.plan.dispute is None:
        raise NotFound("dispute", process)
    return Form(door, "", _typed(door.plan.dispute)), door.plan.dispute


def _typed(step: Step) -> dict[str, Any]:
    screen = screen_of(step)
    return {name: request.form.get(name, "")[:KEPT_CHARS] for name in screen.fields} if screen else {}


def _page(asked: tuple[Form, Step], problems: Any = None, *, notice: str = "", status: int = 200) -> Response:
    form, step = asked
    key = request.form.get("kunci", "")
    html = render_template(
        "public/sengketa.html",
        plan=form.door.plan,
        step=step,
        screen=form.bound(step, problems),
        words=sentences(problems or {}),
        key=key if TOKEN.fullmatch(key) else secrets.token_urlsafe(32),
        notice=notice,
        organisation=form.door.name,
        section="lapor",
    )
    answer = make_response(html, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _again(process: str) -> Response:
    sentence = _("Halaman ini terlalu lama terbuka. Isian Anda masih ada; kirim sekali lagi.")
    return _page(_form(process), notice=sentence, status=400)


@bp.post("/lapor/<process>/nik")
@public
@redraws(_again)
def send(process: str) -> Response:
    """Takes the claim in; nothing is told of whether, or under which number, anything was sent."""
    form, step = _form(process)
    problems = form.problems(step)
    if problems:
        return _page((form, step), problems, status=422)
    try:
        _take(form.door, form.good(step))
    except SlowDown as pause:
        words = _(
            "Terlalu banyak kiriman dari jaringan ini. Kirim sesudah %(until)s.", until=language.moment(pause.until)
        )
        return _page((form, step), notice=words, status=429)
    return redirect(url_for(".sent", process=process), 303)


def _take(door: Door, good: dict[str, Any]) -> None:
    who = {name: str(good.get(key) or "") for name, key in door.plan.reporter.items() if name != "name"}
    key = vault.mark("nik dispute", request.form.get("kunci", "") or secrets.token_urlsafe(32))
    claim = Claim(**who, text=str(good.get("keterangan") or ""))
    source = sender(request.remote_addr)
    disputes.dispute(door.organisation_id, claim, send_key=key, source=source, now=now_ms())


@bp.get("/lapor/<process>/nik/terkirim")
@public
def sent(process: str) -> str:
    """What happens now."""
    form, _step = _form(process)
    return render_template("public/sengketa_terkirim.html", organisation=form.door.name, section="lapor")
