"""What each message is called on the pages of an administrator, and when it is sent."""

from flask_babel import lazy_gettext as later

from engine.mail.catalogue import MESSAGES, NEWS

NAMES = {
    "tanda_terima": (later("Tanda terima"), later("Bila pelapor memintanya sesudah mengirim: nomor dan PIN.")),
    "minta_kelengkapan": (later("Permintaan kelengkapan"), later("Bila Staf menilai laporan belum lengkap.")),
    "ditutup_tidak_lengkap": (
        later("Pemberitahuan penutupan"),
        later("Bila laporan tidak dilengkapi sampai batas waktunya."),
    ),
    "tidak_dilanjutkan": (later("Tidak dilanjutkan"), later("Bila laporan tidak relevan, dengan alasannya.")),
    "tidak_ditindaklanjuti": (
        later("Tidak ditindaklanjuti"),
        later("Bila pengaduan diputuskan tidak ditindaklanjuti."),
    ),
    "diteruskan_ke_inspektorat": (later("Pemberitahuan penerusan"), later("Bila pengaduan diteruskan ke Inspektorat.")),
    "jawaban": (later("Jawaban"), later("Jawaban yang sudah disetujui Sekretaris DPRD.")),
    "tanda_pencabutan": (later("Tanda terima pencabutan"), later("Bila laporan dicabut.")),
    "serupa_dijawab": (
        later("Laporan serupa dijawab"),
        later("Kepada yang mengalami hal yang sama, bila pelapornya sudah dijawab; tanpa isi jawaban."),
    ),
    "serupa_berakhir": (
        later("Laporan serupa berakhir"),
        later("Kepada yang mengalami hal yang sama, bila laporannya berakhir tanpa jawaban."),
    ),
    NEWS: (later("Kabar lain"), later("Untuk pesan diagram yang tidak punya kata-kata sendiri.")),
    "ringkasan": (later("Ringkasan pagi"), later("Saat kantor buka, hanya bila ada yang menunggu.")),
    "belum_dibuka": (later("Belum dibuka"), later("Bila tugas belum dibuka melewati waktu tunggu kantor.")),
    "segera": (later("Segera jatuh tempo"), later("Sekali, menjelang batas waktu sebuah tugas.")),
    "terlambat": (later("Terlambat"), later("Sekali, sesudah batas waktu sebuah tugas lewat.")),
}

BLANKS = {
    "nomor": later("nomor laporan"),
    "nama": later("nama penerima"),
    "instansi": later("nama instansi"),
    "alamat": later("alamat halaman yang dituju"),
    "tanggal": later("tanggal dan jam laporan diterima atau ditutup"),
    "pin": later("PIN laporan"),
    "perihal": later("perihal seperti ditetapkan petugas"),
    "lapor": later("alamat formulir laporan"),
    "isi": later("kata-kata petugas: yang kurang, alasan, atau jawaban"),
    "batas": later("sampai kapan pelapor dapat melengkapi"),
    "daftar": later("tugas yang dimaksud, satu per baris"),
    "jumlah": later("banyaknya tugas"),
    "terlambat": later("banyaknya tugas yang terlambat"),
    "segera": later("banyaknya tugas yang segera jatuh tempo"),
    "baru": later("banyaknya tugas yang belum dibuka"),
}


def name_of(key: str) -> str:
    """The name of a message."""
    return str(NAMES[key if key in MESSAGES else NEWS][0])
