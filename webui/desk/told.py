"""An act for people to read: what stands beside its place on the sheet, in the words of its form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from db.queries.papers import Done
from engine.diagrams import releases
from engine.diagrams.releases import Closure
from engine.offices import settings, standing
from engine.papers.acts import Act, codes, labels, read, tick
from forms import Choice, Field, Screen
from webui.language import say, written_date

Lists = Mapping[str, Sequence[Choice]]
Words = Mapping[tuple[str, str], str]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """One act; `facts` and `texts` are what was answered outside the places of the sheet, by label."""

    act: Act
    facts: Pairs
    texts: Pairs
    asked: Mapping[str, str] = field(default_factory=dict)
    """What the form itself calls whom an act addresses (`tujuan`) and its note (`catatan`), where it is no sheet."""


def lists_of(closure: Closure, organisation: int, stamp: str = "") -> Lists:
    """Every office list the screens of a release name, in one question, asked anew when the office changed one."""
    names = sorted({key for screen in closure.screens.values() for key in screen.values_keys})
    return standing.kept(stamp, settings.lists, organisation, tuple(names))


def told_of(found: Sequence[Done], closure: Closure, organisation: int, stamp: str = "") -> list[Told]:
    """These acts in words; the papers are made of the same acts."""
    words = standing.kept(stamp, _words, organisation, closure.release_id, closure.fingerprint)
    acts = read(found, closure.screens, words)
    return [told(act, closure.screens.get(act.form), words) for act in acts]


def _words(organisation: int, release_id: int, fingerprint: str) -> Words:
    return labels(organisation, releases.closure(release_id, fingerprint).screens.values())


def told(act: Act, screen: Screen | None, words: Words) -> Told:
    """The act with the rest of its answers in words."""
    if screen is None:
        return Told(act, (), ())
    others = [asked for asked in screen.fields.values() if not _place(asked)]
    texts = tuple((say(asked.label), act.texts[asked.name]) for asked in others if act.texts.get(asked.name))
    asked = {} if act.sheet else {_place(one): say(one.label) for one in screen.fields.values() if _place(one)}
    return Told(act, tuple(_facts(act, others, words)), texts, asked)


def _facts(act: Act, others: Sequence[Field], words: Words) -> Iterator[tuple[str, str]]:
    for asked in others:
        answer = act.answers.get(asked.name)
        if answer in (None, "", [], {}, False) or asked.name in act.texts or _is_decision(asked, act):
            continue
        if asked.kind == "checkbox":
            yield say(asked.label), str(_("ya"))
        elif asked.kind == "date":
            yield say(asked.label), written_date(str(answer))
        else:
            yield say(asked.label), "; ".join(say(tick(asked, code, words).label) for code in codes(answer))


def _is_decision(asked: Field, act: Act) -> bool:
    """Whether this answer is the decision, which is told already."""
    return asked.kind == "radio" and bool(act.decision) and act.answers.get(asked.name) == act.decision


def _place(asked: Field) -> str:
    return asked.properties.get("tempat", "")
