"""A day in the browser: the counter, a Staf at the desk, officials on their phones, the Kasubag above them."""

import csv
import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import served
from browser.behind import waiting
from browser.house import House
from playwright.sync_api import expect

LETTER = {
    "nomor_surat": "12/RT03/XI/2026",
    "nama": "Paguyuban Warga Krajan",
    "alamat": "Dusun Krajan RT 3, Mojorejo",
    "perihal": "Jembatan desa rusak",
    "kronologi": "Jembatan desa rusak sejak banjir dan warga harus memutar enam kilometer.",
    "waktu": "Sejak banjir bulan lalu",
    "tempat": "Dusun Krajan, Desa Mojorejo",
}
OLD_LIST = [
    ["Cap waktu", "Nama Lengkap", "No. WA", "Email", "Kronologi", "Tempat"],
    ["31/12/2024 08.15.00", "Siti Rahma", "0812 3456 7890", "siti@contoh.id", "Jalan desa berlubang parah.", "Puri"],
    ["30/12/2024 10.05.00", "Budi Raharjo", "", "", "Lampu jalan mati sejak seminggu.", "Gedeg"],
    ["kapan-kapan", "Tanpa Tanggal", "", "", "Selokan mampet di depan pasar.", "Sooko"],
]


def test_a_letter_at_the_counter_gets_a_receipt_and_the_morning_is_printed_in_one_go(house: House, photo: Path) -> None:
    sekar = house.staff("sekar")
    sekar.goes("/tugas")
    sekar.presses("Catat laporan masuk")
    sekar.picks(saluran="surat")
    sekar.fills(**LETTER)
    sekar.page.locator("input[name=bukti]").set_input_files(photo)
    sekar.presses("Simpan dan beri nomor")
    sekar.reads("Laporan tercatat", "Sekar Ayu Lestari", "Jembatan desa rusak")
    sekar.looks("laporan-tercatat")
    number = sekar.page.locator("#nomor").inner_text()
    pin = sekar.page.locator("#pin").inner_text()
    receipt = sekar.prints("Cetak tanda terima")
    assert number in receipt and pin in receipt and "Sekar Ayu Lestari" in receipt

    sekar.presses("Tumpukan hari ini")
    sekar.reads(number, "12/RT03/XI/2026")
    sekar.looks("tumpukan-berisi")
    sekar.page.get_by_label("Kartu kendali masuk").check()
    assert number in sekar.prints("Cetak yang dicentang")

    citizen = house.citizen(served.PHONE)
    citizen.follows(number, pin)
    citizen.reads(number)


def test_an_old_list_is_checked_first_then_imported_once(house: House, tmp_path: Path) -> None:
    listed = tmp_path / "daftar lama.csv"
    with listed.open("w", newline="") as file:
        csv.writer(file).writerows(OLD_LIST)
    sekar = house.staff("sekar")
    sekar.goes("/kasus")
    sekar.presses("Impor daftar lama")
    sekar.page.locator("#daftar").set_input_files(listed)
    sekar.presses("Unggah dan periksa")
    sekar.reads("menunggu persetujuan", "Baris yang keliru", "Cap waktu")
    sekar.looks("impor-siap")
    sekar.page.get_by_label("Arsip: laporan lama").check()
    sekar.presses("Impor 2 laporan")
    sekar.reads("2 laporan diimpor")
    sekar.looks("impor-selesai")
    sekar.presses("Semua impor")
    sekar.page.locator("#daftar").set_input_files(listed)
    sekar.presses("Unggah dan periksa")
    sekar.reads("Tidak ada baris baru yang dapat diimpor.")


def test_the_desk_is_worked_by_keys_and_several_tasks_are_taken_at_once(house: House) -> None:
    waiting(house.server.home, "Ketik satu", "Ketik dua")
    sekar = house.staff("sekar")
    page = sekar.page
    sekar.goes("/tugas?cari=Ketik")
    rows = page.locator("table a.title")
    expect(rows).to_have_count(2)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    sekar.looks("tugas-pintasan")
    page.get_by_role("dialog").get_by_role("button", name="Tutup").click()
    page.keyboard.press("j")
    expect(rows.first).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("a")
    sekar.reads("diambil Anda")
    expect(page.get_by_text("diambil Anda")).to_have_count(2)
    page.keyboard.press("/")
    expect(page.locator("[name=cari]")).to_be_focused()

    page.get_by_text("Saringan tersimpan").click()
    page.get_by_label("Simpan tampilan ini dengan nama").fill("Yang saya ketik")
    page.locator(".kept-filters").get_by_role("button", name="Simpan", exact=True).click()
    sekar.goes("/tugas")
    sekar.looks("tugas-saringan")
    sekar.presses("Yang saya ketik")
    sekar.at("cari=Ketik")


def test_a_task_is_talked_over_helped_by_a_template_given_a_file_and_called_back(house: House, photo: Path) -> None:
    (number,) = waiting(house.server.home, "Dibicarakan")
    sekar = house.staff("sekar")
    sekar.goes("/templat")
    sekar.page.get_by_label("Judul").fill("Sudah dicek")
    sekar.page.locator("#isi-templat").fill("Laporan {nomor} sudah dicek ulang.")
    sekar.presses("Simpan templat")
    sekar.finds(number, "terima")
    sekar.page.locator("[name=templat_catatan]").select_option(label="Sudah dicek")
    sekar.page.locator("[data-insert][name=templat_untuk][value=catatan]").click()
    expect(sekar.page.locator("[name=catatan]")).to_have_value(f"Laporan {number} sudah dicek ulang.")
    sekar.page.locator("#lampiran").set_input_files(photo)
    sekar.presses("Unggah")
    sekar.reads("jalan rusak.jpg")
    sekar.looks("terima-berkas")
    expect(sekar.page.locator("[name=catatan]")).to_have_value(f"Laporan {number} sudah dicek ulang.")

    sekar.presses("Tulis atau sebut rekan")
    sekar.page.get_by_label("Yang ingin Anda sampaikan").fill("Bu, fotonya cukup?")
    sekar.page.get_by_text("Sebut rekan (@)").click()
    sekar.page.get_by_label("Wulan Sari").check()
    sekar.presses("Sampaikan")
    sekar.reads("Menyebut", "Wulan Sari", "belum dibaca")
    sekar.looks("percakapan-berisi")

    sekar.finds(number, "terima")
    sekar.picks(hasil_verifikasi="lengkap", jenis="pengaduan", bidang="infrastruktur")
    sekar.finish.click()
    sekar.is_done("terima-dibicarakan-selesai")
    sekar.page.get_by_text("Tarik kembali").first.click()
    sekar.page.locator("#alasan-samping").fill("Bidangnya keliru.")
    sekar.page.locator("#tarik").get_by_role("button", name="Tarik kembali").click()
    sekar.finds(number, "terima")
    expect(sekar.page.locator("[name=catatan]")).to_have_value(f"Laporan {number} sudah dicek ulang.")

    wulan = house.staff("wulan", served.PHONE)
    wulan.goes("/pemberitahuan")
    wulan.reads("Anda diminta membaca percakapan", number)
    wulan.looks("pemberitahuan-berisi")


def test_a_kasubag_watches_the_desk_below_and_takes_a_task_over_with_a_reason(house: House) -> None:
    (number,) = waiting(house.server.home, "Diambil alih")
    wulan = house.staff("wulan")
    wulan.goes("/tugas")
    wulan.presses("Pantauan")
    wulan.reads("Staf Subbagian Tata Usaha", "Sekar Ayu Lestari")
    wulan.looks("pantauan-kasubag")
    wulan.opens_case(number)
    wulan.page.locator("main table a.title").first.click()
    wulan.page.get_by_text("Ambil alih tugas ini").click()
    over = wulan.page.locator("#ambil-alih")
    over.get_by_role("button", name="Ambil alih").click()
    wulan.reads("Alasan")
    wulan.looks("ambil-alih-tanpa-alasan")
    wulan.page.locator("#alasan-samping").fill("Kedua Staf sedang di luar kantor.")
    wulan.page.locator("#ambil-alih").get_by_role("button", name="Ambil alih").click()
    wulan.picks(hasil_verifikasi="lengkap", jenis="pengaduan", bidang="infrastruktur")
    wulan.finish.click()
    wulan.is_done("ambil-alih-selesai")


def test_an_official_signs_one_after_the_other_with_one_thumb_and_gives_a_copy(house: House) -> None:
    numbers = waiting(house.server.home, "Jempol satu", "Jempol dua", "Jempol tiga", at="kabag")
    hadi = house.staff("hadi", served.PHONE)
    hadi.finds(numbers[0], "kabag-jempol")
    for _sheet in numbers:
        hadi.picks(keputusan_kabag="teruskan")
        hadi.page.get_by_role("button", name="Bubuhkan paraf").click()
        hadi.is_done("kabag-jempol-selesai")
        if (onwards := hadi.page.get_by_role("link", name=re.compile("^Berikutnya"))).count():
            onwards.click()
    hadi.opens_case(numbers[1])
    hadi.presses("Beri tembusan")
    hadi.page.get_by_label("Kepada jabatan").select_option(label="Staf Humas dan Protokol")
    hadi.page.get_by_role("button", name="Beri tembusan").click()
    hadi.reads("Staf Humas dan Protokol", "belum")
    hadi.looks("tembusan-berisi")
    odi = house.staff("odi", served.PHONE)
    odi.goes("/pemberitahuan")
    odi.page.get_by_role("link", name=numbers[1]).first.click()
    odi.reads("Jempol dua")


def test_who_is_away_proposes_a_substitute_the_superior_orders_it_and_the_plh_signs(house: House) -> None:
    (number,) = waiting(house.server.home, "Ditinggal dinas luar", at="kabag")
    now = datetime.now(ZoneInfo("Asia/Jakarta"))
    today, tomorrow = now.date().isoformat(), (now + timedelta(days=1)).date().isoformat()  # it may be night
    hadi = house.staff("hadi", served.PHONE)
    hadi.goes("/tugas")
    hadi.presses("Saya berhalangan")
    chosen = hadi.page.locator("select[name=person] option", has_text="Ratna Kusuma")
    hadi.page.locator("select[name=person]").select_option(chosen.get_attribute("value"))
    hadi.picks(kind="plh")
    hadi.fills(**{"from": today, "until": tomorrow, "reason": "Dinas luar ke Surabaya."})
    hadi.presses("Kirim usul")
    hadi.reads("menunggu keputusan", "Plh. Ratna Kusuma")
    hadi.looks("berhalangan-diusulkan")

    surya = house.staff("surya", served.PHONE)
    surya.goes("/pemberitahuan")
    surya.looks("pemberitahuan-usul")
    surya.page.locator("main").get_by_role("link", name="Buka").first.click()
    surya.reads("Menunggu keputusan Anda", "Dinas luar ke Surabaya.")
    surya.looks("berhalangan-diputus")
    surya.fills(letter="800/21/2026", letter_date=today)
    surya.presses("Setujui dengan surat perintah")

    ratna = house.staff("ratna", served.PHONE)
    ratna.finds(number, "kabag-plh-jempol")
    ratna.picks(keputusan_kabag="teruskan")
    ratna.page.get_by_role("button", name="Bubuhkan paraf").click()
    ratna.reads("Sudah Anda kerjakan", "Plh. Kepala Bagian Umum")


@pytest.mark.parametrize("size", [pytest.param(served.PHONE, id="390"), pytest.param(served.DESK, id="1280")])
def test_a_neighbour_with_the_same_trouble_joins_the_open_report(house: House, size: tuple[int, int]) -> None:
    (number,) = waiting(house.server.home, f"Jembatan gantung Krajan putus {size[0]}", at="kasubag")
    citizen = house.citizen(size)
    citizen.tells_who()
    citizen.tells_what(perihal="Jembatan gantung Krajan putus", kronologi="Jembatan gantung di Krajan putus.")
    citizen.adds()
    citizen.reads("Laporan serupa sedang ditangani")
    citizen.looks("lapor-periksa-serupa")
    citizen.page.locator("#serupa a[href*='/sama/']").first.click()
    citizen.at("/sama/")
    citizen.looks("lapor-sama")
    citizen.presses("Ya, saya mengalaminya")
    citizen.reads("surel")
    citizen.looks("lapor-tergabung")
    sekar = house.staff("sekar", size)
    sekar.opens_case(number)
    sekar.looks("kasus-serupa")
