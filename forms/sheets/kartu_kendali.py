"""The kartu kendali surat masuk, 16.5 × 10.5 cm: where the letter is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HandOver:
    """Who took the letter over, and when: the receipt on the card."""

    name: str
    office: str
    at_ms: int


@dataclass(frozen=True)
class KartuKendali:
    """One card. `serial` is the agenda number; `processor` the pengolah, the unit that works on it."""

    office_lines: tuple[str, ...]
    """Name of the office at the top left: ("SEKRETARIAT DPRD", "KABUPATEN MOJOKERTO")."""
    index: str
    classification: str
    serial: str
    summary: str
    sender: str
    letter_date: str
    """ISO date, or empty."""
    letter_number: str
    attachments: str
    processor: str
    forwarded_ms: int | None
    handed_over: tuple[HandOver, ...] = ()
    note: str = ""
    code: str = ""
    verify_url: str = ""
    """Empty leaves the QR out."""
    zone: str = "Asia/Jakarta"
