"""The people of an organisation: who they are; whoever worked here stays on the papers they signed."""

from typing import Any

from db import sql
from db.connect import transaction
from engine.commands import changes
from engine.commands.changes import Problems
from engine.errors import Objection
from engine.offices.people import Actor

COLUMNS = ("name", "nip", "pangkat", "active")
PANGKAT = 100


def add_person(*, name: str, nip: str = "", pangkat: str = "", by: Actor, now: int) -> int:
    """Someone begins to work here, without an account yet. Raises FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "add person")
        row = _row(name, nip, pangkat)
        changes.refuse(_problems(row, organisation, 0))
        person = sql.insert("person", organisation_id=organisation, **row, active=True)
        changes.note(organisation, "person_added", now, person=by.person_id, what=row["name"], after=_told(row))
        return person


def change_person(person: int, *, name: str, nip: str, pangkat: str, by: Actor, now: int) -> None:
    """A name, NIP or rank changes. Raises NotFound, FormInvalid."""
    with transaction():
        organisation = changes.administers(by, "change person")
        before = changes.own("person", person, organisation, COLUMNS)
        row = _row(name, nip, pangkat)
        changes.refuse(_problems(row, organisation, person))
        after = before | row
        if after == before:
            return
        changes.write("person", person, row)
        told: Any = {"before": _told(before), "after": _told(after) | _changed_nip(before, after)}
        changes.note(organisation, "person_changed", now, person=by.person_id, what=row["name"], **told)


def _row(name: str, nip: str, pangkat: str) -> dict[str, Any]:
    return {"name": name.strip(), "nip": " ".join(nip.split()), "pangkat": pangkat.strip()}


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """As the journal tells it: a NIP holds a day of birth and stays out."""
    return {"name": row["name"], "pangkat": row["pangkat"]}


def _changed_nip(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {"nip": "…"} if before["nip"] != after["nip"] else {}


def _problems(row: dict[str, Any], organisation: int, person: int) -> Problems:
    problems = changes.name_problems(row["name"])
    digits = row["nip"].replace(" ", "")
    if row["nip"] and not (digits.isascii() and digits.isdecimal() and len(digits) == 18):
        problems["nip"] = [Objection("bad_nip", "NIP terdiri atas 18 angka; kosongkan bila tidak ada.")]
    taken = "SELECT name FROM person WHERE organisation_id = ? AND REPLACE(nip, ' ', '') = ? AND id <> ?"
    name = sql.value(taken, (organisation, digits, person)) if digits else None
    if name is not None:
        problems["nip"] = [Objection("taken", "NIP ini sudah dipakai oleh %(name)s.", {"name": name})]
    if len(row["pangkat"]) > PANGKAT:
        problems["pangkat"] = [Objection("too_long", "Paling panjang %(max)s huruf.", {"max": PANGKAT})]
    return problems
