"""The office's books on screen and on paper, and the papers of a case as PDF."""

import re
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from db.queries import papers as questions
from engine.commands import archive, printing
from engine.counters import year_in
from engine.errors import NotFound
from engine.offices import policy
from engine.papers import books, heading, prints
from engine.papers.prints import Offer
from webui.clock import now_ms
from webui.doors import me
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("agenda", __name__)


@bp.get("/agenda")
def index() -> AnyResponse:
    """The office's first book, this year."""
    organisation = books.may_read(me().actor, now_ms())
    first = next(iter(books.titles(organisation)), None)
    if first is None:
        raise NotFound("book")
    return redirect(url_for(".book", code=first, year=year_in(me().timezone, now_ms())))


@bp.get("/agenda/<code>/<int:year>")
def book(code: str, year: int) -> str:
    """A book of a year, the newest lines first, with what was searched for."""
    organisation = books.may_read(me().actor, now_ms())
    books.must_exist(organisation, code, year)
    words = request.args.get("cari", "").strip()[:100]
    page = request.args.get("halaman", 1, type=whole)
    return render_template(
        "agenda/buku.html",
        section="agenda",
        titles=books.titles(organisation),
        code=code,
        year=year,
        years=_years(organisation, code, year),
        words=words,
        archive=archive.enters(me().actor, now_ms()),
        leaf=books.leaf(organisation, code, year, page=page, words=words),
    )


def _years(organisation: int, code: str, year: int) -> list[int]:
    found = {*questions.years(organisation, code), year, year_in(me().timezone, now_ms())}
    return sorted(found, reverse=True)


@bp.get("/agenda/<code>/<int:year>.pdf")
def book_pdf(code: str, year: int) -> Response:
    """The whole book of a year; printing it seals the journal first."""
    organisation = books.may_read(me().actor, now_ms())
    printer = printing.Printer(organisation, me().person)
    content = printing.book(printer, code, year, now=now_ms())
    looked("printed", detail=f"buku-agenda {code} {year}")
    return pdf(content, f"buku-agenda-{code}-{year}.pdf")


@bp.get("/kasus/<int:case_id>/lembar/<kind>.pdf")
def paper(case_id: int, kind: str) -> AnyResponse:
    """A paper of a case, for those who may read its texts; where it is one per committee, `unit` says whose."""
    view = policy.view(me().actor, case_id, now_ms())
    if kind not in printing.KINDS or not view.texts:
        raise NotFound("paper", kind)
    unit = (request.args.get("unit") or request.args.get("bagian") or "")[:64]
    choices = [] if unit else [offer for offer in prints.offers(case_id) if offer.kind == kind]
    if len(choices) > 1:
        return _choose(case_id, choices)
    knows = view.identity or heading.names_senders(me().organisation_id)
    content = printing.case_paper(kind, case_id, unit=unit, base_url=_base_url(), now=now_ms(), addressed=knows)
    looked("printed", case_id=case_id, detail=f"{kind} {unit}".strip())
    return pdf(content, "-".join(part for part in (kind, str(case_id), unit) if part) + ".pdf")


def _choose(case_id: int, choices: list[Offer]) -> AnyResponse:
    page = render_template("agenda/pilih.html", section="kasus", case_id=case_id, choices=choices)
    return current_app.make_response(page)


@bp.get("/poster.pdf")
def poster() -> Response:
    """The poster of one's own office."""
    return pdf(printing.poster_of(me().organisation_id, _base_url()), "poster.pdf")


def _base_url() -> str:
    office: Any = current_app.config["OFFICE"]
    return str(office.base_url)


def pdf(content: bytes, name: str) -> Response:
    """A paper: shown in the browser, kept by nobody on the way."""
    answer = Response(content, mimetype="application/pdf")
    plain = re.sub(r"[^A-Za-z0-9._-]", "", name)  # a unit comes from the address
    answer.headers["Content-Disposition"] = f'inline; filename="{plain}"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
