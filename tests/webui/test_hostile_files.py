"""Files that come in under a hostile name, and files that go out with hostile words in their cells."""

import csv
import io

import pytest
from citizen import Site
from clerk import clerk

import processes
from webui import spreadsheet

FORMULA = '=HYPERLINK("http://contoh.invalid")'


@pytest.mark.parametrize(
    "name",
    ["a%0Ab.bpmn", "a%0D%0AX-Evil:%201.bpmn", "a%22;b.bpmn", "%00.bpmn", "%3Cb%3E.bpmn", "x" * 200 + ".bpmn", ".bpmn"],
)
def test_a_drawing_under_a_name_that_is_none_is_refused_at_the_field(site: Site, name: str) -> None:
    danu = clerk(site, "danu")
    parts = [('name="csrf_token"', danu.token().encode()), ('name="process"', b"siapmas")]
    parts.append(('name="files"; filename="siapmas.bpmn"', processes.files("siapmas")["siapmas.bpmn"]))
    parts.append((f"name=\"files\"; filename*=UTF-8''{name}", b"<x/>"))
    head = "--Batas\r\nContent-Disposition: form-data; {}\r\n\r\n"
    body = b"".join(head.format(what).encode() + content + b"\r\n" for what, content in parts) + b"--Batas--\r\n"
    answer = danu.client.post("/perancang/usul", data=body, content_type="multipart/form-data; boundary=Batas")
    assert answer.status_code == 422
    assert b"Nama berkas hanya boleh" in answer.data or b"Hanya .bpmn, .dmn, dan .form" in answer.data
    assert "X-Evil" not in answer.headers


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("cell", [FORMULA, f"halo;{FORMULA}", f"halo\n{FORMULA}", f"halo; {FORMULA}", f"\t{FORMULA}"])
def test_no_cell_becomes_a_formula_at_whatever_mark_a_spreadsheet_parts_cells(cell: str, separator: str) -> None:
    text = "".join(spreadsheet.lines([["1", cell, "+62", "-2", "@x", "\uff1d1"]])).lstrip("\ufeff")
    read = [found for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for found in row]
    assert not [found for found in read if found.lstrip(' "').startswith(("=", "+", "-", "@", "\uff1d"))], read
