"""What a superior looks after: load and absence below, what is late there, what came of their own disposisi."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from db.queries import oversight, releases
from db.queries.oversight import Below, Disposed, Hands, Load, Part, Waiting
from engine.clocks import deadlines
from engine.clocks.worktime import Calendar
from engine.diagrams import releases as published
from engine.offices import people, policy, settings
from engine.offices.people import Seat
from webui import due, language
from webui.clock import now_ms
from webui.doors import me
from webui.frame import seats
from webui.law import Law, due_by_law, law
from webui.numbers import whole

bp = Blueprint("oversight", __name__)

NOTHING = Load(0, 0, 0, 0)


@dataclass(frozen=True)
class Watched:
    """An office below: what lies there, who acts for it, who has taken how much."""

    office: Below
    load: Load
    acting: list[Seat]
    hands: list[Hands]

    @property
    def deserted(self) -> bool:
        """Nobody may act here."""
        return not self.acting

    @property
    def stood_in(self) -> bool:
        """Whoever holds it is absent: a substitute acts."""
        return any(seat.kind != "definitif" for seat in self.acting)


def _below() -> list[Below]:
    organisation = me().organisation_id
    mine = [seat for seat in seats() if seat.organisation_id == organisation]
    watches: dict[str, list[str]] = settings.setting(organisation, "watches")
    roles = sorted(set(chain.from_iterable(watches.get(seat.role, []) for seat in mine)))
    return oversight.below(organisation, [seat.office_id for seat in mine], roles)


@bp.get("/pantau")
def index() -> str:
    """The offices below: late, unopened, in whose hands, who is away, where nobody can act."""
    now, offices = now_ms(), _below()
    ids = [office.id for office in offices]
    calendar = settings.calendar(me().organisation_id)
    midnight = deadlines.today(now, calendar)
    loads, hands = oversight.loads(ids, now, midnight), oversight.in_hands(ids, now, midnight)
    acting: defaultdict[int, list[Seat]] = defaultdict(list)
    for seat in people.who_may_act(now) if ids else []:
        acting[seat.office_id].append(seat)
    watched = [
        Watched(one, loads.get(one.id, NOTHING), acting[one.id], [h for h in hands if h.office_id == one.id])
        for one in offices
    ]
    shown = request.args.get("jabatan", 0, type=whole)
    desk = next((one for one in offices if one.id == shown), None)
    rows, more = oversight.waiting(desk.id, _page()) if desk else oversight.late(ids, now, midnight, _page())
    return render_template(
        "oversight/index.html",
        section="pantau",
        watched=watched,
        deserted=[one for one in watched if one.deserted],
        desk=desk,
        rows=[_shown(row, calendar, now) for row in rows],
        readable=policy.readable(seats(), [row.case_id for row in rows]),
        more=more,
        page=_page(),
        disposes=bool(_disposing_forms()),
    )


def _shown(row: Waiting, calendar: Calendar, now: int) -> tuple[Waiting, due.Due, Law | None, bool]:
    """A waiting task, how its limit stands, the law where it keeps only that, and whether it is secret."""
    secret = row.secrecy in policy.SECRET
    if not row.by_law or row.due_ms is None:
        return row, due.due(row.due_ms, row.clock, calendar, now), None, secret
    found = law((row.release_id, row.fingerprint), row.received_ms, row.due_ms, calendar, now)
    return row, due_by_law(row.due_ms, calendar, now), found, secret


def _page() -> int:
    return max(1, request.args.get("halaman", 1, type=whole))


# --- what came of one's own disposisi ---


@dataclass(frozen=True)
class Result:
    """A case one has disposed and what each addressed office did with it."""

    row: Disposed
    decision: str
    parts: list[Part]


@bp.get("/pantau/disposisi")
def dispositions() -> str:
    """The cases one's offices have disposed, the latest first, with what came of them."""
    mine = [seat.office_id for seat in seats() if seat.organisation_id == me().organisation_id]
    forms = _disposing_forms()
    rows, more = oversight.disposed(mine, sorted(forms), _page())
    by_case: defaultdict[int, list[Part]] = defaultdict(list)
    for part in oversight.parts([row.case_id for row in rows]):
        by_case[part.case_id].append(part)
    words = {code: label for labels in forms.values() for code, label in labels.items()}
    results = [Result(row, language.say(words.get(row.outcome, row.outcome)), by_case[row.case_id]) for row in rows]
    return render_template(
        "oversight/dispositions.html", section="pantau", results=results, more=more, page=_page(), states=_states()
    )


def _states() -> dict[str, str]:
    return {
        "berjalan": _("berjalan"),
        "selesai": _("selesai"),
        "ditutup": _("ditutup"),
        "dicabut": _("dicabut"),
        "insiden": _("terhenti"),
    }


def _disposing_forms() -> dict[str, dict[str, str]]:
    """The forms by which something is disposed, in any release, with the words of their decisions."""
    found: dict[str, dict[str, str]] = {}
    for release in releases.every(me().organisation_id):
        for key, screen in published.closure(release.id, release.fingerprint).screens.items():
            if screen.properties.get("lembar") == "disposisi":
                asked = next((f for f in screen.fields.values() if f.kind == "radio"), None)
                found[key] = {choice.code: choice.label for choice in asked.options} if asked else {}
    return found
