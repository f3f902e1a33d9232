"""A worker killed in the middle of a job on PostgreSQL: the next one finds it undone, and does it once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from agreement import disagreements
from databases import opened, postgresql
from office import Office

from db import sql
from engine import journal
from engine.errands import LEASE_MS

DIES = """
import os, signal, sys
from db import connect
from engine import jobs, store, vault
from engine.vault import Keyring

url, step, now, letters = sys.argv[1:]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def posts(call):
    with open(letters, "a") as box:
        print(call.name, call.message, file=box)
    return die() if step == "posted" else {"by": "email"}

def written(held, write=store.write):
    write(held)
    die()

if step == "written":
    store.write = written
vault.use(Keyring({"k1": b"1" * 32}, "k1", b"p" * 32))
connect.configure(url)
with connect.connection():
    jobs.run_due(int(now), dict.fromkeys(("balas_pelapor", "kabari_pelapor", "surel"), posts))
"""


@pytest.fixture
def url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    with postgresql(postgresql_server, postgresql_template) as found, opened(found):
        yield found


def test_a_worker_killed_with_a_letter_in_hand_or_in_mid_transaction_leaves_it_to_the_next(
    url: str, tmp_path: Path
) -> None:
    office, box = Office(), tmp_path / "letters"
    case = office.report()
    office.sekar.registers(case, hasil_verifikasi="tidak_lengkap", yang_kurang="Sebutkan nama desanya.")
    before = _standing(case)
    for step in ("posted", "written"):
        command = [sys.executable, "-c", DIES, url, step, str(office.now), str(box)]
        died = subprocess.run(command, check=False, capture_output=True, text=True)
        assert died.returncode == -9, died.stderr
        assert _standing(case) == before, "nothing of it is there"
        office.now += LEASE_MS + 1
    office.works_off_jobs()
    sent = "SELECT COUNT(*) FROM journal WHERE case_file = ? AND kind = 'sent'"
    assert sql.value(sent, (case,)) == 1
    (call,) = office.outbox.calls
    assert set(box.read_text().splitlines()) == {f"{call.name} {call.message}"}, "again under the same name"
    assert (disagreements(), journal.verify()) == ([], [])


def test_nobody_waits_for_ever_for_a_row_that_a_lost_worker_holds(url: str) -> None:
    assert [sql.value(f"SHOW {name}") for name in ("lock_timeout", "idle_in_transaction_session_timeout")] == [
        "15s",
        "5min",
    ]


def _standing(case: int) -> object:
    text = (
        "SELECT w.revision, (SELECT MAX(seq) FROM journal WHERE case_file = ?) FROM workflow w WHERE case_file_id = ?"
    )
    return sql.row(text, (case, case)), sql.rows("SELECT state FROM job WHERE case_file_id = ? ORDER BY id", (case,))
