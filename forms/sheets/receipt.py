"""The tanda terima of a report, A5: number, time, PIN shown once, where to follow, what is promised."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms import dates
from forms.sheets.kit import Block, Heading, Row, Space, Stack, Style, Whole, labelled, row, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.parts import page_foot, running_head
from forms.sheets.press import A5, MM, Meta, Page, Paper, paginate, print_flow
from forms.sheets.qr import qr

PAPER = Paper(A5, (12 * MM, 10 * MM, 12 * MM, 13 * MM))

_BODY = Style(9.2, spread=1.38)
_SMALL = Style(7.6, spread=1.3)
_RUNNING = 20
_LABEL = 82
_QR = 104
_PAD = (9, 8)


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes home. A copy printed later has no `pin` (None)."""

    letterhead: Letterhead
    number: str
    received_ms: int
    pin: str | None
    follow_url: str
    """The address behind the QR; never carries the PIN."""
    promises: tuple[str, ...]
    channel: str = ""
    """How it came in: "Formulir web", "Loket"."""
    subject: str = ""
    attachments: str = ""
    officer: str = ""
    """Who received it at the counter; empty when sent by the web form."""
    office: str = ""
    """For which office, as "Plh. Kepala Subbagian Tata Usaha"."""
    entered_ms: int | None = None
    """When it was typed in, where that was not on the day of receipt."""
    footer: str = ""
    zone: str = "Asia/Jakarta"


def draw(content: Receipt) -> bytes:
    """The receipt, normally one page."""
    last = text(content.footer, PAPER.width, _SMALL.italic) if content.footer else None
    pages = paginate(_blocks(content), PAPER.height, PAPER.height - _RUNNING, last)
    meta = Meta(f"Tanda Terima {content.number}", content.letterhead.name)

    def running(number: int, total: int) -> Block:
        return running_head(f"TANDA TERIMA · {content.number} · lanjutan", PAPER.width, _SMALL)

    def foot(number: int, total: int, page: Page) -> Block:
        return page_foot("", number, total, page, PAPER.width, _SMALL)

    return print_flow(PAPER, meta, pages, running, foot, _RUNNING)


def _blocks(content: Receipt) -> Iterator[Block]:
    yield kop(content.letterhead, PAPER.width, 0.66)
    yield Space(9)
    yield text("TANDA TERIMA LAPORAN", PAPER.width, Style(11.5).bold.centered)
    yield Space(9)
    yield Whole(_follow(content), PAPER.height / 2)
    yield Space(9)
    yield from _facts(content)
    yield Space(9)
    yield Heading(text("Yang kami janjikan", PAPER.width, _BODY.bold), 3 * _BODY.leading)
    yield Space(2)
    for number, promise in enumerate(content.promises, 1):
        yield _numbered(number, promise)
    yield from _officer(content)


def _follow(content: Receipt) -> Row:
    """The frame to keep: number, PIN, where to follow, and the QR."""
    left = PAPER.width - _QR - 3 * _PAD[0]
    words = stack(
        text("Nomor laporan", left, _SMALL),
        text(content.number, left, Style(15).bold),
        Space(5),
        *_pin(content.pin, left),
        Space(5),
        text("Ikuti laporan Anda di", left, _SMALL),
        text(content.follow_url, left, _BODY.bold),
        text("atau pindai kode QR ini.", left, _SMALL),
    )
    inside = row((words, left + _PAD[0]), (qr(content.follow_url, _QR), _QR))
    return row((inside, PAPER.width), pad=_PAD, frame=0.9)


def _pin(pin: str | None, width: float) -> Iterator[Block]:
    if pin is None:
        yield text("PIN tidak dicetak ulang; gunakan PIN pada tanda terima pertama.", width, _SMALL)
        return
    yield text("PIN (hanya ditampilkan sekali, simpan baik-baik)", width, _SMALL)
    yield text(pin, width, Style(15).bold)


def _facts(content: Receipt) -> Iterator[Block]:
    pairs = (
        ("Diterima", dates.moment(content.received_ms, content.zone)),
        ("Melalui", content.channel),
        ("Hal", content.subject),
        ("Lampiran", content.attachments),
        ("Diterima oleh", ", ".join(part for part in (content.officer, content.office) if part)),
        ("Dicatat", dates.moment(content.entered_ms, content.zone) if content.entered_ms else ""),
    )
    room = PAPER.width - _LABEL - _BODY.size * 0.7
    for label, words in pairs:
        if words:
            yield labelled(label, text(words, room, _BODY), _LABEL, PAPER.width, _BODY)


def _numbered(number: int, words: str) -> Row:
    lead = 14.0
    room = PAPER.width - lead
    return row((text(f"{number}.", lead, _BODY), lead), (text(words, room, _BODY), room))


def _officer(content: Receipt) -> Iterator[Block]:
    """At the counter the officer signs by hand; a report sent by web needs no signature."""
    if not content.officer:
        return
    half = PAPER.width / 2
    day = dates.day(content.entered_ms or content.received_ms, content.zone)
    block = stack(
        text(f"{content.letterhead.place}, {day}", half, _BODY),
        text("Petugas penerima,", half, _BODY),
        Space(34),
        text(content.officer, half, _BODY.bold),
        *([text(content.office, half, _SMALL)] if content.office else []),
    )
    yield Space(12)
    yield Whole(row((Stack(), half), (block, half)), PAPER.height / 2)
