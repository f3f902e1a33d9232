"""What the desk notices of twelve phones that upload a video each on slow lines: `disposisi serve`, asked over HTTP.

CASES says how often the desk is asked (200). The ratio is of the same run, the desk alone before and after.
"""

import os
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

import phones
import served
from visitor import Staff

from webui.cli.demo import PASSWORD

PHONES = 12


def run() -> dict[str, Any]:
    wanted = int(os.environ.get("CASES") or 200)
    with tempfile.TemporaryDirectory() as folder:
        home = served.demo(Path(folder) / "home", "dprd_kab_mojokerto")
        with served.running(home) as server:
            desk = Staff(lambda: server.url).signs_in("sekar", PASSWORD)
            _times(desk, 40)  # templates, connections and caches are warm
            alone = _times(desk, wanted // 2)
            with phones.uploading(server.url, PHONES):
                beside = _times(desk, wanted)
                received = sum(path.stat().st_size for path in (home / "files" / "quarantine").iterdir())
            alone += _times(desk, wanted // 2)
    return {
        "phones": PHONES,
        "requests": wanted,
        "p95_alone_ms": round(_p95(alone), 1),
        "p95_beside_ms": round(_p95(beside), 1),
        "ratio": round(_p95(beside) / _p95(alone), 2),
        "received_mb": received // 1_000_000,
    }


def _times(desk: Staff, count: int) -> list[float]:
    """How long the desk took each time, in ms."""
    taken = []
    for _ in range(count):
        begun = time.perf_counter()
        assert desk.get("/tugas").status == 200
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[18]
