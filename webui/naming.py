"""Penetapan pejabat: the head of an agency appoints, within the own unit, who deals with complaints beneath them."""

from collections.abc import Mapping
from datetime import timedelta

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from werkzeug.wrappers import Response

from db.queries import seats as questions
from engine import verbs
from engine.commands import naming
from engine.errors import FormInvalid, NotAllowed
from engine.offices import settings
from engine.offices.people import Seat
from webui import periods
from webui.admin.substitutes import begins
from webui.clock import now_ms
from webui.doors import me, redraws
from webui.filled import Filled, say_stale, summary, told, typed
from webui.frame import seats

bp = Blueprint("naming", __name__)

FIELDS = ("office", "person", "letter", "letter_date", "from", "until")
CLOSED = later("Halaman ini untuk pimpinan yang menetapkan pejabat di unitnya.")


def names_officers() -> bool:
    """Whether an office of the signed-in person appoints others."""
    named = settings.setting(me().organisation_id, "names_officers")
    return any(seat.role in named for seat in seats() if seat.organisation_id == me().organisation_id)


bp.add_app_template_global(names_officers, "names_officers")


def _mine() -> dict[int, Seat]:
    found = naming.beneath(me().actor, now_ms())
    if not found:
        raise NotAllowed("name_officer", str(CLOSED))
    return found


def _page(
    written: Mapping[str, str] | None = None, problems: Mapping[str, list[str]] | None = None, status: int = 200
) -> Response:
    mine, now = _mine(), now_ms()
    seat = next(iter(mine.values()))
    people = {key: words for one in mine.values() for key, words in _people(one, now)}
    held = questions.held_at(list(mine))
    one_only = {"office": str(next(iter(mine)))} if len(mine) == 1 else {}
    html = render_template(
        "naming.html",
        section="pantau",
        here="penetapan",
        unit=seat.unit,
        held=held,
        offices=questions.office_names(list(mine)),
        people=sorted(people.items(), key=lambda pair: pair[1]),
        typed=one_only | dict(written or {}),
        problems=problems or {},
        summary=summary(_labels(), dict(problems or {})),
    )
    return make_response(html, status)


def _people(seat: Seat, now: int) -> list[tuple[int, str]]:
    return [(key, f"{name} ({nip})" if nip else name) for key, name, nip in naming.candidates(seat, now)]


def _labels() -> dict[str, str]:
    return {
        "office": _("Jabatan"),
        "person": _("Yang ditetapkan"),
        "letter": _("Nomor surat penetapan"),
        "letter_date": _("Tanggal surat"),
        "from": _("Mulai tanggal"),
        "until": _("Sampai dengan tanggal"),
    }


@bp.get("/penetapan")
def index() -> Response:
    """The offices one fills, who holds and held them, the form."""
    return _page()


def _again(**_ignored: int) -> Response:
    say_stale()
    return _page(typed(FIELDS), status=400)


@bp.post("/penetapan")
@redraws(_again)
def name() -> Response:
    """Appoints; with problems the page comes back, everything typed kept."""
    _mine()
    filled = Filled(typed(FIELDS))
    wanted = _wanted(filled)
    if not filled.problems:
        try:
            verbs.name_officer(wanted, by=me().actor, now=now_ms())
        except FormInvalid as refused:
            filled.problems = told(refused.problems)
    if filled.problems:
        return _page(filled.typed, filled.problems, 422)
    flash(_("Penetapan dicatat. Yang ditetapkan diberi tahu; pejabat sebelumnya berakhir pada saat itu."))
    return redirect(url_for("naming.index"))


def _wanted(filled: Filled) -> verbs.Naming:
    zone = me().timezone
    first = filled.day("from", _("Isi tanggal mulai."))
    until = None
    if filled.typed["until"]:
        last = filled.day("until", _("Tanggal ini tidak terbaca."))
        until = periods.starts(last + timedelta(days=1), zone)
    return verbs.Naming(
        office=filled.number("office", _("Pilih jabatannya.")),
        person=filled.number("person", _("Pilih siapa yang ditetapkan.")),
        from_ms=begins(first, zone),
        until_ms=until,
        letter=filled.text("letter", _("Isi nomor surat penetapan.")),
        letter_date=filled.day("letter_date", _("Isi tanggal surat penetapan.")).isoformat(),
    )


@bp.post("/penetapan/<int:holding_id>/akhiri")
def end(holding_id: int) -> Response:
    """Ends an appointment now."""
    verbs.end_naming(holding_id, at_ms=now_ms(), by=me().actor, now=now_ms())
    flash(_("Masa penetapannya berakhir sekarang."))
    return redirect(url_for("naming.index"))
