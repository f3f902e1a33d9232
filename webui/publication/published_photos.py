"""Choosing photos to be seen and painting over what shows people: with a pointer, or by numbers without scripts."""

from collections.abc import Sequence
from typing import Any

import orjson
from flask import Blueprint, flash, make_response, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import cases as questions
from db.queries import published
from db.queries.cases import Head, Proof
from engine.commands import photos as verbs
from engine.errors import FormInvalid, NotAllowed, NotFound
from engine.publishing import publications
from webui.clock import now_ms
from webui.desk.cases import SANDBOX, find
from webui.doors import me
from webui.frame import seats
from webui.uploads import store

bp = Blueprint("published_photos", __name__)
SIDES = ("x", "y", "w", "h")
SPARE = 4


def _case(case_id: int) -> Head:
    """A case of which this person decides what is seen; raises NotFound, NotAllowed."""
    head, view = find(case_id)
    if not view.texts:
        raise NotFound("case", case_id)
    if not publications.may_change(seats(), head.organisation_id):
        raise NotAllowed("photo", _("Jabatan Anda tidak berwenang memilih foto yang tayang."))
    return head


def _photos(case_id: int) -> list[Proof]:
    return [one for one in questions.proofs(case_id) if one.kind == "photo" and one.state == "clean"]


@bp.get("/kasus/<int:case_id>/foto-tayang")
def index(case_id: int) -> str:
    """Every photo of a case: chosen or not, as the public sees it."""
    head = _case(case_id)
    chosen = {photo.attachment: photo for photo in published.photos(case_id)}
    context = {"head": head, "photos": _photos(case_id), "chosen": chosen}
    return render_template("published/photos.html", section="kasus", **context)


@bp.get("/kasus/<int:case_id>/foto-tayang/<int:photo>")
def show(case_id: int, photo: int) -> Response:
    """One photo with its boxes."""
    head = _case(case_id)
    chosen = next((one for one in published.photos(case_id) if one.attachment == photo), None)
    boxes = orjson.loads(chosen.boxes) if chosen else []
    return _page(head, photo, [[str(side) for side in box] for box in boxes])


def _page(
    head: Head, photo: int, rows: Sequence[Sequence[str]], problems: Sequence[Any] = (), status: int = 200
) -> Response:
    found = next((one for one in _photos(head.id) if one.id == photo), None)
    if found is None:
        raise NotFound("attachment", photo)
    context: dict[str, Any] = {"head": head, "photo": found, "rows": [*rows, *[[""] * 4] * SPARE], "problems": problems}
    context |= {"sides": SIDES, "nothing": bool(request.form.get("nothing"))}
    return make_response(render_template("published/photo.html", section="kasus", **context), status)


@bp.post("/kasus/<int:case_id>/foto-tayang/<int:photo>")
def choose(case_id: int, photo: int) -> Response:
    """Lets it be seen, painted over; boxes that cannot be are sent back as they were typed."""
    head = _case(case_id)
    rows = list(zip(*(request.form.getlist(side)[:200] for side in SIDES), strict=False))
    try:
        boxes = verbs.boxes_of(rows)
        nothing = bool(request.form.get("nothing"))
        verbs.choose(case_id, photo, boxes, store(), by=me().actor, now=now_ms(), nothing=nothing)
    except FormInvalid as bad:
        return _page(head, photo, [row for row in rows if any(row)], bad.problems["boxes"], 422)
    flash(_("Foto ini ikut tayang seperti terlihat di sini."))
    return redirect(url_for("published_photos.index", case_id=case_id))


@bp.post("/kasus/<int:case_id>/foto-tayang/<int:photo>/sembunyikan")
def hide(case_id: int, photo: int) -> Response:
    """Takes it off the site."""
    _case(case_id)
    verbs.hide(case_id, photo, by=me().actor, now=now_ms())
    flash(_("Foto itu tidak tayang."))
    return redirect(url_for("published_photos.index", case_id=case_id))


@bp.get("/kasus/<int:case_id>/foto-tayang/<int:photo>/hasil")
def painted(case_id: int, photo: int) -> Response:
    """The painted copy, before it is public."""
    _case(case_id)
    found = next((one for one in published.photos(case_id) if one.attachment == photo), None)
    path = store().path_of(found.content_hash) if found else None
    if path is None or not path.exists():
        raise NotFound("attachment", photo)
    answer: Any = send_file(path, mimetype="image/jpeg")
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[no-any-return]  # send_file's own Response
