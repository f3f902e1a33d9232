"""How many deadlines a second `disposisi deadline --batch` answers, JSON in and out included, on one core."""

import argparse
import io
import json
import random
import sys
import tempfile
import time
from pathlib import Path

LINES = 300_000
LIMITS = [("PT10M", "jam-kerja"), ("PT2H", "jam-kerja"), ("PT24H", "jam-berjalan"), ("P7D", "hari-kerja")]
LIMITS += [("P10D", "hari-kerja"), ("10", "tanggal"), ("tanpa-batas", "jam-kerja")]


def run(lines: int = LINES) -> dict[str, object]:
    """Ready to print: `deadlines_per_s` counts from reading the first line to writing the last."""
    with tempfile.TemporaryDirectory() as folder:
        questions = Path(folder) / "questions.jsonl"
        questions.write_text(_questions(lines))
        seconds, answered = _timed(questions)
    assert answered == lines, f"{answered} answers for {lines} questions"
    return {
        "bench": "deadlines",
        "lines": lines,
        "seconds": round(seconds, 3),
        "deadlines_per_s": round(lines / seconds),
    }


def _questions(lines: int) -> str:
    chance = random.Random(2023_21)
    rows = []
    for _ in range(lines):
        limit, clock = chance.choice(LIMITS)
        begun = f"202{chance.randint(4, 7)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        moment = f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:{chance.randint(0, 59):02}"
        rows.append(json.dumps({"from": f"{begun}T{moment}+07:00", "limit": limit, "clock": clock}))
    return "\n".join(rows) + "\n"


def _timed(questions: Path) -> tuple[float, int]:
    from engine.clocks import calendars
    from webui.cli import deadline

    calendars.default()  # the seed is built once per process; here the pace is asked for
    parser = argparse.ArgumentParser()
    deadline.register(parser.add_subparsers())
    args = parser.parse_args(["deadline", "--batch", str(questions), "--json"])
    stdout, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO())
    try:
        begun = time.perf_counter()
        code = args.handler(args)
        seconds = time.perf_counter() - begun
        written = sys.stdout.buffer.getvalue()
    finally:
        sys.stdout = stdout
    assert code == 0
    return seconds, written.count(b'{"due":')


if __name__ == "__main__":
    print(json.dumps(run()))
