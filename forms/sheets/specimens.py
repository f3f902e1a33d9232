"""Specimen contents: every paper filled in as on a working day, to look at a letterhead before it is used.

The case is the example of the SIAPMAS booklet; the persons are invented.
"""

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from forms.sheets.buku_agenda import AgendaRow, BukuAgenda, Seal
from forms.sheets.kartu_kendali import HandOver, KartuKendali
from forms.sheets.lembar_disposisi import Act, Choice, LembarDisposisi
from forms.sheets.letterhead import HeadLine, Letterhead
from forms.sheets.poster import Contact, Poster, Step
from forms.sheets.receipt import Receipt
from forms.sheets.signature import Signature
from forms.sheets.surat_balasan import SuratBalasan
from forms.sheets.tindak_lanjut import FollowUp, LaporanTindakLanjut, Person

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

KARTU_KENDALI = KartuKendali(
    office_lines=("SEKRETARIAT DPRD", "KABUPATEN MOJOKERTO"),
    index="Pengaduan masyarakat",
    classification="000.1.2",
    serial="041/2026",
    summary=SUBJECT,
    sender="Siti Aminah (pelapor SIAPMAS)",
    letter_date="2026-04-10",
    letter_number="SIAPMAS-2026-000041",
    attachments="2 foto, 1 dokumen",
    processor="Komisi I; Komisi III",
    forwarded_ms=at(10, 13, 20),
    handed_over=(
        HandOver("Dwi Kurniawan", "Pendamping Komisi I", at(10, 13, 41)),
        HandOver("Sekar Pratiwi", "Pendamping Komisi III", at(10, 14, 2)),
    ),
    note="Lembar disposisi terlampir.",
    code=CODE,
    verify_url=URL,
)

BUKU_AGENDA = BukuAgenda(
    letterhead=LETTERHEAD,
    title="Buku Agenda Surat Masuk Sekretariat DPRD",
    year=2026,
    rows=(
        AgendaRow(
            number="040/2026",
            received_ms=at(9, 14, 3),
            sender="Budi Hartono (pelapor SIAPMAS)",
            letter_date="2026-04-09",
            letter_number="SIAPMAS-2026-000040",
            subject="Usul penambahan bangku di balai desa",
            remark="Dicabut pelapor 09-04-2026",
        ),
        AgendaRow(
            number="041/2026",
            received_ms=at(10, 7, 52),
            sender="Siti Aminah (pelapor SIAPMAS)",
            letter_date="2026-04-10",
            letter_number="SIAPMAS-2026-000041",
            subject=SUBJECT,
            attachments="2 foto, 1 dokumen",
            forwarded_to="Komisi I; Komisi III",
            disposition="Untuk ditindaklanjuti; koordinasi/konfirmasikan",
            remark="Dijawab 17-04-2026",
        ),
        AgendaRow(
            number="042/2026",
            received_ms=at(10, 8, 5),
            sender="Rahmat Hidayat (pelapor SIAPMAS)",
            letter_date="2026-04-10",
            letter_number="SIAPMAS-2026-000042",
            subject="Permintaan informasi harga sembako",
            remark="Tidak dilanjutkan: bukan kewenangan DPRD",
        ),
    ),
    seals=(Seal(1187, "9f2c4be1" * 8, at(10, 15, 0), 4210),),
    printed_ms=at(10, 15, 2),
    printed_by="Rini Wulandari, S.Sos.",
)

SURAT_BALASAN = SuratBalasan(
    letterhead=LETTERHEAD,
    number="000.1.2/118/416-050/2026",
    urgency="Biasa",
    attachments="-",
    subject="Tindak lanjut pengaduan tambang galian C",
    dated="2026-04-17",
    to=("Sdr. Siti Aminah", "Dusun Sugianyar, Desa Mojorejo", "di Mojokerto"),
    paragraphs=(
        "Sehubungan dengan pengaduan Saudara melalui SIAPMAS nomor SIAPMAS-2026-000041 tanggal "
        "10 April 2026 tentang tambang galian C di Dusun Sugianyar, bersama ini kami sampaikan "
        "hal-hal sebagai berikut.",
        "Komisi I dan Komisi III DPRD Kabupaten Mojokerto pada tanggal 15 April 2026 telah "
        "melakukan kunjungan kerja ke lokasi bersama dinas yang membidangi lingkungan hidup. "
        "Pemilik usaha belum dapat menunjukkan izin usaha pertambangan operasi produksi.",
        "Komisi meminta dinas terkait menghentikan sementara kegiatan sampai izinnya lengkap, dan "
        "akan memantau pelaksanaannya.",
        "Demikian disampaikan, atas perhatian dan kepedulian Saudara diucapkan terima kasih.",
    ),
    signature=Signature(
        titles=("a.n. KETUA DPRD", "SEKRETARIS DPRD,"),
        name="Drs. Bagus Santoso, M.H.",
        rank="Pembina Utama Muda",
        nip="19690817 199403 1 011",
        mark="disetujui secara elektronik tanpa sertifikat",
    ),
    copies=("Ketua DPRD Kabupaten Mojokerto;", "Arsip."),
    code=CODE,
    verify_url=URL,
)

LAPORAN_TINDAK_LANJUT = LaporanTindakLanjut(
    letterhead=LETTERHEAD,
    code=CODE,
    verify_url=URL,
    akd="Komisi I DPRD Kabupaten Mojokerto",
    case_number="SIAPMAS-2026-000041",
    agenda_number="041/2026",
    received_ms=at(10, 7, 52),
    subject=SUBJECT,
    disposition="Ketua DPRD: untuk ditindaklanjuti; koordinasi/konfirmasikan",
    disposed_ms=at(10, 10, 40),
    plan="Kunjungan kerja ke lokasi bersama dinas terkait, dilanjutkan rapat dengar pendapat dengan pemilik usaha.",
    reports=(
        FollowUp(
            at_ms=at(10, 15, 10),
            author="Dwi Kurniawan",
            form="Kunjungan kerja",
            held_on="2026-04-15",
            text="Jadwal kunjungan disepakati dengan dinas yang membidangi lingkungan hidup.",
        ),
        FollowUp(
            at_ms=at(16, 9, 20),
            author="Dwi Kurniawan",
            form="Kunjungan kerja",
            held_on="2026-04-15",
            text="Kegiatan penambangan ditemukan di dua titik. Pemilik usaha belum dapat "
            "menunjukkan izin usaha pertambangan operasi produksi. Dinas diminta menghentikan "
            "sementara kegiatan sampai izinnya lengkap.",
        ),
    ),
    state="Selesai; jawaban kepada pelapor disiapkan.",
    chair=Person("Ketua Komisi I", "Ir. Slamet Riyadi"),
    companion=Person("Pendamping Komisi I", "Dwi Kurniawan", "19880623 201101 1 003"),
    signature=None,
)

RECEIPT = Receipt(
    letterhead=LETTERHEAD,
    number="SIAPMAS-2026-000041",
    received_ms=at(10, 7, 52),
    pin="4827 1650",
    follow_url="https://disposisi.example.go.id/lacak",
    promises=(
        "Laporan diperiksa kelengkapan, kejelasan, dan relevansinya, lalu diteruskan kepada yang berwenang.",
        "Setiap langkah dapat diikuti dengan nomor dan PIN di atas.",
        "Jawaban dikirim melalui kontak yang diisikan. SOP tidak menetapkan tanggal jawaban.",
    ),
    channel="Formulir web SIAPMAS",
    subject=SUBJECT,
    attachments="2 foto, 1 dokumen",
    footer="Jangan berikan PIN kepada siapa pun; petugas tidak pernah memintanya.",
)

POSTER = Poster(
    letterhead=LETTERHEAD,
    name="SIAPMAS",
    meaning="Sistem Informasi Aspirasi dan Pengaduan Masyarakat",
    call="Punya aspirasi atau pengaduan?",
    url="https://disposisi.example.go.id/lapor/siapmas",
    steps=(
        Step("Buka SIAPMAS", "Pindai kode QR ini atau ketik alamatnya."),
        Step("Isi identitas yang jelas", "Nama dan kontak yang aktif, untuk balasan laporan Anda."),
        Step(
            "Ceritakan kejadiannya",
            "Urutkan kronologi, waktu, dan tempat; lampirkan foto, dokumen, atau video.",
        ),
        Step("Kirim dan ikuti", "Simpan nomor dan PIN untuk melihat sampai di mana laporan Anda."),
    ),
    contacts=(
        Contact("WhatsApp", "0857 4674 1281"),
        Contact("E-mail", "sekwankabmojk@gmail.com"),
    ),
    note="Gratis. Identitas pelapor dijaga.",
)

ALL: dict[str, Any] = {
    "lembar_disposisi": LEMBAR_DISPOSISI,
    "kartu_kendali": KARTU_KENDALI,
    "buku_agenda": BUKU_AGENDA,
    "tindak_lanjut": LAPORAN_TINDAK_LANJUT,
    "surat_balasan": SURAT_BALASAN,
    "receipt": RECEIPT,
    "poster": POSTER,
}
"""Name of the paper's module → its specimen."""


def draw(paper: str) -> bytes:
    """The specimen of one paper as PDF; KeyError where there is no such paper."""
    content = ALL[paper]
    printed: bytes = import_module(f"forms.sheets.{paper}").draw(content)
    return printed
