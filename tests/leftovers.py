"""What is still Indonesian on a page that should be English: its words for people against the catalogue."""

import re
from collections.abc import Iterable, Iterator
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
MACHINES = ("script", "style", "code", "kbd")
"""What stands in these is for machines, or typed into them."""
BRAND = "Disposisi"
TELLTALE = re.compile(
    r"\b(yang|dan|dari|untuk|belum|sudah|tidak|hari|jam|menit|pukul|sejak|oleh|pada|dengan|menunggu|selesai|lewat|sampai"
    r"|tanpa|pelapor|langkah|batas|Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Januari|Mei|Juni|Juli|Agustus|Desember)\b",
    re.IGNORECASE,
)
"""Words no English sentence has and few Indonesian ones do without."""
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
        hidden = self._hidden or tag in MACHINES or (tag != "html" and given.get("lang") == "id")
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


@cache
def _english() -> frozenset[str]:
    return frozenset(text for message in messages() for text in forms(message.string))


def of(html: str, data: Iterable[str] = ()) -> Iterator[str]:
    """The Indonesian left on a page: texts of the catalogue, and whatever sounds like it and is not `data`."""
    plain, patterns = _indonesian()
    for word in words(html):
        known = word.text in plain or any(pattern.fullmatch(word.text) for pattern in patterns)
        if (known and word.text not in data) or _sounds_indonesian(word.text, data):
            yield word.text


def _sounds_indonesian(text: str, data: Iterable[str]) -> bool:
    return bool(TELLTALE.search(text)) and text not in _english() and not any(known in text for known in data)
