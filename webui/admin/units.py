"""The units of the office: a tree; added, renamed, moved, taken out of use."""

from collections.abc import Mapping
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import seats
from db.queries.seats import Unit
from engine import verbs
from engine.errors import FormInvalid, NotFound
from webui.admin.doing import carried, pressed, whole_or_none
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, summary, told, typed

FIELDS = ("name", "code", "kind", "parent")
Problems = Mapping[str, list[str]]


def _labels() -> dict[str, str]:
    return {
        "name": _("Nama unit"),
        "code": _("Kode"),
        "kind": _("Jenis"),
        "parent": _("Di bawah unit"),
        "unit": _("Unit"),
    }


def _listed(written: Mapping[str, str], problems: Problems) -> str:
    return render_template(
        "admin/units.html",
        **around("unit"),
        units=seats.units(me().organisation_id),
        typed=written,
        problems=problems,
        summary=summary(_labels(), dict(problems)),
    )


@bp.get("/pengaturan/unit")
@needs("admin")
def units() -> str:
    """The tree, and the form for another unit."""
    return _listed({}, {})


def _listed_again() -> Response:
    say_stale()
    return make_response(_listed(typed(FIELDS), {}), 400)


@bp.post("/pengaturan/unit")
@needs("admin")
@redraws(_listed_again)
def add_unit() -> Response:
    """Adds a unit."""
    sent = typed(FIELDS)
    return carried(
        lambda: verbs.add_unit(**_wanted(sent), by=me().actor, now=now_ms()),
        _("Unit %(name)s ditambahkan.", name=sent["name"]),
        url_for("admin.units"),
        lambda problems: _listed(sent, problems),
    )


def _wanted(sent: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": sent["code"],
        "name": sent["name"],
        "kind": sent["kind"],
        "parent": whole_or_none(sent["parent"]),
    }


def _unit(unit_id: int) -> Unit:
    for unit in seats.units(me().organisation_id):
        if unit.id == unit_id:
            return unit
    raise NotFound("unit", unit_id)


def _one(unit: Unit, written: Mapping[str, str], problems: Problems) -> str:
    return render_template(
        "admin/unit.html",
        **around("unit"),
        unit=unit,
        units=seats.units(me().organisation_id),
        typed=written,
        problems=problems,
        summary=summary(_labels(), dict(problems)),
    )


@bp.get("/pengaturan/unit/<int:unit_id>")
@needs("admin")
def unit(unit_id: int) -> str:
    """One unit, to change."""
    found = _unit(unit_id)
    parent = "" if found.parent_id is None else str(found.parent_id)
    return _one(found, {"name": found.name, "code": found.code, "kind": found.kind, "parent": parent}, {})


def _one_again(unit_id: int) -> Response:
    say_stale()
    return make_response(_one(_unit(unit_id), typed(FIELDS), {}), 400)


@bp.post("/pengaturan/unit/<int:unit_id>")
@needs("admin")
@redraws(_one_again)
def change_unit(unit_id: int) -> Response:
    """Renames or moves a unit."""
    sent = typed(FIELDS)
    return carried(
        lambda: verbs.change_unit(unit_id, **_wanted(sent), by=me().actor, now=now_ms()),
        _("Unit %(name)s disimpan.", name=sent["name"]),
        url_for("admin.unit", unit_id=unit_id),
        lambda problems: _one(_unit(unit_id), sent, problems),
    )


@bp.post("/pengaturan/unit/<int:unit_id>/nonaktifkan")
@needs("admin")
def close_unit(unit_id: int) -> Response:
    """Takes a unit out of use."""
    back = url_for("admin.unit", unit_id=unit_id)
    return pressed(
        lambda: verbs.close_unit(unit_id, by=me().actor, now=now_ms()), _("Unit ini tidak aktif lagi."), back
    )


@bp.post("/pengaturan/unit/<int:unit_id>/aktifkan")
@needs("admin")
def open_unit(unit_id: int) -> Response:
    """Takes it into use again."""
    back = url_for("admin.unit", unit_id=unit_id)
    return pressed(lambda: verbs.open_unit(unit_id, by=me().actor, now=now_ms()), _("Unit ini aktif lagi."), back)


@bp.post("/pengaturan/unit/<int:unit_id>/hapus")
@needs("admin")
def delete_unit(unit_id: int) -> Response:
    """Removes a unit nothing ever hung on."""
    try:
        verbs.delete_unit(unit_id, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        for sentences in told(refused.problems).values():
            flash(" ".join(sentences), "error")
        return redirect(url_for("admin.unit", unit_id=unit_id))
    flash(_("Unit dihapus."))
    return redirect(url_for("admin.units"))
