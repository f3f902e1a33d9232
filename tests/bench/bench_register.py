"""The population register is imported by its verb, from a file on disk: rows a second, and how little memory it takes.

CASES says how many rows (20,000; the promise of 60 s is for 500,000). DISPOSISI_TEST_DATABASE names an empty database;
without it a SQLite file of its own is made. One row in a hundred is there twice, one in a thousand is flawed.
"""

import os
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from bench_completions import _database, _size
from city_year import person
from kota import Kota

from engine.commands import population

TWICE, FLAWED = 100, 1_000


def run() -> dict[str, Any]:
    """`again_s`: a second import, which replaces the first and sweeps it away."""
    wanted = int(os.environ.get("CASES") or 20_000)
    with _database() as (url, path), tempfile.TemporaryDirectory() as folder:
        kota, file = Kota("2026-01-02 07.00"), Path(folder) / "penduduk.csv"
        _written(file, wanted)
        size, memory = _size(path), _rss()
        tally, seconds = _imported(kota, file)
        grown = _size(path) - size
        people = wanted - wanted // FLAWED
        assert (tally.people, tally.duplicates, tally.flawed) == (people, -(-wanted // TWICE), wanted // FLAWED)
        return {
            "database": url.partition(":")[0],
            "rows": tally.read,
            "people": tally.people,
            "seconds": round(seconds, 2),
            "rows_per_s": round(tally.read / seconds),
            "bytes_per_row": round(grown / tally.people),
            "again_s": round(_imported(kota, file)[1], 2),
            "growth_mb": _rss() - memory,
            "rss_mb": _rss(),
        }


def _written(file: Path, wanted: int) -> None:
    """One citizen a line, as an office exports them: capitals, other columns, a few twice and a few spoilt."""
    with file.open("w", encoding="utf-8") as out:
        out.write("NIK,NAMA,NAMA_IBU,KELURAHAN\n")
        for place in range(wanted):
            nik, mother = person(place)
            told = nik[:-1] if place % FLAWED == FLAWED - 1 else nik
            line = f"{told},WARGA {place},{mother.upper()},Meri\n"
            out.write(line if place % TWICE or told != nik else line * 2)


def _imported(kota: Kota, file: Path) -> tuple[population.Tally, float]:
    begun = time.perf_counter()
    tally = population.import_register(lambda: file.open("rb"), kota.organisation, clock=lambda: kota.now)
    return tally, time.perf_counter() - begun


def _rss() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
