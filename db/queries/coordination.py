"""What a coordinator asks: what is due per agency, the open cases, every office's queue, the weeks behind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from db import sql
from db.queries import overdue

PAGE = 25
OPEN = ("berjalan", "insiden")


class Agency(NamedTuple):
    """What is open at an agency; late and soon by the case's own legal time."""

    code: str
    name: str
    open: int
    late: int
    soon: int
    answered: int  # of the open ones: answered already, still waiting for the reporter
    oldest_ms: int | None


_AGENCIES = """
SELECT c.unit, COALESCE(u.name, ''), COUNT(*),
  SUM(CASE WHEN {late} THEN 1 ELSE 0 END), SUM(CASE WHEN {soon} THEN 1 ELSE 0 END),
  SUM(CASE WHEN c.answered_ms IS NOT NULL THEN 1 ELSE 0 END), MIN(c.received_ms)
FROM case_file c LEFT JOIN unit u ON u.organisation_id = c.organisation_id AND u.code = c.unit
WHERE c.organisation_id = ? AND c.state IN ('berjalan', 'insiden') AND c.channel <> 'jadwal'
GROUP BY c.unit, u.name, u.id ORDER BY 4 DESC, 5 DESC, u.id
"""


def agencies(organisation: int, midnight: int, soon_day: int) -> list[Agency]:
    """Every agency that has something open, the latest first; under "" what has no agency yet."""
    text = _AGENCIES.format(late=overdue.case(midnight), soon=overdue.case_soon(midnight, soon_day))
    found = sql.rows(text, (organisation,))
    return [Agency._make((*row[:2], *_whole(row[2:6]), row[6])) for row in found]


@dataclass(frozen=True)
class Ask:
    """Which cases: codes where something is asked, "" where all are wanted."""

    organisation: int
    midnight: int  # up to today's 00.00 what is due is late
    soon_day: int
    unit: str = ""
    topic: str = ""
    place: str = ""
    kind: str = ""
    state: str = ""
    from_ms: int = 0
    until_ms: int = 0
    cases: tuple[int, ...] = field(default=())

    @property
    def where(self) -> tuple[str, list[Any]]:
        """The condition with its values."""
        text, values = " WHERE c.organisation_id = ? AND c.channel <> 'jadwal'", [self.organisation]
        more: list[Any] = []
        for column in ("unit", "topic", "place", "kind"):
            if getattr(self, column):
                text, more = f"{text} AND c.{column} = ?", [*more, getattr(self, column)]
        if self.from_ms:
            text, more = f"{text} AND c.received_ms >= ? AND c.received_ms < ?", [*more, self.from_ms, self.until_ms]
        if self.cases:
            text, more = f"{text} AND c.id IN ({sql.marks(self.cases)})", [*more, *self.cases]
        condition, given = self._in_state()
        return text + condition, [*values, *more, *given]

    def _in_state(self) -> tuple[str, list[Any]]:
        running = " AND c.state IN ('berjalan', 'insiden')"
        return {
            "": ("", []),
            "berjalan": (running, []),
            "terlambat": (f"{running} AND {overdue.case(self.midnight)}", []),
            "segera": (f"{running} AND {overdue.case_soon(self.midnight, self.soon_day)}", []),
            "dijawab": (" AND c.answered_ms IS NOT NULL", []),
            "gugur": (" AND c.lapsed", []),
            "selesai": (" AND c.state IN ('selesai', 'ditutup')", []),
            "dicabut": (" AND c.state = 'dicabut'", []),
        }[self.state]


IN_STATES = ("berjalan", "terlambat", "segera", "dijawab", "gugur", "selesai", "dicabut")
"""What `Ask.state` may be, besides ""."""


@dataclass(frozen=True)
class Case:
    """A case in a list: what it is about by codes, where it stands, when it is due and was reminded of."""

    id: int
    number: str
    subject: str
    secrecy: str
    worded: bool
    unit: str
    unit_name: str
    topic: str
    place: str
    kind: str
    channel: str
    state: str
    received_ms: int
    due_ms: int | None
    answered_ms: int | None
    closed_ms: int | None
    lapsed: bool
    release_id: int
    fingerprint: str
    reminded: int
    reminded_ms: int | None


_CASE = """
SELECT c.id, c.number, c.subject, c.secrecy, c.worded, c.unit, COALESCE(u.name, ''), c.topic, c.place, c.kind,
  c.channel, c.state, c.received_ms, c.due_ms, c.answered_ms, c.closed_ms, c.lapsed, r.id, r.fingerprint,
  (SELECT COUNT(*) FROM memo_case k WHERE k.case_file_id = c.id),
  (SELECT MAX(m.at_ms) FROM memo_case k JOIN memo m ON m.id = k.memo_id WHERE k.case_file_id = c.id)
FROM case_file c JOIN release r ON r.id = c.release_id
  LEFT JOIN unit u ON u.organisation_id = c.organisation_id AND u.code = c.unit
"""


def pressing(ask: Ask, page: int) -> tuple[list[Case], bool]:
    """A page of cases, those due first first, and whether there are more."""
    return _cases(ask, "ORDER BY COALESCE(c.due_ms, 9000000000000000), c.id", page)


def inventory(ask: Ask, page: int, size: int = PAGE) -> tuple[list[Case], bool]:
    """A page of cases, the newest first, and whether there are more."""
    return _cases(ask, "ORDER BY c.received_ms DESC, c.id DESC", page, size)


def _cases(ask: Ask, order: str, page: int, size: int = PAGE) -> tuple[list[Case], bool]:
    where, values = ask.where
    found = [
        Case(*row)
        for row in sql.rows(f"{_CASE}{where} {order} LIMIT ? OFFSET ?", [*values, size + 1, (page - 1) * size])
    ]
    return found[:size], len(found) > size


def count(ask: Ask) -> int:
    """How many there are."""
    where, values = ask.where
    return int(sql.value(f"SELECT COUNT(*) FROM case_file c{where}", values))


def _whole(counts: sql.Row) -> sql.Row:
    return tuple(int(count or 0) for count in counts)


class Queue(NamedTuple):
    """What lies at an office now."""

    office_id: int
    office: str
    role: str
    unit: str
    unit_name: str
    open: int
    unopened: int
    late: int
    soon: int
    oldest_ms: int | None


_QUEUES = """
SELECT o.id, o.name, o.role, u.code, u.name, COUNT(t.id),
  SUM(CASE WHEN t.id IS NOT NULL AND t.opened_ms IS NULL THEN 1 ELSE 0 END),
  SUM(CASE WHEN {late} THEN 1 ELSE 0 END),
  SUM(CASE WHEN {until} <= ? AND NOT COALESCE({late}, FALSE) THEN 1 ELSE 0 END),
  MIN(t.offered_ms)
FROM office o JOIN unit u ON u.id = o.unit_id LEFT JOIN task t ON t.office_id = o.id AND t.state = 'open'
WHERE o.organisation_id = ? AND o.active GROUP BY o.id, o.name, o.role, u.code, u.name, o.rank ORDER BY o.rank, o.id
"""


def queues(organisation: int, now: int, midnight: int, soon: int) -> list[Queue]:
    """Every office's queue, in one question; `midnight` is today's 00.00."""
    text = _QUEUES.format(late=overdue.any_of(now, midnight), until=overdue.UNTIL)
    found = sql.rows(text, (soon, organisation))
    return [Queue._make((*row[:5], *_whole(row[5:9]), row[9])) for row in found]


def per_week(organisation: int, column: str, from_ms: int, weeks: int) -> list[int]:
    """How many cases were `received` or `answered` in each of so many weeks from an instant on."""
    week = 7 * 86_400_000
    name = {"received": "received_ms", "answered": "answered_ms", "closed": "closed_ms"}[column]
    text = (
        f"SELECT ({name} - ?) / {week}, COUNT(*) FROM case_file"
        f" WHERE organisation_id = ? AND {name} >= ? AND {name} < ?"
        " AND channel <> 'jadwal' GROUP BY 1"
    )
    found: dict[int, int] = dict(sql.rows(text, (from_ms, organisation, from_ms, from_ms + weeks * week)))
    return [int(found.get(number, 0)) for number in range(weeks)]


def units_of(organisation: int, codes: Sequence[str] = ()) -> dict[str, str]:
    """The units whose cases are handled here: code → name."""
    text = (
        "SELECT DISTINCT u.code, u.name, u.id FROM unit u JOIN case_file c ON c.organisation_id = u.organisation_id"
        " AND c.unit = u.code WHERE u.organisation_id = ? ORDER BY u.id"
    )
    known = {str(code): str(name) for code, name, _ in sql.rows(text, (organisation,))}
    return {code: name for code, name in known.items() if not codes or code in codes}
