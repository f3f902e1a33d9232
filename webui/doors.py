"""Who comes in: every endpoint asks for a signed-in person unless its view is marked `@public`."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.errors import NotAllowed
from engine.offices import accounts, policy
from engine.offices.accounts import SignedIn
from webui import kept
from webui.clock import now_ms

READING = frozenset({"GET", "HEAD", "OPTIONS"})
COOKIE = "masuk"
"""Holds the token of a staff session; public pages never read it for what they show."""

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Marks a view that anyone may see."""
    view.__dict__["public"] = True
    return view


def needs(*powers: str) -> Callable[[View], View]:
    """Marks a view for accounts with one of these powers (admin, auditor, designer)."""

    def mark(view: View) -> View:
        view.__dict__["needs"] = frozenset(powers)
        return view

    return mark


def takes(megabytes: int) -> Callable[[View], View]:
    """Marks a view that accepts bodies larger than a form, such as proofs."""

    def mark(view: View) -> View:
        view.__dict__["megabytes"] = megabytes
        return view

    return mark


def streams(view: View) -> View:
    """Marks a view that reads its body part by part and checks the form's token itself (see `uploads.Body`)."""
    view.__dict__["streams"] = True
    return view


def by_machine(view: View) -> View:
    """Marks a view that another program calls, known by its address: no form of ours, so no token of a form."""
    view.__dict__["by_machine"] = True
    return view


def by_itself(view: View) -> View:
    """Marks what a page asks for by itself, such as news: it does not keep an unused session alive."""
    view.__dict__["by_itself"] = True
    return view


def for_readers(view: View) -> View:
    """Marks a form that an auditor may send: about their own session or account, or a question to the worker."""
    view.__dict__["for_readers"] = True
    return view


def redraws(page: Callable[..., Any]) -> Callable[[View], View]:
    """Names what shows the page of a form again, with what was typed, when its token has grown old."""

    def mark(view: View) -> View:
        view.__dict__["redraws"] = page
        return view

    return mark


def marked(name: str, default: Any = None) -> Any:
    """A mark of the view that answers this request."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, name, default)


def me() -> SignedIn:
    """Who is signed in. Only for views that are not public."""
    found: SignedIn = g.me
    return found


def recognise() -> None:
    """Before every request: who comes with this cookie, if anyone."""
    token = request.cookies.get(COOKIE, "")
    g.me = accounts.session(token, now=now_ms(), active=not marked("by_itself")) if token else None


def guard() -> Response | None:
    """Before every request: deny by default."""
    if request.endpoint is None or marked("public", False):
        return None
    if g.me is None:
        return _to_sign_in()
    powers = marked("needs")
    if powers is not None and not powers & g.me.actor.powers:
        raise NotAllowed(request.endpoint, "Akun Anda tidak diberi wewenang untuk halaman ini.")
    if request.method not in READING and policy.READ_ONLY & g.me.actor.powers and not marked("for_readers", False):
        raise NotAllowed(request.endpoint, policy.ONLY_READS)
    return None


def _to_sign_in() -> Response | None:
    """To the sign-in page and back; what was typed into a form comes along, sealed."""
    if request.accept_mimetypes.best == "application/json" or request.headers.get("HX-Request"):
        abort(401)
    if request.method == "POST":
        return kept.sign_in_page(streams=marked("streams", False))
    back = request.full_path.rstrip("?") if request.method == "GET" else "/tugas"
    return redirect(url_for("auth.sign_in", lanjut=back))


def real_look() -> bool:
    """Whether a person looks at this page, and not their browser ahead of them."""
    purpose = f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}"
    return request.method == "GET" and "prefetch" not in purpose and "prerender" not in purpose
