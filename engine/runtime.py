"""One running workflow: what waits, and the few ways to move it. Hides SpiffWorkflow from everyone else.

    running = Running.start(diagram, data)      delivers the start; `running.begun` is the Progress of it
    running = Running.restore(diagram, blob)    as `dump` wrote it, with the release it was started with
    running.dump() -> bytes                     compact, without the diagram

    running.waiting     list[Waiting]: what waits for a person, the citizen, a job, a timer, an error
    running.ended       the process's own end was reached, or it was cancelled; `end_id`, `cancelled`
    running.data        the case's data where the process itself stands (a copy)

    complete(key, values)  fire(key)  fail(key, code)  add_instance(key, item_key, item)  cancel()  -> Progress
    clear(key, names)      sets decisions to None before a task is offered again
    evaluate(key, text)    `= expression` of a property over the data of what waits
    data_of(key)           the data of what waits (a copy)
    instances(key)         the keys of the multi-instance around what waits, done ones too

A key is stable from opening to closing, over dump and restore. A key that waits no more raises TaskAlreadyDone;
values that may not enter the data raise FormInvalid; both leave the object usable. ProcessBroken leaves it unusable:
throw it away, restore again.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, EndEvent, ReceiveTask, StartEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.exceptions import SpiffWorkflowException, WorkflowException
from SpiffWorkflow.util.task import TaskState

from engine import expressions, state
from engine.diagrams.catalog import DECIDED, Diagram, Element, ExternalServiceTask
from engine.errors import FormInvalid, OfficeError, ProcessBroken, TaskAlreadyDone

RESERVED = frozenset({"typename", "unit", "hasil"})
MAX_ITEMS = 10_000  # in one value, counted with everything in it


@dataclass(frozen=True)
class Waiting:
    """Something that waits; `kind` is user, receive, service, timer or error."""

    key: str
    element: Element
    kind: str
    instance: str | None  # keys of the multi-instances around it, outermost first, joined by "/"
    data: dict[str, Any]  # a copy
    attached_to: str | None = None  # of a timer or error: key of the task it may end


@dataclass
class Progress:
    """What one step did."""

    opened: list[Waiting] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    milestones: list[tuple[Element, str | None]] = field(default_factory=list)
    decided: list[tuple[Element, dict[str, Any]]] = field(default_factory=list)  # what a table said, and which rows
    path: list[tuple[str, str]] = field(default_factory=list)  # from element to element, in the order they were reached
    ended: bool = False
    end_id: str | None = None


class Running:
    """One running workflow of a release."""

    def __init__(self, diagram: Diagram, workflow: state.FlatWorkflow, end_id: str | None = None) -> None:
        self.diagram, self.end_id = diagram, end_id
        self.begun, self.cancelled = Progress(), False
        self._workflow, self._broken = workflow, False

    @classmethod
    def start(cls, diagram: Diagram, data: Mapping[str, Any]) -> "Running":
        """Begins a case and runs to where it first waits; `data` is laid over the diagram's initial values."""
        _refuse(data)
        running = cls(diagram, state.begin(diagram, {**deepcopy(dict(diagram.initial)), **deepcopy(dict(data))}))
        with running._step(diagram.start.id) as progress:
            running._advance(progress)
            for task in running._tasks(StartEvent, TaskState.WAITING):
                state.deliver(task)
            running._advance(progress)
        running.begun = progress
        return running

    @classmethod
    def restore(cls, diagram: Diagram, blob: bytes) -> "Running":
        """The workflow that `dump` wrote; raises ProcessBroken where the release does not fit it."""
        try:
            head, body = blob.split(b"\n", 1)
            running = cls(diagram, state.restore(diagram, body), head[1:].decode() or None)
        except Exception as error:
            raise ProcessBroken(diagram.process_id, None, f"keadaan kasus tidak terbaca: {error}") from error
        running.cancelled = head[:1] == b"x"
        return running

    def dump(self) -> bytes:
        """The workflow as bytes."""
        self._usable()
        head = f"{'x' if self.cancelled else '-'}{self.end_id or ''}\n"
        return head.encode() + state.dump(self._workflow)

    # -- looking

    @property
    def waiting(self) -> list[Waiting]:
        """Everything that waits."""
        return [self._waiting(task, kind) for task, kind in self._open().values()]

    @property
    def ended(self) -> bool:
        """Whether it is over: its end was reached, or it was cancelled."""
        return self.cancelled or state.ended(self._workflow)

    @property
    def data(self) -> dict[str, Any]:
        """The case's data where the process itself stands."""
        return dict(state.standing(self._workflow).data)

    def data_of(self, key: str) -> dict[str, Any]:
        """The data of what waits under `key`."""
        return dict(self._find(key)[0].data)

    def evaluate(self, key: str, text: str) -> Any:
        """The value of `= expression` (the sign may be left out) over the data of what waits under `key`."""
        data = self._find(key)[0].data
        try:
            return expressions.evaluate(text.strip().removeprefix("="), data)
        except expressions.ExpressionInvalid as refused:
            raise ProcessBroken(
                self.diagram.process_id, self._find(key)[0].task_spec.bpmn_id, str(refused)
            ) from refused

    def instances(self, key: str) -> list[str]:
        """The keys of the multi-instance around what waits under `key`, done ones too; empty outside one."""
        many = _many(self._find(key)[0])
        return [] if many is None else [task.internal_data["key_or_index"] for task in _instances(many)]

    # -- moving

    def complete(self, key: str, values: Mapping[str, Any]) -> Progress:
        """Does a user task, delivers a receive task, or answers a service; `values` enter the data."""
        _refuse(values)
        task, kind = self._find(key)
        if kind not in ("user", "receive", "service"):
            raise TaskAlreadyDone(key)
        with self._step(task.task_spec.bpmn_id) as progress:
            state.expect(task)
            if kind == "receive":
                state.deliver(task)
            self._take(task, values)
            if kind == "user":
                task.run()
            elif kind == "service":
                task.complete()
            self._advance(progress)
        return progress

    def fire(self, key: str) -> Progress:
        """A drawn timer has run out."""
        task, kind = self._find(key)
        if kind != "timer":
            raise TaskAlreadyDone(key)
        return self._caught(task)

    def fail(self, key: str, code: str) -> Progress:
        """A service cannot be done: the error boundary that takes `code` goes on; without one, ProcessBroken."""
        task, kind = self._find(key)
        if kind != "service":
            raise TaskAlreadyDone(key)
        for other, _ in self._open().values():
            element = self.diagram.elements[other.task_spec.bpmn_id]
            if element.kind == "error" and other.parent is task.parent and element.code in (None, code):
                return self._caught(other)
        raise ProcessBroken(self.diagram.process_id, task.task_spec.bpmn_id, f"gagal ({code}), tanpa jalan keluar")

    def add_instance(self, key: str, item_key: str, item: Any) -> Progress:
        """One more instance of the multi-instance around `key`; nothing happens where it is open already."""
        _refuse({"item": item})
        many = _many(self._find(key)[0])
        if many is None:
            raise ProcessBroken(self.diagram.process_id, key, "tidak berada dalam bagian yang dijalankan beberapa kali")
        if any(
            t.internal_data["key_or_index"] == item_key and t.state != TaskState.COMPLETED for t in _instances(many)
        ):
            return Progress()
        with self._step(many.task_spec.bpmn_id) as progress:
            state.expect(many)
            state.add_instance(many, item_key, deepcopy(item))
            self._advance(progress)
        return progress

    def cancel(self) -> Progress:
        """Withdraws the whole case: everything that waits is closed."""
        with self._step(None) as progress:
            self._workflow.cancel()
            self.cancelled = True
        return progress

    def clear(self, key: str, names: Iterable[str]) -> None:
        """Sets decisions of what waits under `key` to None, so that an old one never decides again."""
        task, _ = self._find(key)
        task.data.update(dict.fromkeys(names))
        if task.state == TaskState.WAITING:  # it takes its data anew when it is delivered
            task.internal_data["cleared"] = sorted({*task.internal_data.get("cleared", []), *names})

    # -- inside

    def _usable(self) -> None:
        if self._broken:
            raise ProcessBroken(self.diagram.process_id, None, "keadaan rusak, muat ulang")

    @contextmanager
    def _step(self, element: str | None) -> Iterator[Progress]:
        """One move: everything that waits before and after is compared, whatever goes wrong breaks the object."""
        self._usable()
        before, progress = self._open(), Progress()
        reached = state.reached(self._workflow)
        self._broken = True
        try:
            yield progress
            progress.path = self._path_since(reached)
            state.compact(self._workflow)
        except OfficeError:
            raise
        except Exception as error:
            raise ProcessBroken(self.diagram.process_id, _where(error) or element, _cause(error)) from error
        after = {} if self.cancelled else self._open()
        progress.opened = [self._waiting(task, kind) for key, (task, kind) in after.items() if key not in before]
        progress.closed = [key for key in before if key not in after]
        progress.ended, progress.end_id = self.ended, self.end_id
        if not after and not progress.ended:
            raise ProcessBroken(self.diagram.process_id, element, "tidak ada yang ditunggu dan belum selesai")
        self._broken = False

    def _advance(self, progress: Progress) -> None:
        state.advance(self._workflow, lambda task: self._passed(task, progress))

    def _passed(self, task: Any, progress: Progress) -> None:
        element = self.diagram.elements.get(task.task_spec.bpmn_id or "")
        beside = element is not None and element.props.get("cabang") == "samping"
        if task.workflow is self._workflow and isinstance(task.task_spec, EndEvent) and not beside:
            self.end_id = task.task_spec.bpmn_id
        if element is not None and element.kind == "milestone":
            progress.milestones.append((element, _path(task)))
        if element is not None and DECIDED in task.internal_data:
            progress.decided.append((element, {**task.internal_data.pop(DECIDED), "instance": _path(task)}))

    def _path_since(self, before: Mapping[Any, Any]) -> list[tuple[str, str]]:
        """Which drawn element led to which, among what was reached since; a boundary event follows what it sits on."""
        steps = []
        for key, task in state.reached(self._workflow).items():
            target = self.diagram.elements.get(task.task_spec.bpmn_id or "")
            if key in before or target is None:
                continue
            source = _drawn_before(task, target.id)
            if source is not None:
                steps.append((source, target.id))
        return steps

    def _caught(self, task: Any) -> Progress:
        with self._step(task.task_spec.bpmn_id) as progress:
            state.expect(task)
            state.deliver(task)
            self._advance(progress)
        return progress

    def _take(self, task: Any, values: Mapping[str, Any]) -> None:
        """Whole values replace whole values; inside an instance they are its result too."""
        task.data.update(dict.fromkeys(task.internal_data.pop("cleared", ())))
        task.data.update(deepcopy(dict(values)))
        if _many(task) is not None:
            task.data["hasil"] = {**task.data.get("hasil", {}), **deepcopy(dict(values))}

    def _tasks(self, kind: type, of_state: int) -> list[Any]:
        return [t for t in state.open_tasks(self._workflow) if t.state == of_state and isinstance(t.task_spec, kind)]

    def _open(self) -> dict[str, tuple[Any, str]]:
        if self.cancelled:
            return {}
        found = ((task, self._kind(task)) for task in state.open_tasks(self._workflow))
        return {task.id.hex: (task, kind) for task, kind in found if kind}

    def _kind(self, task: Any) -> str | None:
        spec, status = task.task_spec, task.state
        if status == TaskState.READY:
            return "user" if spec.manual else None
        if status == TaskState.STARTED:
            return "service" if isinstance(spec, ExternalServiceTask) else None
        if isinstance(spec, BoundaryEvent):
            return self.diagram.elements[spec.bpmn_id].kind
        return "receive" if isinstance(spec, ReceiveTask) else None

    def _find(self, key: str) -> tuple[Any, str]:
        self._usable()
        try:
            return self._open()[key]
        except KeyError:
            raise TaskAlreadyDone(key) from None

    def _waiting(self, task: Any, kind: str) -> Waiting:
        element = self.diagram.elements[task.task_spec.bpmn_id]
        host = None
        if kind in ("timer", "error"):
            host = next((t.id.hex for t in task.parent.children if t.task_spec.bpmn_id == element.attached_to), None)
        return Waiting(task.id.hex, element, kind, _path(task), dict(task.data), host)


def _drawn_before(task: Any, own: str) -> str | None:
    """The id of the nearest drawn element that led to a task, leaving out what the library puts in between."""
    around = task.parent
    while around is not None and around.task_spec.bpmn_id in (None, own):
        around = around.parent
    return None if around is None else str(around.task_spec.bpmn_id)


def _many(task: Any) -> Any:
    """The nearest multi-instance around a task, or None."""
    around = task
    while around is not None and not isinstance(around.task_spec, LoopTask):
        around = state.enclosing(around)
    return around


def _instances(many: Any) -> list[Any]:
    return [child for child in many.children if "key_or_index" in child.internal_data]


def _path(task: Any) -> str | None:
    keys, around = [], task
    while around is not None:
        if "key_or_index" in around.internal_data:
            keys.append(str(around.internal_data["key_or_index"]))
        around = state.enclosing(around)
    return "/".join(reversed(keys)) or None


def _refuse(values: Mapping[str, Any]) -> None:
    """Raises FormInvalid for names and types that may not enter a case's data."""
    problems = {str(name): why for name, value in values.items() if (why := _unfit(name, value))}
    if problems:
        raise FormInvalid(problems)


def _unfit(name: Any, value: Any) -> list[str]:
    if not isinstance(name, str):
        return ["nama isian harus teks"]
    if name in RESERVED:
        return ["nama ini dipakai oleh sistem"]
    waiting, left = [value], MAX_ITEMS
    while waiting:
        item = waiting.pop()
        left -= 1
        if left < 0:
            return ["isian ini terlalu besar"]
        if not _is_json(item):
            return [f"nilai jenis {type(item).__name__} ini tidak dapat disimpan"]
        waiting.extend(item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
    return []


def _is_json(item: Any) -> bool:
    if isinstance(item, dict):
        return "typename" not in item and all(isinstance(key, str) for key in item)
    return item is None or isinstance(item, (list, str, int, float, bool))


def _where(error: BaseException) -> str | None:
    spec = getattr(error, "task_spec", None)
    return getattr(error, "element", None) or getattr(spec, "bpmn_id", None)


def _cause(error: BaseException) -> str:
    if isinstance(error, WorkflowException) and "No conditions satisfied" in str(error):
        return "tidak ada syarat yang terpenuhi dan tidak ada jalan bawaan"
    if isinstance(error, SpiffWorkflowException):
        return str(error).rstrip(". ")
    return str(error) or type(error).__name__
