"""The journal streamed as XES, OCEL and CSV: entries a second, and how little memory it takes.

DISPOSISI_BENCH_DATABASE names the big office; EVENTS how many entries are taken (1,000,000).
"""

import itertools
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

EVENTS = int(os.environ.get("EVENTS", "1000000"))


def run() -> dict[str, Any]:
    """For each format seconds, characters and the growth of the process (MB) while it was written."""
    from bench_audit import _small

    from db import connect

    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DISPOSISI_BENCH_DATABASE") or _small(Path(folder) / "small.db")
        connect.configure(url)
        try:
            with connect.connection():
                return {"database": url.partition(":")[0], **_measured()}
        finally:
            connect.dispose()


def _measured() -> dict[str, Any]:
    from db import sql
    from db.queries import audit, events
    from db.queries.events import Wanted
    from engine.exports import ocel, xes

    organisation = int(sql.value("SELECT MIN(id) FROM organisation"))
    wanted, desks = Wanted(organisation, 0, 2**45), audit.desks(organisation)
    told: dict[str, Any] = {}
    for name, write in (("xes", xes.text), ("ocel", lambda found, names: ocel.text(found, desks, names=names))):
        count = itertools.count()
        before, began = _rss(), time.perf_counter()
        size = sum(map(len, write(_some(events.by_case(wanted), count), names=False)))
        told[f"{name}_s"], told[f"{name}_mb"] = round(time.perf_counter() - began, 1), size // 2**20
        told[f"{name}_events"], told[f"{name}_growth_mb"] = next(count), _rss() - before
    return told | {"rss_mb": _rss()}


def _some(found: Iterator[Any], count: Any) -> Iterator[Any]:
    """Cases until so many entries are reached."""
    taken = 0
    for case, entries in found:
        taken += len(entries)
        for _ in entries:
            next(count)
        yield case, entries
        if taken >= EVENTS:
            return


def _rss() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
