"""Complaints of the demonstration's city that were answered: in time, with other units, late, to one alone, by SMS."""

from engine.demo.acts import Act, Story
from engine.demo.people import FACE, PLATE
from engine.demo.ways import alone, keeps_off, publishes, rates, together

ANSWERED = [
    Story(
        "sampah",
        "Sampah menumpuk di ujung gang",
        "Sudah seminggu sampah di ujung gang tidak diangkut. Baunya sampai ke mushola dan mulai banyak lalat.",
        ("kebersihan", "sampah", "wates"),
        "Ujung gang di sebelah mushola, Kelurahan Wates",
        18,
        "08.20",
        [
            publishes("Sampah menumpuk di Kelurahan Wates", "Sampah di ujung gang sudah seminggu tidak diangkut."),
            Act("foto", {"kotak": (FACE, PLATE)}, 10, 5),
            *alone(
                "Armada jalur Wates rusak sejak Senin; sampah belum terangkut enam hari.",
                "Angkut hari ini juga dengan armada cadangan.",
                "Sampah diangkut dua rit dengan truk cadangan; tempatnya disapu dan disemprot.",
                "Sampah di ujung gang sudah kami angkut seluruhnya. Mulai minggu ini jalur Wates diangkut tiga kali "
                "seminggu. Terima kasih sudah memberi tahu kami.",
            ),
            rates(5, "Cepat dan bersih. Terima kasih."),
        ],
        who=1,
        pictures=("sampah",),
        by_mail=True,
    ),
    Story(
        "jalan",
        "Jalan berlubang dan lampu lalu lintas mati di simpang",
        "Jalan di dekat simpang berlubang dalam dan lampu lalu lintasnya mati. Dua pengendara jatuh minggu ini.",
        ("fasum", "jalan_selokan", "miji"),
        "Simpang empat pasar, Kelurahan Miji",
        24,
        "10.05",
        [
            publishes(
                "Jalan berlubang dan lampu lalu lintas mati di Miji",
                "Jalan di dekat simpang pasar berlubang dalam dan lampu lalu lintasnya mati.",
            ),
            Act("foto", {"kotak": ()}, 10, 4),
            *together(
                "Lubang sedalam 15 cm di tiga titik. Lampu lalu lintas wewenang Dishubkominfo.",
                "Tambal segera, bersama Dishubkominfo untuk lampunya.",
                {
                    "dishubkominfo": "Pengendali lampu terbakar; penggantinya dipasang hari Rabu.",
                    "dkp": "Dahan yang menutup lampu kami pangkas bersamaan.",
                },
                "Tiga titik ditambal dengan aspal panas; lampu lalu lintas menyala kembali.",
                "Lubang di simpang pasar sudah ditambal, dan lampu lalu lintas menyala kembali sejak kemarin sore. "
                "Dahan yang menutupi lampu juga sudah dipangkas.",
                more=[Act("tambah_unit", {"oleh": "pejabat.dpu"}, 20, 5, "dkp")],
            ),
        ],
        who=2,
        pictures=("jalan",),
    ),
    Story(
        "antrean",
        "Antrean obat di rumah sakit sampai sore",
        "Antrean di loket obat rumah sakit dari pagi sampai sore, kursi tunggu kurang dan tidak ada nomor antrean.",
        ("kesehatan", "rumah_sakit", "gununggedangan"),
        "Loket obat rawat jalan",
        30,
        "09.45",
        [
            publishes("Antrean obat di rumah sakit sampai sore", "Antrean loket obat dari pagi sampai sore."),
            *alone(
                "Rata-rata tunggu obat racikan 3 jam; loket hanya dua.",
                "Tambah loket dan pasang nomor antrean.",
                "Loket ketiga dibuka dan mesin nomor antrean dipasang.",
                "Kami mohon maaf menjawab terlambat. Loket obat ketiga sudah dibuka dan nomor antrean sudah "
                "dipasang; waktu tunggu kini sekitar satu jam.",
                slow=7,
            ),
        ],
        who=3,
        kind="kritik",
    ),
    Story(
        "izin",
        "Izin usaha warung belum selesai",
        "Berkas izin usaha warung saya sudah lengkap dua minggu yang lalu, tetapi belum ada kabar.",
        ("perijinan", "izin", "kranggan"),
        "Loket pelayanan perizinan",
        11,
        "13.15",
        [
            keeps_off("Menyangkut berkas satu orang."),
            *alone(
                "Berkas tertahan karena peta lokasi tidak terbaca.",
                "Hubungi pemohon, selesaikan minggu ini.",
                "Peta lokasi dilengkapi bersama pemohon; izin terbit.",
                "Izin usaha Anda sudah terbit dan dapat diambil di loket pelayanan perizinan pada jam kerja.",
                decision="hanya_pelapor",
            ),
        ],
        who=4,
        by_mail=True,
    ),
    Story(
        "lampu-sms",
        "Lampu jalan mati",
        "",
        ("pju", "", ""),
        "",
        15,
        "08.50",
        [
            publishes("Lampu jalan mati di Kelurahan Meri", "Tiga lampu jalan mati berurutan, gelap sekali."),
            *alone(
                "Kabel tiga tiang putus terkena dahan.",
                "Perbaiki malam ini.",
                "Kabel disambung dan tiga lampu diganti.",
                "Tiga lampu jalan di Kelurahan Meri sudah menyala kembali sejak tadi malam. Terima kasih.",
            ),
            Act("sms", {"teks": "STATUS#{nomor}"}, 30, 2),
        ],
        who=5,
        channel="sms",
        sms="ADU#{nik}#{ibu}#PJU#Kelurahan Meri, timur balai RW#Tiga lampu jalan mati berurutan, gelap sekali",
    ),
    Story(
        "akta",
        "Akta kelahiran belum dapat diambil",
        "Akta kelahiran anak saya belum dapat diambil, petugas meminta datang lagi sampai tiga kali.",
        ("kependudukan", "dokumen_kependudukan", "kauman"),
        "Loket akta",
        13,
        "10.30",
        [
            keeps_off("Menyangkut berkas satu keluarga."),
            *alone(
                "Akta sudah dicetak, salah masuk map.",
                "Antar sendiri bila perlu.",
                "Akta ditemukan dan disiapkan di loket satu.",
                "Akta kelahiran anak Anda sudah siap di loket satu. Mohon maaf atas tiga kali kedatangan Anda.",
                decision="hanya_pelapor",
            ),
            Act("sampaikan_langsung", {"cara_sampai": "bertemu", "sudah_dikirim": True}, 60, 10),
        ],
        who=6,
        channel="loket",
        entered_by="petugas.dispenduk",
        home_phone="0321330011",
    ),
]
