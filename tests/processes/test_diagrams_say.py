"""Every diagram says who, by when and by which law, in the words of its source, and asks only for what it declares."""

import ast

import pytest
from drawings import DRAWN, NS, Drawing
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator

import processes

BY_US = "(ketetapan sendiri)"
GIVEN = {"unit", "len"}  # the element of a multi-instance, and a function of the safe language

SOP_ROWS = {  # SOP 9.3.3/10/416-050/2023: row → id, who, minutes, what comes out
    1: (
        "terima",
        "Staf",
        10,
        "Aspirasi/pengaduan di print dan dicatat dalam buku agenda "
        "dan dilengkapi lembar disposisi dan kartu kendali masuk",
    ),
    2: ("teliti_kasubag", "Kasubag TU", 10, "Lembar disposisi yang sudah di paraf"),
    3: (
        "teliti_kabag",
        "Kabag Umum/ Kabag Persidangan dan PerUndang-Undangan",
        10,
        "Lembar disposisi yang sudah di paraf",
    ),
    4: ("disposisikan_sekwan", "Sekretaris DPRD", 10, "Surat yang sudah diparaf dan disposisi"),
    5: ("disposisikan_ketua", "Ketua DPRD", 10, "Surat yang sudah diparaf dan disposisi"),
    6: ("cermati_disposisi", "Sekretaris DPRD", 10, "Disposisi surat masuk"),
    7: ("catat_distribusikan", "Staf", 10, "Surat terdokumentasi dan terdistribusikan"),
    8: ("tindak_lanjuti", "Alat Perlengkapan DPRD", 120, "Hasil Laporan tindaklanjut"),
}
MINUTES = {"PT10M": 10, "PT2H": 120}


@pytest.fixture(params=DRAWN, ids=lambda drawn: drawn[1])
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return Drawing.of(*request.param)


@pytest.fixture
def siapmas() -> Drawing:
    return Drawing.of("siapmas", "siapmas.bpmn")


def said(node: etree._Element) -> dict[str, str]:
    """The properties of one element."""
    found = node.iterfind("bpmn:extensionElements/camunda:properties/camunda:property", NS)
    return {p.get("name"): p.get("value") for p in found}


def test_the_standard_accepts_it(drawing: Drawing) -> None:
    BpmnValidator().validate(drawing.root)


def test_it_opens_as_camunda_7(drawing: Drawing) -> None:
    platform = [value for name, value in drawing.root.attrib.items() if name.endswith("executionPlatform")]
    assert platform == ["Camunda Platform"]
    executable = [process.get("isExecutable") for process in drawing.all("bpmn:process")]
    assert executable == ["true"]


def test_the_eight_rows_stand_as_in_the_sop(siapmas: Drawing) -> None:
    rows = {int(words["sop.nomor"]): (i, words) for i, n in siapmas.nodes.items() if "sop.nomor" in (words := said(n))}
    read = {row: (i, w["sop.pelaksana"], MINUTES[w["sop.waktu"]], w["sop.keluaran"]) for row, (i, w) in rows.items()}
    assert read == SOP_ROWS
    assert sum(minutes for _, _, minutes, _ in read.values()) == 190
    for row, (_, words) in rows.items():
        assert (words["sop.hitungan"], words["sop.sejak"], words["sop.tunggu"]) == ("jam-kerja", "dikerjakan", "PT4H")
        assert words["dasar"] == f"SOP 9.3.3/10/416-050/2023 langkah {row}"
        assert words["sop.kegiatan"]
        assert all(item.strip() == item != "" for item in words["sop.kelengkapan"].split(";"))


def test_every_task_of_a_person_has_a_limit_and_a_basis(drawing: Drawing) -> None:
    for task in drawing.all("bpmn:userTask"):
        words = said(task)
        assert words.get("sop.waktu"), task.get("id")
        assert words.get("dasar"), task.get("id")
        if words["sop.waktu"] != "tanpa-batas":
            assert {"sop.hitungan", "sop.sejak"} <= words.keys(), task.get("id")


def test_whatever_happens_names_its_basis(drawing: Drawing) -> None:
    kinds = ("serviceTask", "receiveTask", "boundaryEvent", "callActivity", "subProcess", "intermediateThrowEvent")
    silent = [n.get("id") for n in drawing.all(*(f"bpmn:{kind}" for kind in kinds)) if not said(n).get("dasar")]
    assert not silent


def test_what_is_no_row_of_the_sop_says_so(siapmas: Drawing) -> None:
    for task in siapmas.all("bpmn:userTask"):
        words = said(task)
        assert ("sop.nomor" in words) != (BY_US in words["dasar"]), task.get("id")


def test_every_task_of_siapmas_has_a_form() -> None:
    for file in processes.files("siapmas"):
        for task in Drawing.of("siapmas", file).all("bpmn:userTask", "bpmn:receiveTask"):
            key = task.get(f"{{{NS['camunda']}}}formKey") or said(task).get("formKey", "")
            assert key.startswith("siapmas-"), task.get("id")


def test_every_choice_is_named_and_has_a_way_out_by_default(drawing: Drawing) -> None:
    for gateway in drawing.all("bpmn:exclusiveGateway"):
        ways = [drawing.flows[ref.text] for ref in gateway.findall("bpmn:outgoing", NS)]
        if len(ways) < 2:
            continue
        plain = [way.get("id") for way in ways if way.find("bpmn:conditionExpression", NS) is None]
        assert plain == [gateway.get("default")], gateway.get("id")
        assert gateway.get("name"), gateway.get("id")
        assert all(way.get("name") for way in ways), gateway.get("id")


def test_expressions_ask_only_for_what_the_start_declares(drawing: Drawing) -> None:
    declared = {name.removeprefix("awal.") for n in drawing.all("bpmn:startEvent") for name in said(n)}
    assert asked(drawing) - GIVEN <= declared
    for start in drawing.all("bpmn:startEvent"):
        for name, value in said(start).items():
            if name.startswith("awal."):
                ast.literal_eval(value)


def asked(drawing: Drawing) -> set[str]:
    """The names in conditions, in `= …` properties and in the collections of multi-instances."""
    texts = [condition.text for condition in drawing.all("bpmn:conditionExpression")]
    texts += [v.removeprefix("=").strip() for n in drawing.nodes.values() for v in said(n).values() if v[:1] == "="]
    texts += [m.get(f"{{{NS['camunda']}}}collection") for m in drawing.all("bpmn:multiInstanceLoopCharacteristics")]
    return {n.id for text in texts for n in ast.walk(ast.parse(text, mode="eval")) if isinstance(n, ast.Name)}


def test_timers_are_durations_with_a_clock(drawing: Drawing) -> None:
    for event in drawing.all("bpmn:boundaryEvent[bpmn:timerEventDefinition]"):
        lasts = event.findtext("bpmn:timerEventDefinition/bpmn:timeDuration", namespaces=NS)
        known = {("P3D", "hari-kerja"), ("P10D", "hari-kerja"), ("10", "tanggal")}
        assert (lasts, said(event)["sop.hitungan"]) in known


def test_the_milestone_of_the_perwali_is_seven_days_or_ten_with_coordination() -> None:
    drawing = Drawing.of("pengaduan", "pengaduan.bpmn")
    (milestone,) = drawing.all("bpmn:intermediateThrowEvent")
    words = said(milestone)
    assert words["sop.waktu"] == "= 'P10D' if perlu_koordinasi else 'P7D'"
    assert (words["sop.hitungan"], words["sop.sejak"]) == ("hari-kerja", "diterima")


def test_no_way_leads_back_to_the_split_and_nothing_joins() -> None:
    drawing = Drawing.of("pengaduan", "pengaduan.bpmn")
    (split,) = drawing.all("bpmn:parallelGateway")
    (before,) = (drawing.flows[ref.text].get("sourceRef") for ref in split.findall("bpmn:incoming", NS))
    first = drawing.nodes[before].findall("bpmn:incoming", NS)
    assert [drawing.flows[ref.text].get("sourceRef") for ref in first] == ["mulai"]
