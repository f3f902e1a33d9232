"""Decision tables for tests: columns and rows as text → a `.dmn` file as dmn-js writes it."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"'
    ' xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"'
    ' xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/"'
    ' id="definisi" name="DRD" namespace="http://camunda.org/schema/1.0/dmn">\n'
)
DRAWN = (
    '  <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="{id}">'
    '<dc:Bounds height="80" width="180" x="160" y="100" /></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>\n'
)
Row = tuple[Sequence[str], Sequence[str], str]


def table(
    inputs: Sequence[tuple[str, str]],
    outputs: Sequence[tuple[str, str]],
    rows: Sequence[Row],
    *,
    policy: str = "UNIQUE",
    ident: str = "tabel",
) -> bytes:
    """Inputs are (expression, type), outputs (name, type), rows (cells asked, cells said, annotation)."""
    lines = [f'  <decision id="{ident}" name="{ident}">\n    <decisionTable id="{ident}_isi" hitPolicy="{policy}">']
    for place, (expression, kind) in enumerate(inputs, 1):
        asks = f'<inputExpression id="m{place}_u"{_typed(kind)}><text>{escape(expression)}</text></inputExpression>'
        lines.append(f'      <input id="m{place}" label={quoteattr(expression)}>{asks}</input>')
    lines += [f'      <output id="k{n}" name="{name}"{_typed(kind)} />' for n, (name, kind) in enumerate(outputs, 1)]
    for place, (wanted, said, note) in enumerate(rows, 1):
        lines.append(f'      <rule id="b{place}"><description>{escape(note)}</description>')
        for tag, cells in (("inputEntry", wanted), ("outputEntry", said)):
            for column, cell in enumerate(cells, 1):
                ident_ = f"b{place}_{'m' if tag == 'inputEntry' else 'k'}{column}"
                lines.append(f'        <{tag} id="{ident_}"><text>{escape(cell)}</text></{tag}>')
        lines.append("      </rule>")
    lines.append("    </decisionTable>\n  </decision>")
    return (HEAD + "\n".join(lines) + "\n" + DRAWN.format(id=ident) + "</definitions>\n").encode()


def _typed(kind: str) -> str:
    return f' typeRef="{kind}"' if kind else ""


def asking(initial: dict[str, str], *, decision: str = "tabel", loop: str = "ulang") -> bytes:
    """A process that asks a table, waits for a person, and asks again while `loop` is true."""
    props = "".join(f'<camunda:property name="awal.{n}" value={quoteattr(v)} />' for n, v in initial.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definisi_tanya" targetNamespace="https://contoh.example">
  <bpmn:process id="tanya" name="Tanya tabel" isExecutable="true">
    <bpmn:laneSet id="lajur"><bpmn:lane id="staf" name="Staf"><bpmn:flowNodeRef>periksa</bpmn:flowNodeRef></bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="mulai"><bpmn:extensionElements><camunda:properties>{props}</camunda:properties>
    </bpmn:extensionElements><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="a" sourceRef="mulai" targetRef="tentukan" />
    <bpmn:businessRuleTask id="tentukan" name="Menentukan" camunda:decisionRef="{decision}">
      <bpmn:incoming>a</bpmn:incoming><bpmn:incoming>d</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing>
    </bpmn:businessRuleTask>
    <bpmn:sequenceFlow id="b" sourceRef="tentukan" targetRef="periksa" />
    <bpmn:userTask id="periksa" name="Memeriksa"><bpmn:extensionElements><camunda:properties>
      <camunda:property name="sop.waktu" value="tanpa-batas" /></camunda:properties></bpmn:extensionElements>
      <bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing></bpmn:userTask>
    <bpmn:sequenceFlow id="c" sourceRef="periksa" targetRef="lagi" />
    <bpmn:exclusiveGateway id="lagi" default="e"><bpmn:incoming>c</bpmn:incoming>
      <bpmn:outgoing>d</bpmn:outgoing><bpmn:outgoing>e</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="d" sourceRef="lagi" targetRef="tentukan">
      <bpmn:conditionExpression xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xsi:type="bpmn:tFormalExpression">{loop}</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="e" sourceRef="lagi" targetRef="selesai" />
    <bpmn:endEvent id="selesai"><bpmn:incoming>e</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>
""".encode()
