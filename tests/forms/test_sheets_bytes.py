"""The same content gives the same bytes, in any process; viewers find title, language and embedded fonts."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from forms.sheets import receipt, specimens
from forms.sheets.letterhead import Letterhead
from forms.sheets.logo import LogoRefused

TOP = Path(__file__).parents[2]
PAPERS = [(import_module(f"forms.sheets.{name}").draw, content) for name, content in specimens.ALL.items()]
every_paper = pytest.mark.parametrize(("draw", "content"), PAPERS, ids=list(specimens.ALL))
IN_ANOTHER_PROCESS = """
import hashlib
from forms.sheets import specimens
for paper in specimens.ALL:
    print(hashlib.sha256(specimens.draw(paper)).hexdigest())
"""


def picture(kind: str, size: tuple[int, int] = (600, 700)) -> bytes:
    data = BytesIO()
    Image.new("RGB", size, "navy").save(data, kind)
    return data.getvalue()


def with_logo(logo: bytes) -> bytes:
    head = specimens.LETTERHEAD
    kop = Letterhead(head.lines, head.address, head.place, logo)
    return receipt.draw(receipt.Receipt(kop, "1", 0, None, "https://a.example", ()))


@every_paper
def test_the_same_content_gives_the_same_bytes(draw: Callable[[Any], bytes], content: Any) -> None:
    assert draw(content) == draw(content)


def test_another_process_with_another_hash_seed_gives_the_same_bytes() -> None:
    here = [hashlib.sha256(draw(content)).hexdigest() for draw, content in PAPERS]
    for seed in ("1", "77"):
        run = subprocess.run(
            [sys.executable, "-c", IN_ANOTHER_PROCESS],
            cwd=TOP,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.split() == here


def test_papers_printed_at_once_in_eight_threads_come_out_alike() -> None:
    once = {name: specimens.draw(name) for name in specimens.ALL}
    with ThreadPoolExecutor(8) as threads:
        names = list(specimens.ALL) * 6
        assert list(threads.map(specimens.draw, names)) == [once[name] for name in names]


@every_paper
def test_title_author_and_language_are_set(draw: Callable[[Any], bytes], content: Any) -> None:
    reader = PdfReader(BytesIO(draw(content)))
    assert reader.metadata is not None
    assert reader.metadata.title
    assert "SEKRETARIAT DPRD" in (reader.metadata.author or "")
    assert reader.trailer["/Root"]["/Lang"] == "id"


@every_paper
def test_every_font_is_embedded(draw: Callable[[Any], bytes], content: Any) -> None:
    for page in PdfReader(BytesIO(draw(content))).pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_printed_and_made_small(kind: str) -> None:
    pdf = with_logo(picture(kind, (3000, 3000)))
    images = PdfReader(BytesIO(pdf)).pages[0].images
    assert [image.image.size for image in images if image.image] == [(480, 480)]
    assert pdf == with_logo(picture(kind, (3000, 3000)))


@pytest.mark.parametrize(
    "logo", [b"", b"MZ bukan gambar", picture("GIF"), picture("PNG")[:200], picture("PNG", (6000, 6000))]
)
def test_what_is_no_reasonable_picture_is_refused(logo: bytes) -> None:
    with pytest.raises(LogoRefused):
        with_logo(logo)
