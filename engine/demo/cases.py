"""The reports of the demonstration: invented people, plausible troubles, every state a report can be in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Step:
    """Who did what, opened `after` office minutes and done `took` office minutes later."""

    who: str  # "" for the citizen
    element: str
    answers: Mapping[str, Any]
    after: int = 15
    took: int = 6


@dataclass(frozen=True)
class Story:
    """One report and what the office did with it."""

    subject: str
    name: str
    text: str
    when: str
    where: str
    days_ago: int
    at: str
    steps: Sequence[Step] = ()
    phone: str = ""
    email: str = ""
    channel: str = "web"
    letter: str = ""  # the number of the letter it came by, written two days before
    entered_by: str = ""
    withdrawn: bool = False


def receives(field: str, subject: str, *, after: int = 15, took: int = 6, urgency: str = "biasa", **more: Any) -> Step:
    """The first step at the counter: begun after so many minutes, done in so many."""
    answers = {
        "hasil_verifikasi": "lengkap",
        "jenis": "pengaduan",
        "bidang": field,
        "perihal": subject,
        "urgensi": urgency,
        "kerahasiaan": "biasa",
        **more,
    }
    return Step("sekar", "terima", answers, after, took)


def to_chair(kabag: str = "hadi", *, slow: int = 0) -> list[Step]:
    """Steps 2 to 4: initialled twice, disposed by the Sekwan."""
    return [
        Step("wulan", "teliti_kasubag", {"keputusan_kasubag": "teruskan", "catatan": "Berkas lengkap."}, 20, 5 + slow),
        Step(kabag, "teliti_kabag", {"keputusan_kabag": "teruskan", "catatan": ""}, 35, 7),
        Step(
            "surya",
            "disposisikan_sekwan",
            {
                "keputusan_sekwan": "teruskan",
                "instruksi_sekwan": ["pelajari_laporkan", "minta_perhatian"],
                "catatan": "Mohon arahan Pimpinan.",
            },
            60,
            8,
        ),
    ]


def to_committees(*committees: str) -> list[Step]:
    """Steps 5 to 7: disposed by the Ketua, read by the Sekwan, recorded and handed out."""
    return [
        Step(
            "bima",
            "disposisikan_ketua",
            {
                "keputusan_ketua": "disposisikan" if committees else "untuk_diketahui",
                "akd": list(committees),
                "instruksi_ketua": ["ditindaklanjuti", "koordinasi"],
                "catatan": "Segera dijadwalkan.",
            },
            90,
            9,
        ),
        Step("surya", "cermati_disposisi", {"keputusan_cermati": "lanjut"}, 30, 4),
        Step("sekar", "catat_distribusikan", {"dicatat": "ya", "catatan": ""}, 20, 8),
    ]


def follows_up(who: str, *, form: str, report: str, took: int = 95) -> Step:
    """A commission has dealt with it: in which form, and what it reports."""
    answers = {"keputusan_akd": "selesai", "bentuk": form, "rencana": "", "laporan": report}
    return Step(who, "tindak_lanjuti", answers, 40, took)


def answers(text: str, channel: str = "email") -> list[Step]:
    """The answer is written, agreed to and ready to be sent."""
    return [
        Step("sekar", "susun_balasan", {"isi_balasan": text, "saluran_balasan": channel}, 45, 25),
        Step("surya", "setujui_balasan", {"keputusan_balasan": "setuju"}, 50, 6),
    ]


CASES: list[Story] = [
    Story(
        "Tambang galian C di Dusun Sugihnyar",
        "Slamet Riyadi",
        "Aktivitas tambang galian C semakin marak. Truk lewat siang malam, debu masuk rumah, sumur mulai keruh. "
        "Para penambang diduga belum memiliki izin usaha pertambangan operasional.",
        "Sejak tiga bulan lalu, setiap hari pukul 06.00–22.00",
        "Dusun Sugihnyar, Desa Mojorejo, Kecamatan Kemlagi",
        9,
        "08.12",
        [
            receives("lingkungan", "Tambang galian C di Kemlagi", urgency="segera"),
            *to_chair("ratna"),
            *to_committees("komisi_1", "komisi_3"),
            follows_up(
                "lilik", form="rdp", report="Rapat dengar pendapat dengan Satpol PP dan DPMPTSP sudah dilaksanakan."
            ),
            *answers(
                "Komisi I telah mengadakan rapat dengar pendapat. Satpol PP menutup sementara lokasi tak berizin."
            ),
        ],
        phone="081234500001",
        email="slamet@contoh.id",
    ),
    Story(
        "Jembatan gantung rusak",
        "Siti Aminah",
        "Papan jembatan banyak yang lapuk dan sling kanan kendur. Anak sekolah takut lewat.",
        "Sejak banjir bulan lalu",
        "Desa Wonodadi, Kecamatan Kutorejo",
        7,
        "09.40",
        [
            receives("infrastruktur", "Jembatan gantung rusak di Kutorejo", urgency="sangat_segera"),
            *to_chair("hadi"),
            *to_committees("komisi_3"),
            follows_up(
                "yoga",
                form="kunjungan_kerja",
                report="Komisi III meninjau lokasi bersama Dinas PUPR. Perbaikan masuk anggaran perubahan.",
                took=150,
            ),
            *answers("Dinas PUPR menyanggupi perbaikan dalam dua minggu.", "whatsapp"),
            Step("sekar", "sampaikan_balasan", {"sudah_dikirim": "ya", "catatan": ""}, 20, 5),
        ],
        phone="081234500002",
    ),
    Story(
        "Pungutan di sekolah dasar",
        "Bambang S.",
        "Wali murid diminta membayar uang perpisahan Rp450.000 tanpa musyawarah.",
        "Minggu ini",
        "Kecamatan Sooko",
        5,
        "10.05",
        [receives("pendidikan", "Pungutan uang perpisahan di SD"), *to_chair(slow=11), *to_committees("komisi_4")],
        email="bambang@contoh.id",
    ),
    Story(
        "Usul pasar hewan",
        "Karmin",
        "Kami mengusulkan pasar hewan di Dlanggu dipindah karena macet setiap Wage.",
        "",
        "Kecamatan Dlanggu",
        4,
        "13.20",
        [receives("perekonomian", "Usul pemindahan pasar hewan", jenis="aspirasi"), *to_chair()],
        phone="081234500003",
        channel="surat",
        letter="07/PPH-DLG",
        entered_by="joko",
    ),
    Story(
        "Antrean rawat jalan",
        "Endang W.",
        "Antrean rawat jalan lebih dari lima jam, pendaftaran daring sering gagal.",
        "Setiap Senin",
        "RSUD",
        3,
        "08.02",
        [
            receives("kesehatan", "Antrean rawat jalan RSUD"),
            Step("wulan", "teliti_kasubag", {"keputusan_kasubag": "teruskan", "catatan": ""}, 90, 14),
        ],
        email="endang@contoh.id",
    ),
    Story(
        "Jalan berlubang",
        "Rudi",
        "Jalan depan balai desa berlubang.",
        "",
        "",
        3,
        "11.15",
        [
            Step(
                "sekar",
                "terima",
                {
                    "hasil_verifikasi": "tidak_lengkap",
                    "jenis": "pengaduan",
                    "bidang": "infrastruktur",
                    "perihal": "Jalan berlubang",
                    "urgensi": "biasa",
                    "kerahasiaan": "biasa",
                    "yang_kurang": "Mohon sebutkan nama desa dan kecamatan, dan bila ada, kirimkan foto.",
                },
            )
        ],
        phone="081234500004",
    ),
    Story(
        "Lowongan kerja di minimarket",
        "Anonim W.",
        "Apakah ada lowongan kerja di minimarket dekat alun-alun?",
        "",
        "",
        2,
        "14.10",
        [
            Step(
                "joko",
                "terima",
                {
                    "hasil_verifikasi": "tidak_relevan",
                    "jenis": "pengaduan",
                    "bidang": "sosial",
                    "perihal": "Pertanyaan lowongan kerja",
                    "urgensi": "biasa",
                    "kerahasiaan": "biasa",
                    "alasan": "Bukan aspirasi atau pengaduan tentang pemerintahan daerah.",
                },
            ),
            Step("wulan", "konfirmasi_tidak_relevan", {"keputusan_konfirmasi": "setuju"}, 25, 4),
        ],
        email="anonim@contoh.id",
    ),
    Story(
        "Lampu jalan padam",
        "Yuni",
        "Lampu jalan sepanjang jalan raya padam sejak minggu lalu.",
        "Seminggu ini",
        "Kecamatan Puri",
        2,
        "09.30",
        withdrawn=True,
        phone="081234500005",
    ),
    Story(
        "Sengketa batas tanah desa",
        "Hartini",
        "Tanah kas desa dipagari perorangan dan warga tidak bisa lewat.",
        "Sejak awal bulan",
        "Kecamatan Trawas",
        1,
        "08.45",
        [receives("hukum", "Pemagaran tanah kas desa", kerahasiaan="rahasia")],
        email="hartini@contoh.id",
    ),
    Story(
        "Irigasi tersumbat",
        "Paiman",
        "Saluran tersier tersumbat sampah, 12 hektare sawah kekeringan.",
        "Dua minggu",
        "Kecamatan Gondang",
        1,
        "15.20",
        phone="081234500006",
        channel="loket",
        entered_by="sekar",
    ),
    Story(
        "Pelayanan KTP lambat",
        "Nur Hidayah",
        "Sudah tiga kali ke kantor kecamatan, blangko KTP selalu habis.",
        "Bulan ini",
        "Kecamatan Mojosari",
        0,
        "07.45",
        email="nur@contoh.id",
    ),
]
