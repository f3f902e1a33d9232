"""The SOP Administrasi Pemerintahan (Permenpan RB 35/2012): the identity page, then the flow in five symbols.

F4 landscape, as offices bind it. The labels of the grid are the office's own, since they differ from place to place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.sheets import sop_flow
from forms.sheets.kit import Block, Cell, Row, Space, Stack, Style, row, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.parts import page_foot
from forms.sheets.press import Meta, Page, Press
from forms.sheets.signature import Signature, signature_block
from forms.sheets.sop_flow import PAPER, Flow

_BODY = Style(9.4, spread=1.32)
_SMALL = Style(7, spread=1.25)
_PAD = (6, 4.5)
_FRAME = 0.6
_LABEL_WIDTH = 110

LABELS = {
    "nomor": "Nomor SOP",
    "dibuat": "Tgl Pembuatan",
    "revisi": "Tgl Revisi",
    "efektif": "Tgl Efektif",
    "disahkan": "Disahkan Oleh",
    "nama": "Nama SOP",
    "dasar-hukum": "Dasar Hukum",
    "kualifikasi": "Kualifikasi Pelaksana",
    "keterkaitan": "Keterkaitan",
    "peralatan": "Peralatan / Perlengkapan",
    "peringatan": "Peringatan",
    "pencatatan": "Pencatatan dan Pendataan",
}
"""The words of the form in the order of the regulation; an office may have its own."""


@dataclass(frozen=True)
class Identity:
    """The grid of the first page. Dates are written as they are to be read; "-" where there is none."""

    number: str
    made: str
    revised: str
    effective: str
    title: str
    approved: Signature
    lists: Mapping[str, tuple[str, ...]]
    """dasar-hukum, kualifikasi, keterkaitan, peralatan, peringatan, pencatatan."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Where this office calls a field of LABELS something else."""

    def label(self, name: str) -> str:
        return self.labels.get(name, LABELS[name])


@dataclass(frozen=True)
class Sop:
    """The whole document."""

    letterhead: Letterhead
    identity: Identity
    flow: Flow
    footer: str = ""


def draw(content: Sop) -> bytes:
    """The identity page, then as many pages of flow as it needs."""
    press = Press(PAPER, Meta(f"SOP {content.identity.title}", content.letterhead.name))
    sheets = sop_flow.sheets(content.flow)
    total = len(sheets) + 1
    first = Page()
    first.put(_identity(content))
    for number, page in enumerate([first, *sheets], 1):
        foot = page_foot(content.footer, number, total, page, PAPER.width, _SMALL, of_one=True)
        press.page(page, 0, [(PAPER.bottom - 8, foot)])
    return press.done()


# --- the identity page ---


def _identity(content: Sop) -> Block:
    known, half = content.identity, PAPER.width / 2
    return stack(
        _head(content, half),
        *(
            _pair(known, left, right, half)
            for left, right in (
                ("dasar-hukum", "kualifikasi"),
                ("keterkaitan", "peralatan"),
                ("peringatan", "pencatatan"),
            )
        ),
    )


def _head(content: Sop, half: float) -> Row:
    """The office on the left, over all the rows that stand on the right."""
    known = content.identity
    facts: list[tuple[str, Block]] = [
        (known.label("nomor"), text(known.number, _fact(half), _BODY)),
        (known.label("dibuat"), text(known.made, _fact(half), _BODY)),
        (known.label("revisi"), text(known.revised, _fact(half), _BODY)),
        (known.label("efektif"), text(known.effective, _fact(half), _BODY)),
        (known.label("disahkan"), signature_block(known.approved, _fact(half), _BODY.centered)),
        (known.label("nama"), text(known.title, _fact(half), _BODY.bold)),
    ]
    right = stack(*(_fact_row(label, block, half) for label, block in facts))
    office = kop(Letterhead(content.letterhead.lines, (), "", content.letterhead.logo), half - 24, 0.82, ruled=False)
    above = max((right.height - office.height) / 2, 8)
    left = stack(Space(above), office)
    return Row((Cell(left, half, (12, 0), _FRAME), Cell(right, half, (0, 0), _FRAME)))


def _fact(half: float) -> float:
    return half - _LABEL_WIDTH - 2 * _PAD[0]


def _fact_row(label: str, block: Block, half: float) -> Row:
    name = text(label, _LABEL_WIDTH - 2 * _PAD[0], _BODY)
    return row((name, _LABEL_WIDTH), (block, half - _LABEL_WIDTH), pad=_PAD, frame=_FRAME)


def _pair(known: Identity, left: str, right: str, half: float) -> Stack:
    heads = [text(known.label(name), half - 2 * _PAD[0], _BODY.bold) for name in (left, right)]
    lists = [_listed(known.lists.get(name, ()), half - 2 * _PAD[0]) for name in (left, right)]
    return stack(
        row((heads[0], half), (heads[1], half), pad=_PAD, frame=_FRAME),
        Row(tuple(Cell(found, half, _PAD, _FRAME) for found in lists), least=44),
    )


def _listed(items: Sequence[str], width: float) -> Block:
    """One item as a sentence, several as a numbered list."""
    if len(items) <= 1:
        return text(items[0] if items else "-", width, _BODY)
    return stack(
        *(
            row((text(f"{n}.", 16, _BODY), 18), (text(item, width - 18, _BODY), width - 18))
            for n, item in enumerate(items, 1)
        )
    )
