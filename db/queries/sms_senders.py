"""SMS that wait for an operator, by who sent them: however many come from one number, it is one line of the list.

Whoever never made a case and used no keyword is a stranger. Senders are easily invented: where there are many
strangers, they stand apart, so that those who tried to report are not lost among them.
"""

from typing import NamedTuple

from db import sql
from db.queries.texting import PAGE, WAITING, In, these

_SENDERS = f"""
SELECT MIN(s.id) AS first, COUNT(*) AS number, s.sender_mark AS mark,
  MAX(CASE WHEN s.state = 'kurang' AND s.problem IN ('tak_dikenal', 'kosong') THEN 0 ELSE 1 END) AS tried
FROM sms_in s WHERE s.organisation = ? AND {WAITING} GROUP BY s.sender_mark
"""
_STRANGE = "p.tried = 0 AND NOT EXISTS (SELECT 1 FROM sms_in k WHERE k.sender_mark = p.mark AND k.send_key <> '')"
STRANGERS = f"SELECT p.mark FROM ({_SENDERS}) p WHERE {_STRANGE}"
"""Their marks; asked with an organisation."""


class Strangers(NamedTuple):
    """How many they are, how many SMS of theirs wait, and the latest of these."""

    senders: int
    sms: int
    latest: int


def strangers(organisation: int) -> Strangers:
    """All of them together."""
    text = f"SELECT COUNT(*), COALESCE(SUM(p.number), 0) FROM ({_SENDERS}) p WHERE {_STRANGE}"
    senders, sms = sql.row(text, (organisation,)) or (0, 0)
    latest = sql.value("SELECT MAX(id) FROM sms_in WHERE organisation = ?", (organisation,))
    return Strangers(int(senders), int(sms), int(latest or 0))


def waiting(organisation: int, page: int, *, strange: bool | None = None) -> tuple[list[tuple[In, int]], bool]:
    """A page of senders, who waits longest first: their oldest SMS that waits, and how many more; is there a page more.

    `strange`: strangers alone, or all but them; None: everyone.
    """
    which = "" if strange is None else f"WHERE {_STRANGE}" if strange else f"WHERE NOT ({_STRANGE})"
    text = f"SELECT p.first, p.number FROM ({_SENDERS}) p {which} ORDER BY p.first LIMIT ? OFFSET ?"
    found = sql.rows(text, (organisation, PAGE + 1, (page - 1) * PAGE))
    known = these(organisation, [int(row[0]) for row in found[:PAGE]])
    return [(known[int(key)], int(number) - 1) for key, number in found[:PAGE]], len(found) > PAGE


def others(organisation: int, sms_id: int, most: int = 10) -> list[tuple[int, int]]:
    """What else waits of the sender of an SMS, the oldest first: id and when it arrived."""
    text = (
        f"SELECT s.id, s.arrived_ms FROM sms_in s WHERE s.organisation = ? AND s.id <> ? AND {WAITING} AND"
        " s.sender_mark = (SELECT o.sender_mark FROM sms_in o WHERE o.id = ? AND o.organisation = ?)"
        " ORDER BY s.id LIMIT ?"
    )
    rows = sql.rows(text, (organisation, sms_id, sms_id, organisation, most))
    return [(int(key), int(arrived)) for key, arrived in rows]
