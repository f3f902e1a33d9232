"""What was decided at a task, in the words of its form: labels instead of codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from db.queries.cases import Act
from engine import letters, settings
from engine.releases import Closure
from forms import Choice, Field, Screen
from forms.dates import written
from webui.frame import seat_name

Lists = Mapping[str, Sequence[Choice]]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """One act for people to read; `lembar` is paraf or disposisi when it stands on the sheet."""

    act: Act
    as_office: str
    decision: str
    returned: bool
    lembar: str
    addressees: tuple[str, ...]
    instructions: tuple[str, ...]
    note: str
    reason: str
    facts: Pairs  # other choices, by label
    texts: Pairs  # other texts, by label


def lists_of(closure: Closure, organisation: int) -> Lists:
    """Every office list the screens of a release name, in one question."""
    return settings.lists(organisation, {key for screen in closure.screens.values() for key in screen.values_keys})


def told(act: Act, closure: Closure, lists: Lists, *, texts: bool) -> Told:
    """The act in words; without `texts` (an auditor) only what is not a text."""
    screen = closure.screens.get(act.form)
    office = seat_name(act.office, act.done_as) if act.office else "Pelapor"
    if screen is None:
        return Told(act, office, "", False, "", (), (), "", "", (), ())
    return _told(act, screen, office, lists, letters.texts(act.task_id, act.sealed) if texts else {})


def _told(act: Act, screen: Screen, office: str, lists: Lists, texts: Mapping[str, str]) -> Told:
    facts = orjson.loads(act.facts)
    decision = next((f for f in screen.fields.values() if _place(f) == "keputusan"), None)
    chosen = facts.get(decision.name) if decision else None
    return Told(
        act,
        office,
        "; ".join(_labels(decision, chosen, lists)) if decision else "",
        chosen is not None and chosen == return_code(screen),
        screen.properties.get("lembar", ""),
        _at("tujuan", screen, facts, lists),
        _at("instruksi", screen, facts, lists),
        _text("catatan", screen, texts),
        _text("alasan", screen, texts),
        tuple(_other_facts(screen, facts, lists)),
        tuple((f.label, texts[f.name]) for f in screen.fields.values() if not _place(f) and texts.get(f.name)),
    )


def return_code(screen: Screen) -> str | None:
    """The decision that sends a task back, by its form: the one under which a reason is asked on the sheet."""
    decision = next((f for f in screen.fields.values() if _place(f) == "keputusan"), None)
    reason = next((f for f in screen.fields.values() if _place(f) == "alasan"), None)
    when = reason.shown_when if reason else None
    if decision is None or when is None or when.op != "=" or when.field != decision.name:
        return None
    return when.value


def _place(asked: Field) -> str:
    return asked.properties.get("tempat", "")


def _text(place: str, screen: Screen, texts: Mapping[str, str]) -> str:
    return next((texts[f.name] for f in screen.fields.values() if _place(f) == place and texts.get(f.name)), "")


def _at(place: str, screen: Screen, facts: Mapping[str, Any], lists: Lists) -> tuple[str, ...]:
    fields = [f for f in screen.fields.values() if _place(f) == place]
    return tuple(label for f in fields for label in _labels(f, facts.get(f.name), lists))


def _other_facts(screen: Screen, facts: Mapping[str, Any], lists: Lists) -> Sequence[tuple[str, str]]:
    fields = [f for f in screen.fields.values() if not _place(f) and f.kind not in ("textfield", "textarea")]
    words = [(f.label, "; ".join(_labels(f, facts.get(f.name), lists))) for f in fields]
    return [(label, text) for label, text in words if text]


def _labels(asked: Field, value: Any, lists: Lists) -> list[str]:
    if value in (None, "", [], {}):
        return []
    if asked.kind == "checkbox":
        return ["ya"] if value else []
    if asked.kind == "date":
        return [written(str(value))]
    known = {c.code: c.label for c in (*asked.options, *lists.get(asked.values_key or "", ()))}
    codes = value if isinstance(value, list | dict) else [value]
    return [known.get(str(code), str(code)) for code in codes]
