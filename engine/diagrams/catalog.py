"""Diagram files → one release that can run: parsed once, cached by fingerprint, shared by every case and thread."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from threading import Lock
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin
from SpiffWorkflow.bpmn.specs.data_spec import TaskDataReference
from SpiffWorkflow.bpmn.specs.defaults import ParallelMultiInstanceTask, ScriptTask, ServiceTask
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from engine import expressions
from engine.diagrams import drawing
from engine.diagrams.decisions import dmn
from engine.diagrams.decisions.tables import Table, Undecided
from engine.diagrams.drawing import Element, bpmn
from engine.errors import ProcessBroken

__all__ = ["Diagram", "Element", "fingerprint", "load"]


@dataclass(frozen=True)
class Diagram:
    """A parsed release: the process a case starts with, and everything it calls."""

    process_id: str
    name: str
    fingerprint: str
    elements: Mapping[str, Element]  # of every file, by id
    initial: Mapping[str, Any]  # the `awal.*` values of the start events
    lanes: Mapping[str, str]  # id → words
    tables: Mapping[str, Table]  # by id
    spec: Any  # SpiffWorkflow's, for engine.state and engine.runtime alone
    subspecs: Mapping[str, Any]

    @property
    def start(self) -> Element:
        """The start event of the process itself."""
        own = (e for e in self.elements.values() if e.kind == "start" and e.process_id == self.process_id)
        return next(e for e in own if e.parent is None)

    def leading_to(self, ident: str, but: Container[str] = ()) -> frozenset[str]:
        """The elements from which the diagram can come to this one, of the same process or part of it; itself only
        where it can come round again. Ways through one of `but` (SpiffWorkflow's names) are not gone."""
        specs = (self.spec, *self.subspecs.values())
        drawn: Mapping[str, Any] = next((spec.task_specs for spec in specs if ident in spec.task_specs), {})
        found: set[str] = set()
        todo = [ident] if drawn else []
        while todo:
            before = {name for one in drawn[todo.pop()].inputs if (name := one.name) not in but} - found
            found |= before
            todo.extend(before)
        return frozenset(found)

    def before(self, ident: str) -> frozenset[str]:
        """The elements from which the diagram can come to this one, over processes that call and parts that hold."""
        if ident not in self._before:
            self._before[ident] = self._leading_from_afar(ident)
        return self._before[ident]

    @cached_property
    def _before(self) -> dict[str, frozenset[str]]:
        return {}

    def _leading_from_afar(self, ident: str) -> frozenset[str]:
        lead = {name for one in {ident, *self._around(ident)} for name in self.leading_to(one)}
        return frozenset(lead | {name for name in self.elements if lead & self._around(name)})

    def _around(self, ident: str) -> set[str]:
        """What holds or calls the part an element stands in, outwards."""
        found: set[str] = set()
        todo = [ident]
        while todo:
            one = self.elements[todo.pop()]
            calls = {e.id for e in self.elements.values() if e.called == one.process_id}
            outside = ({one.parent} if one.parent else calls) - found
            found |= outside
            todo.extend(outside)
        return found

    def side_by_side(self, ident: str, other: str) -> bool:
        """Whether the other stands in the same process or part of it, but never leads to this one."""
        specs = (self.spec, *self.subspecs.values())
        together = any({ident, other} <= spec.task_specs.keys() for spec in specs)
        return together and other != ident and other not in self.leading_to(ident)

    @property
    def milestones(self) -> list[Element]:
        """The milestones, in drawing order."""
        return [e for e in self.elements.values() if e.kind == "milestone"]


def fingerprint(files: Mapping[str, bytes]) -> str:
    """A hash over names and contents, the same whatever their order."""
    digest = sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()


def load(files: Mapping[str, bytes], process_id: str) -> Diagram:
    """The release made of these files; only `.bpmn` and `.dmn` are read. Raises ProcessBroken where it cannot run."""
    drawn = tuple(sorted((name, body) for name, body in files.items() if name.endswith((".bpmn", dmn.ENDING))))
    with _PARSING:  # two threads asking at once parse once
        return _load(fingerprint(dict(drawn)), process_id, _Files(drawn))


class _Files(tuple[tuple[str, bytes], ...]):
    """The files behind a fingerprint; equal to every other, so that the cache looks at the fingerprint alone."""

    __slots__ = ()

    def __new__(cls, files: tuple[tuple[str, bytes], ...]) -> "_Files":
        return super().__new__(cls, files)

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files)


_PARSING = Lock()


@lru_cache(maxsize=64)
def _load(mark: str, process_id: str, files: _Files) -> Diagram:
    try:
        roots = {name: drawing.load(body) for name, body in files if name.endswith(".bpmn")}
        elements = {e.id: e for name, root in roots.items() for e in drawing.walk(root, name)}
        spec, subspecs = _specs(roots, process_id)
        initial = _initial(elements, process_id)
        asked = _tables(dict(files), process_id)
        _ask(asked, elements, [spec, *subspecs.values()])
    except ProcessBroken:
        raise
    except Exception as error:  # whatever the parser trips over is a diagram that cannot run
        raise ProcessBroken(process_id, None, str(error) or type(error).__name__) from error
    lanes = {ident: words for root in roots.values() for ident, words in drawing.lane_names(root).items()}
    return Diagram(process_id, str(spec.description), mark, elements, initial, lanes, asked, spec, subspecs)


def _specs(roots: Mapping[str, etree._Element], process_id: str) -> tuple[Any, dict[str, Any]]:
    parser = DialectParser()
    for name, root in roots.items():
        normalise(root)
        parser.add_bpmn_xml(root, filename=name)
    spec = parser.get_spec(process_id)
    subspecs = parser.get_subprocess_specs(process_id)
    reconnect(spec, *subspecs.values())
    return spec, dict(subspecs)


def _tables(files: Mapping[str, bytes], process_id: str) -> dict[str, Table]:
    """Every table of the release; one that is not sound does not run at all."""
    found = {}
    for _, table, faults in dmn.every(files):
        if table is None or faults:
            raise ProcessBroken(process_id, faults[0].element, faults[0].message)
        found[table.id] = table
    return found


def _ask(asked: Mapping[str, Table], elements: Mapping[str, Element], specs: list[Any]) -> None:
    """Gives each business rule task the table it names."""
    for spec in (task for one in specs for task in one.task_specs.values() if isinstance(task, TabelTask)):
        element = elements[spec.bpmn_id]
        table = asked.get(element.decision or "")
        if table is None:
            raise ProcessBroken(element.process_id, element.id, f"tabel {element.decision!r} tidak ada")
        spec.table = table


def _initial(elements: Mapping[str, Element], process_id: str) -> dict[str, Any]:
    """What every expression may count on from the first moment; the process's own values win over a called one's."""
    starts = [e for e in elements.values() if e.kind == "start"]
    starts.sort(key=lambda e: e.process_id == process_id)
    return {
        name.removeprefix("awal."): _value(start, text)
        for start in starts
        for name, text in start.props.items()
        if name.startswith("awal.")
    }


def _value(start: Element, text: str) -> Any:
    try:
        return expressions.evaluate(text, {})
    except expressions.ExpressionInvalid as refused:
        raise ProcessBroken(start.process_id, start.id, refused.cause) from refused


# -- the dialect, read onto SpiffWorkflow ------------------------------------------------------------------------------


def normalise(root: etree._Element) -> None:
    """Turns Camunda's names into those the parser reads: trimmed lane members, multi-instances over dictionaries."""
    for ref in root.iter(bpmn("flowNodeRef")):
        ref.text = (ref.text or "").strip()
    for many in root.iter(bpmn("multiInstanceLoopCharacteristics")):
        owner = many.getparent()
        collection = many.get(drawing.camunda("collection"))
        if collection and owner is not None and many.find(bpmn("loopDataInputRef")) is None:
            _multi_instance(many, collection, owner.get("id", ""))


def _multi_instance(many: etree._Element, collection: str, owner: str) -> None:
    """The schema wants these four in this order; the results of `owner` land in `hasil_<owner>`."""
    etree.SubElement(many, bpmn("loopDataInputRef")).text = collection
    etree.SubElement(many, bpmn("loopDataOutputRef")).text = f"hasil_{owner}"
    etree.SubElement(many, bpmn("inputDataItem"), id=many.get(drawing.camunda("elementVariable"), "unit"))
    etree.SubElement(many, bpmn("outputDataItem"), id="hasil")


def reconnect(*specs: Any) -> None:
    """Mends freshly parsed specs; without it a restored multi-instance never learns that its instances are done."""
    for spec in specs:
        for found in list(spec.task_specs.values()):
            if isinstance(found, DictionaryMultiInstance):
                found.input_item = InstanceItem(found.input_item.bpmn_id)
                done = spec.task_specs[found.task_spec].completed_event
                if not done.is_connected(found.merge_child):
                    done.connect(found.merge_child)
            elif isinstance(found, BoundaryEventJoin):
                found.__class__ = BlockJoin  # the parser has no place to name it


class BlockJoin(BoundaryEventJoin):
    """Closes one task with its boundary events, and leaves a later pass of the same task beneath it alone.

    The library's own cancels every join below, so that a timer whose path comes back to its task never fires again.
    """

    def _find_tasks(self, my_task: Any) -> list[Any]:
        split = my_task.find_ancestor(self.split_task)
        members = [] if split is None else split.children
        return [child for member in members for child in member.children if child.task_spec is self]


class InstanceItem(TaskDataReference):
    """The element variable of an instance; with it the instance gets an empty result of its own."""

    def set(self, my_task: Any, value: Any) -> None:
        """Gives the instance its item and an empty `hasil`."""
        super().set(my_task, value)
        my_task.data["hasil"] = {}


class DictionaryMultiInstance(ParallelMultiInstanceTask):
    """Several in parallel over a dictionary keyed by office; each entering begins with empty results."""

    def create_children(self, my_task: Any) -> None:
        """One instance per key; a collection that is not there yet has none."""
        name = self.data_input.bpmn_id
        if my_task.data.get(name) is None:
            my_task.data[name] = {}
        if not isinstance(my_task.data[name], dict):
            self.raise_data_exception(f"{name} bukan kamus", my_task)
        super().create_children(my_task)

    def init_data_output_with_input_data(self, my_task: Any, input_data: Any) -> None:
        """Results of an earlier pass are history: the journal has them, the data starts anew."""
        self.data_output.set(my_task, {})


class ExternalServiceTask(ServiceTask):
    """Done outside: STARTED until the outbox job completes it."""

    def _run_hook(self, my_task: Any) -> None:
        super()._run_hook(my_task)


class TabelTask(ScriptTask):
    """Asks its table: what it said before is dropped first, no answer is none, and the rows are told to the runtime."""

    table: Table

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, script="", **kwargs)

    def _execute(self, task: Any) -> bool:
        try:
            decision = self.table.decide({**task.data, **self.table.empty()})
        except Undecided as undecided:
            undecided.element = self.bpmn_id
            raise
        task.data.update(decision.values)
        task.internal_data[DECIDED] = decision.facts
        return True


DECIDED = "decided"  # what a table said, beside its task until the step is told


class TenggatEventDefinition(TimerEventDefinition):
    """A drawn timer that never reads a clock: our calendar computes it, our job fires it."""

    def has_fired(self, my_task: Any) -> bool:
        """Only when our job said so."""
        return bool(my_task.internal_data.get("event_fired", False))


class _Dialect:
    """What our parsers of single nodes have in common."""

    PARALLEL_MI_CLASS = DictionaryMultiInstance
    node: Any

    def parse_timer_event(self, event: etree._Element) -> TenggatEventDefinition:
        """Named by id: two timers of one name would be equal."""
        text = drawing.text_of(event, "timeDuration") or drawing.text_of(event, "timeDate") or ""
        return TenggatEventDefinition(self.node.get("id"), repr(text))


class DialectParser(BpmnParser):
    """SpiffWorkflow's plain parser with our multi-instances, timers and services.

    Not the `spiff` flavour: that one also runs pre- and post-scripts found in extension elements.
    """

    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012  # SpiffWorkflow declares it so
        name: (type(f"Dialect{parser.__name__}", (_Dialect, parser), {}), kind)
        for name, (parser, kind) in {
            **BpmnParser.PARSER_CLASSES,
            full_tag("serviceTask"): (BpmnParser.PARSER_CLASSES[full_tag("userTask")][0], ExternalServiceTask),
            full_tag("businessRuleTask"): (BpmnParser.PARSER_CLASSES[full_tag("userTask")][0], TabelTask),
        }.items()
    }
