"""A calendar changes: it is put in force, and every open deadline it governs is counted anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from engine import deadlines, limits, offering, settings, store
from engine.held import Held, hold
from engine.worktime import Calendar


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
        if _in_force(organisation, unit) == dict(body):
            return Changed(same=True)
        settings.set_calendar(organisation, unit, body, person=person, now=now)
        moved = [_recount(hold(case_id), unit, now) for case_id in _running(organisation)]
    return Changed(False, *(sum(part) for part in zip(*moved, strict=True)))


def _in_force(organisation: int, unit: int | None) -> Any:
    where, more = ("unit_id IS NULL", []) if unit is None else ("unit_id = ?", [unit])
    text = f"SELECT body FROM calendar WHERE organisation_id = ? AND {where}"
    found = sql.value(text, [organisation, *more])
    return None if found is None else orjson.loads(found)


def _running(organisation: int) -> list[int]:
    """Always in the same order, so that two such changes never wait for each other."""
    text = "SELECT id FROM case_file WHERE organisation_id = ? AND closed_ms IS NULL ORDER BY id"
    return [int(found[0]) for found in sql.rows(text, (organisation,))]


def _recount(held: Held, unit: int | None, now: int) -> tuple[int, int, int]:
    """How many tasks, timers and promises of one case moved. Timers and promises go by the organisation's calendar."""
    tasks = _tasks(held, unit, now)
    timers = _timers(held, now) if unit is None else 0
    promises = _promise(held, now) if unit is None else 0
    if held.entries:
        store.note_down(held)
    return tasks, timers, promises


_OPEN = """
SELECT t.id, t.element, t.office_id, o.unit_id, t.limit_text, t.clock, t.since, t.wait_norm, t.offered_ms, t.started_ms,
  t.due_ms, t.norm_ms
FROM task t LEFT JOIN office o ON o.id = t.office_id WHERE t.case_file_id = ? AND t.state = 'open' ORDER BY t.id
"""


def _tasks(held: Held, unit: int | None, now: int) -> int:
    found = [row for row in sql.rows(_OPEN, (held.case_id,)) if unit is None or row[3] == unit]
    return sum(_task(held, row, now) for row in found)


def _task(held: Held, row: sql.Row, now: int) -> bool:
    task, element, office, unit, text, clock, since, wait, offered, started, due_was, norm_was = row
    calendar, limit = settings.calendar(held.organisation, unit), limits.Limit(text, clock, since, wait)
    due = limits.due(limit, calendar, offered=offered, started=started, received=held.received_ms)
    norm = limits.norm(limit, calendar, offered)
    if (due, norm) == (due_was, norm_was):
        return False
    sql.execute("UPDATE task SET due_ms = ?, norm_ms = ? WHERE id = ?", (due, norm, task))
    facts = {"due": due, "due_before": due_was, "norm": norm, "norm_before": norm_was}
    held.note("recounted", now, task=task, element=element, office=office, facts=facts)
    return True


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
    offering.promise(held)
    due = sql.value(asked, (held.case_id,))
    if due == before:
        return 0
    held.note("recounted", now, facts={"for": "case", "due": due, "due_before": before})
    return 1
