"""Persetujuan daftar: changes of subjects and other lists that the office named for them must agree to."""

from typing import Any, NamedTuple

import orjson
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from werkzeug.wrappers import Response

from db.queries import list_changes
from db.queries.list_changes import Change
from engine import verbs
from engine.errors import Conflict, FormInvalid, NotAllowed
from engine.offices import approvals, settings
from webui import language
from webui.clock import now_ms
from webui.doors import me, redraws
from webui.filled import say_stale, told, typed
from webui.frame import seats
from webui.numbers import whole

bp = Blueprint("list_approvals", __name__)

CLOSED = later("Halaman ini untuk administrator dan jabatan yang menyetujui perubahan daftar.")


def approves_lists() -> bool:
    """Whether an office of the signed-in person must agree to changes of some list."""
    roles = set(settings.setting(me().organisation_id, "approved_lists").values())
    return any(seat.role in roles for seat in seats() if seat.organisation_id == me().organisation_id)


bp.add_app_template_global(approves_lists, "approves_lists")


class Line(NamedTuple):
    """A change in words."""

    row: Change
    facts: dict[str, Any]
    words: str
    mine: bool  # this person may decide it


def _may() -> None:
    if not ({"admin", "auditor"} & me().actor.powers or approves_lists()):
        raise NotAllowed("list_changes", str(CLOSED))


def words_of(act: str, facts: dict[str, Any]) -> str:
    """A change of a list in a few words."""
    named = {"before": facts.get("before", ""), "label": facts.get("label", "")}
    words = {
        "tambah": _("Tambah “%(label)s”", **named),
        "ubah": _("Ubah “%(before)s” menjadi “%(label)s”", **named),
        "pakai": _("Pakai lagi “%(before)s”", **named) if facts.get("active") else _("Hentikan “%(before)s”", **named),
        "urut": _("Naikkan “%(before)s”", **named)
        if facts.get("places", 0) < 0
        else _("Turunkan “%(before)s”", **named),
    }
    return str(words[act])


def _line(row: Change) -> Line:
    facts = orjson.loads(row.facts)
    mine = approvals.seat_for(me().organisation_id, row.list, seats()) is not None
    return Line(row, facts, words_of(row.act, facts), mine and row.state == "diajukan")


def _page(
    wrong: int = 0, problems: dict[str, list[str]] | None = None, reason: str = "", status: int = 200
) -> Response:
    _may()
    number = max(1, request.args.get("halaman", 1, type=whole))
    rows, more = list_changes.page(me().organisation_id, number)
    html = render_template(
        "list_approvals.html",
        section="pengaturan" if "admin" in me().actor.powers else "persetujuan",
        lines=[_line(row) for row in rows],
        page=number,
        more=more,
        wrong=wrong,
        problems=problems or {},
        reason=reason,
        admin="admin" in me().actor.powers,
    )
    return make_response(html, status)


@bp.get("/persetujuan/daftar")
def index() -> Response:
    """What waits, and what became of the others."""
    return _page()


def _again(proposal: int) -> Response:
    say_stale()
    return _page(proposal, reason=typed(("reason",), 501)["reason"], status=400)


@bp.post("/persetujuan/daftar/<int:proposal>")
@redraws(_again)
def decide(proposal: int) -> Response:
    """Agrees, refuses with a reason, or takes back."""
    asked, reason = request.form.get("putusan", ""), typed(("reason",), 501)["reason"]
    try:
        if asked == "cabut":
            verbs.withdraw_list_change(proposal, by=me().actor, now=now_ms())
        else:
            verbs.decide_list_change(proposal, asked == "setuju", reason=reason, by=me().actor, now=now_ms())
    except Conflict as late:
        flash(language.say(str(late)), "error")
    except FormInvalid as refused:
        return _page(proposal, told(refused.problems), reason, 422)
    else:
        said = {"setuju": _("Disetujui; daftar sudah berubah."), "cabut": _("Usul dicabut.")}
        flash(said.get(asked) or _("Usul ditolak; pengusulnya diberi tahu."))
    return redirect(url_for("list_approvals.index"))
