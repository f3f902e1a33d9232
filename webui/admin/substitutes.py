"""Substitutes: Plh., Plt. and deputies, by date and letter of order."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import admin
from db.queries.admin import Appointment
from engine import verbs
from engine.errors import FormInvalid
from engine.offices.people import SUBSTITUTES
from webui import periods
from webui.admin.room import around, bp, page
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import Filled, say_stale, summary, told, typed

FIELDS = ("office", "person", "kind", "from", "until", "letter", "letter_date")


@dataclass(frozen=True)
class Term:
    """A substitute's time as the list shows it."""

    row: Appointment
    state: str  # berlaku, akan datang, selesai, dibatalkan
    last_ms: int | None  # an instant of the last day


@bp.get("/pengaturan/pengganti")
@needs("admin")
def substitutes() -> str:
    """The form, and who stands in for whom."""
    return _substitutes({}, {})


def _substitutes(written: dict[str, str], problems: dict[str, list[str]]) -> str:
    now, organisation = now_ms(), me().organisation_id
    found, more = admin.appointments(organisation, page())
    return render_template(
        "admin/substitutes.html",
        **around("pengganti"),
        offices=admin.offices(organisation, now),
        people=admin.people(organisation),
        kinds=_kinds(),
        terms=[_term(row, now) for row in found],
        page=page(),
        more=more,
        typed=written,
        problems=problems,
        summary=summary(_labels(), problems),
    )


def _kinds() -> dict[str, tuple[str, str]]:
    """What a substitute is called, and when it is the right word."""
    return {
        "plh": (_("Plh. (pelaksana harian)"), _("pejabatnya ada, tetapi berhalangan sementara")),
        "plt": (_("Plt. (pelaksana tugas)"), _("jabatannya kosong; paling lama tiga bulan")),
        "wakil": (_("Wakil (a.n.)"), _("hanya untuk jabatan yang mempunyai wakil, seperti Ketua DPRD")),
    }


def _labels() -> dict[str, str]:
    return {
        "office": _("Jabatan yang digantikan"),
        "person": _("Pengganti"),
        "kind": _("Sebagai"),
        "from": _("Mulai tanggal"),
        "until": _("Sampai dengan tanggal"),
        "letter": _("Nomor surat perintah"),
        "letter_date": _("Tanggal surat perintah"),
    }


def _term(row: Appointment, now: int) -> Term:
    until = row.until_ms
    last = None if until is None else max(until - 1, row.from_ms)
    if until is not None and until <= row.from_ms:
        return Term(row, "dibatalkan", last)
    if now < row.from_ms:
        return Term(row, "akan datang", last)
    return Term(row, "berlaku" if until is None or now < until else "selesai", last)


def _again() -> Response:
    """The form once more with what was typed, when its token grew old."""
    say_stale()
    return make_response(_substitutes(typed(FIELDS), {}), 400)


@bp.post("/pengaturan/pengganti")
@needs("admin")
@redraws(_again)
def appoint() -> Response:
    """Enters a substitute; with problems the page comes back, everything typed kept."""
    filled = Filled(typed(FIELDS))
    wanted = _wanted(filled)
    if not filled.problems:
        try:
            verbs.appoint(**wanted, by=me().actor, now=now_ms())
        except FormInvalid as refused:
            filled.problems = told(refused.problems)
    if filled.problems:
        return make_response(_substitutes(filled.typed, filled.problems), 422)
    flash(_("Pengganti dicatat. Ia dapat bertindak selama masa itu; pejabat definitifnya tidak."))
    return redirect(url_for("admin.substitutes"))


def _wanted(filled: Filled) -> dict[str, Any]:
    zone = me().timezone
    first = filled.day("from", _("Isi tanggal mulai."))
    last = filled.day("until", _("Isi tanggal terakhir ia menggantikan."))
    filled.day("letter_date", _("Isi tanggal surat perintah."))
    return {
        "office_id": filled.number("office", _("Pilih jabatan yang digantikan.")),
        "person_id": filled.number("person", _("Pilih siapa yang menggantikan.")),
        "kind": filled.text("kind", _("Pilih Plh., Plt., atau wakil."), SUBSTITUTES),
        "from_ms": begins(first, zone),
        "until_ms": periods.starts(last + timedelta(days=1), zone),
        "letter": filled.text("letter", _("Isi nomor surat perintah.")),
        "letter_date": filled.typed["letter_date"],
    }


def begins(first: date, zone: str) -> int:
    """The start of that day; of today, now: nobody acts in the past, and whom one replaced today may be replaced."""
    starts, tomorrow = periods.starts(first, zone), periods.starts(first + timedelta(days=1), zone)
    return now_ms() if starts <= now_ms() < tomorrow else starts


@bp.post("/pengaturan/pengganti/<int:holding_id>/akhiri")
@needs("admin")
def end(holding_id: int) -> Response:
    """Ends a substitute's time now."""
    verbs.end_appointment(holding_id, by=me().actor, now=now_ms())
    flash(_("Masa pengganti diakhiri. Yang sudah ia kerjakan tetap berlaku atas namanya."))
    return redirect(url_for("admin.substitutes"))
