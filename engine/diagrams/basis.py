"""What the law asks against what the office has: duties beside the elements and screens that fulfil them, both ways.

An element cites its law in the property `dasar`, a row of a table in its annotation: "Perwali 14/2016 Pasal 10 ayat (2)
huruf d, huruf e; batas (ketetapan sendiri)". The catalogue of a law (`processes/<name>/dasar.json`) cites the same way.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import orjson

import processes
from engine.diagrams.catalog import Element
from engine.diagrams.releases import Closure

OURS = "(ketetapan sendiri)"
WORKING = ("start", "row", "user", "receive", "service", "table", "timer", "error", "milestone", "subprocess", "call")
"""What needs a basis of its own and can fulfil a duty; gateways and ends follow the step before them."""

_TOKEN = re.compile(
    r"Pasal (?P<pasal>\d+(?: wajib)?)|ayat \((?P<ayat>\d+)\)"
    r"|(?P<bagian>Penanggung Jawab|Ketua Tim|Admin)|huruf (?P<huruf>[a-z])\b|angka (?P<angka>\d+)"
    r"|langkah (?P<langkah>\d+)"
)
_LEVELS = ("langkah", "pasal", "ayat", "bagian", "huruf", "angka")

Reference = tuple[tuple[str, str], ...]  # (level, number), the highest first


@dataclass(frozen=True)
class Screen:
    """A page of the product by which a duty is fulfilled."""

    url: str
    words: str


@dataclass(frozen=True)
class Citing:
    """Something drawn: an element of a diagram or a row of a table, with the words of its basis."""

    process: str
    sheet: str  # the name of its file, without the ending
    id: str
    kind: str
    name: str
    says: str
    place: int | None = None  # of a row

    @property
    def ours(self) -> bool:
        """Whether all or part of it is the office's own choice."""
        return OURS in self.says


@dataclass(frozen=True)
class Duty:
    """One article, ayat or letter: whose it is, what it asks, and what fulfils it."""

    cite: str
    who: str
    text: str
    screens: tuple[Screen, ...]
    elements: tuple[Citing, ...] = ()

    @property
    def met(self) -> bool:
        """Whether anything fulfils it."""
        return bool(self.screens or self.elements)


@dataclass(frozen=True)
class Law:
    """A regulation and all that it asks."""

    name: str
    title: str
    scope: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Report:
    """Both ways: what is asked and met, and what is drawn and founded."""

    laws: tuple[Law, ...]
    drawn: tuple[Citing, ...]
    unfounded: tuple[Citing, ...] = field(default=())  # no basis at all
    unknown: tuple[Citing, ...] = field(default=())  # a basis that no catalogue knows

    @property
    def open(self) -> list[tuple[Law, Duty]]:
        """Duties that nothing fulfils."""
        return [(law, duty) for law in self.laws for duty in law.duties if not duty.met]

    @property
    def ours(self) -> list[Citing]:
        """What the office chose where the law is silent."""
        return [one for one in self.drawn if one.ours]


def report(closures: Sequence[Closure]) -> Report:
    """The duties of every law that the processes of these releases come with or cite, against what they draw."""
    drawn = tuple(one for closure in closures for one in _drawn(closure))
    shipped = [law for name in processes.names() for law in catalogue(name)]
    cited = {law.name for law in shipped for one in drawn if law.name in one.says}
    own = {law.name for closure in closures for law in catalogue(closure.process)}
    laws = [law for law in shipped if law.name in cited | own]
    known = {one: list(references(one.says, [law.name for law in laws])) for one in drawn}
    answered = tuple(_answered(law, known) for law in laws)
    unfounded = tuple(one for one in drawn if not one.says and one.kind in WORKING)
    unknown = tuple(one for one in drawn if one.says and not one.ours and not _founded(known[one], laws))
    return Report(answered, drawn, unfounded, unknown)


def catalogue(process: str) -> list[Law]:
    """The laws a shipped process comes with; none for a process that is not shipped."""
    body = processes.basis(process)
    return [] if body is None else [_law(one) for one in orjson.loads(body)]


def _law(told: dict[str, object]) -> Law:
    duties = told["duties"]
    assert isinstance(duties, list)
    found = (Duty(d["cite"], d["who"], d["text"], tuple(Screen(**s) for s in d.get("screens", ()))) for d in duties)
    return Law(str(told["law"]), str(told["title"]), str(told["scope"]), tuple(found))


def _drawn(closure: Closure) -> Iterator[Citing]:
    elements = closure.diagram.elements.values()
    for element in elements:
        yield _citing(closure.process, element)
    for table in closure.diagram.tables.values():
        sheet = table.file.rpartition(".")[0]
        for row in table.rows:
            yield Citing(closure.process, sheet, row.id, "row", table.name, row.note, row.place)


def _citing(process: str, element: Element) -> Citing:
    says = element.props.get("dasar", "").strip()
    kind = "inner" if element.kind == "start" and element.parent else element.kind
    return Citing(process, element.file.rpartition(".")[0], element.id, kind, element.name, says)


def _answered(law: Law, known: dict[Citing, list[tuple[str, Reference]]]) -> Law:
    duties = []
    for duty in law.duties:
        (asked,) = levels(duty.cite)
        citing = ((one, ref) for one, cited in known.items() for name, ref in cited if name == law.name)
        met = dict.fromkeys(one for one, ref in citing if one.kind in WORKING and covers(ref, asked))
        duties.append(Duty(duty.cite, duty.who, duty.text, duty.screens, tuple(met)))
    return Law(law.name, law.title, law.scope, tuple(duties))


def _founded(cited: Iterable[tuple[str, Reference]], laws: Iterable[Law]) -> bool:
    """Whether every article named is one of a catalogue."""
    asked = {law.name: [levels(duty.cite)[0] for duty in law.duties] for law in laws}
    found = list(cited)
    return bool(found) and all(any(covers(ref, duty) for duty in asked[name]) for name, ref in found)


# -- citations ---------------------------------------------------------------------------------------------------------


def references(says: str, laws: Iterable[str]) -> Iterator[tuple[str, Reference]]:
    """The articles that words cite, each with its law; words after a law belong to it until the next law."""
    places = sorted((says.find(name), name) for name in laws if name in says)
    for (start, name), (end, _) in zip(places, [*places[1:], (len(says), "")], strict=False):
        for found in levels(says[start + len(name) : end]):
            yield name, found


def levels(words: str) -> list[Reference]:
    """ "Pasal 8 ayat (2), ayat (3)" → two references: what is not said again is carried on."""
    found: list[Reference] = []
    here: dict[str, str] = {}
    for token in _TOKEN.finditer(words):
        level = token.lastgroup or ""
        deeper = _LEVELS[_LEVELS.index(level) :]
        if any(name in here for name in deeper):
            found.append(_reference(here))
            here = {name: number for name, number in here.items() if name not in deeper}
        here[level] = token.group(level)
    return [*found, _reference(here)] if here else found


def _reference(here: dict[str, str]) -> Reference:
    return tuple((name, here[name]) for name in _LEVELS if name in here)


def covers(cited: Reference, asked: Reference) -> bool:
    """Whether citing the one is citing the other: a whole article its parts, a part the article as a whole.

    Pasal 5 lists rights and duties with the same numbers: "Pasal 5 wajib" is meant only by its name or by all of 5.
    """
    if len(cited) == 1 and asked[0] == (cited[0][0], f"{cited[0][1]} wajib"):
        return True
    shorter, longer = sorted((cited, asked), key=len)
    return set(shorter) <= set(longer)
