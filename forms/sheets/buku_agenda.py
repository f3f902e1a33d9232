"""The buku agenda surat masuk of one book and year, A4 landscape, closed with the seal of the journal."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms import dates
from forms.sheets.kit import Block, Cell, Row, Space, Stack, Style, Whole, row, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.parts import page_foot
from forms.sheets.press import A4_LANDSCAPE, MM, Meta, Page, Paper, Press, paginate

PAPER = Paper(A4_LANDSCAPE, (12 * MM, 11 * MM, 12 * MM, 13 * MM))

_BODY = Style(7.2, spread=1.24)
_HEADING = Style(7.2, spread=1.24).bold.centered
_SMALL = Style(7, spread=1.25)
_PAD = (3, 2.4)
_FRAME = 0.4

COLUMNS = (
    ("No. Agenda", 0.07),
    ("Tanggal Terima", 0.075),
    ("Asal Surat", 0.125),
    ("Tanggal Surat", 0.07),
    ("Nomor Surat", 0.105),
    ("Isi Ringkas / Perihal", 0.205),
    ("Lampiran", 0.07),
    ("Diteruskan ke", 0.09),
    ("Disposisi", 0.105),
    ("Keterangan", 0.085),
)
"""Columns and their share of the width."""


@dataclass(frozen=True)
class AgendaRow:
    """One entry; reports withdrawn or not carried on stay in the book and say so in `remark`."""

    number: str
    received_ms: int
    sender: str
    letter_date: str
    """ISO date, or empty."""
    letter_number: str
    subject: str
    attachments: str = ""
    forwarded_to: str = ""
    disposition: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Seal:
    """A seal of the journal: `number` of the seal, Merkle `root` (hex), when, over how many entries."""

    number: int
    root: str
    sealed_ms: int
    entries: int | None = None


@dataclass(frozen=True)
class BukuAgenda:
    """The book `title` ("Buku Agenda Surat Masuk Sekretariat DPRD") of `year`, rows in order of number."""

    letterhead: Letterhead
    title: str
    year: int
    rows: tuple[AgendaRow, ...]
    seals: tuple[Seal, ...]
    printed_ms: int
    printed_by: str = ""
    zone: str = "Asia/Jakarta"


def draw(content: BukuAgenda) -> bytes:
    """The book, its column heads on every page, the seals at the end."""
    heads = _column_heads()
    title = f"{content.title} · Tahun {content.year}"
    running = stack(text(title, PAPER.width, _SMALL.bold), Space(3))
    drop = running.height + heads.height
    first = stack(*_opening(content))
    pages = paginate(_blocks(content), PAPER.height - first.height - heads.height, PAPER.height - drop)
    press = Press(PAPER, Meta(title, content.letterhead.name))
    for number, page in enumerate(pages, 1):
        above = stack(first if number == 1 else running, heads)
        foot = _foot(content, number, len(pages), page)
        press.page(page, above.height, [(PAPER.top, above), (PAPER.bottom - 6, foot)])
    return press.done()


def _opening(content: BukuAgenda) -> Iterator[Block]:
    yield kop(content.letterhead, PAPER.width, 0.85)
    yield Space(7)
    yield text(content.title.upper(), PAPER.width, Style(12).bold.centered)
    yield text(f"TAHUN {content.year}", PAPER.width, Style(10).bold.centered)
    yield Space(6)


def _column_heads() -> Stack:
    names = [name for name, _ in COLUMNS]
    ordinals = [str(number) for number in range(1, len(COLUMNS) + 1)]
    return stack(_cells(names, _HEADING), _cells(ordinals, _BODY.centered.at(6.2)))


def _cells(texts: list[str], style: Style) -> Row:
    return Row(
        tuple(
            Cell(_cell(content, share, style), PAPER.width * share, _PAD, _FRAME)
            for content, (_, share) in zip(texts, COLUMNS, strict=True)
        )
    )


def _cell(content: str, share: float, style: Style) -> Block:
    return text(content, PAPER.width * share - 2 * _PAD[0], style)


def _blocks(content: BukuAgenda) -> Iterator[Block]:
    limit = PAPER.height / 2
    for entry in content.rows:
        yield Whole(_entry(entry, content.zone), limit)
    if not content.rows:
        yield _nothing()
    yield Space(8)
    yield Whole(_closing(content), limit)


def _entry(entry: AgendaRow, zone: str) -> Row:
    """One row; where it goes on on the next page, it says its number again."""
    cells = _cells(_texts(entry, zone), _BODY).cells
    return Row(cells, resumed=_cell(f"{entry.number} (lanjutan)", COLUMNS[0][1], _BODY))


def _texts(entry: AgendaRow, zone: str) -> list[str]:
    return [
        entry.number,
        f"{dates.short_day(entry.received_ms, zone)}\n{dates.clock(entry.received_ms, zone)}",
        entry.sender,
        dates.written_short(entry.letter_date),
        entry.letter_number,
        entry.subject,
        entry.attachments,
        entry.forwarded_to,
        entry.disposition,
        entry.remark,
    ]


def _nothing() -> Row:
    words = text("Belum ada surat yang dicatat.", PAPER.width - 2 * _PAD[0], _BODY.italic.centered)
    return row((words, PAPER.width), pad=_PAD, frame=_FRAME)


def _closing(content: BukuAgenda) -> Stack:
    """How many entries, and the seals that fix them."""
    width = PAPER.width
    counted = f"Buku ini memuat {len(content.rows)} catatan."
    seals = [text(_seal(seal, content.zone), width, _SMALL) for seal in content.seals]
    unsealed = "Jurnal belum disegel; cetakan ini belum dapat dicocokkan dengan segel."
    return stack(
        text(counted, width, _SMALL.bold),
        *(seals or [text(unsealed, width, _SMALL.italic)]),
    )


def _seal(seal: Seal, zone: str) -> str:
    covered = f" atas {seal.entries} catatan jurnal" if seal.entries is not None else ""
    when = dates.moment(seal.sealed_ms, zone)
    return f"Segel jurnal nomor {seal.number}{covered}, {when}. Akar Merkle: {seal.root}"


def _foot(content: BukuAgenda, number: int, total: int, page: Page) -> Row:
    by = f" oleh {content.printed_by}" if content.printed_by else ""
    printed = f"Dicetak {dates.short_moment(content.printed_ms, content.zone)}{by}"
    return page_foot(printed, number, total, page, PAPER.width, _SMALL.at(6.6), of_one=True)
