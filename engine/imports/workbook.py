"""The first sheet of an XLSX, row by row: values as they were calculated, nothing is run, nothing unpacked whole.

ECMA-376 part 1, §18.3. lxml reads it (it is here already, and well kept): no entity is resolved, no text node grows
without measure, and `zipfile` never unpacks more of a part than its directory says, which is looked at first.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import IO, Any

from lxml import etree

from engine.imports.limits import CELL_CHARS, COLUMNS, PART_BYTES, Unreadable

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})\d*")
_LEAP_BUG, _EPOCH_1904 = datetime(1899, 12, 30), 1462  # noqa: DTZ001 - a wall clock
BROKEN = "Berkas XLSX ini rusak atau tidak lengkap. Unduh kembali, atau simpan sebagai CSV, lalu unggah."


def moment(serial: float) -> datetime:
    """The wall clock behind a spreadsheet's number of days, to the second."""
    return _LEAP_BUG + timedelta(seconds=round(serial * 86_400))


def rows(opener: Callable[[], IO[bytes]]) -> Iterator[tuple[int, list[str | float]]]:
    """Every row of the first sheet with its number; numbers stay numbers."""
    try:
        with opener() as raw, zipfile.ZipFile(raw) as packed:
            shift, sheet = _first_sheet(packed)
            yield from _read(packed, sheet, _strings(packed), shift)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, zlib.error, EOFError, NotImplementedError) as trouble:
        raise Unreadable("broken_xlsx", BROKEN) from trouble
    except (ValueError, OverflowError, IndexError) as trouble:
        raise Unreadable("broken_xlsx", BROKEN) from trouble


def _open(packed: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A part; refused when unpacked it would fill the machine."""
    told = packed.getinfo(name)
    if told.file_size > PART_BYTES:
        words = "Isi XLSX ini menggelembung menjadi %(size)s MB. Simpan sebagai CSV, lalu unggah."
        raise Unreadable("zip_bomb", words, size=told.file_size // (1024 * 1024))
    if told.flag_bits & 1:
        raise Unreadable("locked", "XLSX ini dikunci sandi. Simpan tanpa sandi, lalu unggah.")
    return packed.open(told)


def _parse(part: IO[bytes], *tags: str) -> Iterator[Any]:
    """The elements of these names as they end; what was read is let go."""
    names = [space + tag for space in (MAIN, STRICT) for tag in tags]
    safe: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    looked = False
    for _, element in etree.iterparse(part, events=("end",), tag=names, **safe):
        if not looked and element.getroottree().docinfo.doctype:
            raise Unreadable("broken_xlsx", BROKEN)
        looked = True
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _first_sheet(packed: zipfile.ZipFile) -> tuple[int, str]:
    """Days to add to its dates (workbooks of old Macs count from 1904), and the part that holds it."""
    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with _open(packed, "xl/workbook.xml") as part:
        book = etree.parse(part, safe).getroot()
    old = any(p.get("date1904") in ("1", "true") for p in book.iter("{*}workbookPr"))
    wanted = next((sheet.get(RELATED) for sheet in book.iter("{*}sheet")), None)
    with _open(packed, "xl/_rels/workbook.xml.rels") as part:
        links = etree.parse(part, safe).getroot()
    target = next(str(link.get("Target")) for link in links.iter("{*}Relationship") if link.get("Id") == wanted)
    return (_EPOCH_1904 if old else 0), (target[1:] if target.startswith("/") else f"xl/{target}")


def _strings(packed: zipfile.ZipFile) -> list[str]:
    """The texts that cells point to."""
    if "xl/sharedStrings.xml" not in packed.namelist():
        return []
    with _open(packed, "xl/sharedStrings.xml") as part:
        return [_text(element) for element in _parse(part, "si")]


def _text(element: Any) -> str:
    """A text with its runs, without phonetic hints."""
    found = (run.text or "" for run in element.iter("{*}t") if not run.getparent().tag.endswith("}rPh"))
    return "".join(found)[: CELL_CHARS + 1].strip()


def _read(
    packed: zipfile.ZipFile, sheet: str, strings: list[str], shift: int
) -> Iterator[tuple[int, list[str | float]]]:
    number = 0
    with _open(packed, sheet) as part:
        for row in _parse(part, "row"):
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
        return float(text) + (shift if shift and 20_000 < float(text) < 80_000 else 0)
    return text[: CELL_CHARS + 1]
