"""One running office per file of tests, people who signed in once, and a photo with a place hidden in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import served
from browser.house import House
from browser.post import letterbox
from PIL import ExifTags, Image, ImageDraw
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def seen() -> dict[tuple[int, int], set[str]]:
    """The pages looked at so far, by size: once is enough."""
    return {}


@pytest.fixture(scope="session")
def city_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with both governments; copy it before changing it."""
    return served.demo(tmp_path_factory.mktemp("city") / "home")


@pytest.fixture(scope="module")
def opened_home(demo_home: Path) -> Path:
    """What is served to a file of tests: the DPRD alone, unless the file takes `city_home`."""
    return demo_home


@pytest.fixture(scope="module")
def gateway() -> dict[str, str]:
    """What else the server is told; a file of tests may have its own."""
    return {}


@pytest.fixture(scope="module")
def served_house(
    chromium: Browser,
    opened_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    seen: dict[tuple[int, int], set[str]],
    gateway: dict[str, str],
) -> Iterator[House]:
    home = tmp_path_factory.mktemp("browser") / "home"
    shutil.copytree(opened_home, home)
    with letterbox() as post, served.running(home, DISPOSISI_SMTP_URL=post.url, **gateway) as server:
        yield House(server, post, chromium, seen)


@pytest.fixture
def house(served_house: House) -> Iterator[House]:
    """The office of this file of tests; after each test its windows are closed, and every page looked at was good."""
    yield served_house
    faults = served_house.close()
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of a broken road, as a phone takes it: 12 megapixels, lying on its side, with its place inside."""
    picture = Image.new("RGB", (4032, 3024), "#8a8f86")
    pen = ImageDraw.Draw(picture)
    for hole in range(12):
        pen.ellipse((300 * hole, 900 + 120 * (hole % 5), 300 * hole + 260, 1080 + 120 * (hole % 5)), fill="#3d3a36")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Ponsel Uji"
    place = {ExifTags.GPS.GPSLatitudeRef: "S", ExifTags.GPS.GPSLatitude: (7.0, 28.0, 12.5)}
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(place)
    path = tmp_path_factory.mktemp("photo") / "jalan rusak.jpg"
    picture.save(path, "JPEG", quality=80, exif=exif)
    return path
