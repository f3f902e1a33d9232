"""Search documents kept beside the rows they are made from: all of them written anew, newest first, some at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson

from db import sql
from db.connect import in_transaction, transaction

BATCH = 500


@dataclass(frozen=True)
class Index:
    """One document for every row of `table`; `rewrite` makes that of one row from what is kept of it."""

    table: str
    rewrite: Callable[[int], None]

    def write_some(self, below: int | None, *, batch: int = BATCH) -> int | None:
        """Writes those before `below` (None: from the newest), newest first; gives where to go on, or None."""
        assert in_transaction()
        where, values = ("WHERE id < ? ", [below]) if below is not None else ("", [])
        found = sql.rows(f"SELECT id FROM {self.table} {where}ORDER BY id DESC LIMIT {batch}", values)
        ids = [int(row[0]) for row in found]
        for ident in ids:
            self.rewrite(ident)
        return ids[-1] if len(ids) == batch else None

    def rebuild(self) -> int:
        """Writes every one anew, in many transactions so that the office can go on; gives how many there are."""
        below: int | None = None
        while True:
            with transaction():
                below = self.write_some(below)
            if below is None:
                return int(sql.value(f"SELECT COUNT(*) FROM {self.table}"))

    def step(self, job_id: int, payload: Mapping[str, int], now: int) -> None:
        """One turn of the job that writes them all, after a restore or in an older database: it goes on where it was.

        `now` in ms UTC. Its place is kept in the transaction of the documents, so a turn is never done by half.
        """
        with transaction():
            below = self.write_some(payload.get("below"))
            state, done = ("waiting", None) if below is not None else ("done", now)
            text = "UPDATE job SET state = ?, payload = ?, lease_ms = 0, attempts = 0, done_ms = ? WHERE id = ?"
            left = orjson.dumps({} if below is None else {"below": below}).decode()
            sql.execute(text, (state, left, done, job_id))
