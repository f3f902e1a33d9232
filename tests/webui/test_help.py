"""Help: a page per audience in both languages, which says what the screen says and shows what is there."""

import html
import re
from functools import cache

import leftovers
import pytest
from citizen import Site
from clerk import Clerk, clerk
from kota import Kota

from db import connect
from webui import help, statics

POWERED = {one.key for one in help.POWERS}
ROOT = leftovers.ROOT
PAGES = ROOT / "webui" / "templates" / "help"
QUOTED = re.compile(r"""h\.ui\('((?:[^'\\]|\\.)+)'\)""")
SHOWN = re.compile(r"""h\.picture\('([\w-]+)', '((?:[^'\\]|\\.)+)'""")
OWN = {
    "sekar": "staf",
    "odi": "staf",
    "lilik": "staf",
    "wulan": "kasubag-kabag",
    "hadi": "kasubag-kabag",
    "surya": "pejabat",
    "bima": "pejabat",
    "dewi": "pejabat",
    "danu": "perancang",
    "inggit": "auditor",
    "admin": "administrator",
}


CITY = {
    "petugas.dkp": ["petugas"],
    "pejabat.dkp": ["pejabat-terkait"],
    "pimpinan.dkp": ["pimpinan"],
    "rendra": ["redaktur"],
    "yanti": ["admin-pengaduan"],
    "harini": ["koordinator"],
    "ketut": ["ketua-tim"],
    "gatot": ["penanggung-jawab", "pimpinan"],
    "inspektur": ["inspektorat"],
    "walikota": ["walikota"],
    "auditor.kota": ["auditor"],
    "perancang.kota": ["perancang"],
    "admin.kota": ["administrator"],
}
COUNCIL = ("DPRD", "Kasubag", "Kabag", "Tata Usaha", "lembar disposisi", "paraf", "agenda", "SIAPMAS")
"""Words of the other organisation, which the offices of the city must never meet in their help."""


def text(language: str, audience: str) -> str:
    return (PAGES / language / f"{audience}.html").read_text()


@cache
def screens() -> str:
    """Everything that can be on a screen: templates, forms, diagrams, the words of pages and papers."""
    kinds = ("webui/**/*.html", "webui/**/*.py", "engine/**/*.py", "forms/screens/*.form")
    kinds = (*kinds, "forms/lists/*.json", "processes/*/*.bpmn")
    paths = [path for kind in kinds for path in ROOT.glob(kind) if PAGES not in path.parents]
    return html.unescape("\n".join(path.read_text() for path in paths)).replace("\\'", "'").replace("&#10;", " ")


@pytest.mark.parametrize("audience", help.ALL)
def test_every_word_of_the_screen_is_on_a_screen(audience: str) -> None:
    quoted = set(QUOTED.findall(text("id", audience)))
    assert quoted, "a page of help that names no button"
    unknown = {said for said in quoted if not any(f"{a}{said}{b}" in screens() for a, b in ("''", '""', "><"))}
    assert unknown == set(), "no button, link or label says this"


@pytest.mark.parametrize("audience", help.ALL)
def test_both_languages_tell_the_same(audience: str) -> None:
    here, there = text("id", audience), text("en", audience)
    assert sorted(QUOTED.findall(here)) == sorted(QUOTED.findall(there))
    assert [name for name, _ in SHOWN.findall(here)] == [name for name, _ in SHOWN.findall(there)]
    for mark in ("<h2>", "<li>", "<ol>"):
        assert here.count(mark) == there.count(mark), mark
    assert not {alt for _, alt in SHOWN.findall(here)} & {alt for _, alt in SHOWN.findall(there)}


def test_there_is_a_page_for_everyone_and_none_for_nobody() -> None:
    for language in ("id", "en"):
        assert {path.stem for path in (PAGES / language).glob("*.html")} == set(help.ALL)


def test_every_picture_is_there_and_drawn_by_the_browser_suite() -> None:
    shown = {name for audience in help.ALL for name, _ in SHOWN.findall(text("id", audience))}
    drawn = set(re.findall(r'Shot\("([\w-]+)"', (ROOT / "tests/browser/pictures.py").read_text()))
    assert shown == drawn
    for name in shown:
        assert statics.asset(f"help-{name}.webp").endswith(".webp")
        assert (ROOT / "webui/assets/pictures" / f"help-{name}.webp").stat().st_size <= 60 * 1024


def test_every_page_can_be_read_with_its_pictures_in_both_languages(site: Site) -> None:
    _reads_everything(clerk(site, "sekar"), {"warga", "staf", "kasubag-kabag", "pejabat", *POWERED}, ("SIAPMAS",))


def _reads_everything(reader: Clerk, expected: set[str], names: tuple[str, ...]) -> None:
    for language in ("id", "en"):
        reader.sends("/bahasa", language=language, next="/tugas")
        listed = set(re.findall(r'class="title" href="/bantuan/([\w-]+)"', reader.opens("/bantuan").page))
        assert listed == expected
        for audience in listed:
            page = reader.opens(f"/bantuan/{audience}").page
            assert reader.status == 200 and f'<html lang="{language}">' in page
            for address in re.findall(r'<img src="([^"]+)"', page):
                assert reader.opens(address).status == 200
            assert language == "id" or not list(leftovers.of(page, names)), audience


def test_each_organisation_reads_of_its_own_offices_alone(site: Site) -> None:
    with connect.connection():
        Kota()
    reader = clerk(site, "petugas.dkp")
    theirs = {page for pages in CITY.values() for page in pages}
    _reads_everything(reader, {"warga", *theirs}, ("Perwali", "Petugas Pengaduan Dinas Kebersihan dan Pertamanan"))
    assert reader.opens("/bantuan/staf").status == 404
    assert clerk(site, "sekar").opens("/bantuan/walikota").status == 404
    for audience in theirs - POWERED:
        said = text("id", audience) + text("en", audience)
        assert not [word for word in COUNCIL if word in said], audience


def test_the_question_mark_of_the_city_leads_to_what_each_office_does(site: Site) -> None:
    with connect.connection():
        Kota()
    for username, pages in CITY.items():
        page = clerk(site, username).opens("/bantuan").page
        assert re.findall(r'class="title" href="/bantuan/([\w-]+)"', page)[: len(pages)] == sorted(
            pages, key=list(help.ALL).index
        )
        assert f'class="help-link" href="/bantuan/{pages[0]}"' in page
    assert 'href="/bantuan/pimpinan"' in clerk(site, "gatot").opens("/bantuan/penanggung-jawab").page


def test_citizens_are_told_of_a_nik_and_sms_only_where_they_are_asked_for(site: Site) -> None:
    assert "NIK" not in site.citizen().opens("/bantuan/warga").text
    with connect.connection():
        Kota()
    told = site.citizen().opens("/bantuan/warga").text
    assert "Pemerintah Kota Mojokerto meminta NIK" in told and "STATUS#NOMOR" in told


@pytest.mark.parametrize("username", OWN)
def test_the_question_mark_leads_everyone_to_their_own_page(site: Site, username: str) -> None:
    assert f'href="/bantuan/{OWN[username]}"' in clerk(site, username).opens("/bantuan").page


def test_citizens_find_theirs_from_every_page_and_no_other(site: Site) -> None:
    citizen = site.citizen().opens("/panduan")
    assert citizen.page.count('href="/bantuan/warga"') == 2
    assert "Lapor" in citizen.opens("/bantuan/warga").text
    assert "/bantuan/staf" not in citizen.opens("/bantuan").page
    assert citizen.opens("/bantuan/staf").address.startswith("/masuk")
