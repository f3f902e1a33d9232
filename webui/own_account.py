"""`/akun`: one's own account: mail address, mails, language, password, where one is signed in."""

from dataclasses import dataclass, field

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import own_account as questions
from engine.commands import own_account as verbs
from engine.errors import FormInvalid, SlowDown
from engine.offices import accounts
from webui import language
from webui.clock import now_ms
from webui.doors import COOKIE, for_readers, me, redraws

bp = Blueprint("own_account", __name__)


@dataclass
class Typed:
    """What stands in the form of the address, and what is wrong in any of the forms."""

    email: str
    mails: bool
    language: str
    problems: dict[str, list[str]] = field(default_factory=dict)


@bp.get("/akun")
def account() -> str:
    """Everything about it on one page."""
    return _page(_kept())


def _kept() -> Typed:
    email, mails = questions.mail_of(me().actor.account_id)
    return Typed(email, mails, me().language)


def _page(typed: Typed) -> str:
    found = accounts.open_sessions(me().actor.account_id, token=_token(), now=now_ms())
    return render_template(
        "auth/akun.html",
        section="akun",
        typed=typed,
        sessions=found,
        problems=typed.problems,
        shortest=accounts.SHORTEST,
    )


def _token() -> str:
    return request.cookies.get(COOKIE, "")


def _typed() -> Typed:
    email = request.form.get("surel", "").replace("\0", "").strip()[:300]
    wish = request.form.get("bahasa", "id")
    return Typed(email, request.form.get("surel_dikirim") == "ya", wish if wish in language.LANGUAGES else "id")


def _again() -> Response:
    """The page once more with what was typed, when its token grew old."""
    flash(_("Halaman ini terlalu lama terbuka. Isian Anda masih ada; periksa, lalu kirim sekali lagi."), "error")
    return make_response(_page(_typed()), 400)


@bp.post("/akun")
@for_readers
@for_readers
@redraws(_again)
def change() -> Response:
    """Saves address, mails and language."""
    typed = _typed()
    try:
        verbs.change_own(typed.email, typed.mails, typed.language, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return _wrong(typed, refused)
    flash(_("Akun Anda disimpan."))
    return redirect(url_for("own_account.account"))


def _wrong(typed: Typed, refused: FormInvalid) -> Response:
    typed.problems = {
        name: [language.sentence(problem) for problem in found] for name, found in refused.problems.items()
    }
    return make_response(_page(typed), 422)


def _again_empty() -> Response:
    flash(_("Halaman ini terlalu lama terbuka. Ketik kata sandi sekali lagi."), "error")
    return make_response(_page(_kept()), 400)


@bp.post("/akun/sandi")
@for_readers
@for_readers
@redraws(_again_empty)
def change_password() -> Response:
    """A new password for whoever knows the old one."""
    given = [request.form.get(name, "") for name in ("lama", "sandi", "ulang")]
    try:
        verbs.change_password(*given, token=_token(), by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return _wrong(_kept(), refused)
    except SlowDown as locked:
        typed, until = _kept(), language.clock_time(locked.until)
        typed.problems = {"lama": [str(_("Terlalu banyak percobaan. Coba lagi pukul %(until)s.", until=until))]}
        return make_response(_page(typed), 429)
    flash(_("Kata sandi Anda diganti. Di peramban lain Anda sudah keluar."))
    return redirect(url_for("own_account.account"))


@bp.post("/akun/keluar-semua")
@for_readers
@for_readers
def leave_everywhere() -> Response:
    """Signs out at every other browser."""
    ended = verbs.sign_out_everywhere(token=_token(), by=me().actor, now=now_ms())
    flash(_("Anda keluar di semua peramban lain.") if ended else _("Anda hanya masuk di peramban ini."))
    return redirect(url_for("own_account.account"))
