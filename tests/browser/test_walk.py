"""The whole way of a report, in the browsers of everyone who has a part in it, on a phone and at a desk."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import served
from browser.house import House
from browser.marks import found, unlocked, written
from browser.pages import ANSWER, Citizen, Staff
from PIL import Image
from playwright.sync_api import expect

SIZES = [pytest.param(served.PHONE, id="390"), pytest.param(served.DESK, id="1280")]
SIGNERS = {
    "Wulan Sari, S.AP.": "Kepala Subbagian Tata Usaha",
    "Ratna Kusuma, S.H., M.H.": "Plh. Kepala Bagian Umum",
    "Drs. Surya Wibawa, M.Si.": "Sekretaris DPRD",
    "Hj. Dewi Maharani, S.E.": "Wakil Ketua I DPRD",
}
MARKED = {"nama": "Siti Kusumaningtyas", "telepon": "0812 9876 5432", "surel": "siti.penanda.7391@contoh.id"}
MARKS = ["Kusumaningtyas", "812 9876 5432", "81298765432", "siti.penanda.7391"]
CAMERA = "Ponsel Uji"
Door = Callable[[str], Staff]


@pytest.mark.parametrize("size", SIZES)
def test_a_report_with_a_photo_goes_through_eight_steps_to_the_mailed_answer(
    house: House, size: tuple[int, int], photo: Path
) -> None:
    def staff(name: str) -> Staff:
        return house.staff(name, size)

    citizen = house.citizen(size)
    citizen.goes("/")
    citizen.looks("depan")
    number, pin = citizen.reports(photo, who=MARKED)
    admin = staff("admin")
    admin.appoints("Kepala Bagian Umum", "Ratna Kusuma", "plh", "800/17/2026")
    admin.appoints("Ketua DPRD — ", "Dewi Maharani", "wakil", "800/18/2026")
    up_to_the_ketua(staff, number)
    to_the_answer(staff, number)
    for person in ("Ratna Kusuma", "Hj. Dewi"):
        admin.ends(person)
    for letter in house.post.wait_for(number, 2):
        assert letter["To"] == MARKED["surel"]
        assert ANSWER in letter.get_content()
    reads_the_answer(citizen, number, pin)
    papers_and_page_agree(staff("surya"), number, photo.name)
    auditor_and_designer_see_it(staff)
    assert "utuh" in journal_is_whole(house)
    nothing_tells_who_it_was(house)


def up_to_the_ketua(staff: Door, number: str) -> None:
    """Steps 1 to 5: registered, initialled twice (once by a Plh.), disposed by the Sekwan and for the Ketua."""
    registered = {"hasil_verifikasi": "lengkap", "jenis": "pengaduan", "bidang": "infrastruktur", "urgensi": "segera"}
    disposed = {"keputusan_ketua": "disposisikan", "akd": ["komisi_1", "komisi_3"]}
    staff("sekar").does(number, "1-terima", texts={"catatan": "Foto sesuai kronologi."}, **registered)
    staff("wulan").does(number, "2-kasubag", texts={"catatan": "Berkas lengkap."})
    staff("ratna").does(number, "3-kabag-plh", keputusan_kabag="teruskan", texts={"catatan": "Mohon disposisi."})
    staff("surya").does(number, "4-sekwan", instruksi_sekwan=["koordinasikan"], texts={"catatan": "Mohon arahan."})
    staff("dewi").does(number, "5-ketua-wakil", instruksi_ketua=["ditindaklanjuti"], **disposed)


def to_the_answer(staff: Door, number: str) -> None:
    """Steps 6 to 8 and the answers: two committees at once, one of which asks for more time."""
    staff("surya").does(number, "6-cermati")
    staff("sekar").does(number, "7-distribusi", dicatat="ya")
    report = {"laporan": "Rapat dengar pendapat dengan Dinas PUPR sudah diadakan."}
    staff("lilik").does(number, "8-komisi-1", keputusan_akd="lanjut", bentuk="rdp", texts=report)
    staff("yoga").does(number, "8-komisi-3", keputusan_akd="selesai", bentuk="kunjungan_kerja", texts=report)
    staff("lilik").does(number, "8-lanjutan", keputusan_lanjutan="selesai", bentuk="rdp", texts=report)
    for _committee in range(2):
        staff("sekar").does(number, "susun-balasan", saluran_balasan="email", texts={"isi_balasan": ANSWER})
    for _committee in range(2):
        staff("surya").does(number, "setujui-balasan")


def reads_the_answer(citizen: Citizen, number: str, pin: str) -> None:
    citizen.follows(number, pin)
    citizen.reads("Jawaban untuk Anda", ANSWER, "Penanganan selesai")
    citizen.looks("lacak-selesai")


def papers_and_page_agree(surya: Staff, number: str, photo: str) -> None:
    """What the case page tells of the signers is what the sheet says, and its code says the sheet agrees."""
    surya.opens_case(number)
    surya.looks("kasus")
    with Image.open(surya.takes(photo, "image/jpeg")) as kept:
        assert kept.height > kept.width and not kept.getexif(), "upright, and without its place"
    told = surya.page.locator(".acts").inner_text()
    sheet = " ".join(surya.paper("Lembar disposisi").split())
    for name, office in SIGNERS.items():
        assert name in told and name in sheet, name
        assert office in told and office in sheet, office
    assert number in sheet
    code = re.search(r"/verifikasi/([a-z2-7]+)", sheet)
    assert code, sheet
    surya.goes(f"/verifikasi/{code[1]}")
    surya.reads("Lembar disposisi", number, "masih sesuai dengan catatan kantor")
    surya.looks("verifikasi")


def auditor_and_designer_see_it(staff: Door) -> None:
    inggit, danu = staff("inggit"), staff("danu")
    inggit.goes("/audit")
    inggit.looks("audit")
    for row in range(1, 8):
        line = inggit.page.locator("table").first.locator("tbody tr", has_text=re.compile(rf"^\s*{row}\. "))
        expect(line).to_contain_text("10 menit kerja")
        expect(line).to_contain_text(re.compile(r"median\s+\d+ menit"))
    inggit.page.locator("table a").first.click()
    inggit.at(r"/audit/.+")
    inggit.looks("audit-laporan")
    inggit.goes("/audit/jurnal")
    inggit.looks("audit-jurnal")
    danu.goes("/perancang")
    danu.looks("perancang")
    danu.page.get_by_role("link", name="Lihat diagram").first.click()
    expect(danu.page.locator("#diagram")).to_have_attribute("data-drawn", "0")
    expect(danu.page.locator(".limit-badge").filter(has_text="10 menit").first).to_be_visible()
    danu.looks("perancang-siapmas")


def journal_is_whole(house: House) -> str:
    ran = subprocess.run(
        [served.DISPOSISI, "journal", "verify"],
        env=served.environment(house.server.home),
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def nothing_tells_who_it_was(house: House) -> None:
    """Name, phone, address and the photo's camera stand nowhere but under seal; the search itself works."""
    home = house.server.home
    assert found(MARKS, unlocked(home))
    assert {word for word, _ in found(MARKS, unlocked(home))} >= {MARKS[0], MARKS[1], MARKS[3]}
    assert found([*MARKS, CAMERA], written(home)) == []
    assert found(["request"], written(home)), "the log of requests was not looked at"
    asked = [("address", address.encode()) for address in house.addresses]
    assert found([*MARKS, "Siti", "%40contoh"], iter(asked)) == []
