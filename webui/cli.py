"""The console script `disposisi`: one command per thing an office does from a terminal."""

import argparse
import importlib
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.errors import OfficeError
from webui import clock
from webui.cli_home import BAD_USAGE, REFUSED, at_home

if TYPE_CHECKING:
    from engine.clocks.worktime import Calendar

COMMANDS = {
    "deadline": ("cli_deadline",),
    "expression": ("cli_expression",),
    "process": ("cli_check", "cli_process", "cli_diff"),
    "serve": ("cli_server",),
    "worker": ("cli_server",),
    "init": ("cli_init",),
    "migrate": ("cli_init",),
    "organisation": ("cli_organisation",),
    "user": ("cli_people",),
    "case": ("cli_case",),
    "sheet": ("cli_papers",),
    "report": ("cli_report",),
    "calendar": ("cli_admin",),
    "journal": ("cli_admin",),
    "doctor": ("cli_doctor",),
    "register": ("cli_register",),
    "backup": ("cli_backup",),
    "restore": ("cli_backup",),
    "rotate-keys": ("cli_keys",),
}
"""Which modules know a command, as the help lists them; each registers what it knows: register(subparsers)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; exit 0 fine, 1 refused or problems found, 2 bad usage or configuration."""
    words = sys.argv[1:] if arguments is None else arguments
    args = parser(words[0] if words else "").parse_args(words)
    try:
        return int(args.handler(args))
    except OfficeError as refused:
        print(getattr(refused, "why", "") or refused, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return REFUSED


def parser(word: str = "") -> argparse.ArgumentParser:
    """Every command with its help; of a known `word` that one alone, so that a command loads only what it needs."""
    top = argparse.ArgumentParser(
        prog="disposisi",
        description="Aspirasi, pengaduan dan disposisi: menurut diagram, dalam jam kantor, di atas kertas kantor.",
        epilog=f"Kode keluar: 0 baik; {REFUSED} ditolak; {BAD_USAGE} cara memakai atau pengaturan salah.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    for modules in dict.fromkeys([COMMANDS[word]] if word in COMMANDS else COMMANDS.values()):
        into = _processes(commands) if modules == COMMANDS["process"] else commands
        for name in modules:
            _known(name, into)
    return top


def _processes(commands: Any) -> Any:
    processes = commands.add_parser("process", help="diagram: periksa, terbitkan, bandingkan")
    return processes.add_subparsers(dest="action", required=True, metavar="TINDAKAN")


def _known(name: str, commands: Any) -> None:
    importlib.import_module(f"webui.{name}").register(commands, **_GIVEN.get(name, {}))


def shipped_fields() -> Mapping[str, set[str]]:
    """The forms that come with the program, and their fields."""
    from engine.diagrams import proposals

    return proposals.shipped_fields()


def roles_here() -> tuple[set[str], set[str]]:
    """What lanes may name in this installation, and which of it nobody holds."""
    from engine.diagrams import proposals

    with at_home():
        return proposals.roles_here(clock.real())


def calendar_of_unit(code: str) -> "Calendar":
    """The working time of a unit of this installation; NotFound where there is none."""
    from db.queries import offices
    from engine.errors import NotFound
    from engine.offices import settings

    with at_home():
        found = offices.unit(code)
        if found is None:
            raise NotFound("unit", code)
        return settings.calendar(*found)


_GIVEN: dict[str, dict[str, Any]] = {
    "cli_deadline": {"calendar_of_unit": calendar_of_unit},
    "cli_check": {"form_fields": shipped_fields, "roles": roles_here},
}
"""What two commands that work without an installation are given to ask one."""


if __name__ == "__main__":
    sys.exit(main())
