"""The worker's guard beside a server that forks: starting a worker never waits for somebody else's child."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FORKS_WHILE_GUARDING = """
import os, signal, sys, threading, time
from webui import supervise

sys.executable = "/bin/true"  # a worker that ends at once: the guard starts the next
children = []

def fork_on() -> None:
    while len(children) < 400:
        child = os.fork()
        if not child:
            time.sleep(60)
            os._exit(0)
        children.append(child)
        time.sleep(0.001)

forking = threading.Thread(target=fork_on)
forking.start()
for _ in range(60):
    guard = supervise.Guard()
    starting = threading.Thread(target=guard._spawn, daemon=True)
    starting.start()
    starting.join(30)
    if starting.is_alive():
        print("the guard hangs")
        break
forking.join()
for child in children:
    os.kill(child, signal.SIGKILL)
os._exit(0)
"""


def test_starting_a_worker_while_the_server_forks_does_not_hang() -> None:
    command = [sys.executable, "-W", "ignore", "-c", FORKS_WHILE_GUARDING]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.stdout, done.stderr) == ("", "")
