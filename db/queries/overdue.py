"""What of the open tasks (t) is past its time. Counted in working days, that begins at midnight: until then it is
past closing time and nothing more (engine.deadlines.state). So `now` needs `midnight` beside it: today's 00.00.
"""

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


def own(now: int, midnight: int) -> str:
    """Past its own limit, as a condition; the instants are integers of ours."""
    return f"({OWN.format(now=int(now), midnight=int(midnight))})"


def any_of(now: int, midnight: int) -> str:
    """The same, by its own limit or by the law."""
    return ANY.format(now=int(now), midnight=int(midnight))
