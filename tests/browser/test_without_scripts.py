"""The same office for someone whose browser runs no scripts: every form is a form, every step a page."""

from pathlib import Path

import served
from browser.house import House
from browser.pages import WHAT
from playwright.sync_api import expect


def test_a_report_with_a_photo_is_sent_asked_about_completed_returned_and_withdrawn(house: House, photo: Path) -> None:
    citizen = house.citizen(served.PHONE, java_script_enabled=False)
    sekar, wulan = (house.staff(name, java_script_enabled=False) for name in ("sekar", "wulan"))
    number, pin = citizen.reports(photo)

    sekar.does(number, "terima", hasil_verifikasi="tidak_lengkap", texts={"yang_kurang": "Sebutkan nama dusunnya."})
    letter = house.post.wait_for(number)[0]
    assert "Sebutkan nama dusunnya." in letter.get_content()

    citizen.follows(number, pin)
    citizen.reads("Giliran Anda", "Sebutkan nama dusunnya.")
    citizen.presses("Lengkapi sekarang")
    citizen.fills(keterangan="Dusun Krajan RT 3.")
    citizen.page.locator("input[type=file]").set_input_files(photo)
    citizen.presses("Kirim kelengkapan")
    citizen.reads("Anda melengkapi laporan")

    lengkap = {"hasil_verifikasi": "lengkap", "jenis": "pengaduan", "bidang": "infrastruktur"}
    sekar.does(number, "terima", **lengkap)
    wulan.finds(number, "kasubag")
    wulan.returns("Urgensinya keliru.")
    wulan.is_done("kasubag-kembali")
    sekar.finds(number, "terima")
    sekar.reads("Urgensinya keliru.")

    citizen.goes("/lacak")
    citizen.presses("Cabut laporan")
    citizen.presses("Ya, cabut laporan")
    citizen.reads("Laporan Anda sudah dicabut")
    sekar.page.reload()
    sekar.reads("Tugas ini tidak diperlukan lagi")


def test_a_mistake_is_shown_at_its_field_and_nothing_typed_is_lost(house: House) -> None:
    citizen = house.citizen(java_script_enabled=False)
    citizen.tells_who(nama="Siti", telepon="bukan nomor", surel="siti@")
    citizen.reads("2 isian perlu diperbaiki")
    expect(citizen.page.locator("[name=telepon]")).to_have_value("bukan nomor")
    expect(citizen.page.locator("#telepon-error")).to_be_visible()
    citizen.fills(telepon="", surel="siti@contoh.id")
    citizen.presses("Lanjut")
    citizen.tells_what(kronologi="")
    citizen.reads("Satu isian perlu diperbaiki")
    expect(citizen.page.locator("[name=tempat]")).to_have_value(WHAT["tempat"])
