"""A day in the browser: the administrator, the auditor, the designer and the Sekwan, and the day the power failed."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import served
from browser.behind import waiting
from browser.house import House
from playwright.sync_api import expect

import processes

WIB = ZoneInfo("Asia/Jakarta")
NEW_PASSWORD = "empat kata yang panjang"


def day(after: int = 0) -> str:
    return (datetime.now(WIB).date() + timedelta(days=after)).isoformat()


def test_a_backup_is_asked_for(house: House) -> None:
    admin = house.staff("admin")
    admin.goes("/pengaturan/cadangan")
    admin.presses("Buat sekarang")
    admin.reads("Cadangan sudah diminta")
    admin.looks("cadangan-diminta")


def test_a_holiday_is_looked_at_before_it_counts(house: House) -> None:
    waiting(house.server.home, "Menunggu kalender", at="kabag")
    admin = house.staff("admin")
    admin.goes("/pengaturan")
    admin.presses("Kalender")
    lines = "\n".join(f"{day(n)} Libur kedua puluh dua kali lipat" for n in range(1, 4))
    admin.page.locator("#p-libur-days").fill(lines)
    admin.page.locator("#p-libur-source").fill("SKB Tiga Menteri 933/2026")
    admin.page.locator("form", has=admin.page.locator("#p-libur-days")).get_by_role("button").click()
    admin.reads("Belum ada yang diubah.", "Libur kedua puluh dua kali lipat")
    expect(admin.page.locator("main")).to_contain_text(
        re.compile("batas waktu (yang masih terbuka akan|terbuka yang) bergeser")
    )
    admin.looks("kalender-akibat")
    admin.presses("Berlakukan kalender ini")
    admin.reads("Kalender berlaku.", "SKB Tiga Menteri 933/2026")
    admin.looks("kalender-berlaku")
    admin.goes("/pengaturan/riwayat")
    admin.reads("alender")
    admin.looks("riwayat-pengaturan")


def test_lists_numbers_and_letterhead_are_decided_and_bad_ones_refused(house: House) -> None:
    admin = house.staff("admin")
    admin.goes("/pengaturan/daftar")
    admin.presses("Bidang")
    admin.page.locator("#p-0-label").fill("Air bersih")
    for field in ("bagian", "komisi"):
        admin.page.locator(f"#p-0-attr-{field}").select_option(index=1)
    admin.page.get_by_role("button", name="Tambah", exact=True).click()
    admin.reads("Air bersih")

    admin.goes("/pengaturan/penomoran")
    pattern = admin.page.locator("[name=pattern]").first
    kept = pattern.input_value()
    pattern.fill("SAMA-TERUS")
    admin.page.get_by_role("button", name=re.compile("^Simpan pola")).first.click()
    expect(admin.page.locator(".field-error").first).to_be_visible()
    expect(admin.page.locator("[name=pattern]").first).to_have_value("SAMA-TERUS")
    admin.looks("penomoran-ditolak")
    admin.page.locator("[name=pattern]").first.fill(kept.replace("{urut", "L-{urut"))
    admin.page.get_by_role("button", name=re.compile("^Simpan pola")).first.click()
    expect(admin.page.locator(".sample").first).to_contain_text("L-")

    admin.goes("/pengaturan/kop-surat")
    admin.page.locator("#p-place").fill("Mojosari")
    assert "Mojosari" in admin.prints("Contoh surat balasan (PDF)")
    admin.presses("Simpan kop surat")
    expect(admin.page.locator("#p-place")).to_have_value("Mojosari")


def test_a_new_colleague_gets_a_link_chooses_a_password_and_signs_in(house: House) -> None:
    admin = house.staff("admin")
    admin.goes("/pengaturan/orang")
    admin.fills(name="Nur Hidayah, S.Sos.")
    admin.page.get_by_role("button", name="Tambah orang").click()
    admin.fills(username="nur")
    admin.page.get_by_role("button", name="Buka akun").click()
    admin.reads("Serahkan langsung kepada Nur Hidayah, S.Sos. tautan ini")
    admin.looks("tautan-sekali")
    link = admin.page.locator("#tautan").input_value()

    nur = house.stranger(served.PHONE)
    nur.page.goto(link)
    nur.looks("kata-sandi-pertama")
    nur.fills(sandi=NEW_PASSWORD, ulang=NEW_PASSWORD)
    nur.presses("Simpan kata sandi")
    nur.signs_in("nur", NEW_PASSWORD)
    nur.reads("Akun Anda tidak memegang jabatan saat ini.")
    again = house.stranger(served.PHONE)
    again.page.goto(link)
    again.looks("tautan-terpakai")


def test_a_text_is_tried_on_a_real_report_and_a_refused_mail_is_sent_again(house: House) -> None:
    number, _pin = house.citizen().reports(perihal="Surel ditolak")
    house.post.refusals = ["550 mailbox full"]
    house.staff("sekar").does(
        number, "kelengkapan-diminta", texts={"yang_kurang": "Sebutkan dusunnya."}, hasil_verifikasi="tidak_lengkap"
    )
    admin = house.staff("admin")
    admin.goes("/pengaturan/teks")
    admin.page.locator("main table a").first.click()
    admin.page.locator("#t-kasus").fill(number)
    admin.presses("Pratinjau")
    admin.reads("Beginilah bacaannya", number)
    admin.looks("teks-pratinjau")

    row = admin.page.locator("tbody tr", has_text=number)
    for _look in range(240):  # the worker sends in its own time
        admin.goes("/pengaturan/kotak-keluar?lihat=tidak-sampai")
        if row.count():
            break
        admin.page.wait_for_timeout(500)
    expect(row).to_contain_text("550")
    admin.looks("kotak-keluar-tidak-sampai")
    row.get_by_role("button", name="Kirim ulang").click()
    assert house.post.wait_for(number)


def test_the_auditor_goes_from_the_late_to_the_minutes_the_map_the_export_and_the_journal(house: House) -> None:
    inggit = house.staff("inggit")
    inggit.goes("/audit")
    inggit.presses("Daftar terlambat")
    inggit.page.locator("table a.title").first.click()
    inggit.reads("Ke mana waktu laporan", "Jumlah", "100%")
    inggit.looks("ke-mana-waktunya")
    assert "SIAPMAS" in inggit.prints("Formulir pelaksanaan SOP (PDF)")
    inggit.goes("/audit")
    inggit.presses("Peta panas")
    inggit.reads("Angka yang sama sebagai tabel")
    inggit.presses("Ekspor")
    with inggit.page.expect_download() as download:
        inggit.presses("Unduh CSV")
    assert download.value.suggested_filename.endswith(".csv")
    inggit.presses("Pemeriksaan jurnal")
    inggit.presses("Periksa seluruh jurnal")
    for _look in range(240):
        if inggit.page.get_by_text("Jurnal utuh.").count():
            break
        inggit.page.wait_for_timeout(500)
        inggit.goes("/audit/jurnal")
    inggit.reads("Jurnal utuh.")
    inggit.looks("jurnal-utuh")


def test_a_broken_drawing_is_shown_at_its_element_a_good_one_becomes_the_release(house: House, tmp_path: Path) -> None:
    drawing = processes.files("siapmas")["siapmas.bpmn"].decode()
    head, found, tail = drawing.partition('<bpmn:userTask id="teliti_kasubag"')
    limit = r'\s*<camunda:property name="sop.waktu" value="PT10M" />'
    broken, better = tmp_path / "rusak" / "siapmas.bpmn", tmp_path / "siapmas.bpmn"
    broken.parent.mkdir()
    broken.write_text(head + found + re.sub(limit, "", tail, count=1))
    better.write_text(head + found + tail.replace('value="PT10M"', 'value="PT15M"', 1))

    danu = house.staff("danu")
    danu.goes("/perancang")
    danu.presses("Usulkan perubahan")
    danu.fills(process="siapmas")
    danu.page.locator("#p-files").set_input_files(broken)
    danu.presses("Unggah dan periksa")
    danu.reads("salah", "teliti_kasubag")
    expect(danu.page.locator("#diagram")).to_have_attribute("data-drawn", "0")
    expect(danu.page.get_by_role("button", name="Ajukan untuk disahkan")).to_be_disabled()
    danu.looks("usulan-salah")

    danu.goes("/perancang/usul")
    danu.fills(process="siapmas")
    danu.page.locator("#p-files").set_input_files(better)
    danu.presses("Unggah dan periksa")
    danu.reads("Yang berubah", "15")
    danu.looks("usulan-baik")
    danu.fills(note="Paraf Kasubag 15 menit", sop_number="9.3.3/11/2026", revised_on=day(), effective_on=day())
    danu.presses("Ajukan untuk disahkan")
    danu.reads("menunggu pengesahan")
    address = danu.page.url

    surya = house.staff("surya", served.PHONE)
    surya.page.goto(address)
    surya.looks("usulan-disahkan-sekwan")
    surya.fills(letter="188/12/2026")
    surya.presses("Sahkan terbitan")
    surya.reads("disahkan", "188/12/2026")
    danu.goes("/perancang/siapmas")
    text = danu.prints("Dokumen SOP (PDF)")
    assert "9.3.3/11/2026" in text and "15" in text


def test_a_day_without_power_is_told_afterwards_and_confirmed_by_a_second_person(house: House) -> None:
    hours = [datetime.now(WIB) - timedelta(hours=hour) for hour in (5, 4, 3, 2, 1)]
    began, received, opened, done, ended = (at.strftime("%Y-%m-%dT%H:%M") for at in hours)
    sekar = house.staff("sekar")
    sekar.goes("/kasus")
    sekar.presses("Saat gangguan")
    sekar.page.locator("#jumlah").fill("2")
    assert "SIAPMAS" in sekar.prints("Cetak lembar kosong")
    sekar.goes("/gangguan")
    sekar.looks("gangguan-lembar")
    sekar.page.get_by_role("link", name=re.compile("^Catat .*SIAPMAS")).first.click()
    sekar.picks(saluran="loket")
    sekar.fills(mulai=began, sampai=ended, diterima=received, nama="Slamet Riyadi", perihal="Jembatan putus")
    sekar.fills(kronologi="Jembatan putus sejak subuh.")
    sekar.presses("Simpan, lalu catat langkahnya")
    sekar.reads("Langkah berikutnya: Menerima")
    sekar.looks("gangguan-langkah")
    chosen = sekar.page.locator("select[name=oleh] option", has_text="Sekar")
    sekar.page.locator("select[name=oleh]").select_option(chosen.get_attribute("value"))
    sekar.fills(dibuka=opened, selesai=done)
    sekar.picks(hasil_verifikasi="lengkap", jenis="pengaduan", bidang="infrastruktur")
    sekar.presses("Catat langkah ini")
    sekar.reads("Langkah berikutnya: Meneliti")
    sekar.presses("Ajukan untuk disahkan")
    sekar.reads("menunggu pengesahan")

    wulan = house.staff("wulan")
    wulan.goes("/gangguan")
    wulan.page.locator("th a").first.click()
    wulan.at(r"/gangguan/.+")
    wulan.looks("gangguan-disahkan")
    wulan.presses("Sahkan")
    wulan.reads("dicatat kemudian")
    wulan.looks("kasus-dicatat-kemudian")


def test_the_backup_asked_for_is_there_and_whole(house: House) -> None:
    admin = house.staff("admin")
    made = admin.page.locator("tbody tr", has_text="utuh")
    for _look in range(240):  # the worker looks once a minute
        admin.goes("/pengaturan/cadangan")
        if made.count():
            break
        admin.page.wait_for_timeout(500)
    admin.reads("Cadangan terakhir yang utuh")
    admin.looks("cadangan-utuh")
    admin.goes("/pengaturan/kesehatan")
    admin.looks("kesehatan-dengan-cadangan")
