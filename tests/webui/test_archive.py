"""The archive: closed cases into berkas under a code, kept for their years, proposed and decided by letter."""

import io
import re
from html import unescape

import pytest
import siapmas_days as day
from citizen import Site
from clerk import Clerk, clerk
from pypdf import PdfReader

from db import sql
from engine import verbs
from engine.commands import archive

CSV = "kode;nama;aktif;inaktif;nasib\n000.1;Aspirasi;1;2;musnah\n100.2;Pengaduan;2;3;permanen\n"


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def sends_list(who: Clerk, text: str | bytes) -> int:
    body = text if isinstance(text, bytes) else text.encode()
    data = {"csrf_token": who.token(), "file": (io.BytesIO(body), "klasifikasi.csv")}
    who.last = who.client.post("/arsip/klasifikasi", data=data, content_type="multipart/form-data", buffered=True)
    return who.status


@pytest.fixture
def sekar(site: Site) -> Clerk:
    found = clerk(site, "sekar")
    assert sends_list(found, CSV) == 302
    return found


@pytest.fixture
def closed(site: Site) -> int:
    """A report that was withdrawn."""
    with site.asked() as office:
        made = office.report("Lampu jalan padam")
        verbs.withdraw(made, by=office.sekar.actor, now=office.now)
        return made


@pytest.fixture
def running(site: Site) -> int:
    with site.asked() as office:
        made = office.report("Jalan rusak")
        day.to_kasubag(office, made)
        return made


def opened(who: Clerk, title: str = "Pengaduan 2026") -> str:
    code = re.search(r'value="(\d+)">000.1', who.opens("/arsip").page)
    assert code
    assert who.sends("/arsip", classification=code[1], title=title, place="Lemari 2").status_code == 302
    return who.last.location  # type: ignore[union-attr]


def test_a_closed_case_comes_into_a_berkas_and_onto_the_list(site: Site, sekar: Clerk, closed: int) -> None:
    berkas = opened(sekar)
    assert "Lampu jalan padam" in words(sekar.opens(berkas).page)
    assert sekar.sends(f"{berkas}/isi", cases=str(closed)).status_code == 302
    with site.asked():
        assert sql.row("SELECT dossier, classification FROM case_file WHERE id = ?", (closed,)) == (1, "000.1")
    sekar.opens("/arsip/2026.pdf")
    assert sekar.last is not None
    text = " ".join(PdfReader(io.BytesIO(sekar.last.get_data())).pages[0].extract_text().split())
    for said in (
        "DAFTAR ARSIP",
        "000.1",
        "Pengaduan 2026",
        "1 laporan",
        "Lemari 2",
        "1 th aktif, 2 th inaktif, musnah",
    ):
        assert said in text


def test_a_running_case_is_not_filed(site: Site, sekar: Clerk, running: int) -> None:
    berkas = opened(sekar)
    sekar.sends(f"{berkas}/isi", cases=str(running))
    assert sekar.status == 422
    assert "Hanya laporan yang sudah selesai" in words(sekar.page)


def test_its_years_pass_then_it_is_proposed_and_decided_by_letter(site: Site, sekar: Clerk, closed: int) -> None:
    berkas = opened(sekar)
    sekar.sends(f"{berkas}/isi", cases=str(closed))
    sekar.sends(f"{berkas}/tutup")
    assert "Belum ada berkas yang habis" in words(sekar.opens("/arsip/susut").page)
    sekar.sends("/arsip/susut", dossiers="1", letter="045/1")
    assert sekar.status == 422
    assert "belum habis" in words(sekar.page)
    with site.asked() as office:
        assert archive.ripe_year(office.now, "Asia/Jakarta", 1, 2) == 2030
        office.at("2030-01-02 09.00")
    sekar, surya = clerk(site, "sekar"), clerk(site, "surya")
    assert "Pengaduan 2026" in words(sekar.opens("/arsip/susut").page)
    assert sekar.sends("/arsip/susut", dossiers="1", letter="").status_code == 422
    assert sekar.sends("/arsip/susut", dossiers="1", letter="045/1").status_code == 302
    assert sekar.sends(f"{berkas}/putus", fate="musnah", letter="SK 2").status_code == 403
    assert surya.sends(f"{berkas}/putus", fate="musnah", letter="").status_code == 422
    assert surya.sends(f"{berkas}/putus", fate="musnah", letter="SK 2").status_code == 302
    assert "SK 2" in words(surya.opens(berkas).page)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "Berkas ini kosong."),
        ("kode;nama\n000;A\n000;B\n", "Baris 3: kode 000 tertulis dua kali."),
        ("kode;nama;aktif\n000;A;dua\n", "Baris 2: tahun aktif dan inaktif ditulis sebagai bilangan"),
        ("kode;nama;nasib\n000;A;hilang\n", "Baris 2: nasib akhir"),
        ("nomor;judul\n1;A\n", "Baris pertama harus memuat kolom kode dan nama."),
        ("kode;nama\n000;Jalan caf\u00e9\n".encode("latin-1"), "Simpan berkas sebagai CSV UTF-8."),
    ],
)
def test_a_list_that_cannot_be_read_changes_nothing(site: Site, text: str | bytes, sentence: str) -> None:
    sekar = clerk(site, "sekar")
    assert sends_list(sekar, text) == 422
    assert sentence in words(sekar.page)
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM classification") == 0


def test_the_same_list_again_adds_nothing(sekar: Clerk) -> None:
    assert sends_list(sekar, CSV.replace("Aspirasi", "Aspirasi masyarakat")) == 302
    page = words(sekar.opens("/arsip/klasifikasi").page)
    assert "0 kode baru, 2 diperbarui" in page
    assert "Aspirasi masyarakat" in page


def test_one_code_is_added_and_put_out_of_use_for_new_berkas(site: Site, sekar: Clerk) -> None:
    one = {"code": "005", "name": "Undangan", "active_years": "satu", "inactive_years": "", "fate": "musnah"}
    assert sekar.sends("/arsip/klasifikasi/kode", **one).status_code == 422
    assert "Tulis tahunnya sebagai bilangan" in sekar.page
    assert 'value="Undangan"' in sekar.page
    sekar.sends("/arsip/klasifikasi/kode", **one | {"active_years": "1"})
    assert sekar.sends("/arsip/klasifikasi/kode", **one | {"active_years": "1"}).status_code == 422
    assert "sudah dipakai oleh Undangan" in words(sekar.page)
    with site.asked():
        key = sql.value("SELECT id FROM classification WHERE code = '005'")
    sekar.sends(f"/arsip/klasifikasi/{key}", pakai="tidak")
    assert "tidak dipakai" in words(sekar.opens("/arsip/klasifikasi?cari=005").page)
    assert "005" not in words(sekar.opens("/arsip").page)
    sekar.sends(f"/arsip/klasifikasi/{key}", pakai="ya")
    assert "005" in words(sekar.opens("/arsip").page)
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'classification'") == 4
