"""The units of an organisation: a tree whose codes stay once something hangs on them."""

from typing import Any

from db import sql
from db.connect import transaction
from engine.commands import changes
from engine.commands.changes import Problems
from engine.errors import Objection
from engine.offices.people import Actor

COLUMNS = ("code", "name", "kind", "parent_id", "active")


def add_unit(*, code: str, name: str, kind: str, parent: int | None, by: Actor, now: int) -> int:
    """A new unit, under another or at the top. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "add unit")
        problems = changes.code_problems("unit", organisation, code) | changes.name_problems(name)
        changes.refuse(problems | _parent_problems(organisation, 0, parent))
        row: dict[str, Any] = {
            "code": code,
            "name": name.strip(),
            "kind": kind.strip()[:32],
            "parent_id": parent,
            "active": True,
        }
        unit = sql.insert("unit", organisation_id=organisation, **row)
        changes.note(organisation, "unit_added", now, person=by.person_id, what=row["name"], after=_told(row))
        return unit


def change_unit(unit: int, *, code: str, name: str, kind: str, parent: int | None, by: Actor, now: int) -> None:
    """Renames or moves a unit; its code only while nothing hangs on it. Raises NotFound, FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "change unit")
        before = changes.own("unit", unit, organisation, COLUMNS)
        problems = changes.name_problems(name) | _parent_problems(organisation, unit, parent)
        if code != before["code"]:
            problems |= _fixed(unit) or changes.code_problems("unit", organisation, code, key=unit)
        changes.refuse(problems)
        after = before | {"code": code, "name": name.strip(), "kind": kind.strip()[:32], "parent_id": parent}
        if after == before:
            return
        changes.write("unit", unit, after)
        told: Any = {"before": _told(before), "after": _told(after)}
        changes.note(organisation, "unit_changed", now, person=by.person_id, what=after["name"], **told)


def close_unit(unit: int, *, by: Actor, now: int) -> None:
    """Takes a unit out of use; its past stays. Raises FormInvalid while tasks, offices or units are open in it."""
    with transaction():
        organisation = changes.administers(by, "close unit")
        before = changes.own("unit", unit, organisation, COLUMNS)
        changes.refuse(_open_problems(unit))
        changes.write("unit", unit, {"active": False})
        _note_switch(organisation, "unit_closed", before, by, now)


def open_unit(unit: int, *, by: Actor, now: int) -> None:
    """Takes a closed unit into use again."""
    with transaction():
        organisation = changes.administers(by, "open unit")
        before = changes.own("unit", unit, organisation, COLUMNS)
        changes.refuse(_parent_problems(organisation, unit, before["parent_id"], field="unit"))
        changes.write("unit", unit, {"active": True})
        _note_switch(organisation, "unit_opened", before, by, now)


def delete_unit(unit: int, *, by: Actor, now: int) -> None:
    """Removes a unit nothing ever hung on; any other can only be closed. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "delete unit")
        before = changes.own("unit", unit, organisation, COLUMNS)
        changes.refuse(_open_problems(unit))
        if _used(unit):
            words = "Unit ini pernah dipakai, jadi riwayatnya harus tetap ada. Nonaktifkan saja."
            raise changes.objection("unit", "used", words)
        sql.execute("DELETE FROM unit WHERE id = ?", (unit,))
        changes.note(organisation, "unit_deleted", now, person=by.person_id, what=before["name"], before=_told(before))


def _note_switch(organisation: int, kind: str, before: dict[str, Any], by: Actor, now: int) -> None:
    old, new = {"active": bool(before["active"])}, {"active": kind == "unit_opened"}
    changes.note(organisation, kind, now, person=by.person_id, what=before["name"], before=old, after=new)


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """The row as the journal tells it: the unit above by its name."""
    above = None if row["parent_id"] is None else sql.value("SELECT name FROM unit WHERE id = ?", (row["parent_id"],))
    return {"code": row["code"], "name": row["name"], "kind": row["kind"], "parent": above}


def _parent_problems(organisation: int, unit: int, parent: int | None, field: str = "parent") -> Problems:
    if parent is None:
        return {}
    found = sql.row("SELECT name, active FROM unit WHERE id = ? AND organisation_id = ?", (parent, organisation))
    if found is None:
        return {field: [Objection("unknown", "Pilih unit dari instansi ini.")]}
    if not found[1]:
        words = "Unit induknya, %(name)s, tidak aktif. Aktifkan itu lebih dahulu."
        return {field: [Objection("closed", words, {"name": found[0]})]}
    if unit and unit in _above(parent):
        words = "Unit tidak dapat berada di bawah dirinya sendiri atau di bawah bagiannya."
        return {field: [Objection("circle", words)]}
    return {}


def _above(unit: int | None) -> set[int]:
    """The unit and all above it."""
    found: set[int] = set()
    while unit is not None and unit not in found:
        found.add(unit)
        unit = sql.value("SELECT parent_id FROM unit WHERE id = ?", (unit,))
    return found


def _open_problems(unit: int) -> Problems:
    """What is still going on in a unit, each with what to do about it."""
    found: list[Objection] = []
    tasks = sql.row(_TASKS, (unit,)) or (0, None)
    if tasks[0]:
        words = "Masih ada %(n)s tugas terbuka di unit ini, antara lain di %(office)s. Selesaikan tugas itu dahulu."
        found.append(Objection("open_tasks", words, {"n": int(tasks[0]), "office": tasks[1]}))
    offices = _names("SELECT name FROM office WHERE unit_id = ? AND active ORDER BY rank, id", unit)
    if offices:
        words = "Masih ada jabatan aktif di unit ini: %(names)s. Pindahkan atau nonaktifkan jabatan itu dahulu."
        found.append(Objection("open_offices", words, {"names": changes.listed(offices)}))
    units = _names("SELECT name FROM unit WHERE parent_id = ? AND active ORDER BY name", unit)
    if units:
        words = "Masih ada unit aktif di bawahnya: %(names)s. Pindahkan atau nonaktifkan unit itu dahulu."
        found.append(Objection("open_units", words, {"names": changes.listed(units)}))
    return {"unit": found} if found else {}


_TASKS = (
    "SELECT COUNT(*), MIN(o.name) FROM task t JOIN office o ON o.id = t.office_id"
    " WHERE o.unit_id = ? AND t.state = 'open'"
)


def _names(text: str, unit: int) -> list[str]:
    return [str(found[0]) for found in sql.rows(text, (unit,))]


def _used(unit: int) -> bool:
    """Whether anything hangs, or ever hung, on the unit."""
    text = (
        "SELECT 1 FROM unit u WHERE u.id = ? AND (EXISTS (SELECT 1 FROM office o WHERE o.unit_id = u.id)"
        " OR EXISTS (SELECT 1 FROM calendar c WHERE c.unit_id = u.id) OR EXISTS (SELECT 1 FROM unit b WHERE b.parent_id"
        " = u.id) OR EXISTS (SELECT 1 FROM choice c WHERE c.organisation_id = u.organisation_id AND c.code = u.code))"
    )
    return sql.row(text, (unit,)) is not None


def _fixed(unit: int) -> Problems:
    if not _used(unit):
        return {}
    words = "Kode unit yang sudah dipakai tidak dapat diubah: berkas lama dan diagram menyebutnya."
    return {"code": [Objection("fixed", words)]}
