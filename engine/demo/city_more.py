"""The everyday complaints of the demonstration's city: the same troubles in other streets, over the whole time."""

from typing import NamedTuple

from engine.demo.acts import DAY, Act, Story
from engine.demo.ways import alone, goes_to, publishes, rates, together

MANY = 30
"""So many, spread evenly over the days played."""


class Trouble(NamedTuple):
    """A trouble that people have in one street or another, and what its unit does about it."""

    topic: tuple[str, str]
    word: str  # the subject as an SMS names it; a letter leaves its part to the Admin
    unit: str
    subject: str
    text: str
    report: str
    direction: str
    done: str
    answer: str
    helper: str = ""


TROUBLES = [
    Trouble(
        ("pju", ""), "PJU", "dkp", "Lampu jalan mati", "Lampu jalan mati sejak beberapa malam, gelap dan rawan.",
        "Balast terbakar.", "Ganti malam ini.", "Lampu dan balast diganti.",
        "Lampu jalan sudah kami ganti dan menyala kembali.",
    ),
    Trouble(
        ("kebersihan", "sampah"), "E", "dkp", "Sampah belum diangkut", "Sampah sudah empat hari belum diangkut.",
        "Armada berkurang satu.", "Atur ulang jalurnya.", "Sampah diangkut, jalur diatur ulang.",
        "Sampah sudah diangkut; mulai pekan ini jalurnya kami atur ulang.",
    ),
    Trouble(
        ("fasum", "jalan_selokan"), "J", "dpu", "Jalan berlubang", "Jalan berlubang dan licin kalau hujan.",
        "Empat lubang, tidak lebih dari 10 cm.", "Tambal dalam tiga hari.", "Empat lubang ditambal.",
        "Empat lubang di jalan itu sudah kami tambal.", "dishubkominfo",
    ),
    Trouble(
        ("kependudukan", "dokumen_kependudukan"), "A", "dispenduk", "KTP elektronik belum jadi",
        "KTP elektronik belum jadi sejak perekaman bulan lalu.", "Blangko baru tiba.", "Cetak yang tertunda.",
        "KTP tertunda dicetak.", "KTP elektronik yang tertunda sudah dicetak dan dapat diambil di kantor.",
    ),
    Trouble(
        ("kesehatan", "puskesmas"), "C", "dinkes", "Obat di puskesmas kosong",
        "Obat darah tinggi di puskesmas kosong dua minggu.", "Kiriman terlambat.", "Pinjam dari puskesmas lain.",
        "Stok dipinjam dari puskesmas lain.", "Obat sudah tersedia kembali di puskesmas sejak kemarin.", "rsud",
    ),
    Trouble(
        ("pendidikan", ""), "SEKOLAH", "diknas", "Atap kelas bocor", "Atap dua ruang kelas bocor setiap hujan.",
        "Genteng pecah di dua ruang.", "Perbaiki sebelum ujian.", "Genteng diganti.",
        "Genteng dua ruang kelas sudah diganti; ruangannya dipakai kembali.", "dpu",
    ),
    Trouble(
        ("ekonomi", "pasar_koperasi"), "G", "diskoperindag", "Atap pasar rusak", "Atap los pasar rusak.",
        "Seng lepas tiga lembar.", "Ganti minggu ini.", "Seng diganti.", "Atap los pasar sudah diperbaiki.",
    ),
    Trouble(
        ("ekonomi", "ketertiban"), "G", "satpolpp", "Suara bising tengah malam",
        "Suara musik keras sampai lewat tengah malam.", "Tempat usaha tanpa peredam.", "Tegur dan patroli.",
        "Pemilik ditegur; patroli malam ditambah.", "Pemilik usaha sudah kami tegur dan patroli malam kami tambah.",
    ),
    Trouble(
        ("bansos", "bantuan_keluarga"), "F", "dinsos", "Data bantuan keliru", "Nama di daftar bantuan keliru.",
        "Nama tertukar.", "Betulkan datanya.", "Data dibetulkan.", "Data penerima bantuan sudah kami betulkan.",
    ),
    Trouble(
        ("pbb", "pbb"), "I", "dppka", "Tagihan pajak bumi dobel", "Tagihan pajak bumi dan bangunan datang dua.",
        "Obyek tercatat dua kali.", "Hapus salah satunya.", "Catatan ganda dihapus.",
        "Catatan ganda sudah dihapus; yang berlaku satu tagihan saja.",
    ),
    Trouble(
        ("perijinan", "hotspot"), "H", "dishubkominfo", "Internet taman tidak tersambung",
        "Internet gratis di taman tidak tersambung.", "Pemancar mati.", "Ganti pemancarnya.", "Pemancar diganti.",
        "Internet gratis di taman sudah tersambung kembali.",
    ),
    Trouble(
        ("kebersihan", "pencemaran"), "E", "klh", "Asap pembakaran sampah",
        "Asap pembakaran sampah masuk rumah setiap sore.", "Pembakaran di lahan kosong.", "Pasang larangan.",
        "Larangan dipasang; pemilik lahan ditegur.", "Pemilik lahan sudah ditegur dan papan larangan dipasang.",
        "satpolpp",
    ),
]  # fmt: skip

STREETS = (
    ("mentikan", "Mentikan"), ("wates", "Wates"), ("kranggan", "Kranggan"), ("blooto", "Blooto"), ("meri", "Meri"),
    ("gedongan", "Gedongan"), ("pulorejo", "Pulorejo"), ("kedundung", "Kedundung"), ("miji", "Miji"),
    ("surodinawan", "Surodinawan"), ("magersari", "Magersari"), ("jagalan", "Jagalan"), ("kauman", "Kauman"),
)  # fmt: skip
"""Kelurahan, by code and name."""


def everyday(days: int) -> list[Story]:
    """Complaints over so many working days; those of the last days are still on their way."""
    return [_story(place, 1 + (MANY - place) * (days - 1) / MANY) for place in range(MANY)]


def _story(place: int, days_ago: float) -> Story:
    trouble, (kelurahan, name) = TROUBLES[place % len(TROUBLES)], STREETS[place % len(STREETS)]
    where = f"Kelurahan {name}"
    by_sms = place % 5 == 2
    return Story(
        f"biasa-{place}",
        f"{trouble.subject} di {name}",
        trouble.text,
        (*trouble.topic, kelurahan),
        where,
        days_ago,
        f"{8 + place % 7:02d}.{place * 13 % 60:02d}",
        _acts(place, trouble, name, by_sms=by_sms),
        who=40 + place * 3,
        channel="sms" if by_sms else "web",
        by_mail=place % 2 == 0,
        sms=f"ADU#{{nik}}#{{ibu}}#{trouble.word}#{where}#{trouble.text}" if by_sms else "",
        natural=True,
    )


def _acts(place: int, trouble: Trouble, name: str, *, by_sms: bool) -> list[Act]:
    first = [goes_to(trouble.unit)] if by_sms and trouble.topic[1] else []
    shown = publishes(f"{trouble.subject} di {name}", trouble.text)
    rated = [rates(3 + place % 3, after=2 * DAY)] if place % 4 == 1 else []
    return [*first, shown, *_handled(place, trouble), *rated]


def _handled(place: int, trouble: Trouble) -> list[Act]:
    told = (trouble.report, trouble.direction)
    if trouble.helper and place % 2:
        return together(*told, {trouble.helper: "Kami siap membantu di lapangan."}, trouble.done, trouble.answer)
    slow = 6 if place % 9 == 4 else place % 3
    decision = "hanya_pelapor" if place % 7 == 3 else "publikasikan"
    return alone(*told, trouble.done, trouble.answer, slow=slow, decision=decision)
