"""Keeps the worker running beside the web server: started again when it dies, gone when the server goes."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
LONGEST_PAUSE = 30.0
MOST_FILES = 1024
CALM = 60.0  # seconds a worker must live before its next death counts as the first


def die_with_parent(parent: int) -> None:
    """Asks Linux to end this process when its parent ends, however it ends; elsewhere `Guard.stop` does."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we could ask
        raise SystemExit(0)


class Guard:
    """One worker process, watched by a thread of ours; `stop` ends both."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="worker-guard", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, patience: float = 10.0) -> None:
        """Lets the worker finish the job in its hands, for `patience` seconds at most."""
        self._stopping.set()
        with self._lock:
            child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(patience)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def _watch(self) -> None:
        pause = 0.5
        while not self._stopping.is_set():
            born = time.monotonic()
            self._spawn()
            if self._child is not None:
                self._child.wait()
            pause = 0.5 if time.monotonic() - born > CALM else min(pause * 2, LONGEST_PAUSE)
            self._stopping.wait(pause)

    def _spawn(self) -> None:
        with self._lock:
            if not self._stopping.is_set():
                command = [sys.executable, "-m", "webui.supervise", str(os.getpid())]
                # Without close_fds this is posix_spawn. With it, Popen waits for a pipe to close that a web process
                # forked at the same moment holds open: the next death of the worker would go unnoticed.
                self._child = subprocess.Popen(command, close_fds=False)  # noqa: S603 - our own interpreter and module


def main(parent: int) -> None:
    """The child: the worker of this installation, for as long as `parent` lives."""
    die_with_parent(parent)
    os.closerange(3, MOST_FILES)  # the server's sockets are not ours
    from webui.config import Config
    from webui.rounds.worker import main as work

    work(Config.from_env())


if __name__ == "__main__":
    main(int(sys.argv[1]))
