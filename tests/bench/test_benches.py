"""The bench keeps the keys of its contract, and a completion stays a handful of statements."""

import importlib
import json
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import siapmas_days as day
from office import Office

ROOT = Path(__file__).parents[2]
STATEMENTS = 22  # the first of a year opens its book as well; most need sixteen
KEYS = {
    *("completions_per_s", "cpu_ms_per_completion", "p50_ms", "p99_ms", "bytes_per_case", "open_state_bytes"),
    *("growth_200", "rss_mb", "database", "synchronous", "peewee_cpu_ms", "ratio_to_peewee", "http_cpu_ms"),
}


def test_the_bench_prints_one_json_object_with_every_key_of_the_contract() -> None:
    command = [sys.executable, "-m", "tests.bench", "completions"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DISPOSISI_")}
    done = subprocess.run(
        command, cwd=ROOT, env={**environment, "CASES": "12"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    print(done.stdout)
    (line,) = done.stdout.splitlines()
    found = json.loads(line)
    assert set(found) >= KEYS, KEYS - set(found)
    assert (found["completions"], found["synchronous"]) == (120, "FULL")
    assert found["open_state_bytes"] < 4096


def test_a_year_of_complaints_is_recapped_as_it_was_made() -> None:
    """The bench itself fails where the recaps of units, of the city and what was made part."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DISPOSISI_")}
    command = [sys.executable, "-m", "tests.bench", "year"]
    done = subprocess.run(
        command, cwd=ROOT, env={**environment, "CASES": "40"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert (found["cases"], found["unit_recaps"]) == (40, 12 * 21)
    assert {
        "cases_per_s",
        "verbs_per_s",
        "bytes_per_case",
        "growth",
        "city_recaps_s",
        "unit_recap_ms",
        "pdf_ms",
    } <= set(found)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("register", {"rows_per_s", "seconds", "again_s", "bytes_per_row", "rss_mb"}),
        ("rotate", {"rows_per_s", "seconds", "cpu_us_per_row", "rss_mb"}),
    ],
)
def test_what_happens_to_everyone_at_once_is_measured(
    name: str, keys: set[str], sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each bench checks itself that every row was taken, and none twice."""
    shutil.copyfile(sqlite_template, tmp_path / "bench.db")
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setenv("CASES", "1001")
    monkeypatch.setenv("DISPOSISI_TEST_DATABASE", f"sqlite:///{tmp_path / 'bench.db'}")
    found = importlib.import_module(f"bench_{name}").run()
    print(json.dumps(found))
    assert set(found) >= keys
    assert found["rows"] >= 1001


def test_no_completion_needs_more_than_a_handful_of_statements(database: str, caplog: pytest.LogCaptureFixture) -> None:
    office = Office()
    case = office.report()
    with caplog.at_level(logging.DEBUG, logger="peewee"):
        day.to_committees(office, case, "komisi_1", "komisi_3")
        day.follows_up(office, case, "yoga", "komisi_3")
        day.answers(office, case, "komisi_3")
    counts = _per_completion([record.getMessage() for record in caplog.records])
    print(f"statements per completion: {counts}")
    assert len(counts) == 10
    assert max(counts) <= STATEMENTS


def _per_completion(statements: list[str]) -> list[int]:
    """How many statements lie between the beginning and the end of each transaction that marks a task done."""
    counts, current, done = [], 0, False
    for text in statements:
        if "SELECT case_file_id FROM task WHERE id" in text:
            current, done = 0, False
        current += 1
        done = done or "SET state = 'done', done_ms" in text
        if done and "DELETE FROM draft" in text:
            counts.append(current)
            done = False
    return counts
