"""A backup is taken while people work, then everything is killed: another folder goes on with nothing missing."""

import hashlib
import json
import shutil
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

import psutil
import served
from agreement import disagreements
from citizen import photo
from databases import opened
from visitor import Gone, Reporter, Staff

from db import sql
from engine import journal, vault
from webui.cli.demo import PASSWORD
from webui.config import Config

PATIENCE = 60.0


class Acts:
    """What people were told is done."""

    def __init__(self) -> None:
        self.tasks: list[int] = []
        self.numbers: list[str] = []
        self._told = threading.Condition()

    def tells(self, kept: list[int] | list[str], what: int | str) -> None:
        with self._told:
            kept.append(what)  # type: ignore[arg-type]  # each list keeps its own kind
            self._told.notify_all()

    def wait_for(self, acts: int) -> None:
        with self._told:
            assert self._told.wait_for(lambda: len(self.tasks) + len(self.numbers) >= acts, PATIENCE)


def works(staff: Staff, acts: Acts, home_time: threading.Event) -> None:
    while not home_time.wait(0.05):
        with suppress(Gone):
            for task in staff.desk()[:1]:
                if staff.done(task, staff.does(task)):
                    acts.tells(acts.tasks, task)


def reports(where: Callable[[], str], acts: Acts, home_time: threading.Event) -> None:
    for number in count(1):
        if home_time.wait(0.05):
            return
        with suppress(Gone):
            citizen = Reporter(where)
            citizen.writes(f"Penanda {number}")
            acts.tells(acts.numbers, citizen.sends())


def disposisi(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(served.DISPOSISI), *map(str, arguments)]
    return subprocess.run(
        command, env=served.environment(home), capture_output=True, text=True, timeout=300, check=False
    )


def with_a_photo(home: Path) -> str:
    """A case of the demo gets a photo; gives its hash."""
    body = photo()
    digest = hashlib.sha256(body).hexdigest()
    path = home / "files" / "kept" / digest[:2] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    with opened(f"sqlite:///{home / 'disposisi.db'}"):
        kept = {"kind": "photo", "media_type": "image/jpeg", "size": len(body), "received_hash": digest}
        facts = {"state": "clean", "reason": "", "source": "pelapor", "draft": "", "at_ms": 0, "content_hash": digest}
        sql.insert("attachment", case_file_id=1, name="jalan.jpg", **kept, **facts)
    return digest


def test_a_backup_taken_in_mid_work_goes_on_elsewhere_with_nothing_missing(demo_home: Path, tmp_path: Path) -> None:
    home, elsewhere, acts, home_time = tmp_path / "home", tmp_path / "elsewhere", Acts(), threading.Event()
    shutil.copytree(demo_home, home)
    digest = with_a_photo(home)
    backup = tmp_path / "kantor.cadangan"
    with served.running(home) as running:
        where = lambda: running.url  # noqa: E731 - the one address of this test
        people = [threading.Thread(target=reports, args=(where, acts, home_time), daemon=True)]
        for name in ("sekar", "wulan", "hadi"):
            staff = Staff(where).signs_in(name, PASSWORD)
            people.append(threading.Thread(target=works, args=(staff, acts, home_time), daemon=True))
        for person in people:
            person.start()
        acts.wait_for(6)
        promised = set(acts.tasks), set(acts.numbers)
        made = disposisi(home, "backup", "-o", backup, "--json")
        assert made.returncode == 0, made.stderr
        acts.wait_for(len(acts.tasks) + len(acts.numbers) + 2)  # the office was not stopped by it
        server = psutil.Process(running.process.pid)
        for process in [*server.children(recursive=True), server]:
            process.kill()
        home_time.set()
        for person in people:
            person.join(PATIENCE)
    passphrase = home / "keys" / "sandi-cadangan"
    done = disposisi(home, "restore", backup, "--home", elsewhere, "--passphrase-file", passphrase, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    facts = json.loads(done.stdout)
    assert (facts["healthy"], facts["journal"], facts["files"]) == (True, True, 1)
    _is_all_there(elsewhere, *promised)
    with served.running(elsewhere) as running:
        sekar = Staff(lambda: running.url).signs_in("sekar", PASSWORD)
        assert sekar.get("/tugas").status == 200
        assert sekar.get("/kasus/1/berkas/1").status == 200
    assert hashlib.sha256((elsewhere / "files" / "kept" / digest[:2] / digest).read_bytes()).hexdigest() == digest


def _is_all_there(home: Path, tasks: set[int], numbers: set[str]) -> None:
    vault.use(Config.from_env(served.environment(home)).keys)
    with opened(f"sqlite:///{home / 'disposisi.db'}"):
        assert sql.value("PRAGMA integrity_check") == "ok"
        assert sql.rows("PRAGMA foreign_key_check") == []
        assert disagreements() == []
        assert journal.verify() == []
        assert tasks <= {row[0] for row in sql.rows("SELECT id FROM task WHERE state = 'done'")}
        assert numbers <= {row[0] for row in sql.rows("SELECT number FROM case_file")}
        assert sql.value("SELECT COUNT(*) FROM login_session") == 0
        for case, told in sql.rows("SELECT case_file_id, sealed FROM narrative"):
            assert vault.unseal(told, f"narrative:{case}")["chronology"]
