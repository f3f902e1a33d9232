"""A case (and a task of it) locked for one verb: where it stands and what this verb has to tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from db import sql
from db.connect import in_transaction
from engine.clocks.worktime import Calendar
from engine.diagrams import releases
from engine.diagrams.releases import Closure
from engine.errors import NotFound, TaskAlreadyDone
from engine.journal import Entry
from engine.offices import settings, standing
from engine.runtime import Running

MOVES = ("received", "completed", "fired", "sent")


@dataclass
class Held:
    """One case, locked for this verb."""

    case_id: int
    organisation: int
    number: str
    state: str
    reporter: int
    received_ms: int
    revision: int
    closure: Closure
    blob: bytes = field(repr=False)
    subject: str = ""
    stamp: str = ""  # the head of the organisation's journal: what was asked under it is known (`standing`)
    stands: dict[str, Any] = field(default_factory=dict)  # columns of the case as they are, where they were read
    entries: list[Entry] = field(default_factory=list)
    declared: Mapping[str, Any] = field(default_factory=dict)  # of what was done on paper: stands with every entry
    _running: Running | None = field(default=None, repr=False)
    _calendars: dict[int | None, Calendar] = field(default_factory=dict, repr=False)

    # not functools.cached_property: in Python 3.11 its lock is the class's, and threads would wait for each other

    @property
    def running(self) -> Running:
        """The workflow, restored when first asked for."""
        if self._running is None:
            self._running = Running.restore(self.closure.diagram, self.blob)
        return self._running

    @running.setter
    def running(self, begun: Running) -> None:
        self._running = begun

    @property
    def calendar(self) -> Calendar:
        """The working time of the organisation."""
        return self.calendar_of(None)

    def calendar_of(self, office: int | None) -> Calendar:
        """The working time of an office (None: of the organisation, for what waits for the citizen)."""
        if not self._calendars:
            self._calendars = standing.kept(self.stamp, settings.office_calendars, self.organisation)
        return self._calendars.get(office) or self._calendars[None]

    def change(self, columns: Mapping[str, Any]) -> bool:
        """Writes these columns of the case where they are not so already; tells whether anything was written."""
        new = {name: value for name, value in columns.items() if name not in self.stands or self.stands[name] != value}
        if new:
            told = ", ".join(f"{name} = ?" for name in new)
            sql.execute(f"UPDATE case_file SET {told} WHERE id = ?", [*new.values(), self.case_id])
            self.stands |= new
        return bool(new)

    def tell_path(self, path: list[tuple[str, str]]) -> None:
        """Adds to the act this verb tells of which way the diagram went from it."""
        for place, entry in enumerate(self.entries):
            if entry.kind in MOVES:
                ways = [f"{source}>{target}" for source, target in path]
                self.entries[place] = replace(entry, facts={**entry.facts, "path": ways})
                return

    def note(self, kind: str, now: int, **more: Any) -> None:
        """Adds a line to the journal of this verb."""
        if self.declared:
            more["facts"] = {**more.get("facts", {}), **self.declared}
        self.entries.append(Entry(kind, now, **more))


_CASE = """
SELECT c.id, c.organisation_id, c.number, c.state, c.reporter_id, c.received_ms, w.revision, w.state,
  r.id, r.fingerprint, c.subject,
  (SELECT j.hash FROM journal j WHERE j.chain = 'organisation:' || c.organisation_id ORDER BY j.seq DESC LIMIT 1),
  c.topic, c.kind, c.place, c.unit, c.due_ms
FROM case_file c JOIN workflow w ON w.case_file_id = c.id JOIN release r ON r.id = c.release_id
WHERE c.id = """
_STANDS = ("topic", "kind", "place", "unit", "due_ms")
_OF_TASK = "(SELECT case_file_id FROM task WHERE id = ?)"


def hold(case_id: int) -> Held:
    """Locks a case for this transaction; raises NotFound."""
    held = _held("?", case_id)
    if held is None:
        raise NotFound("case", case_id)
    return held


def _held(which: str, value: int) -> Held | None:
    assert in_transaction()
    if lock := sql.for_update():  # first: what PostgreSQL reads beside a row it waits for may be from before
        sql.row(f"SELECT revision FROM workflow WHERE case_file_id = {which}{lock}", (value,))
    found = sql.row(_CASE + which, (value,))
    if found is None:
        return None
    case, organisation, number, state, reporter, received, revision, blob, release, fingerprint, *more = found
    subject, stamp, *stands = more
    closure = releases.closure(int(release), str(fingerprint))
    head = (case, organisation, number, state, reporter, received, revision, closure, bytes(blob))
    return Held(*head, subject=subject, stamp=stamp or "", stands=dict(zip(_STANDS, stands, strict=True)))


@dataclass(frozen=True)
class TaskRow:
    """A task as a verb needs it."""

    id: int
    case_id: int
    key: str
    element: str
    process: str
    instance: str
    kind: str
    form: str
    office_id: int | None
    state: str
    offered_ms: int
    opened_ms: int | None
    claimed_by: int | None
    started_ms: int | None
    due_ms: int | None
    norm_ms: int | None
    limit_text: str
    clock: str
    since: str
    done_ms: int | None
    done_by: int | None
    done_as: str


_TASK = (
    "SELECT id, case_file_id, key, element, process, instance, kind, form, office_id, state, offered_ms, opened_ms,"
    " claimed_by, started_ms, due_ms, norm_ms, limit_text, clock, since, done_ms, done_by, done_as FROM task WHERE "
)


def task(task_id: int) -> TaskRow:
    """One task, read; raises NotFound."""
    found = sql.row(_TASK + "id = ?", (task_id,))
    if found is None:
        raise NotFound("task", task_id)
    return TaskRow(*found)


def hold_task(task_id: int) -> tuple[TaskRow, Held]:
    """A task that is still open, with its case locked; raises NotFound, TaskAlreadyDone (who, as what, when)."""
    held = _held(_OF_TASK, task_id)
    if held is None:
        raise NotFound("task", task_id)
    row = task(task_id)
    if row.state != "open":
        name = sql.value("SELECT name FROM person WHERE id = ?", (row.done_by,)) if row.done_by else ""
        raise TaskAlreadyDone(task_id, by=name or "", kind=row.done_as, at=row.done_ms)
    return row, held
