"""The buku agenda surat masuk of one book and year, A4 landscape, closed with the seal of the journal."""

from dataclasses import dataclass

from forms import dates
from forms.sheets import register
from forms.sheets.letterhead import Letterhead
from forms.sheets.register import Register

COLUMNS = (
    ("No. Agenda", 0.07),
    ("Tanggal Terima", 0.075),
    ("Asal Surat", 0.125),
    ("Tanggal Surat", 0.07),
    ("Nomor Surat", 0.105),
    ("Isi Ringkas / Perihal", 0.205),
    ("Lampiran", 0.07),
    ("Diteruskan ke", 0.09),
    ("Disposisi", 0.105),
    ("Keterangan", 0.085),
)
"""Columns and their share of the width."""


@dataclass(frozen=True)
class AgendaRow:
    """One entry; reports withdrawn or not carried on stay in the book and say so in `remark`."""

    number: str
    received_ms: int
    sender: str
    letter_date: str
    """ISO date, or empty."""
    letter_number: str
    subject: str
    attachments: str = ""
    forwarded_to: str = ""
    disposition: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Seal:
    """A seal of the journal: `number` of the seal, Merkle `root` (hex), when, over how many entries."""

    number: int
    root: str
    sealed_ms: int
    entries: int | None = None


@dataclass(frozen=True)
class BukuAgenda:
    """The book `title` ("Buku Agenda Surat Masuk Sekretariat DPRD") of `year`, rows in order of number."""

    letterhead: Letterhead
    title: str
    year: int
    rows: tuple[AgendaRow, ...]
    seals: tuple[Seal, ...]
    printed_ms: int
    printed_by: str = ""
    zone: str = "Asia/Jakarta"


def draw(content: BukuAgenda) -> bytes:
    """The book, its column heads on every page, the seals at the end."""
    by = f" oleh {content.printed_by}" if content.printed_by else ""
    return register.draw(
        Register(
            letterhead=content.letterhead,
            title=content.title,
            subtitle=f"Tahun {content.year}",
            columns=COLUMNS,
            rows=tuple(_texts(entry, content.zone) for entry in content.rows),
            empty="Belum ada surat yang dicatat.",
            closing=tuple(_closing(content)),
            foot=f"Dicetak {dates.short_moment(content.printed_ms, content.zone)}{by}",
        )
    )


def _texts(entry: AgendaRow, zone: str) -> tuple[str, ...]:
    return (
        entry.number,
        f"{dates.short_day(entry.received_ms, zone)}\n{dates.clock(entry.received_ms, zone)}",
        entry.sender,
        dates.written_short(entry.letter_date),
        entry.letter_number,
        entry.subject,
        entry.attachments,
        entry.forwarded_to,
        entry.disposition,
        entry.remark,
    )


def _closing(content: BukuAgenda) -> list[str]:
    """How many entries, and the seals that fix them."""
    unsealed = "Jurnal belum disegel; cetakan ini belum dapat dicocokkan dengan segel."
    seals = [_seal(seal, content.zone) for seal in content.seals]
    return [f"Buku ini memuat {len(content.rows)} catatan.", *(seals or [unsealed])]


def _seal(seal: Seal, zone: str) -> str:
    covered = f" atas {seal.entries} catatan jurnal" if seal.entries is not None else ""
    when = dates.moment(seal.sealed_ms, zone)
    return f"Segel jurnal nomor {seal.number}{covered}, {when}. Akar Merkle: {seal.root}"
