"""Decision tables on screen: read by anyone who may look, uploaded, refused at the cell, compared cell by cell."""

import io
import json
import re
from html import unescape
from pathlib import Path

import orjson
import pytest
from cityhall import City
from clerk import Clerk
from werkzeug.datastructures import MultiDict

import processes
from db import sql
from engine.diagrams import release_changes
from webui.cli import main


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"(?s)<script.*?</script>|<[^>]+>", " ", page)).split())


def shipped() -> str:
    return processes.files("pengaduan")["subyek_skpd.dmn"].decode()


def uploads(designer: Clerk, text: str) -> str:
    """Sends a changed table of the city; gives the address of the draft."""
    data = MultiDict([("csrf_token", designer.token()), ("process", "pengaduan")])
    data.add("files", (io.BytesIO(text.encode()), "subyek_skpd.dmn"))
    answer = designer.client.post("/perancang/usul", data=data, content_type="multipart/form-data")
    assert answer.status_code == 302
    return str(answer.location)


def test_the_table_stands_under_its_process_in_words_with_its_file(city: City) -> None:
    designer = city.enters("perancang.kota")
    page = words(designer.opens("/perancang/pengaduan").page)
    assert "Subyek pengaduan dan SKPD yang terkait" in page
    assert "Dinas Kebersihan dan Pertamanan" in page
    assert "Perwali 14/2016 Pasal 3 ayat (2) huruf d: satu-satunya SKPD yang disebut" in page
    assert '"dkp"' not in page  # units by their names
    link = re.search(r'href="(/perancang/pengaduan/\d+/subyek_skpd\.dmn)"', designer.page)
    assert link
    assert designer.client.get(link[1]).get_data(as_text=True) == shipped()
    form = re.search(r'href="(/perancang/pengaduan/\d+/pengaduan-teruskan\.form)"', designer.page)
    assert form
    assert json.loads(designer.client.get(form[1]).get_data(as_text=True))["id"] == "pengaduan-teruskan"
    for address in (link[1], form[1]):
        assert city.enters("petugas.dkp").opens(address).status == 403


def test_a_changed_table_is_compared_cell_by_cell(city: City) -> None:
    designer = city.enters("perancang.kota")
    draft = uploads(
        designer, shipped().replace('<text>"parkir"</text>', '<text>"parkir", "retribusi_parkir"</text>', 1)
    )
    page = words(designer.opens(draft).page)
    assert "Tabel: Subyek pengaduan dan SKPD yang terkait" in page
    assert re.search(r'Baris \d+, Bagian subyek: "parkir" → "parkir", "retribusi_parkir"', page)
    assert designer.client.get(f"{draft}/subyek_skpd.dmn").status_code == 200
    assert designer.client.get(f"{draft}/pengaduan.bpmn").status_code == 200  # of the release in force


def test_a_cell_out_of_the_language_is_shown_at_its_row_and_stops_the_proposal(city: City) -> None:
    designer = city.enters("perancang.kota")
    draft = uploads(designer, shipped().replace('<text>"parkir"</text>', "<text>parkir + 1</text>", 1))
    page = designer.opens(draft).page
    row = next(row for row in re.findall(r"(?s)<tr>.*?</tr>", page) if "parkir + 1" in row)
    assert "salah" in words(row)
    assert "tidak termasuk yang boleh ditulis di sel" in words(row)
    assert "disabled" in re.search(r"<button[^>]*>Ajukan untuk disahkan", page)[0]  # type: ignore[index]


def test_a_code_that_nothing_here_is_called_by_is_pointed_at(city: City) -> None:
    designer = city.enters("perancang.kota")
    typed = shipped().replace('"kec_magersari"', '"kec_magarsari"', 1).replace('"kependudukan"', '"kependudukn"', 1)
    page = words(designer.opens(uploads(designer, typed)).page)
    assert "kolom “SKPD utama”: “kec_magarsari” bukan unit di instansi ini" in page
    assert "kolom “Subyek”: “kependudukn” bukan pilihan pada daftar itu" in page
    assert "bukan unit" not in words(designer.opens(uploads(designer, shipped())).page)


def test_hostile_words_in_a_table_stay_words(city: City) -> None:
    designer = city.enters("perancang.kota")
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt;"
    text = shipped().replace('label="Kecamatan"', f'label="{hostile}"').replace("satu-satunya SKPD", hostile)
    page = designer.client.get(uploads(designer, text)).get_data(as_text=True)
    assert "alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_complaint_goes_where_the_table_says_and_the_journal_tells_which_row(city: City) -> None:
    with city.asked() as kota:
        case = kota.complaint(subyek="pju", wilayah="meri", kecamatan="kranggan")
        assert kota.offices(case, "teruskan") == ["petugas_dkp"]
        unclear = kota.complaint(key="kedua", subyek="kesehatan", wilayah="meri", kecamatan="kranggan")
        assert "pilih_skpd" in kota.waits(unclear)
        told = sql.value("SELECT facts FROM journal WHERE case_file = ? AND kind = 'decided'", (case,))
        asked = sql.value("SELECT id FROM task WHERE case_file_id = ? AND element = 'pilih_skpd'", (unclear,))
        facts = orjson.loads(str(told))
    assert facts["table"] == "subyek_skpd"
    assert [row["id"] for row in facts["rows"]] == ["baris_pju"]
    assert facts["values"] == {"skpd_utama": "dkp", "unit_terkait": ["dkp"]}
    page = words(city.enters("petugas.dkp").opens(f"/kasus/{case}/riwayat").page)
    assert "Ditentukan tabel “Subyek pengaduan dan SKPD yang terkait”, baris 11" in page
    form = city.enters("yanti").opens(f"/tugas/{asked}").page
    assert re.findall(r'<option[^>]* value="(\w+)"', form)[:2] == ["dinkes", "rsud"], "what the law names comes first"


def test_rows_and_columns_keep_their_names_when_rows_move() -> None:
    old = shipped()
    found = re.search(r'(?s)      <rule id="baris_pju">.*?</rule>\n', old)
    assert found
    new = old.replace(found[0], "").replace(
        "</decisionTable>", found[0].replace('"dkp"', '"dpu"', 1) + "</decisionTable>"
    )
    (change,) = release_changes.between({"t.dmn": old}, {"t.dmn": new})
    assert (change.what, change.kind) == ("table", "changed")
    assert change.facts == (("baris 36, kolom SKPD utama", '"dkp"', '"dpu"'),)
    (gone,) = release_changes.between({"t.dmn": old}, {})
    assert (gone.kind, gone.id) == ("removed", "subyek_skpd")


def test_the_check_on_the_command_line_takes_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, body in processes.files("pengaduan").items():
        (tmp_path / name).write_bytes(body)
    files = [str(path) for path in tmp_path.iterdir()]
    assert main(["process", "check", *files, "--json"]) == 0
    wrong = tmp_path / "subyek_skpd.dmn"
    wrong.write_text(shipped().replace('<text>"parkir"</text>', "<text>parkir</text>", 1))
    capsys.readouterr()
    assert main(["process", "check", *files, "--json"]) == 1
    (problem,) = [p for p in json.loads(capsys.readouterr().out) if p["level"] == "error" and p["code"] == "sel"]
    assert problem["file"] == "subyek_skpd.dmn"
    assert problem["element"] == "pbb_dishubkominfo_bagian_subyek"
    assert wrong.read_text().splitlines()[problem["line"] - 1].strip().startswith('<inputEntry id="pbb_dishub')
