"""Numbers that are given once: a counter per name, without gap or repeat."""

from datetime import datetime
from zoneinfo import ZoneInfo

from db import sql


def next_number(organisation: int, name: str) -> int:
    """The next number of a counter; its row is locked until the verb commits, so that a refused act leaves no gap."""
    text = "UPDATE counter SET value = value + 1 WHERE organisation_id = ? AND name = ? RETURNING value"
    found = sql.row(text, (organisation, name))
    if found is None:
        create = "INSERT INTO counter (organisation_id, name, value) VALUES (?, ?, 0) ON CONFLICT DO NOTHING"
        sql.execute(create, (organisation, name))
        found = sql.row(text, (organisation, name))
    assert found is not None
    return int(found[0])


def year_in(zone: str, now: int) -> int:
    """The calendar year of an instant in an office's time zone."""
    return year_at(ZoneInfo(zone), now)


def year_at(zone: ZoneInfo, now: int) -> int:
    """The calendar year of an instant in a zone."""
    return datetime.fromtimestamp(now / 1000, zone).year
