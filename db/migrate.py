"""Brings a database from whatever schema it has to the one this release wants."""

from pathlib import Path

from playhouse.migrations import Runner

from db.connect import database

DIRECTORY = Path(__file__).parent / "migrations"


def _runner() -> Runner:
    return Runner(database.obj, directory=str(DIRECTORY), table_name="schema_migration")


def up(until: str | None = None) -> list[str]:
    """Applies what is pending, in order (no further than `until`), each in its own transaction; gives their names."""
    return list(_runner().up(target=until))


def known() -> list[str]:
    """The migrations of this release, in order; no database is asked."""
    return sorted(path.stem for path in DIRECTORY.glob("[0-9]*.py"))


def applied() -> list[str]:
    """The migrations this database has seen, in order."""
    return [m.name for m in _runner().status() if m.applied is not None]


def pending() -> list[str]:
    return [m.name for m in _runner().status() if m.applied is None]


def unknown() -> list[str]:
    """Migrations this database has seen and this release has not: it is older than its data."""
    return [m.name for m in _runner().status() if m.path is None]
