"""The public statistics: a year or a month of it, per agency and per subject, as tables with bars."""

from datetime import date

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from engine.publishing import public_figures
from forms import dates
from webui.clock import now_ms
from webui.doors import public
from webui.numbers import whole
from webui.publication import publishers
from webui.publication.published import around
from webui.publication.publishers import Publisher

bp = Blueprint("published_figures", __name__)


@bp.get("/aduan/statistik")
@public
def show() -> Response:
    """How the agencies answer."""
    publisher = publishers.chosen()
    if publisher is None:
        return make_response(render_template("published/none.html", section="aduan"))
    year, month = _asked(publisher)
    from_ms, until_ms = _span(year, month, publisher.zone)
    figures = public_figures.of(publisher.id, from_ms, until_ms, now_ms())
    context = {"publisher": publisher, "figures": figures, "year": year, "month": month}
    page = render_template("published/figures.html", **around(publisher), **context)
    return make_response(page)


def _asked(publisher: Publisher) -> tuple[int, int]:
    """The year and the month that are asked for (0: the whole year); of years only those with something published."""
    years = publisher.years
    newest = years[0] if years else dates.date_of(now_ms(), publisher.zone).year
    year = request.args.get("tahun", newest, type=whole)
    month = request.args.get("bulan", 0, type=whole)
    return (year if year in years else newest), (month if 1 <= month <= 12 else 0)


def _span(year: int, month: int, zone: str) -> tuple[int, int]:
    first = date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return dates.starts(first, zone), dates.starts(after, zone)
