"""A complaint as its reporter follows it in the city: the law's dates, late said as late, rating, one reopening."""

import json

import pytest
from citizen import Citizen, Site
from kota import Kota
from paperwork import words

from db import sql
from engine import vault


class Reporter:
    """A citizen of the city with their receipt, and the city at work."""

    def __init__(self, site: Site) -> None:
        self.site = site
        with site.asked():
            self.kota = Kota()
            self.case = self.kota.complaint(key="warga", subyek="kebersihan", skpd_utama="dkp")
            self.number = str(sql.value("SELECT number FROM case_file WHERE id = ?", (self.case,)))

    def looks(self) -> Citizen:
        self.site.office.now = self.kota.now
        return self.site.citizen().follows(self.number, vault.pin("warga"))

    def is_forwarded(self) -> None:
        if "pilih_skpd" in self.kota.waits(self.case):
            self.kota.acts(self.case, "pilih_skpd", skpd_utama="dkp")
        self.kota.acts(self.case, "teruskan")


@pytest.fixture
def reporter(site: Site) -> Reporter:
    return Reporter(site)


def test_the_way_is_told_in_the_diagrams_words_with_the_limit_and_its_article(reporter: Reporter) -> None:
    assert "Laporan Anda kami terima" in reporter.looks().text
    with reporter.site.asked():
        reporter.is_forwarded()
    page = reporter.looks().text
    assert "Sedang ditelaah" in page
    assert "7 hari kerja, Perwali 14/2016 Pasal 8 ayat (2)" in page
    assert "Terlambat" not in page


def test_a_question_of_the_office_is_answered_there_and_its_time_stands_apart(reporter: Reporter) -> None:
    with reporter.site.asked():
        reporter.is_forwarded()
        reporter.kota.at("2026-03-16 09.00").acts(reporter.case, "telaah", hasil_telaah="minta_keterangan")
        reporter.kota.works_off_jobs()
    reporter.kota.at("2026-03-17 09.00")
    page = reporter.looks()
    assert "Menunggu keterangan Anda" in page.text
    assert "Di gang berapa sampahnya?" in page.text
    assert "Menunggu Anda 1 hari kerja" in page.text


def test_an_answer_is_rated_and_reopened_once_and_the_end_is_told_beforehand(reporter: Reporter) -> None:
    kota, case = reporter.kota, reporter.case
    with reporter.site.asked():
        reporter.is_forwarded()
        kota.acts(case, "telaah")
        kota.acts(case, "arahkan")
        kota.at("2026-03-16 10.00").answered(case, "hanya_pelapor")
        kota.works_off_jobs()
    page = reporter.looks()
    assert "Sampah di Kelurahan Wates sudah diangkut. Terima kasih." in page.text
    assert "Sesudah itu laporan selesai dengan sendirinya" in page.text
    assert "/aduan/" not in page.page
    assert page.page.count('class="card answer"') == 1
    letter = page.opens("/lacak/jawaban")
    assert letter.status == 200 and letter.answer is not None and letter.answer.data.startswith(b"%PDF")
    printed = words(letter.answer.data)
    assert "PEMERINTAH KOTA MOJOKERTO DINAS KEBERSIHAN DAN PERTAMANAN" in printed, printed
    with reporter.site.asked():
        task = int(sql.value("SELECT id FROM task WHERE element = 'tanggapan_pelapor' AND state = 'open'"))
    page.opens(f"/lacak/lengkapi/{task}")
    assert "Tanggapi jawaban" in page.text
    page.uploads(f"/lacak/lengkapi/{task}", [], penilaian="2", buka_kembali="ya", alasan_buka="Sampahnya kembali.")
    assert "Tanggapan Anda sudah kami terima" in page.text
    assert "Penilaian Anda: 2 dari 5" in page.text
    assert "Anda meminta dibuka kembali" in page.text
    assert "Anda melengkapi laporan" not in page.text
    with reporter.site.asked():
        facts = json.loads(sql.value("SELECT facts FROM journal WHERE kind = 'delivered'"))
    assert facts == {"proofs": 0, "reply": True, "rated": 2, "reopen": True}


def test_a_late_answer_is_called_late_by_how_much(reporter: Reporter) -> None:
    with reporter.site.asked():
        reporter.is_forwarded()
    reporter.kota.at("2026-04-02 10.00")
    assert "Terlambat 2 hari kerja" in reporter.looks().text
