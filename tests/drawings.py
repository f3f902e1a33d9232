"""Reads a drawn diagram as geometry: boxes, lines and labels by the id of what they draw."""

from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

import processes

NS = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "way": "http://www.omg.org/spec/DD/20100524/DI",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
}
NODES = [
    *("startEvent", "endEvent", "boundaryEvent", "intermediateThrowEvent", "exclusiveGateway", "parallelGateway"),
    *("userTask", "receiveTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess"),
]
DRAWN = [(name, file) for name in processes.names() for file in processes.files(name) if file.endswith(".bpmn")]

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle on the drawing; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, other: "Box") -> bool:
        """Whether the other lies wholly inside."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether the two share more than a border."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    @classmethod
    def around(cls, a: Point, b: Point) -> "Box":
        """The (flat) box of a horizontal or vertical line."""
        return cls(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))

    def nearest(self, point: Point) -> Point:
        """The point of the box that is closest to another."""
        return min(max(point[0], self.x), self.right), min(max(point[1], self.y), self.bottom)

    def larger(self, by: float) -> "Box":
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


@dataclass
class Drawing:
    """One diagram file; everything by id."""

    root: etree._Element
    boxes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)  # ids as the shapes name them, twice if drawn twice

    @classmethod
    def of(cls, name: str, file: str) -> "Drawing":
        """The drawing of one file of a shipped process."""
        drawing = cls(etree.fromstring(processes.files(name)[file]))
        for shape in drawing.all("di:BPMNShape"):
            drawing.boxes[shape.get("bpmnElement")] = _box(shape.find("dc:Bounds", NS))
        for edge in drawing.all("di:BPMNEdge"):
            points = edge.findall("way:waypoint", NS)
            drawing.lines[edge.get("bpmnElement")] = [(float(p.get("x")), float(p.get("y"))) for p in points]
        for shape in (*drawing.all("di:BPMNShape"), *drawing.all("di:BPMNEdge")):
            drawing.drawn.append(shape.get("bpmnElement"))
            label = shape.find("di:BPMNLabel/dc:Bounds", NS)
            if label is not None:
                drawing.labels[shape.get("bpmnElement")] = _box(label)
        return drawing

    def all(self, *tags: str) -> list[etree._Element]:
        """Every element of these tags, in document order."""
        return self.root.xpath("|".join(f".//{tag}" for tag in tags), namespaces=NS)

    @property
    def nodes(self) -> dict[str, etree._Element]:
        """Events, tasks, gateways, sub-processes."""
        return {node.get("id"): node for node in self.all(*(f"bpmn:{tag}" for tag in NODES))}

    @property
    def flows(self) -> dict[str, etree._Element]:
        """Sequence and message flows."""
        return {flow.get("id"): flow for flow in self.all("bpmn:sequenceFlow", "bpmn:messageFlow")}

    def around(self, ident: str) -> set[str]:
        """The sub-processes that hold a node or flow."""
        found = self.root.xpath(f".//*[@id='{ident}']/ancestor::bpmn:subProcess/@id", namespaces=NS)
        return set(found)

    def segments(self, ident: str) -> list[tuple[Point, Point]]:
        """The straight pieces of a line."""
        return list(pairwise(self.lines[ident]))

    def pieces(self, ident: str) -> list[Box]:
        """The straight pieces of a line, as flat boxes."""
        return [Box.around(a, b) for a, b in self.segments(ident)]

    def off_centre(self, ident: str, point: Point) -> float:
        """How far out a point lies: 0 is the centre of what is drawn, 1 its outline (diamond, circle or rectangle)."""
        box, node = self.boxes[ident], self.nodes.get(ident)
        (cx, cy), kind = box.centre, "" if node is None else etree.QName(node).localname
        across, down = abs(point[0] - cx) / (box.width / 2), abs(point[1] - cy) / (box.height / 2)
        if kind.endswith("Gateway"):
            return across + down
        return float((across**2 + down**2) ** 0.5) if kind.endswith("Event") else max(across, down)

    def on_outline(self, ident: str, point: Point) -> bool:
        """Whether a line may begin or end there."""
        return abs(self.off_centre(ident, point) - 1) < 0.001

    def covers(self, ident: str, region: Box) -> bool:
        """Whether what is drawn lies under some of a region (a label, a piece of a line); touching is not covering."""
        return self.off_centre(ident, region.nearest(self.boxes[ident].centre)) < 0.999


def _box(bounds: etree._Element) -> Box:
    return Box(*(float(bounds.get(name)) for name in ("x", "y", "width", "height")))
