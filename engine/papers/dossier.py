"""Everything the papers of one case are made of, read once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from db.queries import papers
from db.queries.papers import Head
from engine.diagrams import releases
from engine.diagrams.releases import Closure
from engine.errors import NotFound
from engine.offices import settings
from engine.papers import heading
from engine.papers.acts import Act, Tick, acts, addressed, may_address
from forms import Choice, Field, Screen, dates
from forms.sheets.letterhead import Letterhead

SHEET_LISTS = ("urgensi", "kerahasiaan")


@dataclass(frozen=True)
class Dossier:
    """One case as its papers see it. `journal` is the head of its journal when it was read."""

    head: Head
    closure: Closure
    acts: tuple[Act, ...]
    journal: str

    @cached_property
    def letterhead(self) -> Letterhead:
        """Of the organisation."""
        return heading.letterhead(self.head.organisation_id, self.head.organisation)

    @cached_property
    def sender(self) -> str:
        """The reporter's name."""
        named = heading.names_senders(self.head.organisation_id)
        return heading.sender(self.head.reporter_id, self.head.identity, named=named)

    @cached_property
    def numbers(self) -> list[tuple[str, str]]:
        """(book, number as "041/2026"), the book of the office's post first."""
        here, zone = self.head.organisation_id, self.head.zone
        found = papers.numbers(self.head.id)
        return [(book, heading.agenda_number(here, number, at_ms, zone)) for book, number, at_ms in found]

    @property
    def serial(self) -> str:
        """Its number in the book of the office's post, as "041/2026"; "-" before it is in a book."""
        return self.numbers[0][1] if self.numbers else "-"

    @property
    def agenda_number(self) -> str:
        """The same, with the number in a second book: "041/2026 (Pimpinan 012/2026)"."""
        more = [f"{book.title()} {written}" for book, written in self.numbers[1:]]
        return self.serial + (f" ({', '.join(more)})" if more else "")

    def handed_to(self, act: Act) -> str:
        """The office for which the case waited once this act was done."""
        return papers.handed_to(self.head.id, act.task, act.at_ms)

    @cached_property
    def proofs(self) -> str:
        """As "2 foto, 1 dokumen"."""
        return heading.proofs(papers.proofs(self.head.id))

    @cached_property
    def received_on(self) -> str:
        """The ISO date of receipt on the office's wall clock."""
        return dates.local(self.head.received_ms, self.head.zone).date().isoformat()

    @property
    def letter_number(self) -> str:
        """Of the letter it came by; of what came otherwise the number of the report."""
        return self.head.letter_number or self.head.number

    @property
    def letter_date(self) -> str:
        """ISO: of the letter it came by, else the day of receipt."""
        return self.head.letter_date or self.received_on

    @cached_property
    def lists(self) -> dict[str, list[Choice]]:
        """The office's lists that the sheet shows in full."""
        wanted = {field.values_key for field in self.sheet_fields if field.values_key}
        return settings.lists(self.head.organisation_id, wanted | set(SHEET_LISTS))

    @cached_property
    def sheet_screens(self) -> list[tuple[str, Screen]]:
        """(element, form) of what is filled in on the lembar disposisi, in the order of the diagram."""
        elements = self.closure.diagram.elements.values()
        drawn = [(e, self.closure.screens.get(e.form_key or "")) for e in elements]
        found = [(e, s) for e, s in drawn if s is not None and s.properties.get("lembar")]
        found.sort(key=lambda pair: int(pair[0].props.get("sop.nomor", "99")))
        return [(e.id, s) for e, s in found]

    @cached_property
    def sheet_fields(self) -> list[Field]:
        """The boxes of the whole sheet: the lists of the step that addresses; other steps tick in their own places."""
        disposing = [_boxes(screen) for _, screen in self.sheet_screens if screen.properties["lembar"] == "disposisi"]
        addressing = [boxes for boxes in disposing if any(box.properties["tempat"] == "tujuan" for box in boxes)]
        return [box for boxes in addressing or disposing for box in boxes]

    @property
    def addressed(self) -> list[Tick]:
        """Whom the letter was given to: by the latest disposisi, and by whoever passed it on since."""
        return addressed(self.acts, address_lists(self.closure))

    def latest(self, name: str) -> Any:
        """The latest answer under this name in the case, None where there is none."""
        return next((act.answers[name] for act in reversed(self.acts) if act.answers.get(name)), None)

    def label(self, list_name: str, code: str) -> str:
        """What a code of one of the office's lists is called."""
        found = papers.labels(self.head.organisation_id, [list_name])
        return found.get((list_name, code), code)


def _boxes(screen: Screen) -> list[Field]:
    return [f for f in screen.fields.values() if f.properties.get("tempat") in ("tujuan", "instruksi")]


def address_lists(closure: Closure) -> frozenset[str]:
    """The lists that those who dispose address from."""
    disposing = (s for s in closure.screens.values() if s.properties.get("lembar") == "disposisi")
    return frozenset[str]().union(*(may_address(screen) for screen in disposing))


def read(case_id: int) -> Dossier:
    """The case; raises NotFound. The journal's head is read first: a paper never claims more than it tells."""
    mark, found = papers.last_hash(case_id), papers.head(case_id)
    if found is None:
        raise NotFound("case", case_id)
    closure = releases.closure(found.release_id, found.fingerprint)
    return Dossier(found, closure, tuple(acts(case_id)), mark)
