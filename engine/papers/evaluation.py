"""The inventory and the report of monitoring and evaluation on paper."""

from collections.abc import Mapping, Sequence

from db.queries import papers
from db.queries.coordination import Ask, Case
from engine.clocks import lateness
from engine.offices import policy, settings
from engine.papers import heading
from engine.recaps.evaluation import Line
from forms import dates
from forms.sheets import register
from forms.sheets.register import Register

INVENTORY = (
    ("Nomor", 0.1),
    ("Diterima", 0.09),
    ("Perihal", 0.17),
    ("Perangkat Daerah", 0.15),
    ("Subyek", 0.11),
    ("Kelurahan", 0.09),
    ("Jenis", 0.07),
    ("Batas", 0.08),
    ("Dijawab, atau Keadaan", 0.14),
)
STATES = {
    "berjalan": "berjalan",
    "terlambat": "terlambat",
    "segera": "segera jatuh tempo",
    "dijawab": "dijawab",
    "gugur": "gugur",
    "selesai": "selesai",
    "dicabut": "dicabut",
}
"""What the states are called by which an inventory is chosen."""
EVALUATION = (
    ("Perangkat Daerah", 0.2),
    ("Sisa lalu", 0.05),
    ("Diterima", 0.06),
    ("Dijawab tepat waktu", 0.07),
    ("Dijawab terlambat", 0.07),
    ("Terbuka", 0.06),
    ("Terbuka lewat batas", 0.07),
    ("Median hari kerja (n)", 0.08),
    ("Tidak ditindak- lanjuti", 0.07),
    ("Dialihkan keluar / masuk", 0.08),
    ("Dibuka kembali", 0.06),
    ("Diingatkan → dijawab", 0.08),
    ("Nota dinas", 0.05),
)
Words = Mapping[str, Mapping[str, str]]
Late = tuple[int | None, str]
"""Working days past the law's date (None: in time), and the article that sets it."""


def chosen(ask: Ask, words: Words, month: str) -> str:
    """Of which complaints an inventory is, as its subtitle; "" of all."""
    about = [words[part].get(code, code) for part in ("unit", "topic", "place", "kind") if (code := getattr(ask, part))]
    return "; ".join(part for part in (*about, STATES.get(ask.state, ""), dates.month(month) if month else "") if part)


def inventory(
    organisation: int, rows: Sequence[Case], late: Sequence[Late], words: Words, subtitle: str, *, by: str, now: int
) -> bytes:
    """The listed cases as PDF; `late` says of each by how much and by which article."""
    name, zone = papers.organisation(organisation)
    return register.draw(
        Register(
            letterhead=heading.letterhead(organisation, name),
            title="Inventaris Pengaduan",
            subtitle=subtitle,
            columns=INVENTORY,
            rows=tuple(_case(row, one, words, zone) for row, one in zip(rows, late, strict=True)),
            empty="Tidak ada pengaduan dengan saringan ini.",
            closing=(
                f"Daftar ini memuat {len(rows)} pengaduan.",
                "Perihal ditulis sesudah disunting petugas; tulisan pelapor sendiri tidak ikut tercetak."
                " Gugur: berakhir tanpa jawaban yang dijanjikan.",
            ),
            foot=f"Dicetak {dates.short_moment(now, zone)} oleh {by}",
        )
    )


def subject(row: Case) -> str:
    """What a list outside the house's pages may say a case is about: only the office's own words."""
    if row.secrecy in policy.SECRET:
        return heading.HIDDEN
    return row.subject if row.worded else "-"


def _case(row: Case, late: Late, words: Words, zone: str) -> tuple[str, ...]:
    return (
        row.number,
        dates.short_day(row.received_ms, zone),
        subject(row),
        row.unit_name or "-",
        words["topic"].get(row.topic, row.topic or "-"),
        words["place"].get(row.place, row.place or "-"),
        words["kind"].get(row.kind, row.kind or "-"),
        "-" if row.due_ms is None else dates.short_day(row.due_ms, zone),
        _answered(row, late, zone),
    )


def _answered(row: Case, late: Late, zone: str) -> str:
    """When it was answered, else how it stands; of what is or was late by how much, and by which article."""
    told = [dates.short_day(row.answered_ms, zone)] if row.answered_ms else []
    days, article = late
    if days is not None:
        told.append(f"{lateness.spoken(days)} ({article})" if article else lateness.spoken(days))
    return ", ".join(told) or ("gugur" if row.lapsed else row.state)


def evaluation(organisation: int, lines: Sequence[Line], whole: Line, period: str, *, by: str, now: int) -> bytes:
    """The report over a span as PDF."""
    name, zone = papers.organisation(organisation)
    rows = [*(_agency(line, line.name or "(belum ditentukan)") for line in lines), _agency(whole, "Jumlah")]
    return register.draw(
        Register(
            letterhead=heading.letterhead(organisation, name),
            title="Laporan Monitoring dan Evaluasi Pelayanan Pengaduan",
            subtitle=period,
            columns=EVALUATION,
            rows=tuple(rows),
            summed=True,
            empty="Tidak ada perangkat daerah yang melapor.",
            closing=(
                f"{_basis(organisation)}Dihitung dari jurnal dengan cara rekapitulasi bulanan.",
                "Diingatkan → dijawab: pengaduan yang diingatkan dengan nota dinas, dan yang dijawab sesudahnya.",
            ),
            foot=f"Dicetak {dates.short_moment(now, zone)} oleh {by}",
        )
    )


def _basis(organisation: int) -> str:
    basis = settings.setting(organisation, "evaluation_basis")
    return f"Dasar: {basis}. " if basis else ""


def _agency(line: Line, name: str) -> tuple[str, ...]:
    f = line.figures
    middle = "-" if f.median_days is None else f"{f.median_days:g} ({f.answered})".replace(".", ",")
    return (
        name,
        *(str(n) for n in (f.carried, f.received, f.answered_in_time, f.answered_late, f.open, f.open_late)),
        middle,
        str(f.declined),
        f"{f.routed_out} / {f.routed_in}",
        str(line.reopened),
        f"{line.reminded.cases} → {line.reminded.answered}",
        str(line.reminded.letters),
    )
