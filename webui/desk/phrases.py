"""Response templates: written by those who hold an office, offered at the text fields of their tasks."""

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import phrases as asked
from db.queries.cases import Head, Task
from engine import verbs
from engine.diagrams import releases
from engine.errors import FormInvalid, NotFound
from engine.offices import phrases, standing
from engine.offices.phrases import BLANKS
from engine.offices.policy import View
from webui import language
from webui.clock import now_ms
from webui.doors import me
from webui.frame import seats
from webui.numbers import whole

bp = Blueprint("phrases", __name__)


@dataclass(frozen=True)
class Offered:
    """A template as it is offered at a task: its blanks filled."""

    id: int
    title: str
    text: str


def offered(row: Task, head: Head, view: View) -> list[Offered]:
    """What may be put into the text fields of this task."""
    known = standing.kept(view.stamp, asked.in_use, head.organisation_id)
    fit = [one for one in known if one.office in (None, row.office_id) and one.form in ("", row.form)]
    values = {
        "nomor": head.number,
        "perihal": head.subject,
        "diterima": language.day(head.received_ms),
        "tanggal": language.day(now_ms()),
    }
    return [Offered(one.id, one.title, phrases.filled(one.body, values)) for one in fit]


@bp.get("/templat")
def index() -> Response:
    """The templates of one's offices and everyone's, and writing a new one."""
    return _page()


def _page(*, typed: dict[str, str] | None = None, refused: FormInvalid | None = None) -> Response:
    own, page = _own(), max(1, request.args.get("halaman", 1, type=whole))
    rows, more = asked.listed(me().organisation_id, [key for key, _name in own if key], page)
    facts = {"rows": rows, "more": more, "page": page, "own": own, "forms": _forms(), "blanks": BLANKS}
    problems = _sentences(refused)
    html = render_template("phrases/index.html", section="tugas", typed=typed or {}, problems=problems, **facts)
    return make_response(html, 422 if refused else 200)


def _own() -> list[tuple[int, str]]:
    """For whom this person may write: offices they hold; 0 is everyone, for the administrator."""
    mine = [(seat.office_id, seat.name) for seat in seats() if seat.organisation_id == me().organisation_id]
    everyone = [(0, str(_("Semua jabatan")))] if "admin" in me().actor.powers else []
    return list(dict.fromkeys(mine)) + everyone


def _forms() -> list[tuple[str, str]]:
    """The forms with room for a text, by the name of their step; where two are called alike, with whose it is."""
    found: dict[str, tuple[str, str]] = {}
    for release, fingerprint in asked.releases(me().organisation_id):
        closure = releases.closure(release, fingerprint)
        for element in closure.diagram.elements.values():
            screen = closure.screens.get(element.form_key or "")
            if screen and any(asking.kind == "textarea" for asking in screen.fields.values()):
                lane = closure.diagram.lanes.get(element.lane or "", "")
                found.setdefault(element.form_key or "", (language.say(element.name), language.say(lane)))
    names = Counter(name for name, _lane in found.values())
    told = {key: f"{name} ({lane})" if lane and names[name] > 1 else name for key, (name, lane) in found.items()}
    return sorted(told.items(), key=lambda pair: pair[1])


def _sentences(refused: FormInvalid | None) -> dict[str, list[str]]:
    problems = refused.problems if refused else {}
    return {name: [language.sentence(problem) for problem in found] for name, found in problems.items()}


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in ("judul", "isi", "formulir", "jabatan", "dipakai")}


def _wording(typed: dict[str, str], *, active: bool = True) -> verbs.Wording:
    known = dict(_forms())
    form = typed["formulir"] if typed["formulir"] in known else ""
    return verbs.Wording(typed["judul"].strip(), typed["isi"].strip(), form, active)


@bp.post("/templat")
def add() -> Response:
    """Writes a new template."""
    typed = _typed()
    office = request.form.get("jabatan", -1, type=whole)
    try:
        verbs.add_phrase(_wording(typed), office=office or None, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return _page(typed=typed, refused=refused)
    flash(_("Templat disimpan."))
    return redirect(url_for("phrases.index"))


@bp.get("/templat/<int:phrase_id>")
def show(phrase_id: int) -> Response:
    """One template, to be changed."""
    return _one(phrase_id)


def _one(phrase_id: int, *, typed: dict[str, str] | None = None, refused: FormInvalid | None = None) -> Response:
    found = _find(phrase_id)
    was = {"judul": found.title, "isi": found.body, "formulir": found.form, "dipakai": "ya" if found.active else ""}
    facts = {"phrase": found, "typed": typed or was, "forms": _forms(), "blanks": BLANKS}
    html = render_template("phrases/show.html", section="tugas", problems=_sentences(refused), **facts)
    return make_response(html, 422 if refused else 200)


def _find(phrase_id: int) -> asked.Phrase:
    """A template this person may change; raises NotFound."""
    found, mine = asked.one(phrase_id), {key for key, _name in _own()}
    if found is None or found.organisation_id != me().organisation_id or (found.office or 0) not in mine:
        raise NotFound("phrase", phrase_id)
    return found


@bp.post("/templat/<int:phrase_id>")
def change(phrase_id: int) -> Response:
    """Other words for it, or out of use."""
    _find(phrase_id)
    typed = _typed()
    wording = _wording(typed, active=typed["dipakai"] == "ya")
    try:
        verbs.change_phrase(phrase_id, wording, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return _one(phrase_id, typed=typed, refused=refused)
    flash(_("Templat disimpan."))
    return redirect(url_for("phrases.index"))
