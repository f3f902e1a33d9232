"""Blocks onto pages, pages into PDF bytes: reproducible, titled, only embedded fonts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from forms.sheets.fonts import REGULAR, clean
from forms.sheets.kit import Block, Space

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)
A5 = (148 * MM, 210 * MM)


@dataclass(frozen=True)
class Paper:
    """A paper size and its margins (left, top, right, bottom)."""

    size: tuple[float, float]
    margins: tuple[float, float, float, float]

    @property
    def width(self) -> float:
        """Width between the margins."""
        return self.size[0] - self.margins[0] - self.margins[2]

    @property
    def height(self) -> float:
        """Height between the margins."""
        return self.size[1] - self.margins[1] - self.margins[3]

    @property
    def left(self) -> float:
        return self.margins[0]

    @property
    def top(self) -> float:
        return self.size[1] - self.margins[1]

    @property
    def bottom(self) -> float:
        return self.margins[3]


@dataclass
class Page:
    """Blocks with their distance from the top; `goes_on` when its text goes on on the next page."""

    placed: list[tuple[float, Block]] = field(default_factory=list)
    goes_on: bool = False
    used: float = 0.0

    def put(self, block: Block) -> None:
        self.placed.append((self.used, block))
        self.used += block.height


def paginate(blocks: Iterable[Block], first: float, rest: float, last: Block | None = None) -> list[Page]:
    """Blocks set onto pages of height `first`, then `rest`; `last` stands at the foot of the last page."""
    pages = [Page()]
    for block in blocks:
        _place(block, pages, first, rest)
    if last is not None:
        _place_at_foot(last, pages, first, rest)
    return pages


def _place(block: Block | None, pages: list[Page], first: float, rest: float) -> None:
    while block is not None:
        page = pages[-1]
        if not page.placed and len(pages) > 1 and isinstance(block, Space):
            return
        head, tail = block.cut((first if len(pages) == 1 else rest) - page.used)
        if head is None and tail is not None and not page.placed:
            head, tail = tail, None
        if head is not None:
            page.put(head)
        if tail is not None:
            page.goes_on = True
            pages.append(Page())
        block = tail


def _place_at_foot(block: Block, pages: list[Page], first: float, rest: float) -> None:
    room = first if len(pages) == 1 else rest
    if pages[-1].placed and pages[-1].used + block.height > room:
        pages[-1].goes_on = True
        pages.append(Page())
        room = rest
    pages[-1].used = max(pages[-1].used, room - block.height)
    pages[-1].put(block)


@dataclass(frozen=True)
class Meta:
    """What a PDF viewer shows about the document."""

    title: str
    author: str
    subject: str = ""


class Press:
    """One PDF being printed."""

    def __init__(self, paper: Paper, meta: Meta) -> None:
        self.paper = paper
        self._bytes = BytesIO()
        self.pen = Canvas(self._bytes, pagesize=paper.size, invariant=1, initialFontName=REGULAR, lang="id")
        self.pen.setTitle(clean(meta.title))
        self.pen.setAuthor(clean(meta.author))
        self.pen.setSubject(clean(meta.subject or meta.title))
        self.pen.setCreator("Disposisi")

    def page(self, page: Page, drop: float = 0, furniture: Sequence[tuple[float, Block]] = ()) -> None:
        """Print one page; its blocks begin `drop` below the top margin.

        `furniture` are (y of the upper edge, block) outside the flow: running heads and feet.
        """
        for offset, block in page.placed:
            block.draw(self.pen, self.paper.left, self.paper.top - drop - offset)
        for top, block in furniture:
            block.draw(self.pen, self.paper.left, top)
        self.pen.showPage()

    def done(self) -> bytes:
        self.pen.save()
        return self._bytes.getvalue()


def print_flow(
    paper: Paper,
    meta: Meta,
    pages: Sequence[Page],
    running: Callable[[int, int], Block | None],
    foot: Callable[[int, int, Page], Block | None],
    drop: float,
) -> bytes:
    """Print pages: `running(number, total)` heads all but the first, `foot` stands below all."""
    press = Press(paper, meta)
    for number, page in enumerate(pages, 1):
        head = running(number, len(pages)) if number > 1 else None
        below = foot(number, len(pages), page)
        furniture = [(paper.top, head)] if head else []
        if below is not None:
            furniture.append((paper.bottom - 6, below))
        press.page(page, drop if head else 0, furniture)
    return press.done()
