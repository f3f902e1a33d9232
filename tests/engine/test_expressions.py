"""The safe language: what it can say, what it refuses, and that nothing gets out of it or blows it up."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import ExpressionInvalid, GuardedEngine, bounded, check, evaluate, names

DATA: dict[str, Any] = {"bagian": "umum", "akd": {"komisi_1": "komisi_1"}, "jumlah": 3, "a": [1, 2], "kosong": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("bagian == 'umum'", True),
        ("len(akd) == 0", False),
        ("jumlah * 2 + 1", 7),
        ("-jumlah // 2 % 5", 3),
        ("'P10D' if jumlah > 2 else 'P7D'", "P10D"),
        ("bagian in ['umum', 'persidangan'] and not kosong", True),
        ("1 < jumlah <= 3", True),
        ("akd['komisi_1']", "komisi_1"),
        ("akd.komisi_1", "komisi_1"),
        ("{'x': [1, (2, 3)]}", {"x": [1, (2, 3)]}),
        ("min(a) + max(a) + abs(-1)", 4),
        ("round(7 / 3, 2)", 2.33),
        ("str(jumlah) + bagian", "3umum"),
        ("int('12') + bool(a)", 13),
        ("kosong is None", True),
        ("  jumlah  ", 3),
    ],
)
def test_an_expression_has_its_value(text: str, value: Any) -> None:
    assert check(text) == []
    assert evaluate(text, DATA) == value


PROBES = [
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "open('/etc/passwd')",
    "eval('1')",
    "exec('x=1')",
    "getattr(a, 'append')",
    "a.append(1)",
    "'{0.__class__}'.format(a)",
    "bagian.__class__",
    "min.__globals__",
    "(lambda: 1)()",
    "[x for x in a]",
    "{x for x in a}",
    "f'{a:>1000000000}'",
    "(x := 1)",
    "9 ** 9 ** 9",
    "10 ** 10 ** 10",
    "1 << 1000000000",
    "'a' * 2000000000",
    "[0] * 2000000000",
    "'%2000000000d' % 1",
    "'a'.ljust(2000000000)",
    "'a'.zfill(2000000000)",
    "'a'.replace('', 'a' * 1000)",
    "','.join(a)",
    "a[:]",
    "*a",
    "{**akd}",
    "min(*a)",
    "max(a, key=len)",
    "b'x'",
    "1j",
    "...",
    "1 == 1 or open('x')",
    "await a",
    "yield a",
    "import os",
    "a = 1",
    "a; a",
    "~1",
    "1 | 2",
    "a @ a",
    "9" * 90,
    "(" * 300 + "1" + ")" * 300,
    "-" * 1000 + "1",
    "not " * 400 + "1",
    "a" * 2001,
    " or ".join(["jumlah"] * 400),
    "",
    "\x00",
    "int('9' * 5000)",
    "str(a)",
    "round(1, 10 ** 9)",
]


@pytest.mark.parametrize("text", PROBES)
def test_an_escape_or_a_bomb_is_refused(text: str, ends: None) -> None:
    with pytest.raises(ExpressionInvalid) as refused:
        evaluate(text, DATA)
    assert refused.value.cause


@pytest.mark.parametrize(
    "text", ["tidak_ada", "akd.tidak_ada", "akd['x']", "a[9]", "jumlah + bagian", "jumlah < bagian"]
)
def test_a_value_that_is_not_there_is_an_error_with_a_cause(text: str) -> None:
    assert check(text) == []
    with pytest.raises(ExpressionInvalid):
        evaluate(text, DATA)


@pytest.mark.parametrize(
    "text",
    ["1 / 0", "1e308 * 10", f"{'9' * 40} * {'9' * 44}"],
)
def test_arithmetic_has_bounds(text: str) -> None:
    with pytest.raises(ExpressionInvalid):
        evaluate(text, {})


def test_a_list_that_holds_itself_often_is_too_large() -> None:
    nested: list[Any] = [0]
    for _ in range(10):
        nested = [nested] * 10
    with pytest.raises(ValueError, match="terlalu besar"):
        bounded(nested)
    with pytest.raises(ExpressionInvalid):
        evaluate("nested", {"nested": nested})


def test_names_are_those_of_the_data_not_of_the_functions() -> None:
    assert names("len(akd) == 0 and bagian == jumlah.x") == {"akd", "bagian", "jumlah"}
    assert names("(") == set()


def test_data_may_have_a_name_that_a_function_has() -> None:
    assert evaluate("len(len)", {"len": [1]}) == 1


def test_the_engine_of_the_diagrams_runs_no_script() -> None:
    class Task:
        data = {"x": 1}  # noqa: RUF012

    engine = GuardedEngine()
    assert engine.evaluate(Task(), "x + y", {"y": 2}) == 3
    with pytest.raises(ExpressionInvalid):
        engine.execute(Task(), "x = 1")
    with pytest.raises(ExpressionInvalid):
        engine.call_service("x")


@given(st.text(max_size=200))
def test_any_text_is_a_value_or_a_refusal(text: str) -> None:
    with suppress(ExpressionInvalid):
        json.dumps(str(evaluate(text, DATA)))


WORDS = [
    "a",
    "akd",
    "jumlah",
    "bagian",
    "1",
    "'x'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ".",
    "+",
    "*",
    "//",
    "%",
    "==",
    "<",
    "len",
    "min",
    "str",
    "**",
    "lambda",
    "for",
    "__",
    "in",
    "and",
    "not",
    "if",
    "else",
]


def pieces() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)


@given(pieces())
def test_any_row_of_tokens_is_a_value_or_a_refusal(text: str) -> None:
    with suppress(ExpressionInvalid):
        evaluate(text, DATA)
        assert check(text) == []
