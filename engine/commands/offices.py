"""The offices (jabatan) of an organisation: what they are called, where they sit, to whom they answer."""

from dataclasses import asdict, dataclass
from typing import Any

from db import sql
from db.connect import transaction
from engine.commands import changes
from engine.commands.changes import Problems
from engine.errors import Objection
from engine.offices.people import Actor

COLUMNS = ("code", "name", "unit_id", "role", "superior_id", "rank", "active")


@dataclass(frozen=True)
class Seat:
    """What an administrator says of an office."""

    code: str
    name: str
    unit_id: int
    role: str
    superior_id: int | None = None
    rank: int = 100


def add_office(office: Seat, *, by: Actor, now: int) -> int:
    """A new office, vacant until someone is installed. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "add office")
        changes.refuse(changes.code_problems("office", organisation, office.code) | _problems(organisation, 0, office))
        row = _row(office) | {"active": True}
        key = sql.insert("office", organisation_id=organisation, **row)
        told = {"what": row["name"], "after": _told(row)}
        changes.note(organisation, "office_added", now, person=by.person_id, office=key, **told)
        return key


def change_office(key: int, office: Seat, *, by: Actor, now: int) -> None:
    """Renames or moves an office; its code only while nothing hangs on it. Raises NotFound, FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "change office")
        before = changes.own("office", key, organisation, COLUMNS)
        problems = _problems(organisation, key, office)
        if office.code != before["code"]:
            problems |= _fixed(key) or changes.code_problems("office", organisation, office.code, key=key)
        changes.refuse(problems)
        after = before | _row(office)
        if after == before:
            return
        changes.write("office", key, after)
        told = {"what": after["name"], "before": _told(before), "after": _told(after)}
        changes.note(organisation, "office_changed", now, person=by.person_id, office=key, **told)


def close_office(key: int, *, by: Actor, now: int) -> None:
    """Takes an office out of use. Raises FormInvalid while it has tasks, a holder, or offices below it."""
    with transaction():
        organisation = changes.administers(by, "close office")
        before = changes.own("office", key, organisation, COLUMNS)
        changes.refuse(_open_problems(key, now))
        changes.write("office", key, {"active": False})
        _note_switch(organisation, "office_closed", key, before, by, now)


def open_office(key: int, *, by: Actor, now: int) -> None:
    """Takes a closed office into use again. Raises FormInvalid while its unit is closed."""
    with transaction():
        organisation = changes.administers(by, "open office")
        before = changes.own("office", key, organisation, COLUMNS)
        changes.refuse({"office": _unit_problems(organisation, before["unit_id"])})
        changes.write("office", key, {"active": True})
        _note_switch(organisation, "office_opened", key, before, by, now)


def _note_switch(organisation: int, kind: str, key: int, before: dict[str, Any], by: Actor, now: int) -> None:
    told = {"before": {"active": bool(before["active"])}, "after": {"active": kind == "office_opened"}}
    changes.note(organisation, kind, now, person=by.person_id, office=key, what=before["name"], **told)


def _row(office: Seat) -> dict[str, Any]:
    return asdict(office) | {"name": office.name.strip()}


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """The row as the journal tells it: unit and superior by their names."""
    return {
        "code": row["code"],
        "name": row["name"],
        "unit": sql.value("SELECT name FROM unit WHERE id = ?", (row["unit_id"],)),
        "role": row["role"],
        "superior": sql.value("SELECT name FROM office WHERE id = ?", (row["superior_id"],)),
        "rank": row["rank"],
    }


def _problems(organisation: int, key: int, office: Seat) -> Problems:
    found: Problems = dict(changes.name_problems(office.name))
    if not changes.CODE.fullmatch(office.role):
        words = "Pakai huruf kecil, angka, dan garis bawah, seperti peran di diagram; misalnya kabag."
        found["role"] = [Objection("bad_role", words)]
    if not 1 <= office.rank <= 9999:
        found["rank"] = [Objection("out_of_range", "Urutan antara 1 dan 9999.")]
    found["unit"] = _unit_problems(organisation, office.unit_id)
    found["superior"] = _superior_problems(organisation, key, office.superior_id)
    return {name: problems for name, problems in found.items() if problems}


def _unit_problems(organisation: int, unit: int) -> list[Objection]:
    found = sql.row("SELECT name, active FROM unit WHERE id = ? AND organisation_id = ?", (unit, organisation))
    if found is None:
        return [Objection("unknown", "Pilih unit dari instansi ini.")]
    closed = Objection("closed", "Unit %(name)s tidak aktif. Aktifkan unit itu lebih dahulu.", {"name": found[0]})
    return [] if found[1] else [closed]


def _superior_problems(organisation: int, key: int, superior: int | None) -> list[Objection]:
    if superior is None:
        return []
    found = sql.row("SELECT name, active FROM office WHERE id = ? AND organisation_id = ?", (superior, organisation))
    if found is None:
        return [Objection("unknown", "Pilih jabatan dari instansi ini.")]
    if not found[1]:
        return [Objection("closed", "%(name)s tidak aktif; pilih atasan yang aktif.", {"name": found[0]})]
    if key and key in _above(superior):
        words = "%(name)s berada di bawah jabatan ini, jadi tidak dapat menjadi atasannya."
        himself = "Sebuah jabatan tidak dapat menjadi atasan dirinya sendiri."
        return [Objection("circle", himself if key == superior else words, {"name": found[0]})]
    return []


def _above(office: int | None) -> set[int]:
    """The office and all it answers to."""
    found: set[int] = set()
    while office is not None and office not in found:
        found.add(office)
        office = sql.value("SELECT superior_id FROM office WHERE id = ?", (office,))
    return found


def _open_problems(key: int, now: int) -> Problems:
    found: list[Objection] = []
    tasks = int(sql.value("SELECT COUNT(*) FROM task WHERE office_id = ? AND state = 'open'", (key,)))
    if tasks:
        words = "Masih ada %(n)s tugas terbuka di jabatan ini. Selesaikan tugas itu dahulu."
        found.append(Objection("open_tasks", words, {"n": tasks}))
    holders = [str(row[0]) for row in sql.rows(_HOLDERS, (key, now))]
    if holders:
        words = "Jabatan ini masih dipegang oleh %(names)s. Akhiri masa jabatannya dahulu."
        found.append(Objection("held", words, {"names": changes.listed(holders)}))
    below = [str(row[0]) for row in sql.rows("SELECT name FROM office WHERE superior_id = ? AND active", (key,))]
    if below:
        words = "Jabatan ini masih menjadi atasan dari: %(names)s. Pilih atasan lain untuk jabatan itu dahulu."
        found.append(Objection("superior", words, {"names": changes.listed(below)}))
    return {"office": found} if found else {}


_HOLDERS = (
    "SELECT p.name FROM holding h JOIN person p ON p.id = h.person_id"
    " WHERE h.office_id = ? AND (h.until_ms IS NULL OR h.until_ms > ?) ORDER BY h.id"
)


def _fixed(key: int) -> Problems:
    used = "SELECT 1 FROM office o WHERE o.id = ? AND (EXISTS (SELECT 1 FROM holding h WHERE h.office_id = o.id)"
    if sql.row(used + " OR EXISTS (SELECT 1 FROM task t WHERE t.office_id = o.id))", (key,)) is None:
        return {}
    words = "Kode jabatan yang sudah dipakai tidak dapat diubah: berkas lama dan diagram menyebutnya."
    return {"code": [Objection("fixed", words)]}
