"""Every table as neutral rows: read in one snapshot while the office works, written into an empty database of any kind.

A row is a list of JSON values in the order of its columns; bytes are base64. What is derived or of the moment
(sign-ins, wrong tries) is not among them.
"""

import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
import psycopg
from peewee import BlobField, DatabaseError, sort_models  # type: ignore[attr-defined]  # not in its stubs

from db import models, sql
from db.connect import database, is_sqlite, transaction

OF_THE_MOMENT = ("login_session", "lockout")
REFUSED = (sqlite3.Error, psycopg.Error, DatabaseError)
"""What either database says to rows it does not take."""
STEP = 5_000


@dataclass(frozen=True)
class Shape:
    """A table of a backup: its columns in order, and which of them hold bytes."""

    name: str
    columns: tuple[str, ...]
    blobs: tuple[str, ...] = ()


def shapes() -> list[Shape]:
    """The tables of this database that are kept, each after those it refers to."""
    there = set(database.get_tables())
    known = {model._meta.table_name: model for model in sort_models(models.ALL)}
    return [_shape(name, known[name]) for name in known if name in there and name not in OF_THE_MOMENT]


def _shape(name: str, model: Any) -> Shape:
    here = {column.name for column in database.get_columns(name)}
    fields = [field for field in model._meta.sorted_fields if field.column_name in here]
    blobs = tuple(field.column_name for field in fields if isinstance(field, BlobField))
    return Shape(name, tuple(field.column_name for field in fields), blobs)


def columns() -> dict[str, frozenset[str]]:
    """What rows may be written into: the tables of this database, also those of an older schema, and their columns."""
    kept = set(database.get_tables()) - {*OF_THE_MOMENT, "schema_migration"}
    return {name: frozenset(column.name for column in database.get_columns(name)) for name in kept}


@contextmanager
def snapshot() -> Iterator[None]:
    """One unmoving picture of the database, while others go on writing."""
    begin = "BEGIN" if is_sqlite() else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    database.execute_sql(begin)
    try:
        yield
    finally:
        database.execute_sql("ROLLBACK")


def count(shape: Shape) -> int:
    return int(sql.value(f'SELECT COUNT(*) FROM "{shape.name}"'))


def lines(shape: Shape) -> Iterator[bytes]:
    """Every row as a line of JSON, in the order of its key."""
    columns = ", ".join(f'"{name}"' for name in shape.columns)
    for row in _stream(f'SELECT {columns} FROM "{shape.name}" ORDER BY "{shape.columns[0]}"', shape.name):
        yield orjson.dumps(row, default=_text) + b"\n"


def _stream(text: str, name: str) -> Iterator[Any]:
    """Rows as they come: on PostgreSQL by a cursor of the server's, so that none are held here."""
    if is_sqlite():
        yield from database.execute_sql(text)
        return
    with database.connection().cursor(name=f"rows_of_{name}") as cursor:
        cursor.itersize = STEP
        cursor.execute(text)
        yield from cursor


def _text(value: Any) -> str:
    return b64encode(bytes(value)).decode()


def are_there() -> bool:
    """Whether this database holds any table at all."""
    return bool(database.get_tables())


@contextmanager
def filling() -> Iterator[None]:
    """Everything that `write` puts into an empty, migrated database: all of it, or nothing."""
    with transaction():
        yield
        if not is_sqlite():
            for shape in shapes():
                _go_on_counting(shape)


def write(shape: Shape, rows: Iterable[bytes]) -> int:
    """Adds lines as `lines` gave them, inside `filling`; gives how many."""
    found = (orjson.loads(line) for line in rows)
    return _add(shape, (_with_bytes(shape, row) for row in found) if shape.blobs else found)


def _with_bytes(shape: Shape, row: list[Any]) -> list[Any]:
    for name in shape.blobs:
        place = shape.columns.index(name)
        row[place] = None if row[place] is None else b64decode(row[place])
    return row


def _add(shape: Shape, rows: Iterable[list[Any]]) -> int:
    own = _own_references(shape)
    later: list[tuple[Any, ...]] = []
    waiting = _set_aside(rows, own, later) if own else rows
    added = _insert(shape, waiting)
    for values in later:
        names = ", ".join(f'"{shape.columns[place]}" = ?' for place in own)
        sql.execute(f'UPDATE "{shape.name}" SET {names} WHERE id = ?', values)
    return added


def _own_references(shape: Shape) -> list[int]:
    """Columns that name another row of the same table, which may come later."""
    found = database.get_foreign_keys(shape.name)
    return [shape.columns.index(key.column) for key in found if key.dest_table == shape.name]


def _set_aside(rows: Iterable[list[Any]], own: Sequence[int], later: list[tuple[Any, ...]]) -> Iterator[list[Any]]:
    for row in rows:
        if any(row[place] is not None for place in own):
            later.append((*(row[place] for place in own), row[0]))
            for place in own:
                row[place] = None
        yield row


def _insert(shape: Shape, rows: Iterable[list[Any]]) -> int:
    columns = ", ".join(f'"{name}"' for name in shape.columns)
    if is_sqlite():
        text = f'INSERT INTO "{shape.name}" ({columns}) VALUES ({sql.marks(shape.columns)})'
        return int(database.connection().executemany(text, rows).rowcount)
    added = 0
    with database.connection().cursor() as cursor, cursor.copy(f'COPY "{shape.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
            added += 1
    return added


def _go_on_counting(shape: Shape) -> None:
    """A sequence goes on behind the highest id that was written."""
    if shape.columns[0] != "id":
        return
    text = f"SELECT setval(pg_get_serial_sequence('\"{shape.name}\"', 'id'), MAX(id)) FROM \"{shape.name}\""
    sql.value(text + " HAVING MAX(id) IS NOT NULL")
