"""The register of failures to protect personal data on paper, and the letters that tell of one."""

from collections.abc import Mapping, Sequence

from db.queries import papers
from db.queries.breaches import Breach
from engine.papers import heading
from forms import dates
from forms.sheets import register
from forms.sheets.register import Register

COLUMNS = (
    ("Nomor", 0.1),
    ("Diketahui", 0.11),
    ("Data", 0.14),
    ("Orang", 0.06),
    ("Yang Terjadi dan Penanganannya", 0.29),
    ("Subjek Diberi Tahu", 0.1),
    ("Lembaga Diberi Tahu", 0.12),
    ("Ditutup", 0.08),
)
DATA: Mapping[str, str] = {
    "nama": "nama",
    "kontak": "nomor telepon atau surel",
    "alamat": "alamat",
    "nik": "NIK",
    "ibu": "nama ibu kandung",
    "isi": "isi laporan",
    "lampiran": "lampiran",
    "akun": "akun petugas",
}


def words_of(data: str) -> str:
    """The kinds of data in words."""
    return ", ".join(DATA.get(code, code) for code in data.split())


def book(organisation: int, entries: Sequence[tuple[Breach, Mapping[str, str]]], *, printed_by: str, now: int) -> bytes:
    """The whole register as PDF."""
    name, zone = papers.organisation(organisation)
    late = sum(1 for entry, _texts in entries if _late(entry, now))
    return register.draw(
        Register(
            letterhead=heading.letterhead(organisation, name),
            title="Daftar Kegagalan Pelindungan Data Pribadi",
            subtitle="UU 27/2022 Pasal 46",
            columns=COLUMNS,
            rows=tuple(_row(entry, texts, zone, now) for entry, texts in entries),
            empty="Belum ada yang dicatat.",
            closing=(f"Daftar ini memuat {len(entries)} catatan; {late} lewat dari 3×24 jam.",),
            foot=f"Dicetak {dates.short_moment(now, zone)} oleh {printed_by}",
        )
    )


def _late(entry: Breach, now: int) -> bool:
    done = (entry.subjects_ms if entry.affected else entry.registered_ms, entry.agency_ms)
    return max((now if at is None else at) for at in done) > entry.due_ms


def _row(entry: Breach, texts: Mapping[str, str], zone: str, now: int) -> tuple[str, ...]:
    def at(ms: int | None) -> str:
        if ms is None:
            return "belum" + (", terlambat" if now > entry.due_ms else "")
        return dates.short_moment(ms, zone) + (" (terlambat)" if ms > entry.due_ms else "")

    said = "\n".join(text for text in (texts["what"], texts["handling"], texts["recovery"]) if text)
    return (
        entry.number,
        dates.short_moment(entry.discovered_ms, zone),
        words_of(entry.data),
        str(entry.affected),
        said,
        at(entry.subjects_ms) if entry.affected else "tidak ada",
        "\n".join(part for part in (at(entry.agency_ms), entry.agency_proof) if part),
        dates.short_moment(entry.closed_ms, zone) if entry.closed_ms is not None else "",
    )


def letter_to_subject(entry: Breach, texts: Mapping[str, str], organisation: str, zone: str) -> str:
    """What a reporter is told: which data, when and how, what is done (Ps 46 ayat (2))."""
    return "\n\n".join(
        part
        for part in (
            "Yth. Bapak/Ibu pelapor,",
            f"Kami memberitahukan kegagalan pelindungan data pribadi yang kami ketahui"
            f" {dates.moment(entry.discovered_ms, zone)}.",
            f"Data Anda yang terkena: {words_of(entry.data)}.",
            f"Yang terjadi: {texts['what']}",
            f"Yang kami lakukan: {texts['handling']}" if texts["handling"] else "",
            f"Pemulihan: {texts['recovery']}" if texts["recovery"] else "",
            "Waspadai orang yang menghubungi Anda dengan menyebut laporan ini. Kami tidak pernah meminta PIN.",
            f"Hormat kami,\n{organisation}",
        )
        if part
    )


def letter_to_agency(entry: Breach, texts: Mapping[str, str], organisation: str, zone: str) -> str:
    """What the agency is told."""
    return "\n\n".join(
        (
            "Yth. Lembaga penyelenggara pelindungan data pribadi,",
            f"{organisation} memberitahukan kegagalan pelindungan data pribadi nomor {entry.number}, diketahui"
            f" {dates.moment(entry.discovered_ms, zone)}, menurut Pasal 46 UU 27/2022.",
            f"Data yang terkena: {words_of(entry.data)}. Perkiraan jumlah orang: {entry.affected}.",
            f"Kapan dan bagaimana terjadi: {texts['what']}",
            f"Penanganan: {texts['handling'] or 'sedang disusun'}",
            f"Pemulihan: {texts['recovery'] or 'sedang disusun'}",
        )
    )
