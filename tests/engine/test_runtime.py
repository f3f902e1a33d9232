"""One running workflow: exactly one task moves, everything else stays; and every path of the house's own diagrams."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import drawn
import pytest

import processes
from engine.diagrams import catalog
from engine.diagrams.catalog import Diagram
from engine.errors import FormInvalid, ProcessBroken, TaskAlreadyDone
from engine.runtime import Progress, Running, Waiting


def release(nodes: list[str], flows: list[str], **called: bytes) -> Diagram:
    files = {"utama.bpmn": drawn.diagram("utama", nodes, flows)} | {f"{k}.bpmn": v for k, v in called.items()}
    return catalog.load(files, "utama")


def at(running: Running, element: str, instance: str | None = None) -> Waiting:
    return next(w for w in running.waiting if w.element.id == element and instance in (None, w.instance))


def ids(running: Running) -> list[str]:
    return sorted(w.element.id for w in running.waiting)


def straight(*middle: str, **initial: str) -> Diagram:
    idents = [node.split('id="')[1].split('"')[0] for node in middle]
    return release([drawn.start(**initial), *middle, drawn.end()], drawn.path("mulai", *idents, "selesai"))


KOMISI = "{'komisi_1': 'komisi_1', 'komisi_2': 'komisi_2'}"


def test_a_case_begins_with_its_initial_values_and_what_it_was_given() -> None:
    running = Running.start(straight(drawn.user("a"), x="1", y="{}"), {"y": {"z": 2}})
    assert running.data == {"x": 1, "y": {"z": 2}}
    assert [w.element.id for w in running.begun.opened] == ["a"]
    assert not running.ended


def test_a_task_is_done_once() -> None:
    running = Running.start(straight(drawn.user("a"), drawn.user("b")), {})
    key = at(running, "a").key
    progress = running.complete(key, {"x": 1})
    assert (progress.closed, [w.element.id for w in progress.opened]) == ([key], ["b"])
    for again in (lambda: running.complete(key, {}), lambda: running.fire(key), lambda: running.fail(key, "X")):
        with pytest.raises(TaskAlreadyDone):
            again()
    assert ids(running) == ["b"]


@pytest.mark.parametrize("values", [
    {"unit": 1}, {"hasil": {}}, {"typename": "x"}, {"x": {"typename": "y"}}, {"x": [{"y": object()}]}, {"x": b""},
    {"x": {1: 2}}, {"x": (1, 2)}, {"x": [0] * 10_001},
])  # fmt: skip
def test_values_that_may_not_enter_the_data_are_refused_and_nothing_moves(values: dict[str, Any]) -> None:
    running = Running.start(straight(drawn.user("a")), {})
    with pytest.raises(FormInvalid):
        running.complete(at(running, "a").key, values)
    assert running.complete(at(running, "a").key, {"x": 1}).ended


def test_a_list_replaces_the_list_before_it() -> None:
    running = Running.start(straight(drawn.user("a"), drawn.user("b")), {"daftar": ["x", "y"]})
    running.complete(at(running, "a").key, {"daftar": ["y", "z", "w"]})
    assert at(running, "b").data["daftar"] == ["y", "z", "w"]


def test_the_citizen_answers_one_message_and_its_timer_is_gone() -> None:
    nodes = [
        drawn.start(x="0"),
        drawn.receive("r"),
        drawn.timer("t", "r"),
        drawn.end("tutup"),
        drawn.user("b"),
        drawn.end(),
    ]
    diagram = release(nodes, [*drawn.path("mulai", "r", "b", "selesai"), drawn.flow("t", "tutup")])
    running = Running.restore(diagram, Running.start(diagram, {}).dump())
    assert at(running, "t").attached_to == at(running, "r").key
    timer = at(running, "t").key
    with pytest.raises(TaskAlreadyDone):
        running.complete(timer, {})
    progress = running.complete(at(running, "r").key, {"x": 7})
    assert timer in progress.closed
    assert at(running, "b").data["x"] == 7
    with pytest.raises(TaskAlreadyDone):
        running.fire(timer)


def test_a_timer_that_runs_out_takes_its_task_with_it() -> None:
    nodes = [drawn.start(), drawn.receive("r"), drawn.timer("t", "r"), drawn.end("tutup"), drawn.end()]
    diagram = release(nodes, [*drawn.path("mulai", "r", "selesai"), drawn.flow("t", "tutup")])
    running = Running.restore(diagram, Running.start(diagram, {}).dump())
    progress = running.fire(at(running, "t").key)
    assert (progress.ended, progress.end_id, running.end_id) == (True, "tutup", "tutup")
    assert Running.restore(diagram, running.dump()).end_id == "tutup"


def test_a_service_waits_until_it_is_done_or_fails_onto_its_error() -> None:
    nodes = [drawn.start(), drawn.service("s"), drawn.error("g", "s"), drawn.user("tangan"), drawn.end()]
    diagram = release(nodes, [*drawn.path("mulai", "s", "selesai"), *drawn.path("g", "tangan", "selesai")])
    blob = Running.start(diagram, {}).dump()
    assert Running.restore(diagram, blob).complete(at(Running.restore(diagram, blob), "s").key, {"no": 1}).ended
    running = Running.restore(diagram, blob)
    running.fail(at(running, "s").key, "GAGAL")
    assert ids(running) == ["tangan"]
    running = Running.restore(diagram, blob)
    with pytest.raises(ProcessBroken):
        running.fail(at(running, "s").key, "LAIN")
    assert ids(running) == ["g", "s"]


def test_instances_collect_what_was_given_in_each() -> None:
    diagram = straight(drawn.user("m", many=drawn.several("akd")), drawn.user("b"), akd=KOMISI)
    running = Running.start(diagram, {})
    assert {w.instance: (w.data["unit"], w.data["hasil"]) for w in running.waiting} == {
        "komisi_1": ("komisi_1", {}),
        "komisi_2": ("komisi_2", {}),
    }
    running.complete(at(running, "m", "komisi_2").key, {"laporan": 2})
    running = Running.restore(diagram, running.dump())
    assert running.instances(at(running, "m").key) == ["komisi_1", "komisi_2"]
    running.complete(at(running, "m", "komisi_1").key, {"laporan": 1})
    data = at(running, "b").data
    assert data["hasil_m"] == {"komisi_2": {"laporan": 2}, "komisi_1": {"laporan": 1}}
    assert "unit" not in data
    assert "laporan" not in data


def test_an_office_may_be_added_while_the_others_work_and_even_by_the_last_of_them() -> None:
    body = drawn.sub(
        "m", [drawn.start("m0"), drawn.user("k"), drawn.end("m2")], drawn.path("m0", "k", "m2"), drawn.several("akd")
    )
    diagram = straight(body, akd="{'komisi_1': 'komisi_1'}")
    running = Running.restore(diagram, Running.start(diagram, {}).dump())
    key = at(running, "k").key
    assert [w.instance for w in running.add_instance(key, "komisi_3", "komisi_3").opened] == ["komisi_3"]
    assert running.add_instance(key, "komisi_3", "komisi_3") == Progress()
    assert not running.complete(key, {"n": 1}).ended
    running = Running.restore(diagram, running.dump())
    assert running.complete(at(running, "k", "komisi_3").key, {"n": 3}).ended
    assert running.data["hasil_m"] == {"komisi_1": {"n": 1}, "komisi_3": {"n": 3}}


def test_a_second_pass_begins_with_empty_results() -> None:
    nodes = [drawn.start(akd=KOMISI, lagi="False"), drawn.user("m", many=drawn.several("akd")), drawn.user("b"),
             drawn.xor("x", "d"), drawn.end()]  # fmt: skip
    flows = [*drawn.path("mulai", "m", "b", "x"), drawn.flow("x", "m", "lagi"), drawn.flow("x", "selesai", ident="d")]
    running = Running.start(release(nodes, flows), {})
    for waiting in running.waiting:
        running.complete(waiting.key, {"n": 1})
    running.complete(at(running, "b").key, {"lagi": True, "akd": {"komisi_4": "komisi_4"}})
    running.complete(at(running, "m").key, {"n": 4})
    assert at(running, "b").data["hasil_m"] == {"komisi_4": {"n": 4}}


def test_nobody_addressed_means_nobody_is_waited_for() -> None:
    assert ids(Running.start(straight(drawn.user("m", many=drawn.several("akd")), drawn.user("b"), akd="{}"), {})) == [
        "b"
    ]
    with pytest.raises(ProcessBroken) as broken:
        Running.start(straight(drawn.user("m", many=drawn.several("akd")), akd="'komisi_1'"), {})
    assert broken.value.element == "m"


def test_milestones_are_told_as_they_pass() -> None:
    running = Running.start(straight(drawn.user("a"), drawn.milestone("diumumkan"), drawn.user("b")), {})
    progress = running.complete(at(running, "a").key, {})
    assert [(element.id, instance) for element, instance in progress.milestones] == [("diumumkan", None)]


def test_a_parallel_branch_ends_by_itself() -> None:
    nodes = [drawn.start(), drawn.split("g"), drawn.user("a"), drawn.user("b"), drawn.end("e1"), drawn.end("e2")]
    diagram = release(nodes, [*drawn.path("mulai", "g", "a", "e1"), *drawn.path("g", "b", "e2")])
    running = Running.start(diagram, {})
    assert not running.complete(at(running, "a").key, {"x": 1}).ended
    running = Running.restore(diagram, running.dump())
    assert running.complete(at(running, "b").key, {"y": 2}).ended
    assert running.data == {"x": 1, "y": 2}


def test_an_old_decision_is_cleared_before_the_task_is_offered() -> None:
    nodes = [drawn.start(k="'kembali'"), drawn.user("a"), drawn.receive("r"), drawn.user("b"), drawn.end()]
    diagram = release(nodes, drawn.path("mulai", "a", "r", "b", "selesai"))
    running = Running.start(diagram, {})
    running.clear(at(running, "a").key, ["k"])
    assert at(running, "a").data["k"] is None
    running.complete(at(running, "a").key, {"k": "kembali"})
    running.clear(at(running, "r").key, ["k"])
    running = Running.restore(diagram, running.dump())
    running.complete(at(running, "r").key, {})
    assert at(running, "b").data["k"] is None


def test_a_property_is_evaluated_over_the_data_of_its_task() -> None:
    running = Running.start(straight(drawn.user("a"), x="2"), {})
    key = at(running, "a").key
    assert running.evaluate(key, "= x + 1") == running.evaluate(key, "x + 1") == 3
    with pytest.raises(ProcessBroken):
        running.evaluate(key, "= y")


def test_a_withdrawn_case_waits_for_nobody() -> None:
    body = drawn.sub(
        "m", [drawn.start("m0"), drawn.user("k"), drawn.end("m2")], drawn.path("m0", "k", "m2"), drawn.several("akd")
    )
    diagram = straight(body, akd=KOMISI)
    running = Running.restore(diagram, Running.start(diagram, {}).dump())
    progress = running.cancel()
    assert (len(progress.closed), progress.ended, progress.end_id) == (2, True, None)
    restored = Running.restore(diagram, running.dump())
    assert (restored.ended, restored.cancelled, restored.waiting) == (True, True, [])


def test_a_broken_condition_is_an_incident_with_its_place_and_the_object_is_thrown_away() -> None:
    nodes = [drawn.start(), drawn.user("a"), drawn.xor("x", "d"), drawn.user("b"), drawn.end()]
    flows = [
        *drawn.path("mulai", "a", "x"),
        drawn.flow("x", "b", "tidak_ada == 1"),
        drawn.flow("x", "selesai", ident="d"),
        drawn.flow("b", "selesai"),
    ]
    diagram = release(nodes, flows)
    running = Running.start(diagram, {})
    blob, key = running.dump(), at(running, "a").key
    with pytest.raises(ProcessBroken) as broken:
        running.complete(key, {})
    assert "tidak_ada" in broken.value.cause
    with pytest.raises(ProcessBroken):
        running.dump()
    assert Running.restore(diagram, blob).complete(key, {"tidak_ada": 0}).ended


def test_a_circle_without_anyone_in_it_is_stopped() -> None:
    nodes = [drawn.start(x="1"), drawn.user("a"), drawn.xor("g", "d"), drawn.milestone("m"), drawn.end()]
    flows = [
        *drawn.path("mulai", "a", "g"),
        drawn.flow("g", "m", "x == 1"),
        drawn.flow("m", "g"),
        drawn.flow("g", "selesai", ident="d"),
    ]
    running = Running.start(release(nodes, flows), {})
    with pytest.raises(ProcessBroken, match="berputar"):
        running.complete(at(running, "a").key, {})


def test_a_state_of_another_release_is_not_read_as_if_it_were_this_one() -> None:
    blob = Running.start(straight(drawn.user("a")), {}).dump()
    with pytest.raises(ProcessBroken):
        Running.restore(straight(drawn.user("lain")), blob)
    with pytest.raises(ProcessBroken):
        Running.restore(straight(drawn.user("a")), b"")


# -- every path of siapmas, with the XML parsed again at every step ----------------------------------------------------

TO_STEP_8: dict[str, dict[str, Any]] = {
    "terima": {"hasil_verifikasi": "lengkap"},
    "teliti_kasubag": {"keputusan_kasubag": "teruskan"},
    "teliti_kabag": {"keputusan_kabag": "teruskan"},
    "disposisikan_sekwan": {"keputusan_sekwan": "teruskan"},
    "disposisikan_ketua": {"keputusan_ketua": "disposisikan", "akd": {"komisi_1": "komisi_1", "komisi_2": "komisi_2"}},
    "cermati_disposisi": {"keputusan_cermati": "lanjut"},
    "catat_distribusikan": {},
    "tindak_lanjuti": {"keputusan_akd": "selesai"},
    "lanjutkan_tindak_lanjut": {"keputusan_lanjutan": "selesai"},
    "alihkan_disposisi": {"akd_pengganti": "komisi_3"},
    "susun_balasan": {"saluran_balasan": "email"},
    "setujui_balasan": {"keputusan_balasan": "setuju"},
    "konfirmasi_tidak_relevan": {"keputusan_konfirmasi": "setuju"},
}
DETOURS: dict[str, list[dict[str, Any]]] = {
    "terima": [{"hasil_verifikasi": "tidak_lengkap"}, {"hasil_verifikasi": "tidak_relevan"}],
    "konfirmasi_tidak_relevan": [{"keputusan_konfirmasi": "kembalikan"}],
    "teliti_kasubag": [{"keputusan_kasubag": "kembalikan"}],
    "teliti_kabag": [{"keputusan_kabag": "kembalikan"}, {"keputusan_kabag": "alihkan", "bagian": "bagian_persidangan"}],
    "disposisikan_sekwan": [{"keputusan_sekwan": "kembalikan"}],
    "disposisikan_ketua": [{"keputusan_ketua": "kembalikan"}, {"keputusan_ketua": "arsipkan", "akd": {}}],
    "cermati_disposisi": [{"keputusan_cermati": "mohon_arahan"}],
    "tindak_lanjuti": [{"keputusan_akd": "lanjut"}, {"keputusan_akd": "bukan_bidang"}],
    "lanjutkan_tindak_lanjut": [{"keputusan_lanjutan": "belum"}],
    "susun_balasan": [{"saluran_balasan": "surat"}],
    "setujui_balasan": [{"keputusan_balasan": "kembalikan"}],
}
PAIRS = [(place, detour) for place, detours in DETOURS.items() for detour in detours]


def siapmas() -> Diagram:
    catalog._load.cache_clear()
    return catalog.load(processes.files("siapmas"), "siapmas")


def walk(
    detours: Iterator[tuple[str, dict[str, Any]]], *, fail: bool = False, late: bool = False
) -> tuple[Running, list[str]]:
    """From the report to the end, each detour taken once where its task comes up."""
    running, seen = Running.start(siapmas(), {}), []
    left = list(detours)
    for _ in range(80):
        if running.ended:
            return running, seen
        running = Running.restore(siapmas(), running.dump())
        waiting = next(w for w in running.waiting if w.kind in ("user", "receive", "service"))
        seen.append(waiting.element.id)
        _move(running, waiting, left, fail=fail, late=late)
    raise AssertionError(f"lost after {seen}")


def _move(running: Running, waiting: Waiting, left: list[Any], *, fail: bool, late: bool) -> None:
    place = waiting.element.id
    timer = next((w for w in running.waiting if w.kind == "timer"), None)
    if late and timer is not None:
        running.fire(timer.key)
    elif fail and waiting.kind == "service" and any(w.kind == "error" for w in running.waiting):
        running.fail(waiting.key, "GAGAL")
    else:
        running.complete(waiting.key, _values(running, waiting, place, left))


def _values(running: Running, waiting: Waiting, place: str, left: list[Any]) -> Mapping[str, Any]:
    if "tambah.instansi" in waiting.element.props:
        running.add_instance(waiting.key, "komisi_3", "komisi_3")
    for detour in left:
        if detour[0] == place:
            left.remove(detour)
            values: dict[str, Any] = detour[1]
            return values
    return TO_STEP_8.get(place, {})


def test_siapmas_straight_to_the_answer_of_two_komisi() -> None:
    running, seen = walk(iter(()))
    assert seen[:7] == ["terima", "teliti_kasubag", "teliti_kabag", "disposisikan_sekwan", "disposisikan_ketua",
                        "cermati_disposisi", "catat_distribusikan"]  # fmt: skip
    assert seen.count("tindak_lanjuti") == seen.count("balas_pelapor") == 2
    assert running.end_id == "selesai"
    assert set(running.data["hasil_tangani_per_akd"]) == {"komisi_1", "komisi_2"}


@pytest.mark.parametrize(("place", "detour"), PAIRS, ids=[f"{p}-{next(iter(d.values()))}" for p, d in PAIRS])
def test_siapmas_comes_to_an_end_over_every_detour(place: str, detour: dict[str, Any]) -> None:
    path = [(place, detour)]
    if place == "konfirmasi_tidak_relevan":
        path.append(("terima", {"hasil_verifikasi": "tidak_relevan"}))
    if place == "lanjutkan_tindak_lanjut":
        path.append(("tindak_lanjuti", {"keputusan_akd": "lanjut"}))
    running, seen = walk(iter(path))
    assert place in seen
    assert running.end_id in ("selesai", "selesai_tanpa_akd", "tidak_dilanjutkan")


@pytest.mark.parametrize(("one", "two"), [(a, b) for a, b in product(PAIRS, PAIRS) if a[0] < b[0]][::3])
def test_siapmas_comes_to_an_end_over_two_detours(one: tuple[str, Any], two: tuple[str, Any]) -> None:
    assert walk(iter([one, two]))[0].ended


def test_siapmas_closes_a_report_that_is_not_completed_in_time() -> None:
    running, _ = walk(iter([("terima", {"hasil_verifikasi": "tidak_lengkap"})]), late=True)
    assert running.end_id == "ditutup"


def test_siapmas_sends_by_hand_what_could_not_be_mailed() -> None:
    running, seen = walk(iter(()), fail=True)
    assert seen.count("sampaikan_balasan") == 2
    assert running.end_id == "selesai"
