"""What was typed when the session ended in mid-form: it travels sealed through the sign-in page, stored nowhere."""

from typing import Any

from flask import make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from engine import vault
from webui.back import safe_back
from webui.clock import now_ms
from webui.routes import landing
from webui.uploads import Body, drain

PLACE = "kept-form"
KEEP_MS = 12 * 3_600_000
NEVER = ("csrf_token", "sandi", "lama", "ulang", "sandi_penyedia", "pin")
"""The token, and every field that holds a secret: a password that is repeated, or the present one, is one too."""


def typed() -> dict[str, list[str]]:
    """What this request's form holds, without its token and secrets."""
    return {name: values for name, values in request.form.lists() if name not in NEVER}


def _words() -> dict[str, list[str]]:
    """The same of a form with large files, which a stranger's are not written to the disk for."""
    try:
        body = Body(request)
        for _file in body:
            pass
    except (CSRFError, HTTPException):
        drain(request)
        return {}
    return {name: values for name, values in body.fields.items() if name not in NEVER}


def sign_in_page(*, streams: bool = False) -> Response:
    """The sign-in page in answer to a form that came without a session, with the form inside.

    `streams`: the form may carry large files; its words alone are read. What another site sends in somebody's name is
    kept for nobody.
    """
    back = landing(request.path)
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return make_response(
            render_template("auth/masuk.html", lanjut=back, titipan="", terputus=True, problem=""), 401
        )
    words = _words() if streams and request.mimetype == "multipart/form-data" else typed()
    sealed = vault.seal({"to": back, "at": now_ms(), "typed": words}, PLACE)
    page = render_template("auth/masuk.html", lanjut=back, titipan=sealed, terputus=True, problem="")
    return make_response(page, 401)


def opened(sealed: str, back: str) -> dict[str, Any]:
    """The form that was kept for this address; empty when there is none, it is too old, or it was tampered with."""
    if not sealed:
        return {}
    try:
        found = vault.unseal(sealed, PLACE)
    except vault.Sealed:
        return {}
    fresh = 0 <= now_ms() - int(found["at"]) <= KEEP_MS and found["to"] == safe_back(back)
    return dict(found["typed"]) if fresh else {}
