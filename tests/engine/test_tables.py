"""Decision tables: a closed language in the cells, one answer or none, set anew whenever a case comes by."""

import contextlib
from itertools import product

import decisions
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import expressions
from engine.diagrams import catalog, gate
from engine.diagrams.decisions import cells, coverage, dmn, tables
from engine.diagrams.decisions.cells import CellRefused
from engine.errors import ProcessBroken
from engine.runtime import Running


def holds(cell: str, value: object, kind: str = "") -> bool:
    asks = cells.condition(cell, kind)
    return bool(expressions.evaluate(asks.text, {"nilai": value}))


@pytest.mark.parametrize(
    ("cell", "yes", "no"),
    [
        ("-", ["a", None, 3], []),
        ("", ["a", None], []),
        ('"a"', ["a"], ["b", None]),
        ('"a", "b"', ["a", "b"], ["c", None]),
        ("1,2", [1, 2], [3, 12, None]),
        ("not(5)", [4, None], [5]),
        ('not("a", "b")', ["c"], ["a", "b"]),
        ("< 5", [4, 4.9], [5, None]),
        (">= -2", [-2, 0], [-3]),
        ("[1..5]", [1, 5], [0, 6, None]),
        ("(1..5)", [2], [1, 5]),
        ("]1..5]", [5], [1]),
        ("<0, [3..4], 9", [-1, 3, 9], [0, 5]),
        ("true", [True], [False, None]),
        ("null", [None], ["a"]),
        ('>= "2016-02-29"', ["2016-02-29", "2026-01-01"], ["2016-02-28", None]),
        ('[date("2016-02-29")..date("2016-12-31")]', ["2016-06-20"], ["2017-01-01"]),
        (r'"kata \"ini\""', ['kata "ini"'], ["kata ini"]),
    ],
)
def test_a_cell_holds_for_what_it_says(cell: str, yes: list[object], no: list[object]) -> None:
    assert [value for value in yes if not holds(cell, value)] == []
    assert [value for value in no if holds(cell, value)] == []


@pytest.mark.parametrize(
    "cell",
    [
        "a",
        "nilai",
        "subyek",
        "1 + 1",
        '"a" and "b"',
        "contains(nilai)",
        '__import__("os")',
        "5..1",
        "[5..1]",
        '1, "a"',
        "> null",
        "> true",
        'date("2026-02-30")',
        'date("besok")',
        "1e5",
        '"belum',
        "not(not(5))",
        "not(-)",
        "5 5",
        "1,",
        "[1..5",
        "<",
        "= 5",
        "{a: 1}",
        '["a"]',
        "1" * 20,
        ",".join(["1"] * 61),
        "x" * 1001,
        "?.kode = 1",
        "function() 1",
        "\x00",
    ],
)
def test_what_the_cells_may_not_hold_is_refused_in_words(cell: str) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.condition(cell)
    assert refused.value.cause


@given(st.text(max_size=40))
def test_any_cell_is_read_into_the_safe_language_or_refused(cell: str) -> None:
    for kind in ("", "string", "number", "date", "boolean"):
        with contextlib.suppress(CellRefused):
            assert expressions.check(cells.condition(cell, kind).text) == []
    with contextlib.suppress(CellRefused):
        cells.value(cell)


def test_output_cells_are_literals_lists_and_contexts() -> None:
    assert cells.value('["dpu", "dkp"]') == ["dpu", "dkp"]
    assert cells.value('{dpu: "dpu", "kec magersari": [1, true, null]}') == {
        "dpu": "dpu",
        "kec magersari": [1, True, None],
    }
    assert cells.value("") is None
    for refused in ("-", "dpu", "[1,", "{a: 1, a: 2}", '"a" + "b"', "[[[[[[1]]]]]]"):
        with pytest.raises(CellRefused):
            cells.value(refused)


# -- deciding ----------------------------------------------------------------------------------------------------------

ROADS = (
    (['"jalan"'], ['"dpu"', '["dpu", "dkp"]'], "Pasal 3 ayat (2) huruf j"),
    (['"lampu"'], ['"dkp"', '["dkp"]'], "Pasal 3 ayat (2) huruf d"),
)
UNITS = (("skpd", "string"), ("terkait", "Any"))
AWAL = {"soal": '"jalan"', "skpd": "None", "terkait": "[]", "ulang": "False"}


def table_of(body: bytes) -> tables.Table:
    found, faults = dmn.read(body, "tabel.dmn")
    assert found is not None and faults == []
    return found


def release(body: bytes, **initial: str) -> dict[str, bytes]:
    return {"tanya.bpmn": decisions.asking({**AWAL, **initial}), "tabel.dmn": body}


def cold(files: dict[str, bytes], running: Running) -> Running:
    """The same case after a restart: files parsed again, state read again."""
    catalog._load.cache_clear()
    return Running.restore(catalog.load(files, "tanya"), running.dump())


def test_a_table_sets_its_answers_anew_on_every_pass_over_restarts() -> None:
    files = release(decisions.table([("soal", "string")], UNITS, ROADS))
    running = Running.start(catalog.load(files, "tanya"), {})
    assert (running.data["skpd"], running.data["terkait"]) == ("dpu", ["dpu", "dkp"])
    element, facts = running.begun.decided[0]
    assert element.id == "tentukan" and facts["table"] == "tabel"
    assert facts["rows"] == [{"id": "b1", "row": 1, "note": "Pasal 3 ayat (2) huruf j"}]

    for asked, skpd, related in (("lampu", "dkp", ["dkp"]), ("banjir", None, []), ("jalan", "dpu", ["dpu", "dkp"])):
        running = cold(files, running)
        step = running.complete(running.waiting[0].key, {"soal": asked, "ulang": True})
        assert (running.data["skpd"], running.data["terkait"]) == (skpd, related)
        assert len(step.decided) == 1 and step.decided[0][1]["values"] == {"skpd": skpd, "terkait": related}
    running = cold(files, running)
    assert running.complete(running.waiting[0].key, {"ulang": False}).ended


def test_two_rows_of_unique_stop_the_case_and_say_which() -> None:
    rows = [*ROADS, (['"jalan", "pasar"'], ['"diskoperindag"', "[]"], "")]
    files = release(decisions.table([("soal", "string")], UNITS, rows))
    with pytest.raises(ProcessBroken) as broken:
        Running.start(catalog.load(files, "tanya"), {})
    assert broken.value.element == "tentukan" and "baris 1, 3 berlaku bersamaan" in broken.value.cause


def test_first_takes_the_first_and_collect_takes_all() -> None:
    rows = [([">= 10"], ['"besar"'], ""), ([">= 1"], ['"kecil"'], ""), (["-"], ['"lain"'], "")]
    for policy, wanted in (("FIRST", "besar"), ("COLLECT", ["besar", "kecil", "lain"])):
        found = table_of(decisions.table([("n", "number")], [("ukuran", "string")], rows, policy=policy))
        assert found.decide({"n": 12}).values == {"ukuran": wanted}
    assert found.decide({"n": None}).values == {"ukuran": ["lain"]}


def test_a_value_of_the_wrong_kind_stops_the_case_instead_of_choosing_wrongly() -> None:
    found = table_of(decisions.table([("n", "number")], [("k", "string")], [(["1"], ['"a"'], "")]))
    assert found.decide({"n": 1}).values == {"k": "a"}
    for wrong in (True, "1", [1]):
        with pytest.raises(tables.Undecided, match="bukan bilangan"):
            found.decide({"n": wrong})
    dated = table_of(decisions.table([("t", "date")], [("k", "string")], [(['< "2026-01-01"'], ['"a"'], "")]))
    with pytest.raises(tables.Undecided, match="bukan tanggal"):
        dated.decide({"t": "kemarin"})


def test_what_a_table_said_belongs_to_the_case_alone() -> None:
    found = table_of(decisions.table([("soal", "string")], UNITS, ROADS))
    found.decide({"soal": "jalan"}).values["terkait"].append("salah")
    assert found.decide({"soal": "jalan"}).values["terkait"] == ["dpu", "dkp"]


# -- the gate ----------------------------------------------------------------------------------------------------------


def codes(files: dict[str, bytes], level: str | None = None) -> list[tuple[str, str | None]]:
    found = gate.check(files, form_fields={}, roles={"staf"})
    return [(p.code, p.element) for p in found if p.file.endswith(".dmn") and level in (None, p.level)]


def test_a_sound_table_passes_and_the_gap_is_told() -> None:
    files = release(decisions.table([("soal", "string")], UNITS, ROADS))
    found = gate.check(files, form_fields={}, roles={"staf"})
    assert [p for p in found if p.level == "error"] == []
    assert [(p.code, p.element) for p in found if p.file == "tabel.dmn"] == [("tanpa-baris-bawaan", "tabel")]
    closed = [*ROADS, (['not("jalan", "lampu")'], ["", "[]"], "bawaan")]
    assert codes(release(decisions.table([("soal", "string")], UNITS, closed))) == []


def test_a_cell_out_of_the_language_is_told_at_the_cell_with_its_line() -> None:
    rows = [*ROADS, (["soal + 1"], ['"dpu"', "dpu"], "")]
    files = release(decisions.table([("soal", "string")], UNITS, rows))
    found = {p.element: p for p in gate.check(files, form_fields={}) if p.code == "sel"}
    assert set(found) == {"b3_m1", "b3_k2"}
    text = files["tabel.dmn"].decode().splitlines()
    assert all(f'id="{element}"' in text[problem.line - 1] for element, problem in found.items())
    assert "Baris 3, kolom “soal”, sel 'soal + 1'" in found["b3_m1"].message
    with pytest.raises(ProcessBroken):
        catalog.load(files, "tanya")


def test_overlaps_of_unique_are_found_over_lists_ranges_and_dates() -> None:
    rows = [
        (['"a", "b"', "[1..5]", "-"], ['"x"'], ""),
        (['"b"', "(5..9]", "-"], ['"y"'], ""),
        (['not("a")', "5", '>= "2017-01-01"'], ['"z"'], ""),
    ]
    asked = [("soal", "string"), ("n", "number"), ("t", "date")]
    initial = {"n": "None", "t": "None"}
    body = decisions.table(asked, [("skpd", "string")], rows)
    assert ("baris-bertumpuk", "b3") in codes(release(body, **initial), "error")
    rows[2] = (['not("a", "b")', "5", '>= "2017-01-01"'], ['"z"'], "")
    assert codes(release(decisions.table(asked, [("skpd", "string")], rows), **initial), "error") == []


def test_days_one_after_the_other_do_not_overlap() -> None:
    rows = [(['<= "2016-12-31"'], ['"dkp"'], ""), (['>= "2017-01-01"'], ['"dlh"'], ""), (["null"], [""], "")]
    body = decisions.table([("t", "date")], [("skpd", "string")], rows)
    assert codes(release(body, t="None")) == []


def test_a_row_that_can_never_be_chosen_is_told() -> None:
    rows = [(["-"], ['"a"'], ""), (['"jalan"'], ['"b"'], "")]
    body = decisions.table([("soal", "string")], [("skpd", "string")], rows, policy="FIRST")
    assert codes(release(body)) == [("baris-tertutup", "b2")]


def test_what_a_table_names_is_declared_and_what_names_it_finds_it() -> None:
    files = release(decisions.table([("entah", "string")], [("baru", "string")], [(["-"], ["1"], "")]))
    files["lain.dmn"] = decisions.table([], [("skpd", "string")], [([], ['"a"'], "")], ident="lain")
    found = [(p.file, p.code, p.element) for p in gate.check(files, form_fields={}, roles={"staf"})]
    assert ("tabel.dmn", "nama-tidak-dinyatakan", "m1") in found
    assert ("tanya.bpmn", "keluaran-tidak-dinyatakan", "tentukan") in found
    assert ("tabel.dmn", "sel", "b1_k1") in found  # a number in a column of texts
    assert ("lain.dmn", "tabel-tidak-dipakai", "lain") in found
    missing = gate.check({"tanya.bpmn": decisions.asking(AWAL, decision="hilang")}, form_fields={})
    assert "tabel-tidak-ada" in {p.code for p in missing}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('hitPolicy="UNIQUE"', 'hitPolicy="PRIORITY"'), "aturan-pilih"),
        (('hitPolicy="UNIQUE"', 'hitPolicy="COLLECT" aggregation="SUM"'), "aturan-pilih"),
        (("<text>soal</text>", "<text>open('x')</text>"), "ungkapan"),
        (('typeRef="string"><text>soal', 'typeRef="dateTime"><text>soal'), "jenis-kolom"),
        (('typeRef="string"><text>soal', 'typeRef="string" expressionLanguage="juel"><text>soal'), "bahasa"),
        (('name="skpd"', 'name="dua kata"'), "nama-keluaran"),
        (('name="skpd"', 'name="terkait"'), "keluaran-ganda"),
        (("<decision ", '<businessKnowledgeModel id="x" name="x" /><decision '), "unsur-tidak-didukung"),
        (("<decision ", '<decision id="dua" name="dua" /><decision '), "satu-tabel"),
        (("20191111/MODEL", "20151101/MODEL"), "bukan-dmn"),
        (("<definitions", "<!DOCTYPE x><definitions"), "tidak-terbaca"),
        (("</rule>", ""), "tidak-terbaca"),
    ],
)
def test_a_table_that_is_more_than_a_table_is_refused(change: tuple[str, str], code: str) -> None:
    body = decisions.table([("soal", "string")], UNITS, ROADS).decode().replace(*change).encode()
    assert code in {problem for problem, _ in codes(release(body), "error")}


NUMBERS = st.sampled_from(
    ["-", "1", "2, 3", "not(2)", "< 2", ">= 3", "[1..3)", "(1..2]", "null", "not(null)", "<= 1, 5"]
)
TEXTS = st.sampled_from(["-", '"a"', '"a", "b"', 'not("a")', '>= "b"', "null", '["a".."b"]', 'not("a", null)'])
TRIED = {"n": [None, 0, 1, 1.5, 2, 2.5, 3, 4, 5, 6], "t": [None, "", "a", "ab", "b", "c"]}


@given(st.lists(st.tuples(NUMBERS, TEXTS, TEXTS), min_size=1, max_size=5), st.sampled_from(["UNIQUE", "FIRST"]))
def test_overlaps_and_gaps_are_those_that_trying_everything_finds(rows: list[tuple[str, ...]], policy: str) -> None:
    """Two columns ask the same: "from" and "until" of one value."""
    asked = [("n", "number"), ("t", "string"), ("t", "string")]
    body = decisions.table(asked, [("k", "string")], [(row, ['"x"'], "") for row in rows], policy=policy)
    table = table_of(body)
    together: set[int] = set()
    chosen: set[int] = set()
    gap = False
    for n, t in product(TRIED["n"], TRIED["t"]):
        values = {"n": n, "t": t}
        held = [row.place for row in table.rows if all(map(_holds, row.tests, (n, t, t)))]
        together |= set(held[1:])
        chosen |= set(held[:1])
        gap = gap or not held
        if policy == "FIRST":
            assert [row.place for row in table.decide(values).rows] == held[:1]
    found = list(coverage.faults(table))
    assert ("tanpa-baris-bawaan" in {fault.code for fault in found}) == gap
    told = {int(fault.element[1:]) for fault in found if fault.element and fault.element[1:].isdigit()}
    if policy == "UNIQUE":
        assert told == together
    else:
        assert told & chosen == set()


def _holds(asks: cells.Test, value: object) -> bool:
    return asks.any or bool(expressions.evaluate(asks.text, {"nilai": value}))


def test_a_table_made_to_keep_the_gate_busy_does_not(ends: None) -> None:
    values = [", ".join(f'"u{row}_{n}"' for n in range(60)) for row in range(500)]
    wide = decisions.table([("soal", "string")], [("k", "string")], [([cells_], ['"x"'], "") for cells_ in values])
    assert [fault.code for fault in coverage.faults(table_of(wide))] == ["tidak-diperiksa"]
    asked = [(f"n{n}", "number") for n in range(10)]
    rows = [([f"> {(row * n) % 7}" for n in range(10)], ['"x"'], "") for row in range(60)]
    deep = table_of(decisions.table(asked, [("k", "string")], rows, policy="FIRST"))
    list(coverage.faults(deep))


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_stumble(body: bytes) -> None:
    table, faults = dmn.read(body)
    assert table is None and faults
