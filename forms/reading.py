"""From form-js JSON (schemaVersion 19) to a Layout, or a ScreenInvalid that names every flaw at once."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, cast

from forms.problems import Flaw, ScreenInvalid
from forms.schema import (
    CHOICES,
    MAX_FILES,
    MAX_LENGTH,
    MOMENTS,
    NAME,
    RESERVED,
    SCHEMA_VERSION,
    SINGLE,
    TEXTS,
    Choice,
    Condition,
    Field,
    Group,
    Item,
    Layout,
    Note,
)

MAX_BYTES, MAX_COMPONENTS, MAX_DEPTH, LONGEST = 512 * 1024, 200, 3, 20_000
_ANY = {"id", "type", "layout", "conditional", "properties"}
_ASKED = _ANY | {"key", "label", "description", "validate", "defaultValue"}
_KEYS: dict[str, set[str]] = {
    "textfield": _ASKED | {"appearance"},
    "textarea": _ASKED,
    "number": _ASKED | {"appearance", "decimalDigits", "increment"},
    "datetime": _ASKED | {"subtype", "dateLabel", "timeLabel", "use24h", "timeInterval", "timeSerializingFormat"},
    "checkbox": _ASKED,
    "checklist": _ASKED | {"values", "valuesKey"},
    "radio": _ASKED | {"values", "valuesKey"},
    "select": _ASKED | {"values", "valuesKey", "searchable"},
    "filepicker": _ASKED | {"multiple", "accept"},
    "text": _ANY | {"text"},
    "separator": _ANY,
    "spacer": _ANY | {"height"},
    "group": _ANY | {"label", "components", "showOutline", "verticalAlignment"},
}
_VALIDATE: dict[str, set[str]] = {
    "textfield": {"required", "minLength", "maxLength", "validationType"},
    "textarea": {"required", "minLength", "maxLength"},
    "number": {"required", "min", "max"},
}
_PROPERTIES = {
    "data": TEXTS,
    "salin": SINGLE,
    "bentuk": {"checklist"},
    "kasus": TEXTS | SINGLE | MOMENTS | {"number", "checkbox"},
    "min": {"checklist", "filepicker"},
    "max": {"checklist", "filepicker"},
    "tetap": CHOICES | MOMENTS | {"number", "checkbox"},
    "usul": CHOICES | TEXTS | MOMENTS | {"number"},
    "tempat": None,
}
_WORDS = {"data": {"ya"}, "tetap": {"ya"}, "bentuk": {"kamus"}}
_PLACES = {"keputusan", "tujuan", "instruksi", "catatan", "alasan"}
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
_SHOWN = {"tampil": {"lembar", "biasa"}, "lembar": {"paraf", "disposisi"}}
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
        root = json.loads(document.decode())
    except (ValueError, RecursionError) as broken:
        raise ScreenInvalid([Flaw("formulir", "not_json", f"Bukan JSON yang benar: {broken}")]) from broken
    if not isinstance(root, dict):
        raise ScreenInvalid([Flaw("formulir", "not_a_form", "Bukan formulir form-js: akarnya harus sebuah objek.")])
    return root


@dataclass
class _Reader:
    """Walks the components once; collects flaws, knows the names already read."""

    flaws: list[Flaw] = field(default_factory=list)
    names: dict[str, Field] = field(default_factory=dict)
    count: int = 0

    def flaw(self, where: str, code: str, sentence: str) -> None:
        self.flaws.append(Flaw(where, code, sentence))

    def root(self, root: dict[str, Any]) -> dict[str, str]:
        if root.get("type", "default") != "default" or root.get("schemaVersion") != SCHEMA_VERSION:
            self.flaw("formulir", "version", f"Harus formulir form-js dengan schemaVersion {SCHEMA_VERSION}.")
        self._only("formulir", root, _ROOT)
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
        if not isinstance(kind, str) or kind not in _KEYS or self.count > MAX_COMPONENTS:
            self.flaw(_where(part), "component", f"Jenis komponen {kind!r} tidak didukung.")
            return None
        self._only(_where(part), part, _KEYS[kind])
        self._plain(part)
        return self._built(part, kind, self._shown(part, outer), depth)

    def _built(self, part: dict[str, Any], kind: str, shown: Condition | None, depth: int) -> Item | None:
        if kind == "group":
            return Group(_text(part, "label"), self.items(part.get("components"), shown, depth + 1))
        if kind in ("text", "separator", "spacer"):
            return Note(kind, self._note(part), shown)
        return self.question(part, kind, shown)

    def question(self, part: dict[str, Any], kind: str, shown: Condition | None) -> Field | None:
        where, name = _where(part), part.get("key")
        if kind == "datetime":
            kind = str(part.get("subtype", "date"))
            if kind not in MOMENTS:
                self.flaw(where, "subtype", f"subtype {kind!r} tidak dikenal: date, time atau datetime.")
        if not _text(part, "label"):
            self.flaw(where, "label", "Pertanyaan ini belum punya label.")
        found = self._field(part, str(name), kind, shown)
        if not self._name(where, name):
            return None
        self.names[found.name] = found
        return found

    def _field(self, part: dict[str, Any], name: str, kind: str, shown: Condition | None) -> Field:
        rules, properties = self._rules(part, kind), self._properties(part, kind)
        low, high = self._bounds(name, rules, properties, kind)
        return Field(
            name=name,
            kind=kind,
            label=_text(part, "label"),
            help=_text(part, "description"),
            required=bool(rules.get("required", False)),
            options=self._options(part, kind),
            values_key=part.get("valuesKey") or None,
            shown_when=shown,
            properties=properties,
            min=low,
            max=high,
            min_length=self._length(name, rules, "minLength", 0),
            max_length=self._length(name, rules, "maxLength", MAX_LENGTH.get(kind, 0)),
            digits=self._digits(part),
            check=rules.get("validationType") or None,
            default=part.get("defaultValue"),
            prefix=_text(part.get("appearance") or {}, "prefixAdorner"),
            suffix=_text(part.get("appearance") or {}, "suffixAdorner"),
            accept=_text(part, "accept"),
        )

    def _only(self, where: str, part: dict[str, Any], allowed: set[str]) -> None:
        for name in sorted(part.keys() - allowed):
            self.flaw(where, "unsupported", f"`{name}` tidak didukung di sini.")

    def _plain(self, part: dict[str, Any]) -> None:
        """No FEEL and no templates in words: the server shows them as they stand."""
        words = [part.get(name) for name in ("label", "description", "text", "defaultValue", "valuesKey", "accept")]
        words += (part.get("appearance") or {}).values() if isinstance(part.get("appearance"), dict) else []
        for word in words:
            if isinstance(word, str) and (word.startswith("=") or "{{" in word):
                self.flaw(_where(part), "expression", f"Rumus atau templat tidak didukung: {word[:60]}")
        for name in ("label", "description", "text", "valuesKey", "accept"):
            if not isinstance(part.get(name, ""), str):
                self.flaw(_where(part), "not_text", f"`{name}` harus berupa teks.")

    def _note(self, part: dict[str, Any]) -> str:
        text = _text(part, "text")
        if re.search(r"<[a-z!/]", text, re.IGNORECASE):
            self.flaw(_where(part), "html", "HTML tidak didukung: tulislah teks biasa.")
        return text

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
            self.flaw(_where(part), "condition", 'Syarat sembunyi hanya `= isian = "x"` atau `= isian != "x"`.')
            return outer
        if outer:
            self.flaw(_where(part), "condition_twice", "Kelompoknya sudah bersyarat; syarat kedua tidak didukung.")
        return self._earlier(part, found[1], found[2], found[3])

    def _earlier(self, part: dict[str, Any], name: str, hidden_op: str, value: str) -> Condition:
        other = self.names.get(name)
        if not other or other.kind not in SINGLE:
            self.flaw(_where(part), "condition_field", f"{name!r} harus pilihan tunggal yang ditanyakan lebih dulu.")
        elif other.options and value not in {choice.code for choice in other.options}:
            self.flaw(_where(part), "condition_value", f"{value!r} bukan salah satu pilihan {name!r}.")
        return Condition(name, "!=" if hidden_op == "=" else "=", value)

    def _rules(self, part: dict[str, Any], kind: str) -> dict[str, Any]:
        rules = part.get("validate") or {}
        if not isinstance(rules, dict):
            self.flaw(_where(part), "validate", "`validate` harus berupa objek.")
            return {}
        self._only(_where(part), rules, _VALIDATE.get(kind, {"required"}))
        if not isinstance(rules.get("required", False), bool):
            self.flaw(_where(part), "required", "`required` harus true atau false.")
        if rules.get("validationType") not in (None, "", "email", "phone"):
            self.flaw(_where(part), "check", "`validationType` harus email atau phone.")
        return rules

    def _properties(self, part: dict[str, Any], kind: str) -> dict[str, str]:
        given = part.get("properties") or {}
        if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
            self.flaw(_where(part), "properties", "`properties` harus berisi teks.")
            return {}
        for name, value in given.items():
            self._property(_where(part), kind, name, value)
        return {str(name): str(value) for name, value in given.items()}

    def _property(self, where: str, kind: str, name: str, value: str) -> None:
        if name not in _PROPERTIES:
            self.flaw(where, "property", f"Sifat `{name}` tidak dikenal.")
        elif (kinds := _PROPERTIES[name]) is not None and kind not in kinds:
            self.flaw(where, "property", f"Sifat `{name}` tidak berlaku untuk {kind}.")
        elif value not in _WORDS.get(name, {value}) or (name == "tempat" and value not in _PLACES):
            self.flaw(where, "property", f"Nilai {value!r} untuk `{name}` tidak dikenal.")
        elif name in ("min", "max") and not re.fullmatch(r"\d{1,3}", value):
            self.flaw(where, "property", f"`{name}` harus bilangan bulat.")
        elif name in ("kasus", "usul") and not NAME.fullmatch(value):
            self.flaw(where, "property", f"`{name}` harus sebuah nama.")

    def _options(self, part: dict[str, Any], kind: str) -> tuple[Choice, ...]:
        if kind not in CHOICES:
            return ()
        values, listed = part.get("values"), part.get("valuesKey")
        if bool(values) is bool(listed):
            self.flaw(_where(part), "options", "Pilihan harus dari `values` atau dari `valuesKey`, salah satu.")
        if not values:
            return ()
        choices = [_choice(value) for value in values] if isinstance(values, list) else [None]
        codes = [choice.code for choice in choices if choice]
        if None in choices or len(set(codes)) < len(codes):
            self.flaw(_where(part), "options", "Setiap pilihan perlu `value` dan `label`, tanpa `value` yang sama.")
        return tuple(choice for choice in choices if choice)

    def _bounds(
        self, name: str, rules: dict[str, Any], properties: dict[str, str], kind: str
    ) -> tuple[float | None, float | None]:
        source = rules if kind == "number" else properties
        low, high = (self._bound(name, source.get(end)) for end in ("min", "max"))
        if low is not None and high is not None and low > high:
            self.flaw(name, "bounds", "Batas bawah lebih besar dari batas atas.")
        return low, MAX_FILES if kind == "filepicker" and high is None else high

    def _bound(self, name: str, value: Any) -> float | None:
        if value is None or value == "" or (isinstance(value, str) and not re.fullmatch(r"-?\d+(\.\d+)?", value)):
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            self.flaw(name, "bounds", "Batas harus berupa angka.")
            return None
        return float(value)

    def _length(self, name: str, rules: dict[str, Any], rule: str, default: int) -> int:
        value = rules.get(rule, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST:
            self.flaw(name, "length", f"`{rule}` harus bilangan bulat sampai {LONGEST}.")
            return default
        return value

    def _digits(self, part: dict[str, Any]) -> int | None:
        digits = part.get("decimalDigits")
        if digits is not None and (isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= 9):
            self.flaw(_where(part), "digits", "`decimalDigits` harus 0 sampai 9.")
            return None
        return digits

    def copies(self) -> None:
        """Copies of list attributes need a list, good names, and no name twice."""
        taken = set(self.names)
        for asked in self.names.values():
            for target, source in asked.copies.items():
                if not asked.values_key or not NAME.fullmatch(target) or not source or target in RESERVED | taken:
                    self.flaw(asked.name, "salin", f"`salin` {target}={source} tidak dapat dilakukan.")
                taken.add(target)


def _where(part: Any) -> str:
    named = (part.get("key") or part.get("id") or part.get("type")) if isinstance(part, dict) else None
    return str(named or "formulir")


def _text(part: Any, name: str) -> str:
    value = part.get(name) if isinstance(part, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _choice(value: Any) -> Choice | None:
    if not isinstance(value, dict) or set(value) - {"value", "label"}:
        return None
    code, label = value.get("value"), value.get("label")
    good = isinstance(code, str) and isinstance(label, str) and code.strip() and label.strip()
    return Choice(cast(str, code), cast(str, label)) if good else None
