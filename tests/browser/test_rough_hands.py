"""Two tabs, the back button, a double click, a session that ended, a lost line: no second case, no lost word."""

import re

import served
from browser.house import House
from browser.pages import PASSWORD, WHO, Citizen, Staff
from playwright.sync_api import expect

SAVED, NOT_SAVED = "Isian disimpan.", "Isian belum tersimpan; dicoba lagi bila tersambung."
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"


def ready_to_send(citizen: Citizen, subject: str) -> None:
    citizen.tells_who()
    citizen.tells_what(perihal=subject)
    citizen.adds()
    citizen.at("/periksa")


def cases(house: House, subject: str) -> int:
    """How many reports with this subject reached the office."""
    sekar = house.staff("sekar")
    sekar.goes(f"/kasus?cari={subject}")
    return sekar.page.locator("table tbody tr").count()


def reported(house: House, subject: str) -> str:
    citizen = house.citizen()
    ready_to_send(citizen, subject)
    return citizen.sends()[0]


def test_a_double_click_sends_one_report_and_going_back_shows_its_receipt(house: House) -> None:
    citizen = house.citizen(served.PHONE)
    ready_to_send(citizen, "Diklik dua kali")
    citizen.page.get_by_role("button", name="Kirim laporan").dblclick()
    number, pin = citizen.receipt()
    citizen.page.go_back()
    citizen.page.reload()
    assert citizen.receipt() == (number, pin)
    assert cases(house, "Diklik dua kali") == 1


def test_two_tabs_send_one_report(house: House) -> None:
    first = house.citizen()
    ready_to_send(first, "Dari dua tab")
    second = Citizen(first.page.context.new_page(), first.url, first.eyes)
    second.goes("/lapor/siapmas/periksa")
    number = first.sends()
    assert second.sends() == number
    assert cases(house, "Dari dua tab") == 1


def test_a_double_click_completes_a_task_once_and_the_next_one_to_try_keeps_their_words(house: House) -> None:
    number = reported(house, "Dua petugas")
    sekar, joko = house.staff("sekar"), house.staff("joko")
    for staff in (sekar, joko):
        staff.finds(number, "terima")
        staff.picks(hasil_verifikasi="lengkap", jenis="pengaduan", bidang="infrastruktur")
    joko.fills(catatan="Ditulis Joko dengan susah payah.")
    sekar.finish.dblclick()
    sekar.is_done("terima-selesai")
    joko.finish.click()
    joko.reads("Sudah dikerjakan oleh Sekar Ayu Lestari", "Yang Anda kirim tidak diproses")
    kept = joko.page.locator("textarea[readonly]", has_text="Ditulis Joko dengan susah payah.")
    expect(kept).to_be_visible()
    joko.looks("terlambat-dikerjakan")
    sekar.page.go_back()
    sekar.page.reload()
    sekar.reads("Sudah Anda kerjakan")


def test_a_session_that_ends_in_mid_form_gives_the_words_back_after_signing_in(house: House) -> None:
    number = reported(house, "Sesi berakhir")
    joko = house.stranger(served.PHONE)
    joko.signs_in("joko")
    joko.finds(number, "terima")
    joko.picks(hasil_verifikasi="lengkap", jenis="pengaduan", bidang="infrastruktur")
    joko.fills(catatan="Jangan sampai hilang.")
    joko.page.context.clear_cookies(name="masuk")
    joko.finish.click()
    joko.reads("Sesi Anda berakhir", "Isian Anda tidak hilang")
    joko.looks("masuk-lagi")
    joko.fills(nama="joko", sandi=PASSWORD)
    joko.page.locator("main").get_by_role("button", name="Masuk", exact=True).click()
    joko.reads("Isian yang sudah Anda ketik dipulihkan")
    expect(joko.page.locator("[name=catatan]")).to_have_value("Jangan sampai hilang.")
    expect(joko.page.locator("[name=hasil_verifikasi][value=lengkap]")).to_be_checked()
    joko.looks("terima-dipulihkan")
    joko.finish.click()
    joko.is_done("terima-selesai")


def test_a_form_whose_cookies_are_gone_says_so_and_can_be_begun_again(house: House) -> None:
    citizen = house.citizen()
    citizen.tells_who()
    citizen.page.context.clear_cookies()
    citizen.fills(perihal="Kuki hilang", kronologi="Ditulis panjang lebar di ponsel pinjaman.")
    citizen.presses("Lanjut")
    citizen.reads("Isian Anda masih ada")
    expect(citizen.page.locator("[name=kronologi]")).to_have_value("Ditulis panjang lebar di ponsel pinjaman.")


def test_what_is_typed_is_there_after_a_reload(house: House) -> None:
    citizen = house.citizen(served.PHONE)
    citizen.goes("/lapor/siapmas")
    citizen.fills(nama=WHO["nama"])
    expect(citizen.page.locator("[data-autosave-state]")).to_have_text(SAVED)
    citizen.page.reload()
    expect(citizen.page.locator("[name=nama]")).to_have_value(WHO["nama"])


def test_a_lost_line_keeps_the_draft_and_sends_it_when_it_is_back(house: House) -> None:
    number = reported(house, "Sambungan putus")
    sekar: Staff = house.staff("sekar")
    sekar.finds(number, "terima")
    sekar.page.context.set_offline(True)
    sekar.fills(catatan="Ditulis tanpa sambungan.")
    expect(sekar.page.locator("[data-autosave-state]")).to_have_text(NOT_SAVED)
    sekar.page.context.set_offline(False)
    expect(sekar.page.locator("[data-autosave-state]")).to_have_text(SAVED)
    assert sekar.eyes.forgives(OFFLINE)
    sekar.page.reload()
    expect(sekar.page.locator("[name=catatan]")).to_have_value("Ditulis tanpa sambungan.")


def test_a_wrong_pin_waits_then_locks_and_does_not_tell_whether_the_number_exists(house: House) -> None:
    number = reported(house, "PIN keliru")
    told = {}
    for asked in (number, "9999/SIAPMAS/2026"):
        citizen = house.citizen(served.PHONE)
        told[asked] = []
        for _try in range(6):
            citizen.follows(asked, "000000")
            told[asked].append(citizen.page.get_by_role("alert").inner_text())
        expect(citizen.page.locator("[name=nomor]")).to_have_value(asked)
        citizen.looks("lacak-terkunci")
    real, made_up = ([re.sub(r"\d\d\.\d\d(\.\d\d)?", "…", text) for text in texts] for texts in told.values())
    assert real == made_up
    assert "tidak cocok" in real[0]
    assert real[-1].startswith("Terlalu banyak percobaan. Untuk keamanan, coba lagi sesudah pukul …")
