"""The buku agenda: its lines by book and year, the same on the page and on paper."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.queries import papers
from db.queries.papers import Line, Pages
from engine.diagrams import releases
from engine.diagrams.releases import Closure
from engine.errors import NotAllowed, NotFound
from engine.offices import numbering, people, policy, settings
from engine.offices.people import Actor
from engine.papers import heading
from engine.papers.acts import Act, addressed, instructed, labels, may_address, read
from engine.papers.dossier import address_lists
from forms import Screen, dates
from forms.sheets import buku_agenda as sheet

PAGE = 50
SENTENCES: Mapping[str, str] = {"dicabut": "Dicabut pelapor", "ditutup": "Ditutup"}


@dataclass(frozen=True)
class Row:
    """One line of a book as people read it; a secret case shows its number and nothing of its content."""

    case_id: int
    number: int
    written: str  # "041/2026"
    received_ms: int
    sender: str
    letter_number: str
    letter_date: str  # ISO, "" where no letter came
    subject: str
    proofs: str
    forwarded_to: str
    disposition: str
    remark: str
    secret: bool


def may_read(by: Actor, now: int) -> int:
    """The organisation whose books this person may read: offices that see all of its cases. Raises NotAllowed."""
    organisation = policy.organisation_of(by)
    held = [s for s in people.who_may_act(now, person_id=by.person_id) if s.organisation_id == organisation]
    allowed = set(settings.setting(organisation, "sees_all"))
    if not any({s.role, s.code} & allowed for s in held):
        raise NotAllowed("books", "Buku agenda dibuka untuk jabatan yang melihat semua surat masuk.")
    return organisation


def titles(organisation: int) -> dict[str, str]:
    """Book code → its name, in the office's order."""
    return dict(settings.setting(organisation, "books") or {})


@dataclass(frozen=True)
class Leaf:
    """One page of a book on screen, the newest lines first; `pages` and `total` count what was found."""

    rows: list[Row]
    page: int
    pages: int
    total: int


def leaf(organisation: int, book: str, year: int, *, page: int = 1, words: str = "") -> Leaf:
    """A page of a book, or of what is found in it. Numbers have no gap, so a page is a span of numbers."""
    if words:
        found = search(Pages(organisation, book, year), words)[::-1]
        page, pages = _within(page, len(found))
        return Leaf(found[(page - 1) * PAGE : page * PAGE], page, pages, len(found))
    total = papers.last_number(organisation, book, year)
    page, pages = _within(page, total)
    last = total - (page - 1) * PAGE
    return Leaf(rows(Pages(organisation, book, year, last - PAGE + 1, last))[::-1], page, pages, total)


def _within(page: int, total: int) -> tuple[int, int]:
    pages = max(1, -(-total // PAGE))
    return min(max(page, 1), pages), pages


def must_exist(organisation: int, book: str, year: int) -> None:
    """Raises NotFound for a book this organisation does not keep, or a year it cannot have."""
    if book not in titles(organisation) or not 1945 <= year <= 9999:
        raise NotFound("book", f"{book}/{year}")


def rows(pages: Pages) -> list[Row]:
    """These lines, in order of number; a fixed number of statements, however many lines."""
    found = papers.lines(pages)
    closures = {line.case_id: releases.closure(line.release_id, line.fingerprint) for line in found}
    disposed = _disposed(pages, list({id(c): c for c in closures.values()}.values()))
    proofs = _proofs(pages)
    zone = papers.organisation(pages.organisation)[1]
    written = numbering.writer(pages.organisation, "agenda")
    named = heading.names_senders(pages.organisation)
    return [
        replace(
            _row(pages, line, closures[line.case_id], disposed[line.case_id], proofs[line.case_id], zone),
            written=written(line.number, dates.local(line.entered_ms, zone)),
            sender=_sender(line, named=named),
        )
        for line in found
    ]


def _disposed(pages: Pages, closures: Sequence[Closure]) -> Mapping[int, list[Act]]:
    """The acts of each case that address someone or dispose."""
    screens = {
        key: screen for closure in closures for key, screen in closure.screens.items() if _speaks(screen, closure)
    }
    words = labels(pages.organisation, screens.values())
    acts: defaultdict[int, list[Act]] = defaultdict(list)
    for done in papers.done_in(pages, sorted(screens)):
        acts[done.case_id] += read([done], screens, words)
    return acts


def _speaks(screen: Screen, closure: Closure) -> bool:
    return screen.properties.get("lembar") == "disposisi" or bool(may_address(screen) & address_lists(closure))


def _proofs(pages: Pages) -> Mapping[int, list[tuple[str, int]]]:
    counts: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for case, kind, count in papers.proofs_in(pages):
        counts[case].append((kind, count))
    return counts


def _sender(line: Line, *, named: bool) -> str:
    if line.secrecy in policy.SECRET:
        return heading.HIDDEN
    return heading.sender(line.reporter_id, line.identity, named=named)


def _row(
    pages: Pages, line: Line, closure: Closure, acts: Sequence[Act], proofs: Sequence[tuple[str, int]], zone: str
) -> Row:
    secret = line.secrecy in policy.SECRET
    first = closure.diagram.start.props.get("agenda.buku", pages.book)
    return Row(
        case_id=line.case_id,
        number=line.number,
        written="",
        received_ms=line.received_ms if first == pages.book else line.entered_ms,
        sender="",
        letter_number=line.letter_number or line.case_number,
        letter_date=line.letter_date,
        subject=heading.HIDDEN if secret else line.subject,
        proofs=heading.proofs(proofs),
        forwarded_to="; ".join(tick.label for tick in addressed(acts, address_lists(closure))),
        disposition="" if secret else _disposition(acts),
        remark=_remark(line, closure, zone),
        secret=secret,
    )


def _disposition(acts: Sequence[Act]) -> str:
    """The latest disposisi: another decision than addressing, and what is wished for."""
    last = next((act for act in reversed(acts) if act.sheet == "disposisi" and not act.returned), None)
    if last is None:
        return ""
    wishes = [tick.label for tick in (last.instructions or instructed(acts))]
    return "; ".join([*([] if last.carries_on else [last.decision_label]), *wishes])


def _remark(line: Line, closure: Closure, zone: str) -> str:
    """What became of it: withdrawn, not carried on, closed, answered; with the day."""
    if line.closed_ms is None:
        return ""
    end = closure.diagram.elements.get(line.outcome)
    words = SENTENCES.get(line.state) or (end.name if end else "Selesai")
    return f"{words} {dates.short_day(line.closed_ms, zone)}"


def search(pages: Pages, words: str) -> list[Row]:
    """The lines of the book in which every one of these words stands, whatever the column."""
    wanted = words.casefold().split()
    return [row for row in rows(pages) if all(word in _text(row) for word in wanted)]


def _text(row: Row) -> str:
    columns = (row.written, row.sender, row.letter_number, row.subject, row.forwarded_to, row.disposition, row.remark)
    return " ".join(columns).casefold()


def content(pages: Pages, *, printed_by: str, now: int) -> sheet.BukuAgenda:
    """These lines of a book for paper, with the newest seal of the journal."""
    name, zone = papers.organisation(pages.organisation)
    seal = papers.last_seal(pages.organisation)
    return sheet.BukuAgenda(
        letterhead=heading.letterhead(pages.organisation, name),
        title=titles(pages.organisation)[pages.book],
        year=pages.year,
        rows=tuple(_printed(row, zone) for row in rows(pages)),
        seals=() if seal is None else (sheet.Seal(seal.number, seal.root, seal.at_ms, seal.entries),),
        printed_ms=now,
        printed_by=printed_by,
        zone=zone,
    )


def _printed(row: Row, zone: str) -> sheet.AgendaRow:
    return sheet.AgendaRow(
        number=row.written,
        received_ms=row.received_ms,
        sender=row.sender,
        letter_date=row.letter_date or dates.local(row.received_ms, zone).date().isoformat(),
        letter_number=row.letter_number,
        subject=row.subject,
        attachments=row.proofs,
        forwarded_to=row.forwarded_to,
        disposition=row.disposition,
        remark=row.remark,
    )
