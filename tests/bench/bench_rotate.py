"""Everything sealed is sealed anew under another key by the verb of `disposisi rotate-keys`: rows a second.

CASES says how many texts (5,000; the promise is for 100,000). DISPOSISI_TEST_DATABASE names an empty database; without
it a SQLite file of its own is made.
"""

import os
import resource
import time
from typing import Any

from bench_completions import _database
from city_year import person
from kota import Kota
from office import RING

from db import sql
from db.connect import transaction
from engine import vault
from engine.commands import rotation
from engine.vault import Keyring

AT_ONCE = 2_000
TURNED = Keyring({**RING.keys, "k2": b"2" * 32}, "k2", RING.pepper)


def run() -> dict[str, Any]:
    wanted = int(os.environ.get("CASES") or 5_000)
    with _database() as (url, _):
        kota = Kota("2026-01-02 07.00")
        _filled(kota, wanted)
        told: list[tuple[int, int]] = []
        vault.use(TURNED)
        try:
            begun, cpu = time.perf_counter(), time.process_time()
            done = rotation.reseal(tell=lambda rows, of: told.append((rows, of)))
            seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
            left = rotation.left_under(RING.keys)
            again = rotation.reseal()
        finally:
            vault.use(RING)
        assert (done.rows >= wanted, done.broken, left, again.rows) == (True, [], [], 0)
        assert told[-1] == (done.rows, done.rows)
        return {
            "database": url.partition(":")[0],
            "rows": done.rows,
            "seconds": round(seconds, 2),
            "rows_per_s": round(done.rows / seconds),
            "cpu_us_per_row": round(cpu / done.rows * 1_000_000),
            "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


def _filled(kota: Kota, wanted: int) -> None:
    """So many citizens, sealed as they are when they complain."""
    first = int(sql.value("SELECT COALESCE(MAX(id), 0) FROM reporter")) + 1
    text = "INSERT INTO reporter (id, organisation_id, sealed, mark, created_ms) VALUES (?, ?, ?, '', ?)"
    every = range(first, first + wanted)
    for begin in range(0, wanted, AT_ONCE):
        with transaction():
            sql.many(text, [(one, kota.organisation, _sealed(one), kota.now) for one in every[begin : begin + AT_ONCE]])


def _sealed(reporter: int) -> str:
    nik, mother = person(reporter)
    told = {"name": f"Warga {reporter}", "phone": f"+62812{reporter:08d}", "email": "", "address": "Jalan Meri 1"}
    return vault.seal({**told, "nik": nik, "mother": mother}, f"reporter:{reporter}")
