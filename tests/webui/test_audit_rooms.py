"""The rooms of the audit: late list, map of heat, a case's minutes, who saw what, the SOP form."""

import re
from html import unescape

import pytest
from citizen import Site
from clerk import Clerk, clerk
from paperwork import goes_on, troubled


@pytest.fixture
def case(site: Site) -> int:
    with site.asked() as office:
        late = office.at("2026-11-27 16.20").report("Terlambat")
        office.sekar.opens(late, "terima")
        office.at("2026-11-30 07.50").sekar.registers(late)  # 10 minutes to closing, 20 after opening
        made = troubled(office)
        goes_on(office, made)
        return late


@pytest.fixture
def inggit(site: Site, case: int) -> Clerk:
    return clerk(site, "inggit")


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_late_list_says_what_by_which_rule_by_how_much_and_who(inggit: Clerk, case: int) -> None:
    page = inggit.opens("/audit/terlambat?dari=2026-11-01&sampai=2026-11-30&jabatan=staf_tu").page
    said = text(page)
    assert f'href="/audit/kasus/{case}"' in page
    assert "SOP 9.3.3/10/416-050/2023 langkah 1" in said
    assert "20 menit" in said
    assert "2 hari 15 jam kalender" in said
    assert "Sekar Ayu Lestari, Staf Subbagian Tata Usaha" in said


def test_a_cases_minutes_add_up_to_the_whole(inggit: Clerk, case: int) -> None:
    page = inggit.opens(f"/audit/kasus/{case}").page
    whole = int(re.search(r"<strong>(\d+) menit</strong>", page)[1])  # type: ignore[index]  # it is there
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    minutes = [int(n) for n in re.findall(r'class="number">(?:<strong>)?(\d+)', table)]
    assert sum(minutes[:-1]) == minutes[-1] == whole


def test_the_map_has_the_number_of_every_step_that_was_done(inggit: Clerk) -> None:
    page = inggit.opens("/audit/peta?dari=2026-11-01&sampai=2026-12-31").page
    badges = re.findall(r'<g class="heat-badge">.*?<text[^>]*>([^<]+)</text>', page)
    assert len(badges) >= 8
    assert all(re.fullmatch(r"\d+% dari \d+", badge) for badge in badges)
    assert "style=" not in page.partition('<svg class="heat-map"')[2].partition("</svg>")[0]


def test_who_opened_an_identity_stands_in_the_access_log(site: Site, inggit: Clerk, case: int) -> None:
    clerk(site, "sekar").sends(f"/kasus/{case}/identitas")
    said = text(inggit.opens("/audit/akses?macam=revealed&dari=2026-11-01&sampai=2026-12-31").page)
    assert "Sekar Ayu Lestari" in said
    assert "identitas pelapor dibuka" in said
    assert "Tidak ada catatan." in text(inggit.opens("/audit/akses?macam=revealed&laporan=tidak-ada").page)


def test_the_access_log_names_pages_and_papers_as_people_do(inggit: Clerk, case: int) -> None:
    for page in ("peta", "langkah.csv", "kasus?element=terima&pilih=median", f"kasus/{case}"):
        assert inggit.opens(f"/audit/{page}").status == 200
    said = text(inggit.opens("/audit/akses?macam=audited").page)
    for words in (
        "peta panas",
        "langkah dan waktunya (CSV)",
        "yang di tengah (median), Terima",
        "waktu sebuah laporan",
    ):
        assert words in said
    assert "saat menyampaikan jawaban" not in text(inggit.opens("/audit/akses?macam=viewed").page)


def test_the_sop_form_is_a_pdf_and_its_printing_is_noted(inggit: Clerk, case: int) -> None:
    assert inggit.opens(f"/audit/kasus/{case}/formulir-sop.pdf").status == 200
    assert inggit.last is not None
    assert inggit.last.get_data().startswith(b"%PDF")
    assert "formulir-sop" in text(inggit.opens("/audit/akses?macam=printed&dari=2026-11-01&sampai=2026-12-31").page)


@pytest.mark.parametrize(
    "wrong", ["terlambat?macam=lain", "peta?warna=lain", "ekspor/jurnal.exe", "kasus/99999", "terlambat?jabatan=lain"]
)
def test_what_there_is_not_is_not_found(inggit: Clerk, wrong: str) -> None:
    assert inggit.opens(f"/audit/{wrong}").status == 404


@pytest.mark.parametrize("odd", ["terlambat?sesudah=x-y-z", "akses?sesudah=9-", "akses?orang=x", "peta?gambar=../x"])
def test_odd_addresses_show_the_page_from_its_beginning(inggit: Clerk, odd: str) -> None:
    assert inggit.opens(f"/audit/{odd}").status == 200
