"""The gate: a good release passes, every small damage is named at its place, and no damage makes it fall over."""

# ruff: noqa: E501 - a row per damage

import json
from argparse import ArgumentParser
from pathlib import Path
from random import Random

import drawn
import pytest

import processes
from engine.diagrams import gate
from webui.cli import checking

LANES = {
    "staf": ["mulai", "kerja", "pilih", "kirim", "gagal", "tunggu", "batas", "tutup", "banyak", "panggil", "selesai"]
}
FORMS = {"isian": {"keputusan", "catatan"}}
ROLES = {"staf", "akd"}
MANY = drawn.sub(
    "banyak",
    [drawn.start("b0"), drawn.user("b1"), drawn.milestone("b2"), drawn.end("b3")],
    drawn.path("b0", "b1", "b2", "b3"),
    drawn.several("akd"),
)
GOOD = drawn.diagram(
    "utama",
    [
        drawn.start(message="mulai_pesan", keputusan="None", akd="{}"),
        drawn.user("kerja"),
        drawn.xor("pilih", "terus"),
        drawn.service("kirim"),
        drawn.error("gagal", "kirim"),
        drawn.receive("tunggu"),
        drawn.timer("batas", "tunggu"),
        drawn.end("tutup"),
        MANY,
        drawn.call("panggil", "dipanggil"),
        drawn.end(),
    ],
    [
        *drawn.path("mulai", "kerja", "pilih"),
        drawn.flow("pilih", "kirim", "keputusan == 'kirim'"),
        drawn.flow("pilih", "banyak", ident="terus"),
        *drawn.path("kirim", "tunggu", "kerja"),
        drawn.flow("gagal", "kerja"),
        drawn.flow("batas", "tutup"),
        *drawn.path("banyak", "panggil", "selesai"),
    ],
    LANES,
).decode()
CALLED = drawn.diagram(
    "dipanggil",
    [drawn.start("c0"), drawn.user("c1"), drawn.end("c2")],
    drawn.path("c0", "c1", "c2"),
    {"staf_2": ["c1"]},
).decode()


def check(text: str = GOOD, called: str = CALLED) -> list[gate.Problem]:
    files = {"utama.bpmn": text.encode(), "dipanggil.bpmn": called.encode()}
    return gate.check(files, form_fields=FORMS, roles={*ROLES, "staf_2"})


def test_a_good_release_passes() -> None:
    assert check() == []


DAMAGES = [
    ("</bpmn:definitions>", "", "tidak-terbaca", None),
    ("<bpmn:definitions", "<!DOCTYPE x><bpmn:definitions", "tidak-terbaca", None),
    ('name="Tugas kerja"', 'nama="Tugas kerja"', "skema", "kerja"),
    ('<bpmn:endEvent id="tutup"', '<bpmn:scriptTask id="skrip"/><bpmn:endEvent id="tutup"', "unsur-tidak-didukung", "skrip"),
    ('<bpmn:endEvent id="tutup"', '<bpmn:inclusiveGateway id="g"/><bpmn:endEvent id="tutup"', "unsur-tidak-didukung", "g"),
    ('<bpmn:endEvent id="tutup"', '<bpmn:eventBasedGateway id="g"/><bpmn:endEvent id="tutup"', "unsur-tidak-didukung", "g"),
    ('<bpmn:subProcess id="banyak"', '<bpmn:subProcess triggeredByEvent="true" id="banyak"', "sub-proses-kejadian", "banyak"),
    ('id="kerja" name="Tugas kerja"', 'id="kerja" isForCompensation="true" name="Tugas kerja"', "kompensasi", "kerja"),
    ('camunda:elementVariable="unit"/>', 'camunda:elementVariable="unit" isSequential="true"/>', "banyak-berurutan", "banyak"),
    (' camunda:collection="akd"', "", "tanpa-kumpulan", "banyak"),
    ('camunda:elementVariable="unit"', 'camunda:elementVariable="hasil"', "nama-terpakai", "banyak"),
    ('camunda:collection="akd"', 'camunda:collection="lain"', "kumpulan-tanpa-nilai", "banyak"),
    ('sourceRef="mulai" targetRef="kerja"', 'sourceRef="mulai" targetRef="hantu"', "alur-menggantung", "alur_mulai_kerja"),
    ('sourceRef="mulai" targetRef="kerja"', 'sourceRef="mulai" targetRef="b1"', "alur-menggantung", "alur_mulai_kerja"),
    ('sourceRef="gagal" targetRef="kerja"', 'sourceRef="kirim" targetRef="kerja"', "cabang-tanpa-gerbang", "kirim"),
    ('sourceRef="gagal" targetRef="kerja"', 'sourceRef="kirim" targetRef="kerja"', "tanpa-alur-keluar", "gagal"),
    ('sourceRef="pilih" targetRef="banyak"', 'sourceRef="pilih" targetRef="kerja"', "tidak-terjangkau", "banyak"),
    ('sourceRef="gagal" targetRef="kerja"', 'sourceRef="gagal" targetRef="mulai"', "masuk-ke-awal", "mulai"),
    ('sourceRef="gagal" targetRef="kerja"', 'sourceRef="gagal" targetRef="pilih"', None, None),
    ('sourceRef="pilih" targetRef="kirim"', 'sourceRef="pilih" targetRef="pilih"', "lingkaran-tanpa-tugas", "pilih"),
    (' default="terus"', "", "tanpa-jalan-bawaan", "pilih"),
    (' default="terus"', ' default="alur_kirim_tunggu"', "tanpa-jalan-bawaan", "pilih"),
    ("keputusan == 'kirim'", "", "tanpa-syarat", "alur_pilih_kirim"),
    ("keputusan == 'kirim'", "__import__('os')", "ungkapan", "alur_pilih_kirim"),
    ("keputusan == 'kirim'", "keputusan == ", "ungkapan", "alur_pilih_kirim"),
    ("keputusan == 'kirim'", "kepututsan == 'kirim'", "nama-tidak-dinyatakan", "alur_pilih_kirim"),
    ("keputusan == 'kirim'", "catatan == 'kirim'", "tanpa-nilai-awal", "alur_pilih_kirim"),
    ("keputusan == 'kirim'", "hasil_banyak == {}", None, None),
    ('name="awal.keputusan" value="None"', 'name="awal.keputusan" value="akd"', "nama-tidak-dinyatakan", "mulai"),
    ('name="awal.akd"', 'name="awal.unit" value="1"/><camunda:property name="awal.akd"', "nama-terlarang", "mulai"),
    ("<bpmn:flowNodeRef>kerja</bpmn:flowNodeRef>", "", "tanpa-lajur", "kerja"),
    ('<bpmn:lane id="staf"', '<bpmn:lane id="stap"', "lajur-tanpa-peran", "stap"),
    ('<bpmn:userTask id="kerja"', '<bpmn:userTask camunda:candidateGroups="x" id="kerja"', "peran-tidak-dikenal", "kerja"),
    ('name="Tugas kerja" camunda:formKey="isian"', 'name="Tugas kerja" camunda:formKey="x"', "formulir-tidak-dikenal", "kerja"),
    ('name="Tugas kerja" camunda:formKey="isian"', 'name="Tugas kerja"', "tanpa-formulir", "kerja"),
    ('<camunda:property name="sop.waktu" value="PT10M"/>', "", "tanpa-batas-waktu", "kerja"),
    ('value="PT10M"', 'value="P1D"', "batas-salah", "kerja"),
    ('value="PT10M"', 'value="sepuluh"', "batas-salah", "kerja"),
    ('value="PT10M"', "value=\"= 'PT1H' if keputusan else 'PT2H'\"", None, None),
    ('value="PT10M"', 'value="= open(1)"', "ungkapan", "kerja"),
    ('value="jam-kerja"', 'value="jam-karet"', "batas-salah", "kerja"),
    ('value="dikerjakan"', 'value="kapan-kapan"', "sejak-salah", "kerja"),
    ('name="sop.sejak"', 'name="sop.nomor" value="satu"/><camunda:property name="sop.sejak"', "nomor-salah", "kerja"),
    (' camunda:topic="kirim"', "", "tanpa-topik", "kirim"),
    ('name="Tunggu tunggu" camunda:formKey="isian" messageRef="pesan"', 'name="Tunggu tunggu" camunda:formKey="isian"', "tanpa-pesan", "tunggu"),
    ('calledElement="dipanggil"', 'calledElement="entah"', "proses-tidak-ada", "panggil"),
    ('calledElement="dipanggil"', 'calledElement="utama"', "panggilan-melingkar", "panggil"),
    ('isExecutable="true"', 'isExecutable="false"', "tidak-dijalankan", "utama"),
    ('id="kirim" name', 'id="c1" name', "id-ganda", "c1"),
    (">P10D<", "><", "batas-tanpa-lama", "batas"),
    (">P10D<", ">PT10D<", "batas-salah", "batas"),
    ('<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P10D</bpmn:timeDuration>', "<bpmn:timeDate>2026-01-01</bpmn:timeDate>", "batas-tanpa-lama", "batas"),
    ('<camunda:property name="sop.hitungan" value="hari-kerja"/>', "", "tanpa-hitungan", "batas"),
    ('attachedToRef="tunggu"', 'attachedToRef="banyak"', "batas-pada-banyak", "batas"),
    ('attachedToRef="tunggu"', 'attachedToRef="pilih"', "batas-salah-tempat", "batas"),
    ('attachedToRef="kirim"', 'attachedToRef="kerja"', "batas-salah-tempat", "gagal"),
    ('attachedToRef="tunggu"', 'attachedToRef="hantu"', "batas-tanpa-tugas", "batas"),
    ('<bpmn:endEvent id="tutup" name="Selesai"/>', '<bpmn:endEvent id="tutup" name="Selesai"><bpmn:terminateEventDefinition id="td"/></bpmn:endEvent>', "kejadian-tidak-didukung", "tutup"),
    ('<bpmn:startEvent id="b0"', '<bpmn:startEvent id="b9"/><bpmn:startEvent id="b0"', "satu-awal", "banyak"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "element"), DAMAGES)
def test_a_damage_is_named_at_its_place(old: str, new: str, code: str | None, element: str | None) -> None:
    assert old in GOOD
    found = {(p.code, p.element) for p in check(GOOD.replace(old, new, 1))}
    assert (found == set()) if code is None else ((code, element) in found)


def test_a_parallel_gateway_splits_outside_loops_and_its_branches_stay_apart() -> None:
    def codes(*flows: str) -> set[str]:
        nodes = [drawn.start(), drawn.split("g"), drawn.user("x"), drawn.user("y"), drawn.end("e1"), drawn.end("e2")]
        text = drawn.diagram("utama", nodes, [drawn.flow(*pair.split()) for pair in flows], {"staf": ["x", "y"]})
        return {p.code for p in gate.check({"a.bpmn": text}) if p.level == "error"}

    apart = ("mulai g", "g x", "g y", "y e2")
    assert codes(*apart, "x e1") == set()
    assert "cabang-bertemu" in codes(*apart, "x e2")
    assert "paralel-dalam-lingkaran" in codes(*apart, "x g")
    assert "gerbang-gabung" in codes("mulai x", "x g", "y g", "g e1")


def test_one_multi_instance_does_not_stand_in_another() -> None:
    text = GOOD.replace('<bpmn:milestone', "").replace(
        '<bpmn:userTask id="b1" name="Tugas b1" camunda:formKey="isian">',
        '<bpmn:userTask id="b1" name="Tugas b1" camunda:formKey="isian">' + drawn.properties(drawn.LIMIT) + drawn.several("akd", "x"),
    )  # fmt: skip
    assert ("banyak-bertingkat", "b1") in {(p.code, p.element) for p in check(text)}


def test_problems_of_all_files_come_at_once_in_their_order() -> None:
    found = check(GOOD.replace("PT10M", "P1D"), CALLED.replace("PT10M", "P1D"))
    assert [(p.file, p.element) for p in found] == [
        ("dipanggil.bpmn", "c1"),
        ("utama.bpmn", "kerja"),
        ("utama.bpmn", "b1"),
    ]
    assert all(p.line > 0 and p.level == "error" and p.message.endswith(".") for p in found)


def test_a_diagram_nobody_can_read_is_too_large() -> None:
    many = "".join(drawn.user(f"t{n}") for n in range(600))
    assert [p.code for p in check(GOOD.replace(MANY, many + MANY))] == ["terlalu-besar"]


def test_no_files_are_a_problem_too() -> None:
    assert [p.code for p in gate.check({})] == ["tanpa-diagram"]


@pytest.mark.parametrize("seed", range(150))
def test_whatever_is_damaged_the_gate_answers(seed: int) -> None:
    random, text = Random(seed), GOOD
    for _ in range(random.randint(1, 4)):
        pieces = text.split("<" if random.random() < 0.5 else '"')
        mark = "<" if len(pieces) == len(text.split("<")) else '"'
        one, two = random.randrange(len(pieces)), random.randrange(len(pieces))
        how = random.choice(["drop", "swap", "double", "text"])
        if how == "drop":
            del pieces[one]
        elif how == "swap":
            pieces[one], pieces[two] = pieces[two], pieces[one]
        elif how == "double":
            pieces.insert(one, pieces[two])
        else:
            pieces[one] = random.choice(["", "kerja", "= (", "é\x00", "P1Y", "true"])
        text = mark.join(pieces)
    for problem in check(text):
        assert problem.message
        assert problem.level in ("error", "warning")


@pytest.mark.parametrize("name", ["siapmas"])
def test_the_processes_of_the_house_pass(name: str) -> None:
    files = {file: body for file, body in processes.files(name).items() if file.endswith(".bpmn")}
    assert [p for p in gate.check(files) if p.level == "error"] == []


def command(*args: str) -> int:
    parser = ArgumentParser()
    checking.register(parser.add_subparsers())
    parsed = parser.parse_args(["check", *args])
    code: int = parsed.handler(parsed)
    return code


def test_the_command_says_the_same_and_its_exit_code_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, called = tmp_path / "utama.bpmn", tmp_path / "rusak.bpmn", tmp_path / "dipanggil.bpmn"
    good.write_text(GOOD)
    bad.write_text(GOOD.replace("PT10M", "P1D"))
    called.write_text(CALLED)
    assert command(str(good), str(called), "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert command(str(bad), str(called), "--json") == 1
    first = json.loads(capsys.readouterr().out)[0]
    assert set(first) == {"file", "element", "line", "level", "code", "message"}
    assert command(str(bad), str(called)) == 1
    assert "rusak.bpmn:" in capsys.readouterr().out
    assert command(str(tmp_path / "tidak-ada.bpmn")) == 2
