"""Signing in and out, and the language of the screens."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, current_app, flash, g, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import verbs
from engine.commands import entering
from engine.errors import FormInvalid, NotAllowed, NotFound, OfficeError, SlowDown
from engine.offices import accounts
from webui import kept, language, offline
from webui.back import safe_back
from webui.clock import now_ms
from webui.config import Config
from webui.doors import COOKIE, public
from webui.proxies import sender
from webui.routes import landing, task_of

bp = Blueprint("auth", __name__)


@bp.get("/masuk")
@public
def sign_in() -> str | Response:
    """The sign-in page; whoever is signed in goes on to their desk."""
    back = safe_back(request.args.get("lanjut"))
    return redirect(back) if g.me else _page(back)


def _page(back: str, *, problem: str = "") -> str:
    sealed = request.form.get("titipan", "")
    return render_template("auth/masuk.html", lanjut=back, titipan=sealed, terputus=bool(sealed), problem=problem)


@bp.post("/masuk")
@public
def enter() -> Response:
    """A session, or the page again with a sentence that does not say which of the two was wrong."""
    back = safe_back(request.form.get("lanjut"))
    try:
        token = accounts.sign_in(
            request.form.get("nama", "").replace("\0", ""),
            request.form.get("sandi", ""),
            now=now_ms(),
            source=sender(request.remote_addr),
        )
    except NotAllowed:
        problem = _("Nama pengguna atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.")
        return make_response(_page(back, problem=problem), 401)
    except SlowDown as locked:
        until = language.clock_time(locked.until)
        problem = _("Terlalu banyak percobaan. Untuk keamanan, masuk ditutup sampai pukul %(until)s.", until=until)
        return make_response(_page(back, problem=problem), 429)
    return _welcome(token, back)


def _welcome(token: str, back: str) -> Response:
    _restore(token, back)
    answer = redirect(back)
    _set(answer, COOKIE, token, accounts.SESSION_MS // 1000)
    return answer


def _restore(token: str, back: str) -> None:
    """What was typed before the session ended becomes the draft of that task, if it may be theirs."""
    typed = kept.opened(request.form.get("titipan", ""), back)
    task_id, me = task_of(back), accounts.session(token, now=now_ms())
    if typed and me is not None and back.partition("?")[0] == "/kasus/baru":
        entering.keep_typed(me.actor.account_id, typed, now=now_ms())
        flash(
            _("Sesi Anda tadi berakhir. Isian yang sudah Anda ketik ada di bawah; pilih lagi berkasnya, lalu simpan.")
        )
    if not typed or task_id is None or me is None:
        return
    try:
        verbs.save_draft(task_id, by=me.actor, answers=typed, now=now_ms())
    except OfficeError:
        flash(
            _("Isian Anda sebelum masuk tidak dapat dipulihkan: tugas ini bukan (atau bukan lagi) tugas Anda."), "error"
        )
    else:
        flash(_("Sesi Anda tadi berakhir. Isian yang sudah Anda ketik dipulihkan di bawah; periksa, lalu kirim lagi."))


def _set(answer: Response, name: str, value: str, seconds: int) -> None:
    office: Config = current_app.config["OFFICE"]
    answer.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax", secure=office.secure)


@bp.get("/masuk/sekali/<link>")
@public
def first_time(link: str) -> str | Response:
    """Where whoever got a one-time link chooses their password; the way on once it was used or ran out."""
    try:
        return _choosing(accounts.by_link(link, now=now_ms()), {})
    except NotFound:
        problem = _("Tautan ini sudah dipakai atau habis masanya. Masuk di sini, atau minta tautan baru.")
        return make_response(_page("/tugas", problem=problem), 404)


@bp.post("/masuk/sekali/<link>")
@public
def choose(link: str) -> Response:
    """Takes the chosen password and leads to the sign-in page."""
    given, again = request.form.get("sandi", ""), request.form.get("ulang", "")
    try:
        accounts.choose_password(link, given, again, now=now_ms())
    except FormInvalid as refused:
        return make_response(_choosing(accounts.by_link(link, now=now_ms()), refused.problems), 422)
    flash(_("Kata sandi Anda sudah dibuat. Silakan masuk."))
    return redirect("/masuk")


def _choosing(username: str, problems: Mapping[str, Sequence[Any]]) -> str:
    said = {name: [language.sentence(problem) for problem in found] for name, found in problems.items()}
    return render_template("auth/sekali.html", username=username, problems=said, shortest=accounts.SHORTEST)


@bp.post("/keluar")
@public
def leave() -> Response:
    """Ends the session here and in the database."""
    token = request.cookies.get(COOKIE, "")
    if token:
        accounts.sign_out(token)
    flash(_("Anda sudah keluar."))
    answer = redirect("/masuk")
    answer.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    offline.forget_at_sign_out(answer)
    return answer


@bp.post("/bahasa")
@public
def speak() -> Response:
    """Remembers the language: with the account, and in a cookie for whoever has none."""
    wish = request.form.get("language", "id")
    wish = wish if wish in language.LANGUAGES else "id"
    if g.me:
        accounts.speak(g.me.actor.account_id, wish)
    answer = redirect(landing(safe_back(request.form.get("next"), "/")))
    _set(answer, language.COOKIE, wish, 365 * 86_400)
    return answer
