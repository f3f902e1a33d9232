"""The poster that asks people to report: where to, how, and whom to ask."""

from collections.abc import Mapping
from typing import Any

from db.queries import papers
from engine import releases, settings
from engine.papers import heading
from forms.sheets import poster as sheet

PROCESS = "siapmas"
NAME = "SIAPMAS"
MEANING = "Sistem Informasi Aspirasi dan Pengaduan Masyarakat"
CALL = "Punya aspirasi atau pengaduan?"
STEPS = (
    sheet.Step("Buka SIAPMAS", "Pindai kode QR ini atau ketik alamatnya."),
    sheet.Step("Isi identitas yang jelas", "Nama dan kontak yang aktif, untuk balasan laporan Anda."),
    sheet.Step("Ceritakan kejadiannya", "Urutkan kronologi, waktu, dan tempat; lampirkan foto, dokumen, atau video."),
    sheet.Step("Kirim dan ikuti", "Simpan nomor dan PIN untuk melihat sampai di mana laporan Anda."),
)
_KINDS = {"whatsapp": "WhatsApp", "email": "Surel", "website": "Laman"}


def content(organisation: int, base_url: str) -> sheet.Poster:
    """The poster of the SIAPMAS of an organisation; raises NotFound where it is not in force."""
    releases.current(organisation, PROCESS)
    contacts: Mapping[str, Any] = settings.setting(organisation, "contacts") or {}
    return sheet.Poster(
        letterhead=heading.letterhead(organisation, papers.organisation(organisation)[0]),
        name=NAME,
        meaning=MEANING,
        call=CALL,
        url=f"{base_url}/lapor/{PROCESS}",
        steps=STEPS,
        contacts=tuple(
            sheet.Contact(label, str(contacts[kind])) for kind, label in _KINDS.items() if contacts.get(kind)
        ),
        note="Gratis. Identitas pelapor dijaga.",
    )
