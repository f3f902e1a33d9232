"""The official SOP document, drawn from the diagram, held against the SOP that the office signed in 2023."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from office import Office
from pypdf import PdfReader

import processes
from db.queries import offices, releases
from engine.diagrams import sop_table
from engine.papers import sop

SIGNED = Path(__file__).with_name("sop_siapmas.txt").read_text()
"""The table of the signed SOP as it was written, one row a line, cells parted by tabs."""
ACTORS = (
    "Staf",
    "Kasubag TU",
    "Kabag",
    "Sekretaris DPRD",
    "Ketua DPRD",
    "Sekretaris DPRD",
    "Staf",
    "Alat Perlengkapan",
)
"""Whose each row is. The marks of rows 6 and 7 are lost in the copy we have; see processes/siapmas/README.md."""
PAGES = 3


def plain(text: str) -> str:
    return re.sub(r"[\s-]+", "", text).lower()


def signed_rows() -> list[tuple[str, ...]]:
    """Number, activity, requirements, time, output of every row of the signed SOP."""
    lines = [line.split("\t") for line in SIGNED.splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(cell.strip() for cell in line) for line in lines]


@pytest.fixture(scope="module")
def table() -> sop_table.Table:
    return sop_table.read(processes.files("siapmas"), "siapmas")


def test_the_diagram_has_the_eight_rows_of_the_signed_sop_word_for_word(table: sop_table.Table) -> None:
    drawn = [(str(row.number), row.activity, "; ".join(row.requirements), row.time, row.output) for row in table.rows]
    assert drawn == signed_rows()


def test_every_row_is_done_by_the_actor_of_the_signed_sop(table: sop_table.Table) -> None:
    for row, actor in zip(table.rows, ACTORS, strict=True):
        assert table.column_of(row).startswith(actor), row.number


def test_the_columns_stand_in_the_order_of_the_signed_sop(table: sop_table.Table) -> None:
    assert table.actors == (
        "Ketua DPRD",
        "Alat Perlengkapan DPRD",
        "Sekretaris DPRD",
        "Kabag Umum/ Kabag Persidangan dan PerUndang-Undangan",
        "Kasubag TU",
        "Staf",
    )


def test_the_rows_take_190_minutes_together(table: sop_table.Table) -> None:
    assert sum(sop_table.minutes_of(row.time) for row in table.rows) == 190


def test_each_row_leads_to_the_next_and_a_return_to_the_one_before(table: sop_table.Table) -> None:
    ways = {row.number: {way.to for way in row.exits} for row in table.rows}
    assert all(number + 1 in ways[number] for number in range(1, 8))
    back = {number: {to for to in ways[number] if to < number} for number in ways}
    assert back == {1: set(), 2: {1}, 3: {2}, 4: {3}, 5: {4}, 6: {5}, 7: set(), 8: set()}


def test_symbols_are_those_of_the_regulation(table: sop_table.Table) -> None:
    steps = sop.flow(table, "").steps
    assert [step.symbol for step in steps] == [
        "capsule",
        *["diamond"] * 5,  # what may be sent back is decided
        "box",
        "capsule",
    ]
    assert {way.label for step in steps for way in step.ways} == {"", "Ya", "Tidak"}


def test_the_printed_document_says_all_of_it(office: Office) -> None:
    pdf = sop.document(*_release(), now=office.now)
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert len(pages) == PAGES
    flow = [plain(page) for page in pages[1:]]
    for number, activity, needs, time, output in signed_rows():
        page = flow[0 if int(number) < 5 else 1]
        for cell in (activity, *needs.split("; "), time, output):
            assert plain(cell) in page, (number, cell)


def test_the_first_page_has_the_identity_in_the_words_of_the_source(office: Office) -> None:
    pdf = sop.document(*_release(), now=office.now)
    first = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    for words in ("Nomor SOP", "9.3.3/10 /416-050/2023", "Tgl Efektif", "3 Maret 2023", "Pencatatan dan Pelaporan"):
        assert words in first
    holder = offices.definitive(_release()[0], office.now, code="sekwan")
    assert holder is not None
    assert holder.person is not None
    assert holder.person in first


def test_between_rows_four_and_five_stand_connectors_of_the_same_letters(office: Office) -> None:
    pdf = sop.document(*_release(), now=office.now)
    pages = [PdfReader(BytesIO(pdf)).pages[number].extract_text().split() for number in (1, 2)]
    assert all({"A", "B"} <= set(words) for words in pages)


def test_the_same_release_prints_the_same_bytes(office: Office) -> None:
    now = office.now
    assert sop.document(*_release(), now=now) == sop.document(*_release(), now=now)


def _release() -> tuple[int, releases.Release]:
    organisation = offices.organisations()[0][0]
    return organisation, releases.every(organisation, "siapmas")[0]


def test_the_rows_of_the_complaint_follow_the_regulation() -> None:
    rows = sop_table.read(processes.files("pengaduan"), "pengaduan").rows
    assert [(row.number, row.element) for row in rows][:2] == [(1, "teruskan"), (2, "telaah")]
    assert [row.element for row in rows][-2:] == ["input_balasan", "sunting_balasan"]


def test_a_process_without_numbered_steps_has_no_sop() -> None:
    assert sop_table.read(processes.files("laporan_bulanan"), "laporan_bulanan").rows == ()
    with pytest.raises(LookupError):
        sop_table.read(processes.files("pengaduan"), "lain")


@pytest.mark.parametrize(
    ("limit", "clock", "words"),
    [
        ("PT10M", "jam-kerja", "10 Menit"),
        ("PT2H", "jam-kerja", "2 Jam"),
        ("PT1H30M", "jam-kerja", "1 Jam 30 Menit"),
        ("PT24H", "jam-berjalan", "1 x 24 Jam"),
        ("P7D", "hari-kerja", "7 Hari Kerja"),
        ("10", "tanggal", "Tanggal 10"),
        ("tanpa-batas", "", "-"),
        ("= batas", "hari-kerja", "Menurut ketentuan"),
    ],
)
def test_limits_are_written_as_an_sop_writes_them(limit: str, clock: str, words: str) -> None:
    assert sop_table.time_words(limit, clock) == words
