"""A running workflow ↔ bytes: without its diagram, the size of what is open, however often a case was returned.

The only module that touches SpiffWorkflow's private attributes; pinned to 3.2.0, watched by a test that walks
random diagrams beside the stock engine. Finished passes are spliced out of the task tree after every step: what
stays is every open task, the finished task each inherits its data from, and the branchings above them.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import orjson
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnSubWorkflowConverter, BpmnWorkflowConverter
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask, ParallelMultiInstanceTask
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.diagrams.catalog import Diagram
from engine.expressions import GuardedEngine

MAX_DEPTH = 500  # levels of open branches; beyond it the library loses tasks
MAX_PASSES = 50  # of one automatic node in one step: a circle without anyone in it

for _logger in ("spiff", "spiff.task", "spiff.workflow", "spiff.data"):
    logging.getLogger(_logger).setLevel(logging.WARNING)

_FINISHED, _PREDICTED, _OPEN = TaskState.FINISHED_MASK, TaskState.PREDICTED_MASK | TaskState.FUTURE, TaskState.STARTED
_OPEN |= TaskState.WAITING | TaskState.READY
_COMPACT, _STOCK = b"K", b"S"


class Stuck(Exception):
    """The diagram turns in a circle or grows without end; `element` is where."""

    def __init__(self, element: str | None, cause: str) -> None:
        super().__init__(cause)
        self.element, self.cause = element, cause


class _Flat:
    """Scans over the handful of tasks that are left, where the library walks its tree."""

    tasks: dict[UUID, Any]
    top_workflow: Any

    def update_waiting_tasks(self) -> None:
        """Lets everything that waits look again."""
        for task in [task for task in self.tasks.values() if task._state == TaskState.WAITING]:
            task.task_spec._update(task)

    def _task_removed_notify(self, task: Any) -> None:
        """A removed task takes its sub-process and its place among the waiting events with it."""
        top = self.top_workflow
        top.event_manager.remove_task(task)
        _forget_subprocess(top, task.id)


class FlatWorkflow(_Flat, BpmnWorkflow):
    """A case's workflow."""

    def create_subprocess(self, my_task: Any, spec_name: str) -> "FlatSubWorkflow":
        """A sub-process of our own kind for an existing task."""
        spec = self.subprocess_specs[spec_name]
        self.subprocesses[my_task.id] = FlatSubWorkflow(spec, parent_task_id=my_task.id, top_workflow=self)
        found: FlatSubWorkflow = self.subprocesses[my_task.id]
        return found


class FlatSubWorkflow(_Flat, BpmnSubWorkflow):
    """The workflow of a sub-process or call activity."""


# -- moving ------------------------------------------------------------------------------------------------------------


def begin(diagram: Diagram, data: dict[str, Any]) -> FlatWorkflow:
    """A new workflow that stands before its start event."""
    workflow = FlatWorkflow(diagram.spec, dict(diagram.subspecs), script_engine=GuardedEngine())
    workflow.task_tree.data.update(data)
    return workflow


def parts(workflow: FlatWorkflow) -> Iterator[Any]:
    """The open sub-processes and the workflow itself."""
    yield from [part for part in workflow.subprocesses.values() if not part.completed]
    yield workflow


def reached(workflow: FlatWorkflow) -> dict[Any, Any]:
    """Every task that was reached, open or completed, wherever it stands, by id; not what is only foreseen."""
    wholes = [*workflow.subprocesses.values(), workflow]
    return {
        task.id: task for part in wholes for task in part.tasks.values() if task._state & (_OPEN | TaskState.COMPLETED)
    }


def open_tasks(workflow: FlatWorkflow) -> Iterator[Any]:
    """Every task that waits, is ready, or is under way, wherever it stands."""
    for part in parts(workflow):
        for task in part.tasks.values():
            if task._state & _OPEN:
                yield task


def enclosing(task: Any) -> Any:
    """The task that waits for this one's end: a multi-instance, else that of the sub-process around it; or None."""
    parent = task.parent
    if (
        parent is not None
        and isinstance(parent.task_spec, LoopTask)
        and parent.task_spec.task_spec == task.task_spec.name
    ):
        return parent
    around = task.workflow.parent_task_id
    return None if around is None else task.workflow.top_workflow.get_task_from_id(around)


def expect(task: Any) -> None:
    """Puts back what comes after a task, and after all that may end with it; `compact` drops it."""
    while task is not None:
        task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
        task = enclosing(task)


def deliver(task: Any) -> None:
    """Tells exactly this waiting event that it has happened."""
    spec = task.task_spec
    spec.catch(task, BpmnEvent(spec.event_definition, payload=None))
    spec._update(task)


def advance(workflow: FlatWorkflow, completed: Callable[[Any], None]) -> None:
    """Runs everything that needs nobody, telling each completed task; raises Stuck for a circle without a wait."""
    passes: Counter[tuple[int, str]] = Counter()
    while ready := [
        task for task in open_tasks(workflow) if task._state == TaskState.READY and not task.task_spec.manual
    ]:
        for task in ready:
            if task._state != TaskState.READY:
                continue  # cancelled by one before it
            passes[id(task.workflow), task.task_spec.name] += 1
            if passes[id(task.workflow), task.task_spec.name] > MAX_PASSES:
                raise Stuck(task.task_spec.bpmn_id, "berputar tanpa henti")
            task.run()
            if task._state == TaskState.COMPLETED:
                completed(task)


def ended(workflow: FlatWorkflow) -> bool:
    """Whether the end of the process itself was reached; the library's own `is_completed` can be wrong."""
    end = workflow.spec.end
    return any(task.task_spec is end and task._state == TaskState.COMPLETED for task in workflow.tasks.values())


def standing(workflow: FlatWorkflow) -> Any:
    """The task where the process itself stands: its end, else the one opened last."""
    tasks = list(workflow.tasks.values())
    finals = [task for task in tasks if task.task_spec is workflow.spec.end and task._state == TaskState.COMPLETED]
    return (finals or [task for task in tasks if task._state & _OPEN] or tasks)[-1]


def add_instance(many: Any, key: str, item: Any) -> None:
    """One more instance of an open multi-instance."""
    name = many.task_spec.data_input.bpmn_id
    many.data[name] = {**many.data[name], key: item}
    many.task_spec.create_child(many, item, key)


# -- forgetting what is finished ---------------------------------------------------------------------------------------


def compact(workflow: FlatWorkflow) -> None:
    """Splices out every finished pass and every prediction, in the workflow and all its sub-processes."""
    for key, part in list(workflow.subprocesses.items()):
        if part.completed or _task(workflow, key) is None or _task(workflow, key)._state & _FINISHED:
            _forget_subprocess(workflow, key)
    for part in [workflow, *workflow.subprocesses.values()]:
        kept = _kept(part)
        _drop_leaves(part, kept)
        _splice(part, kept)


def _task(workflow: FlatWorkflow, key: UUID) -> Any:
    for part in [workflow, *workflow.subprocesses.values()]:
        if key in part.tasks:
            return part.tasks[key]
    return None


def _forget_subprocess(workflow: FlatWorkflow, key: UUID) -> None:
    part = workflow.subprocesses.pop(key, None)
    for task in part.tasks.values() if part is not None else ():
        workflow.event_manager.remove_task(task)
        _forget_subprocess(workflow, task.id)


def _kept(part: Any) -> set[UUID]:
    """What is finished and still asked: instances of an open multi-instance, members of an open boundary, ends."""
    kept = {part.task_tree.id}
    for task in part.tasks.values():
        if task.task_spec is part.spec.end or isinstance(task.task_spec, EventBasedGateway):
            kept |= {task.id, task._parent}
        elif isinstance(task.task_spec, LoopTask) and task._state & _OPEN:
            kept.update(task._children)
        elif isinstance(task.task_spec, BoundaryEventSplit) and _boundary_open(task):
            kept |= {task.id, *task._children}
            kept.update(key for child in task.children for key in child._children if _is_join(part.tasks[key]))
    return kept


def _is_join(task: Any) -> bool:
    return isinstance(task.task_spec, BoundaryEventJoin)


def _boundary_open(split: Any) -> bool:
    members = split.children
    joins = [child for member in members for child in member.children if _is_join(child)]
    return any(task._state & _OPEN for task in (*members, *joins))


def _drop_leaves(part: Any, kept: set[UUID]) -> None:
    """Children come after their parents in `part.tasks`: backwards, whole branches fall."""
    for task in reversed(list(part.tasks.values())):
        state = task._state
        spent = state & _FINISHED and not task._children and task.id not in kept
        if task._parent is not None and (state & _PREDICTED or spent):
            part.tasks[task._parent]._children.remove(task.id)
            del part.tasks[task.id]


def _splice(part: Any, kept: set[UUID]) -> None:
    """Takes out a finished task whose only child is finished too: nobody inherits from it any more."""
    for task in list(part.tasks.values()):
        if not task._state & _FINISHED or len(task._children) != 1:
            continue
        child = part.tasks[task._children[0]]
        is_root = task._parent is None
        if not child._state & _FINISHED or (task.id in kept and not is_root) or child.task_spec is part.spec.end:
            continue
        child._parent = task._parent
        if is_root:
            part.task_tree = child
        else:
            siblings = part.tasks[task._parent]._children
            siblings[siblings.index(task.id)] = child.id
        del part.tasks[task.id]


# -- bytes -------------------------------------------------------------------------------------------------------------


def dump(workflow: FlatWorkflow) -> bytes:
    """The workflow as bytes; call `compact` first. Raises Stuck beyond MAX_DEPTH."""
    if _representable(workflow):
        try:
            return _COMPACT + orjson.dumps(_rows(workflow, workflow, {}))
        except TypeError:  # not JSON as orjson has it, for instance an integer beyond 64 bits
            pass
    text: str = _stock(None).serialize_json(workflow)
    return _STOCK + text.encode()


def restore(diagram: Diagram, blob: bytes) -> FlatWorkflow:
    """The workflow that `dump` wrote, over the release it was started with."""
    if blob[:1] == _STOCK:
        found: FlatWorkflow = _stock(diagram).deserialize_json(blob[1:].decode())
        found.script_engine = GuardedEngine()
        return found
    workflow = FlatWorkflow(diagram.spec, dict(diagram.subspecs), script_engine=GuardedEngine(), deserializing=True)
    _fill(workflow, workflow, {}, orjson.loads(blob[1:]), uuid4().int & ~0xFFFFFFFF)
    workflow.completed = ended(workflow)
    return workflow


def _representable(workflow: FlatWorkflow) -> bool:
    """Whether rows say all there is; pending events, correlations and foreign loops go the long way."""
    if workflow.bpmn_events:
        return False
    every = [workflow, *workflow.subprocesses.values()]
    if any(part.correlations or part.locks or part.spec.data_objects for part in every):
        return False
    odd = (task for part in every for task in part.tasks.values() if _odd(task))
    return next(odd, None) is None


def _odd(task: Any) -> bool:
    spec = task.task_spec
    if isinstance(spec, LoopTask):
        return not isinstance(spec, ParallelMultiInstanceTask) or spec.condition is not None
    return isinstance(spec, EventBasedGateway) or task._state == TaskState.ERROR


def _rows(workflow: FlatWorkflow, part: Any, inherited: dict[str, Any]) -> list[Any]:
    """A list of rows, parents first: name, state, row of the parent, changed data, dropped names, id, internal data,
    time of change, rows of the sub-process. What is empty at the end of a row is left out."""
    rows: list[Any] = []
    stack = [(part.task_tree, -1, 0, inherited)]
    while stack:
        task, parent, depth, base = stack.pop()
        if depth > MAX_DEPTH:
            raise Stuck(task.task_spec.bpmn_id, "terlalu dalam")
        rows.append(_row(workflow, task, parent, base))
        here = len(rows) - 1
        stack.extend((part.tasks[key], here, depth + 1, task.data) for key in reversed(task._children))
    return rows


def _row(workflow: FlatWorkflow, task: Any, parent: int, base: dict[str, Any]) -> list[Any]:
    state, data = task._state, task.data
    live = state & _OPEN
    internal = {k: v for k, v in task.internal_data.items() if k == "key_or_index" or (live and k != "merged")}
    spent = not live and "key_or_index" in internal  # the result of a finished instance is with its multi-instance
    inner = workflow.subprocesses.get(task.id)
    is_end = task.task_spec is task.workflow.spec.end
    row = [
        task.task_spec.name,
        state,
        parent,
        {} if spent else {k: v for k, v in data.items() if k not in base or not _same(base[k], v)},
        [] if spent else [k for k in base if k not in data],
        task.id.hex if live else 0,
        internal,
        task.last_state_change if is_end else 0,
        _rows(workflow, inner, data) if inner is not None else 0,
    ]
    while not row[-1]:
        row.pop()
    return row


def _same(old: Any, new: Any) -> bool:
    """Equal as JSON: 1 and true are not."""
    if old is new:
        return True
    if type(old) is not type(new) or old != new:
        return False
    return not isinstance(new, (dict, list)) or orjson.dumps(old) == orjson.dumps(new)


_EMPTY: tuple[Any, ...] = ("", 0, 0, {}, [], 0, {}, 0, 0)


def _fill(workflow: FlatWorkflow, part: Any, inherited: dict[str, Any], rows: list[list[Any]], base: int) -> int:
    """Makes the tasks of one part from its rows; ids of finished tasks count up from `base`, new on every load."""
    made: list[Any] = []
    for row in rows:
        name, state, parent, changed, dropped, key, internal, stamp, inner = [*row, *_EMPTY[len(row) :]]
        above = made[parent] if parent >= 0 else None
        base += 1
        task = Task(part, part.spec.task_specs[name], above, state, UUID(key) if key else UUID(int=base))
        task.data = {**_copied(above.data if above is not None else inherited, dropped), **changed}
        task.internal_data = dict(internal)
        _wire(workflow, task, above)
        if stamp:
            task.last_state_change = stamp
        if above is None:
            part.task_tree = task
        made.append(task)
        if inner:
            base = _fill_inner(workflow, task, inner, base)
    return base


def _copied(data: dict[str, Any], dropped: list[str]) -> dict[str, Any]:
    """The data of a parent, one level deep its own, as the library itself inherits it."""
    copied = {k: v.copy() if isinstance(v, (dict, list)) else v for k, v in data.items()}
    for name in dropped:
        copied.pop(name, None)
    return copied


def _wire(workflow: FlatWorkflow, task: Any, above: Any) -> None:
    spec = task.task_spec
    if isinstance(spec, LoopTask) and task._state & _OPEN:
        task.internal_data["merged"] = []
    if above is not None and isinstance(above.task_spec, LoopTask):
        task.triggered = above.task_spec.task_spec == spec.name
    if isinstance(spec, CatchingEvent) and task._state == TaskState.WAITING:
        workflow.event_manager.add_task(task)


def _fill_inner(workflow: FlatWorkflow, task: Any, rows: list[Any], base: int) -> int:
    spec = workflow.subprocess_specs[task.task_spec.spec]
    part = FlatSubWorkflow(spec, parent_task_id=task.id, top_workflow=workflow, deserializing=True)
    workflow.subprocesses[task.id] = part
    part.completed_event.connect(task.task_spec._on_subworkflow_completed, task)
    return _fill(workflow, part, task.data, rows, base)


# -- the long way ------------------------------------------------------------------------------------------------------


class _WithoutSpec(BpmnWorkflowConverter):
    """The stock form without the diagram in it."""

    diagram: Diagram

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        """Everything but the specs."""
        dct: dict[str, Any] = super(BpmnWorkflowConverter, self).to_dict(workflow)
        dct["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        dct["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return dct

    def from_dict(self, dct: dict[str, Any]) -> Any:
        """The workflow over the specs of `diagram`."""
        workflow = FlatWorkflow(self.diagram.spec, dict(self.diagram.subspecs), deserializing=True)
        workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks[UUID(dct["root"])]
        self.set_default_attributes(workflow, dct)
        self.subprocesses_from_dict(dct["subprocesses"], workflow)
        workflow.bpmn_events = self.registry.restore(dct["bpmn_events"])
        return workflow


def _stock(diagram: Diagram | None) -> Any:
    converter: Any = type("_Over", (_WithoutSpec,), {"diagram": diagram})
    config = {**DEFAULT_CONFIG, FlatWorkflow: converter, FlatSubWorkflow: BpmnSubWorkflowConverter}
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))
