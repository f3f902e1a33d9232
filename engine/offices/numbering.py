"""Numbers as the office writes them: a closed pattern of blanks, and the next one of a yearly counter, never twice."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from db import sql
from engine import counters
from engine.errors import NotFound, Objection
from engine.offices import memos, settings

LONGEST = 64
"""Characters of a number; the columns that keep one are that wide."""
MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
BLANKS = {
    "urut": "urut",
    "nomor urut": "urut",
    "tahun": "tahun",
    "bulan": "bulan",
    "klasifikasi": "klasifikasi",
    "kode klasifikasi": "klasifikasi",
    "instansi": "instansi",
    "kode instansi": "instansi",
}
"""What may stand between braces, in the office's words, and which blank it is."""
_PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_WIDTH = re.compile(r"0?([1-9])d?", re.ASCII)
_FAR = 999_999


@dataclass(frozen=True)
class Kind:
    """Something that is numbered: where its pattern is kept and which counter it takes from."""

    code: str
    setting: str
    default: str
    taken: bool = True
    """Whether its number is kept as text when it is taken; else it is written anew, by the pattern of its day."""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            Kind("case", "numbering", "{urut:04d}/{tahun}"),
            Kind("letter", "numbering_letter", "{urut:03d}/{tahun}"),
            Kind("nota_dinas", "numbering_memo", "{urut:03d}/ND/{tahun}"),
            Kind("recap", "numbering_recap", "{urut:03d}/REKAP/{tahun}"),
            Kind("agenda", "numbering_agenda", "{urut:03d}/{tahun}", taken=False),
            Kind("delivery", "numbering_delivery", "{urut:03d}/{tahun}", taken=False),
        )
    }
)


class PatternInvalid(ValueError):
    """This pattern cannot number anything; `problems` say why."""

    def __init__(self, problems: list[Objection]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Pattern:
    """A checked pattern: literal texts, and blanks as (name, width)."""

    parts: tuple[str | tuple[str, int], ...]

    def written(self, values: Mapping[str, Any]) -> str:
        """The number with its blanks filled in; digits to the width the pattern asks for."""
        return "".join(
            part if isinstance(part, str) else str(values[part[0]]).rjust(part[1], "0") for part in self.parts
        )

    @property
    def blanks(self) -> set[str]:
        """The names of what is filled in."""
        return {part[0] for part in self.parts if not isinstance(part, str)}


def parse(text: str) -> Pattern:
    """The pattern in an administrator's text; raises PatternInvalid with everything that is wrong with it."""
    problems: list[Objection] = []
    parts = tuple(_part(found, problems) for found in _PIECE.finditer(text.strip()))
    pattern = Pattern(parts)
    problems += [] if problems else _would_repeat(pattern)
    if problems:
        raise PatternInvalid(problems)
    return pattern


def _part(found: re.Match[str], problems: list[Objection]) -> str | tuple[str, int]:
    if found[3]:
        problems.append(Objection("brace", "Kurung kurawal tidak berpasangan; tulis isiannya seperti {urut}."))
        return ""
    if found[2] is not None:
        if not found[2].isprintable():
            problems.append(Objection("unprintable", "Pola memuat tanda yang tidak dapat dicetak."))
        return found[2]
    return _blank(found[1] or "", problems)


def _blank(text: str, problems: list[Objection]) -> tuple[str, int]:
    name, colon, shape = text.partition(":")
    blank, width = BLANKS.get(" ".join(name.split()).lower()), _WIDTH.fullmatch(shape.strip())
    if blank is None:
        words = "Isian {%(name)s} tidak dikenal; yang ada: urut, tahun, bulan, kode klasifikasi, kode instansi."
        problems.append(Objection("unknown", words, {"name": name[:40]}))
    elif colon and (blank != "urut" or width is None):
        words = "Lebar isian {%(name)s} salah; hanya urut yang boleh diberi lebar, misalnya {urut:04d}."
        problems.append(Objection("width", words, {"name": text[:40]}))
    return blank or "", int(width[1]) if width else 0


def _would_repeat(pattern: Pattern) -> list[Objection]:
    """Every counter begins anew each year: without both blanks a number would come twice."""
    found: list[Objection] = []
    if "urut" not in pattern.blanks:
        found.append(Objection("no_count", "Tanpa {urut} semua nomor akan sama; tambahkan {urut}."))
    if "tahun" not in pattern.blanks:
        words = "Nomor urut kembali ke 1 setiap tahun: tanpa {tahun} nomor tahun lalu akan terulang; tambahkan {tahun}."
        found.append(Objection("no_year", words))
    return found


def too_long(pattern: Pattern, codes: Mapping[str, str]) -> Objection | None:
    """What is wrong where its longest number would not fit."""
    longest = len(pattern.written({"urut": _FAR, "tahun": 9999, "bulan": "VIII", **codes}))
    if longest <= LONGEST:
        return None
    words = "Nomornya dapat sepanjang %(now)s huruf; paling panjang %(most)s."
    return Objection("too_long", words, {"now": longest, "most": LONGEST})


# --- what an organisation decided ---


def kind(organisation: int, code: str) -> Kind:
    """A kind of number, of everyone or of this organisation's letters; raises NotFound."""
    found = KINDS.get(code) or memo_kinds(organisation).get(code)
    if found is None:
        raise NotFound("numbering", code)
    return found


def memo_kinds(organisation: int) -> dict[str, Kind]:
    """The kinds of number that kinds of internal letters have for themselves."""
    own = [one for one in memos.kinds(organisation).values() if one.numbering]
    return {one.numbered: Kind(one.numbered, f"numbering_{one.numbered}", one.numbering) for one in own}


def codes(organisation: int, code: str) -> dict[str, str]:
    """The codes of the office and of the classification, as they stand in numbers of that kind."""
    decided = settings.setting(organisation, "numbering_codes") or {}
    shared, own = decided.get("instansi", ""), decided.get("klasifikasi", {})
    return {"instansi": str(shared), "klasifikasi": str(own.get(code, ""))}


def pattern_text(organisation: int, code: str) -> str:
    """The pattern in force, as it was typed."""
    return _history(organisation, code)[-1][1]


def preview(organisation: int, code: str, text: str, given: Mapping[str, str], local: datetime, ahead: int = 1) -> str:
    """The number that would come next (or `ahead` after the last) by a pattern; raises PatternInvalid."""
    count = last(organisation, code, local.year) + ahead
    return parse(text).written({**values(count, local), **given})


def take(organisation: int, code: str, zone: str, at_ms: int) -> str:
    """The next number of a kind in the year of that instant: taken once, inside a verb's transaction, without gap."""
    local = datetime.fromtimestamp(at_ms / 1000, ZoneInfo(zone))
    number = counters.next_number(organisation, f"{code}:{local.year}")
    return write(organisation, code, number, local)


def write(organisation: int, code: str, number: int, local: datetime) -> str:
    """A number by the pattern of its kind; `local` is when it was taken, in the office's zone."""
    return writer(organisation, code)(number, local)


def writer(organisation: int, code: str) -> Callable[[int, datetime], str]:
    """Writes many numbers of a kind, asking once what was decided; each by the pattern of its own day."""
    given = codes(organisation, code)
    patterns = [(since, parse(text)) for since, text in _history(organisation, code)]

    def written(number: int, local: datetime) -> str:
        at_ms = int(local.timestamp() * 1000)
        fitting = [pattern for since, pattern in patterns if since <= at_ms]
        return fitting[-1].written(values(number, local) | given)

    return written


def _history(organisation: int, code: str) -> list[tuple[int, str]]:
    """Since when (UTC ms) which pattern holds; a kind whose numbers are kept as text has one, for ever."""
    of = kind(organisation, code)
    decided = settings.setting(organisation, of.setting)
    if isinstance(decided, list):
        return [(int(row["from"]), str(row["pattern"])) for row in decided]
    return [(0, str(decided or of.default))]


def values(number: int, local: datetime) -> dict[str, Any]:
    """What fills the blanks that change from number to number."""
    return {"urut": number, "tahun": local.year, "bulan": MONTHS[local.month - 1]}


def last(organisation: int, code: str, year: int) -> int:
    """The last number of a kind in a year; 0 before the first. Books count each for itself: the fullest of them."""
    if code == "agenda":
        text = "SELECT MAX(value) FROM counter WHERE organisation_id = ? AND name LIKE ?"
        return int(sql.value(text, (organisation, f"agenda:%:{year}")) or 0)
    text = "SELECT value FROM counter WHERE organisation_id = ? AND name = ?"
    return int(sql.value(text, (organisation, f"{code}:{year}")) or 0)
