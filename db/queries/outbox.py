"""What leaves the building, as an administrator sees it: never an address, never a text."""

from typing import NamedTuple

from db import sql

PAGE = 25
ENDED_DAYS = 30
DAY_MS = 86_400_000

# What can be asked for: kinds of job, their state, and whether something went wrong on the way.
WAITING, FAILED, LOST, SENT, CANCELLED, TIMERS = "menunggu", "gagal", "tidak-sampai", "terkirim", "batal", "batas-waktu"
_MAIL = "j.kind IN ('mail', 'service')"
PARTS = {
    WAITING: f"j.state = 'waiting' AND {_MAIL}",
    FAILED: "j.state = 'failed'",
    LOST: f"j.state = 'done' AND j.error <> '' AND {_MAIL}",
    SENT: f"j.state = 'done' AND j.error = '' AND {_MAIL}",
    CANCELLED: f"j.state = 'cancelled' AND {_MAIL}",
    TIMERS: "j.state = 'waiting' AND j.kind = 'timer'",
}
_ENDED = frozenset({LOST, SENT, CANCELLED})
_HERE = "COALESCE(c.organisation_id, j.organisation) = ?"


class Line(NamedTuple):
    """A job; `error` is kept in our own words or as a kind of trouble, never as the outside said it."""

    id: int
    name: str
    kind: str
    payload: str
    state: str
    due_ms: int
    attempts: int
    lease_ms: int
    error: str
    done_ms: int | None
    case_id: int | None
    number: str | None
    process: str | None


_LINES = """
SELECT j.id, j.name, j.kind, j.payload, j.state, j.due_ms, j.attempts, j.lease_ms, j.error, j.done_ms,
  c.id, c.number, c.process FROM job j LEFT JOIN case_file c ON c.id = j.case_file_id WHERE
"""


def _where(part: str, now: int) -> str:
    """What has ended is shown for thirty days."""
    since = f" AND j.due_ms >= {int(now) - ENDED_DAYS * DAY_MS}" if part in _ENDED else ""
    return f"{PARTS[part]}{since} AND {_HERE}"


def lines(organisation: int, part: str, now: int, page: int = 1) -> tuple[list[Line], bool]:
    """One page of a part, what comes next first (of what has ended the latest), and whether there is another."""
    order = "j.due_ms DESC, j.id DESC" if part in _ENDED or part == FAILED else "j.due_ms, j.id"
    text = f"{_LINES} {_where(part, now)} ORDER BY {order} LIMIT ? OFFSET ?"
    found = [Line(*row) for row in sql.rows(text, (organisation, PAGE + 1, (page - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE


def counts(organisation: int, now: int) -> dict[str, int]:
    """How many there are of each part, in one question."""
    ended = int(now) - ENDED_DAYS * DAY_MS
    sums = ", ".join(f"COALESCE(SUM(CASE WHEN {where} THEN 1 ELSE 0 END), 0)" for where in PARTS.values())
    text = (
        f"SELECT {sums} FROM job j LEFT JOIN case_file c ON c.id = j.case_file_id WHERE {_HERE}"
        " AND (j.state IN ('waiting', 'failed') OR (j.state IN ('done', 'cancelled') AND j.due_ms >= ?))"
    )
    found = sql.row(text, (organisation, ended)) or (0,) * len(PARTS)
    return {part: int(number) for part, number in zip(PARTS, found, strict=True)}


def names_of(accounts: list[int]) -> dict[int, str]:
    """The people behind some accounts."""
    if not accounts:
        return {}
    text = (
        f"SELECT a.id, p.name FROM account a JOIN person p ON p.id = a.person_id WHERE a.id IN ({sql.marks(accounts)})"
    )
    return {int(found[0]): str(found[1]) for found in sql.rows(text, accounts)}


def case_of_number(organisation: int, number: str) -> int | None:
    """A case of this organisation by its number."""
    found = sql.value("SELECT id FROM case_file WHERE organisation_id = ? AND number = ?", (organisation, number))
    return None if found is None else int(found)
