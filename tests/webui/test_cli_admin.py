"""`disposisi calendar | journal | process | doctor` as they are called, on a real installation of either kind."""

import json
import shutil
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import siapmas_days as day
from citizen import Site

from db import connect, sql
from engine.clocks import calendars
from webui import cli, clock
from webui.cli import doctor

SHIPPED = Path(__file__).parents[2] / "processes" / "siapmas"


class Terminal:
    """Someone at the terminal of this installation."""

    def __init__(self, site: Site, screen: pytest.CaptureFixture[str]) -> None:
        self.site, self.screen = site, screen
        self.out = self.err = ""

    def types(self, *arguments: str) -> int:
        connect.dispose()  # a command opens the installation by itself
        self.screen.readouterr()
        code = cli.main(list(arguments))
        self.out, self.err = self.screen.readouterr()
        return code

    def facts(self, *arguments: str) -> Any:
        """What `--json` prints."""
        self.types(*arguments, "--json")
        return json.loads(self.out)


def seated(site: Site, monkeypatch: pytest.MonkeyPatch, screen: pytest.CaptureFixture[str]) -> Iterator[Terminal]:
    """At the terminal of the installation that the environment names."""
    office = site.app.config["OFFICE"]
    keys = {**office.keys.keys, "pepper": office.keys.pepper}
    office.home.mkdir(exist_ok=True)
    monkeypatch.setenv("DISPOSISI_HOME", str(office.home))
    monkeypatch.setenv("DISPOSISI_DATABASE", office.database)
    monkeypatch.setenv("DISPOSISI_SECRET_KEY", office.secret_key)
    monkeypatch.setenv("DISPOSISI_DATA_KEYS", ",".join(f"{k}:{urlsafe_b64encode(v).decode()}" for k, v in keys.items()))
    monkeypatch.setattr(doctor, "RESERVE_BYTES", 1)
    monkeypatch.setattr(clock, "real", lambda: site.office.now)
    yield Terminal(site, screen)
    connect.dispose()


@pytest.fixture
def terminal(site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Terminal]:
    yield from seated(site, monkeypatch, capsys)


@pytest.fixture
def any_terminal(
    any_site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Terminal]:
    """The same, once on SQLite and once on PostgreSQL."""
    yield from seated(any_site, monkeypatch, capsys)


def waiting_case(terminal: Terminal) -> int:
    """A report that waits for the Kabag since Friday afternoon."""
    with terminal.site.asked() as office:
        found = office.at("2026-11-27 16.25").report()
        day.to_kabag(office, found)
        office.hadi.opens(found, "teliti_kabag")
        return found


# --- calendar ---


def test_what_is_exported_is_imported_without_a_change(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "kalender.json"
    assert terminal.types("calendar", "export", "-o", str(file)) == 0
    assert json.loads(file.read_text()) == calendars.default_json()
    assert terminal.types("calendar", "import", str(file)) == 0
    assert "tidak ada yang berubah" in terminal.out
    assert terminal.types("calendar", "export") == 0
    assert json.loads(terminal.out) == calendars.default_json()


def test_a_new_day_off_moves_open_deadlines_and_is_shown(any_terminal: Terminal, tmp_path: Path) -> None:
    waiting_case(any_terminal)
    body = calendars.default_json()
    body["holidays"].append({"date": "2026-11-30", "name": "Libur Pilkades", "source": "SE Bupati 9/2026"})
    file = tmp_path / "kalender.json"
    file.write_text(json.dumps(body))
    assert any_terminal.facts("calendar", "import", str(file)) == {"changed": True, "tasks": 1, "timers": 0, "cases": 0}
    assert any_terminal.types("calendar", "show", "--year", "2026") == 0
    assert "Senin, 30 November 2026  Libur Pilkades" in any_terminal.out
    assert "Jumat   07.30–11.30, 13.00–16.30" in any_terminal.out
    assert any_terminal.types("journal", "verify") == 0
    with any_terminal.site.asked():
        kinds = [found[0] for found in sql.rows("SELECT kind FROM journal WHERE kind IN ('calendar', 'recounted')")]
    assert kinds == ["calendar", "calendar", "recounted"]


def test_a_units_calendar_is_its_own(terminal: Terminal, tmp_path: Path) -> None:
    body = calendars.default_json() | {"holidays": ["2026-12-01"]}
    file = tmp_path / "kalender.json"
    file.write_text(json.dumps(body))
    assert terminal.types("calendar", "import", str(file), "--unit", "komisi_1") == 0
    assert terminal.facts("calendar", "show", "--unit", "komisi_1")["holidays"] == ["2026-12-01"]
    assert terminal.facts("calendar", "show")["holidays"] == calendars.default_json()["holidays"]


def test_every_problem_of_a_calendar_is_told_at_once(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "kalender.json"
    file.write_text('{"timezone": "Mars/Olympus", "week": {"mon": [["16:00", "08:00"]]}, "holidays": ["kemarin"]}')
    assert terminal.types("calendar", "import", str(file)) == 1
    assert len(terminal.err.strip().splitlines()) >= 4
    file.write_text("{")
    assert terminal.types("calendar", "import", str(file)) == 1
    assert "bukan JSON: baris 1" in terminal.err
    file.write_text("[]")
    assert terminal.types("calendar", "import", str(file)) == 1


def test_what_is_not_there_is_said(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.types("calendar", "import", str(tmp_path / "tidak-ada.json")) == 2
    assert terminal.types("calendar", "show", "--unit", "lain") == 1
    assert terminal.types("calendar", "show", "--organisation", "lain") == 2
    assert "dprd_kab_mojokerto" in terminal.err
    assert terminal.types("calendar", "export", "-o", str(tmp_path / "tidak" / "ada.json")) == 2


# --- journal ---


def test_a_deleted_entry_is_found(terminal: Terminal) -> None:
    case = waiting_case(terminal)
    assert terminal.facts("journal", "verify") == {"whole": True, "faults": []}
    with terminal.site.asked():
        sql.execute("DELETE FROM journal WHERE chain = ? AND seq = 2", (f"case:{case}",))
    assert terminal.types("journal", "verify") == 1
    assert "TIDAK utuh" in terminal.out
    assert terminal.facts("journal", "verify")["faults"] == [{"chain": f"case:{case}", "seq": 3, "what": "missing"}]


# --- process ---


def test_processes_are_listed_with_their_releases(terminal: Terminal) -> None:
    waiting_case(terminal)
    [process] = terminal.facts("process", "list")["processes"]
    assert process["id"] == "siapmas"
    assert process["organisation"] == "dprd_kab_mojokerto"
    [release] = process["releases"]
    assert (release["version"], release["running"], release["cases"]) == (1, 1, 1)
    assert release["letter"] == "SOP 9.3.3/10/416-050/2023"
    assert terminal.types("process", "list") == 0
    assert "siapmas" in terminal.out
    assert terminal.types("process", "list", "--organisation", "lain") == 1


def test_a_process_is_shown_with_its_steps(terminal: Terminal) -> None:
    shown = terminal.facts("process", "show", "siapmas")
    limits = {step["element"]: (step["row"], step["limit"], step["clock"]) for step in shown["steps"]}
    assert limits["terima"] == (1, "PT10M", "jam-kerja")
    assert limits["tindak_lanjuti"] == (8, "PT2H", "jam-kerja")
    assert "jawab_pelapor.bpmn" in shown["files"]
    assert terminal.types("process", "show", "siapmas") == 0
    assert terminal.types("process", "show", "lain") == 1
    assert terminal.types("process", "show", "siapmas", "--version", "9") == 1


@pytest.fixture
def drawings(tmp_path: Path) -> list[str]:
    """A copy of the diagrams that ship, ready to be changed."""
    return [str(shutil.copy(file, tmp_path / file.name)) for file in sorted(SHIPPED.glob("*.bpmn"))]


def changed(drawings: list[str], old: str, new: str) -> None:
    [file] = [Path(name) for name in drawings if name.endswith("/siapmas.bpmn")]
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


PUBLISH = ("--as", "sekwan", "--letter", "SOP 10/2026")


def test_the_same_content_is_no_new_release(terminal: Terminal, drawings: list[str]) -> None:
    assert terminal.facts("process", "publish", *drawings, *PUBLISH) == {
        "process": "siapmas",
        "version": 1,
        "new": False,
    }


def test_a_release_is_put_in_force_as_an_office_and_running_cases_keep_theirs(
    any_terminal: Terminal, drawings: list[str]
) -> None:
    waiting_case(any_terminal)
    changed(drawings, 'name="sop.waktu" value="PT10M"', 'name="sop.waktu" value="PT15M"')
    assert any_terminal.types("process", "publish", *drawings, *PUBLISH) == 0
    assert "siapmas terbitan 2 berlaku" in any_terminal.out
    [process] = any_terminal.facts("process", "list")["processes"]
    assert [(r["version"], r["running"], r["published_by"]) for r in process["releases"]] == [
        (2, 0, "Drs. Surya Wibawa, M.Si."),
        (1, 1, None),
    ]
    with any_terminal.site.asked() as office:
        sekwan = sql.value("SELECT id FROM office WHERE code = 'sekwan'")
        approved = sql.row("SELECT office, person, acting_as FROM journal WHERE kind = 'approved'")
        assert approved == (sekwan, office.surya.person, "definitif")
        office.sekar.opens(office.report("Yang baru"), "terima")
        assert sql.value("SELECT limit_text FROM task WHERE element = 'terima' ORDER BY id DESC LIMIT 1") == "PT15M"
    assert any_terminal.types("journal", "verify") == 0


def test_a_diagram_with_problems_is_not_put_in_force(terminal: Terminal, drawings: list[str]) -> None:
    changed(drawings, 'name="sop.waktu" value="PT10M"', 'name="sop.waktu" value="P1D"')
    assert terminal.types("process", "publish", *drawings, *PUBLISH) == 1
    assert "siapmas.bpmn" in terminal.err
    assert "salah: terima" in terminal.err
    problems = terminal.facts("process", "publish", *drawings, *PUBLISH)
    assert {"file", "element", "line", "level", "code", "message"} == set(problems[0])
    [process] = terminal.facts("process", "list")["processes"]
    assert len(process["releases"]) == 1


def test_only_an_office_with_a_holder_puts_in_force(terminal: Terminal, drawings: list[str]) -> None:
    changed(drawings, 'name="sop.waktu" value="PT10M"', 'name="sop.waktu" value="PT15M"')
    assert terminal.types("process", "publish", *drawings, "--as", "bupati", "--letter", "1") == 1
    assert "Jabatan 'bupati' tidak ada" in terminal.err
    with terminal.site.asked() as office:
        sql.execute("UPDATE holding SET until_ms = from_ms + 1 WHERE person_id = ?", (office.surya.person,))
    assert terminal.types("process", "publish", *drawings, *PUBLISH) == 1
    assert "sedang kosong" in terminal.err


def test_files_that_are_no_release_are_refused(terminal: Terminal, drawings: list[str], tmp_path: Path) -> None:
    assert terminal.types("process", "publish", str(tmp_path / "tidak-ada.bpmn"), *PUBLISH) == 2
    assert terminal.types("process", "publish", __file__, *PUBLISH) == 2
    latin = tmp_path / "latin.bpmn"
    latin.write_bytes(b"<\xe9/>")
    assert terminal.types("process", "publish", str(latin), *PUBLISH) == 1
    only_called = [name for name in drawings if "jawab" not in name]
    assert terminal.types("process", "publish", *only_called, *PUBLISH) == 1


# --- doctor ---


def test_a_sound_installation_is_told_so(any_terminal: Terminal) -> None:
    assert any_terminal.types("doctor") == 0
    assert "SALAH" not in any_terminal.out
    told = any_terminal.facts("doctor")
    assert told["healthy"] is True
    assert {finding["what"] for finding in told["findings"]} == {
        *("folder data", "ruang disk", "pengaturan", "kunci", "basis data", "pekerja", "surel", "cadangan", "jam"),
        *("jabatan", "hari libur", "jurnal", "insiden", "antrean"),
    }


def wrong(terminal: Terminal) -> dict[str, str]:
    """What the doctor found wrong, by what it looked at."""
    assert terminal.types("doctor") == 1
    return {f["what"]: f["words"] for f in terminal.facts("doctor")["findings"] if not f["fine"]}


def test_an_office_without_holder_is_named(any_terminal: Terminal) -> None:
    with any_terminal.site.asked() as office:
        sql.execute("UPDATE holding SET until_ms = from_ms + 1 WHERE person_id = ?", (office.wulan.person,))
    assert "Kepala Subbagian Tata Usaha" in wrong(any_terminal)["jabatan"]


def test_work_left_lying_points_to_the_worker(terminal: Terminal) -> None:
    with terminal.site.asked() as office:
        office.at("2025-04-07 08.00")
        office.sekar.registers(office.report(), hasil_verifikasi="tidak_lengkap", yang_kurang="Alamat.")
        office.at("2025-05-07 08.00")
    assert "disposisi worker" in wrong(terminal)["pekerja"]


def test_an_old_schema_and_an_absent_database_are_told_with_what_to_do(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISPOSISI_DATABASE", f"sqlite:///{tmp_path / 'baru.db'}")
    assert "disposisi migrate" in wrong(terminal)["skema"]
    monkeypatch.setenv("DISPOSISI_DATABASE", "postgresql://nobody@127.0.0.1:1/none")
    assert "DISPOSISI_DATABASE" in wrong(terminal)["basis data"]


def test_missing_keys_and_folder_are_told_with_what_to_do(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISPOSISI_SECRET_KEY", "")
    assert "disposisi init" in wrong(terminal)["pengaturan"]
    monkeypatch.setenv("DISPOSISI_HOME", str(tmp_path / "tidak-ada"))
    assert "disposisi init" in wrong(terminal)["folder data"]


def test_keys_that_others_can_read_are_named(terminal: Terminal) -> None:
    folder = terminal.site.app.config["OFFICE"].home / "keys"
    folder.mkdir()
    (folder / "data").write_text("k1:…")
    (folder / "data").chmod(0o644)
    assert "chmod 600" in wrong(terminal)["kunci"]


def test_a_full_disk_is_told(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "RESERVE_BYTES", 2**60)
    assert "bukti baru ditolak" in wrong(terminal)["ruang disk"]


@pytest.mark.parametrize("command", ["calendar", "journal", "process", "doctor"])
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    assert "--help" in capsys.readouterr().out
