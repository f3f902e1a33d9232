"""The demonstration with both governments: founded once by the command itself, whole, in order, every state in it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import served
from flask import Flask

import processes
from db import sql
from engine import journal
from engine.demo.city import CITY
from engine.demo.office import DPRD
from webui import clock
from webui.app import create_app
from webui.cli import main
from webui.cli.home import at_home
from webui.config import Config


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("whole") / "home"
    subprocess.run(
        [served.DISPOSISI, "init", "--demo"], env=served.environment(home), check=True, stdin=subprocess.DEVNULL
    )
    return home


@pytest.fixture
def there(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment pointing at it."""
    for name in [name for name in os.environ if name.startswith("DISPOSISI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DISPOSISI_HOME", str(home))
    return home


@pytest.fixture
def opened(there: Path) -> Iterator[Path]:
    """With a connection in hand."""
    with at_home():
        yield there


@pytest.fixture
def app(there: Path) -> Flask:
    return create_app(Config.from_env(), now=clock.real)


def every(column: str, table: str = "case_file") -> set[str]:
    return {str(found) for (found,) in sql.rows(f"SELECT DISTINCT {column} FROM {table}")}


def published(where: str) -> set[str]:
    return {str(title) for (title,) in sql.rows(f"SELECT title FROM publication WHERE {where}")}


def test_both_are_at_work_and_every_state_is_there(opened: Path) -> None:
    assert journal.verify() == []
    assert sql.value("SELECT COUNT(*) FROM incident") == 0
    assert sql.value("SELECT COUNT(*) FROM job WHERE state = 'failed'") == 0
    assert every("code", "organisation") == {DPRD, CITY}
    ends = {"selesai", "selesai_tanpa_tanggapan", "tidak_ditindaklanjuti", "diteruskan_ke_inspektorat", "dicabut"}
    assert every("outcome") >= ends
    assert every("channel") >= {"web", "sms", "loket", "whatsapp", "surat", "jadwal"}
    assert every("registry", "reporter") >= {"terdaftar", "tidak-cocok", "disangkal"}
    waits = {str(found) for (found,) in sql.rows("SELECT element FROM task WHERE state = 'open'")}
    by_offices = {"teruskan", "pilih_skpd", "telaah", "arahkan", "tindak_lanjuti", "beri_masukan", "input_balasan"}
    others = {"sunting_pengaduan", "sunting_balasan", "putuskan_tidak_ditindaklanjuti", "terima_pelimpahan"}
    assert waits >= by_offices | others | {"minta_keterangan", "tanggapan_pelapor", "terima", "disposisikan_ketua"}


def test_answers_came_in_time_with_other_units_and_late_and_each_is_told_so(opened: Path) -> None:
    assert "Antrean obat di rumah sakit sampai sore" in published("answered_ms >= late_ms")
    assert published("answered_ms < late_ms") >= {
        "Sampah menumpuk di Kelurahan Wates",
        "Jalan berlubang dan lampu lalu lintas mati di Miji",
        "Lampu jalan mati di Kelurahan Meri",
    }
    assert "Bantuan sembako belum diterima di Blooto" in published(f"answered_ms IS NULL AND late_ms < {clock.real()}")
    alone = "SELECT id FROM case_file WHERE subject = 'Izin usaha warung belum selesai' AND answered_ms IS NOT NULL"
    assert sql.value(f"SELECT COUNT(*) FROM ({alone}) x") == 1
    assert sql.value(f"SELECT COUNT(*) FROM publication WHERE case_file_id IN ({alone})") == 0, "to its reporter only"
    assert sql.value("SELECT COUNT(*) FROM publication_photo") == 2


def test_the_months_before_were_reported_on(opened: Path) -> None:
    (older, received), (latest, _) = sql.rows("SELECT month, received_ms FROM recap WHERE unit = '' ORDER BY month")[
        -2:
    ]
    assert received is not None and latest > older
    of = "SELECT COUNT(*) FROM recap WHERE unit <> '' AND month = ? AND sent_ms"
    assert sql.value(f"{of} IS NULL", (older,)) == 1, "one is missing"
    assert sql.value(f"{of} > due_ms", (older,)) == 1, "one came late"


def test_it_says_in_a_few_lines_who_signs_in(there: Path) -> None:
    said = (there / "demo.txt").read_text()
    assert len(said.splitlines()) < 50
    for words in ("sekar", "petugas.dkp", "petugas.KODE", "walikota", "auditor.kota", "PIN"):
        assert words in said
    assert main(["doctor"]) == 0


def test_a_process_that_one_of_them_runs_needs_no_name_of_an_organisation(there: Path, tmp_path: Path) -> None:
    assert main(["process", "sop", "siapmas", "-o", str(tmp_path / "sop.pdf")]) == 0
    assert main(["process", "show", "pengaduan", "--json"]) == 0
    assert main(["process", "diff", "siapmas@1", "siapmas"]) == 0
    drawn = [str(path) for path in Path(processes.__file__).parent.joinpath("siapmas").glob("*.bpmn")]
    assert main(["process", "publish", *drawn, "--as", "sekwan", "--letter", "SOP 9.3.3/10/416-050/2023"]) == 0


def test_both_stand_on_the_public_pages(app: Flask) -> None:
    with app.test_client() as visitor:
        first, complaints = visitor.get("/").text, visitor.get("/aduan").text
    assert "DPRD Kabupaten Mojokerto" in first and "Pemerintah Kota Mojokerto" in first
    assert "Truk sampah bocor di Gedongan" in complaints and 'href="/aduan"' in first
