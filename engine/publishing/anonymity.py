"""Whether a text that is to be published tells who somebody is: what was found, where, and how sure that is.

`sure` findings must be changed: population numbers, and whatever is the reporter's own. The others (a telephone number
that may be an agency's, a house number) may stay if somebody says why.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from engine.publishing import lookalikes

HIDDEN = "[disamarkan]"
"""What stands in a proposed text where something was taken out."""
_BETWEEN = r"[^0-9A-Za-z]{0,3}"
_NIK = re.compile(rf"(?<![0-9])[0-9](?:{_BETWEEN}[0-9]){{15}}(?![0-9])")
_TYPED = {"oO": "0", "lLIi|!": "1", "zZ": "2", "E": "3", "A": "4", "sS$": "5", "Gb": "6", "T": "7", "B": "8", "gq": "9"}
"""Letters and signs that are typed for digits."""
_AS_DIGITS = str.maketrans({sign: digit for signs, digit in _TYPED.items() for sign in signs})
_SIGN = rf"[0-9{re.escape(''.join(_TYPED))}]"
_TYPED_NIK = re.compile(rf"(?<![0-9A-Za-z]){_SIGN}(?:[^0-9A-Za-z|!$]{{0,3}}{_SIGN}){{15}}(?![0-9A-Za-z])")
_DIGITS, _GROUPS = 8, re.compile(r"[^0-9A-Za-z|!$]+")
"""So many of the sixteen are digits: else it is a sentence with figures."""
_LONG = re.compile(r"[0-9]{17,}")
_COUNTRY = rf"(?:00{_BETWEEN})?\+?{_BETWEEN}6{_BETWEEN}2{_BETWEEN}(?:0{_BETWEEN})?"
_MOBILE = re.compile(rf"(?<![0-9])(?:{_COUNTRY}|0{_BETWEEN})8(?:[^0-9A-Za-z\n]{{0,3}}[0-9]){{7,11}}(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])\(?0[2-9][0-9]{1,2}\)?[\s./-]{0,2}[0-9]{3}[\s./-]?[0-9]{2,5}(?![0-9])")
_AT, _DOT = (
    r"(?:@|[(\[{]\s?(?:at|et|a)\s?[)\]}]|\s(?:at|et)\s)",
    r"(?:\.|\s?[(\[{]\s?(?:dot|titik)\s?[)\]}]\s?|\sdot\s)",
)
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}\s?{_AT}\s?[A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{1,63}})+",
    re.IGNORECASE,
)
_ADDRESS = (
    re.compile(
        r"\bRT\.?\s{0,3}[:.]?\s{0,3}[0-9]{1,3}(?:\s{0,3}[/,-]?\s{0,3}(?:RW\.?)?\s{0,3}[:.]?\s{0,3}[0-9]{1,3})?",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:no\.?|nomor|nmr\.?)\s*(?:rumah\s*)?[0-9]{1,4}[A-Za-z]?\b", re.IGNORECASE),
    re.compile(r"\bblok\s+[A-Za-z]{1,2}\s*[-/]?\s*[0-9]{1,3}\b", re.IGNORECASE),
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STREET = re.compile(
    r"(?:\b(?:jalan|jln|jl|gang|gg|desa|dusun|kelurahan|lingkungan|taman|pasar|sekolah|perumahan)\b\W{0,3})$",
    re.IGNORECASE,
)
_TITLES = frozenset(
    "bapak pak ibu bu haji hajah h hj dr drs dra ir sdr sdri sh se st spd mm msi almarhum alm bin binti".split()  # noqa: SIM905 -- a list of words
)
_LOOKALIKE = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "|": "1", "i": "1"})

SPELLED = 8
"""Letters of the shortest name that is looked for letter by letter: a shorter one lies within other words."""


@dataclass(frozen=True)
class Known:
    """Who must not be recognised: the reporter's own particulars, empty where there are none."""

    names: tuple[str, ...] = ()
    nik: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class Finding:
    """A place in a text: from, to (characters), what it is, and whether it must go."""

    start: int
    end: int
    what: str
    sure: bool


def findings(text: str, known: Known) -> list[Finding]:
    """Every place that tells who somebody is, in order; those that overlap as one."""
    plain, places = lookalikes.seen(text)
    found = [*_own_nik(plain, known), *_numbers(plain), *_phones(plain, known), *_mails(plain, known)]
    found += [*_names(plain, known), *_addresses(plain)]
    return _apart(replace(one, start=places[one.start], end=places[one.end - 1] + 1) for one in found)


def cleaned(text: str, known: Known) -> str:
    """The text with everything that must go, and every telephone number and e-mail, taken out."""
    out, last = [], 0
    for one in findings(text, known):
        if one.sure or one.what in ("telepon", "surel"):
            out += [text[last : one.start], HIDDEN]
            last = one.end
    return "".join([*out, text[last:]])


def _apart(found: Iterable[Finding]) -> list[Finding]:
    """In order, overlapping ones as one."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if kept and one.start < kept[-1].end:
            surest = one if one.sure and not kept[-1].sure else kept[-1]
            kept[-1] = Finding(kept[-1].start, max(one.end, kept[-1].end), surest.what, surest.sure)
        else:
            kept.append(one)
    return kept


# -- numbers -----------------------------------------------------------------------------------------------------------


def _digits(text: str, alike: Mapping[int, str]) -> list[tuple[int, str]]:
    """The digits of a text with their places; `alike`: letters that count as digits too."""
    level = text.translate(alike)
    return [(place, sign) for place, sign in enumerate(level) if sign.isascii() and sign.isdigit()]


def _own_nik(text: str, known: Known) -> Iterator[Finding]:
    yield from _hidden_digits(text, known.nik, "nik")


def _hidden_digits(text: str, number: str, what: str) -> Iterator[Finding]:
    """Where these digits stand one after another, whatever other signs stand between them."""
    wanted = re.sub(r"\D", "", number)
    if len(wanted) < 7:
        return
    for alike in ({}, _LOOKALIKE, _AS_DIGITS)[: 3 if what == "nik" else 2]:
        places = _digits(text, alike)
        whole = "".join(sign for _, sign in places)
        at = whole.find(wanted)
        while at >= 0:
            yield Finding(places[at][0], places[at + len(wanted) - 1][0] + 1, what, True)
            at = whole.find(wanted, at + 1)


def _numbers(text: str) -> Iterator[Finding]:
    """Sixteen digits: surely a population number where they hold a date of birth, else perhaps."""
    for found in _NIK.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        joined = len(digits) == len(found[0])
        yield Finding(found.start(), found.end(), "nik", joined or _holds_birth(digits))
    yield from (Finding(found.start(), found.end(), "nik", False) for found in _LONG.finditer(text))
    yield from _typed_numbers(text)


def _typed_numbers(text: str) -> Iterator[Finding]:
    """The same with letters for some of the digits: surely where it holds a date of birth, else nothing."""
    for found in _TYPED_NIK.finditer(text):
        if sum(sign.isdigit() for sign in found[0]) < _DIGITS or _has_words(found[0]):
            continue
        digits = re.sub(r"\D", "", found[0].translate(_AS_DIGITS))
        if len(digits) == 16 and _holds_birth(digits):
            yield Finding(found.start(), found.end(), "nik", True)


def _has_words(text: str) -> bool:
    """Whether letters stand in it by themselves ("Blok B 12"), and it is not all spelled sign by sign."""
    groups = _GROUPS.split(text)
    return max(map(len, groups)) > 1 and any(not re.search("[0-9]", group) for group in groups)


def _holds_birth(digits: str) -> bool:
    """Whether day (women: 40 more) and month stand where a population number has them."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return (day - 1) % 40 < 31 and 1 <= month <= 12


def _phones(text: str, known: Known) -> Iterator[Finding]:
    for phone in known.phones:
        digits = re.sub(r"\D", "", phone)
        core = digits.removeprefix("62").removeprefix("0")
        if len(core) >= 7:
            yield from _hidden_digits(text, core, "telepon")
    for pattern in (_MOBILE, _LANDLINE):
        yield from (Finding(found.start(), found.end(), "telepon", False) for found in pattern.finditer(text))


def _mails(text: str, known: Known) -> Iterator[Finding]:
    own = re.sub(r"\s", "", known.email).casefold()
    for found in _EMAIL.finditer(text):
        plain = re.sub(r"\s", "", re.sub(_DOT, ".", re.sub(_AT, "@", found[0].casefold())))
        yield Finding(found.start(), found.end(), "surel", bool(own) and own == plain)


# -- words -------------------------------------------------------------------------------------------------------------


def _names(text: str, known: Known) -> Iterator[Finding]:
    """A name in full surely; a single word of a longer one perhaps, as people are called like streets and seasons."""
    stand = [(found.start(), found.end(), _fold(found[0])) for found in _WORD.finditer(text)]
    for name in known.names:
        words = [_fold(word) for word in _WORD.findall(lookalikes.seen(name)[0]) if _fold(word) not in _TITLES]
        if words:
            yield from _named(text, stand, words)
            yield from _spelled(text, words)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _named(text: str, stand: list[tuple[int, int, str]], words: list[str]) -> Iterator[Finding]:
    telling = {word for word in words if len(word) > 2}
    place = 0
    while place < len(stand):
        run = _run(stand, place, set(words))
        if run and (run > 1 or len(words) == 1):
            start, end = stand[place][0], stand[place + run - 1][1]
            yield Finding(start, end, "nama", not (run == 1 and _STREET.search(text[:start])))
        elif run and stand[place][2] in telling:
            yield Finding(stand[place][0], stand[place][1], "nama", False)
        place += run or 1


def _spelled(text: str, words: list[str]) -> Iterator[Finding]:
    """A full name whatever stands between its letters, or nothing between its words, or digits for some of them."""
    name = "".join(words)
    if len(words) < 2 or len(name) < SPELLED:
        return
    for typed in (False, True):
        told = lookalikes.letters(text, typed=typed)
        whole = "".join(letter for letter, _ in told)
        at = whole.find(name)
        while at >= 0:
            start, end = told[at][1], told[at + len(name) - 1][1] + 1
            yield Finding(start, end, "nama", not text[max(start - 1, 0) : start].isalpha())
            at = whole.find(name, at + 1)


def _run(stand: list[tuple[int, int, str]], place: int, words: set[str]) -> int:
    """How many words of a name stand one after another from here."""
    end = place
    while end < len(stand) and stand[end][2] in words:
        end += 1
    return end - place


def _addresses(text: str) -> Iterator[Finding]:
    for pattern in _ADDRESS:
        yield from (Finding(found.start(), found.end(), "alamat", False) for found in pattern.finditer(text))
