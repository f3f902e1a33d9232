"""Those who have met with the same as a case tells of; who they are is opened by engine.letters alone."""

from collections.abc import Sequence
from typing import NamedTuple

from db import sql

SHOWN = 100


class Companion(NamedTuple):
    """One of them, still sealed (None once erased), and since when."""

    reporter_id: int
    sealed: str | None
    at_ms: int


def companions(case_id: int) -> list[Companion]:
    """The first of them, in the order they came; the case itself knows how many there are."""
    text = (
        "SELECT r.id, r.sealed, k.at_ms FROM companion k JOIN reporter r ON r.id = k.reporter_id"
        f" WHERE k.case_file_id = ? ORDER BY k.id LIMIT {SHOWN}"
    )
    return [Companion(*found) for found in sql.rows(text, (case_id,))]


def works_on(case_id: int, offices: Sequence[int]) -> bool:
    """Whether a task of the case waits for one of these offices."""
    text = (
        f"SELECT 1 FROM task WHERE case_file_id = ? AND state = 'open' AND office_id IN ({sql.marks(offices)}) LIMIT 1"
    )
    return bool(offices) and sql.row(text, (case_id, *offices)) is not None
