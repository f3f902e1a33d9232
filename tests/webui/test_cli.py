"""The console script, as an administrator or a script meets it: what it prints and how it ends."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import served

from webui.cli import main, parser


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nothing was set up yet."""
    for name in list(os.environ):
        if name.startswith("DISPOSISI_"):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    monkeypatch.setenv("DISPOSISI_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, opened once."""
    home = tmp_path_factory.mktemp("cli") / "home"
    command = [sys.executable, "-m", "webui.cli", "init", "--demo", "dprd_kab_mojokerto"]
    subprocess.run(command, env=served.environment(home), check=True, stdin=subprocess.DEVNULL, cwd=served.ROOT)
    return home


@pytest.fixture
def demo(opened: Path, empty: Path) -> Path:
    """A copy of it, and the environment pointing there."""
    shutil.copytree(opened, empty)
    return empty


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_before_init_every_command_says_in_one_line_what_to_do(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["serve"], ["worker"], ["case", "list"], ["user", "list"]):
        assert main(command) == 2, command
        said = capsys.readouterr().err
        assert "disposisi init" in said
        assert said.count("\n") == 1


def test_a_wrong_setting_is_one_line_and_exit_2(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "delapan")
    assert main(["serve"]) == 2
    assert capsys.readouterr().err == "PORT: 'delapan' is not a port number\n"


def test_init_makes_an_installation_once_and_leaves_it_alone_afterwards(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"]) == 0
    first = capsys.readouterr().out
    assert "/masuk/sekali/" in first
    keys = (empty / "keys" / "data").read_text()
    assert main(["init"]) == 0
    assert "Sudah siap" in capsys.readouterr().out
    assert (empty / "keys" / "data").read_text() == keys
    assert oct((empty / "keys" / "data").stat().st_mode)[-3:] == "600"


def test_the_demo_has_cases_in_every_state_and_says_how_to_sign_in(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "sekar" in (demo / "demo.txt").read_text()
    assert main(["case", "list", "--json"]) == 0
    listed = told(capsys)
    cases = listed["cases"]
    assert isinstance(cases, list)
    assert {case["state"] for case in cases} >= {"berjalan", "selesai", "dicabut"}
    assert set(cases[0]) == {"number", "process", "state", "received", "due", "late"}
    assert listed["next"] is None


def test_a_list_of_cases_goes_on_where_it_stopped(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[str] = []
    after: object = 0
    while after is not None:
        assert main(["case", "list", "--json", "--limit", "4", "--after", str(after)]) == 0
        page = told(capsys)
        assert isinstance(page["cases"], list)
        seen += [case["number"] for case in page["cases"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) == 11


def test_one_case_is_shown_by_its_number_and_an_unknown_one_is_refused(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["case", "show", "0004/SIAPMAS/2026", "--json"]) in (0, 1)
    capsys.readouterr()
    assert main(["case", "list", "--json", "--limit", "1"]) == 0
    listed = told(capsys)["cases"]
    assert isinstance(listed, list)
    assert main(["case", "show", listed[0]["number"], "--json"]) == 0
    shown = told(capsys)
    assert isinstance(shown["tasks"], list)
    assert shown["tasks"][0]["element"] == "terima"
    assert main(["case", "show", "9999/SIAPMAS/1999"]) == 1


def test_a_new_account_can_sign_in_and_a_second_of_that_name_is_refused(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    adding = ["user", "add", "rahma", "--name", "Rahma Dewi", "--office", "staf_tu", "--power", "designer"]
    assert main(adding) == 0
    assert capsys.readouterr().out.startswith("rahma: ")
    assert main(adding) == 1
    capsys.readouterr()
    assert main(["user", "list", "--json"]) == 0
    users = told(capsys)["users"]
    assert isinstance(users, list)
    assert {"username": "rahma", "offices": "staf_tu (definitif)", "powers": "designer"}.items() <= users[-1].items()
    combined = [*adding[:2], "rini.audit", *adding[3:-1], "auditor"]
    assert main(combined) == 1
    assert "Auditor hanya membaca" in capsys.readouterr().err
    assert main(["user", "deactivate", "rahma"]) == 0
    assert main(["user", "deactivate", "tidak.ada"]) == 1
    assert main(["user", "deactivate", "admin"]) == 1
    assert "administrator aktif yang terakhir" in capsys.readouterr().err


def test_the_calendar_of_a_unit_counts_its_deadlines(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["deadline", "--from", "2026-04-10T16:25", "--limit", "PT10M", "--clock", "jam-kerja", "--unit", "komisi_1"]
    assert main(asked) == 0
    assert told(capsys) == {"due": "2026-04-13T07:35:00+07:00"}


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ([], ["serve"], ["worker"], ["init"], ["migrate"], ["case", "list"], ["user", "add"], ["process"]):
        with pytest.raises(SystemExit) as ended:
            parser().parse_args([*command, "--help"])
        assert ended.value.code == 0
        assert "usage: disposisi" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["tidak-ada"])
    assert ended.value.code == 2


def test_the_help_of_serve_names_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["serve", "--help"])
    said = capsys.readouterr().out
    for name in ("DISPOSISI_HOME", "DISPOSISI_QUEUE", "DISPOSISI_TRUSTED_PROXIES", "DISPOSISI_SMTP_URL", "PORT"):
        assert name in said


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """A real redis-server of its own, gone afterwards; gives its address once it answers."""
    port = served.free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                with socket.socket() as line:
                    if line.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)  # a server that starts cannot tell us otherwise
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


@pytest.mark.parametrize("queue", ["sqlite", "redis"])
def test_the_worker_does_what_waits_and_ends_when_told(demo: Path, tmp_path: Path, queue: str) -> None:
    """A job that is due is done by a real worker, nudged through either queue; SIGTERM ends it with 0."""
    with ExitStack() as around:
        more = {"DISPOSISI_QUEUE": around.enter_context(redis_server(tmp_path))} if queue == "redis" else {}
        _a_worker_works(demo, more)
    assert (demo / "queue.db").exists() is (queue == "sqlite")


def _a_worker_works(demo: Path, more: dict[str, str]) -> None:
    with sqlite3.connect(demo / "disposisi.db") as database:
        database.execute("UPDATE job SET state = 'waiting', due_ms = 0, lease_ms = 0 WHERE kind = 'timer'")
        (waiting,) = database.execute("SELECT COUNT(*) FROM job WHERE state = 'waiting'").fetchone()
    assert waiting
    process = subprocess.Popen(
        [sys.executable, "-m", "webui.cli", "worker"],
        env=served.environment(demo, **more),
        cwd=served.ROOT,
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 60
    try:
        while waiting and time.monotonic() < until:
            time.sleep(0.1)  # another process works; only its rows tell how far it is
            with sqlite3.connect(demo / "disposisi.db") as database:
                asked = "SELECT COUNT(*) FROM job WHERE state = 'waiting' AND kind = 'timer' AND due_ms = 0"
                (waiting,) = database.execute(asked).fetchone()
    finally:
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=60)[1].decode()
    assert not waiting, said
    assert process.returncode == 0, said


SIAPMAS = sorted(str(path) for path in Path("processes/siapmas").glob("*.bpmn"))


def test_the_check_knows_the_forms_that_ship(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["process", "check", *SIAPMAS]) == 0
    wrong = tmp_path / "siapmas.bpmn"
    drawn = Path("processes/siapmas/siapmas.bpmn").read_text()
    wrong.write_text(drawn.replace('camunda:formKey="siapmas-terima"', 'camunda:formKey="tidak-ada"'))
    assert main(["process", "check", str(wrong), "processes/siapmas/jawab_pelapor.bpmn", "--json"]) == 1
    assert "tidak-ada" in capsys.readouterr().out


def test_the_check_with_office_knows_roles_and_holders(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"]) == 0
    assert main(["process", "check", "--office", *SIAPMAS]) == 0
    assert "tanpa-pemegang" in capsys.readouterr().out, "an empty installation has offices and nobody in them"
    wrong = tmp_path / "siapmas.bpmn"
    wrong.write_text(Path("processes/siapmas/siapmas.bpmn").read_text().replace('id="kasubag_tu"', 'id="juru_tulis"'))
    assert main(["process", "check", "--office", str(wrong), "processes/siapmas/jawab_pelapor.bpmn"]) == 1
    assert "juru_tulis" in capsys.readouterr().out


def test_two_releases_are_compared_and_the_sop_document_is_drawn(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["process", "diff", "siapmas@1", "siapmas"]) == 0
    slower = tmp_path / "siapmas.bpmn"
    slower.write_text(Path("processes/siapmas/siapmas.bpmn").read_text().replace('value="PT10M"', 'value="PT15M"', 1))
    assert main(["process", "diff", "processes/siapmas/siapmas.bpmn", str(slower), "--json"]) == 1
    facts = [{"what": "sop.waktu", "before": "PT10M", "after": "PT15M"}]
    name = "Menerima Aspirasi/Pengaduan Masyarakat"
    change = {"kind": "changed", "what": "element", "id": "terima", "name": name, "facts": facts}
    assert told(capsys) == {"changes": [change]}
    assert main(["process", "diff", "siapmas@9", "siapmas"]) == 1
    assert "Tidak ada terbitan" in capsys.readouterr().err
    assert main(["process", "sop", "siapmas", "-o", str(tmp_path / "sop.pdf")]) == 0
    assert (tmp_path / "sop.pdf").read_bytes().startswith(b"%PDF-")
    assert main(["process", "sop", "lain", "-o", str(tmp_path / "lain.pdf")]) == 1


def test_a_port_in_use_is_one_sentence(
    demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert main(["serve"]) == 2
    said = capsys.readouterr().err
    assert said == f"127.0.0.1:{port} sudah dipakai program lain. Tutup program itu, atau pilih PORT lain.\n"


def test_books_of_a_year_are_printed_from_the_terminal(demo: Path, tmp_path: Path) -> None:
    for kind in ("buku-ekspedisi", "daftar-arsip"):
        assert main(["sheet", kind, "-o", str(tmp_path / "x.pdf")]) == 2
        assert main(["sheet", kind, "--year", "2026", "-o", str(tmp_path / f"{kind}.pdf")]) == 0
        assert (tmp_path / f"{kind}.pdf").read_bytes().startswith(b"%PDF-")


def test_another_organisation_comes_with_its_own_administrator(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kota = ["organisation", "add", "kota_mojokerto", "--name", "Pemerintah Kota Mojokerto", "--admin", "admin_kota"]
    assert main([*kota, "--json"]) == 0
    assert "/masuk/sekali/" in str(told(capsys)["link"])
    assert main(kota) == 1
    assert "Kode instansi ini sudah dipakai." in capsys.readouterr().err
    assert main(["organisation", "add", "Kota!", "--name", "Kota", "--admin", "lain"]) == 1
    assert main(["organisation", "list", "--json"]) == 0
    codes = [one["code"] for one in told(capsys)["organisations"]]  # type: ignore[attr-defined]  # JSON
    assert codes == ["dprd_kab_mojokerto", "kota_mojokerto"]
