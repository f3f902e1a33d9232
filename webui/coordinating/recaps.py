"""Monthly recaps: who has sent theirs, who is late and by how much, each on screen and on paper, and their receipt."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from db.queries import recaps as questions
from db.queries.recaps import Kept
from engine.commands import recaps
from engine.errors import NotFound
from engine.offices import settings
from engine.papers import recap as papers
from engine.recaps import recap
from engine.recaps.recap import Reporting
from webui import language
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.doors import me
from webui.frame import opens_door, seats
from webui.watch import looked

bp = Blueprint("recaps", __name__)

STATES = ("", "belum", "terlambat", "terkirim", "diterima")


def reporting() -> Reporting:
    """How the signed-in person's organisation reports monthly; NotFound where it does not. Asked once a request."""
    if "reporting" not in g:
        g.reporting = recap.reporting(me().organisation_id, now_ms())
    found: Reporting = g.reporting
    return found


def receives() -> bool:
    """Whether an office of theirs is the one that recaps go to."""
    role = recap.addressee(reporting())
    return any(seat.role == role for seat in seats() if seat.organisation_id == me().organisation_id)


def sees_all() -> bool:
    """Whether they see every unit's: who oversees, who receives, who audits."""
    return opens_door("oversees") or "auditor" in me().actor.powers or receives()


def own_units() -> list[str]:
    """The units they sit in that report."""
    members = recap.members(reporting())
    return [code for code in members if code in {seat.unit for seat in seats()}]


def sees(unit: str) -> bool:
    return sees_all() or (unit != recap.WHOLE and unit in own_units())


def must_see() -> None:
    """As if there were nothing for who has no part in it."""
    if not (sees_all() or own_units()):
        raise NotFound("recap", me().organisation_id)


@dataclass(frozen=True)
class Line:
    """A recap in the list: how it stands, and by how many days it is late."""

    kept: Kept
    state: str
    late_days: int


def line(kept: Kept, now: int) -> Line:
    """Late counts in calendar days after the 10th, as Pasal 9 ayat (2) names a date; it names none for the whole."""
    sent = kept.sent_ms or now
    late = kept.unit != recap.WHOLE and sent >= kept.due_ms
    day = settings.calendar(kept.organisation_id).date_of
    days = (day(sent) - day(kept.due_ms - 1)).days if late else 0
    return Line(kept, _state(kept, late), days)


def _state(kept: Kept, late: bool) -> str:
    if kept.received_ms is not None:
        return "diterima"
    if kept.sent_ms is not None:
        return "terkirim"
    return "terlambat" if late else "belum"


@bp.get("/rekap")
def index() -> str:
    """The recaps of a month: the whole, then every unit (or only one's own)."""
    must_see()
    turned, state = turn(), request.args.get("keadaan", "")
    lines = lines_of(turned.month)
    return render_template(
        "recaps/index.html",
        section="rekap",
        here="bulanan",
        **vars(turned),
        lines=[one for one in lines if state not in STATES[1:] or _matches(one, state)],
        late=[one for one in lines if one.late_days],
        state=state,
        **around(),
    )


@dataclass(frozen=True)
class Turned:
    """The month of recaps that is shown, and those beside it ("" where there is none)."""

    months: list[str]
    month: str
    newer: str
    older: str


def turn() -> Turned:
    """The month the address asks for, else the newest that has recaps."""
    months, asked = questions.months(me().organisation_id, reporting().process), request.args.get("bulan", "")
    if not months:
        return Turned([], "", "", "")
    at = months.index(asked) if asked in months else 0
    return Turned(months, months[at], months[at - 1] if at else "", "".join(months[at + 1 : at + 2]))


def lines_of(month: str) -> list[Line]:
    """The recaps of a month that one may see."""
    found = questions.of_month(me().organisation_id, reporting().process, month) if month else []
    return [line(kept, now_ms()) for kept in found if sees(kept.unit)]


def _matches(one: Line, state: str) -> bool:
    """What was not sent is that also once it is late."""
    if state == "belum":
        return one.kept.sent_ms is None
    return one.late_days > 0 if state == "terlambat" else one.state == state


def around() -> dict[str, Any]:
    """What the head of these pages asks for."""
    writes = bool({seat.role for seat in seats()} & set(recap.writers(reporting())))
    return {
        "desk": receives() or sees_all(),
        "receives": receives(),
        "writes": writes,
        "month_name": language.written_month,
    }


def _kept(recap_id: int) -> Kept:
    found = questions.by_id(recap_id)
    if found is None or found.organisation_id != me().organisation_id or not sees(found.unit):
        raise NotFound("recap", recap_id)
    return found


@bp.get("/rekap/<int:recap_id>")
def show(recap_id: int) -> str:
    """One recap: as signed, or as it would stand now."""
    kept = _kept(recap_id)
    return render_template(
        "recaps/show.html", section="rekap", here="bulanan", one=line(kept, now_ms()), **drawn(kept), **around()
    )


def drawn(kept: Kept) -> dict[str, Any]:
    """A recap as its sheet says it, for the screen."""
    facts = recap.read(reporting(), kept.unit, kept.month) | {"now_ms": now_ms()}
    return {"kept": kept, "facts": facts, "sheet": papers.content(facts, "")}


@bp.get("/rekap/<int:recap_id>.pdf")
def paper(recap_id: int) -> Response:
    """The recap on paper: a closed one is the same bytes whenever it is printed."""
    kept = _kept(recap_id)
    facts = recap.read(reporting(), kept.unit, kept.month) | {"now_ms": now_ms()}
    looked("printed", case_id=kept.case_id, detail=f"rekap {kept.unit} {kept.month}")
    name = f"rekap-{kept.unit or 'kota'}-{kept.month}.pdf"
    return pdf(recaps.sheet(facts, current_app.config["OFFICE"].base_url), name)


@bp.post("/rekap/<int:recap_id>/terima")
def receive(recap_id: int) -> Response:
    """The addressee has it."""
    kept = _kept(recap_id)
    recaps.receive_recap(recap_id, by=me().actor, now=now_ms())
    flash(_("Rekap ditandai diterima."))
    back = request.form.get("dari", "")
    return redirect(
        url_for("recaps.desk", bulan=kept.month) if back == "meja" else url_for("recaps.show", recap_id=recap_id)
    )


@bp.post("/rekap/walikota/terima")
def receive_month() -> Response:
    """The addressee has all that came of a month."""
    month = request.form.get("bulan", "")[:7]
    count = recaps.receive_month(month, by=me().actor, now=now_ms())
    flash(ngettext("%(num)s rekap ditandai diterima.", "%(num)s rekap ditandai diterima.", count))
    return redirect(url_for("recaps.desk", bulan=month))


@bp.get("/rekap/walikota")
def desk() -> str:
    """The desk of whom recaps go to: what has come, what is missing, what was reported outside the month."""
    if not sees_all():
        raise NotFound("recap", me().organisation_id)
    turned = turn()
    lines = lines_of(turned.month)
    reports, more = questions.incidentals(me().organisation_id, None, 1, waiting=True)
    unfinished = questions.unfinished(me().organisation_id, reporting().process, now_ms())
    return render_template(
        "recaps/desk.html",
        section="rekap",
        here="meja",
        **vars(turned),
        came=[one for one in lines if one.state == "terkirim"],
        taken=[one for one in lines if one.state == "diterima"],
        missing=[one for one in lines if one.kept.sent_ms is None],
        beside=[one for one in unfinished if one.month != turned.month],
        reports=[(one, _title(one)) for one in reports],
        more=more,
        **around(),
    )


def _title(one: questions.Incidental) -> str:
    return str(recaps.incident_texts(one).get("title", ""))


@bp.app_template_global("recap_beside")
def beside(row: Any, element: Any) -> dict[str, Any] | None:
    """The recap that a task is about (property `rekap`), to stand beside its form."""
    if element is None or not element.props.get("rekap"):
        return None
    kept = questions.of_case(row.case_id, row.instance.rpartition("/")[2])
    return drawn(kept) | {"units": _units(kept)} if kept else None


def _units(kept: Kept) -> list[Line]:
    """For the whole's recap: how the units' stand."""
    if kept.unit != recap.WHOLE:
        return []
    found = questions.of_month(kept.organisation_id, kept.process, kept.month)
    return [line(one, now_ms()) for one in found if one.unit != recap.WHOLE]
