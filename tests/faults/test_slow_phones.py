"""Twelve phones slowly upload 100 MB each; the desk hardly notices, and what breaks off leaves nothing behind."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

import served
from visitor import Staff

from webui.cli_demo import PASSWORD

PHONES, REQUESTS, TIMES = 12, 200, 1.5
PROGRAM = Path(__file__).parents[1] / "phones.py"


def test_the_desk_stays_quick_while_twelve_phones_upload(live_server: served.Running) -> None:
    desk = Staff(lambda: live_server.url).signs_in("sekar", PASSWORD)
    _times(desk, 40)  # templates, connections and caches are warm
    ratio = _measure(live_server, desk)
    if ratio > TIMES:  # another load on this machine may have come and gone in between: once more, and told
        print("measured again")
        ratio = _measure(live_server, desk)
    assert ratio <= TIMES
    _nothing_is_left(live_server.home / "files")


def _measure(server: served.Running, desk: Staff) -> float:
    """p95 of the desk with the phones over that without them, before and after, in the same run."""
    without = _times(desk, REQUESTS // 2)
    with _phones(server.url):
        busy = _times(desk, REQUESTS)
        received = sum(path.stat().st_size for path in (server.home / "files" / "quarantine").iterdir())
        assert len(list((server.home / "files" / "quarantine").iterdir())) == PHONES, "not all of them were uploading"
    without += _times(desk, REQUESTS // 2)
    ratio = _p95_of(busy) / _p95_of(without)
    print(
        f"\ndesk p95 without {_p95_of(without):.1f} ms, with {PHONES} phones {_p95_of(busy):.1f} ms"
        f" (ratio {ratio:.2f}); {received / 1e6:.0f} MB had come in"
    )
    return ratio


@contextmanager
def _phones(url: str) -> Iterator[None]:
    command = [sys.executable, str(PROGRAM), url, str(PHONES)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as phones:
        assert phones.stdout is not None and phones.stdin is not None
        assert phones.stdout.readline() == b"ready\n"
        yield
        phones.stdin.close()
        assert phones.wait(30) == 0


def _times(desk: Staff, count: int) -> list[float]:
    """How long the desk took each time, in ms."""
    taken = []
    for _ in range(count):
        begun = time.perf_counter()
        assert desk.get("/tugas").status == 200
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _p95_of(taken: list[float]) -> float:
    return quantiles(taken, n=20)[18]


def _nothing_is_left(files: Path) -> None:
    until = time.monotonic() + 30
    while left := [path for path in files.rglob("*") if path.is_file()]:
        assert time.monotonic() < until, left
        time.sleep(0.05)  # the server notices the cut lines by itself
