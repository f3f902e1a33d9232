"""The console script `disposisi`: one command per thing an office does from a terminal."""

import argparse
import importlib
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.errors import OfficeError
from webui import clock
from webui.cli.exits import BAD_USAGE, REFUSED

if TYPE_CHECKING:
    from engine.clocks.worktime import Calendar


class Known(NamedTuple):
    """A command: its line in the help, and the modules that register what it takes: register(subparsers)."""

    line: str
    modules: tuple[str, ...]


COMMANDS = {
    "deadline": Known("kapan jatuh tempo, dan bagaimana dihitung", ("deadline",)),
    "expression": Known("coba ungkapan untuk syarat dan sifat pada diagram", ("expression",)),
    "process": Known("diagram: periksa, terbitkan, bandingkan", ("checking", "process", "diff")),
    "serve": Known("layani halaman, dengan pekerja", ("server",)),
    "worker": Known("kirim yang menunggu, jalankan pengatur waktu", ("server",)),
    "init": Known("siapkan pemasangan baru: kunci, basis data, kalender", ("init",)),
    "migrate": Known("naikkan skema basis data", ("init",)),
    "organisation": Known("instansi dalam pemasangan ini", ("organisation",)),
    "user": Known("akun petugas", ("people",)),
    "case": Known("aduan dan aspirasi", ("case",)),
    "sheet": Known("cetak kertas kantor ke berkas PDF", ("papers",)),
    "report": Known("laporan yang diwajibkan aturan", ("report",)),
    "calendar": Known("jam kerja dan hari libur kantor", ("calendar",)),
    "journal": Known("jurnal: apakah masih utuh; untuk program lain", ("journal",)),
    "doctor": Known("apa yang salah pada pemasangan ini, dan cara memperbaikinya", ("doctor",)),
    "register": Known("data kependudukan: untuk memeriksa NIK dan nama ibu", ("register",)),
    "backup": Known("cadangkan semuanya: basis data, berkas, dan kunci terpisah", ("backup",)),
    "restore": Known("pulihkan cadangan ke tempat yang kosong", ("backup",)),
    "rotate-keys": Known("ganti kunci data pribadi; segel ulang semuanya sambil kantor bekerja", ("keys",)),
}
"""Every command, as the help lists them: what is not called is not loaded."""


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
    """Every command with its line in the help; what it takes is asked of its modules when it is called."""
    top = argparse.ArgumentParser(
        prog="disposisi",
        description="Aspirasi, pengaduan dan disposisi: menurut diagram, dalam jam kantor, di atas kertas kantor.",
        epilog=f"Kode keluar: 0 baik; {REFUSED} ditolak; {BAD_USAGE} cara memakai atau pengaturan salah.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="PERINTAH", parser_class=_Later)
    for word, known in COMMANDS.items():
        commands.add_parser(word, help=known.line).word = word
    return top


class _Later(argparse.ArgumentParser):
    """A command that has not been called yet."""

    word = ""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Called: now its modules are loaded."""
        return _called(self.word).parse_known_args([self.word, *args], namespace)


def _called(word: str) -> argparse.ArgumentParser:
    """One command with all it takes."""
    top = argparse.ArgumentParser(prog="disposisi")
    commands = top.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    into = _processes(commands) if word == "process" else commands
    for name in COMMANDS[word].modules:
        _known(name, into)
    return top


def _processes(commands: Any) -> Any:
    return commands.add_parser("process").add_subparsers(dest="action", required=True, metavar="TINDAKAN")


def _known(name: str, commands: Any) -> None:
    importlib.import_module(f"webui.cli.{name}").register(commands, **_GIVEN.get(name, {}))


def shipped_fields() -> Mapping[str, set[str]]:
    """The forms that come with the program, and their fields."""
    from engine.diagrams import proposals

    return proposals.shipped_fields()


def roles_here() -> tuple[set[str], set[str]]:
    """What lanes may name in this installation, and which of it nobody holds."""
    from engine.diagrams import proposals
    from webui.cli.home import at_home

    with at_home():
        return proposals.roles_here(clock.real())


def calendar_of_unit(code: str) -> "Calendar":
    """The working time of a unit of this installation; NotFound where there is none."""
    from db.queries import offices
    from engine.errors import NotFound
    from engine.offices import settings
    from webui.cli.home import at_home

    with at_home():
        found = offices.unit(code)
        if found is None:
            raise NotFound("unit", code)
        return settings.calendar(*found)


_GIVEN: dict[str, dict[str, Any]] = {
    "deadline": {"calendar_of_unit": calendar_of_unit},
    "checking": {"form_fields": shipped_fields, "roles": roles_here},
}
"""What two commands that work without an installation are given to ask one."""
