"""Papers are made of the journal: who, as what, when; nothing else, nothing less, the same bytes each time."""

import orjson
import pytest
import siapmas_days as day
from office import Office
from paperwork import BASE, goes_on, later, troubled, words

from db import sql
from engine import papers, verbs
from engine.commands import printing
from engine.errors import NotFound
from engine.papers import books, dossier, lembar
from engine.papers.prints import Offer, offers

ON_THE_SHEET = [
    ("Kepala Subbagian Tata Usaha", "Dikembalikan kepada Staf", "Wulan Sari, S.AP."),
    ("Kepala Subbagian Tata Usaha", "Paraf", "Wulan Sari, S.AP."),
    ("Kepala Bagian Umum", "Paraf", "Drs. Hadi Santoso"),
    ("Plh. Sekretaris DPRD", "Disposisi", "Ratna Kusuma, S.H., M.H."),
    ("Wakil Ketua I DPRD", "Dikembalikan kepada Sekretaris DPRD", "Hj. Dewi Maharani, S.E."),
    ("Plh. Sekretaris DPRD", "Disposisi", "Ratna Kusuma, S.H., M.H."),
    ("Wakil Ketua I DPRD", "Disposisi", "Hj. Dewi Maharani, S.E."),
    ("Plh. Sekretaris DPRD", "Paraf", "Ratna Kusuma, S.H., M.H."),
]


def prints(office: Office, kind: str, case: int, unit: str = "") -> bytes:
    return printing.case_paper(kind, case, unit=unit, base_url=BASE, now=office.now)


def code_in(case: int, kind: str, unit: str = "") -> str:
    text = "SELECT code FROM sheet_code WHERE case_file_id = ? AND kind = ? AND detail = ?"
    return str(sql.value(text, (case, kind, unit)))


# --- the acts ---


def test_the_acts_are_the_completed_entries_of_the_journal_in_order(office: Office) -> None:
    case = troubled(office)
    journal = sql.rows(
        "SELECT task, element, at_ms, office, person, acting_as FROM journal WHERE kind = 'completed' AND case_file = ?"
        " ORDER BY seq",
        (case,),
    )
    told = [(a.task, a.element, a.at_ms, a.office_id, a.person_id, a.acting_as) for a in papers.acts(case)]
    assert told == journal
    assert len(told) == 11


def test_the_sheet_has_a_place_for_every_act_on_it_returns_included(office: Office) -> None:
    sheet = lembar.content(dossier.read(troubled(office)))
    assert [(act.office, act.kind, act.name) for act in sheet.acts] == ON_THE_SHEET


def test_an_entry_taken_off_the_offices_list_keeps_its_words_on_paper(office: Office) -> None:
    case = troubled(office)
    sql.execute("UPDATE choice SET active = ? WHERE list = 'akd' AND code = 'komisi_3'", (False,))
    sheet = lembar.content(dossier.read(case))
    assert sheet.acts[6].addressees == ("Komisi I", "Komisi III")
    assert [box.text for box in sheet.addressees if box.ticked] == ["Komisi I", "Komisi III"]


def test_acts_take_the_same_few_statements_however_long_the_case(office: Office) -> None:
    short = office.report()
    day.to_kasubag(office, short)
    long = troubled(office)
    papers.acts(short)
    assert statements(lambda: papers.acts(short)) == statements(lambda: papers.acts(long)) <= 3


def statements(ask: object) -> int:
    """How many statements a question takes."""
    asked: list[str] = []
    real = sql.execute

    def counted(text: str, values: object = ()) -> object:
        asked.append(text)
        return real(text, values)  # type: ignore[arg-type]

    sql.execute = counted  # type: ignore[assignment]
    try:
        ask()  # type: ignore[operator]
    finally:
        sql.execute = real
    return len(asked)


def test_a_code_is_given_once_kept_for_good_and_cannot_be_guessed(office: Office) -> None:
    case = office.report()
    prints(office, "lembar-disposisi", case)
    first = code_in(case, "lembar-disposisi")
    day.to_sekwan(later(office), case)
    prints(office, "lembar-disposisi", case)
    assert code_in(case, "lembar-disposisi") == first
    assert len(first) >= 16
    assert set(first) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert sql.value("SELECT COUNT(*) FROM sheet_code") == 1


def test_the_code_knows_up_to_which_entry_it_was_printed(office: Office) -> None:
    case = office.report()
    prints(office, "lembar-disposisi", case)
    kept = "SELECT content_hash, at_ms FROM sheet_code WHERE case_file_id = ?"
    head = "SELECT hash FROM journal WHERE case_file = ? ORDER BY seq DESC LIMIT 1"
    before = sql.row(kept, (case,))
    assert before == (sql.value(head, (case,)), office.now)
    day.to_kasubag(later(office), case)
    assert sql.row(kept, (case,)) == before
    prints(office, "lembar-disposisi", case)
    assert sql.row(kept, (case,)) == (sql.value(head, (case,)), office.now)


def test_what_can_be_printed_is_offered_and_nothing_else(office: Office) -> None:
    case = office.report()
    assert [offer.kind for offer in offers(case)] == ["lembar-disposisi", "kartu-kendali", "receipt"]
    other = troubled(office)
    goes_on(office, other)
    assert offers(other)[2:-1] == [
        Offer("tindak-lanjut", "komisi_1", "Komisi I"),
        Offer("tindak-lanjut", "komisi_3", "Komisi III"),
        Offer("tindak-lanjut", "komisi_2", "Komisi II"),
        Offer("surat-balasan", "komisi_3", "Komisi III"),
    ]


# --- the books ---


def book(office: Office, code: str = "setwan") -> list[books.Row]:
    return books.rows(books.Pages(office.organisation, code, 2026))


def test_the_book_tells_what_became_of_every_report(office: Office) -> None:
    goes_on(office, troubled(office))
    withdrawn, secret, refused = office.report("Lampu padam"), office.report("Batas tanah"), office.report("Lowongan")
    verbs.withdraw(withdrawn, now=office.now)
    office.sekar.registers(secret, perihal="Batas tanah", kerahasiaan="rahasia")
    answers = {"hasil_verifikasi": "tidak_relevan", "alasan": "Bukan urusan pemerintahan.", "perihal": "Lowongan"}
    office.sekar.registers(refused, **answers)
    office.wulan.does(refused, "konfirmasi_tidak_relevan", keputusan_konfirmasi="setuju")
    office.works_off_jobs()
    rows = book(office)
    assert [row.written for row in rows] == ["001/2026", "002/2026", "003/2026", "004/2026"]
    assert (rows[0].forwarded_to, rows[0].disposition) == ("Komisi I; Komisi III; Komisi II", "Untuk ditindaklanjuti")
    assert [row.remark for row in rows] == [
        "",
        "Dicabut pelapor 06-04-2026",
        "",
        "Tidak dilanjutkan 06-04-2026",
    ]
    assert (rows[2].sender, rows[2].subject) == ("(rahasia)", "(rahasia)")


def test_the_second_book_counts_for_itself_from_the_chairs_step(office: Office) -> None:
    first = office.report("Yang pertama")
    day.to_kasubag(office, first)
    second = office.report("Yang kedua")
    day.to_ketua(office, second)
    day.ketua_disposes(later(office), second, "komisi_1")
    assert [(row.written, row.case_id, row.received_ms) for row in book(office, "pimpinan")] == [
        ("001/2026", second, office.now)
    ]
    assert "002/2026 (Pimpinan 001/2026)" in words(prints(office, "lembar-disposisi", second))


def test_printing_a_book_seals_the_journal_first_and_prints_the_seal(office: Office) -> None:
    troubled(office)
    printer = printing.Printer(office.organisation, "Sekar Ayu Lestari")
    printed = printing.book(printer, "setwan", 2026, now=office.now)
    assert sql.value("SELECT COUNT(*) FROM journal WHERE seal IS NULL") == 0
    root = sql.value("SELECT root FROM seal ORDER BY seq DESC LIMIT 1")
    assert f"Akar Merkle: {root}" in words(printed)
    assert printing.book(printer, "setwan", 2026, now=office.now) == printed
    assert sql.value("SELECT COUNT(*) FROM seal") == 1


def test_a_book_this_office_does_not_keep_is_not_found(office: Office) -> None:
    for code, year in (("kas", 2026), ("setwan", 1900)):
        with pytest.raises(NotFound):
            printing.book(printing.Printer(office.organisation), code, year, now=office.now)


def test_a_book_takes_the_same_few_statements_however_many_lines(office: Office) -> None:
    day.to_kasubag(office, office.report())
    few = statements(lambda: book(office))
    troubled(office)
    for _ in range(5):
        day.to_kasubag(office, office.report())
    assert statements(lambda: book(office)) <= few + 1
    assert few <= 8


def test_a_page_of_the_book_is_the_newest_lines_and_search_looks_into_every_column(office: Office) -> None:
    for number in range(3):
        day.to_kasubag(office, office.report(f"Laporan {number}", name=f"Pelapor-{number}"))
    leaf = books.leaf(office.organisation, "setwan", 2026)
    assert [row.number for row in leaf.rows] == [3, 2, 1]
    assert (leaf.page, leaf.pages, leaf.total) == (1, 1, 3)
    found = books.leaf(office.organisation, "setwan", 2026, words="PELAPOR-1")
    assert [row.sender for row in found.rows] == ["Pelapor-1"]
    assert books.leaf(office.organisation, "setwan", 2026, words="tidak ada yang begini").rows == []


def test_journal_facts_of_acts_carry_no_text(office: Office) -> None:
    case = troubled(office)
    facts = [orjson.loads(found[0]) for found in sql.rows("SELECT facts FROM journal WHERE case_file = ?", (case,))]
    assert "Nama desa" not in str(facts)
