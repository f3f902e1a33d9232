"""A calendar changes: it is put in force, and every open deadline it governs is counted anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from engine import foreseen, promises, store
from engine.clocks import deadlines
from engine.clocks.worktime import Calendar, CalendarInvalid
from engine.errors import Conflict, FormInvalid, NotFound, Objection
from engine.held import Held, hold
from engine.offices import policy, settings
from engine.offices.people import Actor


@dataclass(frozen=True)
class Changed:
    """What a new calendar moved; `same` when it was in force already and nothing was done."""

    same: bool
    tasks: int = 0
    timers: int = 0
    cases: int = 0


def change_calendar(
    organisation: int, unit: int | None, body: Mapping[str, Any], *, person: int | None, now: int
) -> Changed:
    """Puts a calendar in force for an organisation, or for one unit of it, and moves what is still open.

    Due times and norms of open tasks, waiting timers and the due time of cases; the journal of each case keeps what
    was before. Done tasks keep what they were measured by. Raises CalendarInvalid before anything is written.
    """
    Calendar.from_json(dict(body))
    with transaction():
        return _change(organisation, unit, body, person, now)


def decide_calendar(unit: int | None, body: Mapping[str, Any], *, expected: str, by: Actor, now: int) -> Changed:
    """The same, by an administrator for their own organisation (or a unit of it), who saw the calendar `expected`.

    `expected` is the fingerprint of the calendar it was edited from, "" where there was none. Raises NotAllowed,
    NotFound, Conflict when someone else changed it meanwhile, FormInvalid for a period without its letter.
    """
    policy.must_have(by, "admin", "decide_calendar")
    organisation = policy.organisation_of(by)
    _must_be_fine(body)
    with transaction():
        sql.row("SELECT id FROM organisation WHERE id = ?" + sql.for_update(), (organisation,))
        _must_be_ours(organisation, unit)
        if fingerprint(organisation, unit) != expected:
            raise Conflict("the calendar changed meanwhile")
        return _change(organisation, unit, body, by.person_id, now)


def drop_calendar(unit: int, *, by: Actor, now: int) -> Changed:
    """A unit keeps the calendar of its organisation again; what is open there is counted anew."""
    policy.must_have(by, "admin", "drop_calendar")
    organisation = policy.organisation_of(by)
    with transaction():
        _must_be_ours(organisation, unit)
        if not fingerprint(organisation, unit):
            return Changed(same=True)
        settings.drop_calendar(organisation, unit, person=by.person_id, now=now)
        return _recounted(organisation, unit, now)


def _must_be_fine(body: Mapping[str, Any]) -> None:
    """An office puts no period in force without the letter that ordered it."""
    try:
        rules = Calendar.from_json(dict(body)).rules
    except CalendarInvalid as invalid:
        raise FormInvalid({"calendar": list(invalid.problems)}) from invalid
    bare = next((period for period in rules.periods if not period.source), None)
    if bare is not None:
        words = "Masa khusus %(name)s belum menyebut surat edarannya."
        raise FormInvalid({"calendar": [Objection("no_letter", words, {"name": bare.name or bare.first})]})


def _must_be_ours(organisation: int, unit: int | None) -> None:
    if unit is None:
        return
    if sql.value("SELECT organisation_id FROM unit WHERE id = ?", (unit,)) != organisation:
        raise NotFound("unit", unit)


def fingerprint(organisation: int, unit: int | None) -> str:
    """Of the calendar kept for exactly this unit (None: for the organisation); "" where there is none."""
    where, more = ("unit_id IS NULL", []) if unit is None else ("unit_id = ?", [unit])
    text = f"SELECT fingerprint FROM calendar WHERE organisation_id = ? AND {where}"
    return str(sql.value(text, [organisation, *more]) or "")


def _change(organisation: int, unit: int | None, body: Mapping[str, Any], person: int | None, now: int) -> Changed:
    if _in_force(organisation, unit) == dict(body):
        return Changed(same=True)
    settings.set_calendar(organisation, unit, body, person=person, now=now)
    return _recounted(organisation, unit, now)


def _in_force(organisation: int, unit: int | None) -> Any:
    where, more = ("unit_id IS NULL", []) if unit is None else ("unit_id = ?", [unit])
    text = f"SELECT body FROM calendar WHERE organisation_id = ? AND {where}"
    found = sql.value(text, [organisation, *more])
    return None if found is None else orjson.loads(found)


def _running(organisation: int) -> list[int]:
    """Always in the same order, so that two such changes never wait for each other."""
    text = "SELECT id FROM case_file WHERE organisation_id = ? AND closed_ms IS NULL ORDER BY id"
    return [int(found[0]) for found in sql.rows(text, (organisation,))]


def _recounted(organisation: int, unit: int | None, now: int) -> Changed:
    moved = [_recount(hold(case_id), unit, now) for case_id in _running(organisation)]
    return Changed(False, *(sum(part) for part in zip(*moved, strict=True)))


def _recount(held: Held, unit: int | None, now: int) -> tuple[int, int, int]:
    """How many tasks, timers and promises of one case moved. Timers and promises go by the organisation's calendar."""
    tasks = _tasks(held, unit, now)
    timers = _timers(held, now) if unit is None else 0
    promises = _promise(held, now) if unit is None else 0
    if held.entries:
        store.note_down(held)
    return tasks, timers, promises


def _tasks(held: Held, unit: int | None, now: int) -> int:
    own = settings.office_calendars(held.organisation)
    calendar = settings.calendar(held.organisation, unit)
    found = foreseen.open_of_case(held.organisation, held.case_id)
    return sum(_task(held, row, calendar, now) for row in found if foreseen.governed(row, unit, own))


def _task(held: Held, row: foreseen.Open, calendar: Calendar, now: int) -> bool:
    due, norm = foreseen.due_by(row, calendar)
    if (due, norm) == (row.due_ms, row.norm_ms):
        return False
    sql.execute("UPDATE task SET due_ms = ?, norm_ms = ? WHERE id = ?", (due, norm, row.id))
    facts = {"due": due, "due_before": row.due_ms, "norm": norm, "norm_before": row.norm_ms}
    held.note("recounted", now, task=row.id, element=row.element, office=row.office_id, facts=facts)
    return due != row.due_ms


def _timers(held: Held, now: int) -> int:
    text = "SELECT id, payload, created_ms, due_ms FROM job WHERE case_file_id = ?"
    found = sql.rows(f"{text} AND state = 'waiting' AND kind = 'timer' ORDER BY id", (held.case_id,))
    return sum(_timer(held, row, now) for row in found)


def _timer(held: Held, row: sql.Row, now: int) -> bool:
    job, payload, began, before = row
    element = held.closure.diagram.elements[orjson.loads(payload)["element"]]
    clock = element.props.get("sop.hitungan", "hari-kerja")
    due = deadlines.due(began, element.duration or "", clock, held.calendar)
    if due is None or due == before:
        return False
    sql.execute("UPDATE job SET due_ms = ? WHERE id = ?", (due, job))
    held.note("recounted", now, element=element.id, facts={"for": "timer", "until": due, "until_before": before})
    return True


def _promise(held: Held, now: int) -> int:
    """The due time of the case itself, where the diagram sets one."""
    asked = "SELECT due_ms FROM case_file WHERE id = ?"
    before = sql.value(asked, (held.case_id,))
    promises.keep(held, now, recounted=True)
    due = sql.value(asked, (held.case_id,))
    if due == before:
        return 0
    held.note("recounted", now, facts={"for": "case", "due": due, "due_before": before})
    return 1
