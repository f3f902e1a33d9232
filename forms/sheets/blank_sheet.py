"""The numbered blank sheet, A4: everything that is written by hand on the day nothing works, and the bearer's stub."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms import dates
from forms.sheets.kit import Block, Cell, Row, Space, Stack, Style, Whole, row, rule, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.press import A4, MM, Meta, Page, Paper, Press, paginate
from forms.sheets.qr import qr

PAPER = Paper(A4, (18 * MM, 11 * MM, 14 * MM, 10 * MM))

_BODY = Style(8.6, spread=1.3)
_SMALL = Style(7.3, spread=1.25)
_QR = 58
_LINE = 17
_STEP = 31
_FRAME = 0.5
_PAD = (3.5, 2.5)
_COLUMNS = (20.0, 152.0, 78.0, 62.0, 62.0, 88.0)
_HEADS = ("No.", "Kegiatan", "Pelaksana", "Mulai (tgl, jam)", "Selesai (tgl, jam)", "Keputusan, catatan, paraf")


@dataclass(frozen=True)
class Step:
    """A row of the SOP: what is done, by whom, within what."""

    number: int
    name: str
    office: str
    limit: str


@dataclass(frozen=True)
class BlankSheet:
    """One sheet with its reserved number."""

    letterhead: Letterhead
    number: str
    code: str
    verify_url: str
    process: str
    steps: tuple[Step, ...]
    contact: str
    """Where to ask: telephone, mail of the office."""
    printed_ms: int
    zone: str = "Asia/Jakarta"


def draw(sheets: Sequence[BlankSheet]) -> bytes:
    """All of them, in the order given; each begins on a page of its own."""
    press = Press(PAPER, Meta("Lembar kosong bernomor", sheets[0].letterhead.name))
    for sheet in sheets:
        for page in _pages(sheet):
            press.page(page, 0, [(PAPER.bottom - 3, _foot(sheet))])
    return press.done()


def _pages(sheet: BlankSheet) -> list[Page]:
    return paginate(_blocks(sheet), PAPER.height, PAPER.height, _stub(sheet))


def _foot(sheet: BlankSheet) -> Block:
    printed = dates.moment(sheet.printed_ms, sheet.zone)
    return text(f"{sheet.number} · dicetak {printed} · nomor ini hanya untuk lembar ini", PAPER.width, _SMALL)


def _blocks(sheet: BlankSheet) -> Iterator[Block]:
    yield kop(sheet.letterhead, PAPER.width, 0.62)
    yield Space(5)
    yield _title(sheet)
    yield Space(5)
    for label in ("Nama pelapor", "Telepon / surel", "Alamat", "Diterima (tanggal, jam)", "Melalui / petugas", "Hal"):
        yield _line(label)
    yield Space(3)
    yield text("Kronologi, waktu dan tempat kejadian (lanjutkan di balik lembar):", PAPER.width, _BODY)
    for _ in range(5):
        yield _ruled()
    yield Space(7)
    yield _row([text(head, width - 2 * _PAD[0], _SMALL.bold) for head, width in _columns(_HEADS)], 0)
    for step in sheet.steps:
        yield _step(step)
    yield Space(3)
    words = "Setiap pelaksana menulis waktu mulai dan selesai, lalu memberi paraf di kolom terakhir. Sesudah gangguan"
    yield text(
        f"{words} berakhir, Tata Usaha mencatatnya di aplikasi dan orang kedua mengesahkan.", PAPER.width, _SMALL
    )


def _title(sheet: BlankSheet) -> Row:
    left = PAPER.width - _QR - 8
    words = stack(
        text("LEMBAR DISPOSISI — DIISI TANGAN SAAT GANGGUAN", left, Style(11).bold),
        text(sheet.process, left, _BODY),
        Space(3),
        text(f"Nomor laporan  {sheet.number}", left, Style(15).bold),
        text(f"Keaslian lembar: {sheet.verify_url}", left, _SMALL),
    )
    return row((words, left + 8), (qr(sheet.verify_url, _QR), _QR))


def _line(label: str) -> Row:
    lead = 118.0
    beside = stack(Space(_LINE - 3), rule(PAPER.width - lead))
    return Row((Cell(stack(Space(4), text(label, lead, _BODY)), lead), Cell(beside, PAPER.width - lead)), least=_LINE)


def _ruled() -> Stack:
    return stack(Space(_LINE - 1), rule(PAPER.width))


def _columns(words: Sequence[str]) -> Iterator[tuple[str, float]]:
    rest = PAPER.width - sum(_COLUMNS)
    yield from zip(words, (*_COLUMNS[:-1], _COLUMNS[-1] + rest), strict=True)


def _step(step: Step) -> Row:
    """A row with room to write in."""
    words = (str(step.number), step.name, step.office, "", "", "")
    blocks: list[Block] = [text(found, width - 2 * _PAD[0], _SMALL) for found, width in _columns(words)]
    if step.limit:
        blocks[1] = stack(blocks[1], text(f"batas {step.limit}", _COLUMNS[1] - 2 * _PAD[0], _SMALL.italic))
    return _row(blocks, _STEP)


def _row(blocks: Sequence[Block], least: float) -> Row:
    widths = [width for _, width in _columns(_HEADS)]
    cells = tuple(Cell(block, width, _PAD, _FRAME) for block, width in zip(blocks, widths, strict=True))
    return Row(cells, least=least)


def _stub(sheet: BlankSheet) -> Block:
    """What is torn off for the bearer."""
    left = PAPER.width - _QR - 8
    words = stack(
        text(f"TANDA TERIMA (untuk pembawa) · {sheet.letterhead.name}", left, _SMALL.bold),
        Space(2),
        text(f"Nomor laporan  {sheet.number}", left, Style(13).bold),
        Space(9),
        text("Diterima tanggal ……………………… jam ……………  Petugas …………………………………  Paraf ………", left, _BODY),
        Space(3),
        text(f"Aplikasi sedang terganggu; laporan Anda tetap dikerjakan. Bertanya: {sheet.contact}", left, _SMALL),
    )
    inside = row((words, left + 8), (qr(sheet.verify_url, _QR), _QR))
    cut = text("- " * 90, PAPER.width, Style(6))
    return Whole(stack(Space(6), cut, Space(3), inside), PAPER.height / 2)
