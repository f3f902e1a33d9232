"""The worker's sign of life: one row, renewed each minute, from which pages tell whether anyone works."""

from db import sql
from db.connect import transaction

NAME = "pekerja"


def beat(now: int) -> None:
    """Somebody works; as a verb of its own."""
    with transaction():
        done = sql.execute("UPDATE job SET done_ms = ? WHERE name = ?", (now, NAME))
        if done.rowcount:
            return
        sql.execute(
            "INSERT INTO job (name, kind, payload, state, due_ms, attempts, lease_ms, error, created_ms, done_ms)"
            " VALUES (?, 'pulse', '{}', 'done', ?, 0, 0, '', ?, ?) ON CONFLICT DO NOTHING",
            (NAME, now, now, now),
        )
