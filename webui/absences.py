""" "Saya berhalangan": a holder proposes who stands in; the superior decides by letter of order."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import admin, seats
from db.queries.seats import Absence
from engine import verbs
from engine.commands import absences
from engine.errors import FormInvalid, NotFound
from engine.offices import settings
from engine.offices.people import SUBSTITUTES, seat_name, who_may_act
from webui import periods
from webui.admin.substitutes import begins
from webui.clock import now_ms
from webui.doors import me, redraws
from webui.filled import Filled, say_stale, summary, told, typed
from webui.numbers import whole

bp = Blueprint("absences", __name__)

FIELDS = ("office", "person", "kind", "from", "until", "reason")
ORDER = ("letter", "letter_date", "reason")
LONGEST = 600
Problems = Mapping[str, list[str]]


class Line(NamedTuple):
    """A proposal with its reasons opened, for those who may read them."""

    row: Absence
    reason: str
    refusal: str


def _line(row: Absence) -> Line:
    return Line(row, *absences.reasons(row.id, row.sealed_reason, row.sealed_refusal))


def _waiting() -> list[Absence]:
    """What this person is to decide."""
    mine, now = me().actor.person_id, now_ms()
    found = seats.open_absences(me().organisation_id)
    return [a for a in found if mine in absences.deciders(a.office_id, a.person_id, a.substitute_id, now)]


def _labels() -> dict[str, str]:
    return {
        "office": _("Jabatan Anda"),
        "person": _("Yang menggantikan"),
        "kind": _("Sebagai"),
        "from": _("Mulai tanggal"),
        "until": _("Sampai dengan tanggal"),
        "reason": _("Alasan"),
    }


def _page(
    written: Mapping[str, str] | None = None,
    problems: Problems | None = None,
    decided: int = 0,
    order: Mapping[str, str] | None = None,
    wrong: Problems | None = None,
) -> str:
    """The page; `written` and `problems` of the proposal, `order` and `wrong` of the decision on `decided`."""
    organisation, now = me().organisation_id, now_ms()
    held = seats.own_offices(me().actor.person_id, now)
    number = max(1, request.args.get("halaman", 1, type=whole))
    own, more = seats.own_absences(me().actor.person_id, number)
    only = {"office": str(held[0][0])} if len(held) == 1 else {}
    return render_template(
        "absences.html",
        section="berhalangan",
        held=[(key, name) for key, name, _role in held],
        people=_others(organisation, now),
        kinds=_kinds({role for _key, _name, role in held}),
        own=[_line(row) for row in own],
        waiting=[_line(row) for row in _waiting()],
        page=number,
        more=more,
        typed={"kind": "plh"} | only | dict(written or {}),
        problems=problems or {},
        decided=decided,
        order=order or {},
        wrong=wrong or {},
        summary=summary(_labels(), dict(problems or {})),
    )


def _others(organisation: int, now: int) -> list[tuple[int, str]]:
    """Who may be proposed, each with what they are now, so that no one picks a namesake."""
    offices: defaultdict[int, list[str]] = defaultdict(list)
    for seat in who_may_act(now):
        offices[seat.person_id].append(seat_name(seat.name, seat.kind))
    named = [(key, ", ".join([name, *offices[key]])) for key, name, _nip in admin.people(organisation)]
    return [(key, words) for key, words in named if key != me().actor.person_id]


def _kinds(roles: set[str]) -> list[tuple[str, str]]:
    """What the substitute of these offices may be called."""
    deputised = roles & set(settings.setting(me().organisation_id, "deputies"))
    plain = [
        ("plh", _("Plh. — saya berhalangan sementara")),
        ("plt", _("Plt. — jabatan akan kosong; paling lama tiga bulan")),
    ]
    deputy = [("wakil", _("Wakil — mewakili jabatan ini"))]
    return (plain if roles - deputised else []) + (deputy if deputised else [])


@bp.get("/berhalangan")
def index() -> str:
    """What waits for this person's decision, the form for those who hold an office, what became of it."""
    return _page()


def _again() -> Response:
    say_stale()
    return make_response(_page(typed(FIELDS, LONGEST)), 400)


@bp.post("/berhalangan")
@redraws(_again)
def propose() -> Response:
    """Proposes a substitute; with problems the page comes back, everything typed kept."""
    filled = Filled(typed(FIELDS, LONGEST))
    wanted = _wanted(filled)
    if not filled.problems:
        try:
            verbs.propose_absence(**wanted, by=me().actor, now=now_ms())
        except FormInvalid as refused:
            filled.problems = told(refused.problems)
    if filled.problems:
        return make_response(_page(filled.typed, filled.problems), 422)
    flash(_("Usul Anda dikirim kepada yang memutuskan. Berlaku setelah surat perintahnya dicatat."))
    return redirect(url_for("absences.index"))


def _wanted(filled: Filled) -> dict[str, Any]:
    zone = me().timezone
    first = filled.day("from", _("Isi tanggal mulai."))
    last = filled.day("until", _("Isi tanggal terakhir Anda digantikan."))
    return {
        "office": filled.number("office", _("Pilih jabatan Anda.")),
        "substitute": filled.number("person", _("Pilih siapa yang menggantikan.")),
        "kind": filled.text("kind", _("Pilih sebagai apa ia menggantikan."), SUBSTITUTES),
        "from_ms": begins(first, zone),
        "until_ms": periods.starts(last + timedelta(days=1), zone),
        "reason": filled.text("reason", _("Tulis alasannya.")),
    }


def _order_again(absence_id: int) -> Response:
    say_stale()
    return make_response(_page(decided=absence_id, order=typed(ORDER, LONGEST)), 400)


@bp.post("/berhalangan/<int:absence_id>/setujui")
@redraws(_order_again)
def approve(absence_id: int) -> Response:
    """The superior's letter of order puts it in force."""
    filled = Filled(typed(ORDER, LONGEST))
    _decidable(absence_id)
    filled.day("letter_date", _("Isi tanggal surat perintah."))
    letter = filled.text("letter", _("Isi nomor surat perintah."))[:200]
    order = {"letter": letter, "letter_date": filled.typed["letter_date"]}
    return _decides(
        absence_id,
        filled,
        lambda: verbs.approve_absence(absence_id, **order, by=me().actor, now=now_ms()),
        _("Surat perintah dicatat. Penggantinya dapat bertindak selama masa itu."),
    )


@bp.post("/berhalangan/<int:absence_id>/tolak")
@redraws(_order_again)
def refuse(absence_id: int) -> Response:
    """The superior does not agree, and says why."""
    filled = Filled(typed(ORDER, LONGEST))
    _decidable(absence_id)
    reason = filled.text("reason", _("Tulis alasannya."))
    return _decides(
        absence_id,
        filled,
        lambda: verbs.refuse_absence(absence_id, reason=reason, by=me().actor, now=now_ms()),
        _("Usul ditolak; pengusulnya diberi tahu."),
    )


def _decidable(absence_id: int) -> None:
    """A stranger learns nothing of a proposal, whatever they sent."""
    if absence_id not in [row.id for row in _waiting()]:
        raise NotFound("absence", absence_id)


def _decides(absence_id: int, filled: Filled, act: Callable[[], Any], said: str) -> Response:
    if not filled.problems:
        try:
            act()
        except FormInvalid as refused:
            filled.problems = told(refused.problems)
    if filled.problems:
        return make_response(_page(decided=absence_id, order=filled.typed, wrong=filled.problems), 422)
    flash(said)
    return redirect(url_for("absences.index"))


@bp.post("/berhalangan/<int:absence_id>/cabut")
def withdraw(absence_id: int) -> Response:
    """Whoever proposed takes it back."""
    verbs.withdraw_absence(absence_id, by=me().actor, now=now_ms())
    flash(_("Usul Anda dicabut."))
    return redirect(url_for("absences.index"))
