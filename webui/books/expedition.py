"""The buku ekspedisi on screen and on paper: what was handed out, who took it in."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from db.queries import expedition
from engine.commands import expedition as verbs
from engine.counters import year_in
from engine.errors import Conflict, FormInvalid, NotFound
from engine.offices.policy import SECRET
from engine.papers import books
from engine.papers import expedition as papers
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.doors import me
from webui.filled import told, typed
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("expedition", __name__)


@bp.get("/ekspedisi")
def index() -> Answer:
    """The book of this year."""
    books.may_read(me().actor, now_ms())
    return redirect(url_for(".book", year=year_in(me().timezone, now_ms())))


@bp.get("/ekspedisi/<int:year>")
def book(year: int) -> Answer:
    """A year's lines, the newest first; those still to be signed for on wish."""
    return _book(year)


def _book(year: int, *, wrong: int = 0, problem: str = "", name: str = "", status: int = 200) -> Answer:
    organisation, now = books.may_read(me().actor, now_ms()), now_ms()
    if not 1945 <= year <= 9999:
        raise NotFound("book", year)
    waiting = request.args.get("bagian") == "belum"
    number = max(1, request.args.get("halaman", 1, type=whole))
    rows, more = expedition.page(organisation, year, waiting=waiting, number=number)
    html = render_template(
        "agenda/ekspedisi.html",
        section="agenda",
        year=year,
        years=sorted({*expedition.years(organisation), year, year_in(me().timezone, now)}, reverse=True),
        rows=[(row, papers.written(organisation, row, me().timezone), row.secrecy in SECRET) for row in rows],
        waiting=waiting,
        page=number,
        more=more,
        wrong=wrong,
        problem=problem,
        name=name,
    )
    return make_response(html, status)


@bp.post("/ekspedisi/<int:year>/<int:delivery>/terima")
def receive(year: int, delivery: int) -> Answer:
    """Writes down who signed for it on paper."""
    written = typed(("receiver",))
    try:
        verbs.receive_on_paper(delivery, written["receiver"], by=me().actor, now=now_ms())
    except FormInvalid as bad:
        problem = told(bad.problems)["receiver"][0]
        return _book(year, wrong=delivery, problem=problem, name=written["receiver"], status=422)
    except Conflict:
        flash(_("Kiriman ini sudah diterima."), "error")
        return redirect(url_for(".book", year=year))
    flash(_("Penerimaan dicatat."))
    return redirect(url_for(".book", year=year, bagian="belum"))


@bp.get("/ekspedisi/<int:year>.pdf")
def book_pdf(year: int) -> Response:
    """The whole book of a year."""
    organisation = books.may_read(me().actor, now_ms())
    content = papers.draw(organisation, year, printed_by=me().person, now=now_ms())
    looked("printed", detail=f"buku-ekspedisi {year}")
    return pdf(content, f"buku-ekspedisi-{year}.pdf")
