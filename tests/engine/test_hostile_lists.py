"""Lists made to fill a machine or to break a page: refused in a sentence, within a modest memory."""

import io
import tracemalloc
import zipfile
from zoneinfo import ZoneInfo

import pytest

from engine.commands import archive
from engine.errors import FormInvalid
from engine.imports import moments, workbook
from engine.imports.limits import Unreadable

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK = (
    f'<workbook {SPACE} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="a" r:id="r1"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
)
MB = 1024 * 1024


def packed(sheet: str, **more: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", BOOK)
        parts.writestr("xl/_rels/workbook.xml.rels", LINKS)
        parts.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, body in more.items():
            parts.writestr(f"xl/{name}.xml", body)
    return kept.getvalue()


def sheet(rows: str) -> str:
    return f"<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>"


def read(body: bytes) -> list[list[str | float]]:
    return [cells for _, cells in workbook.rows(lambda: io.BytesIO(body))]


@pytest.mark.parametrize(
    "body",
    [
        packed(sheet(f"<row>{'<c/>' * (2 * MB)}</row>")),
        packed(sheet("<x/>" * (2 * MB))),
        packed(sheet("<row/>"), sharedStrings=f"<sst {SPACE}><si>{'<t/>' * (2 * MB)}</si></sst>"),
    ],
    ids=["a row of two million cells", "two million elements that are no rows", "a text of two million pieces"],
)
def test_a_small_file_that_unpacks_into_one_endless_row_fills_no_memory(body: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(Unreadable):
        read(body)
    assert tracemalloc.get_traced_memory()[1] < 64 * MB
    tracemalloc.stop()
    assert len(body) < 64 * 1024, "it is a bomb only when it is small"


def test_a_directory_that_would_fill_the_memory_is_not_even_read() -> None:
    whole = packed(sheet("<row/>"))
    end = whole.rfind(b"PK\x05\x06")
    lying = whole[: end + 12] + (60 * MB).to_bytes(4, "little") + whole[end + 16 :]
    with pytest.raises(Unreadable):
        read(lying)
    with pytest.raises(Unreadable):
        read(whole[:end] + b"PK\x06\x07" + whole[end:])


def test_what_stands_behind_the_rows_is_not_read_and_an_ordinary_sheet_is() -> None:
    links = '<hyperlinks><hyperlink ref="A1"/></hyperlinks>' * 200_000
    cell = '<c r="A1" t="inlineStr"><is><t>Jalan rusak</t></is></c>'
    body = f"<worksheet {SPACE}><sheetData><row>{cell}</row></sheetData>{links}</worksheet>"
    assert read(packed(body)) == [["Jalan rusak"]]


def test_a_number_no_spreadsheet_holds_is_a_broken_file_and_no_date() -> None:
    for number in ("1e999", "nan", "-inf"):
        with pytest.raises(Unreadable):
            read(packed(sheet(f"<row><c><v>{number}</v></c></row>")))
    assert [moments.read(value, ZoneInfo("Asia/Jakarta")) for value in (float("inf"), float("nan"))] == [None, None]


@pytest.mark.parametrize("line", ["1,a\rb,c\rd", f'1,"{"x" * 200_000}"'], ids=["CR", "long"])
def test_a_classification_that_is_no_csv_is_refused_in_a_sentence(line: str) -> None:
    with pytest.raises(FormInvalid) as refused:
        archive.read_codes(f"kode,nama\n{line}\n".encode())
    assert refused.value.problems["file"]


def test_a_nul_in_a_classification_never_reaches_the_database() -> None:
    assert archive.read_codes(b"kode,nama\n1,a\0b\n")[0].name == "ab"
