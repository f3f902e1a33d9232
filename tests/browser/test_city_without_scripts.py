"""The city for people whose browser runs no scripts: complaining, painting over by numbers, editing; a NIK disputed."""

from pathlib import Path

import pytest
import served
from browser.house import House
from browser.townspeople import MOTHER, NIK, WHERE, WHO
from playwright.sync_api import expect

SHOWN = {"judul_tayang": "Pohon tumbang di Wates", "isi_tayang": "Pohon di Gang 3 tumbang dan menutup jalan."}


@pytest.fixture(scope="module")
def opened_home(city_home: Path) -> Path:
    """With both governments."""
    return city_home


def test_a_complaint_is_sent_and_published_with_a_photo_painted_over_by_numbers(house: House, photo: Path) -> None:
    citizen = house.complainant(java_script_enabled=False)
    citizen.tells_what(perihal="Pohon tumbang", bagian_subyek="taman_kota")
    citizen.at("/tempat")
    citizen.fills(titik="dekat pasar")
    citizen.presses("Lanjut")
    citizen.reads("Ini bukan titik peta")
    citizen.picks(wilayah="wates")
    citizen.fills(lokasi=WHERE, titik="")
    citizen.presses("Lanjut")
    citizen.tells_who(nik="3576", telepon="", surel="")
    citizen.reads("NIK terdiri dari 16 angka")
    expect(citizen.page.locator("[name=nama_ibu]")).to_have_value(MOTHER)
    citizen.fills(nik=NIK, telepon=WHO["telepon"])
    citizen.presses("Lanjut")
    citizen.adds(photo)
    number, pin = citizen.sends()

    rendra = house.staff("rendra", java_script_enabled=False)
    rendra.finds(number, "adu-sunting")
    rendra.picks(keputusan_tayang="tayangkan")
    rendra.fills(judul_tayang=SHOWN["judul_tayang"], isi_tayang=f"{SHOWN['isi_tayang']} Hubungi 0812 7777 1234.")
    rendra.presses("Simpan sementara")
    task = rendra.page.url
    rendra.presses("Pilih dan tutupi foto")
    rendra.presses("Tutupi lalu tayangkan")
    for side, typed in {"x": "900", "y": "250", "w": "500", "h": "500"}.items():
        rendra.page.locator(f"[name={side}]").first.fill(typed)
    rendra.presses("Tutupi dan tayangkan")
    rendra.reads("tidak boleh melewati tepi foto")
    expect(rendra.page.locator("[name=x]").first).to_have_value("900")
    rendra.page.locator("[name=x]").first.fill("250")
    rendra.presses("Tutupi dan tayangkan")
    rendra.reads("Ikut tayang")
    rendra.page.goto(task)
    expect(rendra.page.locator("[name=judul_tayang]")).to_have_value(SHOWN["judul_tayang"])
    rendra.finish.click()
    rendra.reads("perlu diperbaiki", "0812 7777 1234")
    rendra.fills(**SHOWN)
    rendra.finish.click()
    rendra.is_done("adu-sunting-selesai")

    citizen.follows(number, pin)
    citizen.presses("Lihat yang tayang tanpa identitas")
    citizen.reads(SHOWN["isi_tayang"])
    expect(citizen.page.locator(".published-photos img")).to_have_count(1)


def test_whoever_did_not_complain_says_so(house: House) -> None:
    neighbour = house.complainant()
    neighbour.goes("/panduan")
    neighbour.presses("NIK saya dipakai orang lain")
    neighbour.at("/nik$")
    neighbour.fills(nik=NIK, nama_ibu=MOTHER, telepon="0812 0000 1111", keterangan="Saya tidak pernah mengadu.")
    neighbour.presses("Kirim")
    neighbour.reads("kami terima")
    neighbour.looks("nik-terkirim")
    yanti = house.staff("yanti", served.PHONE)
    yanti.goes("/sengketa-nik")
    yanti.page.locator("table a.title").first.click()
    yanti.reads("Saya tidak pernah mengadu.")
    yanti.looks("sengketa-dibaca")
