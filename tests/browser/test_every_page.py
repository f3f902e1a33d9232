"""Every page of every audience is good to read and to touch, by day and by night, and speaks English on request."""

from pathlib import Path

import pytest
import served
from browser.everywhere import AUDIENCES, REFUSED, Rooms, is_page, looked_at
from browser.house import House
from browser.pages import Visitor
from citizen import Site
from playwright.sync_api import expect

from db import connect

SIZES = [pytest.param(served.PHONE, id="390"), pytest.param(served.DESK, id="1280")]
CITIZENS = ("", "warga.kota")
PEOPLE = [pytest.param(name, id=name or "warga") for name in AUDIENCES]


@pytest.fixture(scope="module")
def opened_home(city_home: Path) -> Path:
    """With both governments."""
    return city_home


@pytest.fixture(scope="module")
def rooms(served_house: House) -> Rooms:
    return Rooms.furnished(served_house.server.home)


def visitor(house: House, username: str, size: tuple[int, int]) -> Visitor:
    return house.staff(username, size) if username not in CITIZENS else house.citizen(size)


def test_every_page_has_somebody_who_looks_at_it(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "disposisi.db"
    path.write_bytes(sqlite_template.read_bytes())
    try:
        rules = Site.open(tmp_path / "home", f"sqlite:///{path}").app.url_map.iter_rules()
        assert {rule.rule for rule in rules if "GET" in rule.methods and is_page(rule.rule)} == looked_at()
    finally:
        connect.dispose()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("username", PEOPLE)
def test_every_page_is_good(house: House, rooms: Rooms, username: str, size: tuple[int, int]) -> None:
    somebody = visitor(house, username, size)
    for rule, template in AUDIENCES[username].items():
        path = rooms.address(template)
        answer = somebody.page.goto(somebody.url + path)
        assert answer and (answer.ok or "tidakada" in path), f"{answer and answer.status} {path}"
        somebody.looks(f"{username or 'warga'}{rule.replace('/', '-').translate(str.maketrans('', '', '<>:'))}")


@pytest.mark.parametrize("size", SIZES)
def test_what_is_refused_says_so_on_a_good_page(house: House, size: tuple[int, int]) -> None:
    for username, path in REFUSED.items():
        somebody = visitor(house, username, size)
        answer = somebody.page.goto(somebody.url + path)
        assert answer and answer.status in (403, 404), path
        somebody.looks(f"ditolak-{username or 'warga'}")
    sekar = house.staff("sekar", size)
    sekar.goes("/tugas?cari=xyzzy")
    sekar.looks("tugas-kosong")


def test_english_is_one_press_away_and_remembered(house: House) -> None:
    citizen = house.citizen(served.PHONE)
    citizen.goes("/lapor/siapmas")
    citizen.presses("English")
    expect(citizen.page.locator("html")).to_have_attribute("lang", "en")
    citizen.looks("lapor-english")
    for path in ("/", "/lacak", "/panduan"):
        citizen.goes(path)
        expect(citizen.page.locator("html")).to_have_attribute("lang", "en")
        expect(citizen.page.locator("nav").first).to_contain_text("Report")
        citizen.looks(f"english{path.replace('/', '-')}")
    sekar = house.stranger(served.PHONE)
    sekar.signs_in("sekar")
    sekar.presses("English")
    sekar.page.locator("table a.title").first.click()
    expect(sekar.page.locator("html")).to_have_attribute("lang", "en")
    sekar.looks("english-tugas")
    sekar.presses("Indonesia")
    expect(sekar.page.locator("html")).to_have_attribute("lang", "id")
