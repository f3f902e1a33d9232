"""Everything sealed anew under the current key, some rows at a time, while the office goes on.

What was done stays done: a run that was killed goes on where it stopped, since only texts under another key are
looked for. A text that does not open is left as it lies and told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db import sql
from db.connect import transaction
from engine import journal, sealed, vault
from engine.sealed import Column

BATCH = 500
Tell = Callable[[int, int], None]


@dataclass
class Resealed:
    """What a run did: texts sealed anew, and places (never contents) of texts that did not open."""

    rows: int = 0
    broken: list[str] = field(default_factory=list)


def reseal(*, tell: Tell = lambda done, of: None, batch: int = BATCH) -> Resealed:
    """Seals every text under another key anew with the current one; `tell` hears how many are done, of how many."""
    done, current = Resealed(), vault.ring().current
    of = sum(_count(column, current) for column in sealed.known())
    for column in sealed.known():
        after: Any = None
        while True:
            with transaction():
                found = _batch(column, current, after, batch)
                _write(column, [_anew(column, row, done) for row in found])
            if not found:
                break
            after = found[-1][column.key]
            tell(done.rows, of)
    return done


_OTHER = "{name} LIKE 'v1.%' AND {name} NOT LIKE ?"


def _count(column: Column, current: str) -> int:
    where = _OTHER.format(name=column.name)
    return int(sql.value(f"SELECT COUNT(*) FROM {column.table} WHERE {where}", (f"v1.{current}.%",)))


def _batch(column: Column, current: str, after: Any, batch: int) -> list[dict[str, Any]]:
    names = list(dict.fromkeys([column.key, column.name, *column.parts]))
    where, values = _OTHER.format(name=column.name), [f"v1.{current}.%"]  # type: str, list[Any]
    if after is not None:
        where, values = f"{where} AND {column.key} > ?", [*values, after]
    text = f"SELECT {', '.join(names)} FROM {column.table} WHERE {where} ORDER BY {column.key} LIMIT {batch}"
    return [dict(zip(names, row, strict=True)) for row in sql.rows(text + sql.for_update(), values)]


def _anew(column: Column, row: Mapping[str, Any], done: Resealed) -> tuple[str, Any] | None:
    place = column.place_of(row)
    try:
        text = vault.seal(vault.unseal(row[column.name], place), place)
    except vault.Sealed:
        done.broken.append(f"{column.table}.{column.name} {column.key}={row[column.key]}")
        return None
    done.rows += 1
    return text, row[column.key]


def _write(column: Column, rows: Sequence[tuple[str, Any] | None]) -> None:
    good = [row for row in rows if row is not None]
    if good:
        sql.many(f"UPDATE {column.table} SET {column.name} = ? WHERE {column.key} = ?", good)


def left_under(old: Sequence[str]) -> list[tuple[str, str, int]]:
    """Table, column and number of texts that still lie under one of these keys, wherever that is."""
    return [found for key_id in old for found in sealed.still_under(key_id)]


def note(step: str, now: int, *, current: str, old: Sequence[str], rows: int = 0) -> None:
    """Every organisation's journal tells that keys were changed: `step` is begun, resealed or retired."""
    facts = {"step": step, "current": current, "old": list(old), "rows": rows}
    with transaction():
        for (organisation,) in sql.rows("SELECT id FROM organisation ORDER BY id"):
            journal.append(int(organisation), None, [journal.Entry("keys", now, facts=facts)])
