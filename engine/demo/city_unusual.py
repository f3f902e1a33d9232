"""Complaints of the demonstration's city that ended unanswered: refused, handed to the Inspektorat, taken back."""

from engine.demo.acts import Act, Story
from engine.demo.ways import forwards, goes_to, keeps_off

UNUSUAL = [
    Story(
        "makian",
        "Pegawai tidak becus",
        "Pegawainya semua tidak becus, pecat saja semua, dasar makan gaji buta.",
        ("kependudukan", "pelayanan_kecamatan", "magersari"),
        "Kantor kecamatan",
        12,
        "11.10",
        [
            keeps_off("Isinya hanya makian."),
            Act(
                "teruskan",
                {
                    "hasil_penerusan": "tidak_ditindaklanjuti",
                    "dasar_usulan": "tidak_etis",
                    "alasan_usulan": "Hanya makian, tidak menyebut kejadian.",
                },
                50,
                9,
            ),
            Act(
                "putuskan_tidak_ditindaklanjuti",
                {
                    "keputusan_pimpinan": "setuju",
                    "alasan": "Pengaduan tidak menyebut kejadian dan ditulis tidak etis. Silakan mengirim lagi "
                    "dengan menyebut apa yang terjadi, kapan dan di mana.",
                },
                200,
                8,
            ),
        ],
        who=11,
        kind="kritik",
    ),
    Story(
        "pungli",
        "Dimintai uang saat mengurus izin",
        "Saya dimintai uang tambahan tanpa kuitansi oleh seseorang di loket agar izin cepat keluar.",
        ("perijinan", "izin", "purwotengah"),
        "Loket pelayanan",
        9,
        "13.40",
        [
            keeps_off("Berkadar pengawasan; diteruskan ke Inspektorat."),
            Act(
                "teruskan",
                {
                    "hasil_penerusan": "pengawasan",
                    "surat_pengantar": "Bersama ini kami teruskan pengaduan tentang dugaan pungutan liar di loket.",
                },
                45,
                12,
            ),
            Act("terima_pelimpahan", {"diterima_inspektorat": True, "catatan": "Diperiksa Irban II."}, 300, 10),
        ],
        who=13,
        supervised=True,
        by_mail=True,
    ),
    Story(
        "cabut",
        "Pohon condong di tepi jalan",
        "Pohon di tepi jalan condong, takut roboh bila angin kencang.",
        ("fasum", "taman_umum", "surodinawan"),
        "Tepi jalan, Kelurahan Surodinawan",
        3,
        "10.10",
        [forwards(), Act("cabut", {}, 300, 1)],
        who=18,
        by_mail=True,
    ),
    Story(
        "cabut-sms",
        "Jam pelayanan puskesmas",
        "",
        ("kesehatan", "", ""),
        "",
        8,
        "11.20",
        [
            keeps_off("Terlalu singkat untuk ditayangkan."),
            goes_to("dinkes"),
            Act("sms", {"teks": "CABUT#{nomor}"}, 200, 1),
        ],
        who=19,
        channel="sms",
        sms="ADU#{nik}#{ibu}#KESEHATAN#Puskesmas#Puskesmas tutup lebih awal dari jadwal",
    ),
    Story(
        "luar-tolak",
        "Minta bantuan modal",
        "Mohon bantuan modal usaha, saya tinggal di luar kota tetapi berdagang di sini.",
        ("ekonomi", "pasar_koperasi", "kranggan"),
        "Pasar",
        16,
        "09.50",
        [
            keeps_off("Permohonan pribadi."),
            forwards(),
            Act(
                "telaah",
                {
                    "hasil_telaah": "tidak_ditindaklanjuti",
                    "dasar_usulan": "di_luar_penerima",
                    "alasan_usulan": "Pemohon bukan penduduk kota.",
                },
                150,
                15,
            ),
            Act(
                "putuskan_tidak_ditindaklanjuti",
                {
                    "keputusan_pimpinan": "setuju",
                    "alasan": "Bantuan modal hanya untuk penduduk kota. Silakan menghubungi dinas koperasi di "
                    "tempat tinggal Anda.",
                },
                220,
                7,
            ),
        ],
        who=21,
        known=False,
        by_mail=True,
    ),
]
