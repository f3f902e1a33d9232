"""Penugasan tahunan, to read: who serves this year and next by which letter of the mayor, who is missing."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from db.queries.roster import Place
from engine.offices import roster, settings
from webui.clock import now_ms
from webui.coordinating.coordination import may_oversee
from webui.doors import me
from webui.numbers import whole

bp = Blueprint("roster", __name__)


@dataclass(frozen=True)
class Table:
    """A year's roster with how many are appointed, missing, and acting without a letter of that year."""

    year: int
    this: int
    places: list[Place]

    @property
    def appointed(self) -> int:
        return sum(1 for one in self.places if one.holding_id)

    @property
    def missing(self) -> int:
        return len(self.places) - self.appointed

    @property
    def unlettered(self) -> list[Place]:
        """Who acts now without a letter of this year; of another year nothing can be said yet."""
        return [one for one in self.places if one.acting and not one.holding_id] if self.year == self.this else []


def table() -> Table:
    """The year that was asked for, else this one; never further than one year ahead or ten behind."""
    this = settings.calendar(me().organisation_id).date_of(now_ms()).year
    wanted = request.values.get("tahun", this, type=whole)
    wanted = wanted if this - 10 <= wanted <= this + 1 else this
    found = roster.places(me().organisation_id, roster.year(me().organisation_id, wanted), now_ms())
    return Table(wanted, this, found)


@bp.get("/penugasan")
def index() -> str:
    """The roster for those who oversee; entering it is the administrator's."""
    may_oversee()
    return render_template(
        "roster.html",
        section="koordinasi",
        here="penugasan",
        table=table(),
        warned=roster.warning(me().organisation_id, now_ms()),
    )
