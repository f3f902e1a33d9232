"""The buku agenda surat masuk of one book and year, A4 landscape, closed with the seal of the journal."""

from dataclasses import dataclass

from forms.sheets.letterhead import Letterhead


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
