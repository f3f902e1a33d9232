"""The lists of the archive on paper: the berkas of a year, and those proposed for their fate."""

from db.queries import archive, papers
from db.queries.archive import Dossier
from engine.papers import heading
from forms import dates
from forms.sheets import register
from forms.sheets.register import Register

COLUMNS = (
    ("No.", 0.06),
    ("Kode Klasifikasi", 0.11),
    ("Uraian Berkas", 0.29),
    ("Kurun Waktu", 0.13),
    ("Jumlah", 0.07),
    ("Lokasi", 0.11),
    ("Masa Simpan", 0.11),
    ("Keterangan", 0.12),
)
STATES = {
    "aktif": "Aktif",
    "inaktif": "Inaktif",
    "diusulkan": "Diusulkan",
    "musnah": "Musnah",
    "permanen": "Permanen",
}


def of_year(organisation: int, year: int, *, printed_by: str, now: int) -> bytes:
    """The daftar arsip of a year as PDF."""
    rows = archive.of_year(organisation, year)
    return register.draw(_list(organisation, "Daftar Arsip", f"Tahun {year}", rows, printed_by, now))


def proposed(organisation: int, *, printed_by: str, now: int) -> bytes:
    """The list of berkas proposed for their fate, for the letter that proposes them."""
    rows = archive.in_state(organisation, "diusulkan")
    return register.draw(_list(organisation, "Daftar Arsip Usul Musnah atau Permanen", "", rows, printed_by, now))


def _list(organisation: int, title: str, subtitle: str, rows: list[Dossier], printed_by: str, now: int) -> Register:
    name, zone = papers.organisation(organisation)
    by = f" oleh {printed_by}" if printed_by else ""
    return Register(
        letterhead=heading.letterhead(organisation, name),
        title=title,
        subtitle=subtitle,
        columns=COLUMNS,
        rows=tuple(_row(row, zone) for row in rows),
        empty="Belum ada berkas.",
        closing=(f"Daftar ini memuat {len(rows)} berkas dengan {sum(row.cases for row in rows)} laporan.",),
        foot=f"Dicetak {dates.short_moment(now, zone)}{by}",
    )


def _row(row: Dossier, zone: str) -> tuple[str, ...]:
    until = dates.short_day(row.closed_ms, zone) if row.closed_ms is not None else "sekarang"
    return (
        f"{row.number}/{row.year}",
        f"{row.code}\n{row.code_name}",
        row.title,
        f"{dates.short_day(row.opened_ms, zone)} s.d. {until}",
        f"{row.cases} laporan",
        row.place,
        kept(row),
        " ".join(part for part in (STATES.get(row.state, row.state), row.proposal) if part),
    )


def kept(row: Dossier) -> str:
    """As "2 th aktif, 3 th inaktif, musnah"; "" where the code says nothing."""
    years = [(row.active_years, "aktif"), (row.inactive_years, "inaktif")]
    said = [f"{count} th {word}" for count, word in years if count is not None]
    return ", ".join([*said, *([row.fate] if row.fate else [])])
