"""Parts that several papers share: running head and foot, the QR with its code, which columns hold figures."""

import re
from collections.abc import Sequence

from forms.sheets.kit import Block, Row, Space, Stack, Style, row, rule, stack, text
from forms.sheets.press import Page
from forms.sheets.qr import qr


def running_head(left: str, width: float, style: Style) -> Stack:
    """What a continuing page is a page of, over a thin rule."""
    return stack(text(left, width, style.bold), Space(2), rule(width), Space(6))


def page_foot(
    label: str,
    number: int,
    total: int,
    page: Page,
    width: float,
    style: Style,
    of_one: bool = False,
) -> Row:
    """Label, "bersambung" and "Halaman x dari y" on one line; `of_one` counts a single page too."""
    third = width / 3
    counted = f"Halaman {number} dari {total}" if total > 1 or of_one else ""
    going = "bersambung ke halaman berikut" if page.goes_on else ""
    return row(
        (text(label, third, style), third),
        (text(going, third, style.italic.centered), third),
        (text(counted, third, Style(style.size, align="right")), third),
    )


def verification(code: str, url: str, footer: str, width: float, edge: float, style: Style) -> Row:
    """The QR to the verification page, the code under it, beside it what to do and the footer note."""
    words = f"Keaslian dan isi lembar ini dapat diperiksa dengan memindai kode QR atau membuka {url}"
    beside = width - edge - 14
    return row(
        (stack(qr(url, edge), text(code, edge, style.bold.centered)), edge + 14),
        (_notes(words, footer, beside, style), beside),
    )


def _notes(words: str, footer: str, width: float, style: Style) -> Block:
    return stack(
        Space(style.size),
        text(words, width, style),
        Space(2) if footer else None,
        text(footer, width, style.italic) if footer else None,
    )


_FIGURE = re.compile(r"\d{1,6}(,\d+)?( \(\d+\))?( [/→] \d{1,6})?", re.ASCII)


def figures(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """The columns that hold nothing but figures, which stand in the middle of their cells; "-": there is none."""
    columns = list(zip(*rows, strict=True))
    said = ((place, {cell for cell in cells if cell not in ("", "-")}) for place, cells in enumerate(columns))
    return frozenset(place for place, cells in said if cells and all(_FIGURE.fullmatch(cell) for cell in cells))
