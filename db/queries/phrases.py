"""Response templates: those an office writes for itself and those for everyone."""

from collections.abc import Sequence
from typing import NamedTuple

from db import sql

PAGE = 25


class Phrase(NamedTuple):
    """One template; `office` is whose (None: everyone's), `form` the screen it is offered at ("": at all)."""

    id: int
    organisation_id: int
    office: int | None
    office_name: str
    form: str
    title: str
    body: str
    active: bool


_PHRASE = (
    "SELECT f.id, f.organisation_id, f.office, COALESCE(o.name, ''), f.form, f.title, f.body, f.active"
    " FROM phrase f LEFT JOIN office o ON o.id = f.office WHERE "
)


def one(phrase_id: int) -> Phrase | None:
    """One template."""
    found = sql.row(_PHRASE + "f.id = ?", (phrase_id,))
    return None if found is None else Phrase(*found)


def in_use(organisation: int) -> list[Phrase]:
    """Every template of an organisation that is offered."""
    text = _PHRASE + "f.organisation_id = ? AND f.active ORDER BY f.office IS NULL, f.rank, f.title, f.id"
    return [Phrase(*found) for found in sql.rows(text, (organisation,))]


def listed(organisation: int, offices: Sequence[int], page: int = 1) -> tuple[list[Phrase], bool]:
    """A page of everyone's templates and those of these offices, also what is out of use; whether there is more."""
    marks = sql.marks(offices) or "NULL"
    text = _PHRASE + f"f.organisation_id = ? AND (f.office IS NULL OR f.office IN ({marks}))"
    text += " ORDER BY f.office IS NULL, f.title, f.id LIMIT ? OFFSET ?"
    found = [Phrase(*row) for row in sql.rows(text, [organisation, *offices, PAGE + 1, (page - 1) * PAGE])]
    return found[:PAGE], len(found) > PAGE


def releases(organisation: int) -> list[tuple[int, str]]:
    """The newest release of each process: id and fingerprint."""
    text = (
        "SELECT r.id, r.fingerprint FROM release r WHERE r.organisation_id = ? AND NOT EXISTS (SELECT 1 FROM release n"
        " WHERE n.organisation_id = r.organisation_id AND n.process = r.process AND n.version > r.version)"
        " ORDER BY r.id"
    )
    return [(int(key), str(mark)) for key, mark in sql.rows(text, (organisation,))]
