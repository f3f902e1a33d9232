"""SMS as operators and administrators see them: when, how far, what was wrong. Never a number, never a text."""

from collections.abc import Sequence
from typing import NamedTuple

from db import sql

PAGE = 25
WAITS, STRANGE, CAME, LEFT = "perlu-dilihat", "asing", "masuk", "keluar"
WAITING = """(s.state IN ('kurang', 'ditahan') OR (s.state = 'diurus' AND s.send_key <> ''
  AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.send_key = s.send_key)))"""


class In(NamedTuple):
    """One that came; case where it made one."""

    id: int
    state: str
    problem: str
    parts: int
    arrived_ms: int
    network_ms: int | None
    done_ms: int | None
    case_id: int | None
    number: str | None
    send_key: str

    @property
    def unfinished(self) -> bool:
        """Whether it lies in somebody's unsent form."""
        return self.state == "diurus" and bool(self.send_key) and self.case_id is None

    @property
    def waits(self) -> bool:
        """Whether an operator has to look at it."""
        return self.state in ("kurang", "ditahan") or self.unfinished


class Out(NamedTuple):
    """One that goes."""

    id: int
    message: str
    state: str
    reason: str
    parts: int
    tries: int
    made_ms: int
    sent_ms: int | None
    done_ms: int | None
    case_id: int | None
    number: str | None


_IN = """
SELECT s.id, s.state, s.problem, s.parts, s.arrived_ms, s.network_ms, s.done_ms, c.id, c.number, s.send_key
FROM sms_in s LEFT JOIN case_file c ON c.send_key = s.send_key AND s.send_key <> ''
WHERE s.organisation = ?
"""
_OUT = """
SELECT s.id, s.message, s.state, s.reason, s.parts, s.tries, s.made_ms, s.sent_ms, s.done_ms, c.id, c.number
FROM sms_out s LEFT JOIN case_file c ON c.id = s.case_file WHERE s.organisation = ?
"""


def came(organisation: int, page: int) -> tuple[list[In], bool]:
    """A page of what came, the newest first, and whether there is another page."""
    rows = sql.rows(f"{_IN} ORDER BY s.id DESC LIMIT ? OFFSET ?", (organisation, PAGE + 1, (page - 1) * PAGE))
    return [In(*row) for row in rows[:PAGE]], len(rows) > PAGE


def these(organisation: int, ids: Sequence[int]) -> dict[int, In]:
    """Some of what came, by id."""
    found = sql.rows(f"{_IN} AND s.id IN ({sql.marks(ids)})", (organisation, *ids)) if ids else []
    return {row[0]: In(*row) for row in found}


def one(organisation: int, sms_id: int) -> In | None:
    """One that came."""
    found = sql.row(f"{_IN} AND s.id = ?", (organisation, sms_id))
    return In(*found) if found else None


def left(organisation: int, page: int) -> tuple[list[Out], bool]:
    """A page of what goes, the newest first, and whether there is another page."""
    rows = sql.rows(f"{_OUT} ORDER BY s.id DESC LIMIT ? OFFSET ?", (organisation, PAGE + 1, (page - 1) * PAGE))
    return [Out(*row) for row in rows[:PAGE]], len(rows) > PAGE


LATEST = 20_000
"""Of so many of the latest messages those of an hour are counted: more never leave in one."""


def unasked(organisation: int, since: int) -> int:
    """How many replies that are about no case were ordered since then, to all numbers together."""
    text = (
        "SELECT COUNT(*) FROM sms_out WHERE id > (SELECT COALESCE(MAX(id), 0) FROM sms_out) - ? AND organisation = ?"
        " AND case_file IS NULL AND made_ms > ? AND name LIKE 'sms:%'"
    )
    return int(sql.value(text, (LATEST, organisation, since)))


class Counts(NamedTuple):
    """How it stands at the gateway."""

    waits: int
    unread: int
    going: int
    failed: int
    last_in: int | None
    last_out: int | None


def counts(organisation: int, since: int) -> Counts:
    """What waits for an operator, for the worker, for the gateway; what failed since then; the last of both ways."""
    text = f"""
SELECT (SELECT COUNT(*) FROM sms_in s WHERE s.organisation = ? AND {WAITING}),
  (SELECT COUNT(*) FROM sms_in WHERE state = 'baru' AND organisation = ?),
  (SELECT COUNT(*) FROM sms_out WHERE organisation = ? AND state IN ('waiting', 'queued')),
  (SELECT COUNT(*) FROM sms_out WHERE organisation = ? AND state = 'failed' AND made_ms > ?),
  (SELECT arrived_ms FROM sms_in WHERE organisation = ? ORDER BY id DESC LIMIT 1),
  (SELECT MAX(sent_ms) FROM sms_out WHERE organisation = ? AND state IN ('sent', 'delivered') AND made_ms > ?)
"""
    here = organisation
    found = sql.row(text, (here, here, here, here, since, here, here, since))
    return Counts(*(found or (0, 0, 0, 0, None, None)))
