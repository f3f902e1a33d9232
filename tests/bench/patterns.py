"""One case that was made through the verbs, read as its rows: what the big office copies."""

from dataclasses import dataclass
from typing import Any

import orjson

from db import sql
from engine import vault


@dataclass
class Pattern:
    """One real case as its rows: table → rows as dicts, with what happened at each of its instants."""

    rows: dict[str, list[dict[str, Any]]]
    pace: list[tuple[int, str, int]]  # instant, what (opened, done, other), limit of that task in ms
    facts: list[tuple[dict[str, Any], bool]]  # of each journal entry, and whether a time or number stands in it
    texts: dict[int, Any]  # submission's task → its texts, opened
    done: int
    waits: int


def _rows(table: str, column: str, case: int) -> list[dict[str, Any]]:
    order = "" if table in ("narrative", "workflow", "case_search") else " ORDER BY id"
    cursor = sql.execute(f"SELECT * FROM {table} WHERE {column} = ?{order}", (case,))
    names = [part[0] for part in cursor.description]
    return [dict(zip(names, found, strict=True)) for found in cursor.fetchall()]


def of(case: int) -> Pattern:
    """The case as it stands."""
    rows = {
        table: _rows(table, "case_file_id", case)
        for table in ("narrative", "workflow", "task", "submission", "agenda", "job")
    }
    rows["case_file"], rows["journal"] = _rows("case_file", "id", case), _rows("journal", "case_file", case)
    rows["reporter"] = _rows("reporter", "id", rows["case_file"][0]["reporter_id"])
    texts = {row["task_id"]: vault.unseal(row["sealed"], f"submission:{row['task_id']}") for row in rows["submission"]}
    facts = [orjson.loads(row["facts"]) for row in rows["journal"]]
    states = [task["state"] for task in rows["task"]]
    return Pattern(
        rows,
        _pace(rows["journal"], {task["id"]: task for task in rows["task"]}),
        [(each, _alive(row, each)) for row, each in zip(rows["journal"], facts, strict=True)],
        texts,
        states.count("done"),
        states.count("open"),
    )


def _pace(entries: list[dict[str, Any]], tasks: dict[int, Any]) -> list[tuple[int, str, int]]:
    pace: dict[int, tuple[str, int]] = {}
    for entry in entries:
        kind = {"opened": "opened", "completed": "done"}.get(entry["kind"], "other")
        before = pace.get(entry["at_ms"], ("other", 0))
        limit = {"PT10M": 600_000, "PT2H": 7_200_000}.get(
            (tasks.get(entry["task"]) or {}).get("limit_text", ""), 3_600_000
        )
        pace[entry["at_ms"]] = (kind, limit) if kind != "other" else before
    return [(at, *what) for at, what in sorted(pace.items())]


def _alive(row: dict[str, Any], facts: dict[str, Any]) -> bool:
    return row["kind"] in ("received", "agenda", "completed") or any(is_instant(value) for value in facts.values())


def is_instant(value: Any) -> bool:
    """Whether a fact of the journal is a time, in ms UTC."""
    return isinstance(value, int) and value > 10**12
