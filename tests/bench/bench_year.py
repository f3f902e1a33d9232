"""A year of complaints to a city, made by the engine's public verbs and recapped month by month.

CASES says how many (200; the promise is for 20,000). DISPOSISI_TEST_DATABASE names an empty database; without it a
SQLite file of its own is made. The recaps must add up to what was made, unit by unit, or the bench fails.
"""

import os
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from bench_completions import _database, _size
from city_year import YEAR, Year

from engine.commands import recaps, scheduled
from engine.recaps import recap
from engine.recaps.recap import WHOLE, Facts, Reporting

MONTHS = [f"{YEAR}-{month:02d}" for month in range(1, 13)]
ENDS = ("answered", "declined", "supervised", "withdrawn")
STEPS = ("cetak_rekap", "periksa_rekap", "tanda_tangani")


def run() -> dict[str, Any]:
    cases = int(os.environ.get("CASES") or 200)
    with _database() as (url, path):
        year = Year(cases)
        before, begun = _size(path), time.perf_counter()
        year.lived()
        seconds = time.perf_counter() - begun
        size = _size(path) - before
        found = _recapped(year)
        return {
            "database": url.partition(":")[0],
            "cases": cases,
            "coordinated": year.helped,
            "seconds": round(seconds, 1),
            "cases_per_s": round(cases / seconds, 1),
            "verbs": year.verbs.total(),
            "verbs_per_s": round(year.verbs.total() / seconds, 1),
            "bytes_per_case": round(size / cases),
            **_growth(year),
            **found,
            "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        }


def _growth(year: Year) -> dict[str, float]:
    """What the last tenth of the finished complaints cost against the first, and so the worker's rounds by half."""
    order = [year.spent[place] for place in sorted(year.spent)]
    settled = order[: -max(1, len(order) // 10)]  # those of the last weeks are still under way
    tenth = max(1, len(settled) // 10)
    each = statistics.fmean(order) * 1000
    grown = statistics.fmean(settled[-tenth:]) / statistics.fmean(settled[:tenth])
    return {"cpu_ms_per_case": round(each, 2), "growth": round(grown, 2), "worker_s": round(sum(year.worked), 1)}


def _recapped(year: Year) -> dict[str, Any]:
    report = recap.reporting(year.kota.organisation, year.kota.now)
    whole, city = _timed(lambda month: recap.count(report, WHOLE, month), MONTHS)
    wanted = [(unit, month) for month in MONTHS for unit in recap.members(report)]
    parts, units = _timed(lambda one: recap.count(report, *one), wanted)
    _agree(year, whole, parts)
    signed, printed = _last_month(year, report)
    sheets, drawn = _timed(lambda facts: recaps.sheet(facts, "https://aduan.contoh.id"), [*whole, *signed])
    assert all(sheet.startswith(b"%PDF") for sheet in sheets)
    return {
        "city_recaps_s": round(sum(city), 2),
        "city_recap_ms": _spread(city),
        "unit_recaps": len(units),
        "unit_recap_ms": _spread(units),
        "pdf_ms": _spread(drawn),
        "last_month_s": round(printed, 2),
    }


def _timed(verb: Callable[[Any], Any], over: list[Any]) -> tuple[list[Any], list[float]]:
    """What it gives for each, and how long each took (s)."""
    results, took = [], []
    for one in over:
        begun = time.perf_counter()
        results.append(verb(one))
        took.append(time.perf_counter() - begun)
    return results, took


def _spread(took: list[float]) -> dict[str, float]:
    ordered = sorted(took)
    at = (("p50", len(ordered) // 2), ("p95", int(len(ordered) * 0.95)))
    return {name: round(ordered[place] * 1000, 1) for name, place in at}


def _agree(year: Year, whole: list[Facts], parts: list[Facts]) -> None:
    """The recaps of the units add up to those of the city, and to what was made."""
    counted: Counter[tuple[str, str]] = Counter()
    for facts in parts:
        counted.update({(facts["unit"], name): facts["figures"][name] for name in ENDS})
    assert +counted == +year.ends, (counted - year.ends, year.ends - counted)
    for facts in whole:
        month, own = facts["month"], [one["figures"] for one in parts if one["month"] == facts["month"]]
        nobody = [row["figures"] for row in facts["units"] if not row["unit"]]
        for name in recap.ADDED:
            assert facts["figures"][name] == sum(figures[name] for figures in [*own, *nobody]), (month, name)
        assert facts["figures"]["received"] == year.received[month], month
    assert sum(facts["figures"]["received"] for facts in whole) == year.cases
    ended = sum(facts["figures"][name] for facts in whole for name in ENDS)
    assert whole[-1]["figures"]["open"] == year.cases - ended


def _last_month(year: Year, report: Reporting) -> tuple[list[Facts], float]:
    """December's report as a case: begun by itself, signed by every unit, read back as signed; and how long it took."""
    kota, begun = year.kota, time.perf_counter()
    kota.at(f"{YEAR + 1}-01-04 08.00")
    case = max(scheduled.begin_due(kota.now))
    for step in STEPS:
        _everyone(year, case, step)
    signed = [recap.read(report, unit, MONTHS[-1]) for unit in recap.members(report)]
    assert all(facts["closed_ms"] for facts in signed)
    return signed, time.perf_counter() - begun


def _everyone(year: Year, case: int, step: str) -> None:
    said = {"keputusan_periksa_rekap": "setuju", "keputusan_tanda_tangan": "setuju"}
    for office in year.kota.offices(case, step):
        year.kota.does(office, case, step, **said)
