"""Twelve phones slowly upload 100 MB each; the desk is served meanwhile, and what breaks off leaves nothing behind.

How quick the desk stays beside them is what `make bench ONLY=phones` measures.
"""

import time
from pathlib import Path

import phones
import served
from visitor import Staff

from webui.cli.demo import PASSWORD

PHONES, REQUESTS = 12, 100  # more phones than the server has threads in any of its processes


def test_the_desk_is_served_while_twelve_phones_upload(live_server: served.Running) -> None:
    desk = Staff(lambda: live_server.url).signs_in("sekar", PASSWORD)
    coming = live_server.home / "files" / "quarantine"
    with phones.uploading(live_server.url, PHONES):
        assert {desk.get("/tugas").status for _ in range(REQUESTS)} == {200}
        assert len(list(coming.iterdir())) == PHONES, "not all of them were still uploading"
    _nothing_is_left(live_server.home / "files")


def _nothing_is_left(files: Path) -> None:
    until = time.monotonic() + 60
    while left := [path for path in files.rglob("*") if path.is_file()]:
        assert time.monotonic() < until, left
        time.sleep(0.05)  # the server notices the cut lines by itself
