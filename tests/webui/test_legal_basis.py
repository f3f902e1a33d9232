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
