"""The letterhead: its lines, place and logo, looked at on a sample before it is in force."""

from collections.abc import Mapping
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import letterheads, verbs
from engine.errors import FormInvalid, NotFound
from engine.offices import settings
from engine.papers import heading
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws, takes
from webui.filled import say_stale, told, uploaded

FIELDS = tuple(letterheads.LINES)


@bp.get("/pengaturan/kop-surat")
@needs("admin")
def letterhead() -> str:
    """The letterhead in force, to be changed and looked at."""
    body = settings.setting(me().organisation_id, "letterhead") or {}
    return _page({name: _lines(body.get(name, "")) for name in FIELDS}, {})


def _lines(value: Any) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _page(typed: Mapping[str, str], problems: Mapping[str, list[str]]) -> str:
    labels = {
        "lines": _("Baris kop"),
        "address": _("Alamat"),
        "place": _("Tempat"),
        "signature": _("Di atas nama jabatan penanda tangan"),
        "logo": _("Logo"),
    }
    return render_template(
        "admin/letterhead.html",
        **around("kop-surat"),
        typed=typed,
        problems=problems,
        labels=labels,
        summary={f"p-{name}": (labels[name], problems[name]) for name in labels if name in problems},
        has_logo=bool((settings.setting(me().organisation_id, "letterhead") or {}).get("logo")),
    )


@bp.get("/pengaturan/kop-surat/logo.png")
@needs("admin")
def logo() -> Response:
    """The logo in force; NotFound where there is none."""
    found = heading.letterhead(me().organisation_id, "").logo
    if found is None:
        raise NotFound("logo")
    return _sent(found, "image/png")


def _sent(body: bytes, media_type: str) -> Response:
    answer = make_response(body)
    answer.headers["Content-Type"] = media_type
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "").replace("\0", "").strip()[:2000] for name in FIELDS}


def _again() -> Response:
    say_stale()
    return make_response(_page(_typed(), {}), 400)


@bp.post("/pengaturan/kop-surat")
@needs("admin")
@takes(9)
@redraws(_again)
def decide_letterhead() -> Response:
    """Shows a sample, or puts the letterhead in force; with problems the page comes back, everything typed kept."""
    typed, asked = _typed(), request.form.get("ubah", "")
    picture = uploaded("logo")
    try:
        if asked in letterheads.SAMPLES:
            return _sent(_sample(asked, typed, picture), "application/pdf")
        keep = not request.form.get("tanpa_logo")
        verbs.decide_letterhead(typed, picture=picture, keep_logo=keep, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return make_response(_page(typed, told(refused.problems)), 422)
    flash(_("Kop surat disimpan. Kertas yang dicetak sesudah ini memakainya."))
    return redirect(url_for("admin.letterhead"))


def _sample(kind: str, typed: Mapping[str, str], picture: bytes | None) -> bytes:
    body, name = letterheads.read(typed), me().organisation
    kept = None if request.form.get("tanpa_logo") else heading.letterhead(me().organisation_id, name).logo
    return letterheads.sample(kind, body, name, letterheads.logo(picture) if picture else kept)
