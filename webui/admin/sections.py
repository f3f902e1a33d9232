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
        "instansi",
        "/pengaturan/instansi",
        later("Instansi"),
        later("Nama dan zona waktu instansi ini."),
    ),
    Section(
        "unit",
        "/pengaturan/unit",
        later("Unit"),
        later("Bagian-bagian kantor sebagai pohon: tambah, ganti nama, pindahkan, nonaktifkan."),
    ),
    Section(
        "jabatan",
        "/pengaturan/jabatan",
        later("Jabatan"),
        later("Jabatan, atasannya, dan pejabatnya; jabatan kosong yang menahan tugas."),
    ),
    Section(
        "orang",
        "/pengaturan/orang",
        later("Orang dan akun"),
        later("Siapa bekerja di sini, siapa dapat masuk, tautan sekali pakai, wewenang."),
    ),
    Section(
        "kewenangan",
        "/pengaturan/kewenangan",
        later("Kewenangan"),
        later("Siapa boleh melihat semua berkas, menghubungi pelapor, mencatat laporan; siapa mewakili siapa."),
    ),
    Section(
        "pengganti",
        "/pengaturan/pengganti",
        later("Pengganti"),
        later("Siapa menggantikan siapa: Plh., Plt., dan wakil, dengan surat perintahnya."),
    ),
    Section(
        "petugas",
        "/pengaturan/petugas",
        later("Penugasan tahunan"),
        later("Siapa bertugas tahun ini dan tahun depan dengan SK yang mana; setahun dimasukkan sekaligus."),
    ),
    Section(
        "kalender",
        "/pengaturan/kalender",
        later("Kalender"),
        later("Jam kerja, masa dengan jam sendiri, hari libur; apa yang bergeser bila diubah."),
    ),
    Section(
        "daftar",
        "/pengaturan/daftar",
        later("Daftar pilihan"),
        later("Isi kotak dan daftar pada formulir: bidang atau subyek, instruksi, tujuan."),
    ),
    Section(
        "penomoran",
        "/pengaturan/penomoran",
        later("Penomoran"),
        later("Pola nomor laporan, surat balasan, agenda, ekspedisi, dan SOP."),
    ),
    Section(
        "surat",
        "/pengaturan/surat",
        later("Surat dinas"),
        later("Macam surat di dalam instansi: siapa menandatangani, kepada siapa, dan apa dasarnya."),
    ),
    Section(
        "kop-surat",
        "/pengaturan/kop-surat",
        later("Kop surat"),
        later("Nama kantor, alamat, tempat, dan logo di atas setiap kertas; contohnya dahulu."),
    ),
    Section(
        "kesehatan",
        "/pengaturan/kesehatan",
        later("Kesehatan"),
        later("Basis data, disk, pekerja, surel, cadangan, hari libur: apa yang salah dan cara memperbaikinya."),
    ),
    Section(
        "insiden",
        "/pengaturan/insiden",
        later("Insiden"),
        later("Laporan yang tidak dapat dilanjutkan oleh sistem, sebabnya, dan tombol untuk mencoba lagi."),
    ),
    Section(
        "teks",
        "/pengaturan/teks",
        later("Teks surel"),
        later("Kata-kata setiap surel kepada pelapor dan petugas, dilihat dengan laporan sungguhan."),
    ),
    Section(
        "sms",
        "/pengaturan/sms",
        later("SMS"),
        later("Gerbang SMS, nomor, kata kunci, dan batas per jam; penyedia lewat HTTP."),
    ),
    Section(
        "kotak-keluar",
        "/pengaturan/kotak-keluar",
        later("Kotak keluar"),
        later("Surel yang menunggu, terkirim, atau gagal; dicoba lagi, dikirim ulang, dibatalkan."),
    ),
    Section(
        "cadangan",
        "/pengaturan/cadangan",
        later("Cadangan"),
        later("Cadangan setiap malam: kapan, seberapa besar, utuh atau tidak; satu lagi sekarang."),
    ),
    Section(
        "riwayat",
        "/pengaturan/riwayat",
        later("Riwayat pengaturan"),
        later("Setiap perubahan: siapa, kapan, sebelum dan sesudahnya."),
    ),
)
