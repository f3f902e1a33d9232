"""The laporan tindak lanjut of one alat kelengkapan DPRD about one case, A4."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms import dates
from forms.sheets.kit import Block, Heading, Row, Space, Stack, Style, Whole, labelled, row, stack, text
from forms.sheets.letterhead import Letterhead, kop
from forms.sheets.parts import page_foot, running_head, verification
from forms.sheets.press import A4, MM, Meta, Page, Paper, paginate, print_flow
from forms.sheets.signature import Signature, signature_block

PAPER = Paper(A4, (22 * MM, 15 * MM, 20 * MM, 18 * MM))

_BODY = Style(9.6, spread=1.38)
_SMALL = Style(7.6, spread=1.3)
_RUNNING = 24
_LABEL = 108
_SIGNED_WIDTH = 215
_PAD = (6, 4.5)
_FRAME = 0.5


@dataclass(frozen=True)
class Person:
    """Someone named in the report: `role` ("Ketua Komisi I"), name, NIP if there is one."""

    role: str
    name: str
    nip: str = ""


@dataclass(frozen=True)
class FollowUp:
    """One report: when it was entered and by whom, form of follow-up, day it was held, what happened."""

    at_ms: int
    author: str
    form: str
    held_on: str
    """ISO date, or empty."""
    text: str


@dataclass(frozen=True)
class LaporanTindakLanjut:
    """What the AKD did, first report to last; `state` ("Selesai", "Masih berjalan") as text."""

    letterhead: Letterhead
    code: str
    verify_url: str
    akd: str
    case_number: str
    agenda_number: str
    received_ms: int
    subject: str
    disposition: str
    """Who disposed when and with which instructions, as text."""
    disposed_ms: int | None
    plan: str
    reports: tuple[FollowUp, ...]
    state: str
    chair: Person
    companion: Person
    """The pendamping who acts for the AKD."""
    signature: Signature | None
    signed_ms: int | None = None
    """The date printed above the signature; None leaves it open."""
    zone: str = "Asia/Jakarta"


def draw(content: LaporanTindakLanjut) -> bytes:
    """The report, as many pages as its follow-ups need."""
    last = verification(content.code, content.verify_url, "", PAPER.width, 56, _SMALL)
    pages = paginate(_blocks(content), PAPER.height, PAPER.height - _RUNNING, last)
    title = f"Laporan Tindak Lanjut {content.akd} {content.case_number}"
    meta = Meta(title, content.letterhead.name, content.subject)

    def running(number: int, total: int) -> Block:
        words = f"LAPORAN TINDAK LANJUT · {content.akd} · {content.case_number} · lanjutan"
        return running_head(words, PAPER.width, _SMALL)

    def foot(number: int, total: int, page: Page) -> Block:
        return page_foot("", number, total, page, PAPER.width, _SMALL)

    return print_flow(PAPER, meta, pages, running, foot, _RUNNING)


def _blocks(content: LaporanTindakLanjut) -> Iterator[Block]:
    yield kop(content.letterhead, PAPER.width)
    yield Space(12)
    yield text("LAPORAN TINDAK LANJUT", PAPER.width, Style(13).bold.centered)
    yield text("ASPIRASI/PENGADUAN MASYARAKAT", PAPER.width, Style(10.5).bold.centered)
    yield text(content.akd, PAPER.width, Style(10.5).centered)
    yield Space(12)
    yield from _part("A. Pengaduan")
    yield from _facts(_case(content))
    yield from _part("B. Rencana tindak lanjut")
    yield text(content.plan or "-", PAPER.width, _BODY)
    yield from _part("C. Pelaksanaan")
    yield from _reports(content)
    yield from _part("D. Keadaan")
    yield text(content.state, PAPER.width, _BODY)
    yield Space(18)
    yield Whole(_signed(content), PAPER.height / 2)
    yield Space(12)


def _part(title: str) -> Iterator[Block]:
    yield Space(9)
    yield Heading(text(title, PAPER.width, _BODY.bold), 5 * _BODY.leading)
    yield Space(3)


def _case(content: LaporanTindakLanjut) -> Iterator[tuple[str, str]]:
    zone, disposed = content.zone, content.disposed_ms
    yield "Nomor pengaduan", content.case_number
    yield "Nomor agenda", content.agenda_number
    yield "Diterima", dates.moment(content.received_ms, zone)
    yield "Hal", content.subject
    yield "Disposisi", content.disposition or "-"
    yield "Tanggal disposisi", "-" if disposed is None else dates.moment(disposed, zone)
    yield content.chair.role, _named(content.chair)
    yield content.companion.role, _named(content.companion)


def _named(person: Person) -> str:
    return f"{person.name}, NIP {person.nip}" if person.nip else person.name


def _facts(pairs: Iterator[tuple[str, str]]) -> Iterator[Block]:
    room = PAPER.width - _LABEL - _BODY.size * 0.7
    for label, content in pairs:
        yield labelled(label, text(content, room, _BODY), _LABEL, PAPER.width, _BODY)


def _reports(content: LaporanTindakLanjut) -> Iterator[Block]:
    if not content.reports:
        yield text("Belum ada laporan pelaksanaan.", PAPER.width, _BODY.italic)
    for number, report in enumerate(content.reports, 1):
        yield _report(number, report, content.zone)


def _report(number: int, report: FollowUp, zone: str) -> Row:
    """One report in a frame: form and day on top, what happened, who entered it when."""
    width = PAPER.width - 2 * _PAD[0]
    held = dates.written_long(report.held_on)
    heading = f"{number}. {report.form}" + (f", {held}" if held else "")
    entered = f"Dilaporkan {dates.moment(report.at_ms, zone)} oleh {report.author}"
    body = stack(
        text(heading, width, _BODY.bold),
        text(report.text, width, _BODY),
        Space(2),
        text(entered, width, _SMALL.italic),
    )
    return row((body, PAPER.width), pad=_PAD, frame=_FRAME)


def _signed(content: LaporanTindakLanjut) -> Stack:
    """The signature, or the chair's empty place to sign by hand."""
    indent = PAPER.width - _SIGNED_WIDTH
    signature = content.signature or Signature((f"{content.chair.role},",), content.chair.name, nip=content.chair.nip)
    day = "…………………" if content.signed_ms is None else dates.day(content.signed_ms, content.zone)
    dated = f"{content.letterhead.place}, {day}"
    block = signature_block(signature, _SIGNED_WIDTH, _BODY, dated)
    return stack(row((Stack(), indent), (block, _SIGNED_WIDTH)))
