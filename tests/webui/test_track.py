"""Following one's own case: number and PIN open it, the office's question is answered there, it can be taken back."""

import re
from pathlib import Path

import pytest
from citizen import WHAT, Citizen, Site, photo

from db import sql
from engine import jobs, outside

SAME = "Nomor laporan dan PIN ini tidak cocok"


def works(site: Site) -> None:
    """The worker comes by, with mail into a folder."""
    folder = Path(site.app.config["OFFICE"].home) / "mail"
    post = outside.Post(f"folder://{folder}", "dprd@contoh.id", "http://localhost")
    with site.asked() as office:
        jobs.run_due(office.now, outside.handlers(post))


def case_of(site: Site) -> int:
    with site.asked():
        return int(sql.value("SELECT MAX(id) FROM case_file"))


def asks_for_more(site: Site, case: int, question: str = "Mohon sebutkan nama desanya.") -> None:
    with site.asked() as office:
        office.after(minutes=10).sekar.registers(case, hasil_verifikasi="tidak_lengkap", yang_kurang=question)
        office.after(minutes=1)
    works(site)


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 1_000_000:06d}"


def test_number_and_pin_open_the_case_and_nothing_of_them_stands_in_an_address(any_site: Site) -> None:
    citizen = any_site.citizen()
    number, pin = citizen.reports()
    citizen.follows(f"  {number.lower()} ", pin)
    assert (citizen.status, citizen.address) == (200, "/lacak")
    assert WHAT["perihal"] in citizen.text
    assert "Laporan Anda kami terima" in citizen.text
    assert "Staf Subbagian Tata Usaha" in citizen.text
    assert "<title>Laporan Anda ·" in citizen.page
    assert citizen.answer is not None
    assert citizen.answer.headers["Cache-Control"] == "no-store"
    assert all("pin" not in link.lower() for link in re.findall(r'(?:href|action)="([^"]*)"', citizen.page))


def test_a_wrong_pin_and_an_unknown_number_get_the_same_answer(any_site: Site) -> None:
    number, pin = any_site.citizen().reports()
    known = any_site.citizen().follows(number, wrong(pin))
    unknown = any_site.citizen().follows("9999/SIAPMAS/2026", pin)
    assert (known.status, unknown.status) == (401, 401)
    assert SAME in known.text
    assert known.text.replace(number, "") == unknown.text
    assert "9999/SIAPMAS/2026" in unknown.page


def test_after_five_wrong_pins_the_number_is_locked_from_everywhere_and_opens_again_later(any_site: Site) -> None:
    number, pin = any_site.citizen().reports()
    thief, owner = any_site.citizen(), any_site.citizen()
    for _ in range(5):
        assert thief.follows(number, wrong(pin)).status == 401
    assert thief.follows(number, pin).status == 429
    assert owner.follows(number, pin).status == 429
    assert "Terlalu banyak percobaan" in owner.text
    any_site.office.after(minutes=1)
    assert owner.follows(number, pin).status == 200


def test_an_unknown_number_is_locked_in_the_same_way(site: Site) -> None:
    thief = site.citizen()
    answers = [thief.follows("9999/SIAPMAS/2026", "000000").status for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_one_address_guessing_at_many_numbers_is_stopped_even_if_it_knows_one(site: Site) -> None:
    thief = site.citizen()
    number, pin = thief.reports()
    for n in range(39):
        assert thief.follows(f"{n:04d}/LAIN/2026", "000000").status == 401
    assert thief.follows(number, pin).status == 200
    thief.sends("/lacak/tutup")
    assert thief.follows("0040/LAIN/2026", "000000").status == 401
    assert thief.follows("0041/LAIN/2026", "000000").status == 429


def test_the_opened_case_closes_by_itself_and_by_hand(site: Site, citizen: Citizen) -> None:
    number, pin = citizen.reports()
    citizen.follows(number, pin)
    site.office.after(minutes=29)
    assert WHAT["perihal"] in citizen.opens("/lacak").text
    site.office.after(minutes=31)
    assert WHAT["perihal"] not in citizen.opens("/lacak").text
    citizen.follows(number, pin).sends("/lacak/tutup")
    assert citizen.opens("/lacak/cabut").status == 404


def test_the_timeline_tells_the_steps_and_both_clocks(site: Site, citizen: Citizen) -> None:
    number, pin = citizen.reports()
    with site.asked() as office:
        case = int(sql.value("SELECT id FROM case_file"))
        office.at("2026-11-24 08.00").sekar.registers(case)
        office.after(minutes=30).wulan.opens(case, "teliti_kasubag")
    citizen.follows(number, pin)
    assert "Staf memeriksa apakah lengkap, jelas dan relevan selesai Sel 24 Nov 2026 08.00 WIB" in citizen.text
    assert "Diteliti Kepala Subbagian Tata Usaha sedang berlangsung" in citizen.text
    assert "Dibuka Selasa, 24 November 2026 pukul 08.30 WIB" in citizen.text
    assert "Tanggapan pertama 1 hari kerja" in citizen.text
    assert "Jawaban belum sudah 1 hari kerja" in citizen.text
    assert "Wulan" not in citizen.text


def test_the_citizens_turn_is_obvious_and_what_they_send_reaches_the_office(site: Site, citizen: Citizen) -> None:
    number, pin = citizen.reports()
    case = case_of(site)
    asks_for_more(site, case)
    citizen.follows(number, pin)
    assert "Giliran Anda: laporan perlu dilengkapi" in citizen.text
    assert "Mohon sebutkan nama desanya." in citizen.text
    assert "Kami tunggu sampai" in citizen.text
    address = re.findall(r'href="(/lacak/lengkapi/\d+)"', citizen.page)[0]
    citizen.opens(address).uploads(address, [("peta.jpg", photo())], keterangan="Desa Mojorejo, Kemlagi.")
    assert citizen.address == "/lacak"
    assert "Kelengkapan Anda sudah kami terima" in citizen.text
    assert "Anda melengkapi laporan" in citizen.text
    assert "Giliran Anda" not in citizen.text
    with site.asked() as office:
        assert office.waits(case) == ["terima"]
        assert sql.rows("SELECT name, draft FROM attachment WHERE case_file_id = ?", (case,)) == [("peta.jpg", "")]
        assert sql.value("SELECT COUNT(*) FROM draft WHERE name LIKE 'lacak:%'") == 0


def test_an_incomplete_answer_keeps_text_and_files(site: Site, citizen: Citizen) -> None:
    number, pin = citizen.reports()
    asks_for_more(site, case_of(site))
    citizen.follows(number, pin)
    address = re.findall(r'href="(/lacak/lengkapi/\d+)"', citizen.page)[0]
    citizen.opens(address).uploads(address, [("peta.jpg", photo()), ("x.jpg", b"MZ" + bytes(99))], keterangan="Desa")
    assert citizen.status == 422
    assert "“x.jpg” adalah program" in citizen.text
    assert citizen.value("keterangan") == "Desa"
    citizen.uploads(address, [], keterangan="")
    assert citizen.status == 422
    assert "Belum diisi" in citizen.text
    assert "peta.jpg" in citizen.text
    citizen.uploads(address, [], keterangan="Desa Mojorejo", unggah="ya")
    assert citizen.value("keterangan") == "Desa Mojorejo"
    citizen.uploads(address, [], keterangan="Desa Mojorejo")
    assert citizen.address == "/lacak"


def test_an_answer_that_came_after_the_case_closed_by_itself_is_given_back(site: Site, citizen: Citizen) -> None:
    number, pin = citizen.reports()
    first = case_of(site)
    asks_for_more(site, first)
    [address] = re.findall(r'href="(/lacak/lengkapi/\d+)"', citizen.follows(number, pin).page)
    citizen.opens(address)
    site.office.after(minutes=31)
    citizen.uploads(address, [("jalan.jpg", photo())], keterangan="Jembatan itu di dusun Krajan.")
    assert citizen.status == 404
    assert "Jembatan itu di dusun Krajan.</textarea>" in citizen.page
    assert 'name="pin"' in citizen.page and "setengah jam" in citizen.text
    with site.asked() as office:
        assert office.waits(first) == ["minta_kelengkapan"]


def test_nobody_answers_in_someone_elses_case(site: Site, citizen: Citizen) -> None:
    citizen.reports()
    first = case_of(site)
    asks_for_more(site, first)
    with site.asked() as office:
        task = office.task(first, "minta_kelengkapan")
    other = site.citizen()
    other.follows(*other.reports())
    other.opens(f"/lacak/lengkapi/{task}")
    assert other.address == "/lacak"
    other.uploads(f"/lacak/lengkapi/{task}", [], keterangan="Saya bukan pelapornya")
    with site.asked() as office:
        assert office.waits(first) == ["minta_kelengkapan"]


def test_a_withdrawal_is_asked_once_and_ends_the_case(site: Site, citizen: Citizen) -> None:
    number, pin = citizen.reports()
    case = case_of(site)
    citizen.follows(number, pin).opens("/lacak/cabut")
    assert "Cabut laporan ini?" in citizen.text
    citizen.sends("/lacak/cabut")
    assert "sudah dicabut" in citizen.text
    assert "Anda mencabut laporan" in citizen.text
    assert "/lacak/cabut" not in citizen.page
    with site.asked() as office:
        assert office.state(case) == "dicabut"
        assert office.waits(case) == []


def test_a_report_that_is_not_carried_on_says_why(site: Site, citizen: Citizen) -> None:
    number, pin = citizen.reports()
    case = case_of(site)
    why = "Urusan ini wewenang pengadilan, bukan DPRD."
    with site.asked() as office:
        office.after(minutes=5).sekar.registers(case, hasil_verifikasi="tidak_relevan", alasan=why)
        office.after(minutes=5).wulan.does(case, "konfirmasi_tidak_relevan", keputusan_konfirmasi="setuju")
        office.after(minutes=1)
    works(site)
    citizen.follows(number, pin)
    assert why in citizen.text
    assert "Laporan tidak dapat dilanjutkan" in citizen.text


@pytest.mark.parametrize("channel", ["email", "whatsapp"])
def test_the_answer_stands_there_once_it_was_sent_and_not_before(site: Site, citizen: Citizen, channel: str) -> None:
    number, pin = citizen.reports()
    case = case_of(site)
    text = "Jalan sudah ditinjau Komisi III dan masuk rencana perbaikan 2027."
    with site.asked() as office:
        office.after(minutes=5).sekar.registers(case)
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
        office.hadi.does(case, "teliti_kabag", keputusan_kabag="teruskan")
        office.surya.does(case, "disposisikan_sekwan", keputusan_sekwan="teruskan", instruksi_sekwan=["monitor"])
        office.bima.does(case, "disposisikan_ketua", keputusan_ketua="untuk_diketahui", instruksi_ketua=["dipelajari"])
        office.surya.does(case, "cermati_disposisi", keputusan_cermati="lanjut")
        office.sekar.does(case, "catat_distribusikan", dicatat="ya")
        office.sekar.does(case, "susun_balasan", isi_balasan=text, saluran_balasan=channel)
        office.surya.does(case, "setujui_balasan", keputusan_balasan="setuju")
    assert text not in citizen.follows(number, pin).text
    assert citizen.client.get("/lacak/jawaban").status_code == 404
    if channel == "email":
        works(site)
    else:
        with site.asked() as office:
            office.after(minutes=3).sekar.does(case, "sampaikan_balasan", sudah_dikirim="ya")
    citizen.opens("/lacak")
    assert "Jawaban untuk Anda" in citizen.text
    assert text in citizen.text
    assert "Penanganan selesai" in citizen.text
    assert citizen.client.get("/lacak/jawaban").data.startswith(b"%PDF-")
    assert citizen.client.get("/lacak/jawaban/komisi_1").status_code == 404


def test_the_receipt_comes_again_without_its_pin(citizen: Citizen) -> None:
    number, pin = citizen.reports()
    citizen.follows(number, pin).opens("/lacak/tanda-terima")
    assert citizen.answer is not None
    assert citizen.answer.data.startswith(b"%PDF-")


def test_each_committees_answer_stands_there_with_its_own_letter(any_site: Site) -> None:
    citizen = any_site.citizen()
    number, pin = citizen.reports()
    case = case_of(any_site)
    with any_site.asked() as office:
        office.after(minutes=5).sekar.registers(case)
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
        office.hadi.does(case, "teliti_kabag", keputusan_kabag="teruskan")
        office.surya.does(case, "disposisikan_sekwan", keputusan_sekwan="teruskan", instruksi_sekwan=["monitor"])
        office.bima.does(case, "disposisikan_ketua", keputusan_ketua="disposisikan", akd=["komisi_1", "komisi_3"])
        office.surya.does(case, "cermati_disposisi", keputusan_cermati="lanjut")
        office.sekar.does(case, "catat_distribusikan", dicatat="ya")
        report = {"keputusan_akd": "selesai", "bentuk": "rdp", "laporan": "Rapat dengar pendapat sudah diadakan."}
        office.lilik.does(case, "tindak_lanjuti", "komisi_1", **report)
        office.yoga.does(case, "tindak_lanjuti", "komisi_3", **report)
        for part in ("komisi_1", "komisi_3"):
            text = f"Inilah jawaban dari {part} atas laporan Saudara."
            office.sekar.does(case, "susun_balasan", part, isi_balasan=text, saluran_balasan="email")
        office.surya.does(case, "setujui_balasan", "komisi_1", keputusan_balasan="setuju")
        office.after(minutes=1)
    works(any_site)
    citizen.follows(number, pin)
    assert "Inilah jawaban dari komisi_1" in citizen.text
    assert "komisi_3" not in citizen.text
    assert citizen.client.get("/lacak/jawaban/komisi_1").data.startswith(b"%PDF-")
    assert citizen.client.get("/lacak/jawaban/komisi_3").status_code == 404
    with any_site.asked() as office:
        office.surya.does(case, "setujui_balasan", "komisi_3", keputusan_balasan="setuju")
        office.after(minutes=1)
    works(any_site)
    assert "Inilah jawaban dari komisi_3" in citizen.opens("/lacak").text
    assert "Penanganan selesai" in citizen.text
