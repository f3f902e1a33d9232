"""The lembar disposisi: the letter, whom it goes to, and the place of each signer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms import dates
from forms.sheets.kit import (
    Block,
    Cell,
    Row,
    Space,
    Stack,
    Style,
    Whole,
    choice,
    labelled,
    line_width,
    row,
    stack,
    text,
    tick_line,
)
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.parts import page_foot, running_head, verification
from forms.sheets.press import A5, MM, Meta, Page, Paper, Press, paginate

PLACES = 6
"""Signing places on one sheet; the next act opens another sheet."""
PAPER = Paper(A5, (9 * MM, 8 * MM, 9 * MM, 11 * MM))
"""Half folio in practice: A5, which every office printer takes."""

_BODY = Style(8, spread=1.28)
_SMALL = Style(7.2, spread=1.26)
_TINY = Style(6.4, spread=1.25)
_PAD = (4, 3)
_LABEL = 50
_LEAST = 66
"""Least height of a signing place."""
_MOST_LINES = 12
"""A reason or note longer than this is attached below the places instead."""
_FRAME = 0.5
_HEAD = 17
"""Height of the running head on pages after the first."""


@dataclass(frozen=True)
class Choice:
    """A tick box and its label."""

    text: str
    ticked: bool = False


@dataclass(frozen=True)
class Act:
    """What one signer did, in one signing place; a return is an act like any other."""

    office: str
    """The office as signed, prefix included: "Plh. Sekretaris DPRD"."""
    kind: str
    """What was done: "Paraf", "Disposisi", "Dikembalikan ke Kabag Umum", "Mohon arahan" …"""
    name: str
    at_ms: int
    rank: str = ""
    nip: str = ""
    instructions: tuple[str, ...] = ()
    """The instructions this signer ticked, as text."""
    addressees: tuple[str, ...] = ()
    """Whom this signer addressed, as text."""
    note: str = ""
    reason: str = ""
    """Why it was returned or referred back; makes the act a return."""
    mark: str = "paraf elektronik tanpa sertifikat"


@dataclass(frozen=True)
class LembarDisposisi:
    """All sheets of one case, in order; `acts` in order of time, `awaited` the offices still to sign."""

    letterhead: Letterhead
    code: str
    verify_url: str
    sender: str
    letter_number: str
    letter_date: str
    """ISO date, or empty."""
    received_ms: int
    agenda_number: str
    subject: str
    urgency: tuple[Choice, ...]
    secrecy: tuple[Choice, ...]
    addressees: tuple[Choice, ...]
    instructions: tuple[Choice, ...]
    acts: tuple[Act, ...] = ()
    awaited: tuple[str, ...] = ()
    note: str = ""
    footer: str = ""
    zone: str = "Asia/Jakarta"
    copies: tuple[str, ...] = ()  # tembusan: offices that were given a copy


def draw(content: LembarDisposisi) -> bytes:
    """The sheets as one PDF; every sheet begins on a page of its own."""
    press = Press(PAPER, Meta(f"Lembar Disposisi {content.agenda_number}", content.letterhead.name))
    sheets = _sheets(content)
    for number, places in enumerate(sheets, 1):
        _print_sheet(press, content, number, len(sheets), places)
    return press.done()


def _sheets(content: LembarDisposisi) -> list[list[Act | str]]:
    """The acts, PLACES to a sheet; the last sheet's free places name who is awaited."""
    acts = content.acts
    sheets: list[list[Act | str]] = [list(acts[start : start + PLACES]) for start in range(0, len(acts), PLACES)] or [
        []
    ]
    if len(sheets[-1]) == PLACES and content.awaited:
        sheets.append([])
    free = PLACES - len(sheets[-1])
    sheets[-1] += [*content.awaited, *[""] * free][:free]
    return sheets


def _print_sheet(press: Press, content: LembarDisposisi, number: int, of: int, places: Sequence[Act | str]) -> None:
    last = verification(content.code, content.verify_url, content.footer, PAPER.width, 46, _TINY)
    blocks = _blocks(content, number, of, places)
    pages = paginate(blocks, PAPER.height, PAPER.height - _HEAD, last)
    for index, page in enumerate(pages, 1):
        head = _running(content, number, index) if index > 1 else None
        foot = _foot(content, number, of, index, len(pages), page)
        furniture: list[tuple[float, Block]] = [(PAPER.bottom - 5, foot)]
        if head is not None:
            furniture.append((PAPER.top, head))
        press.page(page, _HEAD if head else 0, furniture)


def _running(content: LembarDisposisi, number: int, page: int) -> Block:
    words = f"LEMBAR DISPOSISI · No. Agenda {content.agenda_number} · lembar ke-{number} · lanjutan, halaman {page}"
    return running_head(words, PAPER.width, _TINY)


def _foot(content: LembarDisposisi, number: int, of: int, index: int, total: int, page: Page) -> Block:
    sheet = f"Lembar ke-{number} dari {of}" if of > 1 else ""
    return page_foot(sheet, index, total, page, PAPER.width, _TINY)


def _blocks(content: LembarDisposisi, number: int, of: int, places: Sequence[Act | str]) -> Iterator[Block]:
    yield kop(content.letterhead, PAPER.width, 0.66)
    yield Space(5)
    yield text("LEMBAR DISPOSISI", PAPER.width, Style(10.5).bold.centered)
    if number > 1:
        yield _continues(content, number)
    yield Space(4)
    yield from _letter(content, number)
    if number == 1:
        yield _lists(content)
        yield from _general_note(content)
    yield from _places(content, number, places)
    yield from _attached(content, number, places)
    if number == of and content.copies:
        yield _framed(_facts(PAPER.width - 2 * _PAD[0], ("Tembusan", "; ".join(content.copies))))
    yield Space(4)


def _continues(content: LembarDisposisi, number: int) -> Block:
    words = f"Lembar ke-{number}, lanjutan dari lembar {content.code}"
    return text(words, PAPER.width, _BODY.italic.centered)


def _letter(content: LembarDisposisi, number: int) -> Iterator[Block]:
    """Surat dari … Hal: the head of the form; urgency and secrecy are two fields."""
    half = PAPER.width / 2 - 2 * _PAD[0]
    yield _framed(
        _facts(
            half,
            ("Surat dari", content.sender),
            ("No. Surat", content.letter_number or "-"),
            ("Tgl. Surat", dates.written(content.letter_date) or "-"),
        ),
        _facts(
            half,
            ("Diterima tgl.", dates.short_moment(content.received_ms, content.zone)),
            ("No. Agenda", content.agenda_number),
            ("Lembar ke", str(number)),
        ),
    )
    yield _framed(_inline("Sifat", content.urgency, half), _inline("Kerahasiaan", content.secrecy, half))
    yield _framed(_facts(PAPER.width - 2 * _PAD[0], ("Hal", content.subject), style=_BODY.bold))


def _facts(width: float, *pairs: tuple[str, str], style: Style = _BODY) -> Stack:
    room = width - _LABEL - _BODY.size * 0.7
    return stack(*(labelled(k, text(v, room, style), _LABEL, width, _BODY) for k, v in pairs))


def _inline(label: str, choices: Sequence[Choice], width: float) -> Row:
    """A label and its tick boxes beside each other, as many to a line as fit."""
    lead = line_width(f"{label}: ", _BODY)
    return row(
        (text(f"{label}:", lead, _BODY), lead),
        (tick_line([(c.text, c.ticked) for c in choices], width - lead, _SMALL), width - lead),
    )


def _framed(*blocks: Block) -> Row:
    """Blocks side by side in frames of equal width."""
    width = PAPER.width / len(blocks)
    return row(*((block, width) for block in blocks), pad=_PAD, frame=_FRAME)


def _lists(content: LembarDisposisi) -> Row:
    left, right = PAPER.width * 0.46, PAPER.width * 0.54
    addressees = _ticklist("Diteruskan kepada Sdr.:", content.addressees, left - 2 * _PAD[0])
    wishes = _ticklist("Dengan hormat harap:", content.instructions, right - 2 * _PAD[0])
    return row((addressees, left), (wishes, right), pad=_PAD, frame=_FRAME)


def _ticklist(title: str, choices: Sequence[Choice], width: float) -> Stack:
    """The whole list in two columns, read downwards."""
    half = width / 2
    middle = (len(choices) + 1) // 2
    columns = [
        stack(*(choice(c.text, c.ticked, half - 3, _SMALL) for c in part))
        for part in (choices[:middle], choices[middle:])
    ]
    return stack(text(title, width, _BODY), Space(1.5), row((columns[0], half), (columns[1], half)))


def _general_note(content: LembarDisposisi) -> Iterator[Block]:
    if content.note:
        yield _framed(_facts(PAPER.width - 2 * _PAD[0], ("Catatan", content.note)))


def _places(content: LembarDisposisi, number: int, places: Sequence[Act | str]) -> Iterator[Block]:
    """Signing places, two beside each other, numbered over all sheets."""
    width = PAPER.width / 2
    for index in range(0, PLACES, 2):
        ordinal = (number - 1) * PLACES + index + 1
        pair = [
            _place(place, ordinal + offset, width - 2 * _PAD[0], content.zone)
            for offset, place in enumerate(places[index : index + 2])
        ]
        tallest = max(_LEAST, *(said.height + signed.height for said, signed in pair))
        cells = (
            Cell(stack(said, Space(tallest - said.height - signed.height), signed), width, _PAD, _FRAME)
            for said, signed in pair
        )
        yield Whole(Row(tuple(cells)), PAPER.height / 2)


def _place(place: Act | str, ordinal: int, width: float, zone: str) -> tuple[Stack, Stack]:
    """What stands at the top of a signing place, and the signature at its foot."""
    if isinstance(place, str):
        return stack(text(f"{ordinal}. {place}", width, _SMALL)), stack()
    kind = _SMALL.bold if place.reason else _SMALL
    said = stack(
        text(f"{ordinal}. {place.office}", width, _BODY.bold),
        text(f"{place.kind} · {dates.short_moment(place.at_ms, zone)}", width, kind),
        Space(1.5),
        *_said(place, ordinal, width),
    )
    rank = _rank(place)
    signed = stack(
        Space(4),
        text(place.mark, width, _TINY.italic),
        text(place.name, width, _BODY.bold),
        text(rank, width, _TINY) if rank else None,
    )
    return said, signed


def _said(act: Act, ordinal: int, width: float) -> Iterator[Block]:
    """Whom and what this signer ticked, the reason of a return, the note."""
    if act.addressees:
        yield text(f"Kepada: {', '.join(act.addressees)}", width, _SMALL)
    for instruction in act.instructions:
        yield choice(instruction, True, width, _SMALL)
    for label, words in _words(act):
        shown = f"terlampir di bawah ({ordinal})" if _too_long(words) else words
        yield text(f"{label}: {shown}", width, _SMALL)


def _words(act: Act) -> list[tuple[str, str]]:
    return [(label, words) for label, words in (("Alasan", act.reason), ("Catatan", act.note)) if words]


def _too_long(words: str) -> bool:
    return len(text(words, PAPER.width / 2 - 2 * _PAD[0], _SMALL).lines) > _MOST_LINES


def _attached(content: LembarDisposisi, number: int, places: Sequence[Act | str]) -> Iterator[Block]:
    """Reasons and notes too long for their place, across the whole width under its number."""
    for ordinal, act in enumerate(places, (number - 1) * PLACES + 1):
        if isinstance(act, Act):
            for label, words in _words(act):
                if _too_long(words):
                    yield _attachment(f"Lampiran {ordinal}. {label}", act, words, content.zone)


def _attachment(title: str, act: Act, words: str, zone: str) -> Row:
    width = PAPER.width - 2 * _PAD[0]
    heading = text(f"{title} {act.office}, {dates.short_moment(act.at_ms, zone)}", width, _SMALL.bold)
    return _framed(stack(heading, text(words, width, _SMALL)))


def _rank(act: Act) -> str:
    return " · ".join(part for part in (act.rank, f"NIP {act.nip}" if act.nip else "") if part)
