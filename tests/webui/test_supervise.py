"""The worker beside the server: ended with its guard, and with a parent that was killed."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHILD = (
    "import os, time; from webui.supervise import die_with_parent\n"
    "die_with_parent(os.getppid()); print('ready', flush=True); time.sleep(60)\n"
)
PARENT = (
    "import subprocess, sys, time\n"
    f"child = subprocess.Popen([sys.executable, '-c', {CHILD!r}], stdout=subprocess.PIPE)\n"
    "child.stdout.readline(); print(child.pid, flush=True); time.sleep(60)\n"
)


def gone(pid: int, patience: float = 30.0) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
    return False


def test_a_killed_parent_takes_its_worker_along() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    assert gone(child)


def test_a_worker_whose_parent_is_already_gone_does_not_begin() -> None:
    code = "from webui.supervise import die_with_parent; die_with_parent(1 << 22); print('ran')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
