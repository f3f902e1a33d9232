"""Rights over one's own data: seen, mended, taken along, asked to be erased; decided, held back; failures told."""

import json
import re
from io import BytesIO

from citizen import Citizen, Site
from clerk import clerk
from kota import Kota
from pypdf import PdfReader

from db import sql
from engine import journal, verbs
from engine.commands import breaches, erasure

WAIT = "/penghapusan"
WHAT = {"affected": "2", "data": ["kontak", "isi"], "what": "Daftar kontak terkirim ke alamat yang salah."}


def followed(site: Site) -> tuple[Citizen, int]:
    """A citizen at their own report, which the office has read."""
    citizen = site.citizen()
    number, pin = citizen.reports()
    with site.asked():
        case = int(sql.value("SELECT id FROM case_file WHERE number = ?", (number,)))
    clerk(site, "sekar").opens(f"/kasus/{case}").sends(f"/kasus/{case}/identitas")
    return citizen.follows(number, pin), case


def test_a_reporter_sees_what_is_kept_and_which_offices_looked_but_no_name_of_theirs(site: Site) -> None:
    citizen, _case = followed(site)
    citizen.opens("/lacak/data")
    assert "Siti Penguji" in citizen.text
    assert "Staf Subbagian Tata Usaha" in citizen.text
    assert "melihat identitas dan kontak Anda" in citizen.text
    assert "Sekar" not in citizen.text
    assert citizen.answer is not None
    assert citizen.answer.headers["Cache-Control"] == "no-store"
    copy = citizen.client.get("/lacak/data.json")
    kept = json.loads(copy.get_data())
    assert (kept["nama"], kept["surel"]) == ("Siti Penguji", "siti@contoh.id")
    assert "attachment" in copy.headers["Content-Disposition"]
    assert "Siti Penguji" in citizen.client.get("/lacak/data/salinan").get_data(as_text=True)
    assert site.citizen().opens("/lacak/data").status == 404


def test_a_contact_is_mended_and_the_journal_tells_only_which(site: Site) -> None:
    citizen, case = followed(site)
    citizen.opens("/lacak/data").sends("/lacak/data/kontak", phone="0812", email="bukan surel")
    assert citizen.status == 422
    assert "nama@contoh.id" in citizen.text
    assert citizen.value("p-phone") == "0812"
    citizen.sends("/lacak/data/kontak", phone="0812 3456 7890", email="baru@contoh.id>")  # no mail would leave for it
    assert citizen.status == 422
    citizen.sends("/lacak/data/kontak", phone="0812 3456 7890", email="baru@contoh.id")
    assert "Kontak Anda sudah dibetulkan." in citizen.text
    assert citizen.value("p-email") == "baru@contoh.id"
    with site.asked():
        facts = sql.value("SELECT facts FROM journal WHERE case_file = ? AND kind = 'contact_corrected'", (case,))
    assert json.loads(facts) == {"fields": ["email"]}


def test_a_wish_to_be_erased_goes_to_the_office_that_decides_and_comes_back_answered(site: Site) -> None:
    citizen, case = followed(site)
    citizen.opens("/lacak/data").sends("/lacak/data/minta", kind="", reason="x")
    assert citizen.status == 422
    citizen.sends("/lacak/data/minta", kind="hapus", reason="Saya pindah")
    assert "Sesudah laporan selesai atau dicabut, dijawab dalam 3×24 jam" in citizen.text
    assert "menunggu; dijawab dalam 3×24 jam sesudah laporan selesai" in citizen.text
    surya = clerk(site, "surya").opens(WAIT)
    assert "masih ditangani" in surya.page
    assert "3×24 jam sejak laporan selesai atau dicabut" in surya.page
    assert "sisa 72" not in surya.page
    assert "3×24 jam mulai sesudah laporannya selesai" in surya.opens("/pemberitahuan").page
    assert "menghapus" not in clerk(site, "odi").opens("/tugas").page
    with site.asked():
        wish = int(sql.value("SELECT id FROM erasure"))
    assert "Saya pindah" in surya.opens(f"{WAIT}/{wish}").page
    assert "Tombol Hapus ada di sini sesudah laporan selesai" in surya.page
    assert f'action="{WAIT}/{wish}/lakukan"' not in surya.page
    assert surya.sends(f"{WAIT}/{wish}/lakukan", letter="180/1").status_code == 422
    assert "Masih ditangani" in surya.page
    citizen.opens("/lacak/cabut").sends("/lacak/cabut")
    assert "dijawab paling lambat" in citizen.opens("/lacak/data").text
    assert "sisa 72 jam" in surya.opens(WAIT).page
    assert "Laporan selesai; permintaan hapus datanya dijawab" in surya.opens("/pemberitahuan").page
    with site.asked():
        number = str(sql.value("SELECT number FROM case_file WHERE id = ?", (case,)))
    assert "Tidak ada laporan dengan nomor ini" in surya.opens(f"{WAIT}/tahan?nomor=9/9").page
    surya.opens(f"{WAIT}/tahan?nomor={number.lower()}")
    assert surya.last is not None
    assert surya.last.location == f"{WAIT}/tahan/{case}"
    assert surya.sends(f"{WAIT}/tahan/{case}", tindakan="tahan", letter="W14/9").status_code == 303
    assert "W14/9" in surya.opens(f"{WAIT}/tahan").page
    assert surya.sends(WAIT, erasures=str(wish), letter="180/1").status_code == 422
    assert "Ditahan karena sengketa" in surya.page
    assert surya.sends(f"{WAIT}/tahan/{case}", tindakan="lepas", letter="W14/10").status_code == 303
    assert "W14/9" not in surya.opens(f"{WAIT}/tahan").page
    assert surya.sends(WAIT, erasures=str(wish), letter="180/1").status_code == 303
    assert "001/BA-PDP/2026" in surya.opens(f"{WAIT}?keadaan=diputus").page
    paper = PdfReader(BytesIO(surya.client.get(f"{WAIT}/{wish}/berita-acara.pdf").data)).pages[0].extract_text()
    assert "Pada hari ini" in paper
    assert "1 laporan di bawah ini dihapus dari sistem atas keputusan Sekretaris DPRD" in " ".join(paper.split())
    assert "sudah dihapus" in citizen.opens("/lacak/data").text
    assert "Siti Penguji" not in citizen.page
    citizen.opens("/lacak")
    assert citizen.status == 200
    sekar = clerk(site, "sekar").opens(f"/kasus/{case}/riwayat")
    assert "Data pribadi dihapus" in sekar.page
    assert sekar.opens(f"/kasus/{case}").status == 200
    assert "Identitas pelapor sudah dihapus." in sekar.sends(f"/kasus/{case}/identitas").get_data(as_text=True)
    for paper in ("lembar-disposisi", "kartu-kendali"):
        assert sekar.opens(f"/kasus/{case}/lembar/{paper}.pdf").status == 200
    with site.asked():
        assert journal.verify() == []


def test_a_refused_wish_tells_its_reporter_why(site: Site) -> None:
    citizen, _case = followed(site)
    citizen.opens("/lacak/data").sends("/lacak/data/minta", kind="batasi")
    surya = clerk(site, "surya")
    with site.asked():
        wish = int(sql.value("SELECT id FROM erasure"))
    assert surya.sends(f"{WAIT}/{wish}/tolak", answer="").status_code == 422
    assert surya.sends(f"{WAIT}/{wish}/tolak", answer="Diperlukan untuk membalas Anda.").status_code == 303
    assert "Diperlukan untuk membalas Anda." in citizen.opens("/lacak/data").text


def test_a_failure_is_told_to_reporters_and_agency_within_72_hours_of_the_clock(site: Site) -> None:
    _citizen, case = followed(site)
    surya = clerk(site, "surya")
    assert surya.sends("/insiden-data", **WHAT, discovered="kemarin").status_code == 422
    assert WHAT["what"] in surya.page
    assert surya.sends("/insiden-data", **WHAT, discovered="2026-11-22T10:00").status_code == 303
    page = surya.opens("/insiden-data/1").page
    assert "sisa 49 jam" in page
    assert "001/KPDP/2026" in page
    assert surya.sends("/insiden-data/1/laporan", cases="9999/X/2026").status_code == 422
    with site.asked():
        number = str(sql.value("SELECT number FROM case_file WHERE id = ?", (case,)))
    assert surya.sends("/insiden-data/1/laporan", cases=number).status_code == 303
    page = surya.opens("/insiden-data/1").page
    assert "telepon atau WhatsApp" in page
    assert "Siti Penguji" not in page
    assert surya.sends("/insiden-data/1/tutup").status_code == 422
    assert "lembaga belum diberi tahu" in surya.page
    subject = re.search(r'name="told" value="(\d+)"', page)
    assert subject
    assert surya.sends("/insiden-data/1/pelapor", told=subject[1], way="surat").status_code == 303
    told = {"at": "2026-11-23T08:30", "proof": "B-12/2026"}
    assert surya.sends("/insiden-data/1/lembaga", **told).status_code == 303
    assert surya.sends("/insiden-data/1/tutup").status_code == 422
    more = WHAT | {"discovered": "2026-11-22T10:30", "handling": "Alamat diblokir."}
    assert surya.sends("/insiden-data/1", **more).status_code == 303
    assert surya.sends("/insiden-data/1/tutup").status_code == 303
    assert surya.opens("/insiden-data/daftar.pdf").last.get_data().startswith(b"%PDF")  # type: ignore[union-attr]
    with site.asked():
        facts = " ".join(str(row[0]) for row in sql.rows("SELECT facts FROM journal WHERE kind = 'breach'"))
    assert "alamat yang salah" not in facts


def test_the_keepers_of_the_register_are_told_when_a_day_is_left_and_when_it_is_late(site: Site) -> None:
    with site.asked() as office:
        told = breaches.Told(office.now, ["kontak"], 0, "Daftar tertinggal.")
        breaches.register(told, by=office.surya.actor, now=office.now)
        heard = [breaches.remind(office.now + hours * 3_600_000) for hours in (47, 49, 50, 73, 74)]
    assert heard == [0, 1, 0, 1, 0]
    assert "Kegagalan pelindungan data 001/KPDP/2026" in clerk(site, "surya").opens("/pemberitahuan").page


def test_the_schedule_proposes_and_the_list_shows_it(site: Site) -> None:
    with site.asked() as office:
        case = office.report()
        verbs.withdraw(case, now=office.now)
        assert erasure.propose_all(office.now + 6 * 366 * 86_400_000) == 1
    assert "jadwal retensi" in clerk(site, "surya").opens(WAIT).page


def test_where_papers_do_not_name_who_sent_a_letter_their_name_is_opened_for_a_reason_that_is_kept(site: Site) -> None:
    with site.asked():
        kota = Kota()
        case = kota.complaint(key="warga", subyek="kebersihan", skpd_utama="dkp")
        if "pilih_skpd" in kota.waits(case):
            kota.acts(case, "pilih_skpd", skpd_utama="dkp")
        task = int(sql.value("SELECT id FROM task WHERE element = 'teruskan'"))
    site.office.now = kota.now
    petugas = clerk(site, "petugas.dkp").opens(f"/tugas/{task}")
    assert petugas.status == 200
    assert "sri@contoh.id" not in petugas.page
    assert "Tampilkan identitas" in petugas.page
    assert "sri@contoh.id" not in petugas.opens(f"/kasus/{case}").page
    assert petugas.sends(f"/kasus/{case}/identitas").status_code == 302
    assert "sri@contoh.id" in petugas.sends(f"/kasus/{case}/identitas", alasan="membalas").get_data(as_text=True)
    auditor = clerk(site, "auditor.kota").opens("/audit/akses?macam=revealed")
    assert "untuk menyampaikan jawaban" in auditor.page
    assert "alasan:" not in auditor.page
