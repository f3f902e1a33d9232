"""The city in English: what its staff and its citizens see, with something on every page."""

import re

import leftovers
from citizen import Citizen
from cityhall import City
from clerk import Clerk
from english import speaks_english
from english_pages import CITYS, Places, addresses, done, of_staff, told
from kota import ANSWERS, Kota
from texting import NIK, REPORT, Phones

import processes
from db import sql
from engine import demo, vault
from engine.commands import breaches, erasure, proposing, scheduled
from engine.demo.city import BODY

CAST = ("yanti", "harini", "gatot", "pejabat.dkp", "petugas.dkp", "pimpinan.dkp", "rendra", "ketut", "walikota")
CAST += ("inspektur", "auditor.kota", "perancang.kota", "admin.kota", "pejabat.klh", "petugas.klh")
SHARED = re.compile(
    r"^/(tugas|kasus|kasus/baru|kasus/<int:case_id>(/riwayat|/serupa)?|tugas/<int:task_id>|audit(/.*)?|pemberitahuan"
    r"|perancang(/.*)?|pantau|bantuan/<audience>|pengaturan/(kewenangan|riwayat|instansi|daftar(/<name>)?)|akun)$"
)
"""Pages that show the city's own processes, forms, lists and settings."""
AUDIENCES = ("petugas", "pejabat-terkait", "pimpinan", "redaktur", "koordinator", "ketua-tim", "penanggung-jawab")
AUDIENCES += ("walikota", "inspektorat", "admin-pengaduan", "administrator", "auditor", "perancang")
CLAIM = {"nik": NIK, "nama_ibu": "Siti Aminah", "telepon": "0812 3456 7890", "keterangan": "Bukan saya."}
WHAT = {"jenis_aduan": "keluhan", "subyek": "pju", "perihal": "Lampu mati", "uraian": "Lampu di depan pasar padam."}
WHERE = {"wilayah": "kranggan", "lokasi": "Jl. Majapahit", "titik": "-7,4722 112,4336"}
WHO = {"nik": NIK, "nama_ibu": "Siti Aminah", "telepon": "0812 3456 7890", "surel": ""}


AS_GIVEN = {"Aduan lewat SMS", "Daftar tertinggal di printer.", "di Kelurahan Wates sudah diangkut. Terima kasih."}
AS_GIVEN |= {"pengaduan-putuskan-tidak", "Proposal for pengaduan", "Nomor Induk Kependudukan (NIK, identity number)"}
"""Texts of ours and names of files; the last is English, but ends like “3 pengaduan”."""
_CALLED = {plan.name for plan in BODY.offices} | {named[0] for named in BODY.units.values()}
_WRITTEN = {text for answers in ANSWERS.values() for text in answers.values() if isinstance(text, str) and " " in text}
CITIZENS = {text for given in (WHAT, WHERE, WHO) for text in given.values() if " " in text}
NAMES = _CALLED | _WRITTEN | {memo["name"] for memo in BODY.settings["memos"]} | AS_GIVEN
"""What people wrote, and what offices, units and letters are called: nobody translates that."""


def english(city: City, username: str) -> Clerk:
    person = city.enters(username)
    speaks_english(person)
    return person


def waiting(kota: Kota) -> dict[str, int]:
    """A complaint at every step of the way."""
    found: dict[str, int] = {}

    def stays(name: str, **data: object) -> int:
        kota.now += 60_000
        found[name] = kota.forwarded("dkp", key=name, **data)
        return found[name]

    found["pilih_skpd"] = kota.complaint(key="pilih_skpd")
    for outcome in ("salah_masuk", "tidak_ditindaklanjuti", "pengawasan"):
        case = found[outcome] = kota.complaint(key=outcome)
        kota.acts(case, "pilih_skpd", skpd_utama="dkp")
        kota.acts(case, "teruskan", hasil_penerusan=outcome)
    found["teruskan"] = kota.complaint(key="teruskan")
    kota.acts(found["teruskan"], "pilih_skpd", skpd_utama="dkp")
    stays("telaah", subyek="kebersihan", wilayah="wates", jenis_aduan="keluhan")
    kota.acts(stays("tanya"), "telaah", hasil_telaah="minta_keterangan")
    kota.acts(stays("arahkan"), "telaah")
    directed = {"cara_penanganan": "koordinasi", "unit_pembantu": ["klh"]}
    for element in ("beri_masukan", "tindak_lanjuti", "catat_hasil", "input_balasan", "sunting_balasan", "selesai"):
        case = stays(element)
        kota.acts(case, "telaah")
        kota.acts(case, "arahkan", **(directed if element == "beri_masukan" else {}))
        for step in ("tindak_lanjuti", "catat_hasil", "input_balasan", "sunting_balasan"):
            if step == element or element == "beri_masukan":
                break
            kota.acts(case, step)
    kota.acts(found["selesai"], "sunting_pengaduan")
    kota.works_off_jobs()
    return found


def months(kota: Kota) -> None:
    """The recap of March: one unit has sent its own, one waits for its signature."""
    kota.at("2026-04-01 07.30")
    (case,) = scheduled.begin_due(kota.now)
    kota.at("2026-04-06 09.00")
    for unit in ("dkp", "klh"):
        kota.does(f"petugas_{unit}", case, "cetak_rekap")
    kota.does("pejabat_dkp", case, "periksa_rekap", keputusan_periksa_rekap="setuju")
    kota.does("pimpinan_dkp", case, "tanda_tangani", keputusan_tanda_tangan="setuju")
    kota.now += 60_000


def rooms(kota: Kota, cases: dict[str, int]) -> None:
    """An SMS that nobody understood, a wish to be erased, a breach."""
    phones = Phones(kota)
    phones.says(f"ADU#{NIK}#Siti Aminah#e#Wates")
    for count in range(6):
        phones.sends(f"{REPORT} {count}")
    phones.comes_by()
    erasure.ask(cases["selesai"], "hapus", "Pindah kota.", now=kota.now)
    told_of = breaches.Told(kota.now, ["kontak"], 2, "Daftar tertinggal di printer.")
    breaches.register(told_of, by=kota.people["penanggung_jawab"], now=kota.now)


def written(people: dict[str, Clerk], late: int) -> None:
    """What is filled in at the screens: a letter, directions, an incidental report, a proposed subject, a claim."""
    words = {"subject": "Mohon dijawab", "text": "Terima kasih."}
    done(people["harini"], "/surat", kind="nota_dinas", unit="dkp", kasus=[str(late)], **words)
    done(people["gatot"], "/surat", kind="arahan", role=["petugas"], **words)
    done(people["ketut"], "/surat", kind="laporan_tim", **words)
    done(people["pejabat.dkp"], "/rekap/insidentil", title="Pohon tumbang", text="Ditangani.", cases="", key="k1")
    done(people["admin.kota"], "/pengaturan/daftar/subyek", label="Transportasi umum")
    done(visitor_of(people), "/lapor/pengaduan/nik", **CLAIM)


def visitor_of(people: dict[str, Clerk]) -> Clerk:
    return Clerk(people["harini"].client.application.test_client())


def at_work(city: City) -> tuple[Places, dict[str, Clerk]]:
    """The city in April, something waiting in every room."""
    with city.asked() as kota:
        cases = waiting(kota)
        months(kota)
        rooms(kota, cases)
        proposal = proposing.draft(
            "pengaduan", processes.files("pengaduan"), by=demo.actor("perancang.kota"), now=kota.now
        )
    people = {name: english(city, name) for name in CAST}
    written(people, cases["teruskan"])
    with city.asked():
        tasks = tuple(
            str(task) for (task,) in sql.rows("SELECT MIN(id) FROM task WHERE state = 'open' GROUP BY element")
        )
        lists = tuple(name for (name,) in sql.rows("SELECT DISTINCT list FROM choice"))
        public = tuple(name for (name,) in sql.rows("SELECT public_id FROM publication"))
        every = {name: ids(table) for name, table in TABLES.items()}
    own = {"<int:case_id>": tuple(map(str, cases.values())), "<int:task_id>": tasks, "<public_id>": public}
    settled = {"<name>": lists, "<process>": ("pengaduan", "laporan_bulanan"), "<audience>": AUDIENCES}
    return {**every, **own, **settled, "<int:ident>": ("1",), "<int:proposal>": (proposal,)}, people


TABLES = {"<int:recap_id>": "recap", "<int:report_id>": "incidental_report", "<int:dispute>": "nik_dispute"}
TABLES |= {"<int:sms_id>": "sms_in", "<int:memo_id>": "memo"}


def ids(table: str) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in sql.rows(f"SELECT id FROM {table} ORDER BY id LIMIT 3"))


def read(rule: str, places: Places, people: dict[str, Clerk]) -> set[str]:
    """What is Indonesian on these pages: each is read by the first two of the cast who may."""
    wrong: set[str] = set()
    shown = 0
    for address in addresses(rule, places):
        here = 0
        for person in people.values():
            wrong |= told(rule, person.opens(address), NAMES)
            here += person.status in (200, 204, 302, 303, 422)
            if here == 2:
                break
        shown += here
    return wrong if shown else {*wrong, f"{rule}: nobody may open it"}


def test_every_page_of_the_citys_staff_is_english(city: City) -> None:
    places, people = at_work(city)
    wrong: set[str] = set()
    for rule in (r for r in of_staff(city.app, "GET") if CITYS.search(r) or SHARED.search(r)):
        wrong |= read(rule, places, people)
    assert not wrong, "\n".join(sorted(wrong))


def reads_on(citizen: Citizen, wrong: set[str]) -> None:
    """What is Indonesian on the page in front of this citizen."""
    if citizen.answer is None or citizen.answer.mimetype == "text/html":
        wrong |= {f"{citizen.address}: {words}" for words in leftovers.of(citizen.page, NAMES | CITIZENS)}


def test_every_public_page_of_the_city_is_english(city: City) -> None:
    with city.asked() as kota:
        case = kota.forwarded("dkp", key="warga", subyek="kebersihan", wilayah="wates")
        kota.acts(case, "sunting_pengaduan")
        kota.acts(case, "telaah", hasil_telaah="minta_keterangan")
        kota.works_off_jobs()
        number = str(sql.value("SELECT number FROM case_file WHERE id = ?", (case,)))
        shown = str(sql.value("SELECT public_id FROM publication"))
    citizen = Citizen(city, city.app.test_client())  # type: ignore[arg-type]  # only its application is asked
    speaks_english(citizen.opens("/lacak"))
    wrong: set[str] = set()
    public = ("/", "/aduan", f"/aduan/{shown}", "/aduan/statistik", "/aduan/data", "/panduan", "/lapor")
    for address in (*public, "/lapor/pengaduan", "/lapor/pengaduan/nik", "/lacak"):
        assert citizen.opens(address).status == 200, address
        reads_on(citizen, wrong)
    citizen.opens("/lapor/pengaduan")
    for step, answers in (("perihal", WHAT), ("tempat", WHERE), ("siapa", WHO)):
        citizen.sends(f"/lapor/pengaduan/{step}", **dict.fromkeys(answers, ""))
        reads_on(citizen, wrong)
        citizen.sends(f"/lapor/pengaduan/{step}", **answers)
        reads_on(citizen, wrong)
    citizen.uploads("/lapor/pengaduan/bukti", [])
    reads_on(citizen, wrong)
    citizen.follows(number, vault.pin("warga"))
    for address in ("/lacak", "/lacak/data", "/lacak/cabut"):
        assert citizen.opens(address).status == 200, address
        reads_on(citizen, wrong)
    assert not wrong, "\n".join(sorted(wrong))
