"""Telling a person something once: a row that waits until they have seen it."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from db import sql
from db.connect import in_transaction


def tell(
    people: Iterable[int],
    kind: str,
    about: object,
    now: int,
    *,
    case: int | None = None,
    task: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Tells each of these people, once: the same kind about the same thing again is not told again.

    `facts` hold no personal data.
    """
    assert in_transaction(), "a notice is written with what it tells of"
    body = orjson.dumps(dict(facts or {})).decode()
    text = (
        "INSERT INTO notice (name, person_id, kind, case_file, task, facts, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO NOTHING"
    )
    for person in dict.fromkeys(people):
        sql.execute(text, (f"{kind}:{about}:{person}", person, kind, case, task, body, now))


def seen(person: int, kind: str, case: int, now: int) -> None:
    """What this person was told of a kind about a case has been seen."""
    text = "UPDATE notice SET seen_ms = ? WHERE person_id = ? AND kind = ? AND case_file = ? AND seen_ms IS NULL"
    sql.execute(text, (now, person, kind, case))
