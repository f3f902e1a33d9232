"""What of the open tasks (t) and of the cases (c) is past its time: engine.clocks.deadlines.is_late, said of rows.

Counted in working days, that begins at midnight: until then it is past closing time and nothing more. So `now` needs
`midnight` beside it: today's 00.00. A case's own date is the law's and counted so.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Moment(NamedTuple):
    """When it is asked, and the 00.00 before it (UTC ms)."""

    now: int
    midnight: int

    @classmethod
    def of(cls, now: int, zone: str) -> "Moment":
        """As the clocks of a zone show it."""
        tz = ZoneInfo(zone)
        today = datetime.fromtimestamp(now / 1000, UTC).astimezone(tz).date()
        return cls(now, int(datetime.combine(today, time(), tz).timestamp() * 1000))


OWN = "t.due_ms < {now} AND (t.due_ms <= {midnight} OR t.clock <> 'hari-kerja')"
"""Past the limit of its own."""
LAW = "t.law_ms <= {midnight}"
"""Without a limit of its own, in a case past its legal date."""
ANY = f"(({OWN}) OR {LAW})"
SOON = (
    "t.due_ms > {midnight} AND (t.due_ms >= {now} OR t.clock = 'hari-kerja') AND t.due_ms <= {soon_day}"
    " AND (t.due_ms <= {soon} OR t.clock IN ('hari-kerja', 'tanggal'))"
)
LAW_SOON = "t.law_ms > {midnight} AND t.law_ms <= {soon_day}"
UNTIL = "COALESCE(t.due_ms, t.law_ms)"
BY = "CASE WHEN t.due_ms IS NULL AND t.law_ms IS NOT NULL THEN 'hari-kerja' ELSE t.clock END"
"""The clock of `UNTIL`: legal dates are counted in working days."""


CASE = "c.due_ms <= {midnight}"
"""Past the date the law sets for it (NULL where it has none)."""
CASE_SOON = "c.due_ms > {midnight} AND c.due_ms <= {soon_day}"
ANYTHING = (
    f"(COALESCE({CASE}, FALSE) OR EXISTS"
    f" (SELECT 1 FROM task t WHERE t.case_file_id = c.id AND t.state = 'open' AND {ANY}))"
)
"""A case with its own date or that of an open task past."""


def case(midnight: int) -> str:
    """Cases past the law's date, as a condition."""
    return f"({CASE.format(midnight=int(midnight))})"


def case_soon(midnight: int, soon_day: int) -> str:
    """Cases due up to an instant and not late."""
    return f"({CASE_SOON.format(midnight=int(midnight), soon_day=int(soon_day))})"


def anything(now: int, midnight: int) -> str:
    """Cases in which anything is late now, as a condition."""
    return ANYTHING.format(now=int(now), midnight=int(midnight))


def anything_by_zone(now: int, zones: Mapping[int, str]) -> str:
    """The same over several organisations (id → zone), each with its own midnight."""
    each = " ".join(f"WHEN {int(one)} THEN {Moment.of(now, zone).midnight}" for one, zone in zones.items())
    return ANYTHING.format(now=int(now), midnight=f"CASE c.organisation_id {each} ELSE 0 END" if each else "0")


def own(now: int, midnight: int) -> str:
    """Past its own limit, as a condition; the instants are integers of ours."""
    return f"({OWN.format(now=int(now), midnight=int(midnight))})"


def any_of(now: int, midnight: int) -> str:
    """The same, by its own limit or by the law."""
    return ANY.format(now=int(now), midnight=int(midnight))
