"""Who holds an office: installed by letter, replaced, gone."""

from datetime import date
from typing import Any

from flask import make_response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import verbs
from webui.admin.doing import carried, pressed
from webui.admin.offices import one, own_office
from webui.admin.room import bp
from webui.admin.substitutes import begins
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import Filled, say_stale, typed

FIELDS = ("person", "instead_of", "from", "letter", "letter_date")
TOGETHER = "bersama"


def _again(office_id: int) -> Response:
    say_stale()
    return make_response(one(office_id, typed(FIELDS)), 400)


@bp.post("/pengaturan/jabatan/<int:office_id>/pejabat")
@needs("admin")
@redraws(_again)
def install(office_id: int) -> Response:
    """Enters a definitive holder; with problems the page comes back, everything typed kept."""
    office = own_office(office_id)
    filled = Filled(typed(FIELDS))
    wanted = _wanted(filled, bool(office.holders))
    if filled.problems:
        return make_response(one(office_id, filled.typed, filled.problems), 422)
    return carried(
        lambda: verbs.install(office_id, **wanted, by=me().actor, now=now_ms()),
        _("Pejabat dicatat."),
        url_for("admin.office", office_id=office_id),
        lambda problems: one(office_id, filled.typed, problems),
    )


def _wanted(filled: Filled, held: bool) -> dict[str, Any]:
    first: date = filled.day("from", _("Isi tanggal mulai."))
    filled.day("letter_date", _("Isi tanggal surat keputusan."))
    instead = None
    if held and filled.typed["instead_of"] != TOGETHER:
        instead = filled.number("instead_of", _("Pilih siapa yang digantikan, atau bahwa ia memegangnya bersama."))
    return {
        "person": filled.number("person", _("Pilih siapa pejabatnya.")),
        "instead_of": instead,
        "from_ms": begins(first, me().timezone),
        "letter": filled.text("letter", _("Isi nomor surat keputusan.")),
        "letter_date": filled.typed["letter_date"],
    }


@bp.post("/pengaturan/jabatan/<int:office_id>/pejabat/<int:holding_id>/akhiri")
@needs("admin")
def leave_office(office_id: int, holding_id: int) -> Response:
    """Ends a definitive holder's time now."""
    own_office(office_id)
    return pressed(
        lambda: verbs.leave_office(holding_id, at_ms=now_ms(), by=me().actor, now=now_ms()),
        _("Masa jabatannya berakhir sekarang. Yang sudah ia kerjakan tetap atas namanya."),
        url_for("admin.office", office_id=office_id),
    )
