"""The berita acara of erasure: which cases, on whose decision, how much of what; nothing of what was erased."""

from collections.abc import Sequence

from db.queries import papers
from db.queries.erasure import Wish
from engine.papers import heading
from engine.papers.acts import PREFIXES
from engine.papers.followup import BY_HAND
from forms import dates
from forms.sheets import register
from forms.sheets.register import Register
from forms.sheets.signature import Signature

COLUMNS = (
    ("No.", 0.05),
    ("Nomor Laporan", 0.16),
    ("Ditutup", 0.14),
    ("Dasar", 0.2),
    ("Yang Dihapus", 0.28),
    ("Dihapus", 0.17),
)
SOURCES = {"pelapor": "Permintaan pelapor (UU 27/2022 Ps 43)", "jadwal": "Jadwal retensi (UU 27/2022 Ps 44)"}
WORDS = {
    "identitas": "identitas",
    "isi": "isi laporan",
    "lampiran": "lampiran",
    "catatan": "catatan petugas",
    "percakapan": "percakapan",
    "draf": "draf",
    "pesan": "pesan",
}


def certificate(organisation: int, rows: Sequence[Wish], *, printed_by: str, now: int) -> bytes:
    """The paper of one decision as PDF."""
    name, zone = papers.organisation(organisation)
    first = rows[0]
    when = dates.moment(first.decided_ms, zone) if first.decided_ms is not None else ""
    head, as_what = heading.letterhead(organisation, name), PREFIXES.get(first.acting_as, "")
    return register.draw(
        Register(
            letterhead=head,
            title="Berita Acara Penghapusan Data Pribadi",
            subtitle=f"Nomor {first.certificate}",
            columns=COLUMNS,
            rows=tuple(_row(number, row, zone) for number, row in enumerate(rows, 1)),
            empty="Tidak ada.",
            lead=f"Pada hari ini, {when}, data pribadi pada {len(rows)} laporan di bawah ini dihapus dari sistem atas"
            f" keputusan {as_what}{first.office} dengan surat nomor {first.letter}.",
            closing=(
                "Data yang dihapus tidak dapat dipulihkan dari sistem ini. Jurnal, waktu, dan nomor laporan tetap ada.",
                "Cadangan yang dibuat sebelumnya masih memuatnya sampai cadangan itu dibuang menurut gilirannya,"
                " paling lama empat minggu.",
            ),
            foot=f"Dicetak {dates.short_moment(now, zone)} oleh {printed_by}",
            signature=Signature((f"{as_what}{first.office.upper()},",), BY_HAND),
            dated=", ".join(part for part in (head.place, dates.day(first.decided_ms or now, zone)) if part),
        )
    )


def _row(number: int, row: Wish, zone: str) -> tuple[str, ...]:
    what = ", ".join(f"{WORDS.get(kind, kind)} ({count})" for kind, count in row.counted.items())
    closed = dates.short_day(row.closed_ms, zone) if row.closed_ms is not None else ""
    done = dates.short_moment(row.decided_ms, zone) if row.decided_ms is not None else ""
    return (str(number), row.number, closed, SOURCES[row.source], what, done)
