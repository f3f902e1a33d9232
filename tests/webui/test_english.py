"""English is complete: every text has its translation, every page shows it, and no template goes past the catalogue."""

import re
import shlex
from pathlib import Path

import leftovers
import pytest
import siapmas_days as day
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from citizen import Site, photo
from clerk import Clerk, clerk, visitor
from english import english, reads, seen, speaks_english, works
from jinja2 import Environment

from db import sql
from engine.errors import ProcessBroken

ROOT = leftovers.ROOT
HELP = ROOT / "webui" / "templates" / "help"
WRITTEN_TWICE = {*HELP.glob("id/*"), *HELP.glob("en/*")}
TEMPLATES = sorted({*(ROOT / "webui" / "templates").rglob("*.html")} - WRITTEN_TWICE)
"""All but the pages of help, which are written once per language: test_help compares them."""
NAMES = frozenset(
    {
        "NIK",
        "CSV",
        "JSON",
        "RSS",
        "UU",
        "Pasal",
        "MB",
        "Disposisi",
        "Indonesia",
        "English",
        "WhatsApp",
        "PDF",
        "PIN",
        "NIP",
    }
)
"""The same in every language."""
ADDRESS = re.compile(r"\S*[/=]\S*")
"""Addresses and attributes that a macro puts together."""


# --- the catalogue ---


def extracted(folder: Path) -> set[str]:
    """The msgids `make texts` would find now."""
    command = next(line for line in (ROOT / "Makefile").read_text().splitlines() if "babel.cfg" in line)
    options = shlex.split(command.partition("extract ")[2])
    options[options.index("-o") + 1] = str(folder / "messages.pot")
    CommandLineInterface().run(["pybabel", "--quiet", "extract", *options])
    with (folder / "messages.pot").open("rb") as file:
        return {leftovers.forms(message.id)[0] for message in read_po(file) if message.id}


def test_the_catalogue_knows_every_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    known = {leftovers.forms(message.id)[0] for message in leftovers.messages()}
    assert extracted(tmp_path) - known == set(), "run `make texts`, then translate what is new"


def test_every_text_has_its_english() -> None:
    empty = [m.id for m in leftovers.messages() if not all(leftovers.forms(m.string)) or m.fuzzy]
    assert empty == []


def test_what_is_filled_in_is_the_same_in_english() -> None:
    for message in leftovers.messages():
        said = leftovers.forms(message.id)
        for told in leftovers.forms(message.string):
            assert leftovers.places(told) <= leftovers.places(said[-1]), message.id
            assert len(leftovers.forms(message.string)) > 1 or leftovers.places(told) == leftovers.places(said[0])


# --- the templates ---


def bare(source: str) -> str:
    """A template without what it fills in, so that only its own words are left."""
    kept = []
    for _line, kind, text in Environment(autoescape=True).lex(source):
        kept.append(text if kind == "data" else "\n" * text.count("\n"))
    return "".join(kept)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "webui" / "templates")))
def test_a_template_says_nothing_past_the_catalogue(template: Path) -> None:
    said = leftovers.words(bare(template.read_text()))
    letters = [w for w in said if set(re.findall(r"[^\W\d_]{2,}", ADDRESS.sub("", w.text))) - NAMES]
    assert letters == []


# --- the pages ---


def test_an_indonesian_page_is_seen_to_be_one(site: Site) -> None:
    found = list(leftovers.of(site.citizen().opens("/panduan").page))
    assert "Cara melapor yang baik" in found and len(found) > 20


def test_a_citizen_reports_and_follows_in_english(site: Site) -> None:
    citizen = site.citizen().opens("/")
    speaks_english(citizen)
    for address in ("/", "/panduan", "/lacak", "/masuk", "/lapor/siapmas", "/verifikasi/entah", "/entah"):
        reads(citizen.opens(address).page, address)
    for fields in ({"nama": "", "surel": "bukan"}, {"nama": "Siti Penguji", "surel": "siti@contoh.id"}):
        reads(citizen.opens("/lapor/siapmas").sends("/lapor/siapmas/siapa", **fields).page, f"who {fields}")
    reads(citizen.sends("/lapor/siapmas/peristiwa", perihal="", kronologi="pendek").page, "what")
    citizen.writes()
    citizen.uploads("/lapor/siapmas/bukti", [("jalan.jpg", b"")])
    reads(citizen.page, "an empty proof")
    reads(citizen.opens("/lapor/siapmas/periksa").page, "review")
    number, pin = citizen.reports([("jalan.jpg", photo())])
    reads(citizen.page, "receipt")
    reads(citizen.follows(number, "000000").page, "a wrong PIN")
    reads(citizen.follows(number, pin).page, "the case")
    reads(citizen.opens("/lacak/cabut").page, "withdrawing")
    _asked_for_more(site)
    reads(citizen.opens("/lacak").page, "the citizen's turn")
    found = re.search(r'href="(/lacak/lengkapi/\d+)"', citizen.page)
    assert found
    reads(citizen.opens(found[1]).page, "completing")
    reads(citizen.uploads(found[1], [], keterangan="").page, "completing, with nothing")
    citizen.uploads(found[1], [], keterangan="Di Desa Mojorejo, sejak bulan Agustus.")
    reads(citizen.page, "completed")
    citizen.opens("/lacak/cabut").sends("/lacak/cabut")
    reads(citizen.page, "withdrawn")


def _asked_for_more(site: Site) -> None:
    with site.asked() as office:
        case = int(sql.value("SELECT MAX(id) FROM case_file"))
        office.after(minutes=10).sekar.registers(case, hasil_verifikasi="tidak_lengkap", yang_kurang="Nama desanya?")
        office.after(minutes=1)
    works(site)


def test_the_answered_case_is_followed_in_english(site: Site) -> None:
    citizen = site.citizen()
    number, pin = citizen.reports()
    with site.asked() as office:
        case = int(sql.value("SELECT MAX(id) FROM case_file"))
        day.to_committees(office, case, "komisi_3")
        day.follows_up(office, case, "yoga", "komisi_3")
        day.answers(office, case, "komisi_3")
    works(site)
    speaks_english(citizen)
    reads(citizen.follows(number, pin).page, "the answered case")
    assert "The answer for you" in citizen.text


RECEIVED = dict.fromkeys(("urgensi", "kerahasiaan"), "biasa") | {
    "hasil_verifikasi": "lengkap",
    "jenis": "pengaduan",
    "bidang": "infrastruktur",
    "perihal": "Jembatan goyah",
}
CHAIN = [
    ("sekar", "terima", "", RECEIVED),
    ("wulan", "teliti_kasubag", "", {"keputusan_kasubag": "kembalikan", "alasan": "Tempatnya?"}),
    ("sekar", "terima", "", RECEIVED | {"urgensi": "sangat_segera", "kerahasiaan": "terbatas"}),
    ("wulan", "teliti_kasubag", "", {"keputusan_kasubag": "teruskan"}),
    ("hadi", "teliti_kabag", "", {"keputusan_kabag": "teruskan"}),
    ("surya", "disposisikan_sekwan", "", {"keputusan_sekwan": "teruskan", "instruksi_sekwan": ["koordinasikan"]}),
    (
        "bima",
        "disposisikan_ketua",
        "",
        {"keputusan_ketua": "disposisikan", "akd": ["komisi_3", "komisi_1"], "instruksi_ketua": ["dijadwalkan"]},
    ),
    ("surya", "cermati_disposisi", "", {"keputusan_cermati": "lanjut"}),
    ("sekar", "catat_distribusikan", "", {"dicatat": "y"}),
    ("lilik", "tindak_lanjuti", "komisi_1", {"keputusan_akd": "bukan_bidang", "alasan": "Urusan jembatan."}),
    ("surya", "alihkan_disposisi", "komisi_1", {"akd_pengganti": "komisi_2"}),
    ("yoga", "tindak_lanjuti", "komisi_3", {"keputusan_akd": "lanjut", "bentuk": "rdp", "laporan": day.REPORT}),
    (
        "yoga",
        "lanjutkan_tindak_lanjut",
        "komisi_3",
        {"keputusan_lanjutan": "selesai", "bentuk": "rdp", "tanggal_pelaksanaan": "2026-11-20", "laporan": day.REPORT},
    ),
    ("sekar", "susun_balasan", "komisi_3", {"isi_balasan": day.ANSWER, "saluran_balasan": "surat"}),
    ("surya", "setujui_balasan", "komisi_3", {"keputusan_balasan": "setuju"}),
    ("sekar", "sampaikan_balasan", "komisi_3", {"sudah_dikirim": "y"}),
]
"""Who does what with which answers, along every form of SIAPMAS for the staff but one."""


def looks(person: Clerk, task: int) -> None:
    """Opens a task, sends it empty, reads what is wrong."""
    seen(person, "/tugas", f"/tugas/{task}")
    person.sends(f"/tugas/{task}", putusan="")
    assert person.status == 422
    reads(person.page, f"task {task}, sent empty")


def test_every_task_of_siapmas_is_done_in_english(site: Site) -> None:
    people: dict[str, Clerk] = {}
    with site.asked() as office:
        case = office.report("Jembatan goyah")
    for username, element, part, answers in CHAIN:
        person = people[username] = people.get(username) or english(site, username)
        with site.asked() as office:
            task = office.after(minutes=7).task(case, element, part)
        looks(person, task)
        with site.asked() as office:
            getattr(office, username).does(case, element, part, **answers)
        seen(person, f"/tugas/{task}", f"/kasus/{case}", "/kasus")
    reads(people["sekar"].sends(f"/kasus/{case}/identitas").get_data(as_text=True), "identity")


def test_a_report_that_does_not_go_on_is_confirmed_in_english(site: Site) -> None:
    with site.asked() as office:
        case = office.report("Jembatan goyah")
        office.sekar.registers(case, hasil_verifikasi="tidak_relevan", alasan="Urusan kabupaten lain.")
        task = office.task(case, "konfirmasi_tidak_relevan")
    looks(english(site, "wulan"), task)


def test_what_is_late_empty_or_refused_is_told_in_english(site: Site) -> None:
    with site.asked() as office:
        case = office.report("Jembatan goyah")
        office.sekar.opens(case, "terima")
        office.after(minutes=3000)
        task = office.task(case, "terima")
    sekar, hadi = english(site, "sekar"), english(site, "hadi")
    seen(sekar, "/tugas", "/tugas?bagian=terlambat", "/tugas?cari=xyzzy", f"/tugas/{task}", "/audit", "/entah")
    sekar.sends(f"/tugas/{task}/ambil")
    seen(sekar, f"/tugas/{task}", "/tugas")
    sekar.sends(f"/tugas/{task}/lepas")
    seen(sekar, "/tugas")
    seen(hadi, f"/tugas/{task}", f"/kasus/{case}", "/agenda/setwan/2026", "/agenda/setwan/2026?cari=xyzzy")


def test_the_rooms_of_auditor_designer_and_administrator_are_english(site: Site) -> None:
    with site.asked() as office:
        case = office.report("Jembatan goyah")
        day.to_committees(office, case, "komisi_3")
        day.to_ketua(office, office.report("Pasar becek"))
    picks = ("semua", "median", "p90", "terlama", "menunggu", "menunggu_lama", "terlambat", "ulang", "terbuka", "lewat")
    figures = [f"/audit/kasus?pilih={pick}" for pick in picks]
    inggit = english(site, "inggit")
    seen(inggit, "/audit", "/audit?dari=x", "/audit/jurnal", *figures, f"/kasus/{case}")
    inggit.sends("/audit/jurnal/periksa")
    works(site)
    seen(inggit, "/audit/jurnal")
    seen(english(site, "danu"), "/perancang", "/perancang/siapmas", "/perancang/siapmas?gambar=jawab_pelapor")
    admin = english(site, "admin")
    seen(admin, "/pengaturan", "/pengaturan/pengganti", "/pengaturan/kotak-keluar", "/pengaturan/insiden")
    admin.sends("/pengaturan/pengganti", kind="plt", letter="")
    reads(admin.page, "a substitute, with nothing filled in")


def test_what_stands_still_or_stands_in_is_told_in_english(site: Site) -> None:
    with site.asked() as office:
        case = office.report("Jembatan goyah")
        day.to_kasubag(office, case)
        sql.execute("UPDATE office SET role = 'dissolved', code = code || '_x' WHERE role = 'kabag'")
        with pytest.raises(ProcessBroken):
            office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
        place = int(sql.value("SELECT id FROM office WHERE code = 'sekwan'"))
        person = int(sql.value("SELECT id FROM person WHERE name LIKE 'Drs. Hadi%'"))
    admin = english(site, "admin")
    order = {"from": "2026-11-24", "until": "2026-11-30", "letter": "800/12", "letter_date": "2026-11-20"}
    admin.sends("/pengaturan/pengganti", office=str(place), person=str(person), kind="plh", **order)
    seen(admin, "/pengaturan/pengganti", "/pengaturan/insiden")
    assert "Enter a substitute" in admin.opens("/pengaturan/pengganti").page
    [again] = re.findall(r'action="(/pengaturan/insiden/\d+/coba-lagi)"', admin.opens("/pengaturan/insiden").page)
    admin.sends(again)
    seen(admin, "/pengaturan/insiden")
    seen(english(site, "wulan"), f"/kasus/{case}")


def test_the_choice_of_a_committee_and_news_are_english(site: Site) -> None:
    sekar = english(site, "sekar")
    with site.asked() as office:
        case = office.after(minutes=1).report("Jembatan goyah")
        day.to_committees(office, case, "komisi_3", "komisi_1")
        day.follows_up(office, case, "yoga", "komisi_3")
        day.follows_up(office, case, "lilik", "komisi_1")
        office.report("Pasar becek")
        begun = office.now - 3_600_000
    seen(sekar, f"/kasus/{case}/lembar/tindak-lanjut.pdf")
    news = sekar.opens(f"/tugas/baru?sejak={begun}").page
    assert "new task" in news and not list(leftovers.of(news))
    nobody = visitor(site)
    speaks_english(nobody)
    assert "Your session has ended" in nobody.opens("/tugas/baru?sejak=0", HX_Request="true").page


def test_an_audit_without_any_process_says_so_in_english(site: Site) -> None:
    inggit = english(site, "inggit")
    with site.asked():
        sql.execute("DELETE FROM release")
    seen(inggit, "/audit")


# --- the choice ---


def test_the_choice_of_language_is_remembered_and_leads_back_to_the_page(site: Site) -> None:
    citizen = site.citizen().opens("/panduan")
    assert '<html lang="id">' in citizen.page
    citizen.sends("/bahasa", language="en", next="/panduan")
    assert citizen.address == "/panduan"
    assert "How to report well" in citizen.opens("/panduan").text
    citizen.sends("/bahasa", language="id", next="/panduan")
    assert "Cara melapor yang baik" in citizen.text


def test_the_choice_of_a_person_holds_in_every_browser(site: Site) -> None:
    english(site, "sekar")
    assert '<html lang="en">' in clerk(site, "sekar").opens("/tugas").page
    assert '<html lang="id">' in clerk(site, "wulan").opens("/tugas").page


def test_a_page_that_only_takes_forms_leads_back_to_the_page_above(site: Site) -> None:
    person = visitor(site)
    answer = person.sends("/bahasa", language="en", next="/kasus/1/identitas")
    assert answer.location == "/kasus/1"
    assert person.sends("/bahasa", language="en", next="/tugas?bagian=baru").location == "/tugas?bagian=baru"


def test_papers_and_the_journal_stay_indonesian(site: Site) -> None:
    with site.asked() as office:
        case = office.report("Jembatan goyah")
        day.to_ketua(office, case)
        told = sql.rows("SELECT facts FROM journal WHERE case_file = ?", (case,))
    assert not any("Examine and initial" in str(facts) for (facts,) in told)


def test_dates_are_written_as_english_people_do(site: Site) -> None:
    with site.asked() as office:
        case = office.report("Jembatan goyah")
    page = english(site, "sekar").opens(f"/kasus/{case}").page
    assert "Monday, 23 November 2026, 09.00 WIB" in page


def test_how_a_due_time_was_counted_is_told_in_english(site: Site) -> None:
    with site.asked() as office:
        task = office.task(office.report("Jembatan goyah"), "terima")
    page = english(site, "sekar").opens(f"/tugas/{task}").page
    assert "<li>Monday 23 November 2026 09.00 + 10 min → 09.10</li>" in page
