"""Who publishes, what their codes are called, and what is asked of their list: read from the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from flask import g, request

from db.queries import offices
from db.queries import published as questions
from db.queries.published import Item
from db.queries.published_ids import ORDERS, PROGRESS, Ask
from engine.offices import settings
from engine.publishing import shown
from webui import language
from webui.clock import now_ms
from webui.numbers import whole

LISTS = {"topic": "subyek", "place": "kelurahan", "kind": "jenis_aduan"}
"""Which list of the office names the codes of a column."""
PARAMETERS = {"topic": "subyek", "unit": "skpd", "place": "kelurahan"}
LONGEST = 100


@dataclass(frozen=True)
class Publisher:
    """An organisation that has published something."""

    id: int
    code: str
    name: str
    zone: str

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """Column → code → what it is called, in the page's language."""
        lists = settings.lists(self.id, LISTS.values())
        found = {
            column: {choice.code: language.say(choice.label) for choice in lists[name]}
            for column, name in LISTS.items()
        }
        return found | {"unit": offices.unit_names(self.id)}

    def name_of(self, column: str, code: str) -> str:
        """What a code is called; one that is no longer in the list, as well as it can be said."""
        return self.names[column].get(code) or (language.nice(code) if code else "")

    @cached_property
    def offered(self) -> Mapping[str, Mapping[str, str]]:
        """What the filters offer: of the units only those something is published of."""
        return {**self.names, "unit": questions.units(self.id)}

    @cached_property
    def years(self) -> list[int]:
        return questions.years(self.id)


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and the address of more of it."""

    ask: Ask
    typed: Mapping[str, str]

    def link(self, **other: str) -> str:
        """The same question, otherwise."""
        told = {name: value for name, value in {**self.typed, **other}.items() if value}
        return f"?{urlencode(told)}" if told else ""

    def next(self, items: list[Item]) -> str:
        """The page that begins behind these."""
        last = items[-1]
        at = f"{last.answered_ms}-{last.id}" if self.ask.order == "baru-dijawab" else str(last.id)
        return self.link(sesudah=at)


def every() -> list[Publisher]:
    """All who publish, asked once a request."""
    if "publishers" not in g:
        g.publishers = [Publisher(*found) for found in questions.organisations()]
    return list(g.publishers)


def anyone() -> bool:
    """Whether something was ever published here: a door without anything behind it is not shown."""
    return bool(g.get("publishers")) if g.get("bare") else bool(every())


def by_id(organisation: int) -> Publisher | None:
    return next((one for one in every() if one.id == organisation), None)


def chosen() -> Publisher | None:
    """Who is asked for (`instansi`), else the first; None while nobody publishes."""
    wanted = request.args.get("instansi", "")
    known = every()
    return next((one for one in known if one.code == wanted), known[0] if known else None)


def asked(publisher: Publisher) -> Asked:
    """The question in the address; what is not understood is not asked."""
    text = " ".join(request.args.get("cari", "").replace("\0", " ").split())[:LONGEST]
    about = {column: request.args.get(name, "")[:64] for column, name in PARAMETERS.items()}
    state, order = request.args.get("keadaan", ""), request.args.get("urut", "")
    order = order if order in ORDERS else ORDERS[0]
    year = request.args.get("tahun", 0, type=whole)
    progress = state if state in PROGRESS else ""
    year = year if year in publisher.years else 0
    marks = shown.marks(organisation=publisher.id, progress=progress, year=year, **about)
    ask = Ask(
        publisher.id,
        now_ms(),
        words=tuple(shown.asked(text)) if text else None,
        marks=marks,
        progress=progress,
        late=state == "telat",
        year=year,
        order=order,
        after=_after(request.args.get("sesudah", "")),
        **about,
    )
    typed = {"cari": text, **{PARAMETERS[column]: code for column, code in about.items()}}
    typed |= {"keadaan": state if ask.progress or ask.late else "", "tahun": str(ask.year or "")}
    typed |= {"urut": order if order != ORDERS[0] else "", "instansi": publisher.code if len(every()) > 1 else ""}
    return Asked(ask, typed)


def _after(text: str) -> tuple[int, int] | None:
    first, _, second = text.partition("-")
    numbers = [part for part in (first, second) if part.isascii() and part.isdecimal() and len(part) < 16]
    if not numbers:
        return None
    return (int(numbers[0]), int(numbers[1])) if len(numbers) == 2 else (0, int(numbers[0]))
