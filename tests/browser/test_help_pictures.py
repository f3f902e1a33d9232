"""The pictures of the help pages can be drawn anew; `make screenshots` puts them where the pages take them."""

import os
from pathlib import Path

import pytest
import served
from browser import icons, pictures
from browser.house import House
from PIL import Image
from playwright.sync_api import Browser

KEEPS = "SCREENSHOTS"
"""Set by `make screenshots`: the pictures are kept."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return pictures.folder_of_ours() if os.environ.get(KEEPS) else tmp_path


@pytest.mark.parametrize("shot", pictures.SHOTS, ids=lambda shot: shot.name)
def test_a_picture_is_drawn_small_enough(house: House, shot: pictures.Shot, folder: Path) -> None:
    drawn = pictures.draw(house, shot, folder)
    assert drawn.stat().st_size <= pictures.LARGEST
    with Image.open(drawn) as picture:
        assert picture.size == shot.size
        assert len(picture.convert("L").resize((64, 64)).getcolors() or []) > 8, "an empty page"


def test_the_icons_of_the_phone_are_drawn_from_our_mark(chromium: Browser, folder: Path) -> None:
    icons.draw(chromium, folder)
    for name, (side, _part, _corner) in icons.ICONS.items():
        with Image.open(folder / name) as icon:
            assert icon.size == (side, side)


@pytest.mark.parametrize("size", [pytest.param(served.PHONE, id="390"), pytest.param(served.DESK, id="1280")])
def test_the_pages_of_help_are_good_to_read(house: House, size: tuple[int, int]) -> None:
    citizen, sekar = house.citizen(size), house.staff("sekar", size)
    for person, audiences in ((citizen, ("warga",)), (sekar, ("staf", "pejabat", "administrator"))):
        for audience in audiences:
            person.goes(f"/bantuan/{audience}")
            person.looks(f"bantuan-{audience}")
    sekar.goes("/bantuan")
    sekar.looks("bantuan")
    citizen.goes("/lapor/siapmas")
    mark = citizen.page.locator("details.law > summary").first
    mark.focus()
    citizen.page.keyboard.press("Enter")
    citizen.reads("UU 27/2022 Pasal 20")
    citizen.looks("lapor-dasar")
