"""A form-js document, read strictly: what the server cannot honour is refused, with every flaw named."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

SCHEMA_VERSION = 19
TEXTS = frozenset({"textfield", "textarea"})
SINGLE = frozenset({"radio", "select"})
CHOICES = SINGLE | {"checklist"}
DECISIONS = CHOICES | {"checkbox"}
MOMENTS = frozenset({"date", "time", "datetime"})
DATA_KINDS = DECISIONS | MOMENTS | {"number"}
MAX_LENGTH: Mapping[str, int] = MappingProxyType({"textfield": 300, "textarea": 20_000})
MAX_FILES = 10
# Names the workflow engine or WTForms need for themselves.
_ENGINE_NAMES = {"typename", "unit", "hasil", "true", "false", "null", "none", "and", "or", "not", "in", "if", "else"}
_FUNCTION_NAMES = {"for", "len", "min", "max", "sum", "abs", "round", "str", "int", "float", "bool"}
_FORM_NAMES = {"data", "errors", "meta", "validate", "process", "populate_obj", "form_errors", "csrf_token", "revision"}
RESERVED = frozenset(_ENGINE_NAMES | _FUNCTION_NAMES | _FORM_NAMES)
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Choice(NamedTuple):
    """One entry of a list: the code that is stored, the label people read, and the office's facts about it."""

    code: str
    label: str
    attrs: Mapping[str, Any] = MappingProxyType({})


class Condition(NamedTuple):
    """A field is shown only while an earlier single choice is (`=`) or is not (`!=`) a value."""

    field: str
    op: Literal["=", "!="]
    value: str

    def holds(self, answer: str | None) -> bool:
        """Whether the field is shown, given the earlier answer (None when unanswered or hidden)."""
        return (answer == self.value) is (self.op == "=")


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `min`/`max` bound a number, or the count of ticks or files; lengths are in characters."""

    name: str
    kind: str
    label: str
    help: str = ""
    required: bool = False
    options: tuple[Choice, ...] = ()
    values_key: str | None = None
    shown_when: Condition | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    min: float | None = None
    max: float | None = None
    min_length: int = 0
    max_length: int = 0
    digits: int | None = None
    check: str | None = None
    default: Any = None

    @property
    def enters_data(self) -> bool:
        """Whether the answer goes into the workflow's data (texts only with `data: ya`)."""
        return self.kind in DATA_KINDS or (self.kind in TEXTS and self.properties.get("data") == "ya")

    @property
    def keeps(self) -> bool:
        """`tetap: ya`: a fact of the case, kept while hidden and when the task is offered again."""
        return self.properties.get("tetap") == "ya"

    @property
    def law(self) -> str:
        """`hukum`: what a law, an SOP or a booklet says about this question, quoted with its place."""
        return self.properties.get("hukum", "")

    def must(self, answers: Mapping[str, Any]) -> bool:
        """Whether an answer is needed, given the earlier ones: always, or by `wajib` (`name`, or `name=code`)."""
        name, sign, code = self.properties.get("wajib", "").partition("=")
        return self.required or bool(name and (answers.get(name) == code if sign else answers.get(name)))

    @property
    def as_dictionary(self) -> bool:
        """`bentuk: kamus`: the ticked codes become a dict, as a multi-instance collection needs."""
        return self.properties.get("bentuk") == "kamus"

    @property
    def list_key(self) -> str:
        """Under which its choices lie: the office's list, or of its own where facts leave one out or put some first."""
        facts = [self.properties[name] for name in ("kecuali", "dahulu") if name in self.properties]
        return "-".join([self.values_key, *facts]) if self.values_key else ""

    @property
    def copies(self) -> dict[str, str]:
        """`salin`: data name → attribute of the chosen list entry."""
        pairs = (pair.partition("=") for pair in self.properties.get("salin", "").split(",") if pair.strip())
        return {target.strip(): source.strip() for target, _, source in pairs}


@dataclass(frozen=True, slots=True)
class Note:
    """Something only to look at: kind `text`, `separator` or `spacer`."""

    kind: str
    text: str = ""
    shown_when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together under one heading."""

    label: str
    items: "tuple[Field | Note | Group, ...]"
    kind: str = "group"


Item = Field | Note | Group


@dataclass(frozen=True, eq=False)
class Layout:
    """A whole form as read: its items in order, and its root properties under `disposisi`."""

    key: str
    items: tuple[Item, ...]
    properties: Mapping[str, str]
    unanswered: str = "— pilih —"  # what a select shows before something is chosen

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every question by name, in reading order."""
        return MappingProxyType({found.name: found for found in _questions(self.items)})

    @property
    def display(self) -> str:
        """`lembar` when the form is filled in on the lembar disposisi itself, else `biasa`."""
        return self.properties.get("tampil", "biasa")

    @cached_property
    def data_fields(self) -> frozenset[str]:
        """Every name that parsing may put into the workflow's data, copies of list attributes included."""
        direct = {found.name for found in self.fields.values() if found.enters_data}
        return frozenset(direct.union(*(found.copies for found in self.fields.values())))

    @cached_property
    def decision_fields(self) -> frozenset[str]:
        """Choices to clear when the task is offered again; facts of the case (`tetap`) are not among them."""
        chosen = (found for found in self.fields.values() if found.kind in DECISIONS and not found.keeps)
        return frozenset(found.name for found in chosen)

    @cached_property
    def values_keys(self) -> frozenset[str]:
        """The office lists that must be brought to parse or show this form."""
        return frozenset(found.values_key for found in self.fields.values() if found.values_key)


def _questions(items: tuple[Item, ...]) -> Iterator[Field]:
    for item in items:
        if isinstance(item, Group):
            yield from _questions(item.items)
        elif isinstance(item, Field):
            yield item
