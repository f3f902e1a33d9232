"""What a law, the SOP or the booklet says about a question stands beside it, for citizens and staff alike."""

import re
from importlib import resources
from pathlib import Path

import pytest
from citizen import Site
from clerk import clerk
from flask import render_template_string

import forms
from forms.screen import Screen

SCREENS = sorted(path.stem for path in Path(str(resources.files("forms") / "screens")).glob("*.form"))
STAFF = "{% import 'tasks/_form.html' as f with context %}{{ f.items(screen.items) }}"
CITIZEN = (
    "{% import 'public/_fields.html' as f with context %}"
    "{% for field in screen.fields.values() %}{{ f.question(field, {}) }}{% endfor %}"
)


def drawn(site: Site, screen: Screen, template: str) -> str:
    lists = {field.values_key: [forms.Choice("a", "A")] for field in screen.fields.values() if field.values_key}
    with site.app.test_request_context("/bantuan"):
        return render_template_string(template, screen=screen.bind(None, lists), phrases=[])


def laws(screen: Screen) -> dict[str, str]:
    return {field.name: field.law for field in screen.fields.values() if field.law}


@pytest.mark.parametrize("template", [STAFF, CITIZEN], ids=["staff", "citizen"])
def test_every_question_a_law_explains_shows_it(site: Site, template: str) -> None:
    explained = 0
    for key in SCREENS:
        screen = forms.load(key)
        page = drawn(site, screen, template)
        shown = re.findall(r'<details class="law"><summary>.*?</summary><p>(.*?)</p></details>', page)
        assert sorted(shown) == sorted(laws(screen).values()), key
        explained += len(shown)
    assert explained >= 20


def test_every_law_names_its_place() -> None:
    for key in SCREENS:
        for name, law in laws(forms.load(key)).items():
            assert re.search(r"langkah \d|Pasal \d|Buku Petunjuk SIAPMAS 2023|Perpres \d", law), f"{key}.{name}"


def test_it_stands_on_the_pages_and_needs_no_script(site: Site) -> None:
    citizen = site.citizen().opens("/lapor/siapmas")
    assert "UU 27/2022 Pasal 20" in citizen.page and '<details class="law">' in citizen.page
    with site.asked() as office:
        task = office.task(office.report(), "terima")
    page = clerk(site, "sekar").opens(f"/tugas/{task}").page
    assert "“Operator/Staf melakukan verivikasi" in page
    assert "Perpres 76/2013" in page
