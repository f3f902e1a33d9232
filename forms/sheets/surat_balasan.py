"""The surat balasan to the reporter, A4, as Tata Naskah Dinas lays out a surat dinas."""

from dataclasses import dataclass

from forms.sheets.letterhead import Letterhead
from forms.sheets.signature import Signature


@dataclass(frozen=True)
class SuratBalasan:
    """The letter. `to` are the lines after "Yth." ("Sdr. Siti Aminah", "di Mojorejo")."""

    letterhead: Letterhead
    number: str
    urgency: str
    """The line "Sifat"."""
    attachments: str
    """The line "Lampiran": "-" or "1 (satu) berkas"."""
    subject: str
    dated: str
    """ISO date, or empty for a letter not yet dated."""
    to: tuple[str, ...]
    paragraphs: tuple[str, ...]
    signature: Signature
    copies: tuple[str, ...] = ()
    """Tembusan, one addressee each."""
    code: str = ""
    verify_url: str = ""
    """Empty leaves the QR out."""
    footer: str = ""
