"""`disposisi rotate-keys` on a demonstration that is being served: killed in the middle, called again, finished."""

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import served

from db import connect, sql
from engine import sealed
from engine.backups import making, restoring
from webui import keyfile
from webui.cli.keys import RETIRE_MS
from webui.config import Config, backup_passphrase
from webui.shelves import source_of


def rotates(home: Path) -> dict[str, Any]:
    told = subprocess.run(
        [served.DISPOSISI, "rotate-keys", "--json"], env=served.environment(home), capture_output=True, check=True
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def is_killed_rotating(home: Path) -> None:
    """kill -9 as soon as the new key stands in its file."""
    running = subprocess.Popen([served.DISPOSISI, "rotate-keys"], env=served.environment(home))
    until = time.monotonic() + 60
    while "k2" not in (home / "keys" / "data").read_text() and time.monotonic() < until:
        pass
    running.send_signal(signal.SIGKILL)
    running.wait()


def test_a_rotation_killed_in_the_middle_goes_on_while_the_office_is_served(demo_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    config = Config.from_env(served.environment(home))
    connect.configure(config.database)
    keyfile.use(config)
    before = tmp_path / "before.cadangan"
    with connect.connection():
        making.make(before, source_of(config), backup_passphrase(home), now=1)
    with served.running(home) as running:
        is_killed_rotating(home)
        first = rotates(home)
        assert (first["added"], first["current"], first["broken"], first["left"]) == (False, "k2", [], [])
        assert first["kept"] == ["k1"]
        assert first["retire_after_ms"]
        with connect.connection():
            assert not list(sealed.still_under("k1"))
            number = sql.value("SELECT number FROM case_file ORDER BY id LIMIT 1")
        old = time.time() - RETIRE_MS / 1000 - 1
        os.utime(home / "keys" / "data", (old, old))
        assert rotates(home)["retired"] == ["k1"]
        assert "k1" not in (home / "keys" / "data").read_text()
        with urllib.request.urlopen(f"{running.url}/healthz") as answer:
            assert answer.status == 200
        assert number
    with connect.connection():
        kinds = [json.loads(row[0])["step"] for row in sql.rows("SELECT facts FROM journal WHERE kind = 'keys'")]
        after = tmp_path / "after.cadangan"
        making.make(after, source_of(config), backup_passphrase(home), now=2)
    assert kinds[0] == "begun" or "resealed" in kinds
    assert kinds[-1] == "retired"
    keys = [
        restoring.look(path, making.keys_of(path), backup_passphrase(home)).keys["data"] for path in (before, after)
    ]
    assert keys[0].startswith("k1:")
    assert keys[1].startswith("k2:")
    assert "k1:" not in keys[1]
    connect.dispose()
