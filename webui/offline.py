"""The desk on one's own phone: installable, and readable while there is no connection. Off until a person asks for it.

What is kept is kept by the browser's worker (assets/src/luring.js); this module only says for whom it may: every page
of a person who asked for it on this device carries the mark of their session, and a page without the mark makes the
worker forget everything.
"""

import json
from typing import Any

from flask import Blueprint, Flask, Response, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from engine import vault
from engine.offices import policy
from webui import statics
from webui.config import Config
from webui.doors import COOKIE, public

bp = Blueprint("offline", __name__)

WISH = "luring"
"""The cookie of a device whose owner asked for it; holds the keyed mark of that person's account."""
HALF_A_YEAR_S = 180 * 86_400
MARK, KEEP = "X-Luring", "X-Luring-Simpan"
INK, PAGE = "#0a443a", "#f6f7f5"


def may_keep() -> bool:
    """Whether this person may ask for it at all: whoever acts in an office, never who only reads everything."""
    return bool(g.get("me")) and not policy.READ_ONLY & g.me.actor.powers


def kept_here() -> bool:
    """Whether the person who is signed in asked for it on this device."""
    given = request.cookies.get(WISH, "")
    return bool(given) and may_keep() and vault.same(given, _owner())


def _owner() -> str:
    return vault.mark("offline", str(g.me.actor.account_id))


def _session() -> str:
    """Another one for every session: what an earlier one kept is forgotten."""
    return vault.mark("offline session", request.cookies.get(COOKIE, ""))[:32]


@bp.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """What a phone needs to install the desk."""
    icons = [_icon("icon-192.png"), _icon("icon-512.png"), _icon("icon-maskable.png", "maskable")]
    told = {
        "id": "/tugas",
        "name": "Disposisi",
        "short_name": "Disposisi",
        "description": _("Meja kerja kantor"),
        "lang": "id",
        "start_url": "/tugas",
        "scope": "/",
        "display": "standalone",
        "theme_color": INK,
        "background_color": PAGE,
        "icons": icons,
    }
    return Response(json.dumps(told), mimetype="application/manifest+json")


def _icon(name: str, purpose: str = "any") -> dict[str, str]:
    size = "192x192" if "192" in name else "512x512"
    return {"src": statics.asset(name), "sizes": size, "type": "image/png", "purpose": purpose}


@bp.get("/luring.js")
@public
def worker() -> Response:
    """The worker of the whole site, asked for anew each time: an old one must not live on."""
    answer = statics.built("luring.js")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@bp.get("/luring")
@public
def page() -> str:
    """What is shown where nothing was kept; the worker keeps this page itself."""
    g.bare = True
    return render_template("offline.html", section="luring")


@bp.post("/akun/luring")
def wish() -> Answer:
    """Begins or ends keeping the desk on this device."""
    answer = redirect(url_for("own_account.account") + "#luring")
    if request.form.get("simpan") == "ya":
        office: Config = current_app.config["OFFICE"]
        answer.set_cookie(WISH, _owner(), max_age=HALF_A_YEAR_S, httponly=True, samesite="Lax", secure=office.secure)
        flash(_("Meja Anda disimpan di perangkat ini setiap kali Anda membukanya."))
    else:
        wipe(answer)
        flash(_("Perangkat ini tidak menyimpan apa-apa lagi."))
    return answer


def wipe(answer: Answer) -> None:
    """Makes the browser forget what it kept, and this device's wish with it."""
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    answer.delete_cookie(WISH, httponly=True, samesite="Lax")


def forget_at_sign_out(answer: Answer) -> None:
    """After a sign-out nothing of the office stays in the browser; the device's owner need not ask again."""
    kept = request.cookies.get(WISH)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"' if kept else '"cache"'


def _around() -> dict[str, Any]:
    return {"offline_mark": _session() if kept_here() else "", "may_keep_offline": may_keep()}


def register(app: Flask) -> None:
    """Marks every page of a person who asked for it, and tells the templates."""
    app.context_processor(_around)

    @app.after_request
    def mark(answer: Response) -> Response:
        if answer.mimetype == "text/html" and kept_here():
            answer.headers[MARK] = _session()
            answer.headers[KEEP] = "tidak" if g.get("off_the_phone") else "ya"
        return answer
