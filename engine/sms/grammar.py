"""`ADU#NIK#NAMA IBU#SUBYEK#LOKASI#ISI` and its kin, read as people type them: any case, spaces, `*` for `#`.

Only separators divide: a text without them is never guessed apart. What is told stands last, so that it may hold any.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.sms import rules
from engine.sms.rules import Rules
from forms import Choice

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"\W*([A-Za-z]+)")
_DISTRICT = re.compile(r"\bkec(?:amatan)?\.?\s+\w+(?:\s+kulon)?", re.IGNORECASE)
_FILLERS = frozenset(
    [
        "aduan",
        "pengaduan",
        "laporan",
        "saya",
        "no",
        "nomor",
        "pak",
        "bu",
        "bapak",
        "ibu",
        "min",
        "ya",
        "dong",
        "tolong",
        "mohon",
    ]
)
"""Words around the number of a case that say nothing of which."""
_NAMED = {
    name: re.compile(rf"^{words}\s*", re.IGNORECASE)
    for name, words in (
        (rules.NIK, r"nik\s*[:=.]?"),
        (rules.MOTHER, r"(?:nama\s+)?ibu\b\s*[:=.]?"),
        (rules.TOPIC, r"sub[yj]e[ck]\s*[:=]"),
        (rules.PLACE, r"lokasi\s*[:=]"),
        (rules.TEXT, r"isi\s*[:=]"),
    )
}
"""How people write the name of a part before it; a place or a story may begin with these words without a colon."""
_MOST = 4
"""Words behind a keyword that may still be a number; more are a sentence that happens to begin so."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Said:
    """What an SMS asks for: `kind` is a keyword's, "" when none was recognised."""

    kind: str
    parts: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    number: str = ""  # of the case it speaks of
    again: bool = False  # another report seems to follow in the same text
    undivided: bool = False  # a report of several words without a separator between any


def read(text: str, by: Rules) -> Said:
    """The meaning of a text; nothing raises, whatever it holds."""
    tidy = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\u00a0", " ").strip()
    kind, rest = _keyword(tidy, by)
    if kind == rules.REPORT:
        return _report(rest, by)
    if kind == rules.ANSWER:
        number, *words = _divided(rest, by, 2)
        return Said(kind, {rules.TEXT: words[0]} if words and words[0] else {}, number=number)
    number = _unfilled(rest.strip(f"{by.separators} \n"))
    return Said("" if kind and _sentence(kind, rest, number, by) else kind, number=number)


def _unfilled(words: str) -> str:
    """What stands behind a keyword, without "aduan saya nomor"."""
    return " ".join(word for word in words.split() if word.casefold().strip(".:") not in _FILLERS)


def _sentence(kind: str, rest: str, number: str, by: Rules) -> bool:
    """Whether somebody tells something with a keyword as first word: "bantuan sosial belum cair", "cek lampu mati"."""
    if rest.lstrip()[:1] in tuple(by.separators) or not number:
        return False
    return kind == rules.HELP or not any(map(str.isdigit, number)) or len(re.findall(r"\w+", number)) > _MOST


def _keyword(text: str, by: Rules) -> tuple[str, str]:
    """Which keyword begins the text, and what follows it."""
    found = _WORD.match(text)
    if found is None:
        return "", text
    word = found[1].upper()
    kind = next((kind for kind, words in by.keywords.items() if word in words), "")
    return kind, text[found.end() :] if kind else text


def _divided(rest: str, by: Rules, most: int) -> list[str]:
    """The parts between separators, at most so many; the last keeps whatever separators it holds."""
    marks = re.escape(by.separators)
    body = re.sub(rf"^\s*[{marks}:]?\s*", "", rest, count=1)
    return [part.strip() for part in re.split(rf"\s*[{marks}]\s*", body, maxsplit=most - 1)]


def _report(rest: str, by: Rules) -> Said:
    texts = _divided(rest, by, len(by.order))
    parts = {name: _unnamed(name, text) for name, text in zip(by.order, texts, strict=False) if text}
    missing = tuple(name for name in by.order if not parts.get(name))
    undivided = len(texts) == 1 < len(by.order) and len(texts[0].split()) > 1
    return Said(rules.REPORT, parts, missing, again=_another(parts.get(rules.TEXT, ""), by), undivided=undivided)


def _unnamed(name: str, text: str) -> str:
    """A part without its own name before it: "NIK 3576…", "Nama ibu: Siti", "Lokasi: Wates"."""
    named = _NAMED.get(name)
    return (named.sub("", text, count=1) if named else text) or text


def _another(text: str, by: Rules) -> bool:
    """Whether a second report stands in the text of the first: a keyword, a separator and a long number."""
    words = "|".join(map(re.escape, by.keywords[rules.REPORT]))
    return (
        re.search(rf"\b(?:{words})\s*[{re.escape(by.separators)}]\s*\d[\d\s.-]{{10,}}", text, re.IGNORECASE) is not None
    )


def topic(text: str, entries: Sequence[Choice]) -> str | None:
    """The entry of a list that a word means: its letter (a is the first), number, code, name or a synonym of it."""
    word = _plain(text)
    if len(word) == 1 and word in LETTERS and not any(_plain(entry.code) == word for entry in entries):
        return _at(LETTERS.index(word), entries)
    if word.isdecimal() and len(word) <= 2:
        return _at(int(word) - 1, entries)
    exact = [entry.code for entry in entries if word in _names(entry)]
    if exact:
        return exact[0]
    near = {entry.code for entry in entries if len(word) >= 4 and any(_begins(name, word) for name in _names(entry))}
    return near.pop() if len(near) == 1 else None


def _at(place: int, entries: Sequence[Choice]) -> str | None:
    return entries[place].code if 0 <= place < len(entries) else None


def _names(entry: Choice) -> set[str]:
    """Every word that means an entry; attribute `sinonim` holds more, a list or words with commas."""
    whole = [entry.code, entry.label, str(entry.attrs.get("huruf", "")), *_synonyms(entry)]
    parts = re.split(r"[,/()]| dan ", entry.label)
    return {_plain(name) for name in [*whole, *parts]} - {""}


def _synonyms(entry: Choice) -> list[str]:
    more = entry.attrs.get("sinonim", ())
    return more.split(",") if isinstance(more, str) else list(map(str, more))


def part(text: str, subject: Choice, entries: Iterable[Choice], belongs: str) -> str | None:
    """The part of a subject that its word means by a synonym; None for the subject's own name, letter or number."""
    word, whole = _plain(text), {_plain(subject.code), _plain(subject.label)}
    named = [
        one.code for one in entries if word in map(_plain, _synonyms(one)) and one.attrs.get(belongs) == subject.code
    ]
    return named[0] if len(named) == 1 and word not in whole else None


def _begins(name: str, word: str) -> bool:
    return any(part.startswith(word) for part in (name, *name.split()))


def _plain(text: str) -> str:
    """Small letters, digits and single spaces."""
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold().replace("_", " ")).split())


def place(text: str, entries: Iterable[Choice]) -> Choice | None:
    """The one kelurahan a place names; None where it names none, or several. A kecamatan's name is no kelurahan's."""
    words = f" {_plain(_DISTRICT.sub(' ', text))} "
    named = {_plain(entry.label.partition("(")[0]).removeprefix("kelurahan "): entry for entry in entries}
    found = [name for name in named if name and f" {name} " in words]
    marked = [name for name in found if re.search(rf" kel(?:urahan)? {name} ", words)]
    longest = [name for name in found if not any(name != other and name in other for other in found)]
    best = marked or longest
    return named[best[0]] if len(best) == 1 else None


def case_number(text: str) -> tuple[str, ...]:
    """What two ways of writing one number share: its letters and figures, without leading noughts."""
    return tuple(part.lstrip("0") or "0" for part in re.findall(r"[A-Z]+|\d+", text.upper()))
