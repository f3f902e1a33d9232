"""The drawing rules of our dialect: which symbols there are, and how they may be joined.

Every rule takes a `Scope` (a process or sub-process) and yields problems; none of them raises, whatever was drawn.
The gate runs them all, so that a designer sees everything at once. What stands *on* the symbols is in `particulars`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from engine.diagrams import drawing
from engine.diagrams.decisions.tables import Table
from engine.diagrams.drawing import Element, bpmn, tag

WAITS = frozenset({"user", "receive", "service", "subprocess", "call"})  # where a circle may pause
_ALLOWED = frozenset(
    {
        "startEvent",
        "endEvent",
        "userTask",
        "receiveTask",
        "serviceTask",
        "businessRuleTask",
        "exclusiveGateway",
        "parallelGateway",
        "subProcess",
        "callActivity",
        "boundaryEvent",
        "intermediateThrowEvent",
        "sequenceFlow",
        "laneSet",
        "documentation",
        "extensionElements",
        "textAnnotation",
        "association",
        "group",
        "incoming",
        "outgoing",
        "multiInstanceLoopCharacteristics",
    }
)
_EVENTS = {  # event definitions that a symbol may carry
    "startEvent": {"messageEventDefinition", "timerEventDefinition"},
    "boundaryEvent": {"timerEventDefinition", "errorEventDefinition"},
    "endEvent": set[str](),
    "intermediateThrowEvent": set[str](),
}
_HOSTS = {"timer": {"user", "receive", "service", "subprocess", "call"}, "error": {"service"}}


@dataclass(frozen=True)
class Problem:
    """One thing that must (error) or should (warning) be mended before a diagram may run."""

    file: str
    element: str | None
    line: int
    level: str
    code: str
    message: str


@dataclass(frozen=True)
class Known:
    """What surrounds the diagrams of a release: its own names, and forms and roles where the caller knows them."""

    declared: frozenset[str]  # awal.*, results and element variables of multi-instances
    processes: frozenset[str]
    tables: Mapping[str, Table]
    form_fields: Mapping[str, set[str]] | None
    roles: set[str] | None


@dataclass(frozen=True)
class Sheet:
    """One file."""

    file: str
    root: etree._Element

    @cached_property
    def elements(self) -> list[Element]:
        """Every element in it."""
        return list(drawing.walk(self.root, self.file))

    @cached_property
    def scopes(self) -> list["Scope"]:
        """Its processes and their sub-processes."""
        holders = [*self.root.iter(bpmn("process")), *self.root.iter(bpmn("subProcess"))]
        return [Scope(self, holder) for holder in holders]


@dataclass(frozen=True)
class Scope:
    """A process or sub-process: what is drawn directly in it, and how it is joined."""

    sheet: Sheet
    holder: etree._Element

    @cached_property
    def nodes(self) -> dict[str, etree._Element]:
        """Its elements by id."""
        return {node.get("id", ""): node for node in self.holder if drawing.kind_of(node)}

    @cached_property
    def flows(self) -> list[etree._Element]:
        """Its arrows."""
        return list(self.holder.iterfind(bpmn("sequenceFlow")))

    def leaving(self, ident: str) -> list[etree._Element]:
        """The arrows out of a node."""
        return [flow for flow in self.flows if flow.get("sourceRef") == ident]

    def entering(self, ident: str) -> list[etree._Element]:
        """The arrows into a node."""
        return [flow for flow in self.flows if flow.get("targetRef") == ident]

    @cached_property
    def after(self) -> dict[str, set[str]]:
        """Where one can come to from a node at once, its boundary events included."""
        found: dict[str, set[str]] = {ident: set() for ident in self.nodes}
        for flow in self.flows:
            found.setdefault(flow.get("sourceRef", ""), set()).add(flow.get("targetRef", ""))
        for ident, node in self.nodes.items():
            if node.get("attachedToRef"):
                found.setdefault(node.get("attachedToRef", ""), set()).add(ident)
        return found

    def problem(self, node: etree._Element, code: str, message: str, level: str = "error") -> Problem:
        """A problem of one node."""
        return Problem(self.sheet.file, node.get("id"), drawing.line_of(node), level, code, message)


def reach(after: Mapping[str, set[str]], begin: Iterable[str]) -> set[str]:
    """Every node one can come to from `begin`, those included."""
    seen: set[str] = set()
    waiting = list(begin)
    while waiting:
        ident = waiting.pop()
        if ident not in seen:
            seen.add(ident)
            waiting.extend(after.get(ident, ()))
    return seen


# -- which symbols -----------------------------------------------------------------------------------------------------


def symbols(scope: Scope) -> Iterator[Problem]:
    """The closed list of symbols, and the closed list of events on them."""
    for node in scope.holder:
        name = tag(node)
        if name not in _ALLOWED or not node.tag.startswith(f"{{{drawing.BPMN}}}"):
            yield scope.problem(node, "unsur-tidak-didukung", f"Simbol {name} tidak termasuk yang boleh dipakai.")
        if name == "subProcess" and node.get("triggeredByEvent") == "true":
            yield scope.problem(node, "sub-proses-kejadian", "Sub-proses kejadian tidak boleh dipakai.")
        if node.find(bpmn("standardLoopCharacteristics")) is not None:
            yield scope.problem(
                node, "pengulangan", "Penanda pengulangan tidak boleh dipakai; gambarlah anak panah balik."
            )
        if node.get("isForCompensation") == "true":
            yield scope.problem(node, "kompensasi", "Penanda kompensasi tidak boleh dipakai.")
        if name in _EVENTS:
            yield from _events(scope, node, _EVENTS[name])


def _events(scope: Scope, node: etree._Element, allowed: set[str]) -> Iterator[Problem]:
    drawn = [
        tag(child) for child in node if tag(child).endswith("EventDefinition") or tag(child) == "eventDefinitionRef"
    ]
    for name in drawn:
        if name not in allowed:
            yield scope.problem(node, "kejadian-tidak-didukung", f"Kejadian {name} tidak boleh dipakai di sini.")
    if len(drawn) > 1:
        yield scope.problem(node, "kejadian-ganda", "Satu simbol hanya boleh memuat satu kejadian.")
    if tag(node) == "boundaryEvent" and not drawn:
        yield scope.problem(node, "batas-tanpa-kejadian", "Simbol di tepi tugas harus berupa batas waktu atau galat.")


def boundaries(scope: Scope) -> Iterator[Problem]:
    """A timer stands on what waits, an error on a service; both on something that runs once."""
    for node in (node for node in scope.nodes.values() if tag(node) == "boundaryEvent"):
        host = scope.nodes.get(node.get("attachedToRef", ""))
        kind = drawing.kind_of(node) or ""
        if host is None:
            yield scope.problem(node, "batas-tanpa-tugas", "Simbol di tepi tidak menempel pada tugas mana pun.")
        elif drawing.kind_of(host) not in _HOSTS[kind]:
            yield scope.problem(node, "batas-salah-tempat", f"Simbol ini tidak boleh menempel pada {tag(host)}.")
        elif host.find(bpmn("multiInstanceLoopCharacteristics")) is not None:
            yield scope.problem(
                node, "batas-pada-banyak", "Batas tidak boleh menempel pada bagian yang dijalankan beberapa kali."
            )


# -- how they are joined -----------------------------------------------------------------------------------------------


def arrows(scope: Scope) -> Iterator[Problem]:
    """Arrows join two nodes of the same scope; nodes have the arrows their kind wants."""
    for flow in scope.flows:
        if flow.get("sourceRef") not in scope.nodes or flow.get("targetRef") not in scope.nodes:
            yield scope.problem(
                flow, "alur-menggantung", "Anak panah tidak menghubungkan dua simbol di bagian yang sama."
            )
    for ident, node in scope.nodes.items():
        yield from _ends(scope, node, len(scope.entering(ident)), len(scope.leaving(ident)))


def _ends(scope: Scope, node: etree._Element, entering: int, leaving: int) -> Iterator[Problem]:
    name = tag(node)
    if name in ("startEvent", "boundaryEvent") and entering:
        yield scope.problem(node, "masuk-ke-awal", "Tidak boleh ada anak panah masuk ke simbol ini.")
    if name == "endEvent" and leaving:
        yield scope.problem(node, "keluar-dari-akhir", "Tidak boleh ada anak panah keluar dari akhir.")
    if name != "endEvent" and not leaving:
        yield scope.problem(node, "tanpa-alur-keluar", "Simbol ini tidak punya anak panah keluar.")
    if leaving > 1 and not name.endswith("Gateway"):
        yield scope.problem(node, "cabang-tanpa-gerbang", "Lebih dari satu anak panah keluar: pakailah gerbang.")


def whole(scope: Scope) -> Iterator[Problem]:
    """One start, an end, everything reachable, everything leading to an end, no circle without a wait."""
    starts = [ident for ident, node in scope.nodes.items() if tag(node) == "startEvent"]
    ends = [ident for ident, node in scope.nodes.items() if tag(node) == "endEvent"]
    if len(starts) != 1:
        yield scope.problem(scope.holder, "satu-awal", f"Harus ada tepat satu simbol awal; ditemukan {len(starts)}.")
    if not ends:
        yield scope.problem(scope.holder, "tanpa-akhir", "Tidak ada simbol akhir.")
    before: dict[str, set[str]] = {}
    for source, targets in scope.after.items():
        for target in targets:
            before.setdefault(target, set()).add(source)
    reached, leading = reach(scope.after, starts), reach(before, ends)
    for ident, node in scope.nodes.items():
        if starts and ident not in reached:
            yield scope.problem(node, "tidak-terjangkau", "Simbol ini tidak pernah tercapai dari awal.")
        elif ends and ident not in leading:
            yield scope.problem(node, "tidak-berujung", "Dari simbol ini tidak ada jalan menuju akhir.")
    yield from _circles(scope)


def _circles(scope: Scope) -> Iterator[Problem]:
    """A gateway that comes back to itself through automatic symbols alone would turn for ever."""
    automatic = {ident for ident, node in scope.nodes.items() if drawing.kind_of(node) not in WAITS}
    after = {ident: scope.after.get(ident, set()) & automatic for ident in automatic}
    for ident in automatic:
        if ident in reach(after, after[ident]):
            yield scope.problem(
                scope.nodes[ident], "lingkaran-tanpa-tugas", "Lingkaran ini tidak melewati tugas apa pun."
            )


def choices(scope: Scope) -> Iterator[Problem]:
    """An exclusive gateway that splits has a default, and a condition on every other arrow; nothing else has any."""
    for ident, node in scope.nodes.items():
        leaving = scope.leaving(ident)
        splits = tag(node) == "exclusiveGateway" and len(leaving) > 1
        default = node.get("default")
        if splits and default not in {flow.get("id") for flow in leaving}:
            yield scope.problem(node, "tanpa-jalan-bawaan", "Gerbang bercabang harus punya jalan bawaan (default).")
        for flow in leaving:
            yield from _condition(scope, flow, splits=splits, default=flow.get("id") == default)


def _condition(scope: Scope, flow: etree._Element, *, splits: bool, default: bool) -> Iterator[Problem]:
    text = drawing.text_of(flow, "conditionExpression")
    if text and not splits:
        yield scope.problem(flow, "syarat-salah-tempat", "Syarat hanya boleh pada anak panah keluar gerbang bercabang.")
    elif text and default:
        yield scope.problem(flow, "syarat-pada-bawaan", "Jalan bawaan tidak memakai syarat.", "warning")
    elif splits and not default and not text:
        yield scope.problem(flow, "tanpa-syarat", "Anak panah ini perlu syarat.")


def splits(scope: Scope) -> Iterator[Problem]:
    """A parallel gateway only splits, outside every loop, and its branches never meet again."""
    for ident, node in scope.nodes.items():
        if tag(node) != "parallelGateway":
            continue
        branches = [flow.get("targetRef", "") for flow in scope.leaving(ident)]
        if len(scope.entering(ident)) > 1 or len(branches) < 2:
            yield scope.problem(node, "gerbang-gabung", "Gerbang paralel hanya boleh memecah, tidak menggabung.")
        if ident in reach(scope.after, branches):
            yield scope.problem(node, "paralel-dalam-lingkaran", "Gerbang paralel tidak boleh berada dalam lingkaran.")
        elif _meet(scope, branches):
            yield scope.problem(
                node, "cabang-bertemu", "Cabang paralel tidak boleh bertemu lagi; beri akhir masing-masing."
            )


def _meet(scope: Scope, branches: list[str]) -> bool:
    seen: set[str] = set()
    for branch in branches:
        here = reach(scope.after, [branch])
        if here & seen:
            return True
        seen |= here
    return False


SCOPE_RULES: tuple[Callable[[Scope], Iterator[Problem]], ...] = (symbols, boundaries, arrows, whole, choices, splits)
