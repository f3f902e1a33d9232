"""The kartu kendali surat masuk, 16.5 × 10.5 cm: where the letter is."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms import dates
from forms.sheets.kit import Block, Row, Stack, Style, row, stack, text
from forms.sheets.parts import page_foot, running_head
from forms.sheets.press import MM, Meta, Page, Paper, paginate, print_flow
from forms.sheets.qr import qr

PAPER = Paper((165 * MM, 105 * MM), (8 * MM, 7 * MM, 8 * MM, 9 * MM))

_BODY = Style(8.2, spread=1.3)
_SMALL = Style(7.2, spread=1.25)
_TINY = Style(6.4, spread=1.25)
_PAD = (5, 3.4)
_FRAME = 0.5
_RUNNING = 17
_QR = 44
_TO_SIGN = 40
"""Least height of the line in which whoever takes the letter over signs."""


@dataclass(frozen=True)
class HandOver:
    """Who took the letter over, and when: the receipt on the card."""

    name: str
    office: str
    at_ms: int


@dataclass(frozen=True)
class KartuKendali:
    """One card. `serial` is the agenda number; `processor` the pengolah, the unit that works on it."""

    office_lines: tuple[str, ...]
    """Name of the office at the top left: ("SEKRETARIAT DPRD", "KABUPATEN MOJOKERTO")."""
    index: str
    classification: str
    serial: str
    summary: str
    sender: str
    letter_date: str
    """ISO date, or empty."""
    letter_number: str
    attachments: str
    processor: str
    forwarded_ms: int | None
    handed_over: tuple[HandOver, ...] = ()
    note: str = ""
    code: str = ""
    verify_url: str = ""
    """Empty leaves the QR out."""
    zone: str = "Asia/Jakarta"


def draw(content: KartuKendali) -> bytes:
    """The card; what does not fit goes on on a second card of the same size."""
    pages = paginate(_blocks(content), PAPER.height, PAPER.height - _RUNNING)
    meta = Meta(f"Kartu Kendali Surat Masuk {content.serial}", " ".join(content.office_lines))

    def running(number: int, total: int) -> Block:
        words = f"KARTU KENDALI SURAT MASUK · No. Urut {content.serial} · lanjutan"
        return running_head(words, PAPER.width, _TINY)

    def foot(number: int, total: int, page: Page) -> Block:
        return page_foot("", number, total, page, PAPER.width, _TINY)

    return print_flow(PAPER, meta, pages, running, foot, _RUNNING)


def _blocks(content: KartuKendali) -> Iterator[Block]:
    yield _head(content)
    yield _line(
        ("Indeks", content.index, 0.4),
        ("Kode", content.classification, 0.3),
        ("Nomor Urut", content.serial, 0.3),
    )
    yield _line(("Isi Ringkas", content.summary, 1), least=40)
    yield _line(("Dari", content.sender, 1))
    yield _line(
        ("Tanggal Surat", dates.written(content.letter_date) or "-", 0.33),
        ("Nomor Surat", content.letter_number or "-", 0.4),
        ("Lampiran", content.attachments or "-", 0.27),
    )
    yield _last_line(content)
    yield _line(("Catatan", content.note, 1), least=30)


def _head(content: KartuKendali) -> Row:
    """Office on the left, title in the middle, QR (or the M of masuk) on the right."""
    side = PAPER.width * 0.3
    office = stack(*(text(line, side, _SMALL.bold) for line in content.office_lines))
    title = text("KARTU KENDALI SURAT MASUK", PAPER.width - 2 * side, Style(10.5).bold.centered)
    return row((office, side), (title, PAPER.width - 2 * side), (_code(content, side), side))


def _code(content: KartuKendali, side: float) -> Block:
    if not content.verify_url:
        return stack()
    words = side - _QR
    right = Style(_TINY.size, align="right")
    return row((text(content.code, words, right), words), (qr(content.verify_url, _QR), _QR))


def _line(*fields: tuple[str, str, float], least: float = 0) -> Row:
    """Framed fields (label, content, share of the width); the label stands small above."""
    made = row(
        *((_field(k, v, PAPER.width * share - 2 * _PAD[0]), PAPER.width * share) for k, v, share in fields),
        pad=_PAD,
        frame=_FRAME,
    )
    return Row(made.cells, least)


def _field(label: str, content: str, width: float) -> Stack:
    return stack(text(f"{label}:", width, _TINY), text(content, width, _BODY))


def _last_line(content: KartuKendali) -> Row:
    zone = content.zone
    forwarded = "-" if content.forwarded_ms is None else dates.short_moment(content.forwarded_ms, zone)
    width = PAPER.width * 0.4
    taken = stack(
        text("Tanda Terima:", width - 2 * _PAD[0], _TINY),
        *(_taken(hand, width - 2 * _PAD[0], zone) for hand in content.handed_over),
    )
    made = row(
        (_field("Pengolah", content.processor, PAPER.width * 0.33 - 2 * _PAD[0]), PAPER.width * 0.33),
        (_field("Tgl. Diteruskan", forwarded, PAPER.width * 0.27 - 2 * _PAD[0]), PAPER.width * 0.27),
        (taken, width),
        pad=_PAD,
        frame=_FRAME,
    )
    return Row(made.cells, _TO_SIGN)


def _taken(hand: HandOver, width: float, zone: str) -> Stack:
    return stack(
        text(f"{hand.name}, {hand.office}", width, _SMALL),
        text(dates.short_moment(hand.at_ms, zone), width, _TINY),
    )
