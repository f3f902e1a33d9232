"""Who says that their NIK was used by someone else, and which cases were begun under it."""

from typing import NamedTuple

from db import sql

SIZE = 50


class Dispute(NamedTuple):
    """A claim; `sealed` is what was told."""

    id: int
    organisation_id: int
    nik_mark: str
    sealed: str
    registry: str
    state: str
    at_ms: int
    decided_ms: int | None
    sealed_answer: str
    decider: str


_ONE = (
    "SELECT d.id, d.organisation_id, d.nik_mark, d.sealed, d.registry, d.state, d.at_ms, d.decided_ms, d.sealed_answer,"
    " COALESCE((SELECT p.name FROM person p WHERE p.id = d.decided_by), '') FROM nik_dispute d WHERE "
)


def one(dispute: int, organisation: int, *, lock: bool = False) -> Dispute | None:
    """One claim, as far as this organisation has it."""
    text = _ONE + "d.id = ? AND d.organisation_id = ?" + (sql.for_update() if lock else "")
    found = sql.row(text, (dispute, organisation))
    return None if found is None else Dispute(*found)


def page(organisation: int, number: int) -> tuple[list[Dispute], bool]:
    """A page of claims, undecided ones first, then the newest; and whether there are more."""
    text = _ONE + "d.organisation_id = ? ORDER BY d.state <> 'baru', d.id DESC LIMIT ? OFFSET ?"
    found = sql.rows(text, (organisation, SIZE + 1, SIZE * (number - 1)))
    return [Dispute(*row) for row in found[:SIZE]], len(found) > SIZE


class About(NamedTuple):
    """A case begun under a NIK, without who it was."""

    id: int
    number: str
    channel: str
    state: str
    registry: str
    received_ms: int


def cases(organisation: int, nik_mark: str) -> list[About]:
    """The newest hundred cases begun under a NIK."""
    text = (
        "SELECT c.id, c.number, c.channel, c.state, r.registry, c.received_ms FROM reporter r"
        " JOIN case_file c ON c.reporter_id = r.id WHERE r.organisation_id = ? AND r.nik_mark = ? AND r.nik_mark <> ''"
        " ORDER BY c.id DESC LIMIT 100"
    )
    return [About(*found) for found in sql.rows(text, (organisation, nik_mark))]
