"""Which column is what: by its header, whatever its capitals, blanks and marks; or as someone says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from engine.imports.limits import COLUMNS, Unreadable
from engine.imports.tables import Cell

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "waktu_kirim": "Cap waktu",
        "nama": "Nama",
        "telepon": "Nomor telepon",
        "surel": "Surel",
        "alamat": "Alamat",
        "perihal": "Perihal",
        "kronologi": "Kronologi",
        "waktu": "Waktu kejadian",
        "tempat": "Tempat kejadian",
        "nik": "NIK",
        "ibu": "Nama ibu",
        "subyek": "Subyek",
        "kelurahan": "Kelurahan",
    }
)
"""What can be imported, as people call it."""
NEEDED = ("waktu_kirim", "nama", "kronologi")
_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "waktu_kirim": (
            *("timestamp", "cap waktu", "stempel waktu", "tanggal kirim", "waktu kirim", "tanggal masuk"),
            *("tanggal diterima", "tanggal terima", "waktu diterima", "tgl diterima", "tgl masuk"),
        ),
        "nama": ("nama", "nama lengkap", "nama pelapor", "nama anda", "identitas pelapor", "name"),
        "telepon": (
            *("no wa", "nomor wa", "no telepon", "nomor telepon", "no tlp", "no tlp wa", "no telp", "no telp wa"),
            *("no hp", "nomor hp", "no hp wa", "telepon", "whatsapp", "nomor whatsapp", "no whatsapp", "wa", "hp"),
            *("nomor telepon wa", "nomor telepon whatsapp", "no tlp wa yang aktif", "phone", "phone number"),
        ),
        "surel": (
            *("email", "e mail", "surel", "alamat email", "alamat surel", "email address", "e mail yang aktif"),
            "email yang aktif",
        ),
        "alamat": ("alamat", "alamat lengkap", "alamat pelapor", "alamat rumah", "domisili"),
        "perihal": ("perihal", "judul", "judul laporan", "hal", "pokok laporan", "subject"),
        "kronologi": (
            *("kronologi", "uraian", "uraian laporan", "uraian kronologi", "kronologi kejadian", "isi laporan"),
            *("isi aduan", "aduan", "laporan", "aspirasi atau pengaduan", "aspirasi pengaduan", "isi aspirasi"),
            *("kronologi waktu dan tempat", "uraikan kronologi waktu tempat", "aspirasi atau aduan"),
        ),
        "waktu": ("waktu kejadian", "tanggal kejadian", "waktu", "kapan", "waktu peristiwa"),
        "nik": ("nik", "nomor induk kependudukan", "no nik", "nomor nik", "no ktp", "nomor ktp"),
        "ibu": ("nama ibu", "nama ibu kandung", "ibu kandung", "ibu"),
        "subyek": ("subyek", "subjek", "subyek pengaduan", "subyek aduan", "subjek aduan"),
        "kelurahan": ("kelurahan", "kel", "nama kelurahan", "kelurahan kejadian"),
        "tempat": ("tempat", "lokasi", "tempat kejadian", "lokasi kejadian", "tempat peristiwa", "di mana"),
    }
)
_KNOWN = {words: field for field, synonyms in _SYNONYMS.items() for words in synonyms}


def plain(header: object) -> str:
    """A header without capitals, marks and double blanks: " No. WA " is "no wa"."""
    return " ".join(re.sub(r"[\W_]+", " ", str(header).casefold()).split())


@dataclass(frozen=True)
class Columns:
    """Our field → its place in a row; `headers` as the file has them, `unknown` those nothing is taken from."""

    places: Mapping[str, int]
    headers: tuple[str, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headers that stay behind."""
        taken = set(self.places.values())
        return tuple(name for place, name in enumerate(self.headers) if name and place not in taken)

    def header(self, field: str) -> str:
        """How the file calls a field, else how we do."""
        place = self.places.get(field)
        return self.headers[place] if place is not None else LABELS.get(field, field)


def find(cells: Sequence[Cell], said: Mapping[str, str]) -> Columns:
    """The columns of a header row; `said` (our field → header) decides before any synonym. Raises Unreadable."""
    headers = tuple(str(cell).strip() for cell in cells)
    if len(headers) > COLUMNS:
        words = "Daftar ini berkolom lebih dari %(most)s. Buanglah kolom yang tidak diperlukan."
        raise Unreadable("too_many_columns", words, most=COLUMNS)
    by_name: dict[str, int] = {}
    for place, header in enumerate(headers):
        by_name.setdefault(plain(header), place)
    places = {_KNOWN[name]: place for name, place in reversed(by_name.items()) if name in _KNOWN}
    columns = Columns(places | dict(_said(said, by_name)), headers)
    missing = [LABELS[field] for field in NEEDED if field not in columns.places and not _instead(field, columns)]
    if missing:
        words = "Kolom %(missing)s tidak ditemukan. Judul kolom dalam berkas: %(headers)s."
        refused = Unreadable("no_column", words, missing=", ".join(missing), headers=_shown(headers))
        refused.headers = headers
        raise refused
    return columns


def _instead(field: str, columns: Columns) -> bool:
    """Where a NIK tells who it was, no name is needed (Perwali 14/2016 Pasal 5)."""
    return field == "nama" and "nik" in columns.places


def _said(said: Mapping[str, str], by_name: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    for field, header in said.items():
        if field not in LABELS:
            words = "Isian “%(field)s” tidak dikenal; yang dikenal: %(known)s."
            raise Unreadable("no_field", words, field=field, known=", ".join(LABELS))
        if plain(header) not in by_name:
            raise Unreadable("no_header", "Tidak ada kolom berjudul “%(header)s” dalam berkas ini.", header=header)
        yield field, by_name[plain(header)]


def _shown(headers: Sequence[str]) -> str:
    found = [f"“{header[:40]}”" for header in headers if header][:12]
    return ", ".join(found) or "tidak ada"
