"""A new installation: one organisation with its offices, lists, calendar, books and the processes that ship."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

import forms
from db import migrate, sql
from db.connect import transaction
from engine.clocks import calendars
from engine.diagrams import releases
from engine.offices import accounts, settings


@dataclass(frozen=True)
class OfficePlan:
    """One office to be: its code, role, unit, name, the office above it and its place in the order."""

    code: str
    role: str
    unit: str
    name: str
    superior: str = ""
    rank: int = 100


@dataclass(frozen=True)
class Body:
    """One government body as it starts out."""

    code: str
    name: str
    units: Mapping[str, tuple[str, str]]  # code → name, kind
    offices: Sequence[OfficePlan]
    settings: Mapping[str, Any]
    processes: Mapping[str, str]  # process → letter that put it in force
    timezone: str = "Asia/Jakarta"
    parents: Mapping[str, str] = field(default_factory=dict)  # code of a unit → of the one it belongs to


def prepare() -> list[str]:
    """Brings the database to this release's schema; gives what was applied."""
    return migrate.up()


def is_empty() -> bool:
    """Whether no organisation has been founded yet."""
    return sql.row("SELECT id FROM organisation LIMIT 1") is None


def found(body: Body, *, now: int) -> int:
    """Founds an organisation, as one verb; gives its id."""
    with transaction():
        return lay(body, now=now)


def lay(body: Body, *, now: int) -> int:
    """The same inside the caller's transaction."""
    organisation = sql.insert("organisation", code=body.code, name=body.name, timezone=body.timezone)
    units = _units(organisation, body)
    _offices(organisation, body, units)
    for name, value in body.settings.items():
        settings.decide(organisation, name, value, person=None, now=now)
    settings.set_calendar(organisation, None, calendars.default_json(), person=None, now=now)
    for process, letter in body.processes.items():
        _fill_lists(organisation, process)
        files = releases.files_of(process)
        releases.publish(organisation, process, files, releases.Terms(letter, 0), person=None, now=now)
    return organisation


def _units(organisation: int, body: Body) -> dict[str, int]:
    ids: dict[str, int] = {}
    for code, (name, kind) in body.units.items():
        parent = ids[body.parents[code]] if code in body.parents else None
        ids[code] = sql.insert("unit", organisation_id=organisation, code=code, name=name, kind=kind, parent_id=parent)
    return ids


def _offices(organisation: int, body: Body, units: Mapping[str, int]) -> None:
    ids: dict[str, int] = {}
    for plan in body.offices:
        ids[plan.code] = sql.insert(
            "office",
            organisation_id=organisation,
            unit_id=units[plan.unit],
            code=plan.code,
            role=plan.role,
            name=plan.name,
            superior_id=ids.get(plan.superior),
            rank=plan.rank,
        )


def _fill_lists(organisation: int, process: str) -> None:
    for name, entries in forms.default_lists(process).items():
        for rank, entry in enumerate(entries):
            sql.execute(
                "INSERT INTO choice (organisation_id, list, code, label, attrs, rank, active)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (organisation, name, entry.code, entry.label, orjson.dumps(dict(entry.attrs)).decode(), rank, True),
            )


def employ(
    organisation: int,
    name: str,
    *,
    nip: str = "",
    pangkat: str = "",
    offices: Sequence[str] = (),
    username: str = "",
    password_hash: str = "",
    powers: str = "",
    since: int,
) -> int:
    """A person with the offices they hold and, with a user name, their sign-in; inside the caller's transaction."""
    person = sql.insert("person", organisation_id=organisation, name=name, nip=nip, pangkat=pangkat)
    for code in offices:
        office = sql.value("SELECT id FROM office WHERE organisation_id = ? AND code = ?", (organisation, code))
        sql.insert(
            "holding",
            office_id=office,
            person_id=person,
            kind="definitif",
            from_ms=since,
            until_ms=None,
            letter="",
            letter_date="",
            entered_by=None,
            entered_ms=since,
        )
    if username:
        accounts.create(person, username, password_hash, powers=powers, now=since)
    return person
