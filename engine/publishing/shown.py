"""What published texts are found by: their words, and marks for what they are about, whose, where and when.

Derived from `publication`, in `publication_search`; a withdrawn text has no words left.
"""

import re
from collections.abc import Iterable, Mapping

import orjson

from db import sql
from db.connect import in_transaction, is_sqlite, transaction
from engine.search import words

BATCH = 500
ASKED = 8
SHORTEST = 3
"""Letters of the shortest beginning of a word by which a title is found."""
MARKS = {"organisation": "xo", "topic": "xt", "unit": "xu", "place": "xp", "progress": "xs", "year": "xy", "late": "xl"}
"""Each begins a mark, as `xtkebersihan`: no word of the language does."""


def marks(**about: object) -> tuple[str, ...]:
    """The words by which texts of this organisation, topic, unit, place, progress and year are found; "" is any."""
    return tuple(
        MARKS[column] + re.sub(r"[^a-z0-9]", "", str(int(code) if isinstance(code, bool) else code).casefold())
        for column, code in about.items()
        if code
    )


def asked(text: str) -> list[str]:
    """The words that are looked for: as they stand in a text, or the beginning of one in a title."""
    return list(dict.fromkeys(map(_stem, words(text))))[:ASKED]


def document(title: str, texts: Iterable[str], **about: object) -> str:
    """Everything one publication is found by."""
    beginnings = (word[:size] for word in words(title) for size in range(SHORTEST, len(word)))
    told = map(_stem, words(" ".join([title, *texts])))
    return " ".join(dict.fromkeys([*told, *beginnings, *marks(**about)]))


def _stem(word: str) -> str:
    """Without the -nya that stands behind half of all nouns."""
    return word.removesuffix("nya") if len(word) > 6 else word


_ABOUT = ("organisation", "topic", "unit", "place", "progress", "year", "late")
_KEPT = (
    "SELECT title, text, answer, organisation_id, topic, unit, place, progress, year,"
    " CASE WHEN answered_ms >= late_ms THEN 1 ELSE 0 END FROM publication"
    " WHERE state = 'tayang' AND id = ?"
)


def rewrite(publication: int) -> None:
    """Writes the words of a publication anew, or takes them away with its text."""
    assert in_transaction()
    found = sql.row(_KEPT, (publication,))
    key = "rowid" if is_sqlite() else "publication_id"
    sql.execute(f"DELETE FROM publication_search WHERE {key} = ?", (publication,))
    if found is not None:
        told = document(found[0], found[1:3], **dict(zip(_ABOUT, found[3:], strict=True)))
        sql.execute(f"INSERT INTO publication_search ({key}, words) VALUES (?, ?)", (publication, told))


def write_some(below: int | None, *, batch: int = BATCH) -> int | None:
    """Writes those before `below` (None: from the newest), newest first; gives where to go on, or None."""
    where, values = ("WHERE id < ? ", [below]) if below is not None else ("", [])
    ids = [int(row[0]) for row in sql.rows(f"SELECT id FROM publication {where}ORDER BY id DESC LIMIT {batch}", values)]
    for publication in ids:
        rewrite(publication)
    return ids[-1] if len(ids) == batch else None


def rebuild() -> int:
    """Writes every one anew, some at a time so that the office can go on; gives how many."""
    below: int | None = None
    while True:
        with transaction():
            below = write_some(below)
        if below is None:
            return int(sql.value("SELECT COUNT(*) FROM publication"))


def step(job_id: int, payload: Mapping[str, int], now: int) -> None:
    """One turn of the job that writes them after a restore: it goes on where it stopped."""
    with transaction():
        below = write_some(payload.get("below"))
        state = "done" if below is None else "waiting"
        text = "UPDATE job SET state = ?, payload = ?, lease_ms = 0, attempts = 0, done_ms = ? WHERE id = ?"
        left = orjson.dumps({} if below is None else {"below": below}).decode()
        sql.execute(text, (state, left, now if below is None else None, job_id))
