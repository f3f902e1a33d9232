"""The SOP that a diagram draws: its numbered steps as rows, who does them, where each leads to.

Rows are the elements with a `sop.nomor`. A way from one row to another passes through gateways, services and
sub-processes; a way that comes to a task without a number is told in words beside the row it leaves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.clocks.deadlines import ENDLESS
from engine.diagrams import drawing
from engine.diagrams.drawing import Element, bpmn

IDENTITY = "sop."
"""Prefix of the properties of the process itself: judul, nomor, dibuat, revisi, efektif, disahkan, lists and labels."""


@dataclass(frozen=True)
class Exit:
    """One way out of a row: to which row, and the words on the arrow that decides."""

    to: int
    label: str


@dataclass(frozen=True)
class Row:
    """One numbered step in the words of the SOP."""

    number: int
    element: str
    activity: str
    actor: str
    lane: str
    requirements: tuple[str, ...]
    time: str
    output: str
    law: str
    note: str
    exits: tuple[Exit, ...]
    aside: tuple[str, ...]
    """What may happen outside the rows: "Tidak lengkap: menunggu kelengkapan laporan"."""
    fresh: bool

    @property
    def decides(self) -> bool:
        """Whether it may send the work back."""
        return any(way.to < self.number for way in self.exits)


@dataclass(frozen=True)
class Table:
    """All rows in order, the actors' columns from left to right, and what the process says of itself."""

    title: str
    actors: tuple[str, ...]
    rows: tuple[Row, ...]
    identity: Mapping[str, str]

    def column_of(self, row: Row) -> str:
        """The actor whose column a row stands in: the words of the first row of its lane."""
        return next(other.actor for other in self.rows if other.lane == row.lane)

    def listed(self, name: str) -> tuple[str, ...]:
        """A list among the properties of the process, parted by semicolons."""
        return parts(self.identity.get(name, ""))


def parts(text: str) -> tuple[str, ...]:
    """The entries of a list written with semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def read(files: Mapping[str, bytes], process: str) -> Table:
    """The table of one process. Raises DrawingUnreadable; LookupError where no file draws the process."""
    roots = {name: drawing.load(body) for name, body in files.items() if name.endswith(".bpmn")}
    holder = next((p for root in roots.values() for p in root.iter(bpmn("process")) if p.get("id") == process), None)
    if holder is None:
        raise LookupError(process)
    root = holder.getroottree().getroot()
    found = [e for e in drawing.walk(root) if e.process_id == process]
    rows = _rows(found, _Graph(root, found))
    lanes = [lane.get("id", "") for lane in holder.iter(bpmn("lane"))]
    used = [lane for lane in lanes if any(row.lane == lane for row in rows)]
    names = {row.lane: row.actor for row in reversed(rows)}
    identity = {name.removeprefix(IDENTITY): value for name, value in drawing.properties(holder).items()}
    title = identity.get("judul") or " ".join(holder.get("name", process).split())
    return Table(title, tuple(names[lane] for lane in used), tuple(rows), identity)


def _rows(found: list[Element], graph: "_Graph") -> list[Row]:
    numbered = [e for e in found if e.props.get("sop.nomor", "").isdecimal()]
    lanes = drawing.lane_names(graph.root)
    return [_row(e, graph, lanes) for e in sorted(numbered, key=lambda e: int(e.props["sop.nomor"]))]


def _row(element: Element, graph: "_Graph", lanes: Mapping[str, str]) -> Row:
    props = element.props
    exits = tuple(graph.exits(element.id))
    lane = element.lane or ""
    return Row(
        number=int(props["sop.nomor"]),
        element=element.id,
        activity=props.get("sop.kegiatan") or element.name,
        actor=props.get("sop.pelaksana") or lanes.get(lane, lane),
        lane=lane,
        requirements=parts(props.get("sop.kelengkapan", "")),
        time=time_words(props.get("sop.waktu", ENDLESS), props.get("sop.hitungan", "")),
        output=props.get("sop.keluaran", ""),
        law=props.get("dasar", ""),
        note=props.get("sop.keterangan", ""),
        exits=tuple(way for way in exits if isinstance(way, Exit)),
        aside=tuple(dict.fromkeys(way for way in exits if isinstance(way, str))),
        fresh=props.get("sop.halaman") == "baru",
    )


def time_words(limit: str, clock: str) -> str:
    """A limit as an SOP writes it: "10 Menit", "2 Jam", "7 Hari Kerja", "1 x 24 Jam"; "" without one."""
    if limit == ENDLESS or not limit:
        return "-"
    hours, minutes = _part(limit, "H"), _part(limit, "M")
    if clock == "jam-berjalan" and hours and hours % 24 == 0 and not minutes:
        return f"{hours // 24} x 24 Jam"
    words = [f"{hours} Jam"] * bool(hours) + [f"{minutes} Menit"] * bool(minutes)
    if limit.startswith("PT") and words:
        return " ".join(words)
    days = _part(limit, "D")
    if days:
        return f"{days} Hari Kerja"
    return f"Tanggal {limit}" if clock == "tanggal" else "Menurut ketentuan"


def minutes_of(words: str) -> int:
    """The minutes of a written time in hours and minutes; 0 of any other."""
    found = words.split()
    if "Hari" in words or " x " in words or len(found) % 2:
        return 0
    units = {"Jam": 60, "Menit": 1}
    pairs = zip(found[::2], found[1::2], strict=True)
    return sum(int(number) * units.get(unit, 0) for number, unit in pairs if number.isdecimal())


def _part(limit: str, unit: str) -> int:
    digits = limit.partition(unit)[0].removeprefix("P").removeprefix("T").rpartition("H")[2] if unit in limit else ""
    return int(digits) if digits.isdecimal() else 0


class _Graph:
    """Where one comes to from an element, over everything that is no row of its own."""

    def __init__(self, root: etree._Element, found: list[Element]) -> None:
        self.root = root
        self.by_id = {element.id: element for element in found}
        self.flows: dict[str, list[Any]] = {}
        for flow in root.iter(bpmn("sequenceFlow")):
            self.flows.setdefault(flow.get("sourceRef", ""), []).append(flow)

    def exits(self, ident: str) -> Iterator[Exit | str]:
        """The rows one comes to, and in words whatever else is waited for; each once, in drawing order."""
        seen: set[str] = set()
        waiting = [(flow, " ".join(flow.get("name", "").split())) for flow in self.flows.get(ident, [])]
        while waiting:
            flow, label = waiting.pop(0)
            target = self.by_id.get(flow.get("targetRef", ""))
            if target is None or target.id in seen:
                continue
            seen.add(target.id)
            if target.props.get("sop.nomor", "").isdecimal():
                yield Exit(int(target.props["sop.nomor"]), label)
            elif target.kind in ("user", "receive"):
                yield f"{label}: {_lower(target.name)}" if label else target.name
            else:
                waiting += [
                    (onward, label or " ".join(onward.get("name", "").split())) for onward in self._onward(target)
                ]

    def _onward(self, target: Element) -> list[Any]:
        if target.kind == "subprocess":
            starts = [e.id for e in self.by_id.values() if e.parent == target.id and e.kind == "start"]
            return [flow for start in starts for flow in self.flows.get(start, [])]
        if target.kind == "end" and target.parent:
            return self.flows.get(target.parent, [])
        return self.flows.get(target.id, [])


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
