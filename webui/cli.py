"""The console script `disposisi`: one command per thing an office does from a terminal."""

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Sequence
from typing import Any

from engine import proposals
from engine.errors import OfficeError
from engine.worktime import Calendar
from webui import clock
from webui.cli_home import BAD_USAGE, REFUSED, at_home

MODULES = (
    "webui.cli_server",
    "webui.cli_organisation",
    "webui.cli_people",
    "webui.cli_case",
    "webui.cli_papers",
    "webui.cli_report",
    "webui.cli_admin",
    "webui.cli_register",
    "webui.cli_backup",
    "webui.cli_keys",
)
"""Each registers its commands: register(subparsers)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; exit 0 fine, 1 refused or problems found, 2 bad usage or configuration."""
    args = parser().parse_args(arguments)
    try:
        return int(args.handler(args))
    except OfficeError as refused:
        print(getattr(refused, "why", "") or refused, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return REFUSED


def parser() -> argparse.ArgumentParser:
    """Every command with its help."""
    top = argparse.ArgumentParser(
        prog="disposisi",
        description="Aspirasi, pengaduan dan disposisi: menurut diagram, dalam jam kantor, di atas kertas kantor.",
        epilog=f"Kode keluar: 0 baik; {REFUSED} ditolak; {BAD_USAGE} cara memakai atau pengaturan salah.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    _known("webui.cli_deadline", commands, calendar_of_unit=calendar_of_unit)
    _known("webui.cli_expression", commands)
    processes = commands.add_parser("process", help="diagram: periksa, terbitkan, bandingkan")
    actions = processes.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    _known("webui.cli_check", actions, form_fields=proposals.shipped_fields, roles=roles_here)
    _known("webui.cli_process", actions)
    _known("webui.cli_diff", actions)
    for name in MODULES:
        _known(name, commands)
    return top


def _known(name: str, commands: Any, **more: Any) -> None:
    if importlib.util.find_spec(name) is not None:
        importlib.import_module(name).register(commands, **more)


def roles_here() -> tuple[set[str], set[str]]:
    """What lanes may name in this installation, and which of it nobody holds."""
    with at_home():
        return proposals.roles_here(clock.real())


def calendar_of_unit(code: str) -> Calendar:
    """The working time of a unit of this installation; NotFound where there is none."""
    from db.queries import offices
    from engine import settings
    from engine.errors import NotFound

    with at_home():
        found = offices.unit(code)
        if found is None:
            raise NotFound("unit", code)
        return settings.calendar(*found)


if __name__ == "__main__":
    sys.exit(main())
