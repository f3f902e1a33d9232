"""One running office per file of tests, people who signed in once, and a photo with a place hidden in it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import served
from browser.eyes import Eyes
from browser.pages import Citizen, Staff
from browser.post import Letterbox, letterbox
from PIL import ExifTags, Image, ImageDraw
from playwright.sync_api import Browser, expect

PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class House:
    """The served office with its letterbox; gives everyone a browser of their own."""

    server: served.Running
    post: Letterbox
    browser: Browser
    seen: dict[tuple[int, int], set[str]]
    keys: dict[str, Any] = field(default_factory=dict)
    everyone: list[Eyes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def window(self, size: tuple[int, int], **options: Any) -> tuple[Any, Eyes]:
        context = served.window(self.browser, size, reduced_motion="reduce", **options)  # looks settle at once
        context.set_default_timeout(PATIENCE_MS)
        blind = options.get("java_script_enabled") is False
        eyes = Eyes(context, size, self.seen.setdefault(size, set()), blind)
        self.everyone.append(eyes)
        return context.new_page(), eyes

    def citizen(self, size: tuple[int, int] = served.DESK, **options: Any) -> Citizen:
        page, eyes = self.window(size, **options)
        return Citizen(page, self.server.url, eyes)

    def stranger(self, size: tuple[int, int] = served.DESK, **options: Any) -> Staff:
        """Of the staff, not signed in yet."""
        page, eyes = self.window(size, **options)
        return Staff(page, self.server.url, eyes)

    def staff(self, username: str, size: tuple[int, int] = served.DESK, **options: Any) -> Staff:
        """Of the staff, with the session of the first time they signed in."""
        if username not in self.keys:
            first = self.stranger(size)
            first.signs_in(username)
            self.keys[username] = first.page.context.storage_state()
            first.page.context.close()
        return self.stranger(size, storage_state=self.keys[username], **options)

    @property
    def addresses(self) -> list[str]:
        """Every address that any browser asked for, up to now."""
        return [*self.asked, *(address for eyes in self.everyone for address in eyes.asked)]

    def close(self) -> list[str]:
        """Closes every window; gives what was wrong with the pages that were looked at."""
        faults = [fault for eyes in self.everyone for fault in [*eyes.faults, *eyes.complaints]]
        self.asked = self.addresses
        for eyes in self.everyone:
            eyes.context.close()
        self.everyone.clear()
        return faults


@pytest.fixture(scope="session")
def seen() -> dict[tuple[int, int], set[str]]:
    """The pages looked at so far, by size: once is enough."""
    return {}


@pytest.fixture(scope="module")
def served_house(
    chromium: Browser,
    demo_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    seen: dict[tuple[int, int], set[str]],
) -> Iterator[House]:
    home = tmp_path_factory.mktemp("browser") / "home"
    shutil.copytree(demo_home, home)
    with letterbox() as post, served.running(home, DISPOSISI_SMTP_URL=post.url) as server:
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
