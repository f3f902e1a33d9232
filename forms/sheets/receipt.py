"""The tanda terima of a report, A5: number, time, PIN shown once, where to follow, what is promised."""

from dataclasses import dataclass

from forms.sheets.letterhead import Letterhead


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes home. A copy printed later has no `pin` (None)."""

    letterhead: Letterhead
    number: str
    received_ms: int
    pin: str | None
    follow_url: str
    """The address behind the QR; never carries the PIN."""
    promises: tuple[str, ...]
    channel: str = ""
    """How it came in: "Formulir web", "Loket"."""
    subject: str = ""
    attachments: str = ""
    officer: str = ""
    """Who received it at the counter, with office; empty when sent by the web form."""
    footer: str = ""
    zone: str = "Asia/Jakarta"
