"""Nothing that is put on a paper is lost, whatever it is made of."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from forms.sheets import lembar_disposisi, specimens
from forms.sheets.fonts import REGULAR, UNKNOWN, clean, width_of, wrap

PAPERS = [(import_module(f"forms.sheets.{name}").draw, content) for name, content in specimens.ALL.items()]
every_paper = pytest.mark.parametrize(("draw", "content"), PAPERS, ids=list(specimens.ALL))
NOT_PRINTED = {"zone", "letter_date", "dated", "held_on", "url", "verify_url", "follow_url", "place", "called"}
MARKUP = '<b>tebal</b> <img src="file:///etc/passwd"/> &amp; <a href="x">'


def printed(pdf: bytes) -> str:
    """All text of all pages without white space: words cut at a line's end are whole again."""
    pages = PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def filled(content: Any, text: Callable[[str], str]) -> Any:
    """The content with every free text replaced by `text(of the text before)`, at any depth."""
    if isinstance(content, str):
        return text(content)
    if isinstance(content, tuple):
        return tuple(filled(part, text) for part in content)
    if is_dataclass(content) and not isinstance(content, type):
        return replace(content, **_parts(content, text))
    return content


def _parts(content: Any, text: Callable[[str], str]) -> dict[str, Any]:
    named = {field.name: getattr(content, field.name) for field in fields(content)}
    return {name: filled(part, text) for name, part in named.items() if name not in NOT_PRINTED}


def texts(content: Any) -> list[str]:
    """Every free text of a content."""
    found: list[str] = []
    filled(content, lambda text: found.append(text) or text)
    return found


@every_paper
def test_every_word_of_the_content_is_on_the_paper(draw: Callable[[Any], bytes], content: Any) -> None:
    paper = printed(draw(content)).casefold()
    for text in texts(content):
        for word in text.split():
            assert word.casefold() in paper


@every_paper
def test_a_long_text_in_every_field_flows_on(draw: Callable[[Any], bytes], content: Any) -> None:
    words = [f"kata{number:03}" for number in range(120)]
    long = filled(content, lambda text: f"{text} {' '.join(words)}")
    paper = printed(draw(long)).casefold()
    for word in words:
        assert paper.count(word) >= len(texts(content))


@every_paper
def test_a_word_of_three_hundred_letters_stays_whole(draw: Callable[[Any], bytes], content: Any) -> None:
    word = "abcdefghij" * 30
    paper = printed(draw(filled(content, lambda text: word if text else text))).casefold()
    assert word in paper


@every_paper
@pytest.mark.parametrize(
    "hostile",
    [
        MARKUP,
        "emoji 😀👩‍👩‍👧‍👦 漢字",
        "עברית وأهلا",
        "kendali \x00\x01\x1b[31m\x7f\x85",
        "balik \u202etxt.exe\u2066 \ufeff\u200b",
        "separuh \ud83d",
        "kombinasi e\u0301\u0301\u0301 \u0334",
        "%s {0} \\n $x \\(paren)",
        "",
        " \n\n\n ",
    ],
)
def test_hostile_text_is_printed_or_visibly_replaced(draw: Callable[[Any], bytes], content: Any, hostile: str) -> None:
    paper = printed(draw(filled(content, lambda text: hostile))).casefold()
    for word in clean(hostile).split():
        assert word.casefold() in paper


@pytest.mark.slow
def test_twenty_kilobytes_of_reason_are_all_on_the_sheet() -> None:
    words = [f"w{number:04}" for number in range(3500)]
    act = replace(specimens.ACTS[1], reason=" ".join(words))
    paper = printed(lembar_disposisi.draw(replace(specimens.LEMBAR_DISPOSISI, acts=(act,))))
    assert all(word in paper for word in words)


def test_what_the_typeface_lacks_is_visibly_replaced() -> None:
    assert clean("a😀b漢") == f"a{UNKNOWN}b{UNKNOWN}"


def test_invisible_turners_of_direction_are_dropped() -> None:
    assert clean("a\u202eb\u200d") == "ab"


def test_an_address_is_cut_at_its_seams() -> None:
    lines = wrap("https://contoh.go.id/verifikasi/ABCD", REGULAR, 10, 90)
    assert all(line.endswith(("/", ".", "ABCD")) for line in lines)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.floats(min_value=20, max_value=400))
def test_no_line_is_wider_than_its_room_and_no_character_is_lost(text: str, room: float) -> None:
    lines = wrap(text, REGULAR, 8, room)
    assert all(width_of(line, REGULAR, 8) <= room + 0.01 for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())
