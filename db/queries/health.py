"""What the state of an installation is told by: the database itself, its journal, calendars, jobs, incidents."""

from dataclasses import dataclass

from db import sql
from db.connect import is_sqlite


@dataclass(frozen=True)
class Database:
    """Which database, which version, how large (bytes)."""

    kind: str
    version: str
    size: int


def database() -> Database:
    """The database as it tells about itself."""
    if is_sqlite():
        size = int(sql.value("PRAGMA page_count")) * int(sql.value("PRAGMA page_size"))
        return Database("SQLite", str(sql.value("SELECT sqlite_version()")), size)
    size = int(sql.value("SELECT pg_database_size(current_database())"))
    return Database("PostgreSQL", str(sql.value("SHOW server_version")).split()[0], size)


def damage() -> str:
    """What SQLite's quick check finds wrong with its file first, "" where it is whole (PostgreSQL looks itself)."""
    if not is_sqlite():
        return ""
    found = str(sql.value("PRAGMA quick_check(1)"))
    return "" if found == "ok" else found


def newest_entry() -> int | None:
    """When the journal was last written to (UTC ms), by its last rows."""
    found = sql.value("SELECT MAX(at_ms) FROM (SELECT at_ms FROM journal ORDER BY id DESC LIMIT 200) t")
    return None if found is None else int(found)


def oldest_unsealed(organisation: int) -> int | None:
    """Since when the journal of an organisation waits for its seal (UTC ms)."""
    text = "SELECT at_ms FROM journal WHERE organisation = ? AND seal IS NULL ORDER BY id LIMIT 1"
    found = sql.value(text, (organisation,))
    return None if found is None else int(found)


def calendars(organisation: int) -> list[tuple[str, str]]:
    """The calendars of an organisation: whose ("" its own, else the unit's name) and the body, as JSON."""
    text = (
        "SELECT COALESCE(u.name, ''), c.body FROM calendar c LEFT JOIN unit u ON u.id = c.unit_id"
        " WHERE c.organisation_id = ? ORDER BY c.unit_id IS NOT NULL, c.id"
    )
    return [(str(name), str(body)) for name, body in sql.rows(text, (organisation,))]


def open_incidents(organisation: int) -> int:
    """How many incidents wait to be solved."""
    text = (
        "SELECT COUNT(*) FROM incident i JOIN case_file c ON c.id = i.case_file_id"
        " WHERE i.solved_ms IS NULL AND c.organisation_id = ?"
    )
    return int(sql.value(text, (organisation,)))


def failed_jobs(organisation: int) -> int:
    """How many jobs failed for good."""
    text = (
        "SELECT COUNT(*) FROM job j LEFT JOIN case_file c ON c.id = j.case_file_id"
        " WHERE j.state = 'failed' AND COALESCE(c.organisation_id, j.organisation) = ?"
    )
    return int(sql.value(text, (organisation,)))


_VACANT = """
SELECT o.name FROM office o WHERE o.organisation_id = ? AND o.active AND NOT EXISTS (
  SELECT 1 FROM holding h WHERE h.office_id = o.id AND h.from_ms <= ? AND (h.until_ms IS NULL OR h.until_ms > ?))
ORDER BY o.rank, o.id
"""


def vacant(organisation: int, now: int) -> list[str]:
    """The names of offices for which nobody may act."""
    return [str(name) for (name,) in sql.rows(_VACANT, (organisation, now, now))]


def pulse(name: str) -> int | None:
    """When the worker last gave a sign of life (UTC ms)."""
    found = sql.value("SELECT done_ms FROM job WHERE name = ?", (name,))
    return None if found is None else int(found)
