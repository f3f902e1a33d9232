"""How a diagram is drawn (BPMN DI), as plain shapes and lines: for pictures that need no browser library."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from engine.diagrams import drawing

BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
MARGIN = 10

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """One drawn node: `kind` as in `drawing.KINDS`, or pool, lane, other; `label`: where its name stands outside."""

    id: str
    kind: str
    name: str
    x: float
    y: float
    width: float
    height: float
    label: Point | None = None

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Line:
    """One drawn flow; `message` ones go between pools."""

    points: tuple[Point, ...]
    name: str
    label: Point | None
    message: bool


@dataclass(frozen=True)
class Picture:
    """A diagram's shapes and lines, and the frame around them."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """x, y, width, height with a margin."""
        xs = [x for b in self.boxes for x in (b.x, b.x + b.width)] + [p[0] for line in self.lines for p in line.points]
        ys = [y for b in self.boxes for y in (b.y, b.y + b.height)] + [p[1] for line in self.lines for p in line.points]
        x, y = min(xs, default=0) - MARGIN, min(ys, default=0) - MARGIN
        return x, y, max(xs, default=0) - x + MARGIN, max(ys, default=0) - y + MARGIN


@lru_cache(maxsize=16)
def read(text: str) -> Picture:
    """The picture of one file; raises DrawingUnreadable. A file that is not drawn has no shapes."""
    root = drawing.load(text.encode())
    nodes = {node.get("id", ""): node for node in root.iter() if node.get("id")}
    return Picture(tuple(_boxes(root, nodes)), tuple(_lines(root, nodes)))


def _boxes(root: etree._Element, nodes: Mapping[str, etree._Element]) -> Iterator[Box]:
    for shape in root.iter(f"{BPMNDI}BPMNShape"):
        node, bounds = nodes.get(shape.get("bpmnElement", "")), shape.find(f"{DC}Bounds")
        if node is not None and bounds is not None:
            name = re.sub(r"\s+", " ", node.get("name", "")).strip()
            yield Box(node.get("id", ""), _kind(node), name, *_numbers(bounds), _label(shape))


def _kind(node: etree._Element) -> str:
    outside = {"participant": "pool", "lane": "lane"}
    return drawing.kind_of(node) or outside.get(drawing.tag(node), "other")


def _numbers(bounds: etree._Element) -> tuple[float, float, float, float]:
    x, y, width, height = (float(bounds.get(name, "0")) for name in ("x", "y", "width", "height"))
    return x, y, width, height


def _label(shape: etree._Element) -> Point | None:
    bounds = shape.find(f"{BPMNDI}BPMNLabel/{DC}Bounds")
    if bounds is None:
        return None
    x, y, width, height = _numbers(bounds)
    return x + width / 2, y + height / 2


def _lines(root: etree._Element, nodes: Mapping[str, etree._Element]) -> Iterator[Line]:
    for edge in root.iter(f"{BPMNDI}BPMNEdge"):
        node: Any = nodes.get(edge.get("bpmnElement", ""))
        points = tuple((float(p.get("x", "0")), float(p.get("y", "0"))) for p in edge.iterfind(f"{DI}waypoint"))
        if node is not None and len(points) > 1:
            yield Line(points, node.get("name", ""), _label(edge), drawing.tag(node) == "messageFlow")
