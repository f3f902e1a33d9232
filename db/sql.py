"""Plain SQL for the hot paths: `?` for every value, rows as tuples, the same text on both databases."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from db.connect import database, is_sqlite

Row = tuple[Any, ...]


@lru_cache(maxsize=2048)
def _postgresql(text: str) -> str:
    return text.replace("%", "%%").replace("?", "%s")


def execute(text: str, values: Sequence[Any] = ()) -> Any:
    """The cursor of one statement; `rowcount` tells how many rows it touched."""
    return database.execute_sql(text if is_sqlite() else _postgresql(text), tuple(values))


def many(text: str, values: Iterable[Sequence[Any]]) -> None:
    """One statement for many rows."""
    cursor = database.cursor()
    cursor.executemany(text if is_sqlite() else _postgresql(text), list(values))


def rows(text: str, values: Sequence[Any] = ()) -> list[Row]:
    return [tuple(row) for row in execute(text, values).fetchall()]


def row(text: str, values: Sequence[Any] = ()) -> Row | None:
    found = execute(text, values).fetchone()
    return None if found is None else tuple(found)


def value(text: str, values: Sequence[Any] = ()) -> Any:
    found = execute(text, values).fetchone()
    return None if found is None else found[0]


def insert(table: str, **columns: Any) -> int:
    """Adds one row and gives its id."""
    names = ", ".join(columns)
    text = f"INSERT INTO {table} ({names}) VALUES ({marks(columns)}) RETURNING id"
    return int(execute(text, tuple(columns.values())).fetchone()[0])


def add(table: str, **columns: Any) -> None:
    """Adds one row of a table whose key is not `id`."""
    names = ", ".join(columns)
    execute(f"INSERT INTO {table} ({names}) VALUES ({marks(columns)})", tuple(columns.values()))


def marks(values: Iterable[Any]) -> str:
    """`?, ?, ?` for as many values."""
    return ", ".join("?" for _ in values)


def for_update() -> str:
    """The row lock, where the database has one: SQLite's write lock was taken when the verb began.

    Of no key: whoever only names the row, as every case names its organisation and its offices, does not wait for it.
    """
    return "" if is_sqlite() else " FOR NO KEY UPDATE"


def along(index: str) -> str:
    """Which index to read a table by, where the database lets us say so: SQLite guesses badly without statistics."""
    return f" INDEXED BY {index}" if is_sqlite() else ""
