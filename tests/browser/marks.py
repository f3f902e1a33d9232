"""Does anything tell who reported? Looks for words wherever the product writes, and shows that looking works."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from db import connect, sql
from engine import vault
from webui.config import Config


def written(home: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the data folder: database with its write-ahead log, queue, logs, uploads. And every row apart."""
    for folder, _, names in os.walk(home):
        for name in names:
            path = Path(folder, name)
            yield str(path.relative_to(home)), path.read_bytes()
    database = sqlite3.connect(f"file:{home / 'disposisi.db'}?mode=ro", uri=True)
    try:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):
                yield f"table {table}", b" ".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    finally:
        database.close()


def unlocked(home: Path) -> Iterator[tuple[str, bytes]]:
    """The reporters, decrypted with the keys that lie outside the database."""
    config = Config.from_env({"DISPOSISI_HOME": str(home)})
    vault.use(config.keys)
    connect.configure(config.database)
    try:
        with connect.connection():
            rows = sql.rows("SELECT id, sealed FROM reporter WHERE sealed IS NOT NULL")
    finally:
        connect.dispose()
    for number, sealed in rows:
        yield f"reporter {number}", str(vault.unseal(sealed, f"reporter:{number}")).encode()


def found(words: list[str], places: Iterator[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """Which word stands where, capitals or not."""
    return [(word, name) for name, text in places for word in words if word.encode().lower() in text.lower()]
