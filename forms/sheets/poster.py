"""The A4 poster that asks people to report: big QR, four steps in plain words, contacts."""

from dataclasses import dataclass

from forms.sheets.letterhead import Letterhead


@dataclass(frozen=True)
class Step:
    """One numbered step: a short title and one sentence."""

    title: str
    text: str


@dataclass(frozen=True)
class Contact:
    """One way to reach the office: `kind` ("WhatsApp"), `text` ("0857 4674 1281")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Poster:
    """The poster; `url` is what the QR opens and what is printed under it."""

    letterhead: Letterhead
    name: str
    """Short name, e.g. SIAPMAS."""
    meaning: str
    """The name written out."""
    call: str
    """The question people stop at: Punya aspirasi atau pengaduan?"""
    url: str
    steps: tuple[Step, ...]
    contacts: tuple[Contact, ...]
    note: str = ""
