"""The published list for other programs: CSV and JSON with the same filters, RSS, and how to read them."""

import hashlib
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from flask import Blueprint, current_app, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from werkzeug.wrappers import Response

from db.queries import published as questions
from db.queries.published import Item
from engine.errors import NotFound, SlowDown
from engine.offices import accounts
from webui import errors, language, spreadsheet
from webui.clock import now_ms
from webui.doors import public
from webui.proxies import sender
from webui.publication import publishers
from webui.publication.published import Line, standing, told
from webui.publication.publishers import Asked, Publisher

bp = Blueprint("published_data", __name__)

SECONDS = 60
MINUTE_MS = 60_000
"""As the page tells it: the second at which something was sent may tell, beside another log, who sent it."""
AT_ONCE = 100
WHOLE, RESTS_MS = 10, 600_000
"""So often one visitor takes the whole list before waiting; after so long without, it counts anew."""
TOO_OFTEN = errors.Words(
    later("Daftar lengkap terlalu sering diunduh"),
    later(
        "Jaringan Anda mengunduhnya berkali-kali dalam waktu singkat. Simpan berkas yang sudah ada,"
        " atau baca halaman demi halaman di /aduan.json."
    ),
)
FIELDS = {
    "id": later("alamat aduan: /aduan/<id>"),
    "judul": later("judul yang tayang"),
    "isi": later("isi yang tayang, tanpa identitas"),
    "jawaban": later("jawaban yang tayang, kosong bila belum ada atau hanya untuk pelapor"),
    "jenis": later("kritik, saran, gagasan atau keluhan"),
    "subyek": later("subyek pengaduan"),
    "skpd": later("SKPD atau UPT yang menangani"),
    "kelurahan": later("kelurahan tempat yang diadukan"),
    "keadaan": later("sedang ditangani, sudah dijawab, atau bagaimana ditutup"),
    "diterima": later("kapan diterima (ISO 8601)"),
    "tayang": later("kapan pertama tayang"),
    "dijanjikan": later("paling lambat dijawab menurut peraturan"),
    "dijawab": later("kapan dijawab, kosong bila belum"),
    "terlambat": later("ya atau tidak"),
    "dasar": later("pasal yang menetapkan batas waktunya"),
    "diralat": later("kapan terakhir diralat, kosong bila tidak pernah"),
}


def _asked() -> tuple[Publisher, Asked]:
    publisher = publishers.chosen()
    if publisher is None:
        raise NotFound("publication")
    return publisher, publishers.asked(publisher)


def _row(publisher: Publisher, item: Item) -> dict[str, str]:
    about = {name: publisher.name_of(column, getattr(item, column)) for name, column in _CODES.items()}
    return {
        "id": item.public_id,
        "judul": item.title,
        "isi": item.text,
        "jawaban": item.answer,
        **about,
        "keadaan": standing(item),
        "diterima": language.iso(item.received_ms // MINUTE_MS * MINUTE_MS),
        "tayang": language.iso(item.published_ms),
        "dijanjikan": language.iso(item.due_ms),
        "dijawab": language.iso(item.answered_ms),
        "terlambat": "ya" if item.is_late(now_ms()) else "tidak",
        "dasar": item.law,
        "diralat": language.iso(item.corrected_ms),
    }


_CODES = {"jenis": "kind", "subyek": "topic", "skpd": "unit", "kelurahan": "place"}


def _open(answer: Response, mark: str = "") -> Response:
    """Anyone may keep it for a minute and ask whether it has changed; other sites may read it."""
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if mark:
        answer.set_etag(hashlib.sha256(mark.encode()).hexdigest()[:24])
        answer.make_conditional(request)
    return answer


@bp.get("/aduan.json")
@public
def as_json() -> Response:
    """A page of a hundred; `berikutnya` is the address of the next one."""
    publisher, asked = _asked()
    items, more = questions.page(asked.ask, AT_ONCE)
    following = f"{_base()}/aduan.json{asked.next(items)}" if more else None
    body = {"instansi": publisher.name, "aduan": [_row(publisher, item) for item in items], "berikutnya": following}
    answer = jsonify(body)
    return _open(answer, answer.get_data(as_text=True))


def _base() -> str:
    return str(current_app.config["OFFICE"].base_url).rstrip("/")


@bp.get("/aduan.csv")
@public
def as_csv() -> Response:
    """All of them, streamed; no cell is a formula. Who takes it again and again waits."""
    publisher, asked = _asked()
    if (until := _waits(now_ms())) is not None:
        slow = SlowDown(until)
        return errors.waiting(errors.page(slow.status, TOO_OFTEN, errors.detail_of(slow)), until)

    def rows() -> Iterator[list[str]]:
        yield list(FIELDS)
        for item in questions.every(asked.ask):
            yield list(_row(publisher, item).values())

    return _open(spreadsheet.download("aduan.csv", rows()))


def _waits(now: int) -> int | None:
    """Until when this visitor waits for the whole list; None for one who may have it, which is counted."""
    whose = sender(request.remote_addr)
    taken = accounts.guarded("whole list", whose, now=now, free=WHOLE, forgives=False, forgets_ms=RESTS_MS)
    try:
        with taken:
            taken.wrong = True
    except SlowDown as slow:
        return slow.until
    return None


@bp.get("/aduan.rss")
@public
def as_rss() -> Response:
    """The newest, for readers of feeds."""
    publisher, asked = _asked()
    items, _more = questions.page(asked.ask)
    lines = told(publisher, items)
    body = render_feed(publisher, asked, lines)
    answer = make_response(body)
    answer.headers["Content-Type"] = "application/rss+xml; charset=utf-8"
    return _open(answer, body)


def render_feed(publisher: Publisher, asked: Asked, lines: list[Line]) -> str:
    """RSS 2.0."""
    title = escape(f"{_('Aduan yang ditayangkan')}: {publisher.name}")
    head = f"<title>{title}</title><link>{_base()}/aduan{escape(asked.link())}</link><description>{title}</description>"
    items = "".join(_entry(line) for line in lines)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{head}{items}</channel></rss>\n'


def _entry(line: Line) -> str:
    item = line.item
    said = "; ".join(part for part in (line.standing, line.late, line.unit) if part)
    address = f"{_base()}/aduan/{item.public_id}"
    return (
        f"<item><title>{_plain(item.title)}</title><link>{address}</link><guid>{address}</guid>"
        f"<pubDate>{_rfc822(item.published_ms)}</pubDate>"
        f"<description>{_plain(f'{said}. {item.text}')}</description></item>"
    )


def _plain(text: str) -> str:
    """Escaped, without the signs XML has no place for."""
    return escape(
        "".join(sign for sign in text if sign in "\t\n\r" or (ord(sign) >= 32 and ord(sign) not in (0xFFFE, 0xFFFF)))
    )


def _rfc822(ms: int) -> str:
    from email.utils import formatdate

    return formatdate(ms / 1000)


@bp.get("/aduan/data")
@public
def about() -> str:
    """What the open data say, field by field."""
    context: dict[str, Any] = {"fields": FIELDS, "most": AT_ONCE, "whole": WHOLE, "section": "aduan"}
    return render_template("published/data.html", **context)
