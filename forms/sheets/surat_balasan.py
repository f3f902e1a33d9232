"""The surat balasan to the reporter, A4, as Tata Naskah Dinas lays out a surat dinas."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms import dates
from forms.sheets.kit import Block, Cell, Row, Space, Stack, Style, Whole, labelled, row, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.parts import page_foot, running_head, verification
from forms.sheets.press import A4, MM, Meta, Page, Paper, paginate, print_flow
from forms.sheets.signature import Signature, signature_block

PAPER = Paper(A4, (25 * MM, 15 * MM, 22 * MM, 18 * MM))

_BODY = Style(10.5, spread=1.42)
_SMALL = Style(7.6, spread=1.3)
_RUNNING = 24
_DATE_WIDTH = 150
_SIGNED_WIDTH = 220


@dataclass(frozen=True)
class SuratBalasan:
    """The letter. `to` are the lines after "Yth." ("Sdr. Siti Aminah", "di Mojorejo")."""

    letterhead: Letterhead
    number: str
    urgency: str
    """The line "Sifat"."""
    attachments: str
    """The line "Lampiran": "-" or "1 (satu) berkas"."""
    subject: str
    dated: str
    """ISO date, or empty for a letter not yet dated."""
    to: tuple[str, ...]
    paragraphs: tuple[str, ...]
    signature: Signature
    copies: tuple[str, ...] = ()
    """Tembusan, one addressee each."""
    code: str = ""
    verify_url: str = ""
    """Empty leaves the QR out."""
    footer: str = ""
    called: str = "Surat Balasan"
    """What the document is called where a reader shows its title."""


def draw(content: SuratBalasan) -> bytes:
    """The letter; a long one goes on on further pages, the signature never stands alone."""
    pages = paginate(_blocks(content), PAPER.height, PAPER.height - _RUNNING, _last(content))
    meta = Meta(f"{content.called} {content.number}", content.letterhead.name, content.subject)

    def running(number: int, total: int) -> Block:
        return running_head(f"Surat Nomor {content.number} · lanjutan", PAPER.width, _SMALL)

    def foot(number: int, total: int, page: Page) -> Block:
        return page_foot("", number, total, page, PAPER.width, _SMALL)

    return print_flow(PAPER, meta, pages, running, foot, _RUNNING)


def _last(content: SuratBalasan) -> Block | None:
    if not content.verify_url:
        return text(content.footer, PAPER.width, _SMALL.italic) if content.footer else None
    return verification(content.code, content.verify_url, content.footer, PAPER.width, 56, _SMALL)


def _blocks(content: SuratBalasan) -> Iterator[Block]:
    yield kop(content.letterhead, PAPER.width)
    yield Space(14)
    yield _reference(content)
    yield Space(14)
    yield _addressee(content)
    yield Space(14)
    yield from _paragraphs(content)
    yield from _copies(content)


def _reference(content: SuratBalasan) -> Row:
    """Nomor, Sifat, Lampiran, Hal on the left; place and date on the right."""
    width = PAPER.width - _DATE_WIDTH
    room = width - 58 - _BODY.size * 0.7 - 12
    pairs = (
        ("Nomor", content.number or "…………………", _BODY),
        ("Sifat", content.urgency, _BODY),
        ("Lampiran", content.attachments or "-", _BODY),
        ("Hal", content.subject, _BODY.bold),
    )
    lines = [labelled(k, text(v, room, style), 58, width, _BODY) for k, v, style in pairs]
    when = dates.written(content.dated) or "…………………"
    dated = text(f"{content.letterhead.place}, {when}", _DATE_WIDTH, _BODY)
    return row((stack(*lines), width), (dated, _DATE_WIDTH))


def _addressee(content: SuratBalasan) -> Row:
    lead = 27.0
    lines = [text(line, PAPER.width - lead, _BODY) for line in content.to]
    return row((text("Yth.", lead, _BODY), lead), (stack(*lines), PAPER.width - lead))


def _paragraphs(content: SuratBalasan) -> Iterator[Block]:
    """The text; its last paragraph stays with the signature."""
    paragraphs = [text(part, PAPER.width, _BODY) for part in content.paragraphs]
    for paragraph in paragraphs[:-1]:
        yield paragraph
        yield Space(8)
    parting = stack(paragraphs[-1], Space(20)) if paragraphs else None
    yield Whole(stack(parting, _signed(content)), PAPER.height / 2)


def _signed(content: SuratBalasan) -> Row:
    indent = PAPER.width - _SIGNED_WIDTH
    block = signature_block(content.signature, _SIGNED_WIDTH, _BODY)
    return row((Stack(), indent), (block, _SIGNED_WIDTH))


def _copies(content: SuratBalasan) -> Iterator[Block]:
    if not content.copies:
        return
    yield Space(16)
    style = _BODY.at(9)
    lead = 16.0
    lines = [
        Row((Cell(text(f"{n}.", lead, style), lead), Cell(text(copy, PAPER.width - lead, style), PAPER.width - lead)))
        for n, copy in enumerate(content.copies, 1)
    ]
    yield stack(text("Tembusan:", PAPER.width, style), *lines)
    yield Space(10)
