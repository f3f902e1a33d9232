"""The auditor's pages: every figure leads to its cases, nothing about the reporter, files that run nothing."""

import csv
import re
from html import unescape
from io import StringIO

import pytest
from citizen import Site
from clerk import Clerk, clerk
from paperwork import REPORTER, goes_on, troubled

from db import sql
from webui import spreadsheet

PAGES = (
    *("", "/kasus", "/kasus?pilih=lewat", "/kasus?pilih=p90&element=terima", "/kasus/1", "/jurnal", "/ekspor"),
    *("/terlambat", "/terlambat?macam=tonggak", "/peta", "/peta?warna=median", "/akses", "/akses?macam=pribadi"),
    *("?unit=bagian_umum", "/terlambat?jabatan=staf_tu", "/peta?jabatan=staf_tu"),
)
FIGURE = re.compile(r'href="(/audit/kasus\?[^"]+)">([^<]*)<')


@pytest.fixture
def case(site: Site) -> int:
    with site.asked() as office:
        made = troubled(office)
        goes_on(office, made)
        return made


@pytest.fixture
def inggit(site: Site, case: int) -> Clerk:
    """The auditor of the cast, at her page."""
    return clerk(site, "inggit").opens("/audit")


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def rows(page: str) -> int:
    return page.count('class="title" href="/kasus/')


def test_the_page_says_what_it_shows_in_which_zone_and_period(inggit: Clerk) -> None:
    said = text(inggit.page)
    assert "1 November 2026 sampai" in said
    assert "(WIB)" in said
    assert "jam kerja kantor" in said
    assert "SOP 9.3.3/10/416-050/2023 langkah 8" in said
    assert "10 menit kerja" in said
    assert "2 jam kerja" in said


def test_the_rows_of_the_sop_stand_in_its_order(inggit: Clerk) -> None:
    table = inggit.page.partition("<table")[2].partition("</table>")[0]
    numbers = [int(n) for n in re.findall(r"<strong>(\d)\. ", table)]
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8]


def test_every_figure_leads_to_a_list_that_is_not_empty(inggit: Clerk) -> None:
    figures = FIGURE.findall(inggit.page.partition("<table")[2])
    assert len(figures) > 60
    for address, shown in dict(figures).items():
        listed = rows(inggit.opens(unescape(address)).page)
        assert inggit.status == 200
        assert listed >= 1, address
        count = re.match(r"\s*(\d+)(?: \(\d+%\)| lewat batas)?\s*$", shown)
        if count:
            assert listed == int(count[1]), address


def test_every_page_and_file_opens_on_both_databases(any_site: Site) -> None:
    with any_site.asked() as office:
        goes_on(office, troubled(office))
    inggit = clerk(any_site, "inggit")
    assert [inggit.opens(f"/audit{page}").status for page in PAGES] == [200] * len(PAGES)
    assert [len(table(inggit.opens(f"/audit/{file}.csv"))) > 8 for file in ("langkah", "kasus")] == [True, True]
    for file in ("terlambat.csv", "akses.csv", "ekspor/jurnal.csv", "ekspor/jurnal.xes", "ekspor/jurnal.ocel"):
        assert inggit.opens(f"/audit/{file}").status == 200


def test_each_line_leads_to_its_case_and_says_who_as_what(site: Site, inggit: Clerk, case: int) -> None:
    page = inggit.opens("/audit/kasus?element=disposisikan_sekwan").page
    assert f'href="/kasus/{case}"' in page
    assert "Ratna Kusuma, S.H., M.H., Plh. Sekretaris DPRD" in text(page)
    assert inggit.opens(f"/kasus/{case}").status == 200


def test_nothing_is_said_about_the_reporter_or_the_matter(inggit: Clerk) -> None:
    pages = [inggit.opens(f"/audit/{rest}").page for rest in ("kasus", "kasus.csv", "langkah.csv", "jurnal")]
    for page in pages:
        assert not any(word in page for word in (*REPORTER.values(), "Jembatan gantung"))


def test_a_late_task_says_by_how_much_office_time(site: Site) -> None:
    with site.asked() as office:
        late = office.at("2026-11-27 16.20").report("Terlambat")
        office.sekar.opens(late, "terima")
        office.at("2026-11-30 07.50").sekar.registers(late)  # 10 minutes to closing, 20 after opening
    page = text(clerk(site, "inggit").opens("/audit/kasus?pilih=terlambat&dari=2026-11-01&sampai=2026-11-30").page)
    assert "Jum 27 Nov 2026 16.30 WIB" in page
    assert "Sen 30 Nov 2026 07.50 WIB" in page
    assert "20 menit" in page
    assert "10 menit kerja" in page


def test_what_is_open_past_its_due_time_is_listed_as_such(site: Site) -> None:
    with site.asked() as office:
        waiting = office.at("2026-12-01 08.00").report("Tertinggal")
        office.sekar.opens(waiting, "terima")
        office.at("2026-12-01 09.00")
    inggit = clerk(site, "inggit")
    page = text(inggit.opens("/audit/kasus?element=terima&pilih=lewat").page)
    assert "50 menit" in page
    assert "Sel 1 Des 2026 08.10 WIB" in page
    assert "1 lewat batas" in text(inggit.opens("/audit").page)


@pytest.mark.parametrize("wrong", ["dari=kemarin", "dari=2026-11-30&sampai=2026-11-01", "sampai=99999-01-01"])
def test_wrong_dates_are_told_and_this_month_is_shown(inggit: Clerk, wrong: str) -> None:
    said = text(inggit.opens(f"/audit?{wrong}").page)
    assert inggit.status == 200
    assert "Tanggal tidak terbaca atau terbalik" in said
    assert "1 November 2026 sampai" in said


@pytest.mark.parametrize("unknown", ["/audit?proses=lain", "/audit/kasus?pilih=lain"])
def test_what_does_not_exist_is_not_found(inggit: Clerk, unknown: str) -> None:
    assert inggit.opens(unknown).status == 404


def test_another_period_has_other_figures(inggit: Clerk) -> None:
    said = text(inggit.opens("/audit?dari=2026-01-01&sampai=2026-01-31").page)
    assert "0 langkah selesai" in said
    assert "belum ada yang selesai pada periode ini" in said


def table(page: Clerk) -> list[dict[str, str]]:
    assert page.last is not None
    assert page.last.mimetype == "text/csv"
    assert page.last.headers["Content-Disposition"].startswith("attachment; ")
    body = page.last.get_data(as_text=True)
    assert body.startswith("\ufeff")
    return list(csv.DictReader(StringIO(body.removeprefix("\ufeff"))))


def test_the_files_hold_the_same_figures_as_the_page(inggit: Clerk) -> None:
    page = inggit.page
    steps = table(inggit.opens("/audit/langkah.csv"))
    assert [row["nomor_sop"] for row in steps[:8]] == [str(n) for n in range(1, 9)]
    total = sum(int(row["selesai"]) for row in steps)
    cases = table(inggit.opens("/audit/kasus.csv"))
    assert len(cases) == total
    assert f"{total} langkah selesai" in text(page)
    assert {row["terlambat"] for row in cases} <= {"ya", "tidak"}


@pytest.mark.parametrize("risky", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_a_file_is_a_formula(risky: str) -> None:
    safe = spreadsheet.cell(risky)
    assert safe.startswith("'") and safe.replace("'", "") == risky


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    assert [spreadsheet.cell(value) for value in (-1.5, 7, None, "Komisi I")] == ["-1.5", "7", "", "Komisi I"]


def test_a_large_file_comes_in_pieces() -> None:
    pieces = list(spreadsheet.lines([n, "x" * 50] for n in range(1000)))
    assert len(pieces) == 1000 // spreadsheet.AT_ONCE + 1
    assert max(map(len, pieces)) < 20_000


def test_a_whole_journal_is_told_whole(site: Site, inggit: Clerk) -> None:
    assert "Periksa seluruh jurnal" in inggit.opens("/audit/jurnal").page
    assert inggit.sends("/audit/jurnal/periksa").status_code == 302
    assert "Sedang diperiksa" in text(inggit.opens("/audit/jurnal").page)
    with site.asked() as office:
        office.works_off_jobs()
    assert "Jurnal utuh." in text(inggit.opens("/audit/jurnal").page)


def test_an_edited_journal_is_found_and_named(site: Site, inggit: Clerk, case: int) -> None:
    inggit.sends("/audit/jurnal/periksa")
    with site.asked() as office:
        sql.execute("UPDATE journal SET at_ms = at_ms + 1 WHERE chain = ? AND seq = 3", (f"case:{case}",))
        office.works_off_jobs()
    said = text(inggit.opens("/audit/jurnal").page)
    assert "Jurnal TIDAK utuh: 1 kesalahan." in said
    assert f"case:{case} 3 isinya diubah" in said


def test_what_an_auditor_looked_at_is_in_the_access_log(site: Site, inggit: Clerk) -> None:
    inggit.opens("/audit/kasus?element=terima&pilih=terlama")
    with site.asked():
        assert ("audited", "terlama terima") in sql.rows("SELECT what, detail FROM access_log")


def test_where_nothing_is_published_the_page_says_what_will_be_here(site: Site) -> None:
    with site.asked():
        sql.execute("DELETE FROM release")
    assert "Belum ada proses." in text(clerk(site, "inggit").opens("/audit").page)
