"""Accounts: opened, given powers, closed, signed out; links are shown once on the screen, to hand over."""

from collections.abc import Callable

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import staff
from engine import verbs
from engine.errors import FormInvalid, NotFound
from engine.offices.accounts import LINK_MS
from webui.admin.doing import carried, pressed
from webui.admin.people import one, own_person
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.config import Config
from webui.doors import me, needs, redraws
from webui.filled import say_stale, told, typed

FIELDS = ("username", "email")


def _sent() -> dict[str, str]:
    return typed(FIELDS) | {"powers": " ".join(_powers())}


def _powers() -> list[str]:
    return [power[:32] for power in request.form.getlist("powers")][:10]


def _again(person_id: int) -> Response:
    say_stale()
    return make_response(one(person_id, _sent()), 400)


@bp.post("/pengaturan/orang/<int:person_id>/akun")
@needs("admin")
@redraws(_again)
def add_account(person_id: int) -> Response:
    """Opens an account and shows the link by which its holder chooses the password."""
    own_person(person_id)
    sent = _sent()
    wanted = {"username": sent["username"], "email": sent["email"]}
    try:
        link = verbs.add_account(person_id, **wanted, powers=_powers(), by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return make_response(one(person_id, sent, told(refused.problems)), 422)
    return _shown(person_id, link)


def _shown(person_id: int, link: str) -> Response:
    """The link, once: it stands on this screen only, in no address of ours and in no log."""
    office: Config = current_app.config["OFFICE"]
    address = f"{office.base_url}/masuk/sekali/{link}"
    person = own_person(person_id)
    shown = render_template(
        "admin/link.html", **around("orang"), person=person, address=address, until=now_ms() + LINK_MS
    )
    return make_response(shown)


def _whose(account_id: int) -> int:
    person = staff.person_of(me().organisation_id, account_id)
    if person is None:
        raise NotFound("account", account_id)
    return person


def _account_again(account_id: int) -> Response:
    return _again(_whose(account_id))


@bp.post("/pengaturan/akun/<int:account_id>")
@needs("admin")
@redraws(_account_again)
def change_account(account_id: int) -> Response:
    """New powers or address."""
    person, sent = _whose(account_id), _sent()
    return carried(
        lambda: verbs.change_account(account_id, powers=_powers(), email=sent["email"], by=me().actor, now=now_ms()),
        _("Akun disimpan."),
        url_for("admin.person", person_id=person),
        lambda problems: one(person, sent, problems),
    )


@bp.post("/pengaturan/akun/<int:account_id>/tautan")
@needs("admin")
def issue_link(account_id: int) -> Response:
    """A link to choose a new password; the old one works until it is used."""
    return _linked(account_id, verbs.issue_link)


@bp.post("/pengaturan/akun/<int:account_id>/aktifkan")
@needs("admin")
def open_account(account_id: int) -> Response:
    """A closed account works again, by a link."""
    return _linked(account_id, verbs.open_account)


def _linked(account_id: int, verb: Callable[..., str]) -> Response:
    person = _whose(account_id)
    try:
        return _shown(person, verb(account_id, by=me().actor, now=now_ms()))
    except FormInvalid as refused:
        for sentences in told(refused.problems).values():
            flash(" ".join(sentences), "error")
        return redirect(url_for("admin.person", person_id=person))


@bp.post("/pengaturan/akun/<int:account_id>/nonaktifkan")
@needs("admin")
def close_account(account_id: int) -> Response:
    """Nobody signs in with it any more."""
    return pressed(
        lambda: verbs.close_account(account_id, by=me().actor, now=now_ms()),
        _("Akun dinonaktifkan: sesinya berakhir, tugas yang diambilnya dapat diambil rekannya."),
        url_for("admin.person", person_id=_whose(account_id)),
    )


@bp.post("/pengaturan/akun/<int:account_id>/keluarkan")
@needs("admin")
def sign_out_everywhere(account_id: int) -> Response:
    """Ends every session of an account now."""
    return pressed(
        lambda: verbs.sign_out_everywhere(account_id, by=me().actor, now=now_ms()),
        _("Semua sesinya diakhiri."),
        url_for("admin.person", person_id=_whose(account_id)),
    )
