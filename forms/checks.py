"""What a form-js component may say, key by key: the closed lists and their flaws."""

import re
from dataclasses import dataclass, field
from typing import Any, cast

from forms import points
from forms.problems import Flaw
from forms.schema import CHOICES, MAX_FILES, MOMENTS, NAME, SINGLE, TEXTS, Choice

LONGEST = 20_000
_ANY = {"id", "type", "layout", "conditional", "properties"}
_ASKED = _ANY | {"key", "label", "description", "validate", "defaultValue"}
KEYS: dict[str, set[str]] = {
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
    "wajib": CHOICES | TEXTS | MOMENTS | {"number", "checkbox", "filepicker"},
    "periksa": {"textfield"},
    "kotak": {"textfield"},
    "dalam": SINGLE,
    "kecuali": CHOICES,
    "dahulu": CHOICES,
    "tempat": None,
    "hukum": None,
}
_WORDS = {"data": {"ya"}, "tetap": {"ya"}, "bentuk": {"kamus"}, "periksa": {"nik", "titik"}}
_PLACES = {"keputusan", "tujuan", "instruksi", "catatan", "alasan"}


@dataclass
class Checks:
    """Reads the parts of one component and collects the flaws."""

    flaws: list[Flaw] = field(default_factory=list)

    def flaw(self, where: str, code: str, sentence: str) -> None:
        """Notes one more flaw."""
        self.flaws.append(Flaw(where, code, sentence))

    def only(self, where: str, part: dict[str, Any], allowed: set[str]) -> None:
        """Every key outside the closed list is a flaw."""
        for name in sorted(part.keys() - allowed):
            self.flaw(where, "unsupported", f"`{name}` tidak didukung di sini.")

    def plain(self, part: dict[str, Any]) -> None:
        """No FEEL and no templates in words: the server shows them as they stand."""
        words = [part.get(name) for name in ("label", "description", "text", "defaultValue", "valuesKey", "accept")]
        words += (part.get("appearance") or {}).values() if isinstance(part.get("appearance"), dict) else []
        for word in words:
            if isinstance(word, str) and (word.startswith("=") or "{{" in word):
                self.flaw(name_of(part), "expression", f"Rumus atau templat tidak didukung: {word[:60]}")
        for name in ("label", "description", "text", "valuesKey", "accept"):
            if not isinstance(part.get(name, ""), str):
                self.flaw(name_of(part), "not_text", f"`{name}` harus berupa teks.")

    def note(self, part: dict[str, Any]) -> str:
        """The words of a text component: no HTML."""
        text = text_of(part, "text")
        if re.search(r"<[a-z!/]", text, re.IGNORECASE):
            self.flaw(name_of(part), "html", "HTML tidak didukung: tulislah teks biasa.")
        return text

    def rules(self, part: dict[str, Any], kind: str) -> dict[str, Any]:
        """The `validate` object, with every rule checked for its kind of question."""
        rules = part.get("validate") or {}
        if not isinstance(rules, dict):
            self.flaw(name_of(part), "validate", "`validate` harus berupa objek.")
            return {}
        self.only(name_of(part), rules, _VALIDATE.get(kind, {"required"}))
        if not isinstance(rules.get("required", False), bool):
            self.flaw(name_of(part), "required", "`required` harus true atau false.")
        if rules.get("validationType") not in (None, "", "email", "phone"):
            self.flaw(name_of(part), "check", "`validationType` harus email atau phone.")
        return rules

    def properties_of(self, part: dict[str, Any], kind: str) -> dict[str, str]:
        """The custom properties, each known and with a known value."""
        given = part.get("properties") or {}
        if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
            self.flaw(name_of(part), "properties", "`properties` harus berisi teks.")
            return {}
        for name, value in given.items():
            self._property(name_of(part), kind, name, value)
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
        elif name in ("kasus", "usul", "wajib", "dalam", "kecuali", "dahulu") and not _named(name, value):
            self.flaw(where, "property", f"`{name}` harus sebuah nama.")
        elif name == "kotak" and points.box(value) is None:
            self.flaw(where, "property", "`kotak` harus empat angka: selatan, barat, utara, timur.")

    def options(self, part: dict[str, Any], kind: str) -> tuple[Choice, ...]:
        """Fixed choices; a question of choice has either these or a list of the office."""
        if kind not in CHOICES:
            return ()
        values, listed = part.get("values"), part.get("valuesKey")
        if bool(values) is bool(listed):
            self.flaw(name_of(part), "options", "Pilihan harus dari `values` atau dari `valuesKey`, salah satu.")
        if not values:
            return ()
        choices = [_choice(value) for value in values] if isinstance(values, list) else [None]
        codes = [choice.code for choice in choices if choice]
        if None in choices or len(set(codes)) < len(codes):
            self.flaw(name_of(part), "options", "Setiap pilihan perlu `value` dan `label`, tanpa `value` yang sama.")
        return tuple(choice for choice in choices if choice)

    def bounds(
        self, name: str, rules: dict[str, Any], properties: dict[str, str], kind: str
    ) -> tuple[float | None, float | None]:
        """Lowest and highest number, or count of ticks or files."""
        source = rules if kind == "number" else properties
        low, high = (self._bound(name, source.get(end)) for end in ("min", "max"))
        if low is not None and high is not None and low > high:
            self.flaw(name, "bounds", "Batas bawah lebih besar dari batas atas.")
        return low, MAX_FILES if kind == "filepicker" and high is None else high

    def _bound(self, name: str, value: Any) -> float | None:
        if value is None or value == "":
            return None
        written = str(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else ""
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", written):
            self.flaw(name, "bounds", f"Batas {value!r} harus berupa angka.")
            return None
        return float(written)

    def length(self, name: str, rules: dict[str, Any], rule: str, default: int) -> int:
        """A length in characters."""
        value = rules.get(rule, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST:
            self.flaw(name, "length", f"`{rule}` harus bilangan bulat sampai {LONGEST}.")
            return default
        return value

    def digits(self, part: dict[str, Any]) -> int | None:
        """Digits after the comma, None when free."""
        digits = part.get("decimalDigits")
        if digits is not None and (isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= 9):
            self.flaw(name_of(part), "digits", "`decimalDigits` harus 0 sampai 9.")
            return None
        return digits


def name_of(part: Any) -> str:
    """How a component is called in a flaw."""
    named = (part.get("key") or part.get("id") or part.get("type")) if isinstance(part, dict) else None
    return str(named or "formulir")


def text_of(part: Any, name: str) -> str:
    """The trimmed text under a key, "" when there is none."""
    value = part.get(name) if isinstance(part, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _named(name: str, value: str) -> bool:
    """`kasus` is a name; `usul` and `wajib` may say of which value: `name=code`."""
    first, sign, code = value.partition("=")
    return bool(NAME.fullmatch(first)) and (not sign or (name in ("usul", "wajib") and bool(code.strip())))


def _choice(value: Any) -> Choice | None:
    if not isinstance(value, dict) or set(value) - {"value", "label"}:
        return None
    code, label = value.get("value"), value.get("label")
    good = isinstance(code, str) and isinstance(label, str) and code.strip() and label.strip()
    return Choice(cast(str, code), cast(str, label)) if good else None
