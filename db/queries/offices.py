"""Who works here: units, offices, accounts."""

from dataclasses import dataclass

from db import sql


def unit(code: str) -> tuple[int, int] | None:
    """Organisation and id of a unit by its code."""
    found = sql.row("SELECT organisation_id, id FROM unit WHERE code = ? ORDER BY id LIMIT 1", (code,))
    return None if found is None else (int(found[0]), int(found[1]))


def unit_names(organisation: int) -> dict[str, str]:
    """What the units of an organisation are called, by code."""
    rows = sql.rows("SELECT code, name FROM unit WHERE organisation_id = ?", (organisation,))
    return {str(code): str(name) for code, name in rows}


def organisations() -> list[tuple[int, str, str]]:
    """Every organisation: id, code, name."""
    return [
        (int(i), str(code), str(name))
        for i, code, name in sql.rows("SELECT id, code, name FROM organisation ORDER BY id")
    ]


@dataclass(frozen=True)
class Account:
    """A sign-in and whose it is; `offices` are held at that moment."""

    username: str
    person: str
    organisation: str
    offices: str
    powers: str
    active: bool


def accounts(now: int) -> list[Account]:
    """Every sign-in, with the offices held at that instant."""
    text = (
        "SELECT a.username, p.name, g.code, o.code, h.kind, a.powers, a.active FROM account a"
        " JOIN person p ON p.id = a.person_id JOIN organisation g ON g.id = p.organisation_id"
        " LEFT JOIN holding h ON h.person_id = p.id AND h.from_ms <= ? AND (h.until_ms IS NULL OR h.until_ms > ?)"
        " LEFT JOIN office o ON o.id = h.office_id ORDER BY a.id, o.rank"
    )
    found: dict[str, Account] = {}
    for username, person, organisation, office, kind, powers, active in sql.rows(text, (now, now)):
        before = found[username].offices if username in found else ""
        held = f"{office} ({kind})" if office else ""
        offices = "; ".join(part for part in (before, held) if part)
        found[username] = Account(username, person, organisation, offices, powers, bool(active))
    return list(found.values())


@dataclass(frozen=True)
class Holder:
    """An office and who definitively holds it; an empty office has no person."""

    office: str
    person: str | None
    rank: str
    nip: str


_DEFINITIVE = """
SELECT o.name, p.name, COALESCE(p.pangkat, ''), COALESCE(p.nip, '') FROM office o
LEFT JOIN holding h ON h.office_id = o.id AND h.kind = 'definitif' AND h.from_ms <= ?
  AND (h.until_ms IS NULL OR h.until_ms > ?)
LEFT JOIN person p ON p.id = h.person_id
WHERE o.organisation_id = ? AND {which} ORDER BY o.rank, o.id LIMIT 1
"""


def definitive(organisation: int, now: int, *, office_id: int | None = None, code: str = "") -> Holder | None:
    """The definitive holder of an office at that instant: the office by its id, else by its code or role."""
    which, values = ("(o.code = ? OR o.role = ?)", [code, code]) if office_id is None else ("o.id = ?", [office_id])
    found = sql.row(_DEFINITIVE.format(which=which), [now, now, organisation, *values])
    return None if found is None else Holder(*found)


def organisation(number: int) -> tuple[str, str]:
    """Name and time zone of an organisation. Raises LookupError."""
    found = sql.row("SELECT name, timezone FROM organisation WHERE id = ?", (number,))
    if found is None:
        raise LookupError(number)
    return str(found[0]), str(found[1])
