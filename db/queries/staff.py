"""The people of an organisation and their accounts, and what was changed of who the office is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from db import sql

PAGE = 50


@dataclass(frozen=True)
class Person:
    """Someone with the account that was opened last, if any."""

    id: int
    name: str
    nip: str
    pangkat: str
    account_id: int | None
    username: str | None
    powers: str
    active: bool | None  # of the account
    email: str
    offices: str = ""


_PEOPLE = """
SELECT p.id, p.name, p.nip, p.pangkat, a.id, a.username, COALESCE(a.powers, ''), a.active, COALESCE(a.email, '')
FROM person p LEFT JOIN account a ON a.id = (SELECT MAX(b.id) FROM account b WHERE b.person_id = p.id)
WHERE p.organisation_id = ?
"""


def people(organisation: int, now: int, wanted: str = "", page: int = 1) -> tuple[list[Person], bool]:
    """One page of people by name, those whose name, NIP or user name holds `wanted`; and whether there is another."""
    text, values = _PEOPLE, [organisation]  # type: tuple[str, list[Any]]
    if wanted:
        text += " AND (LOWER(p.name) LIKE ? ESCAPE '!' OR p.nip LIKE ? ESCAPE '!' OR a.username LIKE ? ESCAPE '!')"
        values += [f"%{_literal(wanted.lower())}%"] * 3
    text += " ORDER BY p.name, p.id LIMIT ? OFFSET ?"
    rows = sql.rows(text, [*values, PAGE + 1, (page - 1) * PAGE])
    held = _offices([row[0] for row in rows], now)
    return [_person(row, held) for row in rows[:PAGE]], len(rows) > PAGE


def _literal(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _person(row: Sequence[Any], held: dict[int, str]) -> Person:
    return replace(Person(*row), offices=held.get(row[0], ""))


def _offices(people: Sequence[int], now: int) -> dict[int, str]:
    if not people:
        return {}
    text = (
        "SELECT h.person_id, h.kind, o.name FROM holding h JOIN office o ON o.id = h.office_id WHERE h.from_ms <= ?"
        f" AND (h.until_ms IS NULL OR h.until_ms > ?) AND h.person_id IN ({sql.marks(people)}) ORDER BY o.rank, o.id"
    )
    found: dict[int, list[str]] = {}
    for person, kind, name in sql.rows(text, [now, now, *people]):
        prefix = {"plh": "Plh. ", "plt": "Plt. "}.get(kind, "")
        found.setdefault(int(person), []).append(prefix + str(name))
    return {person: "; ".join(names) for person, names in found.items()}


def person(organisation: int, key: int, now: int) -> Person | None:
    """One person of this organisation."""
    found = sql.row(_PEOPLE + " AND p.id = ?", (organisation, key))
    return None if found is None else _person(found, _offices([key], now))


def person_of(organisation: int, account: int) -> int | None:
    """Whose account this is, in this organisation."""
    text = "SELECT p.id FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = ? AND p.organisation_id = ?"
    found = sql.value(text, (account, organisation))
    return None if found is None else int(found)


def sessions(account: int, now: int) -> list[tuple[int, int]]:
    """The open sessions of an account: when each began and was last used (UTC ms)."""
    text = "SELECT created_ms, seen_ms FROM login_session WHERE account_id = ? AND ends_ms > ? ORDER BY seen_ms DESC"
    return [(int(row[0]), int(row[1])) for row in sql.rows(text, (account, now))]


@dataclass(frozen=True)
class Change:
    """One entry of an organisation's chain; `facts` is JSON."""

    id: int
    kind: str
    at_ms: int
    person: str | None
    office: str | None
    facts: str


def changes(organisation: int, kinds: Sequence[str] = (), page: int = 1) -> tuple[list[Change], bool]:
    """One page of what was changed, the latest first: of these kinds, or of all."""
    which = f" AND j.kind IN ({sql.marks(kinds)})" if kinds else ""
    text = (
        "SELECT j.id, j.kind, j.at_ms, p.name, o.name, j.facts FROM journal j LEFT JOIN person p ON p.id = j.person"
        f" LEFT JOIN office o ON o.id = j.office WHERE j.chain = ?{which} ORDER BY j.seq DESC LIMIT ? OFFSET ?"
    )
    rows = sql.rows(text, [f"organisation:{organisation}", *kinds, PAGE + 1, (page - 1) * PAGE])
    return [Change(*row) for row in rows[:PAGE]], len(rows) > PAGE


def organisation(key: int) -> tuple[str, str, str]:
    """Code, name and time zone."""
    found = sql.rows("SELECT code, name, timezone FROM organisation WHERE id = ?", (key,))[0]
    return str(found[0]), str(found[1]), str(found[2])


def names(organisation_id: int) -> dict[int, str]:
    """Everyone's name by id, for entries that tell ids."""
    return dict(sql.rows("SELECT id, name FROM person WHERE organisation_id = ?", (organisation_id,)))
