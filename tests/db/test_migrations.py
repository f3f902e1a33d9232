"""Migrations and models give the same catalogue, on both databases."""

import os
from typing import Any

from db import connect, migrate, models, sql
from db.connect import database as proxy

SEARCH = ("case_search", "publication_search")  # on SQLite a virtual table with others behind it: no model could say so


def catalogue() -> dict[str, Any]:
    """Every table with its columns (type, null, default, key) and indexes, as the database tells them."""
    tables = [name for name in proxy.get_tables() if name != "schema_migration" and not name.startswith(SEARCH)]
    return {name: (_columns(name), _indexes(name), _foreign(name)) for name in tables}


def _columns(table: str) -> list[tuple[Any, ...]]:
    found = proxy.get_columns(table)
    return sorted(
        (c.name, c.data_type.lower(), c.null, c.primary_key, c.default if not c.primary_key else None) for c in found
    )


def _indexes(table: str) -> list[tuple[Any, ...]]:
    return sorted((tuple(str(c) for c in i.columns), i.unique) for i in proxy.get_indexes(table))


def _foreign(table: str) -> list[tuple[Any, ...]]:
    return sorted((f.column, f.dest_table, f.dest_column) for f in proxy.get_foreign_keys(table))


def test_migrations_and_models_give_the_same_catalogue(empty_database: str) -> None:
    migrate.up()
    migrated = catalogue()
    for derived in SEARCH:
        assert derived in proxy.get_tables()
        proxy.execute_sql(f"DROP TABLE {derived}")
    for table in reversed(models.ALL):
        proxy.execute_sql(f'DROP TABLE "{table._meta.table_name}"' + ("" if connect.is_sqlite() else " CASCADE"))
    assert catalogue() == {}
    proxy.create_tables(models.ALL)
    assert catalogue() == migrated
    assert len(migrated) == len(models.ALL)


def test_migrating_twice_changes_nothing(empty_database: str) -> None:
    assert migrate.up()
    assert migrate.up() == []
    assert migrate.pending() == []
    assert migrate.unknown() == []


def test_a_database_newer_than_the_program_is_noticed(empty_database: str) -> None:
    migrate.up()
    sql.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01 00:00:00')")
    assert migrate.unknown() == ["9999_future"]


def test_sqlite_commits_are_durable(empty_database: str) -> None:
    if connect.is_sqlite():
        assert sql.value("PRAGMA synchronous") == 2
        assert sql.value("PRAGMA journal_mode") == "wal"
        assert sql.value("PRAGMA foreign_keys") == 1
    else:
        assert sql.value("SHOW server_version_num") >= "140000" or os.environ.get("DISPOSISI_TEST_DATABASE")
