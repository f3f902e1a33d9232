"""Whole SIAPMAS cases by the engine's public verbs, against the same step written by hand with peewee models."""

import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import siapmas_days as day
from office import Office

from db import connect, models, sql
from engine import installation, verbs

CASES = 150
RETURNS = 204


def run(cases: int = CASES) -> dict[str, Any]:
    """One JSON object, as contracts.md names its keys; CPU is user and system time of this process."""
    cases = int(os.environ.get("CASES") or cases)
    with _database() as (url, path):
        office = Office()
        _chain(office, 3)  # warm: parsed release, compiled forms, prepared statements
        before = _size(path)
        timer = Timer()
        begun, wall = time.process_time(), time.perf_counter()
        states = _chain(office, cases, timer)
        cpu, wall = time.process_time() - begun, time.perf_counter() - wall
        size = (_size(path) - before) / cases
        growth = _growth(office)
        by_hand = _by_hand(cases * 4)
        http = _http(office, url)
    done = len(timer.walls)
    each = cpu / done * 1000
    return {
        "bench": "completions",
        "cases": cases,
        "completions": done,
        "completions_per_s": round(done / wall, 1),
        "cpu_ms_per_completion": round(each, 3),
        "p50_ms": round(statistics.median(timer.walls) * 1000, 3),
        "p99_ms": round(statistics.quantiles(timer.walls, n=100)[98] * 1000, 3),
        "bytes_per_case": round(size),
        "open_state_bytes": round(statistics.median(states)),
        "growth_200": round(growth, 2),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "database": url.partition(":")[0],
        "synchronous": "FULL" if url.startswith("sqlite") else "on",
        "peewee_cpu_ms": round(by_hand, 3),
        "ratio_to_peewee": round(each / by_hand, 2),
        "http_cpu_ms": round(http, 3),
    }


class Timer:
    """Wall time of each completion."""

    def __init__(self) -> None:
        self.walls: list[float] = []

    def __call__(self, verb: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        result = verb()
        self.walls.append(time.perf_counter() - begun)
        return result


@contextmanager
def _database() -> Iterator[tuple[str, Path]]:
    with tempfile.TemporaryDirectory(prefix="disposisi-bench-") as folder:
        path = Path(folder) / "bench.db"
        url = os.environ.get("DISPOSISI_TEST_DATABASE") or f"sqlite:///{path}"
        connect.configure(url)
        try:
            with connect.connection():
                installation.prepare()
                yield url, path
        finally:
            connect.dispose()


def _size(path: Path) -> int:
    if connect.is_sqlite():
        return int(sql.value("PRAGMA page_count")) * int(sql.value("PRAGMA page_size"))
    return int(sql.value("SELECT pg_database_size(current_database())"))


def _chain(office: Office, cases: int, timer: Timer | None = None) -> list[int]:
    """Runs whole cases; gives the sizes of the open states after each completion."""
    timed = timer or Timer()
    states: list[int] = []

    def complete(who: str, case: int, element: str, **answers: Any) -> None:
        task, actor = office.task(case, element), actors[who]
        timed(lambda: verbs.complete(task, by=actor, answers=answers, now=office.now))
        states.append(len(sql.value("SELECT state FROM workflow WHERE case_file_id = ?", (case,))))

    actors = {who: getattr(office, who).actor for who in ("sekar", "wulan", "hadi", "surya", "bima", "yoga")}
    for _ in range(cases):
        case = office.report()
        _whole_case(case, complete)
        office.works_off_jobs()
        assert office.state(case) == "selesai"
        office.now += 60_000
    return states


def _whole_case(case: int, complete: Callable[..., None]) -> None:
    complete(
        "sekar",
        case,
        "terima",
        hasil_verifikasi="lengkap",
        jenis="pengaduan",
        bidang="infrastruktur",
        perihal="Jalan rusak",
        urgensi="biasa",
        kerahasiaan="biasa",
    )
    complete("wulan", case, "teliti_kasubag", keputusan_kasubag="teruskan", catatan="Lengkap.")
    complete("hadi", case, "teliti_kabag", keputusan_kabag="teruskan", catatan="Lengkap.")
    complete("surya", case, "disposisikan_sekwan", keputusan_sekwan="teruskan", instruksi_sekwan=["koordinasikan"])
    complete(
        "bima",
        case,
        "disposisikan_ketua",
        keputusan_ketua="disposisikan",
        akd=["komisi_3"],
        instruksi_ketua=["ditindaklanjuti"],
    )
    complete("surya", case, "cermati_disposisi", keputusan_cermati="lanjut")
    complete("sekar", case, "catat_distribusikan", dicatat="y")
    complete("yoga", case, "tindak_lanjuti", keputusan_akd="selesai", bentuk="rdp", laporan=day.REPORT)
    complete("sekar", case, "susun_balasan", isi_balasan=day.ANSWER, saluran_balasan="email")
    complete("surya", case, "setujui_balasan", keputusan_balasan="setuju")


def _growth(office: Office) -> float:
    """CPU of a return late in one case's life over that of an early one; medians of a few, as one alone is noise."""
    case = office.report()
    day.to_kasubag(office, case)
    spent = []
    for _ in range(RETURNS):
        begun = time.process_time()
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="kembalikan", alasan="Mohon diperiksa kembali.")
        spent.append(time.process_time() - begun)
        office.sekar.registers(case)
        office.now += 60_000
    return statistics.median(spent[195:204]) / statistics.median(spent[1:10])


def _by_hand(steps: int) -> float:
    """The yardstick: one case row, one task closed, one opened, one journal row, one commit, with peewee models."""
    organisation = models.Organisation.get()
    case = models.CaseFile.get()
    office = models.Office.get()
    fields = {"process": "siapmas", "name": "x", "kind": "user", "state": "open", "offered_ms": 1, "office": office}
    task = models.Task.create(case_file=case, key="0", element="a", **fields)
    begun = time.process_time()
    for step in range(steps):
        with connect.transaction():
            found = models.CaseFile.get_by_id(case.id)
            found.outcome = str(step)
            found.save()
            task.state, task.done_ms = "done", step
            task.save()
            task = models.Task.create(case_file=found, key=str(step), element="a", **fields)
            models.Journal.create(
                chain="bench",
                seq=step,
                organisation=organisation.id,
                case_file=found.id,
                kind="completed",
                at_ms=step,
                facts=json.dumps({"keputusan": "teruskan", "catatan": "Lengkap."}),
                prev_hash="0" * 64,
                hash="0" * 64,
            )
    return (time.process_time() - begun) / steps * 1000


def _http(office: Office, url: str) -> float:
    """The same completion through a signed-in POST, server side."""
    from http_office import Browser

    browser = Browser(url, office, "wulan")
    cases = [office.report() for _ in range(60)]
    for case in cases:
        office.sekar.registers(case)
    tasks = [office.task(case, "teliti_kasubag") for case in cases]
    spent = [browser.complete(task, {"keputusan_kasubag": "teruskan", "catatan": "Lengkap."}) for task in tasks]
    return statistics.median(spent[10:]) * 1000


if __name__ == "__main__":
    print(json.dumps(run()))
