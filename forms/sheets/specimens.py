"""Specimen contents: every paper filled in as on a working day, to look at a letterhead before it is used.

The case is the example of the SIAPMAS booklet; the persons are invented.
"""

from datetime import UTC, datetime

from forms.sheets.lembar_disposisi import Act, Choice, LembarDisposisi
from forms.sheets.letterhead import HeadLine, Letterhead

LETTERHEAD = Letterhead(
    lines=(
        HeadLine("PEMERINTAH KABUPATEN MOJOKERTO", 13),
        HeadLine("SEKRETARIAT DPRD", 17, bold=True),
    ),
    address=(
        "Jl. R.A. Basuki No. 35, Sukoharjo, Mojokerto, Jawa Timur 61361",
        "WhatsApp 0857 4674 1281 · setwan.mojokertokab.go.id · sekwankabmojk@gmail.com",
    ),
    place="Mojokerto",
)
CODE = "7K2M-94QX"
URL = "https://disposisi.example.go.id/verifikasi/7K2M-94QX"
SUBJECT = "Tambang galian C tanpa izin operasi di Dusun Sugianyar, Desa Mojorejo, Kecamatan Kemlagi"


def at(day: int, hour: int, minute: int) -> int:
    """An instant in April 2026, given in WIB, as UTC milliseconds."""
    return int(datetime(2026, 4, day, hour - 7, minute, tzinfo=UTC).timestamp() * 1000)


def _choices(ticked: tuple[int, ...], *labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(label, index in ticked) for index, label in enumerate(labels))


_KASUBAG = Act(
    office="Kasubag Tata Usaha",
    kind="Paraf",
    name="Rini Wulandari, S.Sos.",
    rank="Penata Tk. I",
    nip="19810412 200501 2 008",
    at_ms=at(10, 8, 12),
)
_KABAG = Act(
    office="Plh. Kepala Bagian Umum",
    kind="Paraf",
    name="Hendra Prasetyo, S.H., M.Si.",
    rank="Pembina",
    nip="19740903 199903 1 004",
    at_ms=at(10, 8, 31),
    note="Bukti foto sesuai, lokasi jelas.",
)
_SEKWAN = Act(
    office="Sekretaris DPRD",
    kind="Disposisi",
    name="Drs. Bagus Santoso, M.H.",
    rank="Pembina Utama Muda",
    nip="19690817 199403 1 011",
    at_ms=at(10, 9, 5),
    instructions=("Tanggapan dan saran", "Proses lebih lanjut"),
    note="Mohon arahan Ketua untuk Komisi yang membidangi.",
)
_KETUA = Act(
    office="Ketua DPRD",
    kind="Disposisi",
    name="Hj. Ayu Lestari, S.Pd.",
    at_ms=at(10, 10, 40),
    addressees=("Komisi I", "Komisi III"),
    instructions=("Untuk ditindaklanjuti", "Koordinasi/konfirmasikan"),
    note="Agendakan kunjungan lapangan bersama OPD terkait.",
)
ACTS = (_KASUBAG, _KABAG, _SEKWAN, _KETUA)

LEMBAR_DISPOSISI = LembarDisposisi(
    letterhead=LETTERHEAD,
    code=CODE,
    verify_url=URL,
    sender="Siti Aminah (pelapor SIAPMAS)",
    letter_number="SIAPMAS-2026-000041",
    letter_date="2026-04-10",
    received_ms=at(10, 7, 52),
    agenda_number="041/2026",
    subject=SUBJECT,
    urgency=_choices((1,), "Sangat segera", "Segera", "Biasa"),
    secrecy=_choices((0,), "Biasa", "Terbatas", "Rahasia"),
    addressees=_choices(
        (0, 2),
        *("Komisi I", "Komisi II", "Komisi III", "Komisi IV", "Bapemperda"),
        *("Badan Anggaran", "Badan Musyawarah", "Badan Kehormatan"),
    ),
    instructions=_choices(
        (0, 1, 2, 3),
        *("Tanggapan dan saran", "Proses lebih lanjut", "Koordinasi/konfirmasikan"),
        *("Untuk ditindaklanjuti", "Untuk diketahui", "Dijadwalkan"),
        *("Buatkan rekomendasi", "Diarsipkan"),
    ),
    acts=ACTS,
    awaited=("Sekretaris DPRD", "Komisi I"),
    footer="Paraf pada lembar ini adalah paraf elektronik tanpa sertifikat; buktinya jurnal kantor.",
)
