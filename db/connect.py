"""One database for the process: opened and closed by the edges (request, command, job), never below."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import Database, DatabaseProxy, InterfaceError, OperationalError, SqliteDatabase
from playhouse.pool import PooledPostgresqlDatabase, PooledSqliteDatabase

database = DatabaseProxy()

UNAVAILABLE: tuple[type[Exception], ...] = (OperationalError, InterfaceError)
"""What is raised while the database is gone, locked for too long, or full: nothing was written, later it may work."""

SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # NORMAL may lose acknowledged work when the power fails
    "foreign_keys": 1,
    "busy_timeout": 15_000,
    "temp_store": "memory",
}

POSTGRESQL_SETTINGS = {
    "jit": "off",  # a question asked a thousand times a day is not worth compiling each time
    "lock_timeout": "15s",  # as SQLite's busy_timeout: whoever waits for a row hears of it
    "idle_in_transaction_session_timeout": "5min",  # a worker that hangs lets go of what it held
    "tcp_keepalives_idle": "60",  # a machine that was switched off too: the default is two hours
    "tcp_keepalives_interval": "15",
    "tcp_keepalives_count": "4",
}


def configure(url: str, *, max_connections: int = 100) -> Database:
    """Points the process at `sqlite:///path` or `postgresql://…`; ValueError for any other scheme."""
    if url.startswith("sqlite:///"):
        real: Database = PooledSqliteDatabase(
            url.removeprefix("sqlite:///"),
            pragmas=SQLITE_PRAGMAS,
            max_connections=max_connections,
            timeout=10,
            check_same_thread=False,
        )
    elif url.startswith(("postgresql://", "postgres://")):
        real = PooledPostgresqlDatabase(
            url,
            max_connections=max_connections,
            timeout=10,
            stale_timeout=300,
            prefer_psycopg3=True,
            options=" ".join(f"-c {name}={value}" for name, value in POSTGRESQL_SETTINGS.items()),
        )
    else:
        raise ValueError("DISPOSISI_DATABASE must start with sqlite:/// or postgresql://")
    database.initialize(real)
    return real


def is_sqlite() -> bool:
    return isinstance(database.obj, SqliteDatabase)


def open_() -> None:
    """Takes this thread's connection from the pool (nothing if it already holds one)."""
    database.connect(reuse_if_open=True)


def close() -> None:
    """Gives this thread's connection back (nothing if it holds none)."""
    if not database.is_closed():
        database.close()


def dispose() -> None:
    """Closes every pooled connection, at the end of the process or of a test."""
    close()
    close_all = getattr(database.obj, "close_all", None)
    if close_all is not None:
        close_all()


@contextmanager
def connection() -> Iterator[None]:
    """An edge of its own: a command, a job, a test."""
    open_()
    try:
        yield
    finally:
        close()


@contextmanager
def hurried() -> Iterator[None]:
    """Inside, a commit does not wait for the disk: only for what can be made anew when the power fails."""
    fast, safe = ("PRAGMA synchronous = OFF", f"PRAGMA synchronous = {SQLITE_PRAGMAS['synchronous']}")
    if not is_sqlite():
        fast, safe = "SET synchronous_commit TO OFF", "SET synchronous_commit TO DEFAULT"
    database.execute_sql(fast)
    try:
        yield
    finally:
        database.execute_sql(safe)


@contextmanager
def transaction() -> Iterator[None]:
    """One verb, one transaction. SQLite takes the write lock at once: a reader that upgrades fails under load."""
    assert not database.in_transaction(), "one verb, one transaction: this one is already inside another"
    begin: Any = database.atomic("IMMEDIATE") if is_sqlite() else database.atomic()
    with begin:
        yield


def in_transaction() -> bool:
    return bool(database.in_transaction())
