"""The public pages over what bench_published filled, by the real application: milliseconds, and memory of a stream."""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from http_office import application
from office import RING

from db import connect
from engine import vault

ROUNDS = 15
PAGES = {
    "front": "/",
    "list": "/aduan",
    "list_deep": "/aduan?sesudah={middle}",
    "answered_deep": "/aduan?urut=baru-dijawab&sesudah={then}-{middle}",
    "late_of_a_unit_and_year": "/aduan?skpd=dkp&keadaan=telat&tahun=2024",
    "closed": "/aduan?keadaan=ditutup",
    "words": "/aduan?cari=lampu+jalan",
    "rare_word_deep": "/aduan?cari=kata77&sesudah={middle}",
    "json": "/aduan.json",
    "rss": "/aduan.rss",
    "one": "/aduan/p{middle}",
    "open_data": "/aduan/data",
    "figures_of_a_year": "/aduan/statistik?tahun=2024",
}
STREAM = "/aduan.csv"


def measured(url: str, now: int, wanted: int) -> dict[str, Any]:
    """Of each page the first, the best and the median; what streaming all of it takes; memory at the end."""
    vault.use(RING)
    clock = type("Clock", (), {"now": now})()
    told = {"middle": wanted // 2, "then": now - 2 * 365 * 86_400_000}
    with tempfile.TemporaryDirectory() as home:
        client = application(url, clock, Path(home)).test_client()
        pages = {name: _page(client, address.format(**told)) for name, address in PAGES.items()}
        return {"pages_ms": pages, "csv": _stream(client), "rss_mb": _rss()}


def _page(client: Any, address: str) -> dict[str, float]:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = client.get(address, buffered=True)
        took.append(round((time.perf_counter() - began) * 1000, 1))
        connect.open_()
        assert answer.status_code == 200, (address, answer.status)
    return {"first": took[0], "best": min(took), "p50": sorted(took)[ROUNDS // 2]}


def _stream(client: Any) -> dict[str, float]:
    before, began, rows, most = _rss(), time.perf_counter(), 0, 0.0
    answer = client.get(STREAM)
    for chunk in answer.iter_encoded():
        rows += chunk.count(b"\n")
        most = max(most, _rss())
    answer.close()
    connect.open_()
    return {"lines": rows, "s": round(time.perf_counter() - began, 1), "more_rss_mb": round(most - before, 1)}


def _rss() -> float:
    return round(int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)
