"""The first sheet of an XLSX, row by row: values as they were calculated, nothing is run, nothing unpacked whole.

ECMA-376 part 1, §18.3. lxml reads it (it is here already, and well kept): no entity is resolved, no text node grows
without measure, no row or text is taken into memory that is longer than one can be, and `zipfile` never unpacks more of
a part than its directory says, which is looked at first.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from math import isfinite
from os import SEEK_END
from typing import IO, Any

from lxml import etree

from engine.imports.limits import CELL_CHARS, COLUMNS, INDEX_BYTES, PART_BYTES, ROW_BYTES, SHEET_ROWS, Unreadable

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_END = re.compile(rb"PK\x05\x06")
_TAIL = 22 + 65_535
_PLACE = re.compile(r"([A-Z]{1,3})\d*")
_LEAP_BUG, _EPOCH_1904 = datetime(1899, 12, 30), 1462  # noqa: DTZ001 - a wall clock
BROKEN = "Berkas XLSX ini rusak atau tidak lengkap. Unduh kembali, atau simpan sebagai CSV, lalu unggah."


def moment(serial: float) -> datetime:
    """The wall clock behind a spreadsheet's number of days, to the second."""
    return _LEAP_BUG + timedelta(seconds=round(serial * 86_400))


def rows(opener: Callable[[], IO[bytes]]) -> Iterator[tuple[int, list[str | float]]]:
    """Every row of the first sheet with its number; numbers stay numbers."""
    try:
        with opener() as raw, zipfile.ZipFile(_with_few_parts(raw)) as packed:
            shift, sheet = _first_sheet(packed)
            yield from _read(packed, sheet, _strings(packed), shift)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, zlib.error, EOFError, NotImplementedError) as trouble:
        raise Unreadable("broken_xlsx", BROKEN) from trouble
    except (ValueError, OverflowError, IndexError) as trouble:
        raise Unreadable("broken_xlsx", BROKEN) from trouble


def _with_few_parts(raw: IO[bytes]) -> IO[bytes]:
    """The same file; refused when its directory alone would fill the memory (APPNOTE §4.3.16, 4.3.15)."""
    raw.seek(max(0, raw.seek(0, SEEK_END) - _TAIL))
    tail = raw.read()
    ends = (int.from_bytes(tail[found.end() + 8 : found.end() + 12], "little") for found in _END.finditer(tail))
    if b"PK\x06\x07" in tail or any(size > INDEX_BYTES for size in ends):
        raise Unreadable("broken_xlsx", BROKEN)
    raw.seek(0)
    return raw


def _open(packed: zipfile.ZipFile, name: str, most: int = PART_BYTES) -> IO[bytes]:
    """A part; refused when unpacked it would fill the machine."""
    told = packed.getinfo(name)
    if told.file_size > most:
        words = "Isi XLSX ini menggelembung menjadi %(size)s MB. Simpan sebagai CSV, lalu unggah."
        raise Unreadable("zip_bomb", words, size=told.file_size // (1024 * 1024))
    if told.flag_bits & 1:
        raise Unreadable("locked", "XLSX ini dikunci sandi. Simpan tanpa sandi, lalu unggah.")
    return packed.open(told)


@dataclass
class _Metered:
    """A part that is read only as long as elements come to their end: one without end would fill the memory."""

    part: IO[bytes]
    since: int = 0

    def read(self, size: int, /) -> bytes:
        if self.since > ROW_BYTES:
            raise Unreadable("broken_xlsx", BROKEN)
        found = self.part.read(size)
        self.since += len(found)
        return found


def _parse(part: IO[bytes], tag: str, around: str) -> Iterator[Any]:
    """The elements of this name as they end, until the one around them does; what was read is let go."""
    names = [space + name for space in (MAIN, STRICT) for name in (tag, around)]
    safe: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    looked, metered = False, _Metered(part)
    for _, element in etree.iterparse(metered, events=("end",), tag=names, **safe):
        if not looked and element.getroottree().docinfo.doctype:
            raise Unreadable("broken_xlsx", BROKEN)
        looked, metered.since = True, 0
        if element.tag.endswith(f"}}{around}"):
            return
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _first_sheet(packed: zipfile.ZipFile) -> tuple[int, str]:
    """Days to add to its dates (workbooks of old Macs count from 1904), and the part that holds it."""
    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with _open(packed, "xl/workbook.xml", INDEX_BYTES) as part:
        book = etree.parse(part, safe).getroot()
    old = any(p.get("date1904") in ("1", "true") for p in book.iter("{*}workbookPr"))
    wanted = next((sheet.get(RELATED) for sheet in book.iter("{*}sheet")), None)
    with _open(packed, "xl/_rels/workbook.xml.rels", INDEX_BYTES) as part:
        links = etree.parse(part, safe).getroot()
    target = next(str(link.get("Target")) for link in links.iter("{*}Relationship") if link.get("Id") == wanted)
    return (_EPOCH_1904 if old else 0), (target[1:] if target.startswith("/") else f"xl/{target}")


def _strings(packed: zipfile.ZipFile) -> list[str]:
    """The texts that cells point to."""
    if "xl/sharedStrings.xml" not in packed.namelist():
        return []
    with _open(packed, "xl/sharedStrings.xml") as part:
        return [_text(element) for element in islice(_parse(part, "si", "sst"), SHEET_ROWS * 4)]


def _text(element: Any) -> str:
    """A text with its runs, without phonetic hints."""
    found = (run.text or "" for run in element.iter("{*}t") if not run.getparent().tag.endswith("}rPh"))
    return "".join(found)[: CELL_CHARS + 1].strip()


def _read(
    packed: zipfile.ZipFile, sheet: str, strings: list[str], shift: int
) -> Iterator[tuple[int, list[str | float]]]:
    number = 0
    with _open(packed, sheet) as part:
        for row in islice(_parse(part, "row", "sheetData"), SHEET_ROWS):
            number = int(row.get("r") or number + 1)
            yield number, _cells(row, strings, shift)


def _cells(row: Any, strings: list[str], shift: int) -> list[str | float]:
    found: list[str | float] = []
    for cell in row:
        place = _column(cell.get("r") or "", len(found))
        if place > COLUMNS:
            return [*found, *[""] * (COLUMNS - len(found)), "…"]
        found += [""] * (place - len(found))
        found.append(_value(cell, strings, shift))
    return found


def _column(place: str, following: int) -> int:
    """ "C5" is 2; a cell that does not say follows the one before."""
    letters = _PLACE.match(place)
    if not letters:
        return following
    number = 0
    for letter in letters[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Any, strings: list[str], shift: int) -> str | float:
    """What the cell shows: of a formula its last result, of an error nothing."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    text = next((child.text or "" for child in cell if child.tag.endswith("}v")), "").strip()
    if not text or kind == "e":
        return ""
    if kind == "s":
        return strings[int(text)]
    if kind == "n":
        return _number(float(text), shift)
    return text[: CELL_CHARS + 1]


def _number(value: float, shift: int) -> float:
    """A number a spreadsheet can hold, moved to our epoch where it may be a date; ValueError for what is none."""
    if not isfinite(value):
        raise ValueError
    return value + (shift if shift and 20_000 < value < 80_000 else 0)
