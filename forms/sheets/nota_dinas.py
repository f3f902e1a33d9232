"""A nota dinas, A4: title and number, from and to, its words, tables of cases or figures, the signature."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from forms import dates
from forms.sheets.kit import Block, Cell, Heading, Row, Space, Stack, Style, Whole, labelled, row, rule, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.parts import figures, page_foot, running_head
from forms.sheets.press import A4, MM, Meta, Page, Paper, paginate, print_flow
from forms.sheets.ruled import Ruled
from forms.sheets.signature import Signature, signature_block

PAPER = Paper(A4, (25 * MM, 15 * MM, 22 * MM, 18 * MM))

_BODY = Style(10.2, spread=1.4)
_CELL = Style(8.2, spread=1.28)
_SMALL = Style(7.6, spread=1.3)
_PAD = (3.5, 2.6)
_FRAME = 0.4
_RUNNING = 24
_SIGNED_WIDTH = 230
_LEAD = 58


@dataclass(frozen=True)
class Table:
    """A titled table; `columns` are names with their share of the width; `note` stands below it."""

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class NotaDinas:
    """One letter; `to` one addressee each."""

    letterhead: Letterhead
    title: str
    number: str
    to: tuple[str, ...]
    sender: str
    dated: str
    """ISO date."""
    subject: str
    basis: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...]
    signature: Signature


def draw(content: NotaDinas) -> bytes:
    """The letter; a long one goes on on further pages, the signature never stands alone."""
    pages = paginate(_blocks(content), PAPER.height, PAPER.height - _RUNNING)
    meta = Meta(f"{content.title} {content.number}", content.letterhead.name, content.subject)

    def running(number: int, total: int) -> Block:
        return running_head(f"{content.title} Nomor {content.number} · lanjutan", PAPER.width, _SMALL)

    def foot(number: int, total: int, page: Page) -> Block:
        return page_foot("", number, total, page, PAPER.width, _SMALL)

    return print_flow(PAPER, meta, pages, running, foot, _RUNNING)


def _blocks(content: NotaDinas) -> Iterator[Block]:
    yield kop(content.letterhead, PAPER.width)
    yield Space(12)
    yield text(content.title.upper(), PAPER.width, Style(12).bold.centered)
    if content.number:
        yield text(f"Nomor {content.number}", PAPER.width, _BODY.centered)
    yield Space(10)
    yield from _heading(content)
    yield stack(Space(5), rule(PAPER.width, 0.7, 0.7), Space(9))
    for paragraph in content.paragraphs:
        yield text(paragraph, PAPER.width, _BODY)
        yield Space(7)
    for table in content.tables:
        yield from _table(table)
    yield Whole(stack(Space(12), _signed(content)), PAPER.height / 2)


def _heading(content: NotaDinas) -> Iterator[Block]:
    room = PAPER.width - _LEAD - _BODY.size * 0.7 - 2
    to = [f"{n}. {name}" for n, name in enumerate(content.to, 1)] if len(content.to) > 1 else list(content.to)
    pairs: list[tuple[str, list[str], Style]] = [
        ("Kepada", to, _BODY),
        ("Dari", [content.sender], _BODY),
        ("Tanggal", [dates.written(content.dated)], _BODY),
        ("Hal", [content.subject], _BODY.bold),
        ("Dasar", [content.basis], _BODY),
    ]
    for label, lines, style in pairs:
        told = [text(line, room, style) for line in lines if line]
        if told:
            yield labelled(label, stack(*told), _LEAD, PAPER.width, _BODY)


def _table(table: Table) -> Iterator[Block]:
    yield Space(4)
    if table.columns:
        widths = [PAPER.width * share for _, share in table.columns]
        names = tuple(name for name, _ in table.columns)
        title = stack(text(table.title, PAPER.width, _BODY.bold), Space(3))
        counted = figures(table.rows)
        head = _row(names, widths, _CELL.bold, counted)
        told = table.rows or (("Tidak ada.", *("" for _ in names[1:])),)
        rows = tuple(_row(cells, widths, _CELL, counted) for cells in told)
        yield Heading(title, title.height + head.height + rows[0].height)
        yield Heading(Ruled(head, rows), head.height + rows[0].height)
    if table.note:
        yield stack(Space(3), text(table.note, PAPER.width, _SMALL))
    yield Space(6)


def _row(cells: tuple[str, ...], widths: list[float], style: Style, centered: Container[int] = ()) -> Row:
    looks = (style.centered if place in centered else style for place in range(len(cells)))
    told = zip(cells, widths, looks, strict=True)
    return Row(tuple(Cell(text(said, width - 2 * _PAD[0], look), width, _PAD, _FRAME) for said, width, look in told))


def _signed(content: NotaDinas) -> Row:
    indent = PAPER.width - _SIGNED_WIDTH
    dated = f"{content.letterhead.place}, {dates.written(content.dated)}" if content.letterhead.place else ""
    block = signature_block(content.signature, _SIGNED_WIDTH, _BODY, dated)
    return row((Stack(), indent), (block, _SIGNED_WIDTH))
