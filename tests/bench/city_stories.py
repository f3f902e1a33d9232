"""What becomes of a complaint in the bench's year: each story does its steps and yields the office hours it waits."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from city_year import Course

Way = Iterator[float]
Story = Callable[["Course"], Way]

DAY = 7.0
PLACES = (("wates", "magersari"), ("kedundung", "magersari"), ("mentikan", "prajurit_kulon"), ("miji", "kranggan"))
KINDS = ("keluhan", "keluhan", "keluhan", "kritik", "saran", "gagasan")
TOPICS = (
    ("pju", None, "dkp", "Lampu jalan mati"),
    ("kebersihan", "sampah", "dkp", "Sampah menumpuk"),
    ("kebersihan", "pencemaran", "klh", "Air sungai berbusa"),
    ("fasum", "jalan_selokan", "dpu", "Jalan berlubang"),
    ("fasum", "lalu_lintas", "dishubkominfo", "Rambu roboh"),
    ("pendidikan", None, "diknas", "Biaya sekolah"),
    ("kesehatan", "rumah_sakit", "rsud", "Antrean rumah sakit"),
    ("kesehatan", "puskesmas", "dinkes", "Puskesmas tutup"),
    ("kependudukan", "dokumen_kependudukan", "dispenduk", "KTP belum jadi"),
    ("bansos", "bantuan_keluarga", "dinsos", "Bantuan tidak sampai"),
    ("ekonomi", "ketertiban", "satpolpp", "Pedagang di trotoar"),
    ("ekonomi", "pasar_koperasi", "diskoperindag", "Kios pasar bocor"),
    ("perijinan", "izin", "kp2t", "Izin belum terbit"),
    ("pbb", "pbb", "dppka", "Tagihan pajak keliru"),
)
"""Subject, its part, the unit that the table names for it, and what it is about."""
WORDS = ("jalan", "malam", "warga", "sejak", "minggu", "depan", "sekolah", "mohon", "segera", "gang", "anak", "hujan")


@dataclass(frozen=True)
class Told:
    """What a citizen complains about."""

    topic: str
    part: str | None
    unit: str
    title: str
    text: str
    place: str
    district: str
    kind: str

    @property
    def data(self) -> dict[str, Any]:
        """As the form of the city gives it."""
        about = {"subyek": self.topic, "bagian_subyek": self.part, "jenis_aduan": self.kind}
        return {**about, "wilayah": self.place, "kecamatan": self.district, "berkadar_pengawasan": False}


def topic(chance: random.Random) -> Told:
    """Something to complain about."""
    code, part, unit, title = chance.choice(TOPICS)
    place, district = chance.choice(PLACES)
    return Told(
        code, part, unit, title, f"{title} {' '.join(chance.sample(WORDS, 6))}.", place, district, chance.choice(KINDS)
    )


def chosen(chance: random.Random) -> Story:
    """A story, as often as it happens."""
    return chance.choices(list(STORIES), list(STORIES.values()))[0]


# --- parts of stories ---


def _arrives(course: "Course") -> Way:
    """Published while it is handled; where the table knows no single unit the Admin chooses."""
    yield 1.0
    about = f"Aduan {course.place} tentang {course.unit}"
    course.does("sunting_pengaduan", judul_tayang=about, isi_tayang=f"{about}: sudah seminggu, mohon diperbaiki.")
    if course.waits("pilih_skpd"):
        course.does("pilih_skpd", skpd_utama=course.unit)
    yield course.chance.uniform(0.5, 5.0)


def _forwarded(course: "Course") -> Way:
    yield from _arrives(course)
    course.does("teruskan")
    yield course.chance.uniform(1.0, DAY)


def _reviewed(course: "Course", **directed: Any) -> Way:
    course.does("telaah")
    yield course.chance.uniform(1.0, DAY)
    course.does("arahkan", **directed)
    yield course.chance.uniform(2.0, 2 * DAY)


def _answered(course: "Course", decision: str = "publikasikan", *, coordinated: bool = False) -> Way:
    """Done, written, edited, and what the citizen says to it: three of ten rate it, the others let time pass."""
    course.does("tindak_lanjuti", perlu_koordinasi=coordinated)
    yield 1.0
    course.does("catat_hasil")
    yield 1.0
    course.does("input_balasan")
    yield course.chance.uniform(1.0, 4.0)
    course.does("sunting_balasan", keputusan_redaktur=decision)
    if decision == "kembalikan":
        yield 2.0
        course.does("input_balasan")
        yield 1.0
        course.does("sunting_balasan")
    course.ends("answered")
    if course.chance.random() < 0.3:
        yield course.chance.uniform(DAY, 5 * DAY)
        course.told_by_citizen("tanggapan_pelapor", penilaian=str(course.chance.randrange(1, 6)))


# --- whole stories ---


def plain(course: "Course") -> Way:
    """One unit, in time."""
    yield from _forwarded(course)
    yield from _reviewed(course)
    yield from _answered(course)


def coordinated(course: "Course") -> Way:
    """Another unit helps."""
    yield from _forwarded(course)
    helper = "dpu" if course.unit != "dpu" else "klh"
    yield from _reviewed(course, cara_penanganan="koordinasi", unit_pembantu=[helper])
    course.does("beri_masukan")
    course.year.helped += 1
    yield course.chance.uniform(1.0, DAY)
    yield from _answered(course, coordinated=True)


def late(course: "Course") -> Way:
    """Nobody looks at it for two weeks."""
    yield from _forwarded(course)
    yield 9 * DAY
    yield from _reviewed(course)
    yield from _answered(course)


def for_its_reporter(course: "Course") -> Way:
    """Answered to its reporter only."""
    yield from _forwarded(course)
    yield from _reviewed(course)
    yield from _answered(course, "hanya_pelapor")


def sent_back(course: "Course") -> Way:
    """The redaktur returns the answer once."""
    yield from _forwarded(course)
    yield from _reviewed(course)
    yield from _answered(course, "kembalikan")


def misdirected(course: "Course") -> Way:
    """Another unit's business."""
    yield from _arrives(course)
    right = "klh" if course.unit != "klh" else "dkp"
    course.does("teruskan", hasil_penerusan="salah_masuk", unit_usulan=right)
    yield 2.0
    course.does("alihkan", skpd_utama=right)
    course.unit = right
    yield 3.0
    course.does("teruskan")
    yield 2.0
    yield from _reviewed(course)
    yield from _answered(course)


def asked(course: "Course") -> Way:
    """The citizen is asked; half of them answer."""
    yield from _forwarded(course)
    course.does("telaah", hasil_telaah="minta_keterangan")
    yield DAY
    if course.chance.random() < 0.5:
        course.told_by_citizen("minta_keterangan")
    yield 4 * DAY
    yield from _reviewed(course)
    yield from _answered(course)


def declined(course: "Course") -> Way:
    """Not followed up (Pasal 11 ayat (1))."""
    yield from _arrives(course)
    course.does("teruskan", hasil_penerusan="tidak_ditindaklanjuti")
    yield 5.0
    course.does("putuskan_tidak_ditindaklanjuti")
    course.ends("declined")


def supervised(course: "Course") -> Way:
    """For the Inspektorat."""
    yield from _arrives(course)
    course.does("teruskan", hasil_penerusan="pengawasan")
    yield 3.0
    course.does("terima_pelimpahan")
    course.ends("supervised")


def taken_back(course: "Course") -> Way:
    """Withdrawn by its reporter."""
    yield from _forwarded(course)
    course.withdrawn()


STORIES: dict[Story, int] = {
    plain: 45,
    coordinated: 20,
    late: 8,
    for_its_reporter: 4,
    sent_back: 4,
    misdirected: 6,
    asked: 4,
    declined: 4,
    supervised: 2,
    taken_back: 3,
}
"""How often each happens, of a hundred."""
