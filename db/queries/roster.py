"""Who serves by a yearly letter of appointment: per office and year, with the letter; who is missing."""

from collections.abc import Sequence
from typing import NamedTuple

from db import sql


class Place(NamedTuple):
    """An office held by the year, and who serves there in that year (0 and "" where nobody is appointed)."""

    office_id: int
    code: str
    office: str
    unit: str
    unit_name: str
    holding_id: int
    person_id: int
    person: str
    nip: str
    letter: str
    letter_date: str
    from_ms: int
    until_ms: int
    acting: str  # who sits there now without a letter of that year


_PLACES = """
SELECT o.id, o.code, o.name, u.code, u.name, COALESCE(h.id, 0), COALESCE(p.id, 0), COALESCE(p.name, ''),
  COALESCE(p.nip, ''), COALESCE(h.letter, ''), COALESCE(h.letter_date, ''), COALESCE(h.from_ms, 0),
  COALESCE(h.until_ms, 0),
  COALESCE((SELECT MIN(q.name) FROM holding g JOIN person q ON q.id = g.person_id WHERE g.office_id = o.id
    AND g.kind = 'definitif' AND g.from_ms <= ? AND (g.until_ms IS NULL OR g.until_ms > ?)
    AND (g.letter = '' OR g.from_ms < ? OR g.until_ms IS NULL)), '')
FROM office o JOIN unit u ON u.id = o.unit_id
  LEFT JOIN holding h ON h.id = (SELECT MAX(y.id) FROM holding y WHERE y.office_id = o.id AND y.kind = 'definitif'
    AND y.letter <> '' AND y.from_ms >= ? AND y.from_ms < ? AND y.until_ms IS NOT NULL AND y.until_ms <= ?
    AND y.until_ms > y.from_ms)
  LEFT JOIN person p ON p.id = h.person_id
WHERE o.organisation_id = ? AND o.active AND o.role IN ({marks}) ORDER BY o.rank, o.id
"""


def places(organisation: int, roles: Sequence[str], begins: int, ends: int, now: int) -> list[Place]:
    """The offices of these roles with who serves there from `begins` to `ends` (a year, UTC ms) by letter."""
    if not roles:
        return []
    values = (now, now, begins, begins, ends, ends, organisation, *roles)
    return [Place(*found) for found in sql.rows(_PLACES.format(marks=sql.marks(roles)), values)]


def overseers(organisation: int, roles: Sequence[str], now: int) -> list[int]:
    """Who is warned: administrators, and whoever holds one of these roles now."""
    text = (
        "SELECT a.person_id FROM account a JOIN person p ON p.id = a.person_id WHERE p.organisation_id = ? AND a.active"
        " AND (' ' || a.powers || ' ') LIKE '% admin %'"
        " UNION SELECT h.person_id FROM holding h JOIN office o ON o.id = h.office_id WHERE o.organisation_id = ?"
        f" AND o.role IN ({sql.marks(roles) or 'NULL'}) AND h.from_ms <= ? AND (h.until_ms IS NULL OR h.until_ms > ?)"
    )
    return [int(found[0]) for found in sql.rows(text, (organisation, organisation, *roles, now, now))]


def people(organisation: int) -> list[tuple[int, str, str, str]]:
    """Everyone who may be appointed: id, name, NIP, the unit of an office they hold or held.

    Not who has powers and never held an office: administrators, auditors, designers.
    """
    text = (
        "SELECT p.id, p.name, p.nip, COALESCE((SELECT MIN(u.name) FROM holding h JOIN office o ON o.id = h.office_id"
        " JOIN unit u ON u.id = o.unit_id WHERE h.person_id = p.id), '') AS unit FROM person p"
        " WHERE p.organisation_id = ? AND p.active AND NOT (EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id"
        " AND a.active AND a.powers <> '') AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.person_id = p.id))"
        " ORDER BY p.name, p.id"
    )
    return [(int(key), str(name), str(nip), str(unit)) for key, name, nip, unit in sql.rows(text, (organisation,))]
