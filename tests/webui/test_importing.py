"""The old form's list comes over: read by its headers, checked first, row by row, and never twice."""

import csv
import io
import json
import re
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import pytest
from citizen import Site
from clerk import Clerk, clerk

from db import connect, sql
from engine import jobs, journal
from engine.commands import import_runs
from engine.imports import moments
from webui import importing
from webui.cli import main

HEADERS = ["Cap waktu", "Nama Lengkap", "No. WA", "Email", "Kronologi", "Tempat"]
GOOD = ["31/12/2024 08.15.00", "Siti Rahma", "0812 3456 7890", "siti@contoh.id", "Jalan desa berlubang parah.", "Puri"]


def as_csv(rows: Iterable[Sequence[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    kept = io.StringIO()
    csv.writer(kept, delimiter=separator).writerows(rows)
    return kept.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """As Google Sheets saves: numbers as numbers, texts inline, a formula with its last result."""
    main_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheet = [f'<worksheet xmlns="{main_space}"><sheetData>']
    for number, cells in enumerate(rows, 1):
        sheet.append(f'<row r="{number}">' + "".join(_cell(f"{chr(65 + i)}{number}", c) for i, c in enumerate(cells)))
        sheet.append("</row>")
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main_space}" xmlns:r="{links}"><sheets>'
        '<sheet name="Jawaban" sheetId="1" r:id="rId3"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId3" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": "".join([*sheet, "</sheetData></worksheet>"]),
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return kept.getvalue()


def _cell(place: str, content: object) -> str:
    if isinstance(content, float | int):
        return f'<c r="{place}"><v>{content}</v></c>'
    if str(content).startswith("="):
        return f'<c r="{place}" t="str"><f>{escape(str(content)[1:])}</f><v>hasil rumus</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(content))}</t></is></c>'


def uploads(who: Clerk, body: bytes, name: str = "laporan.csv") -> Clerk:
    data = {"csrf_token": who.token(), "daftar": (io.BytesIO(body), name)}
    who.last = who.client.post("/kasus/impor", data=data, content_type="multipart/form-data", buffered=True)
    return who


def worker_comes_by(site: Site) -> None:
    with site.asked() as office:
        office.after(minutes=1)
        jobs.run_due(office.now, importing.handlers(site.app.config["OFFICE"], lambda: office.now))


def checked(site: Site, who: Clerk, body: bytes, name: str = "laporan.csv") -> str:
    """Uploads, lets the worker check, and gives the address of the run with its page open."""
    uploads(who, body, name)
    assert who.status == 303, who.page
    address = str(who.last.location)
    worker_comes_by(site)
    who.opens(address)
    return address


def cases() -> int:
    return int(sql.value("SELECT COUNT(*) FROM case_file"))


@pytest.fixture
def sekar(site: Site) -> Clerk:
    return clerk(site, "sekar")


def test_a_list_is_checked_then_imported_as_archive_and_its_file_is_gone(site: Site, sekar: Clerk) -> None:
    bad = ["", "Tono", "", "bukan surel", "", ""]
    address = checked(site, sekar, as_csv([HEADERS, GOOD, bad]))
    assert "menunggu persetujuan" in sekar.page and "Siti Rahma" not in sekar.page
    for words in ("Ini bukan alamat surel.", "Email", "Cap waktu"):
        assert words in sekar.page
    with site.asked():
        assert cases() == 0
    shelf = importing.shelf_of(site.app.config["OFFICE"]).folder
    (kept,) = shelf.iterdir()
    assert b"Siti" not in kept.read_bytes()
    report = sekar.opens(f"{address}/keliru.csv").last.get_data(as_text=True)
    assert "3,Email,Ini bukan alamat surel." in report
    sekar.sends(f"{address}/mulai", keadaan="arsip")
    worker_comes_by(site)
    assert "1 laporan diimpor" in sekar.opens(address).page
    assert list(shelf.iterdir()) == []
    with site.asked() as office:
        found = sql.row("SELECT number, channel, state, outcome, entered_by, declared FROM case_file")
        assert found is not None
        assert found[:5] == ("0001/SIAPMAS/2024", "impor", "ditutup", "impor", office.sekar.person) and found[5]
        assert office.waits(1) == []
        told = str(sql.rows("SELECT facts FROM journal"))
        assert "Siti" not in told and "0812" not in told
        assert sql.value("SELECT facts FROM journal WHERE kind = 'imported'") is not None
        assert journal.verify() == []
    assert "Jalan desa berlubang" in sekar.opens("/kasus/1").page


def test_what_was_imported_comes_no_second_time(site: Site, sekar: Clerk) -> None:
    for turn in range(2):
        address = checked(site, sekar, as_csv([HEADERS, GOOD, GOOD]))
        if not turn:
            sekar.sends(f"{address}/mulai", keadaan="baru")
            worker_comes_by(site)
    assert "Tidak ada baris baru yang dapat diimpor." in sekar.page
    with site.asked() as office:
        assert cases() == 1
        assert office.waits(1) == ["terima"]


def test_the_worker_may_die_in_the_middle_and_nothing_comes_twice(site: Site, sekar: Clerk) -> None:
    rows = [[f"0{n}/01/2024 08.00.00", f"Warga {n}", "", "", f"Kejadian nomor {n}.", ""] for n in range(1, 10)]
    address = checked(site, sekar, as_csv([HEADERS, *rows]))
    sekar.sends(f"{address}/mulai", keadaan="arsip")
    worker_comes_by(site)
    with site.asked():  # as if it had died before it could say so
        sql.execute("UPDATE import_run SET state = 'berjalan'")
        sql.execute("UPDATE job SET state = 'waiting', lease_ms = 0")
        shelf = importing.shelf_of(site.app.config["OFFICE"])
        assert list(shelf.folder.iterdir()) == []
    worker_comes_by(site)
    assert "Unggahlah kembali" in sekar.opens(address).page
    with site.asked():
        assert cases() == 9


def test_columns_nobody_knows_are_pointed_out(site: Site, sekar: Clerk) -> None:
    address = checked(site, sekar, as_csv([["Cap waktu", "Pengirim", "Surat pembaca"], [GOOD[0], GOOD[1], GOOD[4]]]))
    assert "Kolom Nama, Kronologi tidak ditemukan" in sekar.page
    sekar.sends(f"{address}/kolom", nama="Pengirim", kronologi="Surat pembaca")
    worker_comes_by(site)
    assert "Impor satu laporan" in sekar.opens(address).page


def test_every_way_a_list_can_be_broken_is_a_sentence(site: Site, sekar: Clerk) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (257 * 1024 * 1024))
    whole = as_xlsx([HEADERS, GOOD])
    for body, sentence in [
        (b"", "Berkas ini kosong."),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "Excel lama (.xls)"),
        (b"%PDF-1.7 halo", "Ini bukan CSV dan bukan XLSX."),
        (as_csv([HEADERS, GOOD], encoding="utf-16"), "UTF-16"),
    ]:
        uploads(sekar, body)
        assert sekar.status == 422 and sentence in sekar.page, sentence
    for body, sentence in [
        (whole[: len(whole) // 2], "XLSX ini rusak"),
        (bomb.getvalue(), "menggelembung menjadi 257 MB"),
        (as_csv([HEADERS]), "hanya berisi judul kolom"),
        (as_csv([["a", "b"], ["c", "d"]]), "Judul kolom dalam berkas: “a”, “b”"),
        (as_csv([HEADERS]) + b'31/12/2024,"tak ditutup' + b"x" * 400_000, "tanda kutip yang tidak ditutup"),
        (as_csv([[f"k{n}" for n in range(99)]]), "berkolom lebih dari 60"),
    ]:
        checked(site, sekar, body)
        assert sentence in sekar.page, sentence
    with site.asked():
        assert cases() == 0


def test_only_columns_that_a_process_here_asks_for_are_offered(sekar: Clerk) -> None:
    assert "Cap waktu, Nama, Nomor telepon" in sekar.opens("/kasus/impor").page
    assert "Nama ibu" not in sekar.page and "Kelurahan" not in sekar.page


def test_whoever_takes_nothing_in_imports_nothing_and_sees_no_run_of_another(site: Site, sekar: Clerk) -> None:
    address = checked(site, sekar, as_csv([HEADERS, GOOD]))
    assert "menunggu persetujuan" in clerk(site, "admin").opens(address).page
    for name in ("odi", "hadi", "inggit"):
        other = clerk(site, name)
        assert other.opens("/kasus/impor").status == 403 and other.opens(address).status == 403
        assert other.sends(f"{address}/mulai", keadaan="arsip").status_code == 403
    with site.asked():
        organisation = sql.insert("organisation", code="kota", name="Kota", timezone="Asia/Jakarta")
        sql.execute("UPDATE import_run SET organisation_id = ?", (organisation,))
    assert sekar.opens(address).status == 404


def test_a_list_nobody_confirms_is_forgotten_after_a_week(site: Site, sekar: Clerk) -> None:
    address = checked(site, sekar, as_csv([HEADERS, GOOD]))
    shelf = importing.shelf_of(site.app.config["OFFICE"])
    with site.asked() as office:
        import_runs.sweep(shelf, now=office.now)
        assert list(shelf.folder.iterdir())
        import_runs.sweep(shelf, now=office.now + 8 * 86_400_000)
        assert list(shelf.folder.iterdir()) == []
    assert "dibatalkan" in sekar.opens(address).page


# -- the command line --------------------------------------------------------------------------------------------------


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same installation, for the console script."""
    office = site.app.config["OFFICE"]
    keys = [*office.keys.keys.items(), ("pepper", office.keys.pepper)]
    monkeypatch.setenv("DISPOSISI_HOME", str(office.home))
    monkeypatch.setenv("DISPOSISI_DATABASE", office.database)
    monkeypatch.setenv("DISPOSISI_SECRET_KEY", "s" * 43)
    monkeypatch.setenv("DISPOSISI_DATA_KEYS", ",".join(f"{n}:{urlsafe_b64encode(k).decode()}" for n, k in keys))
    office.home.mkdir(exist_ok=True)
    return Path(office.home)


def imports(capsys: pytest.CaptureFixture[str], home: Path, body: bytes, *options: str) -> dict[str, object]:
    file = home / "daftar"
    file.write_bytes(body)
    code = main(["case", "import", str(file), "--json", *options])
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told | {"code": code}


DATES = [
    ("31/12/2024 08.15.00", "2024-12-31 08:15"),
    ("2024-12-31T01:15:00Z", "2024-12-31 08:15"),
    ("2024/12/31 8:15:00 PM GMT+7", "2024-12-31 20:15"),
    ("31 Desember 2024 pukul 08.15 WIB", "2024-12-31 08:15"),
    ("2024-12-31", "2024-12-31 00:00"),
    (45657.34375, "2024-12-31 08:15"),
]


@pytest.mark.parametrize(("written", "meant"), DATES)
def test_dates_are_read_as_spreadsheets_write_them(written: object, meant: str) -> None:
    zone = ZoneInfo("Asia/Jakarta")
    found = moments.read(written, zone)  # type: ignore[arg-type]
    assert found is not None
    assert datetime.fromtimestamp(found / 1000, zone).strftime("%Y-%m-%d %H:%M") == meant


def test_the_console_checks_without_importing_then_imports_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        [" cap_WAKTU", "nama lengkap", "E-mail", "URAIAN", "Cuaca"],
        [GOOD[0], "Joko", "", "Lampu padam lagi.", "x"],
    ]
    body = as_csv(rows, ";", "utf-8-sig")
    first = imports(capsys, here, body, "--dry-run")
    assert (first["good"], first["done"], first["unknown_columns"], first["code"]) == (1, 0, ["Cuaca"], 0)
    assert imports(capsys, here, body)["done"] == 1
    again = imports(capsys, here, body)
    assert (again["done"], again["known"], again["code"]) == (0, 1, 0)


def test_rows_are_told_by_number_and_column(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wide = [*GOOD, *["x"] * 40]
    future = ["31/12/2099 08.00", *GOOD[1:]]
    told = imports(capsys, here, as_csv([HEADERS, GOOD, wide, future, [*GOOD[:2], "tiada", *GOOD[3:]]]))
    assert told["code"] == 1 and told["done"] == 1 and told["bad"] == 3
    messages = [flaw["message"] for flaw in told["flaws"]]  # type: ignore[attr-defined]
    assert "46, seharusnya 6" in messages[0] and messages[0].startswith("Baris 3:")
    assert messages[1].startswith("Baris 4, kolom Cap waktu: Waktu ini belum terjadi.")
    assert messages[2].startswith("Baris 5, kolom No. WA: Ini bukan nomor telepon.")


def test_an_xlsx_with_serial_dates_numbers_and_formulas(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [HEADERS, [45657.34375, "Joko", 81234567890, "", '=HYPERLINK("http://x","y")', ""]]
    assert imports(capsys, here, as_xlsx(rows))["done"] == 1
    with connect.connection():
        assert sql.value("SELECT number FROM case_file") == "0001/SIAPMAS/2024"


def test_windows_letters_and_american_dates_are_understood(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [HEADERS, ["12/31/2024 8:15:00", "José", "", "", "Kafé di trotoar.", ""], ["1/2/2025 8:15:00", *GOOD[1:]]]
    assert imports(capsys, here, as_csv(rows, encoding="cp1252"))["done"] == 2
    with connect.connection():
        assert sql.value("SELECT COUNT(*) FROM case_file WHERE number LIKE '%/2025'") == 1


def test_wrong_use_is_one_clear_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "d.csv").write_bytes(as_csv([HEADERS, GOOD]))
    for options, words in [
        (["--map", "kronologi"], "tulislah ISIAN=JUDUL"),
        (["--process", "tiada"], "Tidak ada layanan"),
        (["--as", "tiada"], "Akun itu tidak ada"),
    ]:
        assert main(["case", "import", str(here / "d.csv"), *options]) == 2
        assert words in capsys.readouterr().err
    (here / "d.csv").write_bytes(b"Cap waktu,Nama,Kronologi\n" + b"a,b,c\n" * 1_000_000)
    assert main(["case", "import", str(here / "d.csv")]) == 1
    assert "lebih dari 100.000 baris" in capsys.readouterr().err
    (here / "d.csv").write_bytes(as_csv([HEADERS, GOOD]))
    assert main(["case", "import", str(here / "tiada.csv")]) == 2
    assert "tidak dapat dibaca" in capsys.readouterr().err
    assert main(["case", "import", str(here / "d.csv"), "--map", "nama=Tiada"]) == 1
    assert re.search("Tidak ada kolom berjudul “Tiada”", capsys.readouterr().err)
