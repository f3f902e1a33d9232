"""The execution form of a SOP for one case: the SOP's table, filled with who did what when and in how many minutes."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms import dates
from forms.sheets.kit import Block, Cell, Heading, Row, Space, Stack, Style, Whole, labelled, row, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.parts import page_foot, verification
from forms.sheets.press import A4_LANDSCAPE, MM, Meta, Page, Paper, Press, paginate

PAPER = Paper(A4_LANDSCAPE, (12 * MM, 11 * MM, 12 * MM, 13 * MM))

_BODY = Style(7, spread=1.24)
_HEADING = Style(7, spread=1.24).bold.centered
_SMALL = Style(7.4, spread=1.3)
_PAD = (3, 2.4)
_FRAME = 0.4

COLUMNS = (
    ("No.", 0.025),
    ("Kegiatan", 0.165),
    ("Pelaksana", 0.085),
    ("Kelengkapan", 0.105),
    ("Waktu", 0.055),
    ("Output", 0.095),
    ("Mulai", 0.085),
    ("Selesai", 0.085),
    ("Dilaksanakan oleh", 0.13),
    ("Menit kerja", 0.05),
    ("Status", 0.12),
)
"""Columns and their share of the width; the first six are the SOP's, the others what happened."""
STANDARD = 6


@dataclass(frozen=True)
class Run:
    """One execution of a row; `label` tells several apart ("ke-2", "Komisi I"); instants None where not yet."""

    label: str
    started_ms: int | None
    done_ms: int | None
    by: str
    minutes: int | None
    status: str
    late: bool = False


@dataclass(frozen=True)
class Step:
    """A row of the SOP in its own words, and its executions; none where the case did not come to it."""

    number: str
    activity: str
    actor: str
    documents: str
    limit: str
    output: str
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class FormulirSop:
    """The form of one case. `outside` are executed steps that are no row of the SOP."""

    letterhead: Letterhead
    title: str
    sop_number: str
    case_number: str
    subject: str
    received_ms: int
    closed_ms: int | None
    steps: tuple[Step, ...]
    standard_minutes: int
    worked_minutes: int
    printed_ms: int
    code: str = ""
    verify_url: str = ""
    zone: str = "Asia/Jakarta"


def draw(content: FormulirSop) -> bytes:
    """The form, its column heads on every page."""
    heads = _column_heads()
    title = f"Formulir Pelaksanaan SOP · {content.case_number}"
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


def _opening(content: FormulirSop) -> Iterator[Block]:
    zone, half = content.zone, PAPER.width / 2
    yield kop(content.letterhead, PAPER.width, 0.85)
    yield Space(6)
    yield text("FORMULIR PELAKSANAAN SOP", PAPER.width, Style(12).bold.centered)
    yield text(content.title, PAPER.width, Style(9.5).centered)
    yield Space(5)
    ended = "masih berjalan" if content.closed_ms is None else dates.moment(content.closed_ms, zone)
    left = (("Nomor SOP", content.sop_number), ("Nomor laporan", content.case_number), ("Perihal", content.subject))
    right = (("Diterima", dates.moment(content.received_ms, zone)), ("Selesai", ended))
    yield row((_facts(left, half), half), (_facts(right, half), half))
    yield Space(5)


def _facts(pairs: tuple[tuple[str, str], ...], width: float) -> Stack:
    return stack(*(labelled(name, text(value or "-", width - 80, _SMALL), 70, width, _SMALL) for name, value in pairs))


def _column_heads() -> Stack:
    shares = [share for _, share in COLUMNS]
    groups = (("", shares[:3]), ("Mutu baku", shares[3:STANDARD]), ("Pelaksanaan", shares[STANDARD:]))
    above = Row(tuple(_cell(name, sum(part), _HEADING) for name, part in groups))
    return stack(above, Row(tuple(_cell(name, share, _HEADING) for name, share in COLUMNS)))


def _cell(content: str, share: float, style: Style) -> Cell:
    width = PAPER.width * share
    return Cell(text(content, width - 2 * _PAD[0], style), width, _PAD, _FRAME)


def _blocks(content: FormulirSop) -> Iterator[Block]:
    untouched = "belum sampai" if content.closed_ms is None else "tidak dilalui"
    for step in content.steps:
        yield from _rows(step, content.zone, untouched)
    yield Row(
        (
            _cell("Jumlah", 0.38, _BODY.bold),
            _cell(_minutes(content.standard_minutes), 0.055, _BODY.bold),
            *_sum(content),
        )
    )
    yield Space(8)
    yield Heading(Whole(_closing(content), PAPER.height / 2), 60)


def _sum(content: FormulirSop) -> Iterator[Cell]:
    yield _cell("", 0.395, _BODY)
    yield _cell(str(content.worked_minutes), 0.05, _BODY.bold)
    yield _cell("", 0.12, _BODY)


def _minutes(minutes: int) -> str:
    return f"{minutes} menit" if minutes else "-"


def _rows(step: Step, zone: str, untouched: str) -> Iterator[Block]:
    """A row of the SOP; further executions stand below the first, the SOP's words once; without one: `untouched`."""
    standard = (step.number, step.activity, step.actor, step.documents, step.limit, step.output)
    none = Run("", None, None, "-", None, untouched)
    for place, run in enumerate(step.runs or (none,)):
        words = standard if place == 0 else (step.number, *("" for _ in standard[1:]))
        yield Whole(Row(tuple(_run_cells(words, run, zone))), PAPER.height / 2)


def _run_cells(standard: tuple[str, ...], run: Run, zone: str) -> Iterator[Cell]:
    happened = (
        _instant(run.started_ms, zone),
        _instant(run.done_ms, zone),
        f"{run.by}\n({run.label})" if run.label else run.by,
        "-" if run.minutes is None else str(run.minutes),
        run.status,
    )
    for (_name, share), words in zip(COLUMNS, (*standard, *happened), strict=True):
        style = _BODY.bold if words == run.status and run.late else _BODY
        yield _cell(words, share, style)


def _instant(ms: int | None, zone: str) -> str:
    return "-" if ms is None else f"{dates.short_day(ms, zone)}\n{dates.clock(ms, zone)}"


def _closing(content: FormulirSop) -> Block:
    words = (
        "Menit kerja dihitung sejak tugas dibuka sampai selesai, dalam jam kerja kantor; istirahat, malam, dan hari"
        f" libur tidak dihitung. Diisi dari jurnal, sampai {dates.moment(content.printed_ms, content.zone)}."
    )
    if not content.verify_url:
        return text(words, PAPER.width, _SMALL)
    return verification(content.code, content.verify_url, words, PAPER.width, 48, _SMALL)


def _foot(content: FormulirSop, number: int, total: int, page: Page) -> Block:
    label = f"Formulir Pelaksanaan SOP · {content.case_number}"
    return page_foot(label, number, total, page, PAPER.width, _SMALL.at(6.4), of_one=True)
