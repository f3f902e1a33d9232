"""Why a case stands still, in the page's language: the engine writes its causes down as Indonesian sentences."""

import re
from collections.abc import Mapping

from webui.language import say

PLACE = re.compile(r"%\\\((\w+)\\\)s")
SENTENCES: Mapping[str, str] = {
    "no office of a unit": "tidak ada jabatan untuk %(roles)s di unit %(unit)s",
    "no office": "tidak ada jabatan untuk %(roles)s",
    "no duration": "batas waktu tanpa lamanya",
    "state": "keadaan kasus tidak terbaca: %(error)s",
    "no way out": "gagal (%(code)s), tanpa jalan keluar",
    "no part": "tidak berada dalam bagian yang dijalankan beberapa kali",
    "reload": "keadaan rusak, muat ulang",
    "nothing waits": "tidak ada yang ditunggu dan belum selesai",
    "no way on": "tidak ada syarat yang terpenuhi dan tidak ada jalan bawaan",
}
"""What engine.runtime and engine.offering raise ProcessBroken with, the nearer ones first."""


def _pattern(msgid: str) -> re.Pattern[str]:
    return re.compile(PLACE.sub(lambda place: f"(?P<{place[1]}>.+)", re.escape(msgid)))


PATTERNS = {msgid: _pattern(msgid) for msgid in SENTENCES.values()}


def told(cause: str) -> str:
    """The cause, translated where it is known; as it was written where it is not."""
    for msgid, pattern in PATTERNS.items():
        found = pattern.fullmatch(cause)
        if found:
            return say(msgid) % found.groupdict()
    return cause
