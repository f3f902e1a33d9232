"""pm4py, in an environment of its own, reads what we export: the same cases, events, instants and objects."""

import json
import subprocess
from pathlib import Path

import pytest
from office import Office, ms
from paperwork import goes_on, troubled

from db import sql
from db.queries import audit, events
from db.queries.events import Wanted
from engine.exports import ocel, xes

ROOT = Path(__file__).parents[2]
READER = """
import json, sys, warnings
warnings.simplefilter("ignore")
import pm4py
log = pm4py.read_xes(sys.argv[1])
graph, starts, ends = pm4py.discover_dfg(log)
objects = pm4py.read_ocel2_json(sys.argv[2])
told = {
    "cases": sorted(log["case:concept:name"].unique()),
    "rows": [[int(case), int(seq), int(at.timestamp() * 1000 + 0.5)] for case, seq, at in
             zip(log["case:disposisi:case"], log["disposisi:seq"], log["time:timestamp"])],
    "starts": list(starts),
    "edges": len(graph),
    "events": len(objects.events),
    "kinds": sorted(objects.objects[objects.object_type_column].unique()),
}
open(sys.argv[3], "w").write(json.dumps(told))
"""


@pytest.fixture(scope="session")
def python_with_pm4py() -> str:
    """Made once in the cache folder of whoever runs the tests."""
    made = subprocess.run([ROOT / ".ci" / "pm4py"], check=True, stdout=subprocess.PIPE, text=True)
    return made.stdout.strip()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # what both give is compared in test_exports
def test_pm4py_reads_the_xes_and_the_ocel_as_the_journal_stands(
    database: str, python_with_pm4py: str, tmp_path: Path
) -> None:
    office = Office("2026-04-06 08.00")
    goes_on(office, troubled(office))
    office.report("Kedua")
    wanted = Wanted(office.organisation, ms("2026-04-01 00.00"), ms("2026-06-01 00.00"))
    files = [tmp_path / name for name in ("jurnal.xes", "jurnal.jsonocel", "told.json")]
    files[0].write_text("".join(xes.text(events.by_case(wanted), names=False)), "utf-8")
    desks = audit.desks(office.organisation)
    files[1].write_text("".join(ocel.text(events.by_case(wanted), desks, names=False)), "utf-8")
    subprocess.run([python_with_pm4py, "-c", READER, *files], check=True, capture_output=True)
    told = json.loads(files[2].read_text())
    text = "SELECT case_file, seq, at_ms FROM journal WHERE case_file IS NOT NULL ORDER BY case_file, seq"
    rows = [list(row) for row in sql.rows(text)]
    assert sorted(told["rows"]) == rows
    assert told["events"] == len(rows)
    assert told["cases"] == [number for (number,) in sql.rows("SELECT number FROM case_file ORDER BY number")]
    assert told["starts"] == ["received"]
    assert told["edges"] > 10
    assert {"laporan", "tugas", "jabatan", "orang"} <= set(told["kinds"])
