"""The ways of a complaint to the city in the browsers of all who have a part in it: alone, together, late, apart."""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import served
from browser.behind import city
from browser.house import House
from browser.pages import Staff
from browser.townspeople import MOTHER, NIK, Spool, paints
from PIL import Image, ImageOps
from playwright.sync_api import expect

DKP, KLH = "Dinas Kebersihan dan Pertamanan", "Kantor Lingkungan Hidup"
TITLE = "Sampah menumpuk di Gang 3 Wates"
EDITED = "Sampah di ujung Gang 3 Kelurahan Wates menumpuk seminggu dan berbau."
ANSWER = "Sampah di Gang 3 Kelurahan Wates sudah diangkut hari ini, dan diangkut setiap Senin dan Kamis."
TOO_MUCH = f"{ANSWER} Pelapornya sudah kami telepon di 0812 7777 1234."
DAY_MS = 86_400_000
WIB = ZoneInfo("Asia/Jakarta")
SENDER = "+6281355512345"


@pytest.fixture(scope="module")
def spool(tmp_path_factory: pytest.TempPathFactory) -> Spool:
    return Spool.laid_out(tmp_path_factory.mktemp("spool") / "gammu")


@pytest.fixture(scope="module")
def opened_home(city_home: Path) -> Path:
    """With both governments."""
    return city_home


@pytest.fixture(scope="module")
def gateway(spool: Spool) -> dict[str, str]:
    """SMS come and go by folders."""
    return {"DISPOSISI_SMS_URL": spool.url}


def test_a_web_complaint_with_two_photos_is_published_while_handled_answered_rated_and_closed(
    house: House, photo: Path
) -> None:
    ImageOps.mirror(Image.open(photo)).reduce(5).save(photo.with_name("sampah.jpg"))
    citizen = house.complainant()
    number, pin = citizen.complains(photo, photo.with_name("sampah.jpg"))
    citizen.follows(number, pin)
    citizen.reads("Diterima")
    citizen.looks("lacak-aduan-diterima")

    house.staff("petugas.dkp").does(number, "adu-teruskan", hasil_penerusan="teruskan")
    rendra = house.staff("rendra")
    publishes(rendra, number)
    citizen.finds_published(TITLE)
    citizen.reads("Sedang ditangani", DKP, "Belum ada jawaban", EDITED, "Pasal 8 ayat (2)")
    citizen.looks("aduan-ditangani")

    agency_acts(house, number, "dkp", cara_penanganan="sendiri")
    stopped_by_the_identity_check(rendra, number)
    citizen.page.reload()
    citizen.reads("Sudah dijawab", ANSWER)
    citizen.looks("aduan-dijawab")
    for word in (NIK, MOTHER, "7777", "warga.wates"):
        expect(citizen.page.locator("body")).not_to_contain_text(word)
    nothing_left_under_the_box(citizen.page.context.request.get(citizen.page.url + "/foto/1").body())

    letter = house.post.wait_for(number)[0]
    assert letter["To"] == "warga.wates@contoh.id"
    rates(house, number, pin)


def publishes(rendra: Staff, number: str) -> None:
    """The complaint edited, one photo painted over by hand and chosen, the other left out."""
    rendra.finds(number, "adu-sunting")
    rendra.picks(keputusan_tayang="tayangkan")
    rendra.fills(judul_tayang=TITLE, isi_tayang=EDITED)
    rendra.presses("Simpan sementara")
    rendra.reads("Belum ada foto yang dipilih untuk tayang.")
    task = rendra.page.url
    rendra.goes_on("Pilih dan tutupi foto", "/foto-tayang")
    rendra.looks("foto-tayang")
    rendra.presses("Tutupi lalu tayangkan")
    expect(rendra.page.locator(".photo-boxes img")).to_be_visible()
    rendra.presses("Tutupi dan tayangkan")
    expect(rendra.page.locator("#boxes-error")).to_be_visible()
    rendra.looks("foto-tanpa-kotak")
    paints(rendra, (0.25, 0.25, 0.75, 0.75))
    expect(rendra.page.locator("[name=x]").first).not_to_have_value("")
    rendra.looks("foto-ditutupi")
    rendra.presses("Tutupi dan tayangkan")
    rendra.reads("Ikut tayang")
    rendra.looks("foto-dipilih")
    rendra.page.goto(task)
    rendra.reads("Satu foto dipilih untuk tayang.")
    expect(rendra.page.locator("[name=judul_tayang]")).to_have_value(TITLE)
    rendra.finish.click()
    rendra.is_done("adu-sunting-selesai")


def agency_acts(house: House, number: str, unit: str, **handled: str | list[str]) -> None:
    """Telaah, arahan, tindak lanjut, hasil, and the answer as the petugas first writes it."""
    pejabat, pimpinan = house.staff(f"pejabat.{unit}"), house.staff(f"pimpinan.{unit}", served.PHONE)
    told = {"laporan_telaah": "Truk sampah rusak sejak Senin; kami usulkan truk cadangan."}
    pejabat.does(number, "adu-telaah", hasil_telaah="lapor", texts=told)
    pimpinan.does(number, "adu-arahkan", texts={"arahan": "Angkut hari ini juga."}, **handled)
    if helper := handled.get("unit_pembantu"):
        told = {"masukan": "Satu truk kami siap dipakai sore ini."}
        house.staff(f"pejabat.{helper}").does(number, "adu-masukan", texts=told)
    told = {"tindakan": "Sampah diangkut dengan truk cadangan."}
    pejabat.does(number, "adu-tindak-lanjut", hasil_tindak_lanjut="selesai", texts=told)
    told = {"catatan_hasil": "Gang 3 bersih."}
    pejabat.does(number, "adu-hasil", hasil_penyelesaian="selesai", texts=told)
    house.staff(f"petugas.{unit}").does(number, "adu-balasan", texts={"isi_balasan": TOO_MUCH})


def stopped_by_the_identity_check(rendra: Staff, number: str) -> None:
    """What the petugas wrote names the reporter's telephone: it is not published before that is gone."""
    rendra.finds(number, "adu-sunting-balasan")
    rendra.picks(keputusan_redaktur="publikasikan")
    rendra.finish.click()
    expect(rendra.page.locator("mark").first).to_contain_text("0812 7777 1234")
    expect(rendra.page.locator(".field-error").first).to_be_visible()
    rendra.looks("adu-sunting-balasan-ditahan")
    rendra.fills(isi_balasan=ANSWER)
    rendra.finish.click()
    rendra.is_done("adu-sunting-balasan-selesai")


def nothing_left_under_the_box(body: bytes) -> None:
    with Image.open(BytesIO(body)) as seen:
        wide, high = seen.size
        assert high > wide, "upright"
        covered = seen.convert("RGB").crop((wide * 3 // 10, high * 3 // 10, wide * 7 // 10, high * 7 // 10))
        assert all(top - bottom < 12 for bottom, top in covered.getextrema()), "one colour"
        assert not seen.getexif()


def rates(house: House, number: str, pin: str) -> None:
    citizen = house.complainant()
    citizen.follows(number, pin)
    citizen.reads("Dijawab", "Jawaban untuk Anda", ANSWER)
    citizen.looks("lacak-aduan-dijawab")
    citizen.goes_on("Tanggapi jawaban", "/lacak/.+")
    citizen.looks("lacak-tanggapi")
    citizen.picks(penilaian="4")
    citizen.presses("Kirim tanggapan")
    citizen.reads("Penilaian Anda: 4 dari 5", "Selesai")
    citizen.looks("lacak-aduan-selesai")
    citizen.presses("Data saya")
    citizen.reads("3576************")
    citizen.looks("lacak-data")


def test_an_sms_is_answered_with_the_help_of_another_agency_within_ten_days(house: House, spool: Spool) -> None:
    spool.brings(f"ADU#{NIK}#{MOTHER}#e#Kelurahan Wates#Sungai bau dan penuh sampah", SENDER)
    receipt = spool.answer("/ADU/")
    number = re.search(r"\d{4}/ADU/\d{4}", receipt)
    assert number and len(receipt) <= 160, receipt
    case = number[0]

    house.staff("yanti").does(case, "adu-pilih-skpd", skpd_utama="dkp")
    house.staff("petugas.dkp").does(case, "adu-teruskan", hasil_penerusan="teruskan")
    rendra, shown = house.staff("rendra"), {"judul_tayang": "Sungai berbau", "isi_tayang": "Sungai di Wates berbau."}
    rendra.does(case, "adu-sunting", keputusan_tayang="tayangkan", texts=shown)
    agency_acts(house, case, "dkp", cara_penanganan="koordinasi", unit_pembantu="klh")
    harini = house.staff("harini")
    harini.opens_case(case)
    harini.reads("10 hari kerja, Perwali 14/2016 Pasal 8 ayat", "Batas diubah")
    harini.looks("kasus-koordinasi")
    stopped_by_the_identity_check(rendra, case)
    assert ANSWER[:40] in spool.answer(case, "angkut")


def test_a_late_one_is_late_on_every_page_and_the_coordinator_reminds_the_agency(house: House) -> None:
    with city(house.server.home) as office:
        now, office.now = office.now, office.now - 40 * DAY_MS
        late = office.handled("Selokan tersumbat", "arahkan")
        office.now = now
    citizen, harini = house.complainant(), house.staff("harini")
    citizen.finds_published("Selokan tersumbat")
    told = re.search(r"terlambat \d+ hari kerja(?=, Perwali 14/2016 Pasal 8 ayat \(2\))", citizen.page.content())
    assert told
    amount = told[0]
    citizen.looks("aduan-terlambat")
    citizen.follows(late.number, late.pin)
    citizen.reads(amount.removeprefix("terlambat "), "Pasal 8 ayat (2)")
    citizen.looks("lacak-aduan-terlambat")

    pimpinan = house.staff("pimpinan.dkp", served.PHONE)
    pimpinan.finds(late.number, "adu-arahkan-terlambat")
    pimpinan.reads(amount, "Pasal 8 ayat (2)")
    pimpinan.opens_case(late.number)
    pimpinan.reads(amount, "Pasal 8 ayat (2)")
    pimpinan.looks("kasus-aduan-terlambat")
    auditor = house.staff("auditor.kota")
    auditor.goes("/audit/terlambat?proses=pengaduan")
    row = auditor.page.locator("main tr", has_text=late.number)
    expect(row.first).to_contain_text(re.compile(rf"Pasal 8 ayat \(2\)(?!,).*{amount}", re.DOTALL))

    harini.goes("/koordinasi?unit=dkp&keadaan=terlambat")
    row = harini.page.locator("tr", has_text=late.number)
    expect(row).to_contain_text(amount)
    expect(row).to_contain_text("Pasal 8 ayat (2)")
    harini.looks("koordinasi-terlambat")
    harini.goes_on("Ingatkan dengan nota dinas", "/surat/baru")
    harini.looks("nota-dinas")
    harini.fills(subject="Pengaduan yang lewat waktu", text="Mohon diselesaikan minggu ini.")
    harini.presses("Tanda tangani dan kirim")
    harini.reads("Pengaduan yang lewat waktu", late.number, amount)
    harini.looks("nota-dinas-terkirim")
    pimpinan.goes("/surat")
    pimpinan.reads("belum dibaca")
    pimpinan.looks("surat-belum-dibaca")
    pimpinan.page.locator("table a.title").first.click()
    pimpinan.reads("Mohon diselesaikan minggu ini.", late.number)
    pimpinan.looks("surat-dibaca")


def test_an_answer_for_its_reporter_alone_is_on_their_page_and_not_on_the_site(house: House) -> None:
    with city(house.server.home) as office:
        apart = office.handled("Pohon tetangga", "sunting_balasan")
    house.staff("rendra").does(apart.number, "adu-hanya-pelapor", keputusan_redaktur="hanya_pelapor")
    house.post.wait_for(apart.number)
    citizen = house.complainant(served.DESK)
    citizen.follows(apart.number, apart.pin)
    citizen.reads("Jawaban untuk Anda", "sudah diangkut hari ini")
    citizen.looks("lacak-aduan-hanya-pelapor")
    citizen.finds_published("Pohon tetangga")
    citizen.reads("Jawaban disampaikan hanya kepada pelapor.")
    expect(citizen.page.locator("body")).not_to_contain_text("sudah diangkut hari ini")


def test_a_misdirected_one_goes_by_the_admin_to_the_right_agency(house: House) -> None:
    with city(house.server.home) as office:
        strayed = office.sent("Limbah cair berbau")
    first = house.staff("petugas.dkp")
    first.finds(strayed.number, "adu-salah-masuk")
    first.returns("Ini pencemaran, urusan lingkungan hidup.")
    first.is_done("adu-salah-masuk-selesai")
    house.staff("yanti").does(strayed.number, "adu-alihkan", skpd_utama="klh")
    petugas = house.staff("petugas.klh")
    petugas.finds(strayed.number, "adu-teruskan-dialihkan")
    petugas.reads(KLH, "24 jam")
    citizen = house.complainant()
    citizen.follows(strayed.number, strayed.pin)
    citizen.reads(KLH)
    citizen.looks("lacak-aduan-dialihkan")


def test_the_penanggung_jawab_takes_a_text_down_and_directs_everybody(house: House) -> None:
    with city(house.server.home) as office:
        office.handled("Warung Bu X kotor", "telaah")
    gatot, anyone = house.staff("gatot"), house.complainant()
    anyone.finds_published("Warung Bu X kotor")
    gatot.page.goto(anyone.page.url)
    gatot.goes_on("Ralat atau tarik", "/ubah$")
    gatot.looks("aduan-ubah")
    gatot.page.get_by_role("button", name="Tarik dari situs").click()
    expect(gatot.page.locator("#why_down-error")).to_be_visible()
    gatot.fills(why_down="Menyebut warung seseorang.")
    gatot.page.get_by_role("button", name="Tarik dari situs").click()
    gatot.reads("Ditarik")
    gatot.looks("aduan-ditarik")
    anyone.page.reload()
    anyone.reads("ditarik")
    expect(anyone.page.locator("body")).not_to_contain_text("Warung")
    anyone.looks("aduan-sudah-ditarik")

    gatot.goes("/surat")
    gatot.goes_on("Tulis Petunjuk dan Arahan", "/surat/baru")
    gatot.looks("arahan")
    gatot.fills(subject="Jawaban menyebut tanggal", text="Setiap jawaban menyebut kapan dikerjakan.")
    gatot.presses("Tanda tangani dan kirim")
    gatot.reads("Jawaban menyebut tanggal")
    gatot.looks("arahan-terkirim")
    petugas = house.staff("petugas.dinkes", served.PHONE)
    petugas.goes("/surat")
    petugas.reads("Jawaban menyebut tanggal", "belum dibaca")


def test_a_kepala_names_the_pejabat_who_finds_the_tasks(house: House) -> None:
    head = house.staff("pimpinan.disperta", served.PHONE)
    head.goes("/penetapan")
    head.looks("penetapan")
    head.page.locator("select[name=person]").select_option(index=2)
    today = datetime.now(WIB).date().isoformat()
    head.fills(letter="188/7/2026", letter_date=today, **{"from": today})
    head.presses("Catat penetapan")
    head.reads("188/7/2026", "sekarang")
    head.looks("penetapan-dicatat")
