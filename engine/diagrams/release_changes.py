"""What changed from one release to another: elements, arrows, tables, screens, told by what a designer sees of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.diagrams import drawing
from engine.diagrams.decisions import dmn, table_changes
from engine.diagrams.decisions.tables import Table
from engine.diagrams.drawing import DrawingUnreadable, Element, bpmn

Kind = Literal["added", "removed", "changed"]
What = Literal["element", "flow", "table", "screen"]
Facts = Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One thing that is new, gone or different; `facts` are (what, before, after), only for what is different."""

    kind: Kind
    what: What
    id: str
    name: str
    facts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class _Thing:
    what: What
    name: str
    facts: Facts


def between(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Every difference, in the order of the new release, what is gone at the end.

    Positions on the drawing are no difference. A file that cannot be read has nothing in it: the gate tells of that.
    """
    before, after = _things(old), _things(new)
    found = [change for ident, thing in after.items() if (change := _change(ident, before.get(ident), thing))]
    gone = [Change("removed", thing.what, ident, thing.name) for ident, thing in before.items() if ident not in after]
    return found + gone + list(_tables(old, new))


def _tables(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    before, after = _readable(old), _readable(new)
    for ident, table in after.items():
        if ident not in before:
            yield Change("added", "table", ident, table.name)
        elif facts := table_changes.facts(before[ident], table):
            yield Change("changed", "table", ident, table.name, facts)
    for ident, table in before.items():
        if ident not in after:
            yield Change("removed", "table", ident, table.name)


def _readable(files: Mapping[str, str]) -> dict[str, Table]:
    drawn = {name: text.encode() for name, text in files.items()}
    return {table.id: table for _, table, _ in dmn.every(drawn) if table is not None}


def _change(ident: str, before: _Thing | None, after: _Thing) -> Change | None:
    if before is None:
        return Change("added", after.what, ident, after.name)
    names = dict.fromkeys([*before.facts, *after.facts])
    facts = tuple((name, before.facts.get(name, ""), after.facts.get(name, "")) for name in names)
    different = tuple(fact for fact in facts if fact[1] != fact[2])
    return Change("changed", after.what, ident, after.name, different) if different else None


def _things(files: Mapping[str, str]) -> dict[str, _Thing]:
    found: dict[str, _Thing] = {}
    for name, text in sorted(files.items()):
        if name.endswith(".bpmn"):
            found |= dict(_drawn(text))
        elif name.endswith(".form"):
            key = name.removesuffix(".form")
            found[f"form:{key}"] = _Thing("screen", key, {"isi": text.strip()})
    return found


def _drawn(text: str) -> Iterator[tuple[str, _Thing]]:
    try:
        root = drawing.load(text.encode())
    except DrawingUnreadable:
        return
    for process in root.iter(bpmn("process")):
        yield process.get("id", ""), _Thing("element", process.get("name", ""), drawing.properties(process))
    for element in drawing.walk(root):
        yield element.id, _Thing("element", element.name or element.id, _facts(element))
    for flow in root.iter(bpmn("sequenceFlow")):
        ends = {"dari": flow.get("sourceRef", ""), "ke": flow.get("targetRef", "")}
        said = {"kata": flow.get("name", ""), "syarat": drawing.text_of(flow, "conditionExpression") or ""}
        yield flow.get("id", ""), _Thing("flow", flow.get("name") or " → ".join(ends.values()), ends | said)


def _facts(element: Element) -> Facts:
    own = {
        "jenis": element.kind,
        "nama": element.name,
        "lajur": element.lane or "",
        "peran": ", ".join(element.groups),
        "formulir": element.form_key or "",
        "topik": element.topic or "",
        "lama": element.duration or "",
        "menempel pada": element.attached_to or "",
        "menghentikan langkahnya": "" if element.interrupting else "tidak",
        "kode": element.code or "",
        "pesan": element.message or "",
        "memanggil": element.called or "",
        "kumpulan": element.collection or "",
        "tabel": element.decision or "",
    }
    return own | element.props
