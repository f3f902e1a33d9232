"""What an administrator reads of the office's own rules: whose calendar, which lists, how they are used."""

from dataclasses import dataclass

from db import sql


@dataclass(frozen=True)
class Kept:
    """A unit, and whether it keeps a calendar of its own."""

    id: int
    code: str
    name: str
    own: bool


def calendar_units(organisation: int) -> list[Kept]:
    """The units of an organisation in their order, those with a calendar of their own first."""
    text = (
        "SELECT u.id, u.code, u.name, c.id IS NOT NULL FROM unit u LEFT JOIN calendar c ON c.unit_id = u.id"
        " WHERE u.organisation_id = ? AND u.active ORDER BY c.id IS NULL, u.id"
    )
    return [Kept(int(i), str(code), str(name), bool(own)) for i, code, name, own in sql.rows(text, (organisation,))]


@dataclass(frozen=True)
class List:
    """One of the office's lists, by its code; how many entries it has, and how many are offered."""

    name: str
    entries: int
    active: int


def lists(organisation: int) -> list[List]:
    """Every list that has an entry."""
    text = (
        "SELECT list, COUNT(*), SUM(CASE WHEN active THEN 1 ELSE 0 END) FROM choice WHERE organisation_id = ?"
        " GROUP BY list ORDER BY list"
    )
    return [List(str(name), int(n), int(active)) for name, n, active in sql.rows(text, (organisation,))]


@dataclass(frozen=True)
class Entry:
    """An entry of a list; `attrs` is JSON."""

    id: int
    code: str
    label: str
    attrs: str
    active: bool


PAGE = 50


def entries(organisation: int, name: str, page: int = 1) -> tuple[list[Entry], bool]:
    """One page of a list in the order people see, and whether there is another."""
    text = (
        "SELECT id, code, label, attrs, active FROM choice WHERE organisation_id = ? AND list = ?"
        " ORDER BY rank, id LIMIT ? OFFSET ?"
    )
    found = sql.rows(text, (organisation, name, PAGE + 1, (page - 1) * PAGE))
    return [Entry(int(i), c, label, attrs, bool(on)) for i, c, label, attrs, on in found[:PAGE]], len(found) > PAGE
