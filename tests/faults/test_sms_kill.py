"""A worker killed between taking an SMS over and forgetting it at the gateway: nothing lost, no second case."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import databases
from kota import Kota
from texting import REPORT, cases

import engine.texting as rounds
from db import sql
from engine.commands import sms_out
from engine.sms.gateways import gateway

DIES = """
import os, signal, sys
from engine import texting, vault
from db import connect
from engine.sms.gateways.files import Files
from engine.vault import Keyring

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

way, step = sys.argv[2], sys.argv[3]
vault.use(Keyring({"k1": b"1" * 32}, "k1", b"p" * 32))
connect.configure(sys.argv[1])
steps = {"forget": (Files, "forget"), "read": (texting, "read"), "sent": (texting.sms_out, "came")}
setattr(*steps[step], die)
from engine.sms.gateways import gateway
with connect.connection():
    texting.go(gateway(way), lambda: int(sys.argv[4]), die)
"""


def test_a_worker_killed_at_any_step_loses_nothing_and_does_nothing_twice(
    tmp_path: Path, sqlite_template: Path
) -> None:
    url, spool = f"sqlite:///{tmp_path / 'office.db'}", tmp_path / "spool"
    shutil.copyfile(sqlite_template, tmp_path / "office.db")
    for folder in ("inbox", "outbox", "sent", "error"):
        (spool / folder).mkdir(parents=True)
    way = f"gammu-files://{spool}"
    with databases.opened(url):
        kota = Kota("2026-03-13 09.00")
    came = spool / "inbox/IN20260313_085900_00_+6281234567890_00.txt"
    came.write_text(REPORT)
    os.utime(came, (time.time() - 10, time.time() - 10))
    for step in ("forget", "read", "sent"):
        died = subprocess.run(
            [sys.executable, "-c", DIES, url, way, step, str(kota.now)], check=False, capture_output=True, text=True
        )
        assert died.returncode == -9, died.stderr
        assert came.exists() == (step == "forget")
    with databases.opened(url):
        kota.now += sms_out.HANDING_MS + 1  # a message of a worker that died is another's after a minute
        rounds.go(gateway(way), lambda: kota.now, _raise)
        assert len(cases()) == 1
        assert sql.rows("SELECT state FROM sms_in") == [("kasus",)]
        assert sql.rows("SELECT state FROM sms_out") == [("queued",)]
    assert len(list((spool / "outbox").iterdir())) == 1
    assert not came.exists()


def _raise(broken: Exception) -> None:
    raise broken
