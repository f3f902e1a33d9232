"""One more unit asked for help while its step is open: by the unit that handles the case, never by the helpers.

Which step that is and who may ask says the diagram: `tambah.oleh` on a step done once for each unit names the roles
of the handling unit. A unit that was asked leaves by doing its own task; whoever may ask may also let it go, which is
the step's own way back ("batal") with a reason, told as theirs.
"""

from dataclasses import dataclass

from db import sql
from db.connect import transaction
from engine import returning, store
from engine.commands import work
from engine.commands.taking_over import reason_of
from engine.diagrams import releases
from engine.errors import Conflict, FormInvalid, NotAllowed, Objection
from engine.held import Held, hold, task
from engine.offices import notices, people, policy
from engine.offices.people import Actor, Seat
from engine.offices.policy import View

ASKED_BY = "tambah.oleh"
NOT_OPEN = "Tidak ada unit yang sedang dimintai masukan; unit lain diminta lewat tugas Anda."
NOT_ASKED = "Unit ini tidak sedang dimintai masukan; mungkin baru saja menjawab."
NOT_YOURS = "Hanya Pejabat atau Pimpinan unit yang menangani yang dapat meminta masukan unit lain."


@dataclass(frozen=True)
class Open:
    """The step that asks units: its open task's key, the role that answers there, who may ask."""

    key: str
    element: str
    role: str
    asked_by: frozenset[str]


def asking(case_id: int) -> Open | None:
    """The step of a case that asks units and is open now."""
    text = (
        "SELECT t.key, t.element, t.role, r.id, r.fingerprint FROM task t JOIN case_file c ON c.id = t.case_file_id"
        " JOIN release r ON r.id = c.release_id WHERE t.case_file_id = ? AND t.state = 'open' ORDER BY t.id"
    )
    for key, element, role, release, fingerprint in sql.rows(text, (case_id,)):
        drawn = releases.closure(int(release), str(fingerprint)).diagram.elements[element]
        if ASKED_BY in drawn.props:
            return Open(str(key), str(element), str(role), frozenset(drawn.props[ASKED_BY].split()))
    return None


def seat_of(case_id: int, view: View, step: Open) -> Seat | None:
    """As what this person may ask: a seat of a role that may, in the unit that handles the case."""
    unit = sql.value("SELECT unit FROM case_file WHERE id = ?", (case_id,))
    return next((seat for seat in view.seats if seat.role in step.asked_by and _unit(seat) == unit), None)


def _unit(seat: Seat) -> str:
    text = "SELECT u.code FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.id = ?"
    return str(sql.value(text, (seat.office_id,)) or "")


def units(case_id: int, step: Open) -> dict[str, str]:
    """The units that could be asked still: those with an office of the role, not asked now, not handling it."""
    text = (
        "SELECT u.code, u.name FROM unit u JOIN case_file c ON c.organisation_id = u.organisation_id WHERE c.id = ?"
        " AND u.active AND u.code <> c.unit AND EXISTS (SELECT 1 FROM office o WHERE o.unit_id = u.id AND o.active"
        " AND o.role = ?) AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_file_id = c.id AND t.state = 'open'"
        " AND t.element = ? AND t.instance = u.code) ORDER BY u.id"
    )
    return {str(code): str(name) for code, name in sql.rows(text, (case_id, step.role, step.element))}


@dataclass(frozen=True)
class Asked:
    """A unit that is being asked: its task, since when, whether anyone there has looked at it."""

    task: int
    unit: str
    name: str
    since_ms: int
    opened_ms: int | None


def asked(case_id: int, step: Open) -> list[Asked]:
    """The units asked now, the first asked first."""
    text = (
        "SELECT t.id, t.instance, COALESCE(u.name, t.instance), t.offered_ms, t.opened_ms FROM task t"
        " JOIN case_file c ON c.id = t.case_file_id"
        " LEFT JOIN unit u ON u.organisation_id = c.organisation_id AND u.code = t.instance"
        " WHERE c.id = ? AND t.state = 'open' AND t.element = ? ORDER BY t.id"
    )
    return [Asked(*row) for row in sql.rows(text, (case_id, step.element))]


def add_helper(case_id: int, unit: str, *, by: Actor, now: int) -> None:
    """Asks one more unit, which gets a task of its own; the case waits for it as for the others.

    Raises NotFound, NotAllowed, Conflict when no unit is being asked, FormInvalid (`unit`).
    """
    policy.must_work(by, "add helper")
    with transaction():
        view = policy.view(by, case_id, now)
        held = hold(case_id)
        step, seat = _step(case_id, view, "add helper")
        _ask(held, step, unit, seat, now)


def _step(case_id: int, view: View, verb: str) -> tuple[Open, Seat]:
    step = asking(case_id)
    if step is None:
        raise Conflict(NOT_OPEN)
    seat = seat_of(case_id, view, step)
    if seat is None:
        raise NotAllowed(verb, NOT_YOURS)
    return step, seat


def _ask(held: Held, step: Open, unit: str, seat: Seat, now: int) -> None:
    offered = units(held.case_id, step)
    if unit not in offered:
        raise FormInvalid({"unit": [Objection("not_offered", "Pilih unit yang belum dimintai masukan.")]})
    who = {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}
    told = {"unit": unit, "unit_name": offered[unit]}
    held.note("helper_added", now, element=step.element, facts=told, **who)
    store.save(held, [held.running.add_instance(step.key, unit, unit)], now)


def release_helper(case_id: int, unit: str, reason: str, *, by: Actor, now: int) -> None:
    """Lets a unit go that does not answer: its part ends as "batal" with this reason; its people are told.

    Raises NotFound, NotAllowed, Conflict when that unit is not being asked, FormInvalid (`alasan`).
    """
    policy.must_work(by, "release helper")
    with transaction():
        view = policy.view(by, case_id, now)
        held = hold(case_id)
        step, seat = _step(case_id, view, "release helper")
        one = next((found for found in asked(case_id, step) if found.unit == unit), None)
        if one is None:
            raise Conflict(NOT_ASKED)
        _let_go(held, step, one, seat, reason, now)


def _let_go(held: Held, step: Open, one: Asked, seat: Seat, reason: str, now: int) -> None:
    row = task(one.task)
    screen = held.closure.screens.get(row.form)
    filled = returning.answers(screen, reason_of(reason)) if screen else None
    if filled is None:
        raise Conflict(NOT_OPEN)
    told = [found.person_id for found in people.who_may_act(now, office_id=row.office_id)]
    who = {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}
    facts = {"unit": one.unit, "unit_name": one.name}
    held.note("helper_released", now, task=row.id, element=step.element, facts=facts, **who)
    work.finish(held, row, seat, work.read_answers(held, row, filled), now)
    notices.tell(told, "dilepas", row.id, now, case=held.case_id)
