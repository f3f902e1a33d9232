"""`disposisi expression eval`: a value, or why not."""

import json
from argparse import ArgumentParser

import pytest

from webui.cli import expression


def command(*args: str) -> int:
    parser = ArgumentParser()
    expression.register(parser.add_subparsers())
    parsed = parser.parse_args(["expression", "eval", *args])
    code: int = parsed.handler(parsed)
    return code


def test_a_value_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--data", '{"bagian": "umum", "n": 2}', "--", "{'x': n * 2} if bagian == 'umum' else None") == 0
    assert json.loads(capsys.readouterr().out) == {"value": {"x": 4}}
    assert command("--", "-1") == 0
    assert json.loads(capsys.readouterr().out) == {"value": -1}


@pytest.mark.parametrize("text", ["open('x')", "tidak_ada", "9 ** 9", "{(1, 2): 3}"])
def test_a_refusal_says_why(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--", text) == 1
    assert "Ditolak" in capsys.readouterr().err
    assert command("--json", "--", text) == 1
    assert json.loads(capsys.readouterr().out)["error"]


@pytest.mark.parametrize("data", ["[]", "{", "1"])
def test_data_must_be_an_object(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--data", data, "--", "1") == 2
    assert "JSON" in capsys.readouterr().err
