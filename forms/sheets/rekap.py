"""Rekapitulasi Hasil Penanganan Pengaduan (Perwali 14/2016 Pasal 9): of one SKPD/UPT, or of the whole city. A4."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms.sheets.kit import Block, Space, Stack, Style, Whole, row, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.parts import page_foot, running_head, verification
from forms.sheets.press import A4, A4_LANDSCAPE, MM, Meta, Page, Paper, paginate, print_flow
from forms.sheets.rekap_parts import Bars, Table, bars, table
from forms.sheets.signature import Signature, signature_block

UPRIGHT = Paper(A4, (22 * MM, 15 * MM, 20 * MM, 18 * MM))
ACROSS = Paper(A4_LANDSCAPE, (18 * MM, 14 * MM, 18 * MM, 16 * MM))
TITLE = "REKAPITULASI HASIL PENANGANAN PENGADUAN"

_BODY = Style(9.4, spread=1.35)
_SMALL = Style(7.6, spread=1.3)
_RUNNING = 24
_SIGNED_WIDTH = 215
_LONG = 50
_QR, _GAP = 72, 20


@dataclass(frozen=True)
class Rekap:
    """One recap; without `code` it bears no QR. `state` ("SEMENTARA …") stands above a recap nobody has signed."""

    letterhead: Letterhead
    code: str
    verify_url: str
    whose: str
    month: str
    state: str
    lead: str
    """What the month came to, in a sentence or two."""
    tables: tuple[Table, ...]
    chart: Bars
    after: tuple[Table, ...]
    """Tables below the chart."""
    notes: tuple[str, ...]
    signatures: tuple[Signature, ...]
    """From left to right; the last one is dated."""
    dated: str
    across: bool = False

    @property
    def paper(self) -> Paper:
        """A4, across where it has many columns."""
        return ACROSS if self.across else UPRIGHT


def draw(content: Rekap) -> bytes:
    """The recap, as many pages as it needs; the same content gives the same bytes."""
    paper = content.paper
    pages = paginate(_blocks(content, paper.width), paper.height, paper.height - _RUNNING)
    meta = Meta(f"Rekapitulasi {content.whose} {content.month}", content.letterhead.name, TITLE.capitalize())

    short = content.whose if len(content.whose) <= _LONG else f"{content.whose[:_LONG].rstrip()}…"

    def running(number: int, total: int) -> Block:
        return running_head(f"{TITLE} · {short} · {content.month} · lanjutan", paper.width, _SMALL)

    def foot(number: int, total: int, page: Page) -> Block:
        return page_foot(content.state.partition(":")[0], number, total, page, paper.width, _SMALL)

    return print_flow(paper, meta, pages, running, foot, _RUNNING)


def _blocks(content: Rekap, width: float) -> Iterator[Block]:
    yield kop(content.letterhead, width)
    yield Space(10)
    yield text(TITLE, width, Style(13).bold.centered)
    yield text(content.whose, width, Style(10.5).bold.centered)
    yield text(f"Bulan {content.month}", width, Style(10.5).centered)
    if content.state:
        yield Space(4)
        yield text(content.state, width, Style(9.4).bold.centered)
    yield Space(8)
    yield text(content.lead, width, _BODY)
    for one in content.tables:
        yield from table(one, width)
    yield from bars(content.chart, width)
    for one in content.after:
        yield from table(one, width)
    yield Space(9)
    yield Whole(stack(*_notes(content, width), Space(14), _signed(content, width)), content.paper.height / 2)
    yield Space(10)


def _notes(content: Rekap, width: float) -> Iterator[Block]:
    """How it was counted; kept with the signatures, so that these never stand on a page alone."""
    if content.notes:
        yield text("Keterangan", width, _SMALL.bold)
    yield from (text(f"{number}. {note}", width, _SMALL) for number, note in enumerate(content.notes, 1))


def _signed(content: Rekap, width: float) -> Stack:
    """The signatures beside each other, the last one on the right under place and date; the QR fills the room left."""
    if not content.signatures:
        return stack()
    *others, own = content.signatures
    cells: list[tuple[Block, float]] = [
        (signature_block(one, _SIGNED_WIDTH, _BODY, " "), _SIGNED_WIDTH + _GAP) for one in others
    ]
    room = width - _SIGNED_WIDTH - sum(extent for _, extent in cells)
    right = signature_block(own, _SIGNED_WIDTH, _BODY, content.dated)
    return stack(row(*cells, (_verified(content, room - _GAP), room), (right, _SIGNED_WIDTH)))


def _verified(content: Rekap, width: float) -> Block:
    return verification(content.code, content.verify_url, "", width, _QR, _SMALL) if content.code else stack()
