"""What the public reads: the list of published complaints, one of them with its photos, each also when it is late."""

import hashlib
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, g, make_response, render_template, request, send_file, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import published as questions
from db.queries import published_ids
from db.queries.published import Item
from engine.clocks.worktime import Calendar
from engine.errors import NotFound
from engine.offices import settings
from engine.publishing.following import AGAIN
from engine.publishing.publications import may_change
from webui import language
from webui.clock import now_ms
from webui.doors import public
from webui.frame import seats
from webui.law import late_by, with_article
from webui.publication import publishers
from webui.publication.publishers import Asked, Publisher
from webui.uploads import store

bp = Blueprint("published", __name__)
bp.add_app_template_global(publishers.anyone, "anyone_publishes")

STATES = ("ditangani", "dijawab", "ditutup", "telat")


@dataclass(frozen=True)
class Line:
    """A publication as its page says it."""

    item: Item
    topic: str
    unit: str
    place: str
    kind: str
    standing: str
    late: str  # "" where it is in time


@bp.get("/aduan")
@public
def index() -> Response:
    """The list: filtered, searched, a page at a time."""
    publisher = publishers.chosen()
    if publisher is None:
        return make_response(render_template("published/none.html", section="aduan"))
    asked = publishers.asked(publisher)
    items, more, count = questions.counted(asked.ask)
    lines = told(publisher, items)
    context = {"publisher": publisher, "asked": asked, "lines": lines, "more": asked.next(items) if more else None}
    context |= {"count": count, "most": published_ids.most(asked.ask), "states": state_names()}
    return _kept(render_template("published/index.html", **around(publisher), **context), _mark(asked, lines))


def around(publisher: Publisher) -> dict[str, Any]:
    """What stands around every page of the published."""
    return {"section": "aduan", "organisation": publisher.name, "publishers": publishers.every()}


def state_names() -> dict[str, str]:
    """What the states are called in a filter."""
    words = (_("Sedang ditangani"), _("Sudah dijawab"), _("Ditutup tanpa jawaban"), _("Terlambat"))
    return {code: str(word) for code, word in zip(STATES, words, strict=True)}


def told(publisher: Publisher, items: list[Item]) -> list[Line]:
    """Publications in words, by the lists and the calendar of who publishes them."""
    now, calendar = now_ms(), settings.calendar(publisher.id)
    return [_line(publisher, item, now, calendar) for item in items]


def _line(publisher: Publisher, item: Item, now: int, calendar: Calendar) -> Line:
    return Line(
        item,
        publisher.name_of("topic", item.topic),
        publisher.name_of("unit", item.unit),
        publisher.name_of("place", item.place),
        publisher.name_of("kind", item.kind),
        standing(item),
        late_words(item, now, calendar),
    )


def standing(item: Item) -> str:
    """Where it stands, in plain words."""
    if item.progress == "dijawab":
        return str(_("Sudah dijawab; dibuka kembali")) if item.outcome == AGAIN else str(_("Sudah dijawab"))
    if item.progress == "ditutup":
        return language.say(item.outcome) or str(_("Ditutup"))
    return str(_("Sedang ditangani"))


def late_words(item: Item, now: int, calendar: Calendar) -> str:
    """As "terlambat 2 hari kerja, Perwali 14/2016 Pasal 8 ayat (2)"; "" in time."""
    if not item.is_late(now):
        return ""
    return with_article(late_by(item.due_ms, item.answered_ms or now, calendar), item.law)


def _mark(asked: Asked, lines: list[Line]) -> str:
    return repr([(line.item.id, line.item.changed_ms, line.late) for line in lines]) + repr(asked.typed)


def _kept(page: str, mark: str) -> Response:
    """A page the browser may keep and ask about again; for those signed in, nothing is kept."""
    answer = make_response(page)
    if g.get("me") is None:
        who = f"{session.get('csrf_token', '')}{language.chosen()}{request.full_path}"
        answer.set_etag(hashlib.sha256(f"{mark}{who}{len(page)}".encode()).hexdigest()[:24], weak=True)
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.make_conditional(request)
    return answer


@bp.get("/aduan/<public_id>")
@public
def show(public_id: str) -> Response:
    """One of them; what was withdrawn is said to be, without its text."""
    item, publisher = find(public_id)
    if item.state == "ditarik":
        return make_response(render_template("published/gone.html", item=item, **around(publisher)), 410)
    (line,) = told(publisher, [item])
    photos = questions.shown_photos(public_id)
    context = {"line": line, "item": item, "photos": photos, "publisher": publisher, "tools": _tools(item)}
    mark = f"{item.id}{item.changed_ms}{line.late}{len(photos)}"
    return _kept(render_template("published/show.html", **around(publisher), **context), mark)


def find(public_id: str) -> tuple[Item, Publisher]:
    """A publication by its address and who publishes it; raises NotFound."""
    item = questions.one(public_id[:16])
    publisher = publishers.by_id(item.organisation_id) if item else None
    if item is None or publisher is None:
        raise NotFound("publication", public_id)
    return item, publisher


def _tools(item: Item) -> frozenset[str]:
    """What the signed-in person may do about it: nothing for the public."""
    if g.get("me") is None:
        return frozenset()
    return may_change(seats(), item.organisation_id)


@bp.get("/aduan/<public_id>/foto/<int:place>")
@public
def photo(public_id: str, place: int) -> Response:
    """A painted photo by its place; the original has no public address."""
    found = questions.shown_photos(public_id[:16])
    if not 1 <= place <= len(found):
        raise NotFound("photo", place)
    path = store().path_of(found[place - 1].content_hash)
    if not path.exists():
        abort(404)
    answer: Any = send_file(path, mimetype="image/jpeg", etag=found[place - 1].content_hash, max_age=300)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer.headers["Cache-Control"] = "public, max-age=300"
    answer.make_conditional(request)
    return answer  # type: ignore[no-any-return]  # send_file's own Response
