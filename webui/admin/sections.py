"""The rooms of the settings in their order: whoever adds a page adds a line. Only pages that exist."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as later


@dataclass(frozen=True)
class Section:
    """One room: its key (what a page gives to `around`), address, title and the sentence on its card."""

    key: str
    href: str
    title: Any  # lazily translated
    sentence: Any


SECTIONS = (
    Section(
        "pengganti",
        "/pengaturan/pengganti",
        later("Pengganti"),
        later("Siapa menggantikan siapa: Plh., Plt., dan wakil, dengan surat perintahnya."),
    ),
    Section(
        "insiden",
        "/pengaturan/insiden",
        later("Insiden"),
        later("Laporan yang tidak dapat dilanjutkan oleh sistem, sebabnya, dan tombol untuk mencoba lagi."),
    ),
    Section(
        "antrean",
        "/pengaturan/antrean",
        later("Antrean"),
        later("Yang dikerjakan sistem nanti atau di luar kantor: kabar, balasan, batas waktu."),
    ),
)
