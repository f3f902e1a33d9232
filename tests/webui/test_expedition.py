"""The buku ekspedisi: a line per office a disposisi went to, signed for by whoever opened it, or on paper."""

import io
import re
from html import unescape

import pytest
import siapmas_days as day
from citizen import Site
from clerk import Clerk, clerk
from pypdf import PdfReader

from db import sql


@pytest.fixture
def case(site: Site) -> int:
    """A report handed out to two committees."""
    with site.asked() as office:
        made = office.report()
        day.to_committees(office, made, "komisi_1", "komisi_3")
        return made


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def sekar(site: Site, case: int) -> Clerk:
    return clerk(site, "sekar")


def test_every_committee_has_its_line_and_opening_is_the_receipt(site: Site, case: int, sekar: Clerk) -> None:
    with site.asked() as office:
        office.lilik.opens(case, "tindak_lanjuti", "komisi_1")
    page = words(sekar.opens("/ekspedisi/2026").page)
    assert "001/2026" in page
    assert "002/2026" in page
    assert "Lilik Handayani, S.Sos." in page
    waiting = words(sekar.opens("/ekspedisi/2026?bagian=belum").page)
    assert "Pendamping Komisi III" in waiting
    assert "Pendamping Komisi I " not in waiting


def test_a_receipt_on_paper_is_written_down_once_with_a_name(site: Site, case: int, sekar: Clerk) -> None:
    with site.asked():
        line = sql.value("SELECT MIN(id) FROM delivery")
    sekar.sends(f"/ekspedisi/2026/{line}/terima", receiver=" ")
    assert sekar.status == 422
    assert "Isi nama penerima." in words(sekar.page)
    assert sekar.sends(f"/ekspedisi/2026/{line}/terima", receiver="Pak Jono").status_code == 302
    assert "Pak Jono" in words(sekar.opens("/ekspedisi/2026").page)
    sekar.sends(f"/ekspedisi/2026/{line}/terima", receiver="Bu Tini")
    assert "Bu Tini" not in words(sekar.opens("/ekspedisi/2026").page)
    with site.asked():
        kinds = [kind for (kind,) in sql.rows("SELECT kind FROM journal WHERE case_file = ?", (case,))]
        assert (kinds.count("handed_out"), kinds.count("taken_in")) == (2, 1)


def test_the_printed_book_says_the_same(site: Site, case: int, sekar: Clerk) -> None:
    with site.asked() as office:
        office.yoga.opens(case, "tindak_lanjuti", "komisi_3")
    sekar.opens("/ekspedisi/2026.pdf")
    assert sekar.last is not None
    text = " ".join(PdfReader(io.BytesIO(sekar.last.get_data())).pages[0].extract_text().split())
    for said in ("BUKU EKSPEDISI", "001/2026", "Pendamping Komisi III", "Yoga Pratama", "2 kiriman, 1 sudah diterima"):
        assert said in text


def test_a_secret_case_is_a_line_without_content(site: Site, case: int, sekar: Clerk) -> None:
    with site.asked():
        sql.execute("UPDATE case_file SET secrecy = 'rahasia', subject = 'Tanah kas desa' WHERE id = ?", (case,))
    assert "Tanah kas desa" not in sekar.opens("/ekspedisi/2026").page
    assert "(rahasia)" in sekar.page


def test_another_organisations_lines_are_not_found(site: Site, case: int) -> None:
    assert clerk(site, "sekar").sends("/ekspedisi/2026/999/terima", receiver="Pak Jono").status_code == 404
    assert clerk(site, "lilik").opens("/ekspedisi/2026").status == 403
