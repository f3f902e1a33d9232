"""/audit/dasar-hukum: duties against elements and screens, both ways, for the auditor of each government."""

import re
from html import unescape

import pytest
from citizen import Site
from cityhall import City
from clerk import clerk
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from engine.diagrams import basis


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"(?s)<script.*?</script>|<[^>]+>", " ", page)).split())


def test_the_auditor_sees_duties_elements_and_what_is_ours(city: City) -> None:
    auditor = city.enters("auditor.kota")
    page = words(auditor.opens("/audit/dasar-hukum").page)
    assert "Perwali 14/2016" in page
    assert "Pasal 8 ayat (1)" in page
    assert "Meneruskan pengaduan kepada pejabat" in page
    assert "SOP 9.3.3" not in page  # the other government's
    elements = words(auditor.opens("/audit/dasar-hukum?tampilan=unsur").page)
    assert "teruskan" in elements
    assert "Perwali 14/2016 Pasal 8 ayat (1)" in elements
    assert "baris 11" in elements
    ours = words(auditor.opens("/audit/dasar-hukum?tampilan=sendiri").page)
    assert "batas_tanggapan" in ours
    assert "catat_hasil" not in ours
    assert auditor.opens("/audit/dasar-hukum?tampilan=lain").status == 404


def test_only_auditors_and_each_of_their_own_government(site: Site) -> None:
    assert clerk(site, "sekar").opens("/audit/dasar-hukum").status == 403
    page = words(clerk(site, "inggit").opens("/audit/dasar-hukum").page)
    assert "SOP 9.3.3/10/416-050/2023" in page
    assert "Booklet SIAPMAS 2023" in page
    assert "Perwali" not in page


@pytest.mark.parametrize("process", ["pengaduan", "siapmas"])
def test_every_screen_a_catalogue_names_is_a_page_of_the_product(site: Site, process: str) -> None:
    doors = site.app.url_map.bind("localhost")
    for law in basis.catalogue(process):
        for screen in (screen for duty in law.duties for screen in duty.screens):
            try:
                doors.match(screen.url, method="GET")
            except RequestRedirect:
                pass
            except HTTPException:
                pytest.fail(f"{law.name}: {screen.url} is no page")


SIGN_INS = {
    "Admin Pengaduan": "yanti",
    "Kepala SKPD": "pimpinan.dkp",
    "Ketua Tim": "ketut",
    "Koordinator": "harini",
    "Pejabat pelaksana": "pejabat.dkp",
    "Penanggung Jawab": "gatot",
}


def test_whoever_has_a_duty_opens_the_screens_that_are_named_for_it(city: City) -> None:
    """A screen of somebody else's says whose, in brackets; beside it stands one of their own."""
    named = [duty for law in basis.catalogue("pengaduan") for duty in law.duties if duty.screens]
    for start, username in SIGN_INS.items():
        theirs = [duty for duty in named if duty.who.startswith(start)]
        assert theirs, start
        browser = city.enters(username)
        for duty in theirs:
            own = [screen.url for screen in duty.screens if not screen.words.endswith(")")]
            assert own, duty.cite
            assert {url: browser.opens(url).status for url in own} == dict.fromkeys(own, 200), duty.cite
