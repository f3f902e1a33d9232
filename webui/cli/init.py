"""`disposisi init`, `migrate`: an installation and its database."""

import argparse

from engine import installation
from engine.commands import hiring
from engine.demo.office import BODY
from webui import clock
from webui.cli.demo import BODIES, open_demo
from webui.cli.home import FINE, at_home, command, refuse_newer
from webui.config import Config, ensure_keys, home_of


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds both commands."""
    starting = commands.add_parser("init")
    starting.add_argument(
        "--demo",
        nargs="?",
        const="",
        choices=("", *BODIES),
        metavar="INSTANSI",
        help=f"dengan instansi contoh dan laporan di setiap keadaan ({', '.join(BODIES)}; tanpa nama: semua)",
    )
    starting.set_defaults(handler=init)
    commands.add_parser("migrate").set_defaults(handler=migrate)


@command
def init(args: argparse.Namespace) -> int:
    """Makes what is missing and never replaces what is there."""
    ensure_keys(home_of())
    with at_home(migrated=False) as config:
        refuse_newer()
        installation.prepare()
        if not installation.is_empty():
            print(f"Sudah siap: {config.home}")
            return FINE
        if args.demo is None:
            print(_first_administrator(config), end="")
            return FINE
        open_demo(config, args.demo)
        print((config.home / "demo.txt").read_text(), end="")
    return FINE


def _first_administrator(config: Config) -> str:
    """The office itself, empty, with one administrator who chooses the password by a one-time link."""
    now = clock.real()
    organisation = installation.found(BODY, now=now)
    link = hiring.hire(organisation, "Administrator", username="admin", powers=("admin",), now=now)
    return f"Buat kata sandi untuk admin, sekali, dalam tujuh hari: {config.base_url}/masuk/sekali/{link}\n"


@command
def migrate(_args: argparse.Namespace) -> int:
    """Brings the schema up; says what was applied."""
    with at_home(migrated=False):
        refuse_newer()
        applied = installation.prepare()
    print("\n".join(applied) if applied else "Skema sudah terbaru.")
    return FINE
