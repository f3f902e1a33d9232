"""A book or list of the office as a table, A4 landscape: its column heads on every page, a closing at the end."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from forms.sheets.kit import Block, Cell, Row, Space, Stack, Style, Whole, row, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.parts import figures, page_foot
from forms.sheets.press import A4_LANDSCAPE, MM, Meta, Page, Paper, Press, paginate
from forms.sheets.signature import Signature, signature_block

PAPER = Paper(A4_LANDSCAPE, (12 * MM, 11 * MM, 12 * MM, 13 * MM))

_BODY = Style(7.2, spread=1.24)
_HEADING = Style(7.2, spread=1.24).bold.centered
_SMALL = Style(7, spread=1.25)
_PAD = (3, 2.4)
_FRAME = 0.4

Columns = Sequence[tuple[str, float]]
"""Names and their share of the width; the shares make 1."""


@dataclass(frozen=True)
class Register:
    """A titled table. A row that a page's end cuts says its first cell again with "(lanjutan)"."""

    letterhead: Letterhead
    title: str
    subtitle: str
    columns: Columns
    rows: tuple[tuple[str, ...], ...]
    empty: str
    closing: tuple[str, ...]
    """Lines below the table; the first is bold."""
    foot: str = ""
    """As "Dicetak 10-04-2026 16.25 WIB oleh Wulan Sari"."""
    signature: Signature | None = None
    """Whoever signs below the closing, where the paper is signed."""
    dated: str = ""
    """Place and day above the signature."""
    lead: str = ""
    """A sentence above the table, where the paper is more than its list."""
    summed: bool = False
    """The last row is the sum of the others: it is set bold, and never stands alone on a page."""


def draw(content: Register) -> bytes:
    """The table as PDF."""
    heads = _column_heads(content)
    title = f"{content.title} · {content.subtitle}" if content.subtitle else content.title
    running = stack(text(title, PAPER.width, _SMALL.bold), Space(3))
    drop = running.height + heads.height
    first = stack(*_opening(content))
    pages = paginate(_blocks(content), PAPER.height - first.height - heads.height, PAPER.height - drop)
    press = Press(PAPER, Meta(title, content.letterhead.name))
    for number, page in enumerate(pages, 1):
        above = stack(first if number == 1 else running, heads)
        press.page(page, above.height, [(PAPER.top, above), (PAPER.bottom - 6, _foot(content, number, pages, page))])
    return press.done()


def _opening(content: Register) -> Iterator[Block]:
    yield kop(content.letterhead, PAPER.width, 0.85)
    yield Space(7)
    yield text(content.title.upper(), PAPER.width, Style(12).bold.centered)
    if content.subtitle:
        yield text(content.subtitle.upper(), PAPER.width, Style(10).bold.centered)
    yield Space(6)
    if content.lead:
        yield text(content.lead, PAPER.width, Style(8.4, spread=1.35))
        yield Space(6)


def _column_heads(content: Register) -> Stack:
    names = [name for name, _ in content.columns]
    ordinals = [str(number) for number in range(1, len(names) + 1)]
    return stack(_cells(content, names, _HEADING), _cells(content, ordinals, _BODY.centered.at(6.2)))


def _cells(content: Register, texts: Sequence[str], style: Style, centered: Container[int] = ()) -> Row:
    shares = [share for _, share in content.columns]
    styles = [style.centered if place in centered else style for place in range(len(shares))]
    return Row(
        tuple(
            Cell(_cell(said, share, look), PAPER.width * share, _PAD, _FRAME)
            for said, share, look in zip(texts, shares, styles, strict=True)
        )
    )


def _cell(said: str, share: float, style: Style) -> Block:
    return text(said, PAPER.width * share - 2 * _PAD[0], style)


def _blocks(content: Register) -> Iterator[Block]:
    limit, centered = PAPER.height / 2, figures(content.rows)
    rows = [_entry(content, entry, _BODY, centered) for entry in content.rows]
    if content.summed and len(rows) > 1:
        rows[-2:] = [stack(rows[-2], _entry(content, content.rows[-1], _BODY.bold, centered))]
    yield from (Whole(entry, limit) for entry in rows)
    if not content.rows:
        words = text(content.empty, PAPER.width - 2 * _PAD[0], _BODY.italic.centered)
        yield row((words, PAPER.width), pad=_PAD, frame=_FRAME)
    yield Space(8)
    signed = _signed(content.signature, content.dated) if content.signature else None
    yield Whole(stack(_closing(content.closing), signed), limit)


def _entry(content: Register, entry: tuple[str, ...], style: Style, centered: Container[int]) -> Block:
    resumed = _cell(f"{entry[0]} (lanjutan)", content.columns[0][1], style)
    return Row(_cells(content, entry, style, centered).cells, resumed=resumed)


def _signed(signature: Signature, dated: str) -> Stack:
    left = PAPER.width * 0.62
    block = signature_block(signature, PAPER.width - left, Style(8), dated)
    return stack(Space(10), row((text("", left, _SMALL), left), (block, PAPER.width - left)))


def _closing(lines: Sequence[str]) -> Stack:
    styles = [_SMALL.bold, *([_SMALL] * len(lines))]
    return stack(*(text(line, PAPER.width, style) for line, style in zip(lines, styles, strict=False)))


def _foot(content: Register, number: int, pages: Sequence[Page], page: Page) -> Row:
    return page_foot(content.foot, number, len(pages), page, PAPER.width, _SMALL.at(6.6), of_one=True)
