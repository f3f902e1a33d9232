"""Desk, cases, search and audit as signed-in people meet them, in an office with years behind it.

`SIZE=large` is the office the goals speak of (2,000,000 closed and 100,000 open tasks, some minutes to make); the
default is a tenth. `BIG=FILE` keeps the SQLite office for the next run; PostgreSQL is DISPOSISI_TEST_DATABASE's server,
else one from PyPI.
"""

import json
import logging
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import big_office
import databases
from big_office import Size
from copies import NOW
from http_office import Browser, application
from office import RING, ms

from db import connect, sql
from engine import vault
from engine.commands import counting

SIZES = {"small": Size(20_000, 1_000), "normal": Size(200_000, 10_000), "large": Size(2_000_000, 100_000)}
ROUNDS, AUDIT_ROUNDS = 60, 20
PAGES = {
    "desk": "/tugas",
    "desk_late": "/tugas?bagian=terlambat",
    "desk_new_by_arrival": "/tugas?bagian=baru&urut=masuk",
    "desk_page_40": "/tugas?halaman=40",
    "cases": "/kasus",
    "cases_deep": "/kasus?sebelum=500",
    "case": "/kasus/{case}",
    "desk_search_common": "/tugas?cari=jalan",
    "desk_search_rare": "/tugas?cari={rare}",
    "search_common": "/kasus?cari=jalan",
    "search_two_words": "/kasus?cari=jalan+rusak",
    "search_rare": "/kasus?cari={rare}",
    "search_name": "/kasus?cari=slamet+riyadi",
    "search_number": "/kasus?cari=0042",
    "search_nothing": "/kasus?cari=zzyzx",
}
AUDIT = {
    "audit_month": "/audit",
    "audit_everything": "/audit?dari=2021-11-01",
    "audit_late": "/audit/terlambat",
    "audit_late_everything": "/audit/terlambat?dari=2021-11-01",
    "audit_map": "/audit/peta",
}


class Clock:
    """Only the time: the office was made by bulk."""

    now = ms(NOW)


def run() -> dict[str, Any]:
    """Server milliseconds (p50, p95), CPU of this process (all of SQLite is in it) and statements of each page."""
    size = SIZES[os.environ.get("SIZE", "normal")]
    found: dict[str, Any] = {"size": vars(size)}
    for name, office in (("sqlite", _sqlite), ("postgresql", _postgresql)):
        with office(size) as url:
            found[name] = _measured(url)
    return found


@contextmanager
def _sqlite(size: Size) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="disposisi-bench-") as folder:
        kept = os.environ.get("BIG")
        yield big_office.cached(Path(kept) if kept else Path(folder) / "big.db", size)


@contextmanager
def _postgresql(size: Size) -> Iterator[str]:
    if kept := os.environ.get("BIG_POSTGRESQL"):
        yield kept
        return
    with databases.server() as server, databases.postgresql(server) as url:
        big_office.build(url, size)
        connect.dispose()
        yield url


def _measured(url: str) -> dict[str, Any]:
    vault.use(RING)
    with tempfile.TemporaryDirectory() as home:
        app = application(url, Clock(), Path(home))  # type: ignore[arg-type]  # the time is all it asks for
        browser, auditor = (Browser(url, Clock(), who, app) for who in ("sekar", "inggit"))
        connect.open_()
        counting.count_steps(Clock.now)  # as the worker does every hour
        case = int(sql.value("SELECT MAX(id) FROM case_file WHERE state = 'selesai'"))
        rare = _rare_word(case)
        try:
            found = {name: _page(browser, page.format(case=case, rare=rare)) for name, page in PAGES.items()}
            return found | {name: _page(auditor, page, AUDIT_ROUNDS) for name, page in AUDIT.items()}
        finally:
            connect.dispose()


def _rare_word(case: int) -> str:
    sealed = sql.value("SELECT sealed FROM narrative WHERE case_file_id = ?", (case,))
    return str(vault.unseal(sealed, f"narrative:{case}")["chronology"]).rstrip(".").split()[-1]


def _page(browser: Browser, address: str, rounds: int = ROUNDS) -> dict[str, Any]:
    first = _timed(browser, address)
    times, cpu = [], []
    for _ in range(rounds):
        times.append(_timed(browser, address))
        cpu.append(browser.spent * 1000)
    times.sort()
    return {
        "statements": _statements(browser, address),
        "best_ms": round(times[0], 1),
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(rounds * 0.95)], 1),
        "cpu_ms": round(statistics.median(cpu), 1),
        "first_ms": round(first, 1),
    }


def _timed(browser: Browser, address: str) -> float:
    begun = time.perf_counter()
    answer = browser.opens(address)
    spent = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200, f"{address}: {answer.status}"
    return spent


class Counting(logging.Handler):
    """Counts what the database is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += "SELECT" in record.getMessage()


def _statements(browser: Browser, address: str) -> int:
    logger, counting = logging.getLogger("peewee"), Counting()
    before = logger.level
    logger.addHandler(counting)
    logger.setLevel(logging.DEBUG)
    try:
        browser.opens(address)
    finally:
        logger.setLevel(before)
        logger.removeHandler(counting)
    return counting.count


if __name__ == "__main__":
    print(json.dumps(run()))
