"""State ↔ bytes: the same workflow as the stock engine's at every step, flat however often it is returned."""

import logging
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from types import FrameType
from typing import Any

import drawn
import pytest
from engine_random import Draughtsman, Stock

from engine import state
from engine.diagrams import catalog
from engine.diagrams.catalog import Diagram
from engine.runtime import Running, Waiting

MOVES = {"timer": "fire", "user": "complete", "receive": "complete", "service": "complete"}


def cold(files: dict[str, bytes]) -> Diagram:
    """The diagram, its XML parsed again."""
    catalog._load.cache_clear()
    return catalog.load(files, "utama")


def again(running: Running, diagram: Diagram) -> Running:
    """A cold restore, which writes the same bytes again."""
    blob = running.dump()
    restored = Running.restore(diagram, blob)
    assert restored.dump() == blob
    return restored


def move(running: Running, waiting: Waiting, values: dict[str, Any]) -> None:
    if waiting.kind == "error":
        running.fail(waiting.attached_to or "", waiting.element.code or "")
    elif waiting.kind == "timer":
        running.fire(waiting.key)
    else:
        running.complete(waiting.key, values)


def seen(running: Running) -> dict[Any, dict[str, Any]]:
    return {(w.element.id, w.kind, w.instance): w.data for w in running.waiting}


@pytest.mark.parametrize("seed", range(180))
def test_a_random_diagram_walks_like_the_stock_engine(seed: int) -> None:
    files, random = Draughtsman(seed).files(), Random(seed)
    stock, running = Stock(cold(files)), Running.start(cold(files), {})
    for step in range(40):
        assert seen(running) == {what: task.data for what, task in stock.waiting().items()}
        assert running.ended == stock.ended()
        if running.ended:
            break
        running = again(running, cold(files) if seed % 3 == 0 else catalog.load(files, "utama"))
        chosen = random.choice(running.waiting)
        keys = [f"komisi_{n}" for n in range(1, random.randint(1, 4))]
        values = {"pilih": random.randint(0, 2), "akd": {key: key for key in keys}, f"langkah_{step % 5}": step}
        stock.act((chosen.element.id, chosen.kind, chosen.instance), values)
        move(running, chosen, values)
    if running.ended:
        assert running.data == next(
            t.data for t in stock.workflow.tasks.values() if t.task_spec is stock.workflow.spec.end and t.state == 64
        )


RETURNS = {
    "with a boundary timer": (
        [drawn.start(pilih="1"), drawn.user("kerja"), drawn.timer("batas", "kerja"), drawn.xor("balik", "habis"),
         drawn.end()],
        [*drawn.path("mulai", "kerja", "balik"), drawn.flow("balik", "kerja", "pilih == 1"),
         drawn.flow("balik", "selesai", ident="habis"), drawn.flow("batas", "kerja")],
    ),
    "between two tasks": (
        [drawn.start(pilih="1"), drawn.user("kerja"), drawn.user("lihat"), drawn.xor("balik", "habis"), drawn.end()],
        [*drawn.path("mulai", "kerja", "lihat", "balik"), drawn.flow("balik", "kerja", "pilih == 1"),
         drawn.flow("balik", "selesai", ident="habis")],
    ),
    "in a multi-instance": (
        [drawn.start(pilih="1", akd="{'komisi_1': 'komisi_1', 'komisi_2': 'komisi_2'}"),
         drawn.sub("tangani",
                   [drawn.start("awal"), drawn.user("kerja"), drawn.xor("balik", "habis"), drawn.end("akhir")],
                   [*drawn.path("awal", "kerja", "balik"), drawn.flow("balik", "kerja", "pilih == 1"),
                    drawn.flow("balik", "akhir", ident="habis")], drawn.several("akd")),
         drawn.end()],
        drawn.path("mulai", "tangani", "selesai"),
    ),
    "over a call": (
        [drawn.start(pilih="1"), drawn.call("kerja", "dipanggil"), drawn.xor("balik", "habis"), drawn.end()],
        [*drawn.path("mulai", "kerja", "balik"), drawn.flow("balik", "kerja", "pilih == 1"),
         drawn.flow("balik", "selesai", ident="habis")],
    ),
}  # fmt: skip
CALLED = drawn.diagram(
    "dipanggil", [drawn.start("c0"), drawn.user("c1"), drawn.end("c2")], drawn.path("c0", "c1", "c2")
)


@pytest.mark.parametrize("shape", RETURNS)
def test_the_two_hundredth_return_costs_what_the_second_did(shape: str) -> None:
    nodes, flows = RETURNS[shape]
    diagram = cold({"utama.bpmn": drawn.diagram("utama", nodes, flows), "dipanggil.bpmn": CALLED})
    blob, sizes, calls = Running.start(diagram, {}).dump(), [], []
    for turn in range(210):
        with _counted() as count:
            running = Running.restore(diagram, blob)
            task = next(w for w in running.waiting if w.kind == "user")
            running.complete(task.key, {"pilih": 1, "putaran": turn % 10})
            blob = running.dump()
        calls.append(count[0])
        sizes.append(len(blob))
    assert len(set(sizes[20:])) <= 2  # two tasks in turn have names of two lengths
    assert max(calls[190:]) <= 1.02 * max(calls[2:42])  # functions called: seconds would tell of the machine


@contextmanager
def _counted() -> Iterator[list[int]]:
    """How many functions are called within, Python's and C's: what work costs, the same on any machine."""
    count, before = [0], sys.getprofile()

    def called(_frame: FrameType, event: str, _arg: object) -> None:
        count[0] += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        yield count
    finally:
        sys.setprofile(before)


def test_timers_that_run_out_leave_nothing_behind() -> None:
    nodes, flows = RETURNS["with a boundary timer"]
    diagram = cold({"utama.bpmn": drawn.diagram("utama", nodes, flows)})
    running, sizes = Running.start(diagram, {}), []
    for _ in range(210):
        running = Running.restore(diagram, running.dump())
        running.fire(next(w.key for w in running.waiting if w.kind == "timer"))
        sizes.append(len(running.dump()))
    assert len(set(sizes[2:])) == 1


def test_what_rows_cannot_say_is_written_the_long_way() -> None:
    nodes, flows = RETURNS["in a multi-instance"]
    diagram = cold({"utama.bpmn": drawn.diagram("utama", nodes, flows)})
    running = Running.start(diagram, {"besar": 2**80})  # more than orjson writes
    blob = running.dump()
    assert b"\nS" in blob[:20]
    restored = Running.restore(cold({"utama.bpmn": drawn.diagram("utama", nodes, flows)}), blob)
    assert seen(restored) == seen(running)
    for waiting in restored.waiting:
        restored.complete(waiting.key, {"pilih": 0})
    assert restored.ended
    assert restored.data["besar"] == 2**80


def test_a_true_is_not_taken_for_the_one_it_replaces() -> None:
    nodes, flows = RETURNS["between two tasks"]
    diagram = cold({"utama.bpmn": drawn.diagram("utama", nodes, flows)})
    running = Running.start(diagram, {"tanda": 1, "isi": {"x": 1}})
    running.complete(running.waiting[0].key, {"tanda": True, "isi": {"x": True}})
    data = Running.restore(diagram, running.dump()).waiting[0].data
    assert data["tanda"] is True
    assert data["isi"]["x"] is True


def test_results_do_not_leak_into_open_instances_after_a_restore() -> None:
    nodes, flows = RETURNS["in a multi-instance"]
    diagram = cold({"utama.bpmn": drawn.diagram("utama", nodes, flows)})
    running = Running.restore(diagram, Running.start(diagram, {}).dump())
    first, second = running.waiting
    running.complete(first.key, {"pilih": 0})
    assert running.data_of(second.key)["hasil_tangani"] == {}


def test_one_release_serves_many_threads() -> None:
    nodes, flows = RETURNS["in a multi-instance"]
    diagram = cold({"utama.bpmn": drawn.diagram("utama", nodes, flows)})

    def case(_: int) -> bool:
        running = Running.start(diagram, {})
        while running.waiting:
            running = Running.restore(diagram, running.dump())
            running.complete(running.waiting[0].key, {"pilih": 0})
        return running.ended

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(case, range(200)))


def test_the_library_does_not_write_logs_of_every_step() -> None:
    assert not logging.getLogger("spiff.task").isEnabledFor(logging.INFO)
    assert state.MAX_DEPTH == 500
