"""What was done on paper while nothing worked: told afterwards, step by step, and run through the diagram as told.

Every act is done by whom it is said to be by, at the time it is said to be of, and only if they might then. What runs
is marked: tasks, case and journal say that the times were declared, who entered them and who confirmed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from db import sql
from db.connect import in_transaction, transaction
from engine import held as holding
from engine import vault
from engine.clocks import measures
from engine.commands import start, work
from engine.commands.start import Report, Reporter, Sent
from engine.errors import FormInvalid, NotAllowed, Objection, OfficeError, ProcessBroken
from engine.held import Held, TaskRow, hold
from engine.offices import policy
from engine.offices.people import Actor


@dataclass(frozen=True)
class Step:
    """One act on paper: which task, by whom, taken up and done when (UTC ms), what was filled in."""

    element: str
    part: str
    person: int
    opened_ms: int
    done_ms: int
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """A report and what was done with it during an outage (`from_ms`–`until_ms`)."""

    process: str
    from_ms: int
    until_ms: int
    received_ms: int
    channel: str
    reporter: Reporter
    report: Report
    steps: tuple[Step, ...] = ()

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> "Told":
        """As it was sealed."""
        steps = tuple(Step(**step) for step in body["steps"])
        known = {**body, "reporter": Reporter(**body["reporter"]), "report": Report(**body["report"]), "steps": steps}
        return cls(**known)

    def body(self) -> dict[str, Any]:
        """As it is sealed; `of` reads it."""
        return asdict(self)


class StepRefused(OfficeError):
    """A step that cannot have been: which (from 0), and why; `problems` per field where its form has some."""

    status = 422

    def __init__(self, place: int, why: str, problems: Mapping[str, Sequence[Any]] | None = None) -> None:
        super().__init__(f"step {place}: {why}")
        self.place, self.why, self.problems = place, why, problems or {}


@dataclass(frozen=True)
class Marks:
    """Who told, and who confirmed; the number that was reserved."""

    name: str  # of the entry: running it twice makes one case
    number: str
    entered_by: int
    entered_ms: int
    confirmed_by: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def told(self) -> dict[str, Any]:
        """The facts by which the journal knows what was entered afterwards."""
        return {
            "declared": True,
            "entered_by": self.entered_by,
            "entered_ms": self.entered_ms,
            "confirmed_by": self.confirmed_by,
        }


def check_times(told: Told, now: int) -> dict[str, list[Objection]]:
    """What is wrong with the times of the report itself, by field."""
    found: dict[str, list[Objection]] = {}
    if told.until_ms > now:
        found["sampai"] = [Objection("future", "Waktu ini belum terjadi. Tulis sampai kapan gangguan berlangsung.")]
    elif told.until_ms <= told.from_ms:
        found["sampai"] = [Objection("order", "Akhir gangguan harus sesudah mulainya.")]
    if not told.from_ms <= told.received_ms <= told.until_ms:
        found["diterima"] = [Objection("outside", "Waktu diterima harus berada di dalam masa gangguan.")]
    return found


def run(told: Told, organisation: int, marks: Marks) -> int:
    """Begins the case and does its steps, inside the caller's transaction; gives the case. Raises StepRefused."""
    assert in_transaction()
    code = str(sql.value("SELECT code FROM organisation WHERE id = ?", (organisation,)))
    sent = Sent(
        told.process,
        code,
        told.reporter,
        told.report,
        vault.mark("back_entry", marks.name),
        channel=told.channel,
        received=told.received_ms,
        number=marks.number,
        declared=marks.told,
    )
    case_id = start.begin(sent, told.received_ms).case_id
    columns = "declared = ?, entered_by = ?, entered_ms = ?"
    sql.execute(f"UPDATE case_file SET {columns} WHERE id = ?", (True, marks.entered_by, marks.entered_ms, case_id))
    before = told.received_ms
    for place, step in enumerate(told.steps):
        before = _do(case_id, place, step, before, told, marks)
    return case_id


def _do(case_id: int, place: int, step: Step, before: int, told: Told, marks: Marks) -> int:
    _refuse_times(place, step, before, told)
    held = hold(case_id)
    held.declared = marks.told
    row = _waiting(held, place, step)
    try:
        _act(held, row, step)
    except FormInvalid as invalid:
        raise StepRefused(place, "Isian langkah ini belum benar.", invalid.problems) from None
    except NotAllowed as refused:
        raise StepRefused(place, f"Pada waktu itu ia tidak dapat melakukannya: {refused.why}") from None
    except ProcessBroken as broken:
        raise StepRefused(place, f"Proses tidak dapat dilanjutkan dari langkah ini: {broken.cause}.") from None
    sql.execute("UPDATE task SET declared = ? WHERE id = ?", (True, row.id))
    measures.forget(held.organisation, held.closure.process, step.done_ms)
    return step.done_ms


def _refuse_times(place: int, step: Step, before: int, told: Told) -> None:
    if step.opened_ms < before:
        raise StepRefused(place, "Langkah ini dikerjakan sebelum langkah sebelumnya selesai. Periksa waktunya.")
    if step.done_ms < step.opened_ms:
        raise StepRefused(place, "Waktu selesai lebih awal daripada waktu mulai dikerjakan.")
    if step.done_ms > told.until_ms:
        raise StepRefused(place, "Langkah ini selesai sesudah gangguan berakhir; kerjakan di aplikasi.")


def _waiting(held: Held, place: int, step: Step) -> TaskRow:
    text = "SELECT id FROM task WHERE case_file_id = ? AND element = ? AND instance = ? AND state = 'open'"
    found = sql.value(text, (held.case_id, step.element, step.part))
    if found is None:
        raise StepRefused(place, "Langkah ini belum sampai gilirannya, atau menunggu kabar yang dikirim sistem.")
    return holding.task(int(found))


def _act(held: Held, row: TaskRow, step: Step) -> None:
    """Taken up and done at the told times, by whom it is told, who must have held the office then."""
    actor = Actor(0, step.person)
    seat = policy.may_act(actor, row.office_id, None, step.opened_ms, verb="complete")
    work.begin(held, row, step.opened_ms)
    entry = {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}
    held.note("opened", step.opened_ms, task=row.id, element=row.element, **entry)
    seat = policy.may_act(actor, row.office_id, None, step.done_ms, verb="complete")
    row = holding.task(row.id)
    work.finish(held, row, seat, work.read_answers(held, row, step.answers), step.done_ms)


@dataclass(frozen=True)
class Next:
    """A task that would wait after the steps told so far."""

    element: str
    part: str
    name: str
    form: str
    office: int


class _UndoneError(Exception):
    """Takes back a trial."""


def try_out(told: Told, organisation: int, marks: Marks) -> tuple[int, list[Next]]:
    """Runs it and takes it all back: the release it would run by, and the tasks of offices that would wait now."""
    found: list[Next] = []
    release = 0
    try:
        with transaction():
            case_id = run(told, organisation, marks)
            release = int(sql.value("SELECT release_id FROM case_file WHERE id = ?", (case_id,)))
            text = "SELECT element, instance, name, form, office_id FROM task WHERE case_file_id = ? AND state = 'open'"
            found = [Next(*row) for row in sql.rows(text + " AND office_id IS NOT NULL ORDER BY id", (case_id,))]
            raise _UndoneError
    except _UndoneError:
        return release, found
