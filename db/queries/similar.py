"""Open cases that speak of the same: which ones hold a word (tokens of engine.search), and what is read of the best."""

from collections.abc import Sequence
from typing import NamedTuple

from db import sql
from db.queries.search import key, match

OPEN = "('berjalan', 'insiden')"
WIDE = 500
"""Newest cases that are looked at per word: of a rare one all, of a common one enough to meet it beside others."""


class Span(NamedTuple):
    """The open cases of an organisation: how many, from which id to which."""

    cases: int
    first: int
    last: int


def span(organisation: int) -> Span:
    """Between which ids an organisation's open cases lie."""
    text = "SELECT COUNT(*), COALESCE(MIN(id), 0), COALESCE(MAX(id), 0) FROM case_file WHERE organisation_id = ?"
    return Span(*map(int, sql.row(f"{text} AND state IN {OPEN}", (organisation,)) or (0, 0, 0)))


def bearers(asked: Sequence[Sequence[str]], within: Span) -> list[list[int]]:
    """For each word (its tokens) the newest cases that hold it, newest first, in one statement."""
    one = (
        f"SELECT {{place}} AS place, id FROM (SELECT {key()} AS id FROM case_search s WHERE {{matching}}"
        f" AND {key()} BETWEEN {within.first:d} AND {within.last:d} ORDER BY {key()} DESC LIMIT {WIDE}) found{{place}}"
    )
    parts = [one.format(place=place, matching=match([tokens])) for place, tokens in enumerate(asked)]
    found: list[list[int]] = [[] for _ in asked]
    for place, case in sql.rows(" UNION ALL ".join(parts)) if parts else []:
        found[place].append(int(case))
    return found


class Candidate(NamedTuple):
    """An open case that may be alike, with its tokens."""

    id: int
    number: str
    subject: str
    received_ms: int
    companions: int
    plain: str
    words: str
    topic: str
    place: str


_CANDIDATES = """
SELECT c.id, c.number, c.subject, c.received_ms, c.companions, s.plain, s.words, c.topic, c.place
FROM case_file c JOIN case_search s ON {key} = c.id
WHERE c.id IN ({ids}) AND c.organisation_id = ? AND c.process = ? AND c.state IN {open} AND {shown}
"""
FOR_STAFF = "c.secrecy NOT IN ('rahasia', 'sangat_rahasia')"
FOR_ANYONE = "c.secrecy = 'biasa' AND c.worded"


def candidates(ids: Sequence[int], organisation: int, process: str, *, public: bool) -> list[Candidate]:
    """Those of the ids that are open there and not secret; `public`: whose subject the office has worded itself."""
    if not ids:
        return []
    text = _CANDIDATES.format(key=key(), ids=sql.marks(ids), open=OPEN, shown=FOR_ANYONE if public else FOR_STAFF)
    return [Candidate(*found) for found in sql.rows(text, [*ids, organisation, process])]
