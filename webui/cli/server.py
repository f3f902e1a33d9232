"""`disposisi serve`, `worker`: the processes of an installation."""

import argparse
import errno
import socket
from dataclasses import fields

from webui.cli.home import FINE, NotReady, at_home, command
from webui.config import Config


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds both commands."""
    told = "\n".join(f"  {f.metadata['variable']:28} {f.metadata['means']}" for f in fields(Config))
    raw = argparse.RawDescriptionHelpFormatter
    serving = commands.add_parser("serve", epilog=f"Pengaturan:\n{told}", formatter_class=raw)
    serving.add_argument("--no-worker", action="store_true", help="tanpa pekerja (dijalankan di mesin lain)")
    serving.set_defaults(handler=serve)
    commands.add_parser("worker").set_defaults(handler=work)


@command
def serve(args: argparse.Namespace) -> int:
    """Serves until told to stop."""
    from webui.serve import serve as run

    with at_home() as config:
        _must_be_free(config)  # a wrong setting, an old schema, a port in use: said before anything listens
    run(config, worker=not args.no_worker)
    return FINE


def _must_be_free(config: Config) -> None:
    """Raises NotReady where another program listens already; what else there may be, the server says."""
    try:
        socket.create_server((config.host, config.port)).close()
    except OSError as refused:
        if refused.errno == errno.EADDRINUSE:
            place = f"{config.host}:{config.port}"
            raise NotReady(f"{place} sudah dipakai program lain. Tutup program itu, atau pilih PORT lain.") from refused


@command
def work(_args: argparse.Namespace) -> int:
    """Works until told to stop."""
    from webui.rounds.worker import main

    with at_home() as config:
        pass
    main(config)
    return FINE
