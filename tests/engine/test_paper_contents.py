"""What stands on each paper: looked up in its content and in the words of the printed PDF."""

from io import BytesIO

import pytest
import siapmas_days as day
from kota import Kota
from office import Office
from paperwork import BASE, REPORTER, goes_on, later, troubled, words
from pypdf import PdfReader

from db import sql
from engine import papers, verbs
from engine.commands import printing
from engine.errors import NotFound
from engine.papers import books, dossier, kartu, lembar
from engine.papers.prints import offers
from forms import dates

ZONE = "Asia/Jakarta"


@pytest.fixture
def office(sqlite: str) -> Office:
    """On SQLite alone: what is asked of the database is tested on both beside this."""
    return Office()


def prints(office: Office, kind: str, case: int, unit: str = "") -> bytes:
    return printing.case_paper(kind, case, unit=unit, base_url=BASE, now=office.now)


def code_in(case: int, kind: str, unit: str = "") -> str:
    text = "SELECT code FROM sheet_code WHERE case_file_id = ? AND kind = ? AND detail = ?"
    return str(sql.value(text, (case, kind, unit)))


def test_the_sheet_the_journal_and_the_printed_words_agree_on_who_as_what_and_when(office: Office) -> None:
    case = troubled(office)
    goes_on(office, case)
    acts = [act for act in papers.acts(case) if act.on_sheet]
    sheet = lembar.content(dossier.read(case))
    assert [(s.office, s.name, s.at_ms) for s in sheet.acts] == [(a.signed_as, a.person, a.at_ms) for a in acts]
    printed = words(prints(office, "lembar-disposisi", case))
    places = [f"{number}. {act.signed_as}" for number, act in enumerate(acts, 1)]
    assert [printed.index(place) for place in places] == sorted(printed.index(place) for place in places)
    for act in acts:
        assert f"{act.told} · {dates.short_moment(act.at_ms, ZONE)}" in printed
        assert act.person in printed


def test_what_was_ticked_and_written_stands_in_the_place_of_who_did_it(office: Office) -> None:
    sheet = lembar.content(dossier.read(troubled(office)))
    back, _, _, first, refused, second, chair, _ = sheet.acts
    assert (back.reason, first.note, refused.reason) == (
        "Nama desa belum dicatat.",
        "Mohon arahan.",
        "Sertakan telaahan.",
    )
    assert (first.instructions, second.instructions) == (("Koordinasikan",), ("Buat telaahan dan saran",))
    assert chair.addressees == ("Komisi I", "Komisi III")
    assert [box.text for box in sheet.addressees if box.ticked] == ["Komisi I", "Komisi III"]
    assert [box.text for box in sheet.instructions if box.ticked] == ["Untuk ditindaklanjuti"]
    assert [box.text for box in sheet.urgency if box.ticked] == ["Segera"]


def test_a_second_disposisi_replaces_whom_the_first_addressed(office: Office) -> None:
    case = office.report()
    day.to_ketua(office, case)
    day.ketua_disposes(office, case, "komisi_1")
    office.surya.does(case, "cermati_disposisi", keputusan_cermati="mohon_arahan", alasan="Bukan Komisi II?")
    assert [tick.label for tick in dossier.read(case).addressed] == ["Komisi I"]
    day.ketua_disposes(office, case, "komisi_2", "komisi_4")
    assert [tick.label for tick in dossier.read(case).addressed] == ["Komisi II", "Komisi IV"]
    assert lembar.content(dossier.read(case)).acts[-2].kind == "Mohon arahan Ketua DPRD"


def test_a_committee_the_letter_is_passed_on_to_is_ticked_and_the_act_has_a_place(office: Office) -> None:
    case = troubled(office)
    goes_on(office, case)
    sheet = lembar.content(dossier.read(case))
    assert [box.text for box in sheet.addressees if box.ticked] == ["Komisi I", "Komisi II", "Komisi III"]
    assert (sheet.acts[-1].office, sheet.acts[-1].addressees) == ("Plh. Sekretaris DPRD", ("Komisi II",))


def test_addressing_nobody_is_told_in_the_words_of_the_decision(office: Office) -> None:
    case = office.report()
    day.to_ketua(office, case)
    day.ketua_disposes(office, case, decision="arsipkan")
    sheet = lembar.content(dossier.read(case))
    assert sheet.acts[-1].kind == "Diarsipkan"
    assert not [box for box in sheet.addressees if box.ticked]


def test_the_free_places_name_who_is_awaited_in_the_order_of_the_sop(office: Office) -> None:
    case = office.report()
    assert len(lembar.content(dossier.read(case)).awaited) == 5
    day.to_sekwan(office, case)
    assert lembar.content(dossier.read(case)).awaited == ("Sekretaris DPRD", "Ketua DPRD", "Sekretaris DPRD")


def test_nobody_is_awaited_on_the_sheet_of_a_withdrawn_report(office: Office) -> None:
    case = office.report()
    day.to_kabag(office, case)
    verbs.withdraw(case, now=office.now)
    assert lembar.content(dossier.read(case)).awaited == ()


# --- codes, bytes, access ---


@pytest.mark.parametrize("kind", ["lembar-disposisi", "kartu-kendali", "tindak-lanjut", "surat-balasan", "receipt"])
def test_the_same_case_prints_the_same_bytes(office: Office, kind: str) -> None:
    case = troubled(office)
    goes_on(office, case)
    unit = "komisi_3" if kind in ("tindak-lanjut", "surat-balasan") else ""
    first = prints(office, kind, case, unit)
    assert prints(later(office), kind, case, unit) == first
    assert first.startswith(b"%PDF-")


def test_every_paper_and_every_committee_has_a_code_of_its_own(office: Office) -> None:
    case = troubled(office)
    goes_on(office, case)
    for unit in ("komisi_1", "komisi_2", "komisi_3"):
        prints(office, "tindak-lanjut", case, unit)
    prints(office, "kartu-kendali", case)
    codes = [found[0] for found in sql.rows("SELECT code FROM sheet_code")]
    assert len(codes) == len(set(codes)) == 4


def test_the_qr_leads_to_the_verification_page_of_the_code(office: Office) -> None:
    case = office.report()
    printed = words(prints(office, "lembar-disposisi", case)).replace(" ", "")
    assert f"{BASE}/verifikasi/{code_in(case, 'lembar-disposisi')}" in printed


def test_a_paper_nobody_knows_and_a_case_that_is_not_there_are_not_found(office: Office) -> None:
    case = office.report()
    for kind, number in (("kitab", case), ("lembar-disposisi", 999_999), ("surat-balasan", case)):
        with pytest.raises(NotFound):
            prints(office, kind, number)
    assert sql.value("SELECT COUNT(*) FROM sheet_code") == 0


# --- who the reporter is ---


def test_the_name_stands_on_the_papers_and_how_to_reach_them_never(office: Office) -> None:
    case = troubled(office)
    goes_on(office, case)
    for offer in offers(case):
        printed = words(prints(office, offer.kind, case, offer.unit))
        assert REPORTER["phone"] not in printed
        assert REPORTER["email"] not in printed
    assert REPORTER["name"] in words(prints(office, "lembar-disposisi", case))
    assert REPORTER["name"] in words(prints(office, "kartu-kendali", case))


def test_an_erased_identity_leaves_its_place(office: Office) -> None:
    case = troubled(office)
    goes_on(office, case)
    sql.execute("UPDATE reporter SET sealed = NULL, erased_ms = ?", (office.now,))
    for kind in ("lembar-disposisi", "kartu-kendali", "surat-balasan"):
        assert "(identitas telah dihapus)" in words(prints(office, kind, case))


# --- card, report, letter ---


def test_the_card_says_where_the_letter_is(office: Office) -> None:
    case = office.report()
    day.to_kasubag(office, case)
    before = kartu.content(dossier.read(case))
    assert (before.serial, before.processor, before.forwarded_ms) == ("001/2026", "Bagian Umum", None)
    assert before.index == "Jalan, jembatan, irigasi, perumahan dan perhubungan"
    office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    office.hadi.does(case, "teliti_kabag", keputusan_kabag="teruskan")
    office.surya.does(case, "disposisikan_sekwan", keputusan_sekwan="teruskan", instruksi_sekwan=["file"])
    day.ketua_disposes(office, case, "komisi_1", "komisi_2")
    day.distributes(later(office), case)
    after = kartu.content(dossier.read(case))
    assert (after.processor, after.forwarded_ms, after.handed_over) == ("Komisi I; Komisi II", office.now, ())


def test_each_committee_has_its_own_report(office: Office) -> None:
    case = troubled(office)
    goes_on(office, case)
    first, second, third = (
        words(prints(office, "tindak-lanjut", case, unit)) for unit in ("komisi_1", "komisi_2", "komisi_3")
    )
    assert "Dialihkan kepada Komisi II. Alasan: Bukan bidang kami." in first
    assert "Belum ada laporan pelaksanaan" in second
    assert "2. Kunjungan kerja, Selasa, 7 April 2026 Jembatan sudah ditinjau." in third
    assert "Wakil Ketua I DPRD: Untuk ditindaklanjuti. Segera." in third
    assert "Yoga Pratama, S.T., NIP 19921103 201603 1 009" in third
    assert "Plh. Sekretaris DPRD: Urusan pasar." in second


def test_a_paper_asked_for_without_naming_its_only_committee_is_the_same_sheet(office: Office) -> None:
    case = office.report()
    day.to_committees(office, case, "komisi_3")
    day.follows_up(office, case, "yoga", "komisi_3")
    day.answers(office, case, "komisi_3")
    for kind in ("tindak-lanjut", "surat-balasan"):
        assert prints(office, kind, case) == prints(office, kind, case, "komisi_3")
    assert sql.rows("SELECT DISTINCT detail FROM sheet_code") == [("komisi_3",)]


def test_a_committee_must_be_named_where_there_are_several(office: Office) -> None:
    case = troubled(office)
    for unit in ("", "komisi_4"):
        with pytest.raises(NotFound):
            prints(office, "tindak-lanjut", case, unit)


def test_the_letter_is_the_answer_as_approved_signed_as_what_the_signer_was(office: Office) -> None:
    case = troubled(office)
    goes_on(office, case)
    printed = words(prints(office, "surat-balasan", case))
    assert "Jembatan ditinjau Komisi III. Perbaikan dianggarkan." in printed
    assert "Naskah pertama" not in printed
    assert "Plh. SEKRETARIS DPRD, disetujui secara elektronik tanpa sertifikat Ratna Kusuma, S.H., M.H." in printed
    assert "Yth. Sdr. Siti Aminah di Tempat" in printed


def test_the_poster_leads_to_the_form(office: Office) -> None:
    assert f"{BASE}/lapor/siapmas" in words(printing.poster_of(office.organisation, BASE))


def pages(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def test_an_ordinary_case_takes_one_sheet_and_one_card(office: Office) -> None:
    case = office.report("Jembatan gantung di Dusun Wonodadi rusak dan membahayakan anak sekolah yang lewat")
    day.to_committees(office, case, "komisi_1", "komisi_3")
    assert pages(prints(office, "lembar-disposisi", case)) == 1
    assert pages(prints(office, "kartu-kendali", case)) == 1


def test_twenty_returns_take_as_many_sheets_as_they_need(office: Office) -> None:
    case = office.report()
    for _ in range(20):
        office.sekar.registers(case)
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="kembalikan", alasan="Lokasi belum jelas. " * 20)
    sheet = lembar.content(dossier.read(case))
    assert len(sheet.acts) == 20
    assert "20. Kepala Subbagian Tata Usaha" in words(prints(office, "lembar-disposisi", case))


def test_the_card_has_room_for_those_who_take_the_letter_over(office: Office) -> None:
    case = office.report()
    day.to_committees(office, case, "komisi_1")
    assert "Tanda Terima:" in words(prints(office, "kartu-kendali", case))


def test_an_erased_reporter_leaves_their_place_in_the_book(office: Office) -> None:
    day.to_kasubag(office, office.report())
    sql.execute("UPDATE reporter SET sealed = NULL, erased_ms = ?", (office.now,))
    (row,) = books.rows(books.Pages(office.organisation, "setwan", 2026))
    assert (row.written, row.sender) == ("001/2026", "(identitas telah dihapus)")


def test_another_office_prints_the_papers_of_a_process_that_has_no_sheet_of_its_own(sqlite: str) -> None:
    kota = Kota()
    case = kota.complaint()
    assert [offer.kind for offer in offers(case)] == ["lembar-disposisi", "kartu-kendali", "receipt"]
    for offer in offers(case):
        assert "ADU/2026" in words(printing.case_paper(offer.kind, case, base_url=BASE, now=kota.now))
    assert f"{BASE}/lapor/pengaduan" in words(printing.poster_of(kota.organisation, BASE))
