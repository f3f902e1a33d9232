"""Files → release: Camunda's names read onto the engine, lanes by id, parsed once."""

from concurrent.futures import ThreadPoolExecutor

import drawn
import pytest

import processes
from engine.diagrams import catalog
from engine.errors import ProcessBroken


def simple(**changes: str) -> bytes:
    nodes = [drawn.start(pilih="0", akd="{}"), drawn.user("kerja"), drawn.end()]
    text = drawn.diagram(
        "utama", nodes, drawn.path("mulai", "kerja", "selesai"), {"staf": ["mulai", "kerja", "selesai"]}
    )
    for old, new in changes.items():
        text = text.replace(old.encode(), new.encode())
    return text


def test_a_release_is_parsed_once_whatever_the_order_of_its_files() -> None:
    called = drawn.diagram("dipanggil", [drawn.start("c0"), drawn.end("c1")], drawn.path("c0", "c1"))
    one = catalog.load({"a.bpmn": simple(), "b.bpmn": called}, "utama")
    two = catalog.load({"b.bpmn": called, "a.bpmn": simple(), "x.form": b"{}"}, "utama")
    assert one is two
    assert catalog.load({"a.bpmn": simple() + b"\n", "b.bpmn": called}, "utama") is not one
    assert one.fingerprint == catalog.fingerprint({"b.bpmn": called, "a.bpmn": simple()})


def test_threads_get_the_same_release() -> None:
    catalog._load.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: catalog.load({"a.bpmn": simple()}, "utama"), range(32)))
    assert len({id(diagram) for diagram in found}) == 1


def test_an_element_knows_who_what_form_and_what_limit() -> None:
    nodes = [
        drawn.start(),
        drawn.user("kerja", "isian-kerja").replace("<bpmn:userTask", '<bpmn:userTask camunda:candidateGroups="a, b"'),
        drawn.service("kirim", "surat"),
        drawn.error("gagal", "kirim"),
        drawn.receive("tunggu"),
        drawn.timer("batas", "tunggu", "P7D"),
        drawn.end(),
    ]
    flows = [
        *drawn.path("mulai", "kerja", "kirim", "tunggu", "selesai"),
        drawn.flow("gagal", "kerja"),
        drawn.flow("batas", "kerja"),
    ]
    elements = catalog.load({"a.bpmn": drawn.diagram("utama", nodes, flows)}, "utama").elements
    assert elements["kerja"].groups == ["a", "b"]
    assert elements["kerja"].form_key == "isian-kerja"
    assert elements["kerja"].props["sop.waktu"] == "PT10M"
    assert elements["kerja"].line > 1
    assert (elements["kirim"].kind, elements["kirim"].topic) == ("service", "surat")
    assert (elements["gagal"].kind, elements["gagal"].code) == ("error", "GAGAL")
    assert (elements["batas"].kind, elements["batas"].duration, elements["batas"].attached_to) == (
        "timer",
        "P7D",
        "tunggu",
    )
    assert elements["tunggu"].message == "pesan"


def test_a_form_key_may_stand_among_the_properties_of_a_receive_task() -> None:
    task = drawn.receive("tunggu").replace(' camunda:formKey="isian"', "").replace(
        "/>", f">{drawn.properties({'formKey': 'siapmas-lengkapi'})}</bpmn:receiveTask>"
    )  # fmt: skip
    drawing = drawn.diagram("utama", [drawn.start(), task, drawn.end()], drawn.path("mulai", "tunggu", "selesai"))
    assert catalog.load({"a.bpmn": drawing}, "utama").elements["tunggu"].form_key == "siapmas-lengkapi"


def test_the_deepest_lane_holds_a_task_and_the_outer_one_what_is_in_a_sub_process() -> None:
    inner = drawn.sub("dalam", [drawn.start("d0"), drawn.user("d1"), drawn.end("d2")], drawn.path("d0", "d1", "d2"))
    nodes = [drawn.start(), drawn.user("kerja"), inner, drawn.timer("batas", "kerja"), drawn.end()]
    flows = [*drawn.path("mulai", "kerja", "dalam", "selesai"), drawn.flow("batas", "selesai")]
    text = drawn.diagram("utama", nodes, flows, {"luar": ["mulai", "kerja", "dalam"]}).decode()
    nested = (
        '<bpmn:childLaneSet id="anak"><bpmn:lane id="dalam_lajur" name="Dalam">'
        "<bpmn:flowNodeRef>\n  kerja\n  </bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet></bpmn:lane>"
    )
    elements = catalog.load({"a.bpmn": text.replace("</bpmn:lane>", nested, 1).encode()}, "utama").elements
    assert elements["kerja"].lane == "dalam_lajur"
    assert elements["batas"].lane == "dalam_lajur"
    assert elements["d1"].lane == "luar"
    assert elements["d1"].parent == "dalam"


def test_initial_values_are_evaluated_and_the_process_itself_has_the_last_word() -> None:
    nodes = [drawn.start(pilih="1 + 1", akd="{}"), drawn.call("panggil", "dipanggil"), drawn.end()]
    called = drawn.diagram(
        "dipanggil",
        [drawn.start("c0", pilih="9", saluran="None"), drawn.user("c1"), drawn.end("c2")],
        drawn.path("c0", "c1", "c2"),
    )
    files = {"z.bpmn": called, "a.bpmn": drawn.diagram("utama", nodes, drawn.path("mulai", "panggil", "selesai"))}
    assert catalog.load(files, "utama").initial == {"pilih": 2, "akd": {}, "saluran": None}


def test_nothing_in_extension_elements_is_run() -> None:
    script = (
        '<bpmn:extensionElements><spiffworkflow:preScript xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core">'
        "x = 1</spiffworkflow:preScript></bpmn:extensionElements>"
    )
    body = simple().decode().replace('camunda:formKey="isian">', 'camunda:formKey="isian">' + script).encode()
    from engine.runtime import Running

    assert "x" not in Running.start(catalog.load({"a.bpmn": body}, "utama"), {}).waiting[0].data


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(
    "body", [b"", b"<x", BOMB, OUTSIDE, b"<!DOCTYPE x><x/>", b"<x/>", b" " * 2_000_001, b"\xff\xfe"]
)
def test_what_is_no_diagram_is_refused(body: bytes) -> None:
    with pytest.raises(ProcessBroken):
        catalog.load({"a.bpmn": body}, "utama")


def test_a_process_that_is_not_there_is_refused() -> None:
    with pytest.raises(ProcessBroken):
        catalog.load({"a.bpmn": simple()}, "lain")


def test_what_is_done_beside_a_step_never_leads_to_it() -> None:
    way = catalog.load(processes.files("pengaduan"), "pengaduan")
    assert way.side_by_side("telaah", "sunting_pengaduan")
    assert not any(way.side_by_side("telaah", other) for other in ("teruskan", "telaah", "minta_keterangan", "alien"))
