"""Persetujuan: everything that waits for the agreement of an office of the signed-in person, in one place."""

from typing import NamedTuple

import orjson
from flask import Blueprint, g, render_template, request, url_for
from flask_babel import gettext as _

from db.queries import agreeing
from db.queries.agreeing import Waiting
from engine.diagrams import releases
from engine.errors import NotAllowed
from webui import language
from webui.coordinating.list_approvals import words_of
from webui.doors import me
from webui.frame import must_agree
from webui.numbers import whole

bp = Blueprint("agreeing", __name__)


def agreements() -> int | None:
    """How many proposals wait for the signed-in person; None for whom none can wait. Asked once a request."""
    if "agreements" not in g:
        mine = must_agree() if g.get("me") else None
        g.agreements = agreeing.count(me().organisation_id, list(mine.processes), mine.lists) if mine else None
    found: int | None = g.agreements
    return found


bp.add_app_template_global(agreements, "agreements")


class Line(NamedTuple):
    """A proposal in words, and where it is decided."""

    row: Waiting
    words: str
    place: str


def _line(row: Waiting) -> Line:
    if row.kind == "terbitan":
        release = must_agree().processes[row.about]
        name = language.say(releases.closure(*release).diagram.name) if release else row.about
        return Line(row, _("Terbitan baru: %(process)s", process=name), url_for("proposed.show", proposal=row.id))
    words = words_of(row.act, orjson.loads(row.facts))
    return Line(row, words, f"{url_for('list_approvals.index')}#usul-{row.id}")


@bp.get("/persetujuan")
def index() -> str:
    """What waits, the longest waiting first."""
    mine = must_agree()
    if not mine:
        raise NotAllowed("agreements", _("Halaman ini untuk jabatan yang mengesahkan terbitan atau menyetujui daftar."))
    number = max(1, request.args.get("halaman", 1, type=whole))
    rows, more = agreeing.page(me().organisation_id, list(mine.processes), mine.lists, number)
    lines = [_line(row) for row in rows]
    return render_template("agreeing.html", section="persetujuan", lines=lines, duty=mine, page=number, more=more)
