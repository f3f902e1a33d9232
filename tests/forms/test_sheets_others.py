"""Book, card, letter, report, receipt, poster: what each must say."""

import re
import time
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from forms.sheets import buku_agenda, kartu_kendali, receipt, register, specimens, surat_balasan, tindak_lanjut
from forms.sheets.qr import qr
from forms.sheets.register import Register


def pages(pdf: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def book(count: int) -> buku_agenda.BukuAgenda:
    row = specimens.BUKU_AGENDA.rows[1]
    rows = tuple(replace(row, number=f"{number:04}/2026") for number in range(1, count + 1))
    return replace(specimens.BUKU_AGENDA, rows=rows)


def test_the_book_repeats_its_heads_counts_its_pages_and_ends_with_the_seal() -> None:
    found = pages(buku_agenda.draw(book(60)))
    for number, page in enumerate(found, 1):
        assert "Nomor Surat" in page
        assert f"Halaman {number} dari {len(found)}" in page
    root = specimens.BUKU_AGENDA.seals[0].root
    assert [root in page for page in found] == [False] * (len(found) - 1) + [True]
    assert "Segel jurnal nomor 1187 atas 4210 catatan jurnal, Jumat, 10 April 2026" in found[-1]


def test_reports_not_carried_on_stay_in_the_book_with_a_remark() -> None:
    (page,) = pages(buku_agenda.draw(specimens.BUKU_AGENDA))
    assert "Dicabut pelapor" in page
    assert "Tidak dilanjutkan" in page


def test_an_entry_longer_than_a_page_says_its_number_again() -> None:
    row = replace(specimens.BUKU_AGENDA.rows[1], subject="perihal panjang " * 500)
    found = pages(buku_agenda.draw(replace(specimens.BUKU_AGENDA, rows=(row,))))
    assert len(found) > 2
    assert all("041/2026 (lanjutan)" in page for page in found[1:-1])


def test_an_empty_unsealed_book_says_so() -> None:
    (page,) = pages(buku_agenda.draw(replace(specimens.BUKU_AGENDA, rows=(), seals=())))
    assert "Belum ada surat yang dicatat." in page
    assert "belum disegel" in page


@pytest.mark.slow
def test_a_book_of_five_thousand_rows_is_printed_whole() -> None:
    began = time.perf_counter()
    pdf = buku_agenda.draw(book(5000))
    print(f"5,000 rows: {time.perf_counter() - began:.1f} s")
    found = PdfReader(BytesIO(pdf)).pages
    assert "0001/2026" in found[0].extract_text()
    assert "5000/2026" in "".join(page.extract_text() for page in found[-2:])


def test_the_card_has_its_own_size_and_both_receipts() -> None:
    page = PdfReader(BytesIO(kartu_kendali.draw(specimens.KARTU_KENDALI))).pages
    assert len(page) == 1
    assert [round(float(side) / 72 * 2.54, 1) for side in page[0].mediabox[2:]] == [16.5, 10.5]
    text = page[0].extract_text()
    assert "Dwi Kurniawan" in text
    assert "Sekar Pratiwi" in text


def test_the_letter_is_signed_in_the_order_of_office_name_rank_nip() -> None:
    (page,) = pages(surat_balasan.draw(specimens.SURAT_BALASAN))
    assert re.search(r"a\.n\. KETUA DPRD SEKRETARIS DPRD, .* Drs\. Bagus Santoso, M\.H\. Pembina .* NIP 1969", page)
    assert "Mojokerto, 17 April 2026" in page


def test_a_letter_not_yet_dated_or_numbered_leaves_room() -> None:
    (page,) = pages(surat_balasan.draw(replace(specimens.SURAT_BALASAN, dated="", number="")))
    assert page.count("…………") == 2


def test_the_signature_never_stands_alone_on_a_page() -> None:
    letter = specimens.SURAT_BALASAN
    for count in range(5, 40):
        found = pages(surat_balasan.draw(replace(letter, paragraphs=("Isi surat. " * 12,) * count)))
        signed = next(page for page in found if "SEKRETARIS DPRD," in page)
        assert "Isi surat." in signed


def test_the_report_lists_all_follow_ups_and_leaves_the_chair_room_to_sign() -> None:
    (page,) = pages(tindak_lanjut.draw(specimens.LAPORAN_TINDAK_LANJUT))
    assert "1. Kunjungan kerja, Rabu, 15 April 2026" in page
    assert "2. Kunjungan kerja" in page
    assert "Ketua Komisi I, Ir. Slamet Riyadi" in page


def test_a_receipt_printed_again_has_no_pin() -> None:
    (first,) = pages(receipt.draw(specimens.RECEIPT))
    (again,) = pages(receipt.draw(replace(specimens.RECEIPT, pin=None)))
    assert "4827 1650" in first
    assert "PIN tidak dicetak ulang" in again


def test_at_the_counter_the_officer_is_named() -> None:
    (page,) = pages(receipt.draw(replace(specimens.RECEIPT, officer="Rini Wulandari")))
    assert "Petugas penerima, Rini Wulandari" in page
    assert "Diterima oleh" in page


def test_a_code_has_the_edge_it_was_given() -> None:
    assert qr("https://contoh.example", 50).height == 50


def test_the_sum_of_a_list_stands_on_a_page_with_what_it_adds_up() -> None:
    columns = (("Perangkat Daerah", 0.6), ("Diterima", 0.4))
    broken = 0
    for count in range(26, 34):
        rows = (*((f"Dinas {n}.", str(n)) for n in range(count)), ("Jumlah", "9"))
        content = Register(specimens.LETTERHEAD, "Laporan", "Maret", columns, rows, "-", ("Selesai.",), summed=True)
        found = pages(register.draw(content))
        broken += len(found) > 1
        assert f"Dinas {count - 1}." in next(page for page in found if "Jumlah" in page)
    assert 0 < broken < 8, "the page ends somewhere among these"
