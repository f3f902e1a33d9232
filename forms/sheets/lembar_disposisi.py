"""The lembar disposisi: the letter, whom it goes to, and the place of each signer."""

from dataclasses import dataclass

from forms.sheets.letterhead import Letterhead

PLACES = 6
"""Signing places on one sheet; the next act opens another sheet."""


@dataclass(frozen=True)
class Choice:
    """A tick box and its label."""

    text: str
    ticked: bool = False


@dataclass(frozen=True)
class Act:
    """What one signer did, in one signing place; a return is an act like any other."""

    office: str
    """The office as signed, prefix included: "Plh. Sekretaris DPRD"."""
    kind: str
    r"""Paraf", "Disposisi", "Dikembalikan ke Kabag Umum", "Mohon arahan" …"""
    name: str
    at_ms: int
    rank: str = ""
    nip: str = ""
    instructions: tuple[str, ...] = ()
    """The instructions this signer ticked, as text."""
    addressees: tuple[str, ...] = ()
    """Whom this signer addressed, as text."""
    note: str = ""
    reason: str = ""
    """Why it was returned or referred back; makes the act a return."""
    mark: str = "paraf elektronik tanpa sertifikat"


@dataclass(frozen=True)
class LembarDisposisi:
    """All sheets of one case, in order; `acts` in order of time, `awaited` the offices still to sign."""

    letterhead: Letterhead
    code: str
    verify_url: str
    sender: str
    letter_number: str
    letter_date: str
    """ISO date, or empty."""
    received_ms: int
    agenda_number: str
    subject: str
    urgency: tuple[Choice, ...]
    secrecy: tuple[Choice, ...]
    addressees: tuple[Choice, ...]
    instructions: tuple[Choice, ...]
    acts: tuple[Act, ...] = ()
    awaited: tuple[str, ...] = ()
    note: str = ""
    footer: str = ""
    zone: str = "Asia/Jakarta"
