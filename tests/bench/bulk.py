"""Rows by the hundred thousand: executemany on SQLite, COPY on PostgreSQL, indexes taken away and made again."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any

from db import connect, sql
from db.connect import database

SPEED = {
    "journal_mode": "off",
    "synchronous": "off",
    "foreign_keys": "off",
    "cache_size": "-200000",
    "temp_store": "file",
}
SAFE = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": "on"}


class Loader:
    """Collects rows per table and writes them in one go; inside `with`, these tables have no indexes."""

    def __init__(self, tables: Sequence[str]) -> None:
        there = set(database.get_tables())
        self.tables = [table for table in tables if table in there]
        self._waiting: dict[str, list[tuple[Any, ...]]] = {}
        self._columns: dict[str, tuple[str, ...]] = {}
        self._indexes: list[tuple[str, str]] = []

    def add(self, table: str, row: dict[str, Any]) -> None:
        if table not in self._columns:
            self._columns[table] = tuple(row)
        self._waiting.setdefault(table, []).append(tuple(row[name] for name in self._columns[table]))

    def flush(self) -> None:
        """Writes what waits, in the order of the tables."""
        raw: Any = database.connection()
        for table in self.tables:
            rows = self._waiting.pop(table, [])
            if not rows:
                continue
            names = ", ".join(self._columns[table])
            if connect.is_sqlite():
                raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({sql.marks(rows[0])})", rows)
            else:
                with raw.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)

    def __enter__(self) -> "Loader":
        self._fast()
        self._indexes = _indexes(self.tables)
        for name, _ in self._indexes:
            sql.execute(f'DROP INDEX "{name}"')
        if connect.is_sqlite():
            sql.execute("BEGIN")
        return self

    def __exit__(self, kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        if kind is not None:
            return
        if connect.is_sqlite():
            sql.execute("COMMIT")
        for _, text in self._indexes:
            sql.execute(text)
        self._settle()

    def _fast(self) -> None:
        if connect.is_sqlite():
            for name, value in SPEED.items():
                sql.execute(f"PRAGMA {name} = {value}")
        else:
            sql.execute("SET session_replication_role = replica")

    def _settle(self) -> None:
        if connect.is_sqlite():
            sql.execute("PRAGMA analysis_limit = 1000")
            sql.execute("ANALYZE")
            for name, value in SAFE.items():
                sql.execute(f"PRAGMA {name} = {value}")
            return
        sql.execute("SET session_replication_role = DEFAULT")
        for table in self.tables:
            serial = sql.value("SELECT pg_get_serial_sequence(?, 'id')", (table,)) if _has_id(table) else None
            if serial:
                sql.value(f"SELECT setval('{serial}', (SELECT MAX(id) FROM {table}))")
        sql.execute("VACUUM ANALYZE")


def _has_id(table: str) -> bool:
    return any(column.name == "id" for column in database.get_columns(table))


def _indexes(tables: Sequence[str]) -> list[tuple[str, str]]:
    if connect.is_sqlite():
        text = (
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            f" AND tbl_name IN ({sql.marks(tables)})"
        )
    else:
        text = (
            f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({sql.marks(tables)}) AND indexname NOT IN"
            " (SELECT conname FROM pg_constraint)"
        )
    return [(str(name), str(made)) for name, made in sql.rows(text, tables)]
