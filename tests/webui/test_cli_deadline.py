"""`disposisi deadline`, as people and scripts call it."""

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.clocks import calendars
from engine.clocks.worktime import Calendar
from engine.errors import NotFound
from webui.cli import deadline

FRIDAY = "2026-04-10T16:25+07:00"
TEN = ("--from", FRIDAY, "--limit", "PT10M", "--clock", "jam-kerja")


class Answer:
    """What one call printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def disposisi(capfd: pytest.CaptureFixture[str]) -> Any:
    def of_unit(code: str) -> Calendar:
        if code != "bagian_umum":
            raise NotFound("unit", code)
        return Calendar.from_json(calendars.default_json() | {"timezone": "Asia/Jayapura"})

    def call(*words: str | Path) -> Answer:
        parser = argparse.ArgumentParser("disposisi")
        deadline.register(parser.add_subparsers(), of_unit)
        try:
            args = parser.parse_args(["deadline", *map(str, words)])
            code = args.handler(args)
        except SystemExit as left:
            code = left.code
        return Answer(code, *capfd.readouterr())

    return call


@pytest.fixture
def batch(disposisi: Any, tmp_path: Path) -> Any:
    def call(*rows: str | dict[str, Any]) -> Answer:
        texts = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        questions = tmp_path / "questions.jsonl"
        questions.write_text("\n".join(texts), encoding="utf-8")
        answer: Answer = disposisi("--batch", questions, "--json")
        return answer

    return call


def test_a_due_time_is_one_json_object_with_an_offset(disposisi: Any) -> None:
    for more in ((), ("--json",)):
        answer = disposisi(*TEN, *more)
        assert (answer.code, answer.lines, answer.err) == (0, [{"due": "2026-04-13T07:35:00+07:00"}], "")


def test_explain_prints_the_reckoning_above_the_answer(disposisi: Any) -> None:
    assert disposisi(*TEN, "--explain").out.splitlines() == [
        "Jumat 10 April 2026 16.25 + 5 menit → tutup 16.30",
        "Senin 13 April 2026 07.30 + 5 menit → 07.35",
        '{"due": "2026-04-13T07:35:00+07:00"}',
    ]


def test_explain_as_json_carries_the_lines(disposisi: Any) -> None:
    [answer] = disposisi(*TEN, "--explain", "--json").lines
    assert answer["lines"][1] == {
        "text": "Senin 13 April 2026 07.30 + 5 menit → 07.35",
        "from": "2026-04-13T07:30:00+07:00",
        "to": "2026-04-13T07:35:00+07:00",
        "minutes": 5.0,
    }


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-04-10T09:25Z", "2026-04-13T07:35:00+07:00"),
        ("2026-04-10T16:25", "2026-04-13T07:35:00+07:00"),  # the office's own time
        ("2026-04-10 18:25+09:00", "2026-04-13T07:35:00+07:00"),
        ("2026-04-10T16:25:00.250+07:00", "2026-04-13T07:35:00.250+07:00"),
    ],
)
def test_an_instant_may_be_written_in_any_zone(disposisi: Any, start: str, due: str) -> None:
    assert disposisi("--from", start, *TEN[2:]).lines == [{"due": due}]


def test_no_limit_needs_no_clock_and_is_never_due(disposisi: Any) -> None:
    assert disposisi("--from", FRIDAY, "--limit", "tanpa-batas").lines == [{"due": None}]


def test_a_unit_has_its_own_calendar(disposisi: Any) -> None:
    assert disposisi(*TEN, "--unit", "bagian_umum").lines == [{"due": "2026-04-13T07:40:00+09:00"}]


def test_a_calendar_file_takes_the_place_of_the_seed(disposisi: Any, tmp_path: Path) -> None:
    path = tmp_path / "kalender.json"
    week = {"sat": [["08:00", "12:00"]]}
    path.write_text(json.dumps({"timezone": "Asia/Jakarta", "week": week, "periods": [], "holidays": []}))
    assert disposisi(*TEN, "--calendar", path).lines == [{"due": "2026-04-11T08:10:00+07:00"}]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ((), 2, "--from, --limit, --clock belum diisi"),
        (("--from", FRIDAY, "--limit", "P7D"), 2, "--clock belum diisi"),
        (("--from", "kemarin", *TEN[2:]), 2, "Saat 'kemarin' salah"),
        (("--from", "2026-04-10", *TEN[2:]), 2, "tanpa jam; tulis misalnya 2026-04-10T07:30"),
        (("--from", "2026-02-30T10:00", *TEN[2:]), 2, "Saat '2026-02-30T10:00' salah"),
        ((*TEN[:4], "--clock", "jam"), 2, "invalid choice: 'jam'"),
        ((*TEN, "--batch", "x.jsonl"), 2, "--from tidak dapat dipakai bersama --batch"),
        (("--explain", "--batch", "x.jsonl"), 2, "--explain tidak dapat dipakai bersama --batch"),
        (("--batch", "tidak-ada.jsonl"), 2, "Berkas tidak-ada.jsonl tidak dapat dibaca"),
        ((*TEN, "--calendar", "tidak-ada.json"), 2, "Berkas kalender tidak-ada.json tidak dapat dibaca"),
        ((*TEN, "--calendar", "a.json", "--unit", "b"), 2, "not allowed with argument"),
        ((*TEN, "--calendar", ""), 2, "tidak dapat dibaca"),
        (("--batch", ""), 2, "tidak dapat dibaca"),
        ((*TEN, "--unit", "x"), 1, "Unit 'x' tidak ada"),
        (("--from", FRIDAY, "--limit", "P1D", "--clock", "jam-kerja"), 1, "P1D' tidak dapat dipakai dengan jam-kerja"),
        (("--from", FRIDAY, "--limit", "besok", "--clock", "hari-kerja"), 1, "tulis hari bulat"),
        (("--from", "1901-01-01T08:00", *TEN[2:]), 1, "keluar dari kalender"),
        (("--from", "9999-12-31T23:00-05:00", *TEN[2:]), 1, "keluar dari kalender"),
        (("--from", "0001-01-01T00:00+07:00", *TEN[2:]), 1, "keluar dari kalender"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence_and_an_exit_code(
    disposisi: Any, words: tuple[str, ...], code: int, sentence: str
) -> None:
    answer = disposisi(*words)
    assert (answer.code, answer.out) == (code, "")
    assert sentence in answer.err
    assert "Traceback" not in answer.err


def test_a_calendar_file_that_is_wrong_tells_every_problem(disposisi: Any, tmp_path: Path) -> None:
    path = tmp_path / "kalender.json"
    path.write_text('{"timezone": "X", "week": {"senin": []}, "holidays": ["besok"]}')
    answer = disposisi(*TEN, "--calendar", path)
    assert answer.code == 1
    assert [word in answer.err for word in ("Zona waktu 'X'", "hari 'senin'", "tanggal 'besok'")] == [True] * 3
    path.write_text('{"timezone": ')
    answer = disposisi(*TEN, "--calendar", path)
    assert (answer.code, "bukan JSON: baris 1" in answer.err) == (2, True)


def test_help_names_every_option(disposisi: Any) -> None:
    answer = disposisi("--help")
    assert answer.code == 0
    for option in ("--from", "--limit", "--clock", "--unit", "--calendar", "--explain", "--batch", "--json"):
        assert option in answer.out


def test_without_an_installation_a_unit_has_no_calendar(capfd: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    deadline.register(parser.add_subparsers())
    args = parser.parse_args(["deadline", *TEN, "--unit", "bagian_umum"])
    assert args.handler(args) == 2
    assert "--unit memerlukan instalasi" in capfd.readouterr().err


# --- many at once ---


def test_a_batch_answers_line_by_line_in_order(batch: Any) -> None:
    answer = batch(
        {"from": FRIDAY, "limit": "PT10M", "clock": "jam-kerja"},
        {"from": "2026-03-13T10:00+07:00", "limit": "P7D", "clock": "hari-kerja"},
        {"from": FRIDAY, "limit": 10, "clock": "tanggal"},
        {"from": FRIDAY, "limit": "tanpa-batas"},
    )
    dues = ["2026-04-13T07:35:00+07:00", "2026-03-31T16:00:00+07:00", "2026-04-11T00:00:00+07:00", None]
    assert (answer.code, answer.lines) == (0, [{"due": due} for due in dues])


def test_a_bad_line_keeps_its_place_and_is_named_by_its_number(batch: Any) -> None:
    good = {"from": FRIDAY, "limit": "PT10M", "clock": "jam-kerja"}
    bad = [
        "{",
        "[]",
        good | {"limit": "P1D"},
        {"from": FRIDAY},
        good | {"from": 5},
        good | {"clock": 5},
        {"limit": "P7D", "clock": "hari-kerja"},
    ]
    answer = batch(good, *bad, good)
    assert answer.code == 1
    assert [line.get("line") for line in answer.lines] == [None, 2, 3, 4, 5, 6, 7, 8, None]
    assert all("due" not in line for line in answer.lines[1:-1])
    assert answer.err.count("Baris ") == len(bad)
    assert "Baris 4: Batas 'P1D' tidak dapat dipakai dengan jam-kerja" in answer.err


def test_a_file_of_nothing_but_mistakes_does_not_flood_the_screen(batch: Any) -> None:
    answer = batch(*["x"] * 50)
    assert (answer.code, len(answer.lines), answer.err.count("Baris ")) == (1, 50, 20)
    assert "50 baris ditolak" in answer.err


def test_empty_lines_are_passed_over_and_an_empty_file_has_no_answers(batch: Any) -> None:
    assert batch("", '{"from": "2026-04-10T16:25", "limit": "P1D", "clock": "hari-kerja"}', "  ", "").lines == [
        {"due": "2026-04-13T16:00:00+07:00"}
    ]
    empty = batch()
    assert (empty.code, empty.out) == (0, "")


def test_a_batch_may_come_from_stdin(disposisi: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    line = b'{"from": "2026-04-10T16:25", "limit": "PT10M", "clock": "jam-kerja"}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line * 3)))
    assert disposisi("--batch", "-").lines == [{"due": "2026-04-13T07:35:00+07:00"}] * 3


def test_a_reader_who_leaves_early_is_no_mistake(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"from": "2026-04-10T16:25", "limit": "P1D", "clock": "hari-kerja"}\n' * 20_000)
    program = (
        "import argparse, sys; from webui.cli import deadline; parser = argparse.ArgumentParser();"
        "deadline.register(parser.add_subparsers()); args = parser.parse_args(); sys.exit(args.handler(args))"
    )
    words = [sys.executable, "-c", program, "deadline", "--batch", str(questions)]
    house = Path(deadline.__file__).parents[2]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=house) as reader:
        assert reader.stdout is not None
        assert reader.stderr is not None
        reader.stdout.readline()
        reader.stdout.close()
        assert (reader.stderr.read(), reader.wait()) == ("", 0)


def test_a_batch_is_streamed_not_collected() -> None:
    calendar = calendars.default()

    def endless() -> Any:
        while True:
            yield b'{"from": "2026-04-10T16:25", "limit": "PT10M", "clock": "jam-kerja"}\n'

    answers = deadline.answers(endless(), calendar)
    assert [next(answers)[0] for _ in range(3)] == [1, 2, 3]
