"""Who the office is, as its administrator sees it: units, offices and who holds them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from db import sql


@dataclass(frozen=True)
class Unit:
    """A unit with what hangs on it now; `depth` in the tree."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    active: bool
    offices: int
    tasks: int
    depth: int = 0


_UNITS = """
SELECT u.id, u.code, u.name, u.kind, u.parent_id, u.active,
  (SELECT COUNT(*) FROM office o WHERE o.unit_id = u.id AND o.active),
  (SELECT COUNT(*) FROM office o JOIN task t ON t.office_id = o.id WHERE o.unit_id = u.id AND t.state = 'open')
FROM unit u WHERE u.organisation_id = ? ORDER BY u.id
"""


def units(organisation: int) -> list[Unit]:
    """Every unit, each under the one it belongs to."""
    found = [Unit(*row) for row in sql.rows(_UNITS, (organisation,))]
    ordered: list[Unit] = []
    _under(None, 0, found, ordered)
    return ordered


def _under(parent: int | None, depth: int, found: list[Unit], ordered: list[Unit]) -> None:
    for unit in found:
        if unit.parent_id == parent:
            ordered.append(replace(unit, depth=depth))
            _under(unit.id, depth + 1, found, ordered)


@dataclass(frozen=True)
class Office:
    """An office with whoever may act for it now, and how many tasks wait there."""

    id: int
    code: str
    name: str
    unit_id: int
    unit: str
    role: str
    superior_id: int | None
    superior: str | None
    rank: int
    active: bool
    tasks: int
    substitutes: int  # in force now
    holders: str = ""  # definitive, by name

    @property
    def vacant(self) -> bool:
        """Whether nobody may act for it."""
        return self.active and not self.holders and not self.substitutes


_NOW = "h.from_ms <= ? AND (h.until_ms IS NULL OR h.until_ms > ?)"
_OFFICES = f"""
SELECT o.id, o.code, o.name, o.unit_id, u.name, o.role, o.superior_id, s.name, o.rank, o.active,
  (SELECT COUNT(*) FROM task t WHERE t.office_id = o.id AND t.state = 'open'),
  (SELECT COUNT(*) FROM holding h WHERE h.office_id = o.id AND h.kind <> 'definitif' AND {_NOW})
FROM office o JOIN unit u ON u.id = o.unit_id LEFT JOIN office s ON s.id = o.superior_id WHERE o.organisation_id = ?
"""
_HELD = (
    "SELECT h.office_id, p.name FROM holding h JOIN office o ON o.id = h.office_id JOIN person p ON p.id = h.person_id"
    f" WHERE o.organisation_id = ? AND h.kind = 'definitif' AND {_NOW} ORDER BY h.id"
)


def offices(organisation: int, now: int, office: int | None = None) -> list[Office]:
    """Every office in the office's own order (or just one), with its holders."""
    names: dict[int, list[str]] = {}
    for held, name in sql.rows(_HELD, (organisation, now, now)):
        names.setdefault(int(held), []).append(str(name))
    one, values = ("", []) if office is None else (" AND o.id = ?", [office])
    rows = sql.rows(f"{_OFFICES}{one} ORDER BY o.rank, o.id", (now, now, organisation, *values))
    return [replace(Office(*row), holders=", ".join(names.get(row[0], []))) for row in rows]


@dataclass(frozen=True)
class Holding:
    """Somebody's time in an office (UTC ms, end exclusive)."""

    id: int
    person: str
    kind: str
    from_ms: int
    until_ms: int | None
    letter: str
    letter_date: str


def holdings(office: int, limit: int = 50) -> list[Holding]:
    """Who held an office, the latest first."""
    text = (
        "SELECT h.id, p.name, h.kind, h.from_ms, h.until_ms, h.letter, h.letter_date FROM holding h"
        " JOIN person p ON p.id = h.person_id WHERE h.office_id = ? ORDER BY h.from_ms DESC, h.id DESC LIMIT ?"
    )
    return [Holding(*row) for row in sql.rows(text, (office, limit))]


def roles(organisation: int) -> list[tuple[str, str]]:
    """Every role of an organisation's active offices, and in words which offices have it."""
    text = "SELECT role, name FROM office WHERE organisation_id = ? AND active ORDER BY rank, id"
    found: dict[str, list[str]] = {}
    for role, name in sql.rows(text, (organisation,)):
        found.setdefault(str(role), []).append(str(name))
    return [(role, _in_words(names)) for role, names in found.items()]


def _in_words(names: list[str]) -> str:
    """Up to four names; of more what they begin with in common, else the first two, and how many they are."""
    if len(names) <= 4:
        return ", ".join(names)
    common = [word for word, *others in zip(*(name.split() for name in names), strict=False) if {word} == {*others}]
    return f"{' '.join(common) or ', '.join(names[:2])} … ({len(names)})"


def own_offices(person: int, now: int) -> list[tuple[int, str, str]]:
    """The offices this person holds definitively now: id, name, role."""
    text = (
        "SELECT o.id, o.name, o.role FROM holding h JOIN office o ON o.id = h.office_id"
        f" WHERE h.person_id = ? AND h.kind = 'definitif' AND {_NOW} ORDER BY o.rank, o.id"
    )
    return [(int(row[0]), str(row[1]), str(row[2])) for row in sql.rows(text, (person, now, now))]


@dataclass(frozen=True)
class Absence:
    """A proposal to be stood in for; the reasons are still sealed."""

    id: int
    office_id: int
    office: str
    person_id: int
    person: str
    substitute_id: int
    substitute: str
    kind: str
    from_ms: int
    until_ms: int
    state: str
    proposed_ms: int
    decided_ms: int | None
    decided_by: str | None
    sealed_reason: str
    sealed_refusal: str


_ABSENCE = """
SELECT a.id, a.office_id, o.name, a.person_id, p.name, a.substitute_id, s.name, a.kind, a.from_ms, a.until_ms, a.state,
  a.proposed_ms, a.decided_ms, d.name, a.sealed_reason, a.sealed_refusal
FROM absence a JOIN office o ON o.id = a.office_id JOIN person p ON p.id = a.person_id
  JOIN person s ON s.id = a.substitute_id LEFT JOIN person d ON d.id = a.decided_by
"""


def own_absences(person: int, page: int = 1, size: int = 20) -> tuple[list[Absence], bool]:
    """What this person proposed, the latest first."""
    text = _ABSENCE + " WHERE a.person_id = ? ORDER BY a.id DESC LIMIT ? OFFSET ?"
    rows = [Absence(*row) for row in sql.rows(text, (person, size + 1, (page - 1) * size))]
    return rows[:size], len(rows) > size


def open_absences(organisation: int) -> list[Absence]:
    """What waits to be decided in an organisation, the oldest first."""
    text = _ABSENCE + " WHERE o.organisation_id = ? AND a.state = 'diajukan' ORDER BY a.id LIMIT 200"
    return [Absence(*row) for row in sql.rows(text, (organisation,))]


class Held(NamedTuple):
    """Who holds or held an office definitively, by which letter."""

    holding_id: int
    office: str
    person: str
    letter: str
    letter_date: str
    from_ms: int
    until_ms: int | None


def held_at(offices: Sequence[int]) -> list[Held]:
    """The definitive holders of these offices, the latest first, at most fifty."""
    text = (
        "SELECT h.id, o.name, p.name, h.letter, h.letter_date, h.from_ms, h.until_ms FROM holding h"
        " JOIN office o ON o.id = h.office_id JOIN person p ON p.id = h.person_id"
        f" WHERE h.office_id IN ({sql.marks(offices)}) AND h.kind = 'definitif'"
        " ORDER BY h.from_ms DESC, h.id DESC LIMIT 50"
    )
    return [Held(*found) for found in sql.rows(text, offices)]


def office_names(offices: Sequence[int]) -> list[tuple[int, str]]:
    """These offices by rank."""
    text = f"SELECT id, name FROM office WHERE id IN ({sql.marks(offices)}) ORDER BY rank, id"
    return [(int(key), str(name)) for key, name in sql.rows(text, offices)]
