"""The books and the papers of a case in the browser: for those who may, nobody else; page, paper and journal agree."""

import re

import pytest
from citizen import Site
from clerk import Clerk, clerk, visitor
from paperwork import goes_on, troubled, words

from db import sql
from engine import papers
from forms import dates

PAPERS = ("lembar-disposisi", "kartu-kendali", "tindak-lanjut", "surat-balasan", "receipt")
OUTSIDERS = ("odi", "lilik", "inggit", "admin", "danu")
"""Staff of another part, a pendamping without a case, auditor, administrator, designer."""


@pytest.fixture
def case(site: Site) -> int:
    """A report that went to two committees, with returns, a Plh. and a deputy."""
    with site.asked() as office:
        made = troubled(office)
        goes_on(office, made)
        return made


def papers_printed(site: Site) -> list[tuple[int | None, str]]:
    with site.asked():
        return sql.rows("SELECT case_file, detail FROM access_log WHERE what = 'printed' ORDER BY id")


def paper_of(case: int, kind: str, unit: str = "") -> str:
    return f"/kasus/{case}/lembar/{kind}.pdf" + (f"?unit={unit}" if unit else "")


def is_private_pdf(page: Clerk) -> bool:
    assert page.last is not None
    head = page.last.headers
    return (
        page.status == 200
        and page.last.mimetype == "application/pdf"
        and head["Cache-Control"] == "no-store"
        and head["X-Content-Type-Options"] == "nosniff"
        and head["Content-Disposition"].startswith("inline; ")
        and page.last.get_data().startswith(b"%PDF-")
    )


# --- the case page, the sheet and the journal ---


def test_the_case_page_the_sheet_and_the_journal_agree_on_who_as_what_and_when(site: Site, case: int) -> None:
    sekar = clerk(site, "sekar").opens(f"/kasus/{case}")
    shown = articles(sekar.page)
    printed = words(sekar.opens(paper_of(case, "lembar-disposisi")).last.get_data())  # type: ignore[union-attr]
    with site.asked():
        journal = sql.rows(
            "SELECT at_ms, p.name, acting_as FROM journal j JOIN person p ON p.id = j.person"
            " WHERE kind = 'completed' AND case_file = ? ORDER BY seq",
            (case,),
        )
        acts = papers.acts(case)
    zone = "Asia/Jakarta"
    assert [(act.at_ms, act.person, act.acting_as) for act in acts] == journal
    last = {(act.element, act.instance): act for act in acts}  # what came before it is in the story and on the sheet
    held = [act for act in acts if last[act.element, act.instance] is act]
    assert shown == [f"{act.person}, {act.signed_as} {dates.moment(act.at_ms, zone)}" for act in held]
    for number, act in enumerate((act for act in acts if act.on_sheet), 1):
        assert f"{number}. {act.signed_as} {act.told} · {dates.short_moment(act.at_ms, zone)}" in printed
        assert act.person in printed


def articles(page: str) -> list[str]:
    """Who, as what and when of every act on the case page."""
    texts = re.findall(r"(?s)<article><h3>.*?</h3>\s*<p>(.*?)</p>", page)
    return [" ".join(re.sub(r"<[^>]+>", " ", text).replace(" ,", ",").split()).replace(" ,", ",") for text in texts]


# --- papers of a case ---


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_opens_in_the_browser_and_is_kept_by_nobody(site: Site, case: int, kind: str) -> None:
    unit = "komisi_3" if kind in ("tindak-lanjut", "surat-balasan") else ""
    assert is_private_pdf(clerk(site, "sekar").opens(paper_of(case, kind, unit)))
    assert papers_printed(site) == [(case, f"{kind} {unit}".strip())]


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("username", ["odi", "maya", "inggit", "admin", "danu"])
def test_who_may_not_read_a_case_gets_none_of_its_papers(site: Site, case: int, kind: str, username: str) -> None:
    assert clerk(site, username).opens(paper_of(case, kind, "komisi_3")).status == 404
    assert papers_printed(site) == []
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM sheet_code") == 0


def test_a_committee_prints_the_papers_of_a_case_it_was_given(site: Site, case: int) -> None:
    assert is_private_pdf(clerk(site, "yoga").opens(paper_of(case, "lembar-disposisi")))


def test_a_secret_case_is_printed_only_by_those_it_lies_with(site: Site) -> None:
    with site.asked() as office:
        secret = office.report("Batas tanah desa")
        office.sekar.registers(secret, kerahasiaan="rahasia")
    assert is_private_pdf(clerk(site, "wulan").opens(paper_of(secret, "lembar-disposisi")))
    assert clerk(site, "surya").opens(paper_of(secret, "lembar-disposisi")).status == 404


def test_nobody_in_particular_is_shown_the_door(site: Site, case: int) -> None:
    for address in (paper_of(case, "lembar-disposisi"), "/agenda/setwan/2026.pdf", "/poster.pdf"):
        page = visitor(site).opens(address)
        assert page.status == 302
        assert "/masuk" in page.last.headers["Location"]  # type: ignore[union-attr]


def test_a_paper_of_several_committees_asks_whose(site: Site, case: int) -> None:
    page = clerk(site, "sekar").opens(paper_of(case, "tindak-lanjut"))
    links = re.findall(r'href="([^"]*unit=[^"]*)"', page.page)
    assert links == [paper_of(case, "tindak-lanjut", unit) for unit in ("komisi_1", "komisi_3", "komisi_2")]
    assert all(is_private_pdf(page.opens(link)) for link in links)


def test_an_answer_nobody_approved_and_a_kind_nobody_knows_are_not_there(site: Site, case: int) -> None:
    sekar = clerk(site, "sekar")
    for address in (paper_of(case, "surat-balasan", "komisi_2"), paper_of(case, "kitab"), paper_of(9999, "receipt")):
        assert sekar.opens(address).status == 404


def test_a_printed_code_leads_to_its_verification(site: Site, case: int) -> None:
    clerk(site, "sekar").opens(paper_of(case, "lembar-disposisi"))
    with site.asked():
        code = sql.value("SELECT code FROM sheet_code")
        number = sql.value("SELECT number FROM case_file WHERE id = ?", (case,))
    assert number in visitor(site).opens(f"/verifikasi/{code}").page


def test_the_poster_is_for_everyone_on_the_staff(site: Site) -> None:
    assert is_private_pdf(clerk(site, "odi").opens("/poster.pdf"))


# --- the books ---


def test_the_book_shows_the_columns_of_the_paper(site: Site, case: int) -> None:
    page = clerk(site, "sekar").opens("/agenda/setwan/2026").page
    for shown in (
        "001/2026",
        "Siti Aminah",
        "Jembatan gantung rusak di Wonodadi",
        "Komisi I; Komisi III; Komisi II",
        "Untuk ditindaklanjuti",
    ):
        assert shown in page
    assert f'href="/kasus/{case}"' in page


def test_the_door_to_the_books_is_this_years_first_one(site: Site) -> None:
    page = clerk(site, "sekar").opens("/agenda")
    assert page.last.headers["Location"] == "/agenda/setwan/2026"  # type: ignore[union-attr]


def test_the_archive_is_offered_only_to_those_it_opens_for(site: Site) -> None:
    for username, status in (("sekar", 200), ("bima", 403)):
        page = clerk(site, username)
        assert ('href="/arsip"' in page.opens("/agenda/setwan/2026").page) is (status == 200)
        assert page.opens("/arsip").status == status


def test_an_empty_book_says_what_will_be_here(site: Site) -> None:
    assert "Belum ada surat yang dicatat" in clerk(site, "sekar").opens("/agenda/pimpinan/2025").page


def test_the_book_is_searched_by_what_stands_in_it(site: Site, case: int) -> None:
    sekar = clerk(site, "sekar")
    assert "001/2026" in sekar.opens("/agenda/setwan/2026?cari=siti+wonodadi").page
    missed = sekar.opens("/agenda/setwan/2026?cari=sumur").page
    assert "001/2026" not in missed
    assert "Tidak ada catatan yang cocok" in missed


def test_a_secret_case_has_its_number_in_the_book_and_nothing_else(site: Site) -> None:
    with site.asked() as office:
        secret = office.report("Batas tanah desa", name="Hartini")
        office.sekar.registers(secret, perihal="Batas tanah desa", kerahasiaan="rahasia")
    sekar = clerk(site, "sekar").opens("/agenda/setwan/2026")
    printed = words(clerk(site, "sekar").opens("/agenda/setwan/2026.pdf").last.get_data())  # type: ignore[union-attr]
    for told in (sekar.page, printed):
        assert "001/2026" in told
        assert "(rahasia)" in told
        assert "Hartini" not in told
        assert "Batas tanah" not in told
    assert f'href="/kasus/{secret}"' not in sekar.page
    assert "001/2026" not in sekar.opens("/agenda/setwan/2026?cari=Hartini").page


def test_printing_the_book_seals_the_journal_and_says_who_printed(site: Site, case: int) -> None:
    page = clerk(site, "wulan").opens("/agenda/setwan/2026.pdf")
    assert is_private_pdf(page)
    printed = words(page.last.get_data())  # type: ignore[union-attr]
    with site.asked():
        root = sql.value("SELECT root FROM seal")
        assert sql.value("SELECT COUNT(*) FROM journal WHERE seal IS NULL") == 0
    assert f"Akar Merkle: {root}" in printed
    assert "oleh Wulan Sari, S.AP." in printed
    assert papers_printed(site) == [(None, "buku-agenda setwan 2026")]


@pytest.mark.parametrize("username", OUTSIDERS)
def test_who_does_not_see_every_case_may_not_open_a_book(site: Site, username: str) -> None:
    page = clerk(site, username)
    for address in ("/agenda", "/agenda/setwan/2026", "/agenda/setwan/2026.pdf"):
        assert page.opens(address).status == 403
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM seal") == 0


def test_whoever_is_replaced_by_a_plh_does_not_open_the_books_meanwhile(site: Site) -> None:
    from paperwork import stand_in

    with site.asked() as office:
        stand_in(office, "sekwan", "lilik", "plh")
    assert clerk(site, "lilik").opens("/agenda/setwan/2026").status == 200
    assert clerk(site, "surya").opens("/agenda/setwan/2026").status == 403


def test_a_book_the_office_does_not_keep_is_not_there(site: Site) -> None:
    sekar = clerk(site, "sekar")
    for address in ("/agenda/kas/2026", "/agenda/setwan/12", "/agenda/kas/2026.pdf"):
        assert sekar.opens(address).status == 404


def test_a_book_is_turned_page_by_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.papers import books

    monkeypatch.setattr(books, "PAGE", 2)
    with site.asked() as office:
        for number in range(3):
            office.sekar.registers(office.report(), perihal=f"Laporan nomor {number}")
    sekar = clerk(site, "sekar")
    first, second = sekar.opens("/agenda/setwan/2026").page, sekar.opens("/agenda/setwan/2026?halaman=2").page
    assert [number in first for number in ("003/2026", "002/2026", "001/2026")] == [True, True, False]
    assert [number in second for number in ("003/2026", "002/2026", "001/2026")] == [False, False, True]
    assert 'href="/agenda/setwan/2026?halaman=2"' in first
    assert sekar.opens("/agenda/setwan/2026?halaman=99").page.count("001/2026") == 1
