"""A drawn diagram as bytes → safe XML → the elements on it. Knows BPMN, but no library that runs it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
MAX_BYTES = 2_000_000

KINDS = {
    "startEvent": "start",
    "endEvent": "end",
    "userTask": "user",
    "receiveTask": "receive",
    "serviceTask": "service",
    "businessRuleTask": "table",
    "exclusiveGateway": "gateway",
    "parallelGateway": "split",
    "subProcess": "subprocess",
    "callActivity": "call",
    "intermediateThrowEvent": "milestone",
}


class DrawingUnreadable(Exception):
    """The bytes are no diagram we would open; `cause` says why, `line` where (0 = unknown)."""

    def __init__(self, cause: str, line: int = 0) -> None:
        super().__init__(cause)
        self.cause, self.line = cause, line


@dataclass(frozen=True)
class Element:
    """One drawn node with what the office needs to know of it; `kind` is one of user, receive, service, milestone,
    timer, error, start, end, gateway, split, subprocess, call, table."""

    id: str
    kind: str
    name: str
    process_id: str
    lane: str | None = None  # id of the deepest lane that holds it, or holds the sub-process around it
    groups: list[str] = field(default_factory=list)
    form_key: str | None = None
    topic: str | None = None
    props: dict[str, str] = field(default_factory=dict)
    duration: str | None = None  # of a timer, ISO 8601
    code: str | None = None  # of an error boundary; None catches all
    message: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    collection: str | None = None  # case data holding the dictionary of a multi-instance
    item: str | None = None  # its element variable
    called: str | None = None
    decision: str | None = None  # id of the table that a business rule task asks
    parent: str | None = None  # id of the sub-process around it
    file: str = ""
    line: int = 0


def bpmn(tag: str) -> str:
    """The full name of a BPMN tag."""
    return f"{{{BPMN}}}{tag}"


def camunda(name: str) -> str:
    """The full name of a Camunda attribute or tag."""
    return f"{{{CAMUNDA}}}{name}"


def load(data: bytes) -> etree._Element:
    """The root of a diagram; raises DrawingUnreadable for what is too large, broken, or declares a DOCTYPE."""
    if len(data) > MAX_BYTES:
        raise DrawingUnreadable("berkas lebih dari 2 MB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DrawingUnreadable("bukan XML yang utuh", getattr(error, "lineno", 0) or 0) from error
    info: Any = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise DrawingUnreadable("DOCTYPE tidak diizinkan")
    return root


def walk(root: etree._Element, file: str = "") -> Iterator[Element]:
    """Every element of every process in one file, sub-processes' contents after their sub-process."""
    lanes = _lanes(root)
    for process in root.iter(bpmn("process")):
        yield from _inside(process, process.get("id", ""), None, lanes, file)


def lane_names(root: etree._Element) -> dict[str, str]:
    """The lanes of a file: id → the words on them."""
    return {lane.get("id", ""): lane.get("name", "") for lane in root.iter(bpmn("lane"))}


def properties(node: etree._Element) -> dict[str, str]:
    """The `camunda:property` pairs of one node, not of what it contains."""
    path = f"{bpmn('extensionElements')}/{camunda('properties')}/{camunda('property')}"
    return {found.get("name", ""): found.get("value", "") for found in node.iterfind(path)}


def tag(node: etree._Element) -> str:
    """The local name of a node."""
    return etree.QName(node).localname


def line_of(node: Any) -> int:
    """The line a node begins on, 0 where unknown."""
    return int(node.sourceline or 0)


def text_of(node: etree._Element, name: str) -> str | None:
    """The trimmed text of the first descendant of that BPMN tag."""
    found = next(node.iter(bpmn(name)), None)
    return None if found is None else (found.text or "").strip()


def _inside(
    holder: etree._Element, process: str, around: Element | None, lanes: Mapping[str, str], file: str
) -> Iterator[Element]:
    for node in holder:
        kind = kind_of(node)
        if kind is None:
            continue
        element = _element(node, kind, process, around, lanes, file)
        yield element
        if kind == "subprocess":
            yield from _inside(node, process, element, lanes, file)


def kind_of(node: etree._Element) -> str | None:
    """What a node is to the office; None for what is no element (flows, lanes, artifacts)."""
    if node.tag == bpmn("boundaryEvent"):
        return "timer" if node.find(bpmn("timerEventDefinition")) is not None else "error"
    return KINDS.get(tag(node)) if node.tag.startswith(f"{{{BPMN}}}") else None


def _element(
    node: etree._Element, kind: str, process: str, around: Element | None, lanes: Mapping[str, str], file: str
) -> Element:
    ident, props = node.get("id", ""), properties(node)
    many = node.find(bpmn("multiInstanceLoopCharacteristics"))
    return Element(
        id=ident,
        kind=kind,
        name=" ".join(node.get("name", "").split()),
        process_id=process,
        lane=lanes.get(node.get("attachedToRef", ident)) or lanes.get(ident) or (around.lane if around else None),
        groups=[group.strip() for group in node.get(camunda("candidateGroups"), "").split(",") if group.strip()],
        # Camunda Modeler has no formKey on a receive task, so there it may stand among the properties
        form_key=node.get(camunda("formKey")) or props.get("formKey") or None,
        topic=node.get(camunda("topic")) or None,
        props=props,
        duration=text_of(node, "timeDuration"),
        code=_error_code(node) if kind == "error" else None,
        message=_message(node),
        attached_to=node.get("attachedToRef"),
        interrupting=node.get("cancelActivity", "true") == "true",
        collection=None if many is None else many.get(camunda("collection")),
        item=None if many is None else many.get(camunda("elementVariable")),
        called=node.get("calledElement"),
        decision=node.get(camunda("decisionRef")) or None,
        parent=around.id if around else None,
        file=file,
        line=line_of(node),
    )


def _lanes(root: etree._Element) -> dict[str, str]:
    """Node id → id of the deepest lane that names it (document order puts inner lanes after outer ones)."""
    found = {}
    for lane in root.iter(bpmn("lane")):
        for ref in lane.iterfind(bpmn("flowNodeRef")):
            found[(ref.text or "").strip()] = lane.get("id", "")
    return found


def _named(node: etree._Element, kind: str, ident: str | None) -> etree._Element | None:
    root = node.getroottree().getroot()
    return next((found for found in root.iter(bpmn(kind)) if ident and found.get("id") == ident), None)


def _error_code(node: etree._Element) -> str | None:
    definition = node.find(bpmn("errorEventDefinition"))
    error = None if definition is None else _named(node, "error", definition.get("errorRef"))
    return None if error is None else error.get("errorCode")


def _message(node: etree._Element) -> str | None:
    definition = node.find(bpmn("messageEventDefinition"))
    ref = node.get("messageRef") if definition is None else definition.get("messageRef")
    message = _named(node, "message", ref)
    return None if message is None else message.get("name")
