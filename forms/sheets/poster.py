"""The A4 poster that asks people to report: big QR, four steps in plain words, contacts."""

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from forms.sheets.fonts import BOLD
from forms.sheets.kit import Block, Drawn, Row, Space, Stack, Style, Whole, row, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.press import A4, MM, Meta, Page, Paper, paginate, print_flow
from forms.sheets.qr import qr

PAPER = Paper(A4, (18 * MM, 14 * MM, 18 * MM, 14 * MM))

_STEP = Style(13.5, spread=1.32)
_QR = 272
_BADGE = 34


@dataclass(frozen=True)
class Step:
    """One numbered step: a short title and one sentence."""

    title: str
    text: str


@dataclass(frozen=True)
class Contact:
    """One way to reach the office: `kind` ("WhatsApp"), `text` ("0857 4674 1281")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Poster:
    """The poster; `url` is what the QR opens and what is printed under it."""

    letterhead: Letterhead
    name: str
    """Short name, e.g. SIAPMAS."""
    meaning: str
    """The name written out."""
    call: str
    """The question people stop at: Punya aspirasi atau pengaduan?"""
    url: str
    steps: tuple[Step, ...]
    contacts: tuple[Contact, ...]
    note: str = ""


def draw(content: Poster) -> bytes:
    """The poster; unusually long words spill onto a second page instead of vanishing."""
    pages = paginate(_blocks(content), PAPER.height, PAPER.height, _contacts(content))
    meta = Meta(f"{content.name}: {content.call}", content.letterhead.name)

    def nothing(number: int, total: int, page: Page | None = None) -> Block | None:
        return None

    return print_flow(PAPER, meta, pages, nothing, nothing, 0)


def _blocks(content: Poster) -> Iterator[Block]:
    width = PAPER.width
    yield kop(content.letterhead, width)
    yield Space(16)
    yield text(content.call, width, Style(22, spread=1.15).bold.centered)
    yield Space(4)
    yield text(content.name, width, Style(44, spread=1.1).bold.centered)
    yield text(content.meaning, width, Style(12.5).centered)
    yield Space(8)
    yield _code(content)
    yield Space(20)
    yield from _steps(content)
    yield Space(8)


def _code(content: Poster) -> Stack:
    side = (PAPER.width - _QR) / 2
    return stack(
        row((Stack(), side), (qr(content.url, _QR), _QR)),
        text("Pindai dengan kamera ponsel, atau buka", PAPER.width, Style(10.5).centered),
        text(content.url, PAPER.width, Style(14).bold.centered),
    )


def _steps(content: Poster) -> Iterator[Block]:
    """Two beside each other, read from left to right."""
    half = PAPER.width / 2
    numbered = list(enumerate(content.steps, 1))
    for index in range(0, len(numbered), 2):
        pair = [(_step(number, step, half - 10), half) for number, step in numbered[index : index + 2]]
        yield Whole(row(*pair), PAPER.height / 2)
        yield Space(16)


def _step(number: int, step: Step, width: float) -> Row:
    room = width - _BADGE - 9
    words = stack(text(step.title, room, _STEP.bold), text(step.text, room, _STEP.at(12)))
    return row((_badge(number), _BADGE + 9), (words, room))


def _badge(number: int) -> Drawn:
    """The step's number, white in a black disc."""

    def paint(pen: Canvas, x: float, top: float) -> None:
        middle = x + _BADGE / 2
        pen.circle(middle, top - _BADGE / 2 - 1, _BADGE / 2, stroke=0, fill=1)
        pen.setFillGray(1)
        pen.setFont(BOLD, 18)
        pen.drawCentredString(middle, top - _BADGE / 2 - 7.5, str(number))
        pen.setFillGray(0)

    return Drawn(_BADGE + 2, paint)


def _contacts(content: Poster) -> Block:
    width = PAPER.width - 24
    style = Style(12, spread=1.35).centered
    ways = "   ·   ".join(f"{contact.kind}: {contact.text}" for contact in content.contacts)
    words = stack(
        text(ways, width, style.bold),
        text(content.note, width, style.at(10.5)) if content.note else None,
    )
    return row((words, PAPER.width), pad=(12, 8), frame=0.9)
