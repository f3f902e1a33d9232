"""From form-js JSON (schemaVersion 19) to a Layout, or a ScreenInvalid that names every flaw at once."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from forms.checks import KEYS, Checks, name_of, text_of
from forms.problems import Flaw, ScreenInvalid
from forms.schema import (
    MAX_LENGTH,
    MOMENTS,
    NAME,
    RESERVED,
    SCHEMA_VERSION,
    SINGLE,
    Condition,
    Field,
    Group,
    Item,
    Layout,
    Note,
)

MAX_BYTES, MAX_COMPONENTS, MAX_DEPTH = 512 * 1024, 200, 3
_ROOT = {
    "type",
    "id",
    "components",
    "schemaVersion",
    "exporter",
    "executionPlatform",
    "executionPlatformVersion",
    "disposisi",
}
_SHOWN = {"tampil": {"lembar", "biasa", "antar"}, "lembar": {"paraf", "disposisi"}}
_HIDE = re.compile(r'=\s*([a-z][a-z0-9_]*)\s*(!?=)\s*"([^"\\]*)"\s*')


def read_layout(document: bytes, key: str = "") -> Layout:
    """The form in a document; raises ScreenInvalid with all its flaws. `key` names it when the document does not."""
    root = _json(document)
    reader = _Reader()
    properties = reader.root(root)
    items = reader.items(root.get("components"), None, 0)
    reader.copies()
    if reader.flaws:
        raise ScreenInvalid(reader.flaws)
    return Layout(str(root.get("id") or key), items, properties)


def _json(document: bytes) -> dict[str, Any]:
    if len(document) > MAX_BYTES:
        raise ScreenInvalid([Flaw("formulir", "too_large", f"Lebih besar dari {MAX_BYTES // 1024} KB.")])
    try:
        root = json.loads(document.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError) as broken:
        raise ScreenInvalid([Flaw("formulir", "not_json", f"Bukan JSON yang benar: {broken}")]) from broken
    if not isinstance(root, dict):
        raise ScreenInvalid([Flaw("formulir", "not_a_form", "Bukan formulir form-js: akarnya harus sebuah objek.")])
    return root


def _no_number(word: str) -> None:
    raise ValueError(f"{word} bukan angka")


@dataclass
class _Reader(Checks):
    """Walks the components once; collects flaws, knows the names already read."""

    names: dict[str, Field] = field(default_factory=dict)
    count: int = 0

    def root(self, root: dict[str, Any]) -> dict[str, str]:
        if root.get("type", "default") != "default" or root.get("schemaVersion") != SCHEMA_VERSION:
            self.flaw("formulir", "version", f"Harus formulir form-js dengan schemaVersion {SCHEMA_VERSION}.")
        self.only("formulir", root, _ROOT)
        shown = root.get("disposisi", {})
        for name, value in shown.items() if isinstance(shown, dict) else [("disposisi", shown)]:
            if not isinstance(value, str) or value not in _SHOWN.get(name, ()):
                self.flaw("formulir", "property", f"disposisi.{name} = {value!r} tidak dikenal.")
        return {str(k): str(v) for k, v in shown.items()} if isinstance(shown, dict) else {}

    def items(self, components: Any, outer: Condition | None, depth: int) -> tuple[Item, ...]:
        if not isinstance(components, list):
            self.flaw("formulir", "components", "`components` harus berupa daftar.")
            return ()
        if depth > MAX_DEPTH:
            self.flaw("formulir", "depth", f"Kelompok bersarang lebih dari {MAX_DEPTH} tingkat.")
            return ()
        return tuple(item for found in components if (item := self.item(found, outer, depth)))

    def item(self, part: Any, outer: Condition | None, depth: int) -> Item | None:
        self.count += 1
        if self.count == MAX_COMPONENTS + 1:
            self.flaw("formulir", "too_many", f"Lebih dari {MAX_COMPONENTS} komponen.")
        kind = part.get("type") if isinstance(part, dict) else None
        if not isinstance(kind, str) or kind not in KEYS or self.count > MAX_COMPONENTS:
            self.flaw(name_of(part), "component", f"Jenis komponen {kind!r} tidak didukung.")
            return None
        self.only(name_of(part), part, KEYS[kind])
        self.plain(part)
        return self._built(part, kind, self._shown(part, outer), depth)

    def _built(self, part: dict[str, Any], kind: str, shown: Condition | None, depth: int) -> Item | None:
        if kind == "group":
            return Group(text_of(part, "label"), self.items(part.get("components"), shown, depth + 1))
        if kind in ("text", "separator", "spacer"):
            return Note(kind, self.note(part), shown)
        return self.question(part, kind, shown)

    def question(self, part: dict[str, Any], kind: str, shown: Condition | None) -> Field | None:
        where, name = name_of(part), part.get("key")
        if kind == "datetime":
            kind = str(part.get("subtype", "date"))
            if kind not in MOMENTS:
                self.flaw(where, "subtype", f"subtype {kind!r} tidak dikenal: date, time atau datetime.")
        if not text_of(part, "label"):
            self.flaw(where, "label", "Pertanyaan ini belum punya label.")
        found = self._field(part, str(name), kind, shown)
        if not self._name(where, name):
            return None
        self.names[found.name] = found
        return found

    def _field(self, part: dict[str, Any], name: str, kind: str, shown: Condition | None) -> Field:
        rules, properties = self.rules(part, kind), self.properties_of(part, kind)
        low, high = self.bounds(name, rules, properties, kind)
        return Field(
            name=name,
            kind=kind,
            label=text_of(part, "label"),
            help=text_of(part, "description"),
            required=bool(rules.get("required", False)),
            options=self.options(part, kind),
            values_key=part.get("valuesKey") or None,
            shown_when=shown,
            properties=properties,
            min=low,
            max=high,
            min_length=self.length(name, rules, "minLength", 0),
            max_length=self.length(name, rules, "maxLength", MAX_LENGTH.get(kind, 0)),
            digits=self.digits(part),
            check=properties.get("periksa") or rules.get("validationType") or None,
            default=part.get("defaultValue"),
        )

    def _name(self, where: str, name: Any) -> bool:
        if not isinstance(name, str) or not NAME.fullmatch(name):
            self.flaw(where, "name", f"Nama isian {name!r} harus huruf kecil, angka dan garis bawah.")
        elif name in RESERVED:
            self.flaw(where, "reserved", f"Nama {name!r} dipakai mesin; pilihlah nama lain.")
        elif name in self.names:
            self.flaw(where, "repeated", f"Nama {name!r} sudah dipakai isian lain.")
        else:
            return True
        return False

    def _shown(self, part: dict[str, Any], outer: Condition | None) -> Condition | None:
        rule = part.get("conditional") or {}
        hide = rule.get("hide") if isinstance(rule, dict) else rule
        if not hide:
            return outer
        found = _HIDE.fullmatch(hide) if isinstance(hide, str) and set(rule) == {"hide"} else None
        if not found:
            self.flaw(name_of(part), "condition", 'Syarat sembunyi hanya `= isian = "x"` atau `= isian != "x"`.')
            return outer
        if outer:
            self.flaw(name_of(part), "condition_twice", "Kelompoknya sudah bersyarat; syarat kedua tidak didukung.")
        return self._earlier(part, found[1], found[2], found[3])

    def _earlier(self, part: dict[str, Any], name: str, hidden_op: str, value: str) -> Condition:
        other = self.names.get(name)
        if not other or other.kind not in SINGLE:
            self.flaw(name_of(part), "condition_field", f"{name!r} harus pilihan tunggal yang ditanyakan lebih dulu.")
        elif other.options and value not in {choice.code for choice in other.options}:
            self.flaw(name_of(part), "condition_value", f"{value!r} bukan salah satu pilihan {name!r}.")
        return Condition(name, "!=" if hidden_op == "=" else "=", value)

    def copies(self) -> None:
        """Copies of list attributes need a list, good names, and no name twice."""
        taken = set(self.names)
        for asked in self.names.values():
            for target, source in asked.copies.items():
                if not asked.values_key or not NAME.fullmatch(target) or not source or target in RESERVED | taken:
                    self.flaw(asked.name, "salin", f"`salin` {target}={source} tidak dapat dilakukan.")
                taken.add(target)
