"""One code of the archive's classification at a time: added, put out of use and back."""

from collections.abc import Mapping

from db import sql
from db.connect import transaction
from engine.commands import changes
from engine.commands.archive import FATES, keeper
from engine.commands.changes import Problems
from engine.errors import NotFound, Objection
from engine.offices.people import Actor, Seat

CODE, NAME = 32, 300
YEARS = ("active_years", "inactive_years")
_ONE = "SELECT code, name, active FROM classification WHERE id = ? AND organisation_id = ?"
_SAME = "SELECT name FROM classification WHERE organisation_id = ? AND code = ?"


def add_code(typed: Mapping[str, str], *, by: Actor, now: int) -> int:
    """A new code of what was typed: code, name and, where known, active_years, inactive_years, fate; gives its id.

    Raises FormInvalid, also where the code is there already, in use or not.
    """
    with transaction():
        seat = keeper(by, now)
        cells = {name: text.strip() for name, text in typed.items()}
        changes.refuse(_problems(seat.organisation_id, cells))
        row = {name: cells[name] for name in ("code", "name")}
        years = {name: int(cells[name]) if cells.get(name) else None for name in YEARS}
        more = {"fate": cells.get("fate", ""), "active": True}
        added = sql.insert("classification", organisation_id=seat.organisation_id, **row, **years, **more)
        _note(seat, now, by, {}, row)
        return added


def _problems(organisation: int, cells: Mapping[str, str]) -> Problems:
    problems: Problems = {}
    for name, most in (("code", CODE), ("name", NAME)):
        if not cells.get(name):
            problems[name] = [Objection("required", "Isi kodenya." if name == "code" else "Isi namanya.")]
        elif len(cells[name]) > most:
            problems[name] = [Objection("too_long", "Paling panjang %(max)s huruf.", {"max": most})]
    for name in YEARS:
        text = cells.get(name, "")
        if text and not (text.isascii() and text.isdecimal() and len(text) <= 2):
            problems[name] = [Objection("number", "Tulis tahunnya sebagai bilangan, misalnya 2.")]
    if cells.get("fate") and cells["fate"] not in FATES:
        problems["fate"] = [Objection("unknown", "Pilih nasib akhirnya.")]
    taken = sql.value(_SAME, (organisation, cells.get("code", "")))
    if taken is not None:
        problems["code"] = [Objection("taken", "Kode ini sudah dipakai oleh %(name)s.", {"name": taken})]
    return problems


def use_code(key: int, active: bool, *, by: Actor, now: int) -> None:
    """Puts a code out of use for new berkas, or back; berkas that bear it keep it. Raises NotFound."""
    with transaction():
        seat = keeper(by, now)
        row = sql.row(_ONE + sql.for_update(), (key, seat.organisation_id))
        if row is None:
            raise NotFound("classification", key)
        if bool(row[2]) != active:
            changes.write("classification", key, {"active": active})
            told = {"code": str(row[0]), "name": str(row[1])}
            _note(seat, now, by, {"active": not active}, {**told, "active": active})


def _note(seat: Seat, now: int, by: Actor, before: Mapping[str, object], after: Mapping[str, object]) -> None:
    changes.note(
        seat.organisation_id,
        "classification",
        now,
        person=by.person_id,
        office=seat.office_id,
        what=str(after["code"]),
        before=before,
        after=after,
    )
