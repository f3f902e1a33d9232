"""The buku ekspedisi of a year on paper: what was handed out to whom, and the receipt of each."""

from db.queries import expedition, papers
from db.queries.expedition import Line
from engine.offices import numbering, policy
from engine.papers import heading
from forms import dates
from forms.sheets import register
from forms.sheets.register import Register

COLUMNS = (
    ("No.", 0.07),
    ("Tanggal Kirim", 0.09),
    ("Nomor Laporan", 0.12),
    ("Isi Ringkas / Perihal", 0.24),
    ("Ditujukan kepada", 0.16),
    ("Diantar oleh", 0.1),
    ("Penerima", 0.12),
    ("Tanggal dan Paraf", 0.1),
)


def draw(organisation: int, year: int, *, printed_by: str, now: int) -> bytes:
    """The book of a year as PDF."""
    return register.draw(content(organisation, year, printed_by=printed_by, now=now))


def content(organisation: int, year: int, *, printed_by: str, now: int) -> Register:
    """All lines of the year."""
    name, zone = papers.organisation(organisation)
    rows = expedition.year_lines(organisation, year)
    taken = sum(1 for row in rows if row.received_ms is not None)
    by = f" oleh {printed_by}" if printed_by else ""
    return Register(
        letterhead=heading.letterhead(organisation, name),
        title="Buku Ekspedisi",
        subtitle=f"Tahun {year}",
        columns=COLUMNS,
        rows=tuple(_row(organisation, row, zone) for row in rows),
        empty="Belum ada yang dikirim.",
        closing=(f"Buku ini memuat {len(rows)} kiriman, {taken} sudah diterima.",),
        foot=f"Dicetak {dates.short_moment(now, zone)}{by}",
    )


def written(organisation: int, row: Line, zone: str) -> str:
    """The number of a line as the office writes it."""
    return numbering.write(organisation, "delivery", row.number, dates.local(row.sent_ms, zone))


def _row(organisation: int, row: Line, zone: str) -> tuple[str, ...]:
    sent = f"{dates.short_day(row.sent_ms, zone)}\n{dates.clock(row.sent_ms, zone)}"
    return (
        written(organisation, row, zone),
        sent,
        row.case_number,
        heading.HIDDEN if row.secrecy in policy.SECRET else row.subject,
        row.office,
        row.sender or "",
        row.receiver,
        _receipt(row, zone),
    )


def _receipt(row: Line, zone: str) -> str:
    if row.received_ms is None:
        return "(ditarik kembali)" if row.state == "cancelled" else ""
    when = f"{dates.short_day(row.received_ms, zone)}\n{dates.clock(row.received_ms, zone)}"
    return when if row.on_paper else f"{when}\nparaf elektronik"
