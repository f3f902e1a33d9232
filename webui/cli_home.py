"""This installation, for a command: its settings, its keys, its database, one connection."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from db import connect, migrate
from engine.identities import register
from webui import keyfile
from webui.config import Config, ConfigInvalid

FINE, REFUSED, BAD_USAGE = 0, 1, 2
NEWER = "Pasang versi program yang sesuai; tidak ada yang diubah."


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
