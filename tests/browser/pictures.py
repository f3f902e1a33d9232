"""The pictures of the help pages: the demo's own screens, with nobody in them but its invented people."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import served
from browser.house import House
from browser.pages import Visitor
from PIL import Image

LARGEST = 60 * 1024
PHONE, DESK = (390, 700), (1280, 800)


@dataclass(frozen=True)
class Shot:
    """What is on a picture: whose screen, which page, and what to do there first."""

    name: str
    username: str
    path: str
    size: tuple[int, int] = DESK
    first: Callable[[Visitor], None] | None = None


def _opens_the_first(person: Visitor) -> None:
    person.page.locator("table a.title").first.click()
    person.page.locator(".lembar").scroll_into_view_if_needed()
    person.page.evaluate("document.querySelector('.lembar').scrollIntoView()")


def _sees_the_diagram(person: Visitor) -> None:
    person.page.locator("#diagram[data-drawn], svg.heat-map").scroll_into_view_if_needed()


SHOTS = (
    Shot("lapor", "", "/lapor/siapmas", PHONE),
    Shot("lacak", "", "/lacak", PHONE),
    Shot("staf-meja", "sekar", "/tugas"),
    Shot("staf-catat", "sekar", "/kasus/baru"),
    Shot("kasubag-paraf", "wulan", "/tugas", first=_opens_the_first),
    Shot("kasubag-pantau", "surya", "/pantau"),
    Shot("pejabat-meja", "bima", "/tugas", PHONE),
    Shot("pejabat-lembar", "bima", "/tugas", PHONE, _opens_the_first),
    Shot("perancang-diagram", "danu", "/perancang/siapmas", first=_sees_the_diagram),
    Shot("perancang-usul", "danu", "/perancang/usul"),
    Shot("auditor-langkah", "inggit", "/audit"),
    Shot("auditor-peta", "inggit", "/audit/peta", first=_sees_the_diagram),
    Shot("admin-beranda", "admin", "/pengaturan"),
    Shot("admin-sehat", "admin", "/pengaturan/kesehatan"),
)


def draw(house: House, shot: Shot, folder: Path) -> Path:
    """Writes one picture, as small as it must be."""
    person: Visitor = house.staff(shot.username, shot.size) if shot.username else house.citizen(shot.size)
    person.goes(shot.path)
    if shot.first:
        shot.first(person)
    person.page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(person.page.screenshot(animations="disabled")))
    person.page.context.close()
    path = folder / f"help-{shot.name}.webp"
    for quality in (70, 55, 40, 25, 10):
        picture.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= LARGEST:
            break
    return path


def folder_of_ours() -> Path:
    """Where the pictures stand that the help pages show."""
    return served.ROOT / "webui" / "assets" / "pictures"
