"""The audit's pages over an office with years behind it: seconds for this month and for everything, on one database.

DISPOSISI_BENCH_DATABASE names the big office (see big_office.py); without it a small one is made, to see that it runs.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from office import ms

ROUNDS = 5


def run() -> dict[str, Any]:
    """Least and most CPU seconds of some rounds: what a page costs on a machine that has nothing else to do."""
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DISPOSISI_BENCH_DATABASE") or _small(Path(folder) / "small.db")
        from db import connect

        connect.configure(url)
        try:
            with connect.connection():
                return {"database": url.partition(":")[0], **_measured()}
        finally:
            connect.dispose()


def _small(path: Path) -> str:
    command = [sys.executable, "-m", "tests.bench.big_office", str(path), "--closed", "2000", "--open", "200"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return f"sqlite:///{path}"


def _measured() -> dict[str, Any]:
    from db import sql
    from db.queries import audit, audited, late
    from db.queries.audit import Span
    from db.queries.overdue import Moment
    from engine.clocks import measures
    from engine.commands import counting

    newest = int(sql.value("SELECT MAX(done_ms) FROM task"))
    organisation, zone = sql.row("SELECT id, timezone FROM organisation ORDER BY id") or (1, "Asia/Jakarta")
    first = int(sql.value("SELECT MIN(received_ms) FROM case_file"))
    at = Moment.of(newest, zone)
    starts = ms(time.strftime("%Y-%m-01 00.00", time.gmtime(newest / 1000)))
    month = Span(organisation, "siapmas", starts, newest + 1)
    everything = month.at(first, newest + 1)

    def page(span: Span) -> Callable[[], Any]:
        return lambda: (measures.steps(span, zone), audit.waiting(span, at), audit.received(span))

    began = time.process_time()
    counted = counting.count_steps(newest + 3_600_001)
    told: dict[str, Any] = {"months_counted": counted, "counting_s": round(time.process_time() - began, 2)}
    told["tasks_this_month"] = sum(1 for _ in audit.done(month))
    for name, span in (("month", month), ("everything", everything)):
        told[f"steps_{name}_s"] = _best(page(span))
        told[f"late_{name}_s"] = _best(lambda span=span: late.page(span, at))  # type: ignore[misc]  # a default binds it
        told[f"list_{name}_s"] = _best(lambda span=span: audited.items(span, audited.every_one("")))  # type: ignore[misc]  # as above
    return told | {"rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def _best(ask: Callable[[], Any]) -> list[float]:
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        ask()
        took.append(time.process_time() - began)
    return [round(min(took), 3), round(max(took), 3)]
