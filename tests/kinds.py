"""A pytest plugin: how long each kind of test took (a kind is a folder), printed before pytest's own last line."""

from collections import defaultdict
from pathlib import Path

import pytest

_seconds: dict[str, float] = defaultdict(float)
_counts: dict[str, int] = defaultdict(int)


def kind(nodeid: str) -> str:
    """`tests/browser/test_walk.py::…[postgresql]` → `browser on postgresql`; files at the top are `house`."""
    path, _, rest = nodeid.partition("::")
    folders = Path(path).parts[:-1]
    name = folders[1] if len(folders) > 1 else "house"
    return f"{name} on postgresql" if "postgresql" in rest.partition("[")[2] else name


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _seconds[kind(report.nodeid)] += report.duration
    _counts[kind(report.nodeid)] += report.when == "call"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("time of each kind")
    for name, seconds in sorted(_seconds.items(), key=lambda item: -item[1]):
        terminalreporter.write_line(f"{seconds:8.1f} s  {_counts[name]:5d} tests  {name}")
