"""What staff and officials do with a task: open, claim, release, keep a draft, complete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db import sql
from db.connect import transaction
from engine import companions, deliveries, expressions, incidents, offering, search, store, vault
from engine.diagrams.catalog import Element
from engine.errors import FormInvalid, Objection
from engine.held import Held, TaskRow, hold_task
from engine.offices import policy, settings, standing
from engine.offices.people import Actor, Seat
from engine.publishing import publications
from engine.runtime import Progress
from forms import Choice, Parsed, Screen
from forms import FormInvalid as AnswersInvalid


def open_task(task_id: int, *, by: Actor, now: int) -> bool:
    """First sight by someone who may act: starts the SOP clock where it runs from work. True when it was the first."""
    with transaction():
        row, held = hold_task(task_id)
        if row.opened_ms is not None:
            return False
        seat = policy.may_act(by, row.office_id, None, now, verb="open")
        begin(held, row, now)
        held.note("opened", now, task=row.id, element=row.element, **_as(seat))
        deliveries.taken_in(held, held.closure.diagram.elements[row.element], row.id, seat, now)
        store.note_down(held)
        return True


def claim(task_id: int, *, by: Actor, now: int) -> None:
    """Takes a task for oneself; claiming again changes nothing."""
    with transaction():
        row, held = hold_task(task_id)
        seat = policy.may_act(by, row.office_id, row.claimed_by, now, verb="claim")
        if row.claimed_by == by.account_id:
            return
        begin(held, row, now)
        sql.execute("UPDATE task SET claimed_ms = ?, claimed_by = ? WHERE id = ?", (now, by.account_id, row.id))
        held.note("claimed", now, task=row.id, element=row.element, **_as(seat))
        deliveries.taken_in(held, held.closure.diagram.elements[row.element], row.id, seat, now)
        store.note_down(held)


def release(task_id: int, *, by: Actor, now: int) -> None:
    """Gives a claimed task back to the office; the clock it started keeps running."""
    with transaction():
        row, held = hold_task(task_id)
        seat = policy.may_act(by, row.office_id, row.claimed_by, now, verb="release")
        sql.execute("UPDATE task SET claimed_ms = NULL, claimed_by = NULL WHERE id = ?", (row.id,))
        held.note("released", now, task=row.id, element=row.element, **_as(seat))
        store.note_down(held)


def begin(held: Held, row: TaskRow, now: int) -> None:
    """The moment work begins: the SOP clock of a task that counts from being worked on."""
    if row.started_ms is not None:
        return
    due = row.due_ms if row.due_ms is not None else offering.due_of(held, row, now)
    sql.execute("UPDATE task SET opened_ms = ?, started_ms = ?, due_ms = ? WHERE id = ?", (now, now, due, row.id))


def _as(seat: Seat) -> dict[str, Any]:
    return {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}


def save_draft(task_id: int, *, by: Actor, answers: Mapping[str, Any], now: int) -> None:
    """Keeps a half-filled form for this person."""
    with transaction():
        row, _ = hold_task(task_id)
        policy.may_act(by, row.office_id, None, now, verb="draft")
        keep_draft(f"task:{task_id}:{by.account_id}", answers, now)


def keep_draft(name: str, answers: Mapping[str, Any], now: int) -> None:
    """Writes a sealed draft under its name, in the caller's transaction."""
    sealed = vault.seal(dict(answers), f"draft:{name}")
    text = (
        "INSERT INTO draft (name, sealed, saved_ms) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, saved_ms = excluded.saved_ms"
    )
    sql.execute(text, (name, sealed, now))


@dataclass(frozen=True)
class Completed:
    """What a completed act led to: the case, and whether it has ended."""

    case_id: int
    task_id: int
    ended: bool


def complete(task_id: int, *, by: Actor, answers: Mapping[str, Any], now: int) -> Completed:
    """Does a task: takes the answers, moves the diagram, tells the journal.

    Raises NotFound, TaskAlreadyDone, NotAllowed, FormInvalid, and ProcessBroken after the incident was written down.
    """
    with incidents.guard("complete", task_id=task_id, by=by, answers=answers, now=now), transaction():
        row, held = hold_task(task_id)
        seat = policy.may_act(by, row.office_id, row.claimed_by, now, verb="complete")
        parsed = read_answers(held, row, answers)
        publications.check(held, held.closure.diagram.elements[row.element], parsed, answers)
        ended = finish(held, row, seat, parsed, now)
        if not ended:
            store.remember(held, row, by.account_id, now)
        sql.execute("DELETE FROM draft WHERE name = ?", (f"task:{task_id}:{by.account_id}",))
        return Completed(held.case_id, task_id, ended)


def finish(held: Held, row: TaskRow, seat: Seat | None, parsed: Parsed, now: int) -> bool:
    """Completes a task whose answers are read and whose actor is known; True when the case ended with it."""
    element = held.closure.diagram.elements[row.element]
    added = _add_instance(held, row, element, parsed)
    progress = held.running.complete(row.key, parsed.data)
    store.close_task(
        held,
        row,
        seat,
        now,
        outcome=decision(held.closure.screens.get(row.form), parsed),
        facts={"answers": parsed.data},
    )
    store.submit(row, parsed.data, parsed.texts, now)
    publications.of_act(held, row, element, seat, parsed, now)
    incidents.overtaken(held, now, row.id)
    _case_columns(held, parsed.case_fields, now, by_office=seat is not None)
    book = element.props.get("agenda.buku", "")
    if book:
        offering.enter_book(held, book, now)
    store.save(held, [*added, progress], now, done=[row.key])
    if progress.ended:
        companions.tell_end(held, now)
    return progress.ended


def decision(screen: Screen | None, parsed: Parsed) -> str:
    """The code of the decision a form asks for: its first single choice."""
    asked = (f.name for f in screen.fields.values() if f.kind == "radio") if screen else iter(())
    return next((str(parsed.data[name]) for name in asked if parsed.data.get(name)), "")


def read_answers(held: Held, row: TaskRow, answers: Mapping[str, Any]) -> Parsed:
    """Answers as data; an element without a form takes the facts its diagram declares."""
    screen = held.closure.screens.get(row.form)
    if screen is None:
        declared = held.closure.diagram.initial
        return Parsed(data={k: v for k, v in answers.items() if k in declared})
    try:
        return screen.parse(answers, _lists(held, screen), held.running.data_of(row.key))
    except AnswersInvalid as refused:
        raise FormInvalid(refused.problems) from refused


def _lists(held: Held, screen: Screen) -> Mapping[str, Sequence[Choice]]:
    wanted = tuple(sorted(screen.values_keys))
    return standing.kept(held.stamp, settings.lists, held.organisation, wanted) if wanted else {}


def _add_instance(held: Held, row: TaskRow, element: Element, parsed: Parsed) -> list[Progress]:
    """`tambah.instansi`: one more addressee for the multi-instance this task stands in, before its own part ends."""
    wanted = element.props.get("tambah.instansi", "")
    if not wanted:
        return []
    expression = wanted.removeprefix("=").strip()
    item = str(expressions.evaluate(expression, {**held.running.data_of(row.key), **parsed.data}))
    if item in held.running.instances(row.key):
        problem = Objection("already_addressed", "Alat kelengkapan ini sudah menerima disposisi; pilih yang lain.")
        raise FormInvalid({expression: [problem]})
    return [held.running.add_instance(row.key, item, item)]


_FIELDS = {"perihal": "subject", "urgensi": "urgency", "kerahasiaan": "secrecy", "penilaian": "rating"}


def _case_columns(held: Held, fields: Mapping[str, Any], now: int, *, by_office: bool) -> None:
    fields = {name: value for name, value in fields.items() if value is not None}
    columns = {_FIELDS[name]: int(value) if name == "penilaian" else value for name, value in fields.items()}
    if not columns:
        return
    if "perihal" in fields:
        columns["worded"] = by_office  # others are shown a subject only in the office's own words
    told = ", ".join(f"{name} = ?" for name in columns)
    sql.execute(f"UPDATE case_file SET {told} WHERE id = ?", [*columns.values(), held.case_id])
    for name, value in fields.items():
        if name != "perihal":
            held.note("classified", now, facts={name: value})
    if fields.get("perihal", held.subject) != held.subject:
        search.rename(held.case_id)
