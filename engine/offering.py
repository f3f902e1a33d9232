"""What the diagram now waits for becomes rows: a task for an office, a job for the system, a promise to the citizen."""

from collections.abc import Mapping
from typing import Any

import orjson

from db import sql
from engine import counters, deliveries, expressions, limits, returning
from engine.clocks import deadlines
from engine.errors import ProcessBroken
from engine.held import Held, TaskRow
from engine.offices import settings, standing
from engine.runtime import Waiting


def offer(held: Held, waiting: Waiting, now: int) -> None:
    """Writes what one waiting element needs: a task row, or a job for a timer or service."""
    if waiting.kind in ("user", "receive"):
        _offer_task(held, waiting, now)
    elif waiting.kind == "timer":
        _add_job(held, waiting, "timer", _timer_due(held, waiting, now), now)
    elif waiting.kind == "service":
        _add_job(held, waiting, "service", now, now)


def _offer_task(held: Held, waiting: Waiting, now: int) -> None:
    element = waiting.element
    screen = held.closure.screens.get(element.form_key or "")
    if screen is not None:
        held.running.clear(waiting.key, screen.decision_fields)  # an old decision must not decide again
    office_id, role = (None, "") if waiting.kind == "receive" else _office(held, waiting)
    limit = limits.of(element, lambda text: held.running.evaluate(waiting.key, text))
    calendar = held.calendar_of(office_id)
    due = limits.due(limit, calendar, offered=now, started=None, received=held.received_ms)
    row, cycle = element.props.get("sop.nomor", ""), _cycle(held.case_id, element.id, waiting.instance or "")
    task_id = sql.insert(
        "task",
        case_file_id=held.case_id,
        key=waiting.key,
        element=element.id,
        name=element.name,
        process=element.process_id,
        instance=waiting.instance or "",
        kind=waiting.kind,
        form=element.form_key or "",
        role=role,
        office_id=office_id,
        state="open",
        cycle=cycle,
        returned=cycle > 1 and returning.sent_back(held, waiting.instance or ""),
        offered_ms=now,
        due_ms=due,
        norm_ms=limits.norm(limit, calendar, now),
        limit_text=limit.text,
        clock=limit.clock,
        since=limit.since,
        wait_norm=limit.norm,
        sop_row=int(row) if row else None,
        done_as="",
        late=False,
        outcome="",
    )
    facts = {"limit": limit.text, "clock": limit.clock, "since": limit.since, "due": due, "instance": waiting.instance}
    held.note("offered", now, task=task_id, element=element.id, office=office_id, facts=facts)
    if office_id is not None and deliveries.hands_out(element):
        deliveries.send(held, element, task_id, office_id, now)


def _cycle(case_id: int, element: str, instance: str) -> int:
    text = "SELECT MAX(cycle) FROM task WHERE case_file_id = ? AND element = ? AND instance = ?"
    return int(sql.value(text, (case_id, element, instance)) or 0) + 1


def _office(held: Held, waiting: Waiting) -> tuple[int, str]:
    """The office a task goes to: by the groups drawn on it, else by its lane, narrowed to the unit drawn on it."""
    element = waiting.element
    names = list(element.groups) or [element.lane or ""]
    role_map = standing.kept(held.stamp, settings.setting, held.organisation, "role_map")
    codes = [role_map.get(name, name) for name in names]
    unit = element.props.get("unit", "").strip()
    if unit.startswith("="):
        unit = str(held.running.evaluate(waiting.key, unit[1:].strip()))
    marks, values = sql.marks(codes), [held.organisation, *codes, *codes]
    text = (
        "SELECT o.id, o.role FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.organisation_id = ?"
        f" AND o.active AND (o.code IN ({marks}) OR o.role IN ({marks}))"
    )
    if unit:
        text, values = text + " AND u.code = ?", [*values, unit]
    found = sql.row(text + " ORDER BY o.rank, o.id LIMIT 1", values)
    if found is None:
        cause = f"tidak ada jabatan untuk {', '.join(codes)}" + (f" di unit {unit}" if unit else "")
        raise ProcessBroken(held.closure.process, element.id, cause)
    return int(found[0]), str(found[1])


def job_name(case_id: int, key: str) -> str:
    """The idempotency key of what a waiting timer or service wants done."""
    return f"wait:{case_id}:{key}"


def _add_job(held: Held, waiting: Waiting, kind: str, due: int, now: int) -> None:
    payload: dict[str, Any] = {"case": held.case_id, "key": waiting.key, "element": waiting.element.id}
    if kind == "service":
        element = waiting.element
        payload |= {"topic": element.topic or "", "instance": waiting.instance or ""}
        payload["message"] = element.props.get("pesan", "")
    sql.insert(
        "job",
        name=job_name(held.case_id, waiting.key),
        kind=kind,
        payload=orjson.dumps(payload).decode(),
        case_file_id=held.case_id,
        state="waiting",
        due_ms=due,
        attempts=0,
        lease_ms=0,
        error="",
        created_ms=now,
    )
    held.note(
        "waiting", now, element=waiting.element.id, facts={"for": kind, "until": due if kind == "timer" else None}
    )


def _timer_due(held: Held, waiting: Waiting, now: int) -> int:
    props = waiting.element.props
    clock = props.get("sop.hitungan", "hari-kerja")
    begun = held.received_ms if props.get("sop.sejak") == "diterima" else now
    due = deadlines.due(begun, waiting.element.duration or "", clock, held.calendar)
    if due is None:
        raise ProcessBroken(held.closure.process, waiting.element.id, "batas waktu tanpa lamanya")
    return due


def due_of(held: Held, row: TaskRow, started: int) -> int | None:
    """The due instant of a task whose clock starts when it is worked on."""
    limit = limits.Limit(row.limit_text, row.clock, row.since, "")
    calendar = held.calendar_of(row.office_id)
    return limits.due(limit, calendar, offered=row.offered_ms, started=started, received=held.received_ms)


_COLUMNS = {"subyek": "topic", "jenis": "kind", "wilayah": "place", "unit": "unit"}


def asks_facts(held: Held) -> bool:
    """Whether anything is to be known of the case's data after a step: a date that was promised, a column."""
    diagram = held.closure.diagram
    return bool(diagram.milestones) or any(f"kasus.{name}" in diagram.start.props for name in _COLUMNS)


def classify(held: Held, facts: Mapping[str, Any]) -> None:
    """What the start event names `kasus.<what>` of the case's facts stands in its columns, for lists and figures.

    A branch that knows nothing of it (the other one has ended) leaves what was known.
    """
    props = held.closure.diagram.start.props
    named = {column: props[f"kasus.{name}"] for name, column in _COLUMNS.items() if f"kasus.{name}" in props}
    if not named:
        return
    values = (str(expressions.evaluate(text.removeprefix("="), facts) or "") for text in named.values())
    held.change({column: value for column, value in zip(named, values, strict=True) if value})


def enter_register(held: Held, now: int) -> None:
    """Every report is in the book its diagram names on the start event, also one that ends before it was taken up."""
    book = held.closure.diagram.start.props.get("agenda.buku", "")
    if book:
        enter_book(held, book, now)


def enter_book(held: Held, book: str, now: int) -> int:
    """The number of the case in a book of this year: taken once, without gap or repeat, and kept."""
    known = sql.value("SELECT number FROM agenda WHERE case_file_id = ? AND book = ?", (held.case_id, book))
    if known is not None:
        return int(known)
    year = counters.year_at(held.calendar.tz, now)
    number = counters.next_number(held.organisation, f"agenda:{book}:{year}")
    values: dict[str, Any] = {"organisation_id": held.organisation, "book": book, "year": year, "number": number}
    sql.insert("agenda", **values, case_file_id=held.case_id, at_ms=now)
    held.note("agenda", now, facts={"book": book, "year": year, "number": number})
    return number
