"""The laporan tindak lanjut of one alat kelengkapan DPRD about one case, A4."""

from dataclasses import dataclass

from forms.sheets.letterhead import Letterhead
from forms.sheets.signature import Signature


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
