"""What published texts are found by: their words, and marks for what they are about, whose, where and when.

Derived from `publication`, in `publication_search`; a withdrawn text has no words left.
"""

import re
from collections.abc import Iterable

from db import sql
from db.connect import in_transaction, is_sqlite
from engine.indexing import Index
from engine.search import words

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


INDEX = Index("publication", rewrite)
"""The documents of all publications."""
