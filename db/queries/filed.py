"""What a case is filed under, as the codes of the office's lists."""

from typing import NamedTuple

from db import sql


class Filed(NamedTuple):
    """Codes; "" where it is filed under nothing."""

    topic: str
    kind: str
    place: str


def under(case_id: int) -> Filed | None:
    """Subject, kind and place of a case."""
    found = sql.row("SELECT topic, kind, place FROM case_file WHERE id = ?", (case_id,))
    return None if found is None else Filed(*found)
