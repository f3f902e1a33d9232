"""Small diagrams, written as lists: nodes and arrows in, BPMN of our dialect out."""

from collections.abc import Iterable
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'id="definisi" targetNamespace="http://contoh.go.id">\n'
)
LIMIT = {"sop.waktu": "PT10M", "sop.hitungan": "jam-kerja", "sop.sejak": "dikerjakan"}


def properties(values: dict[str, str]) -> str:
    """The extension elements of a node."""
    pairs = "".join(f"<camunda:property name={quoteattr(k)} value={quoteattr(v)}/>" for k, v in values.items())
    return (
        f"<bpmn:extensionElements><camunda:properties>{pairs}</camunda:properties></bpmn:extensionElements>"
        if pairs
        else ""
    )


def start(ident: str = "mulai", message: str | None = None, **initial: str) -> str:
    event = f'<bpmn:messageEventDefinition id="def_{ident}" messageRef="{message}"/>' if message else ""
    body = properties({f"awal.{name}": text for name, text in initial.items()}) + event
    return f'<bpmn:startEvent id="{ident}" name="Mulai">{body}</bpmn:startEvent>'


def end(ident: str = "selesai") -> str:
    return f'<bpmn:endEvent id="{ident}" name="Selesai"/>'


def user(ident: str, form: str | None = "isian", many: str = "", props: dict[str, str] | None = None) -> str:
    key = f' camunda:formKey="{form}"' if form else ""
    inside = properties(LIMIT if props is None else props) + many
    return f'<bpmn:userTask id="{ident}" name="Tugas {ident}"{key}>{inside}</bpmn:userTask>'


def receive(ident: str, message: str = "pesan") -> str:
    return f'<bpmn:receiveTask id="{ident}" name="Tunggu {ident}" camunda:formKey="isian" messageRef="{message}"/>'


def service(ident: str, topic: str = "kirim") -> str:
    return f'<bpmn:serviceTask id="{ident}" name="Layanan {ident}" camunda:type="external" camunda:topic="{topic}"/>'


def milestone(ident: str) -> str:
    return f'<bpmn:intermediateThrowEvent id="{ident}" name="Tonggak {ident}"/>'


def xor(ident: str, default: str = "") -> str:
    chosen = f' default="{default}"' if default else ""
    return f'<bpmn:exclusiveGateway id="{ident}" name="{ident}?"{chosen}/>'


def split(ident: str) -> str:
    return f'<bpmn:parallelGateway id="{ident}"/>'


def call(ident: str, process: str, many: str = "") -> str:
    return (
        f'<bpmn:callActivity id="{ident}" name="Panggil {ident}" calledElement="{process}">{many}</bpmn:callActivity>'
    )


def sub(ident: str, nodes: Iterable[str], flows: Iterable[str], many: str = "") -> str:
    return (
        f'<bpmn:subProcess id="{ident}" name="Bagian {ident}">{many}{"".join(nodes)}{"".join(flows)}</bpmn:subProcess>'
    )


def several(collection: str, item: str = "unit") -> str:
    return (
        f'<bpmn:multiInstanceLoopCharacteristics camunda:collection="{collection}" camunda:elementVariable="{item}"/>'
    )


def timer(ident: str, on: str, duration: str = "P10D", *, interrupting: bool = True) -> str:
    cancels = "" if interrupting else ' cancelActivity="false"'
    return (
        f'<bpmn:boundaryEvent id="{ident}" name="Batas" attachedToRef="{on}"{cancels}>'
        + properties({"sop.hitungan": "hari-kerja"})
        + f'<bpmn:timerEventDefinition id="def_{ident}"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">{duration}'
        "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    )


def error(ident: str, on: str, ref: str = "galat") -> str:
    return (
        f'<bpmn:boundaryEvent id="{ident}" name="Gagal" attachedToRef="{on}">'
        f'<bpmn:errorEventDefinition id="def_{ident}" errorRef="{ref}"/></bpmn:boundaryEvent>'
    )


def flow(source: str, target: str, condition: str = "", ident: str = "") -> str:
    inside = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{escape(condition)}</bpmn:conditionExpression>'
    )
    name = ident or f"alur_{source}_{target}"
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<bpmn:sequenceFlow id="{name}" {ends}>{inside if condition else ""}</bpmn:sequenceFlow>'


def path(*idents: str) -> list[str]:
    """Arrows along a row of nodes."""
    return [flow(a, b) for a, b in pairwise(idents)]


def diagram(
    process: str, nodes: Iterable[str], flows: Iterable[str], lanes: dict[str, list[str]] | None = None
) -> bytes:
    """A whole file: messages `pesan` and `mulai_pesan`, error `galat` (code GAGAL), one process."""
    drawn = "".join(
        f'<bpmn:lane id="{lane}" name="Lajur {lane}">'
        + "".join(f"<bpmn:flowNodeRef>{n}</bpmn:flowNodeRef>" for n in held)
        + "</bpmn:lane>"
        for lane, held in (lanes or {}).items()
    )
    lane_set = f'<bpmn:laneSet id="lajur_{process}">{drawn}</bpmn:laneSet>' if lanes else ""
    return (
        HEAD + f'<bpmn:message id="pesan" name="pesan"/><bpmn:message id="mulai_pesan" name="mulai_pesan"/>'
        f'<bpmn:error id="galat" name="galat" errorCode="GAGAL"/>'
        f'<bpmn:process id="{process}" name="Proses {process}" isExecutable="true">{lane_set}'
        + "\n".join([*nodes, *flows])
        + "</bpmn:process></bpmn:definitions>"
    ).encode()
