"""The lembar disposisi: every act has its place, a full sheet opens the next, which names the first."""

import re
from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from forms.sheets import specimens
from forms.sheets.lembar_disposisi import PLACES, Act, LembarDisposisi, draw

SHEET = specimens.LEMBAR_DISPOSISI
PARAF = specimens.ACTS[0]


def pages(content: LembarDisposisi) -> list[str]:
    found = PdfReader(BytesIO(draw(content))).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in found]


def acts(count: int) -> tuple[Act, ...]:
    return tuple(replace(PARAF, name=f"Penanda {number}") for number in range(1, count + 1))


def test_a_common_case_fits_on_one_page() -> None:
    assert len(pages(SHEET)) == 1


def test_an_empty_sheet_names_who_is_awaited() -> None:
    (page,) = pages(replace(SHEET, acts=(), awaited=("Kasubag Tata Usaha", "Sekretaris DPRD")))
    assert "1. Kasubag Tata Usaha 2. Sekretaris DPRD 3." in page


def test_a_full_sheet_without_anyone_awaited_opens_no_other() -> None:
    assert len(pages(replace(SHEET, acts=acts(PLACES), awaited=()))) == 1


def test_a_full_sheet_with_someone_awaited_opens_the_next() -> None:
    first, second = pages(replace(SHEET, acts=acts(PLACES), awaited=("Komisi I",)))
    assert "7. Komisi I" in second
    assert "lanjutan dari lembar" not in first
    assert f"Lembar ke-2, lanjutan dari lembar {SHEET.code}" in second


def test_thirteen_acts_take_three_sheets_numbered_through() -> None:
    sheets = pages(replace(SHEET, acts=acts(13), awaited=()))
    assert len(sheets) == 3
    assert "Penanda 6" in sheets[0]
    assert "Penanda 7" in sheets[1]
    assert "13. Kasubag Tata Usaha" in sheets[2]


def test_a_return_takes_a_place_and_says_why() -> None:
    returned = replace(PARAF, kind="Dikembalikan ke Staf", reason="Lokasi belum jelas")
    (page,) = pages(replace(SHEET, acts=(PARAF, returned)))
    assert "2. Kasubag Tata Usaha Dikembalikan ke Staf" in page
    assert "Alasan: Lokasi belum jelas" in page


def test_under_each_signature_stands_who_as_what_when_and_how() -> None:
    (page,) = pages(replace(SHEET, acts=(specimens.ACTS[1],)))
    assert "1. Plh. Kepala Bagian Umum Paraf · 10-04-2026 08.31 WIB" in page
    assert "paraf elektronik tanpa sertifikat Hendra Prasetyo" in page
    assert "NIP 19740903 199903 1 004" in page


def test_a_long_note_is_attached_under_the_number_of_its_place() -> None:
    noted = replace(PARAF, note="catatan panjang " * 100)
    text = " ".join(pages(replace(SHEET, acts=(noted,))))
    assert "Catatan: terlampir di bawah (1)" in text
    assert "Lampiran 1. Catatan Kasubag Tata Usaha" in text


def test_a_sheet_that_runs_over_says_so_on_both_pages() -> None:
    first, second = pages(replace(SHEET, subject="perihal " * 150))[:2]
    assert "bersambung ke halaman berikut" in first
    assert "lanjutan, halaman 2" in second


def test_the_code_stands_under_its_address() -> None:
    (page,) = pages(SHEET)
    assert SHEET.code in page
    assert SHEET.verify_url in page
