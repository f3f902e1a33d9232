"""What is still Indonesian on a page that should be English: its words for people against the catalogue."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
ENGLISH = ROOT / "webui" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
SAID = ("aria-label", "placeholder", "title", "alt", "data-label", "data-copied", "data-failed")
"""Attributes people see or hear."""
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
BRAND = "Disposisi"
PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


@dataclass(frozen=True)
class Word:
    """Something people read: where it stands in the source, and what it says."""

    line: int
    text: str


class _Reader(HTMLParser):
    """Collects words; what is marked as Indonesian, and what is for machines, is not collected."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Word] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        hidden = self._hidden or tag in ("script", "style") or (tag != "html" and given.get("lang") == "id")
        if not hidden:
            self.found += [Word(self.getpos()[0], said) for name in SAID if (said := given.get(name) or "").strip()]
        if tag not in VOID:
            self._open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self._hidden:
            self.found.append(Word(self.getpos()[0], text))


def words(html: str) -> list[Word]:
    """Everything on a page that people read."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def messages() -> list[Message]:
    """The English catalogue, without its header."""
    with ENGLISH.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def forms(said: object) -> tuple[str, ...]:
    """A message as singular and plural, or as the one text it is."""
    return (said,) if isinstance(said, str) else tuple(said or ())  # type: ignore[arg-type]  # Babel: str or a pair


def places(text: str) -> set[str]:
    """The names of the blanks in a message."""
    return {found[0] or found[1] for found in PLACE.findall(text)}


@cache
def _indonesian() -> tuple[frozenset[str], list[re.Pattern[str]]]:
    """Every msgid that English says differently: the plain ones, and those with blanks as patterns."""
    english = {text for message in messages() for text in forms(message.string)}
    pairs = [(said, forms(m.string)) for m in messages() for said in forms(m.id)]
    different = {said for said, told in pairs if said not in told and said not in english}
    blank = {said for said in different if places(said)}
    telling = (said for said in blank if re.search(r"[^\W\d]{3}", PLACE.sub("", said)))
    return frozenset(different - blank - {BRAND}), list(map(_pattern, telling))


def _pattern(said: str) -> re.Pattern[str]:
    parts = [re.escape(part.replace("%%", "%")) for part in re.split(r"%\(\w+\)s|\{\w+\}", said)]
    return re.compile(".+".join(parts))


def of(html: str) -> Iterator[str]:
    """The Indonesian left on a page."""
    plain, patterns = _indonesian()
    for word in words(html):
        if word.text in plain or any(pattern.fullmatch(word.text) for pattern in patterns):
            yield word.text
