"""What each message is called on the pages of an administrator, and when it is sent."""

from flask_babel import lazy_gettext as later

from engine.mail.catalogue import MESSAGES, NEWS

NAMES = {
    "tanda_terima": (later("Tanda terima"), later("Bila pelapor memintanya sesudah mengirim: nomor dan PIN.")),
    "minta_kelengkapan": (later("Permintaan kelengkapan"), later("Bila petugas menilai laporan belum lengkap.")),
    "ditutup_tidak_lengkap": (
        later("Pemberitahuan penutupan"),
        later("Bila laporan tidak dilengkapi sampai batas waktunya."),
    ),
    "tidak_dilanjutkan": (later("Tidak dilanjutkan"), later("Bila laporan tidak relevan, dengan alasannya.")),
    "minta_keterangan": (later("Permintaan keterangan"), later("Bila Pejabat memerlukan keterangan pelapor.")),
    "tidak_ditindaklanjuti": (
        later("Tidak ditindaklanjuti"),
        later("Bila pengaduan diputuskan tidak ditindaklanjuti."),
    ),
    "diteruskan_ke_inspektorat": (later("Pemberitahuan penerusan"), later("Bila pengaduan diteruskan ke Inspektorat.")),
    "jawaban": (later("Jawaban"), later("Jawaban yang sudah disetujui.")),
    "tanda_pencabutan": (later("Tanda terima pencabutan"), later("Bila laporan dicabut.")),
    "serupa_dijawab": (
        later("Laporan serupa dijawab"),
        later("Kepada yang mengalami hal yang sama, bila pelapornya sudah dijawab; tanpa isi jawaban."),
    ),
    "serupa_berakhir": (
        later("Laporan serupa berakhir"),
        later("Kepada yang mengalami hal yang sama, bila laporannya berakhir tanpa jawaban."),
    ),
    "dibuka_kembali": (
        later("Dibuka kembali"),
        later("Bila koordinator membuka kembali pengaduan yang tidak ditindaklanjuti."),
    ),
    "jawaban_nik": (
        later("Jawaban tentang NIK"),
        later("Kepada yang memberitahukan NIK-nya dipakai orang lain, sesudah diputuskan."),
    ),
    NEWS: (later("Kabar lain"), later("Untuk pesan diagram yang tidak punya kata-kata sendiri.")),
    "surat": (later("Surat dinas masuk"), later("Kepada jabatan yang dituju nota dinas, arahan, atau laporan.")),
    "ringkasan": (later("Ringkasan pagi"), later("Saat kantor buka, hanya bila ada yang menunggu.")),
    "belum_dibuka": (later("Belum dibuka"), later("Bila tugas belum dibuka melewati waktu tunggu kantor.")),
    "segera": (later("Segera jatuh tempo"), later("Sekali, menjelang batas waktu sebuah tugas.")),
    "terlambat": (later("Terlambat"), later("Sekali, sesudah batas waktu sebuah tugas lewat.")),
    "sms_diterima": (later("SMS: aduan diterima"), later("Bila SMS aduan dicatat: nomor dan kedua batas waktunya.")),
    "sms_sama": (later("SMS: sudah diterima"), later("Bila SMS yang sama dikirim lagi.")),
    "sms_ditahan": (later("SMS: antre"), later("Bila banyak SMS datang dari satu nomor; sekali dalam sejam.")),
    "sms_kurang": (later("SMS: belum lengkap"), later("Bila ada bagian SMS aduan yang kurang.")),
    "sms_tanpa_tanda": (later("SMS: tanpa tanda #"), later("Bila bagian SMS aduan tidak dipisahkan.")),
    "sms_nik": (later("SMS: NIK keliru"), later("Bila bentuk NIK tidak benar.")),
    "sms_bantuan": (later("SMS: cara mengadu"), later("Bila diminta atau SMS tidak dikenali; sekali dalam sejam.")),
    "sms_keadaan": (later("SMS: keadaan aduan"), later("Jawaban atas STATUS dari nomor yang mengadu.")),
    "sms_tidak_ada": (later("SMS: tidak ditemukan"), later("Bila nomor aduan bukan dari nomor telepon itu.")),
    "sms_belum_lengkap": (
        later("SMS: CABUT atau JAWAB belum lengkap"),
        later("Bila nomor aduan atau keterangannya tidak ditulis."),
    ),
    "sms_dicabut": (later("SMS: dicabut"), later("Jawaban atas CABUT dari nomor yang mengadu.")),
    "sms_sudah_selesai": (later("SMS: sudah selesai"), later("Bila yang hendak dicabut sudah selesai.")),
    "sms_keterangan": (later("SMS: keterangan diterima"), later("Jawaban atas JAWAB dari nomor yang mengadu.")),
    "sms_tidak_ditanya": (later("SMS: tidak ditanya"), later("Bila aduannya tidak menunggu keterangan.")),
    "sms_jawaban": (later("SMS: balasan"), later("Jawaban aduan kepada yang tidak memberi alamat surel.")),
    "sms_minta_keterangan": (
        later("SMS: permintaan keterangan"),
        later("Bila Pejabat memerlukan keterangan pengirim SMS."),
    ),
    "sms_isi": (later("SMS: kabar dengan isi"), later("Permintaan keterangan atau alasan, lewat SMS.")),
    "sms_dibuka_kembali": (
        later("SMS: dibuka kembali"),
        later("Bila koordinator membuka kembali pengaduan seorang pengirim SMS."),
    ),
    "sms_jawaban_nik": (
        later("SMS: jawaban tentang NIK"),
        later("Sama, kepada yang hanya memberi nomor telepon."),
    ),
    "sms_serupa_dijawab": (
        later("SMS: aduan serupa dijawab"),
        later("Kepada yang mengalami hal yang sama dan hanya memberi nomor telepon."),
    ),
    "sms_serupa_berakhir": (
        later("SMS: aduan serupa berakhir"),
        later("Kepada yang mengalami hal yang sama dan hanya memberi nomor telepon."),
    ),
    "sms_kabar": (later("SMS: kabar"), later("Kabar lain lewat SMS.")),
}

BLANKS = {
    "nomor": later("nomor laporan atau surat"),
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
    "batas_koordinasi": later("batas waktu bila perlu koordinasi"),
    "kurang": later("bagian SMS yang kurang atau keliru"),
    "bentuk": later("bentuk SMS aduan menurut pengaturan"),
    "lacak": later("alamat halaman Lacak"),
    "contoh": later("cara menulisnya, dengan nomor aduan"),
    "panduan": later("alamat halaman Panduan melapor"),
    "keadaan": later("keadaan aduan sekarang"),
    "sms": later("nomor SMS instansi"),
    "lama": later("nomor laporan sebelum dibuka kembali"),
}


def name_of(key: str) -> str:
    """The name of a message."""
    return str(NAMES[key if key in MESSAGES else NEWS][0])
