"""The access log as an auditor reads it: who saw what of whom, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from db import sql

PAGE = 50

PERSONAL = ("revealed", "letter", "viewed", "attachment", "printed", "exported")
"""Looks at something that may tell who a citizen is, or what they wrote."""


@dataclass(frozen=True)
class Asked:
    """Whose log, from when until when (UTC ms); a person, a case's number or a kind narrow it."""

    organisation_id: int
    from_ms: int
    until_ms: int
    person: int | None = None
    number: str = ""
    what: str = ""


class Look(NamedTuple):
    """One look; `person` is empty where it was done from the command line or by a citizen."""

    id: int
    at_ms: int
    what: str
    detail: str
    person: str
    username: str
    case_id: int | None
    number: str
    office: str  # the offices this person held then


_HELD = (
    "COALESCE((SELECT {joined} FROM holding h JOIN office f ON f.id = h.office_id WHERE h.person_id = a.person_id"
    " AND h.from_ms <= l.at_ms AND (h.until_ms IS NULL OR h.until_ms > l.at_ms)), '')"
)
_LOOKS = (
    "SELECT l.id, l.at_ms, l.what, l.detail, COALESCE(p.name, ''), COALESCE(a.username, ''), l.case_file,"
    " COALESCE(c.number, ''), {held} FROM access_log l LEFT JOIN account a ON a.id = l.account"
    " LEFT JOIN person p ON p.id = a.person_id LEFT JOIN case_file c ON c.id = l.case_file"
    " WHERE COALESCE(l.organisation, c.organisation_id) = ? AND l.at_ms >= ? AND l.at_ms < ?"
)


def page(asked: Asked, *, after: tuple[int, int] | None = None) -> list[Look]:
    """Up to one more than a page, behind the look (instant, id) where one is named."""
    where, values = _narrowed(asked)
    if after is not None:
        where, values = where + " AND (l.at_ms < ? OR (l.at_ms = ? AND l.id < ?))", [*values, after[0], *after]
    joined = "GROUP_CONCAT(f.name, '; ')" if not sql.for_update() else "STRING_AGG(f.name, '; ')"
    text = _LOOKS.format(held=_HELD.format(joined=joined)) + where
    return [Look(*row) for row in sql.rows(f"{text} ORDER BY l.at_ms DESC, l.id DESC LIMIT {PAGE + 1}", values)]


def every(asked: Asked) -> Iterator[Look]:
    """All of them, a page at a time."""
    after: tuple[int, int] | None = None
    while True:
        found = page(asked, after=after)
        yield from found[:PAGE]
        if len(found) <= PAGE:
            return
        after = (found[PAGE - 1].at_ms, found[PAGE - 1].id)


def _narrowed(asked: Asked) -> tuple[str, list[Any]]:
    where, values = "", [asked.organisation_id, asked.from_ms, asked.until_ms]  # type: str, list[Any]
    if asked.person is not None:
        where, values = where + " AND a.person_id = ?", [*values, asked.person]
    if asked.number:
        where, values = where + " AND c.number = ?", [*values, asked.number]
    if asked.what == "pribadi":
        where, values = where + f" AND l.what IN ({sql.marks(PERSONAL)})", [*values, *PERSONAL]
    elif asked.what:
        where, values = where + " AND l.what = ?", [*values, asked.what]
    return where, values


def kinds(organisation_id: int) -> list[str]:
    """The kinds of look this organisation's log holds."""
    text = "SELECT DISTINCT what FROM access_log WHERE organisation = ? ORDER BY what"
    return [str(found[0]) for found in sql.rows(text, (organisation_id,))]


def people(organisation_id: int) -> list[tuple[int, str]]:
    """Everyone of an organisation who has an account: id and name."""
    text = (
        "SELECT DISTINCT p.id, p.name FROM person p JOIN account a ON a.person_id = p.id"
        " WHERE p.organisation_id = ? ORDER BY p.name"
    )
    return [(int(ident), str(name)) for ident, name in sql.rows(text, (organisation_id,))]
