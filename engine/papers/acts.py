"""What was done in a case, by whom, as what and when: told by the journal, for papers and pages alike."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from db.queries import papers
from db.queries.papers import Done
from engine import store
from engine.diagrams import releases
from engine.errors import NotFound
from forms import Field, Screen

PREFIXES = {"plh": "Plh. ", "plt": "Plt. "}
# A form asks for an act, a paper tells of it.
_TOLD = {"kembalikan": "Dikembalikan", "alihkan": "Dialihkan"}
# What is done on the lembar disposisi, by the sheet a form names.
DONE = {"paraf": "Paraf", "disposisi": "Disposisi"}


class Tick(NamedTuple):
    """A choice that was made: of which list (or field, where the form has its own options), its code and its words."""

    list: str
    code: str
    label: str


@dataclass(frozen=True)
class Act:
    """One completed task: who did what, as what, when; the same on the case page and on every paper.

    `signed_as` is the office with its prefix ("Plh. Sekretaris DPRD"; of a deputy the office they hold themselves).
    `sheet` is "paraf" or "disposisi" where the act is done on the lembar disposisi, else "".
    """

    task: int
    element: str
    name: str
    process: str
    instance: str
    cycle: int
    form: str
    sop_row: int | None
    at_ms: int
    office_id: int | None
    office: str
    role: str
    person_id: int | None
    person: str
    nip: str
    rank: str
    acting_as: str
    signed_as: str
    sheet: str
    decision: str
    decision_label: str
    carries_on: bool  # the decision that goes the ordinary way: the first one its form offers
    addressees: tuple[Tick, ...] = ()
    instructions: tuple[Tick, ...] = ()
    may_address: frozenset[str] = frozenset()  # the lists its form lets someone address
    note: str = ""
    reason: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    late: bool = False
    due_ms: int | None = None
    waited_ms: int = 0
    worked_ms: int = 0
    declared: bool = False  # done on paper during an outage; its times were told afterwards

    @property
    def title(self) -> str:
        """Over the signature: "Plh. SEKRETARIS DPRD,"."""
        prefix = PREFIXES.get(self.acting_as, "")
        return f"{prefix}{self.signed_as.removeprefix(prefix).upper()},"

    @property
    def returned(self) -> bool:
        """Sent back or referred, with a reason."""
        return bool(self.reason)

    @property
    def on_sheet(self) -> bool:
        """Has a signing place on the lembar disposisi: paraf, disposisi, and whatever else addresses someone."""
        return bool(self.sheet or self.addressees)

    @property
    def told(self) -> str:
        """What was done in a few words: "Paraf", "Disposisi", "Dikembalikan kepada Kasubag TU"."""
        if self.carries_on or not self.decision_label:
            return DONE.get(self.sheet) or self.name
        return said_of(self.sheet, self.decision_label, returned=self.returned)


def acts(case_id: int) -> list[Act]:
    """Everything done in a case, oldest first; raises NotFound. A fixed number of statements, however long the case."""
    kept = papers.release_of(case_id)
    if kept is None:
        raise NotFound("case", case_id)
    screens = releases.closure(kept.id, kept.fingerprint).screens
    found = papers.done(case_id)
    return read(found, screens, labels(kept.organisation, (screens[d.form] for d in found if d.form in screens)))


def labels(organisation: int, screens: Iterable[Screen]) -> dict[tuple[str, str], str]:
    """What the entries of every list these forms use are called."""
    return papers.labels(organisation, sorted({key for screen in screens for key in screen.values_keys}))


def read(found: Sequence[Done], screens: Mapping[str, Screen], words: Mapping[tuple[str, str], str]) -> list[Act]:
    """Rows as acts, their texts opened."""
    return [act(done, screens.get(done.form), words) for done in found]


def act(done: Done, screen: Screen | None, words: Mapping[tuple[str, str], str]) -> Act:
    """One row as an act."""
    facts: dict[str, Any] = orjson.loads(done.facts)
    answers = dict(facts.get("answers") or {})
    texts = {name: str(text) for name, text in store.texts_of(done.task, done.sealed).items()} if done.sealed else {}
    fields = list(screen.fields.values()) if screen else []
    decision = str(facts.get("outcome") or "")
    label, carries_on = _decision(fields, decision, answers, words)
    return Act(
        task=done.task,
        declared=bool(facts.get("declared")),
        element=done.element,
        name=done.name,
        process=done.process,
        instance=done.instance,
        cycle=done.cycle,
        form=done.form,
        sop_row=done.sop_row,
        at_ms=done.at_ms,
        office_id=done.office_id,
        office=done.office,
        role=done.role,
        person_id=done.person_id,
        person=done.person,
        nip=done.nip,
        rank=done.pangkat,
        acting_as=done.acting_as,
        signed_as=signed_as(done.office, done.acting_as, done.own_office),
        sheet=screen.properties.get("lembar", "") if screen else "",
        decision=decision,
        decision_label=label,
        carries_on=carries_on,
        addressees=tuple(_ticks(fields, "tujuan", answers, words)),
        instructions=tuple(_ticks(fields, "instruksi", answers, words)),
        may_address=may_address(screen) if screen else frozenset(),
        note=_text(fields, "catatan", texts),
        reason=_text(fields, "alasan", texts),
        answers=answers,
        texts=texts,
        late=bool(facts.get("late")),
        due_ms=facts.get("due"),
        waited_ms=int(facts.get("waited_ms") or 0),
        worked_ms=int(facts.get("worked_ms") or 0),
    )


@lru_cache(maxsize=256)
def may_address(screen: Screen) -> frozenset[str]:
    """The lists that a form lets someone address."""
    asked = (f for f in screen.fields.values() if f.properties.get("tempat") == "tujuan")
    return frozenset(f.values_key or f.name for f in asked)


def signed_as(office: str, acting_as: str, own_office: str = "") -> str:
    """The office as it is signed: "Plh. Sekretaris DPRD"; a deputy signs as what they are, "Wakil Ketua I DPRD"."""
    if acting_as == "wakil":
        return own_office or f"Wakil {office}"
    return PREFIXES.get(acting_as, "") + office


def _decision(
    fields: Iterable[Field], code: str, answers: Mapping[str, Any], words: Mapping[tuple[str, str], str]
) -> tuple[str, bool]:
    """The words of the decision taken, and whether it is the first one on offer."""
    for asked in fields:
        if asked.kind == "radio" and code and answers.get(asked.name) == code:
            places = {option.code: place for place, option in enumerate(asked.options)}
            if code in places:
                return asked.options[places[code]].label, places[code] == 0
            return words.get((asked.values_key or "", code), code), False
    return code, not code


def _ticks(
    fields: Iterable[Field], place: str, answers: Mapping[str, Any], words: Mapping[tuple[str, str], str]
) -> Iterator[Tick]:
    for asked in fields:
        if asked.properties.get("tempat") == place:
            yield from (tick(asked, code, words) for code in codes(answers.get(asked.name)))


def tick(asked: Field, code: str, words: Mapping[tuple[str, str], str]) -> Tick:
    """One choice with its words; a code nobody knows any more stands for itself."""
    if asked.values_key:
        return Tick(asked.values_key, code, words.get((asked.values_key, code), code))
    own = {option.code: option.label for option in asked.options}
    return Tick(asked.name, code, own.get(code, code))


def addressed(told: Iterable[Act], lists: Collection[str]) -> list[Tick]:
    """Whom these acts address from these lists: a new disposisi replaces the one before, whoever passes it on adds."""
    found: list[Tick] = []
    for act in told:
        if act.sheet == "disposisi" and not act.returned and act.may_address.intersection(lists):
            found = []
        found += [tick for tick in act.addressees if tick.list in lists and tick not in found]
    return found


def instructed(told: Iterable[Act]) -> list[Tick]:
    """What is wished for now: of each step that disposes, its latest word."""
    latest = {act.element: act.instructions for act in told if act.sheet == "disposisi" and not act.returned}
    return [tick for ticks in latest.values() for tick in ticks]


def codes(answer: Any) -> list[str]:
    """The codes in an answer, whatever its shape: one, several, or a dictionary keyed by them."""
    if isinstance(answer, Mapping | list | tuple):
        return [str(code) for code in answer]
    return [str(answer)] if answer else []


def _text(fields: Iterable[Field], place: str, texts: Mapping[str, str]) -> str:
    if not texts:
        return ""
    written = (texts.get(asked.name, "") for asked in fields if asked.properties.get("tempat") == place)
    return next((text for text in written if text), "")


def said_of(sheet: str, label: str, *, returned: bool) -> str:
    """A decision that leaves the ordinary way, by its label on the form: "Dikembalikan kepada Kasubag TU"."""
    done, words = DONE.get(sheet, ""), _passive(label.rpartition(": ")[2])
    return words if returned or not done or words.startswith("Di") else f"{done}: {words.lower()}"


def _passive(words: str) -> str:
    first, blank, rest = words.partition(" ")
    told = _TOLD.get(first.lower())
    return f"{told}{blank}{rest}" if told else words[:1].upper() + words[1:]
