"""The offices (jabatan): what they are called, where they sit, to whom they answer; vacant ones are told."""

from collections.abc import Mapping

from flask import make_response, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import admin, seats
from db.queries.seats import Office
from engine import verbs
from engine.errors import NotFound
from webui.admin.doing import carried, pressed, whole_or_none
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, summary, typed

FIELDS = ("name", "code", "unit", "role", "superior", "rank")
Problems = Mapping[str, list[str]]


def labels() -> dict[str, str]:
    """What the fields of an office and of a holder are called."""
    return {
        "name": _("Nama jabatan"),
        "code": _("Kode"),
        "unit": _("Unit"),
        "role": _("Peran"),
        "superior": _("Atasan"),
        "rank": _("Urutan"),
        "office": _("Jabatan"),
        "person": _("Pejabat"),
        "instead_of": _("Menggantikan"),
        "from": _("Mulai tanggal"),
        "letter": _("Nomor surat keputusan"),
        "letter_date": _("Tanggal surat keputusan"),
    }


def _listed(written: Mapping[str, str], problems: Problems) -> str:
    organisation = me().organisation_id
    return render_template(
        "admin/offices.html",
        **around("jabatan"),
        offices=seats.offices(organisation, now_ms()),
        units=[unit for unit in seats.units(organisation) if unit.active],
        roles=seats.roles(organisation),
        typed=written,
        problems=problems,
        summary=summary(labels(), dict(problems)),
    )


@bp.get("/pengaturan/jabatan")
@needs("admin")
def offices() -> str:
    """Every office with who holds it, those without anyone first told; the form for another."""
    return _listed({"rank": "100"}, {})


def _listed_again() -> Response:
    say_stale()
    return make_response(_listed(typed(FIELDS), {}), 400)


@bp.post("/pengaturan/jabatan")
@needs("admin")
@redraws(_listed_again)
def add_office() -> Response:
    """Adds an office, vacant until someone is installed."""
    sent = typed(FIELDS)
    return carried(
        lambda: verbs.add_office(_wanted(sent), by=me().actor, now=now_ms()),
        _("Jabatan %(name)s ditambahkan. Catat pejabatnya agar ada yang dapat bertindak.", name=sent["name"]),
        url_for("admin.offices"),
        lambda problems: _listed(sent, problems),
    )


def _wanted(sent: Mapping[str, str]) -> verbs.Seat:
    return verbs.Seat(
        code=sent["code"],
        name=sent["name"],
        unit_id=whole_or_none(sent["unit"]) or 0,
        role=sent["role"],
        superior_id=whole_or_none(sent["superior"]),
        rank=whole_or_none(sent["rank"]) or 0,
    )


def own_office(office_id: int) -> Office:
    """One office of this organisation."""
    found = seats.offices(me().organisation_id, now_ms(), office_id)
    if not found:
        raise NotFound("office", office_id)
    return found[0]


def one(office_id: int, written: Mapping[str, str] | None = None, problems: Problems | None = None) -> str:
    """The page of one office; what was typed into one of its forms comes back with its problems."""
    office, organisation, now = own_office(office_id), me().organisation_id, now_ms()
    held = seats.holdings(office.id)
    shown = _values(office) | dict(written or {})
    return render_template(
        "admin/office.html",
        **around("jabatan"),
        office=office,
        offices=[other for other in seats.offices(organisation, now) if other.id != office.id],
        units=seats.units(organisation),
        roles=seats.roles(organisation),
        people=admin.people(organisation),
        holdings=held,
        present=[h for h in held if h.kind == "definitif" and (h.until_ms is None or h.until_ms > now)],
        typed=shown,
        problems=problems or {},
        summary=summary(labels(), dict(problems or {})),
    )


def _values(office: Office) -> dict[str, str]:
    superior = "" if office.superior_id is None else str(office.superior_id)
    return {
        "name": office.name,
        "code": office.code,
        "unit": str(office.unit_id),
        "role": office.role,
        "superior": superior,
        "rank": str(office.rank),
    }


@bp.get("/pengaturan/jabatan/<int:office_id>")
@needs("admin")
def office(office_id: int) -> str:
    """One office, its holders, and the forms to change both."""
    return one(office_id)


def _one_again(office_id: int) -> Response:
    say_stale()
    return make_response(one(office_id, typed(FIELDS)), 400)


@bp.post("/pengaturan/jabatan/<int:office_id>")
@needs("admin")
@redraws(_one_again)
def change_office(office_id: int) -> Response:
    """Renames or moves an office."""
    sent = typed(FIELDS)
    return carried(
        lambda: verbs.change_office(office_id, _wanted(sent), by=me().actor, now=now_ms()),
        _("Jabatan %(name)s disimpan.", name=sent["name"]),
        url_for("admin.office", office_id=office_id),
        lambda problems: one(office_id, sent, problems),
    )


@bp.post("/pengaturan/jabatan/<int:office_id>/nonaktifkan")
@needs("admin")
def close_office(office_id: int) -> Response:
    """Takes an office out of use."""
    back = url_for("admin.office", office_id=office_id)
    return pressed(
        lambda: verbs.close_office(office_id, by=me().actor, now=now_ms()), _("Jabatan ini tidak aktif lagi."), back
    )


@bp.post("/pengaturan/jabatan/<int:office_id>/aktifkan")
@needs("admin")
def open_office(office_id: int) -> Response:
    """Takes it into use again."""
    back = url_for("admin.office", office_id=office_id)
    return pressed(
        lambda: verbs.open_office(office_id, by=me().actor, now=now_ms()), _("Jabatan ini aktif lagi."), back
    )
