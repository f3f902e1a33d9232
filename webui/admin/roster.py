"""The yearly roster, to enter: a whole year at once, in the form or from a table."""

from collections.abc import Mapping
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import roster as questions
from engine import verbs
from engine.commands.roster import Post, posts_of
from engine.errors import FormInvalid
from engine.offices import roster
from webui.admin.doing import whole_or_none
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, told, uploaded
from webui.roster import Table, table

LETTER = 200
Problems = Mapping[str, list[str]]


def _page(sent: Mapping[str, str] | None = None, problems: Problems | None = None, status: int = 200) -> Response:
    shown, organisation = table(), me().organisation_id
    wrong = dict(problems or {})
    html = render_template(
        "admin/roster.html",
        **around("petugas"),
        table=shown,
        warned=roster.warning(organisation, now_ms()),
        people=questions.people(organisation),
        typed=dict(sent or {}),
        problems=wrong,
        rows=[(name, words) for name, words in wrong.items() if name.startswith("baris-")],
        summary=_summary(shown, wrong),
    )
    return make_response(html, status)


def _summary(shown: Table, wrong: Problems) -> dict[str, tuple[str, list[str]]]:
    names = {f"orang-{one.office_id}": one.unit_name for one in shown.places}
    rows = {name: _("Baris %(n)s", n=name.partition("-")[2]) for name in wrong if name.startswith("baris-")}
    labels = {"year": _("Tahun"), "file": _("Berkas"), **names, **rows}
    return {f"p-{name}": (labels[name], words) for name, words in wrong.items() if name in labels}


@bp.get("/pengaturan/petugas")
@needs("admin")
def yearly() -> Response:
    """Who serves in a year, and the form for it."""
    return _page()


def _sent() -> dict[str, str]:
    names = [name for name in request.form if name.startswith(("orang-", "sk-")) or name in ("letter", "letter_date")]
    return {name: request.form[name].replace("\0", "").strip()[: LETTER + 1] for name in names}


def _again() -> Response:
    say_stale()
    return _page(_sent(), status=400)


@bp.post("/pengaturan/petugas")
@needs("admin")
@redraws(_again)
def enter_year() -> Response:
    """Appoints everyone chosen in the form; with problems it comes back, everything typed kept."""
    sent, shown = _sent(), table()
    posts = [_post(one.office_id, sent) for one in shown.places if sent.get(f"orang-{one.office_id}")]
    return _enter(shown, posts, sent)


def _post(office: int, sent: Mapping[str, str]) -> Post:
    person = whole_or_none(sent[f"orang-{office}"]) or 0
    letter = sent.get(f"sk-{office}") or sent.get("letter", "")
    return Post(f"orang-{office}", office, person, letter, sent.get("letter_date", ""))


def _enter(shown: Table, posts: list[Post], sent: Mapping[str, str]) -> Response:
    try:
        count = verbs.enter_roster(shown.year, posts, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return _page(sent, told(refused.problems), 422)
    flash(_("%(n)s penugasan tahun %(year)s dicatat; berakhir 31 Desember.", n=count, year=shown.year))
    return redirect(url_for("admin.yearly", tahun=shown.year))


@bp.post("/pengaturan/petugas/tabel")
@needs("admin")
@redraws(_again)
def enter_table() -> Response:
    """Appoints everyone in a CSV; when anything in it is wrong nothing is taken, and every row says why."""
    shown = table()
    try:
        lines = roster.read_table(uploaded("file"))
    except ValueError as wrong:
        return _page(None, {"file": [str(wrong)]}, 422)
    year = roster.year(me().organisation_id, shown.year)
    posts, unread = posts_of(me().organisation_id, year, lines, now_ms())
    if unread:
        problems: dict[str, Any] = told(unread)
        return _page(None, problems, 422)
    return _enter(shown, posts, {})
