"""`disposisi sheet` as it is called: on a real installation, papers into files, plain sentences where it cannot."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from citizen import Site
from paperwork import goes_on, troubled, words

from db import sql
from webui import cli

BASE = "https://kantor.example.go.id"


@pytest.fixture
def number(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case that went to two committees, in the installation that the environment names."""
    with site.asked() as office:
        case = troubled(office)
        goes_on(office, case)
        found = str(sql.value("SELECT number FROM case_file WHERE id = ?", (case,)))
    office_settings = site.app.config["OFFICE"]
    ring = office_settings.keys
    keys = {**ring.keys, "pepper": ring.pepper}
    monkeypatch.setenv("DISPOSISI_HOME", str(office_settings.home))
    monkeypatch.setenv("DISPOSISI_DATABASE", office_settings.database)
    monkeypatch.setenv("DISPOSISI_SECRET_KEY", office_settings.secret_key)
    monkeypatch.setenv("DISPOSISI_DATA_KEYS", ",".join(f"{k}:{urlsafe_b64encode(v).decode()}" for k, v in keys.items()))
    monkeypatch.setenv("DISPOSISI_BASE_URL", BASE)
    return found


def sheet(tmp_path: Path, *arguments: str) -> tuple[int, Path]:
    target = tmp_path / "kertas.pdf"
    return cli.main(["sheet", *arguments, "-o", str(target)]), target


@pytest.mark.parametrize("kind", ["lembar-disposisi", "kartu-kendali", "surat-balasan", "receipt"])
def test_a_paper_of_a_case_is_written_to_a_file(number: str, tmp_path: Path, kind: str) -> None:
    code, target = sheet(tmp_path, kind, number)
    assert code == 0
    assert number in words(target.read_bytes())


def test_a_paper_from_the_terminal_is_the_one_from_the_browser_and_is_noted(
    number: str, tmp_path: Path, site: Site
) -> None:
    first, second = (
        sheet(tmp_path, "lembar-disposisi", number)[1].read_bytes(),
        sheet(tmp_path, "lembar-disposisi", number)[1].read_bytes(),
    )
    assert first == second
    with site.asked():
        assert sql.rows("SELECT what, detail, account FROM access_log") == [("printed", "lembar-disposisi", None)] * 2


def test_a_report_of_a_committee_needs_its_unit(
    number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sheet(tmp_path, "tindak-lanjut", number, "--unit", "komisi_3")[0] == 0
    (tmp_path / "kertas.pdf").unlink()
    code, target = sheet(tmp_path, "tindak-lanjut", number)
    assert (code, target.exists()) == (1, False)
    assert "--unit" in capsys.readouterr().err


def test_a_book_is_printed_by_code_and_year(number: str, tmp_path: Path) -> None:
    code, target = sheet(tmp_path, "buku-agenda", "--book", "setwan", "--year", "2026")
    assert code == 0
    assert "BUKU AGENDA SURAT MASUK SEKRETARIAT DPRD TAHUN 2026" in words(target.read_bytes())
    assert "Akar Merkle" in words(target.read_bytes())


def test_the_poster_needs_no_number(number: str, tmp_path: Path) -> None:
    code, target = sheet(tmp_path, "poster")
    assert code == 0
    assert f"{BASE}/lapor/siapmas" in words(target.read_bytes())


def test_facts_come_as_json_where_asked(number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, target = sheet(tmp_path, "poster", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "file": str(target),
        "kind": "poster",
        "bytes": target.stat().st_size,
    }


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["rekap"], 2, "memerlukan nomor"),
        (["kitab"], 2, "tidak dikenal; pilih salah satu: lembar-disposisi"),
        (["lembar-disposisi"], 2, "memerlukan nomor laporan"),
        (["buku-agenda", "--book", "setwan"], 2, "--year"),
        (["lembar-disposisi", "9999/SIAPMAS/2026"], 1, "Tidak ada laporan bernomor 9999/SIAPMAS/2026."),
        (["buku-agenda", "--book", "kas", "--year", "2026"], 1, "Tidak ada buku kas"),
        (["poster", "--organisation", "kota"], 1, "Tidak ada instansi kota."),
    ],
)
def test_what_cannot_be_printed_is_said_in_one_sentence(
    number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, sentence: str
) -> None:
    got, target = sheet(tmp_path, *arguments)
    said = capsys.readouterr().err
    assert (got, target.exists()) == (code, False)
    assert sentence in said
    assert said.count("\n") == 1


def test_a_place_that_cannot_be_written_is_said_plainly(
    number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["sheet", "poster", "-o", str(tmp_path / "tidak" / "ada.pdf")]) == 2
    assert "tidak dapat ditulis" in capsys.readouterr().err
