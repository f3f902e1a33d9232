"""What every change of who the office is has in common: an administrator of the same organisation, before and after."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from db import sql
from engine import journal
from engine.errors import FormInvalid, NotFound, Objection
from engine.offices import policy
from engine.offices.people import Actor

CODE = re.compile(r"[a-z][a-z0-9_]{1,62}")
LONGEST_NAME = 200
Problems = dict[str, list[Objection]]


def administers(by: Actor, verb: str) -> int:
    """The organisation this administrator works for, which is theirs `alone`; NotAllowed for anybody else."""
    policy.must_have(by, "admin", verb)
    return alone(policy.organisation_of(by))


def alone(organisation: int) -> int:
    """Until the verb ends nobody else changes who this organisation is: two who look at the same do not both act."""
    sql.row("SELECT id FROM organisation WHERE id = ?" + sql.for_update(), (organisation,))
    return organisation


def own(table: str, key: int, organisation: int, columns: Sequence[str]) -> dict[str, Any]:
    """One row of this organisation, locked; NotFound for another's as for none."""
    text = f"SELECT {', '.join(columns)} FROM {table} WHERE id = ? AND organisation_id = ?"
    found = sql.row(text + sql.for_update(), (key, organisation))
    if found is None:
        raise NotFound(table, key)
    return dict(zip(columns, found, strict=True))


def write(table: str, key: int, after: Mapping[str, Any]) -> None:
    """The new values of one row."""
    names = ", ".join(f"{name} = ?" for name in after)
    sql.execute(f"UPDATE {table} SET {names} WHERE id = ?", [*after.values(), key])


def note(
    organisation: int,
    kind: str,
    now: int,
    *,
    person: int | None,
    what: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    office: int | None = None,
) -> None:
    """One entry of the organisation's chain: `what` was changed, and only the values that differ."""
    old, new = dict(before or {}), dict(after or {})
    same = {name for name in old if name in new and old[name] == new[name]}
    facts = {
        "what": what,
        "before": {name: value for name, value in old.items() if name not in same},
        "after": {name: value for name, value in new.items() if name not in same},
    }
    journal.append(organisation, None, [journal.Entry(kind, now, office=office, person=person, facts=facts)])


def refuse(problems: Mapping[str, Sequence[Objection]]) -> None:
    """Raises FormInvalid when anything is wrong."""
    if any(problems.values()):
        raise FormInvalid({name: found for name, found in problems.items() if found})


def objection(field: str, code: str, words: str, **facts: Any) -> FormInvalid:
    """One thing that is wrong with one field."""
    return FormInvalid({field: [Objection(code, words, facts)]})


def name_problems(name: str, field: str = "name") -> Problems:
    """What is wrong with a name."""
    if not name.strip():
        return {field: [Objection("required", "Isi namanya.")]}
    if len(name.strip()) > LONGEST_NAME:
        return {field: [Objection("too_long", "Paling panjang %(max)s huruf.", {"max": LONGEST_NAME})]}
    return {}


def code_problems(table: str, organisation: int, code: str, field: str = "code", *, key: int = 0) -> Problems:
    """What is wrong with a code: its letters, or that another row of the organisation has it."""
    if not CODE.fullmatch(code):
        words = "Pakai huruf kecil, angka, dan garis bawah, diawali huruf; misalnya bagian_umum."
        return {field: [Objection("bad_code", words)]}
    taken = f"SELECT name FROM {table} WHERE organisation_id = ? AND code = ? AND id <> ?"
    name = sql.value(taken, (organisation, code, key))
    if name is not None:
        return {field: [Objection("taken", "Kode ini sudah dipakai oleh %(name)s.", {"name": name})]}
    return {}


def listed(names: Sequence[str], most: int = 5) -> str:
    """Names in a sentence: the first few, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" (+{more})" if more > 0 else "")


def seat_problems(person: int, organisation: int, field: str = "person") -> Problems:
    """Why this person may sit in no office here: another organisation's, gone, or an auditor, who only reads."""
    found = sql.row("SELECT name, active FROM person WHERE id = ? AND organisation_id = ?", (person, organisation))
    if found is None:
        return {field: [Objection("unknown", "Pilih orang dari instansi ini.")]}
    if not found[1]:
        return {field: [Objection("gone", "%(name)s sudah dinonaktifkan.", {"name": found[0]})]}
    if "auditor" in powers_of(person):
        words = "%(name)s adalah auditor: auditor hanya membaca dan tidak boleh memegang jabatan."
        return {field: [Objection("auditor", words, {"name": found[0]})]}
    return {}


def powers_of(person: int) -> set[str]:
    """Every power of a person's active accounts."""
    rows = sql.rows("SELECT powers FROM account WHERE person_id = ? AND active", (person,))
    return {power for row in rows for power in str(row[0]).split()}
