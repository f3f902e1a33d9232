"""Questions as a page draws them: WTForms fields with their value, problems and conditions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from wtforms import Form, fields, widgets

from forms import values
from forms.answers import Options, choices_of, narrowed
from forms.problems import Problem
from forms.schema import MOMENTS, SINGLE, TEXTS, Condition, Field, Group, Item, Layout, Note

Fingerprint = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
_NATIVE = {"date": "date", "time": "time", "datetime": "datetime-local"}
_READERS = {"date": values.day, "time": values.clock, "datetime": values.moment}


def form_class(layout: Layout, options: Options) -> type[Form]:
    """The WTForms class of a form with these lists; built once per form and content of the lists."""
    listed = {asked.list_key: choices_of(asked, options) for asked in layout.fields.values() if asked.values_key}
    return _class(layout, tuple((key, tuple((c.code, c.label) for c in listed[key])) for key in sorted(listed)))


@lru_cache(maxsize=256)
def _class(layout: Layout, fingerprint: Fingerprint) -> type[Form]:
    lists = dict(fingerprint)
    members = {name: _unbound(asked, lists, layout.unanswered) for name, asked in layout.fields.items()}
    return type("ScreenForm", (Form,), {"Meta": _Meta, **members})


class _Meta:
    locales = False
    csrf = False


def _unbound(asked: Field, lists: Mapping[str, tuple[tuple[str, str], ...]], unanswered: str) -> Any:
    pairs = lists[asked.list_key] if asked.values_key else tuple((c.code, c.label) for c in asked.options)
    words = {"label": asked.label, "description": asked.help}
    if asked.kind == "checklist":
        return fields.SelectMultipleField(choices=_boxes(pairs), validate_choice=False, **words)
    if asked.kind in SINGLE:
        built = fields.RadioField if asked.kind == "radio" else fields.SelectField
        blank = () if asked.kind == "radio" else (("", unanswered),)
        return built(choices=_boxes(blank + pairs), validate_choice=False, **words)
    return _PLAIN[asked.kind](**words)


def _boxes(pairs: tuple[tuple[str, str], ...]) -> list[Any]:
    return [fields.SelectChoice(code, label) for code, label in pairs]


_PLAIN: Mapping[str, Any] = {
    "textfield": fields.StringField,
    "textarea": fields.TextAreaField,
    "number": fields.StringField,
    "date": fields.StringField,
    "time": fields.StringField,
    "datetime": fields.StringField,
    "checkbox": fields.BooleanField,
    "filepicker": fields.MultipleFileField,
}


@dataclass(frozen=True, slots=True)
class BoundChoice:
    """One box to tick or option to pick."""

    code: str
    label: str
    checked: bool
    id: str
    help: str = ""  # what the office says of it (`arti` of the list's entry)


@dataclass(frozen=True, slots=True)
class BoundField:
    """A question with what was answered so far and what is wrong with it."""

    asked: Field
    given: list[str]
    errors: Sequence[Problem]
    choices: Sequence[BoundChoice]
    shown: bool
    control: Any

    @property
    def name(self) -> str:
        """The key of the answer."""
        return self.asked.name

    @property
    def id(self) -> str:
        """The id of the control."""
        return self.asked.name

    @property
    def first_id(self) -> str:
        """The id of what can take the focus, the target of links from an error summary."""
        return self.choices[0].id if self.choices and self.kind in ("radio", "checklist") else self.id

    @property
    def kind(self) -> str:
        """textfield, textarea, number, date, time, datetime, checkbox, checklist, radio, select or filepicker."""
        return self.asked.kind

    @property
    def label(self) -> str:
        """The question."""
        return self.asked.label

    @property
    def help(self) -> str:
        """How to answer, always visible."""
        return self.asked.help

    @property
    def law(self) -> str:
        """What a law says about it, shown on a press."""
        return self.asked.law

    @property
    def required(self) -> bool:
        """Whether an answer is needed while the field is shown (a minimum of ticks counts)."""
        return self.asked.required or bool(self.asked.min and self.asked.kind in ("checklist", "filepicker"))

    @property
    def shown_when(self) -> Condition | None:
        """The condition under which it is shown; without JavaScript all are shown."""
        return self.asked.shown_when

    @property
    def place(self) -> str:
        """Where on the lembar disposisi it belongs: keputusan, tujuan, instruksi, catatan, alasan or ""."""
        return self.asked.properties.get("tempat", "")

    @property
    def value(self) -> str:
        """The text in the control: as typed when it cannot be read."""
        text = self.given[0] if self.given else ""
        return (_READERS[self.kind](values.line(text[:200])) or text) if self.kind in MOMENTS else text

    @property
    def checked(self) -> bool:
        """Whether a checkbox is ticked."""
        return bool(self.given) and self.given[-1].strip().lower() in values.TICKED

    @property
    def input_type(self) -> str:
        """The type of an `input`; a date that cannot be read is shown as text, so that nothing typed is lost."""
        if self.kind in MOMENTS:
            readable = not self.value or _READERS[self.kind](self.value) == self.value
            return _NATIVE[self.kind] if readable else "text"
        return {"email": "email", "phone": "tel"}.get(self.asked.check or "", "text")

    @property
    def keyboard(self) -> str:
        """Which keyboard a phone offers (`inputmode`)."""
        return {"email": "email", "phone": "tel", "nik": "numeric"}.get(self.asked.check or "", "text")

    @property
    def described_by(self) -> str:
        """The ids that explain the control, for aria-describedby."""
        parts = ((bool(self.help), f"{self.id}-help"), (bool(self.errors), f"{self.id}-error"))
        return " ".join(name for present, name in parts if present)

    def widget(self, **attributes: Any) -> Markup:
        """The control itself as HTML (not for radio and checklist: draw their `choices`)."""
        html: Markup = self.control(**_given_attributes(self, attributes))
        return html


def _given_attributes(bound: BoundField, attributes: dict[str, Any]) -> dict[str, Any]:
    extra: dict[str, Any] = {"id": bound.id, **attributes}
    if bound.described_by:
        extra["aria-describedby"] = bound.described_by
    if bound.errors:
        extra["aria-invalid"] = "true"
    if bound.kind in TEXTS and bound.asked.max_length:
        extra.setdefault("maxlength", bound.asked.max_length)
    if bound.kind == "number":
        extra.setdefault("inputmode", "decimal")
    if bound.kind == "select" and "dalam" in bound.asked.properties:
        extra["data-within"] = bound.asked.properties["dalam"]
    return extra


@dataclass(frozen=True, slots=True)
class BoundGroup:
    """Questions under one heading."""

    label: str
    items: "tuple[BoundItem, ...]"
    kind: str = "group"


BoundItem = BoundField | BoundGroup | Note


@dataclass(frozen=True)
class BoundScreen:
    """A form ready to be drawn: iterate it for its items in order, or ask for a field by name."""

    items: tuple[BoundItem, ...]
    fields: Mapping[str, BoundField]
    general: tuple[Problem, ...] = ()  # what is wrong with the whole, or with a name that is no field here

    def __iter__(self) -> Iterator[BoundItem]:
        return iter(self.items)

    def __getitem__(self, name: str) -> BoundField:
        return self.fields[name]

    @property
    def errors(self) -> list[tuple[BoundField, Problem]]:
        """Every problem with its field, in reading order: for a summary on top."""
        return [(bound, problem) for bound in self.fields.values() for problem in bound.errors]

    def at(self, place: str) -> list[BoundField]:
        """The fields that belong to one place of the lembar disposisi."""
        return [bound for bound in self.fields.values() if bound.place == place]


def bind(
    layout: Layout,
    answers: Mapping[str, Any] | None,
    options: Options,
    problems: Mapping[str, Sequence[Problem]] | None = None,
    initial: Mapping[str, Any] | None = None,
) -> BoundScreen:
    """The form with what was posted or saved; without answers, with proposals from `initial` and defaults."""
    given = _given(layout, answers) if answers is not None else _proposed(layout, initial or {})
    options = narrowed(layout, options, initial or {})
    form = form_class(layout, options)(data=_form_data(layout, given))
    bound = {
        name: _bound(asked, given, options, (problems or {}).get(name, ()), form[name])
        for name, asked in layout.fields.items()
    }
    general = (problem for name, found in (problems or {}).items() if name not in bound for problem in found)
    return BoundScreen(_arranged(layout.items, bound), bound, tuple(general))


def _given(layout: Layout, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: values.raw(answers.get(name)) for name in layout.fields}


def _proposed(layout: Layout, initial: Mapping[str, Any]) -> dict[str, list[str]]:
    """The named proposal (`usul`) or else the fact of the case (`kasus`, `tetap`); where there is none, the default."""
    return {name: _proposal(asked, initial) for name, asked in layout.fields.items()}


def _proposal(asked: Field, initial: Mapping[str, Any]) -> list[str]:
    known = [asked.properties.get("kasus"), asked.name if asked.keeps else None]
    sources = [asked.properties["usul"]] if "usul" in asked.properties else known
    found = (_known(source, initial) for source in sources if source)
    return next((given for given in found if any(given)), values.raw(asked.default))


def _known(source: str, initial: Mapping[str, Any]) -> list[str]:
    """What is known under a name; of `name=code` the code, where the fact holds."""
    name, sign, code = source.partition("=")
    return ([code] if initial.get(name) else []) if sign else values.raw(initial.get(name))


def _form_data(layout: Layout, given: Mapping[str, list[str]]) -> dict[str, Any]:
    return {name: _control_data(asked.kind, given[name]) for name, asked in layout.fields.items()}


def _control_data(kind: str, given: list[str]) -> Any:
    if kind == "checklist":
        return given
    if kind == "checkbox":
        return bool(given) and given[-1].strip().lower() in values.TICKED
    text = given[0] if given else ""
    return (_READERS[kind](values.line(text[:200])) or text) if kind in MOMENTS else text


def _bound(
    asked: Field, given: Mapping[str, list[str]], options: Options, problems: Sequence[Problem], control: Any
) -> BoundField:
    mine = given[asked.name]
    control = _owned(asked, _typed(asked, control, mine), options)
    return BoundField(asked, mine, tuple(problems), _choices(asked, mine, options), _shown(asked, given), control)


def _owned(asked: Field, control: Any, options: Options) -> Any:
    """Of a list whose entries belong to those of another (`dalam`), each entry says to which: a page narrows it."""
    outer = asked.properties.get("dalam")
    if outer is not None and asked.kind == "select":
        owners = {choice.code: str(choice.attrs.get(outer) or "") for choice in choices_of(asked, options)}
        control.choices = [
            fields.SelectChoice(one.value, one.label, {"data-of": owner} if (owner := owners.get(one.value)) else {})
            for one in control.choices
        ]
    return control


def _typed(asked: Field, control: Any, given: list[str]) -> Any:
    """A date that cannot be read keeps a plain text box."""
    if asked.kind in MOMENTS:
        text = given[0] if given else ""
        readable = not text or _READERS[asked.kind](values.line(text[:200]))
        control.widget = widgets.TextInput()
        control.widget.input_type = _NATIVE[asked.kind] if readable else "text"
    return control


def _choices(asked: Field, given: list[str], options: Options) -> tuple[BoundChoice, ...]:
    picked = {code.strip() for code in given}
    return tuple(
        BoundChoice(
            choice.code,
            choice.label,
            choice.code in picked,
            f"{asked.name}-{number}",
            str(choice.attrs.get("arti", "")),
        )
        for number, choice in enumerate(choices_of(asked, options))
    )


def _shown(asked: Field, given: Mapping[str, list[str]]) -> bool:
    if asked.shown_when is None:
        return True
    other = given.get(asked.shown_when.field)
    return asked.shown_when.holds(other[0] if other else None)


def _arranged(items: tuple[Item, ...], bound: Mapping[str, BoundField]) -> tuple[BoundItem, ...]:
    return tuple(
        BoundGroup(item.label, _arranged(item.items, bound))
        if isinstance(item, Group)
        else bound[item.name]
        if isinstance(item, Field)
        else item
        for item in items
    )
