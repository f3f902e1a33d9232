"""This installation, for a command: its settings, its keys, its database, one connection."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from db import connect, migrate
from db.queries import offices, releases
from engine.errors import Conflict, NotFound
from engine.identities import register
from engine.imports.limits import Unreadable
from webui import keyfile
from webui.cli.exits import BAD_USAGE as BAD_USAGE  # every command takes them from here
from webui.cli.exits import FINE as FINE
from webui.cli.exits import REFUSED as REFUSED
from webui.config import Config, ConfigInvalid
from webui.trouble import why

NEWER = "Pasang versi program yang sesuai; tidak ada yang diubah."


class Usage(Exception):
    """A command cannot be answered as it was called: one line that says why, and exit 2."""


class NotReady(Exception):
    """The installation cannot be used yet: one line that says what to do."""


@contextmanager
def at_home(*, migrated: bool = True) -> Iterator[Config]:
    """Opens this installation; raises ConfigInvalid, NotReady."""
    config = Config.from_env()
    connect.configure(config.database)
    keyfile.use(config)
    register.use(config.register_url)
    try:
        with connect.connection():
            if migrated:
                refuse_newer()
            if migrated and migrate.pending():
                raise NotReady("Basis data belum siap: jalankan `disposisi init` atau `disposisi migrate`.")
            yield config
    finally:
        connect.dispose()


def refuse_newer() -> None:
    """A database that a later release has touched is left alone; raises NotReady."""
    if newer := migrate.unknown():
        raise NotReady(f"Basis data ini lebih baru daripada program ini ({', '.join(newer)}). {NEWER}")


def command(run: Callable[[Any], int]) -> Callable[[Any], int]:
    """A handler whose trouble with the installation is one clear line and exit 2."""

    @wraps(run)
    def told(args: Any) -> int:
        try:
            return run(args)
        except (ConfigInvalid, NotReady) as problem:
            print(problem, file=sys.stderr)
            return BAD_USAGE

    return told


def complain(name: str, problem: object, code: int) -> int:
    """One line on stderr under the name of the command; gives `code` back."""
    print(f"disposisi {name}: {problem}", file=sys.stderr)
    return code


def taking_in(name: str) -> Callable[[Callable[[Any], int]], Callable[[Any], int]]:
    """A handler that takes `args.file` into this installation, opened for it; why it could not is one line."""

    def of(run: Callable[[Any], int]) -> Callable[[Any], int]:
        @command
        @wraps(run)
        def told(args: Any) -> int:
            try:
                with at_home():
                    return run(args)
            except Usage as problem:
                return complain(name, problem, BAD_USAGE)
            except OSError as problem:
                return complain(name, f"{args.file} tidak dapat dibaca: {why(problem)}.", BAD_USAGE)
            except Unreadable as refused:
                return complain(name, refused.sentence, REFUSED)
            except Conflict as refused:
                return complain(name, refused, REFUSED)
            except NotFound as missing:
                return complain(name, f"Tidak ada {missing.what} “{missing.key}” di pemasangan ini.", BAD_USAGE)

        return told

    return of


def whose(parser: argparse.ArgumentParser) -> None:
    """Adds the option that says for which organisation."""
    parser.add_argument("--organisation", metavar="KODE", help="bila ada lebih dari satu instansi")


def organisation(code: str | None, *, runs: str = "") -> int | None:
    """The organisation of that code, or the only one there is, or the only one that runs a process; None with a
    sentence where that does not tell which."""
    known = {found: number for number, found, _name in offices.organisations()}
    meant = [found for found, number in known.items() if runs and releases.every(number, runs)]
    only = meant if len(meant) == 1 else list(known) if len(known) == 1 else [""]
    chosen = code or only[0]
    if chosen not in known:
        print(f"Sebutkan --organisation: {', '.join(known) or '(belum ada instansi)'}", file=sys.stderr)
    return known.get(chosen)
