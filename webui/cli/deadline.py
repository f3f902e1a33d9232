"""`disposisi deadline`: when is it due, and why; one question on the command line or many in a file, a line each."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from engine.clocks import calendars, deadlines
from engine.clocks.worktime import Calendar, CalendarInvalid
from engine.errors import NotFound
from webui.trouble import why

CalendarOfUnit = Callable[[str], Calendar]

FINE, REFUSED, BAD_USAGE = 0, 1, 2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_DATE_ONLY = 10  # characters of 2026-04-10
_LINES_AT_ONCE = 2000
_COMPLAINTS_SHOWN = 20


class _Usage(Exception):
    """The command was called in a way that cannot be answered."""


class _Refused(Exception):
    """The command was understood, and what it was given is refused."""


def register(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]", calendar_of_unit: CalendarOfUnit | None = None
) -> argparse.ArgumentParser:
    """Adds `deadline`; its `handler` takes the parsed arguments and gives the exit code.

    `calendar_of_unit` finds the calendar of a unit's code (NotFound when there is none) in the database.
    """
    parser = subparsers.add_parser(
        "deadline",
        description="Menghitung jatuh tempo. Tanpa --unit atau --calendar: kalender bawaan (Perpres 21/2023, WIB).",
        epilog="Kode keluar: 0 terhitung; 1 batas, kalender atau baris ditolak; 2 cara memakai perintah salah.",
    )
    _add_arguments(parser)
    parser.set_defaults(handler=partial(run, calendar_of_unit=calendar_of_unit))
    return parser


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--from",
        dest="start",
        metavar="INSTANT",
        help="saat mulai, ISO 8601: 2026-04-10T16:25+07:00; tanpa zona = jam kantor",
    )
    add("--limit", metavar="LIMIT", help="PT10M, PT24H, P7D, tanggal 1-31, atau tanpa-batas")
    add("--clock", choices=deadlines.CLOCKS, help="cara menghitung")
    add(
        "--batch",
        metavar="FILE.jsonl",
        help='satu baris {"from", "limit", "clock"} masuk, satu baris {"due"} keluar; - = stdin',
    )
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--unit", metavar="CODE", help="pakai kalender unit ini")
    whose.add_argument("--calendar", metavar="FILE.json", help="pakai kalender dalam berkas ini")
    add("--explain", action="store_true", help="tunjukkan hitungannya baris demi baris")
    add("--json", action="store_true", help="keluarkan JSON saja")


def run(args: argparse.Namespace, calendar_of_unit: CalendarOfUnit | None = None) -> int:
    """Answers on stdout, complains on stderr; 0 fine, 1 refused or problems found, 2 bad usage."""
    try:
        _check_usage(args)
        calendar = _calendar(args, calendar_of_unit)
        return _single(args, calendar) if args.batch is None else _batch(args, calendar)
    except BrokenPipeError:
        return _nobody_reads_on()
    except _Usage as problem:
        return _complain(problem, BAD_USAGE)
    except (_Refused, ValueError) as problem:
        return _complain(problem, REFUSED)


def _nobody_reads_on() -> int:
    """The reader left early (`| head`): no mistake, and Python must not complain when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FINE


def _complain(problem: object, code: int) -> int:
    print(f"disposisi deadline: {problem}", file=sys.stderr)
    return code


def _check_usage(args: argparse.Namespace) -> None:
    single = {"--from": args.start, "--limit": args.limit, "--clock": args.clock}
    given = [name for name, value in single.items() if value is not None]
    if args.batch is not None:
        if given or args.explain:
            raise _Usage(f"{(given or ['--explain'])[0]} tidak dapat dipakai bersama --batch.")
        return
    needed = [
        name for name in single if name not in given and not (name == "--clock" and args.limit == deadlines.ENDLESS)
    ]
    if needed:
        raise _Usage(f"{', '.join(needed)} belum diisi (atau pakai --batch FILE.jsonl).")


# --- which calendar ---


def _calendar(args: argparse.Namespace, calendar_of_unit: CalendarOfUnit | None) -> Calendar:
    if args.calendar is not None:
        return _calendar_in(Path(args.calendar))
    if args.unit is not None:
        return _calendar_of(args.unit, calendar_of_unit)
    return calendars.default()


def _calendar_of(unit: str, calendar_of_unit: CalendarOfUnit | None) -> Calendar:
    if calendar_of_unit is None:
        raise _Usage("--unit memerlukan instalasi; pakai --calendar FILE.json.")
    try:
        return calendar_of_unit(unit)
    except (NotFound, LookupError):
        raise _Refused(f"Unit {unit!r} tidak ada.") from None


def _calendar_in(path: Path) -> Calendar:
    try:
        return Calendar.from_json(orjson.loads(path.read_bytes()))
    except OSError as problem:
        raise _Usage(f"Berkas kalender {path} tidak dapat dibaca: {why(problem)}.") from None
    except orjson.JSONDecodeError as problem:
        raise _Usage(f"Berkas kalender {path} bukan JSON: baris {problem.lineno}, kolom {problem.colno}.") from None
    except CalendarInvalid as problem:
        raise _Refused("\n  ".join([f"Kalender {path} ditolak:", *problem.problems])) from None


# --- one question ---


def _single(args: argparse.Namespace, calendar: Calendar) -> int:
    try:
        start = _instant(args.start, calendar)
    except ValueError as problem:
        raise _Usage(f"--from: {problem}") from None
    clock = args.clock or ""
    answer: dict[str, Any] = {"due": _iso(deadlines.due(start, args.limit, clock, calendar), calendar)}
    lines = deadlines.explain(start, args.limit, clock, calendar) if args.explain else []
    if args.explain and args.json:
        answer["lines"] = [_line_json(line, calendar) for line in lines]
    elif lines:
        print("\n".join(line.text for line in lines))
    print(json.dumps(answer, ensure_ascii=False))
    return FINE


def _line_json(line: deadlines.Line, calendar: Calendar) -> dict[str, Any]:
    span = {"from": _iso(line.from_ms, calendar), "to": _iso(line.to_ms, calendar)}
    return {"text": line.text} | span | {"minutes": line.amount_ms / 60_000}


def _instant(text: object, calendar: Calendar) -> int:
    """UTC ms of an ISO 8601 instant; one without an offset is the office's local time."""
    if not isinstance(text, str):
        raise ValueError(f"Saat {text!r} harus berupa teks, misalnya 2026-04-10T16:25+07:00.")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"Saat {text!r} salah; tulis misalnya 2026-04-10T16:25+07:00.") from None
    if len(text) <= _DATE_ONLY:
        raise ValueError(f"Saat {text!r} tanpa jam; tulis misalnya {found:%Y-%m-%d}T07:30.")
    aware = found if found.tzinfo else found.replace(tzinfo=calendar.tz)
    return (aware - _EPOCH) // _MS


def _iso(ms: int | None, calendar: Calendar) -> str | None:
    if ms is None:
        return None
    exact = "auto" if ms % 1000 == 0 else "milliseconds"
    return datetime.fromtimestamp(ms / 1000, calendar.tz).isoformat(timespec=exact)


# --- many questions ---


def _batch(args: argparse.Namespace, calendar: Calendar) -> int:
    if args.batch == "-":
        return _answer_all(sys.stdin.buffer, calendar)
    with _opened(args.batch) as lines:
        return _answer_all(lines, calendar)


def _opened(name: str) -> BinaryIO:
    try:
        return Path(name).open("rb")
    except OSError as problem:
        raise _Usage(f"Berkas {name} tidak dapat dibaca: {why(problem)}.") from None


def _answer_all(lines: BinaryIO, calendar: Calendar) -> int:
    """Writes an answer for each line in order, some thousand at a time; empty lines are passed over."""
    refused = 0
    pending: list[bytes] = []
    for number, answer in answers(lines, calendar):
        if "error" in answer:
            refused += 1
            _complain_of_line(number, answer, refused)
        pending.append(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
        if len(pending) >= _LINES_AT_ONCE:
            _write(pending)
    _write(pending)
    if refused > _COMPLAINTS_SHOWN:
        _complain(f"{refused} baris ditolak; {_COMPLAINTS_SHOWN} yang pertama disebut di atas.", REFUSED)
    return REFUSED if refused else FINE


def _complain_of_line(number: int, answer: dict[str, Any], refused: int) -> None:
    if refused <= _COMPLAINTS_SHOWN:
        _complain(f"Baris {number}: {answer['error']}", REFUSED)


def _write(pending: list[bytes]) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(b"".join(pending))
    sys.stdout.buffer.flush()
    pending.clear()


def answers(lines: Iterable[bytes], calendar: Calendar) -> Iterator[tuple[int, dict[str, Any]]]:
    """For each line its number and {"due"}, or {"line", "error"} where it is refused: never a guessed due time."""
    for number, line in enumerate(lines, 1):
        if not line.isspace():
            try:
                yield number, {"due": _answer(line, calendar)}
            except ValueError as problem:
                yield number, {"line": number, "error": str(problem)}


def _answer(line: bytes, calendar: Calendar) -> str | None:
    question = _question(line)
    limit, clock = question.get("limit"), question.get("clock", "")
    if type(limit) is int:
        limit = str(limit)  # a day of the month, written as the number it is
    if not isinstance(limit, str):
        raise ValueError('"limit" belum diisi; tulis misalnya "P7D".')
    if not isinstance(clock, str):
        raise ValueError(f'"clock" harus berupa teks: {", ".join(deadlines.CLOCKS)}.')
    if "from" not in question:
        raise ValueError('"from" belum diisi; tulis misalnya "2026-04-10T16:25+07:00".')
    return _iso(deadlines.due(_instant(question["from"], calendar), limit, clock, calendar), calendar)


def _question(line: bytes) -> dict[str, Any]:
    try:
        question = orjson.loads(line)
    except orjson.JSONDecodeError as problem:
        raise ValueError(f"bukan JSON ({problem.msg}, kolom {problem.colno}).") from None
    if not isinstance(question, dict):
        raise ValueError('harus berupa objek {"from", "limit", "clock"}.')
    return question
