"""The one place where answers become data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from forms import nik, points, values
from forms.problems import FormInvalid, ListMissing, Problem
from forms.schema import CHOICES, SINGLE, TEXTS, Choice, Field, Layout

Options = Mapping[str, Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Answers that hold: `data` for the workflow, `texts` for the submission, facts of the case, attached files."""

    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    case_fields: dict[str, Any] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


class _Refused(Exception):
    """An answer cannot be taken (carries the Problem as its only argument)."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(Problem(code, facts))
        self.problem = Problem(code, facts)


def parse(
    layout: Layout, answers: Mapping[str, Any], options: Options, facts: Mapping[str, Any] | None = None
) -> Parsed:
    """What the answers mean where the case knows `facts`; unknown keys and hidden fields are ignored.

    Raises FormInvalid, ListMissing.
    """
    taking = _Taking(answers, narrowed(layout, options, facts or {}))
    for asked in layout.fields.values():
        taking.take(asked)
    if taking.problems:
        raise FormInvalid(taking.problems)
    return taking.parsed


def choices_of(asked: Field, options: Options) -> Sequence[Choice]:
    """What may be chosen: the field's own options or the office's list; raises ListMissing."""
    if not asked.values_key:
        return asked.options
    if asked.list_key in options:
        return options[asked.list_key]
    try:
        return options[asked.values_key]
    except KeyError:
        raise ListMissing(asked.values_key) from None


def narrowed(layout: Layout, options: Options, facts: Mapping[str, Any]) -> Options:
    """The lists, beside them those of questions that `kecuali` leaves one out of, or `dahulu` puts some first in:
    both name what the case knows.
    """
    own = {
        asked.list_key: _as_asked(asked, options[asked.values_key], facts)
        for asked in layout.fields.values()
        if asked.values_key and asked.values_key in options and asked.list_key != asked.values_key
    }
    return {**options, **own} if own else options


def _as_asked(asked: Field, whole: Sequence[Choice], facts: Mapping[str, Any]) -> tuple[Choice, ...]:
    left_out = facts.get(asked.properties.get("kecuali", ""))
    first = values.raw(facts.get(asked.properties.get("dahulu", "")))
    return tuple(sorted((c for c in whole if c.code != left_out), key=lambda c: c.code not in first))


@dataclass
class _Taking:
    """One pass over the questions in their order, so that conditions see earlier answers only."""

    answers: Mapping[str, Any]
    options: Options
    parsed: Parsed = field(default_factory=Parsed)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    chosen: dict[str, str | None] = field(default_factory=dict)

    def take(self, asked: Field) -> None:
        if asked.shown_when and not asked.shown_when.holds(self.chosen.get(asked.shown_when.field)):
            return self._hide(asked)
        given = values.raw(self.answers.get(asked.name))
        asked = replace(asked, required=asked.must(self.parsed.data))
        try:
            value = _value(asked, given, self.options)
            self._within(asked, value)
            self._keep(asked, value)
        except _Refused as refused:
            self.problems[asked.name] = [refused.problem]
        if asked.kind in SINGLE:
            self.chosen[asked.name] = given[0].strip() if given else None
        return None

    def _within(self, asked: Field, value: Any) -> None:
        """`dalam`: an entry that belongs to an entry of another list is taken only together with that one."""
        outer = asked.properties.get("dalam")
        if outer is None or value is None:
            return
        entry = next(choice for choice in choices_of(asked, self.options) if choice.code == value)
        if entry.attrs.get(outer) not in (None, self.chosen.get(outer)):
            raise _Refused("other_part")

    def _hide(self, asked: Field) -> None:
        """A hidden decision is no decision: its name holds the empty value, unless it is a fact of the case."""
        if asked.enters_data and not asked.keeps:
            self.parsed.data[asked.name] = _nothing(asked)

    def _keep(self, asked: Field, value: Any) -> None:
        if asked.kind == "filepicker":
            self.parsed.files.extend(value)
        if asked.enters_data:
            self.parsed.data[asked.name] = value
        elif asked.kind in TEXTS:
            self.parsed.texts[asked.name] = value
        if "kasus" in asked.properties:
            self.parsed.case_fields[asked.properties["kasus"]] = value
        self.parsed.data.update(_copied(asked, value, self.options))


def _nothing(asked: Field) -> Any:
    if asked.as_dictionary:
        return {}
    return {"checklist": [], "checkbox": False, "textfield": "", "textarea": ""}.get(asked.kind)


def _copied(asked: Field, value: Any, options: Options) -> dict[str, Any]:
    """The attributes of the chosen entry, under the names `salin` gives them."""
    if not asked.copies or value is None:
        return {}
    entry = next(choice for choice in choices_of(asked, options) if choice.code == value)
    for attribute in asked.copies.values():
        if entry.attrs.get(attribute) is None:
            raise _Refused("choice_incomplete", label=entry.label, attribute=attribute)
    return {target: entry.attrs[attribute] for target, attribute in asked.copies.items()}


def _value(asked: Field, given: list[str], options: Options) -> Any:
    if asked.kind in CHOICES:
        return _chosen(asked, given, choices_of(asked, options))
    return _TAKERS[asked.kind](asked, given)


def _chosen(asked: Field, given: list[str], choices: Sequence[Choice]) -> Any:
    codes = values.once(code.strip() for code in given if code.strip())
    known = {choice.code for choice in choices}
    if any(code not in known for code in codes):
        raise _Refused("unknown_option")
    return _several(asked, codes) if asked.kind == "checklist" else _single(asked, codes)


def _single(asked: Field, codes: list[str]) -> str | None:
    if len(codes) > 1:
        raise _Refused("one_only")
    if not codes and asked.required:
        raise _Refused("required_choice")
    return codes[0] if codes else None


def _several(asked: Field, codes: list[str]) -> list[str] | dict[str, str]:
    if not codes and (asked.required or asked.min):
        raise _Refused("required_many")
    if asked.min is not None and len(codes) < asked.min:
        raise _Refused("too_few", count=len(codes), min=int(asked.min))
    if asked.max is not None and len(codes) > asked.max:
        raise _Refused("too_many", count=len(codes), max=int(asked.max))
    return {code: code for code in codes} if asked.as_dictionary else codes


def _ticked(asked: Field, given: list[str]) -> bool:
    mark = given[-1].strip().lower() if given else ""
    if mark not in values.TICKED | values.UNTICKED:
        raise _Refused("unknown_option")
    if asked.required and mark not in values.TICKED:
        raise _Refused("required_tick")
    return mark in values.TICKED


def _written(asked: Field, given: list[str]) -> str:
    whole = given[0] if given else ""
    if len(whole) > 4 * asked.max_length + 1000:  # far too long: not worth cleaning
        raise _Refused("too_long", length=len(whole), max=asked.max_length)
    text = values.line(whole) if asked.kind == "textfield" else values.lines(whole)
    if not text:
        return _unwritten(asked)
    if len(text) > asked.max_length:
        raise _Refused("too_long", length=len(text), max=asked.max_length)
    if len(text) < asked.min_length:
        raise _Refused("too_short", length=len(text), min=asked.min_length)
    return _checked(asked, text)


def _unwritten(asked: Field) -> str:
    if asked.required:
        raise _Refused("required_text")
    return ""


def _checked(asked: Field, text: str) -> str:
    if asked.check == "email" and not values.is_email(text):
        raise _Refused("not_email")
    if asked.check == "phone" and not values.is_phone(text):
        raise _Refused("not_phone")
    return _EXACT[asked.check](asked, text) if asked.check in _EXACT else text


def _nik(_asked: Field, text: str) -> str:
    number = nik.digits(text)
    if wrong := nik.flaw(number):
        raise _Refused(wrong[0], **wrong[1])
    return number


def _point(asked: Field, text: str) -> str:
    """A point on the map, as it is kept; inside the box the form draws around what the office serves."""
    point = points.read(text)
    if point is None:
        raise _Refused("not_a_point")
    around = points.box(asked.properties.get("kotak", ""))
    if around is not None and not points.inside(point, around):
        raise _Refused("point_outside")
    return points.written(point)


_EXACT: Mapping[str | None, Callable[[Field, str], str]] = {"nik": _nik, "titik": _point}
"""What is kept as it is meant, not as it was typed (property `periksa`)."""


def _counted(asked: Field, given: list[str]) -> values.Number | None:
    text = _short(asked, given, "required_number", "not_a_number")
    if not text:
        return None
    number = values.number(text)
    if number is None:
        raise _Refused("not_a_number")
    return _within(asked, number)


def _within(asked: Field, number: values.Number) -> values.Number:
    if asked.digits is not None and values.digits_after_comma(number) > asked.digits:
        raise _Refused("too_many_digits", digits=asked.digits)
    if asked.min is not None and number < asked.min:
        raise _Refused("too_small", min=values.written(_whole(asked.min)))
    if asked.max is not None and number > asked.max:
        raise _Refused("too_big", max=values.written(_whole(asked.max)))
    return number


def _whole(number: float) -> values.Number:
    return int(number) if number.is_integer() else number


def _short(asked: Field, given: list[str], missing: str, wrong: str) -> str:
    """One short cleaned line, "" when empty and not required."""
    text = values.line(given[0][:200]) if given else ""
    if given and len(given[0]) > 200:
        raise _Refused(wrong)
    if not text and asked.required:
        raise _Refused(missing)
    return text


def _dated(missing: str, wrong: str, read: Callable[[str], str | None]) -> Callable[[Field, list[str]], str | None]:
    def taken(asked: Field, given: list[str]) -> str | None:
        text = _short(asked, given, missing, wrong)
        found = read(text) if text else None
        if text and found is None:
            raise _Refused(wrong)
        return found

    return taken


def _attached(asked: Field, given: list[str]) -> list[str]:
    names = values.once(name for text in given if (name := values.line(text[:200])))
    if not names and (asked.required or asked.min):
        raise _Refused("required_file")
    if asked.max is not None and len(names) > asked.max:
        raise _Refused("too_many_files", count=len(names), max=int(asked.max))
    return names


_TAKERS: Mapping[str, Callable[[Field, list[str]], Any]] = {
    "textfield": _written,
    "textarea": _written,
    "checkbox": _ticked,
    "number": _counted,
    "date": _dated("required_date", "not_a_date", values.day),
    "time": _dated("required_time", "not_a_time", values.clock),
    "datetime": _dated("required_date", "not_a_moment", values.moment),
    "filepicker": _attached,
}
