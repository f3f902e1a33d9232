"""Which cases hold the tokens asked for (made by engine.search, letters and digits only)."""

from collections.abc import Sequence

from db.connect import is_sqlite

Wanted = Sequence[Sequence[str]]
"""Every group must be answered, by any of its tokens."""


def key() -> str:
    """What the number of the case is called in `case_search s`."""
    return "s.rowid" if is_sqlite() else "s.case_file_id"


def match(wanted: Wanted) -> str:
    """The condition over `case_search s`. The tokens stand in it as they are, so that each question is planned for
    itself: a rare word is looked up, of a common one the newest cases are read. Nothing that was typed comes here."""
    either, both = (" OR ", " AND ") if is_sqlite() else (" | ", " & ")
    assert all(token.isalnum() and token.isascii() for group in wanted for token in group)
    asked = both.join(f"({either.join(group)})" for group in wanted)
    return f"s.case_search MATCH '{asked}'" if is_sqlite() else f"s.tokens @@ CAST('{asked}' AS tsquery)"


def among(column: str, matching: str) -> str:
    """Whether the case of a row is among the matching ones: a list on SQLite, where they come fast and in order; on
    PostgreSQL a look at the row itself (OFFSET keeps the planner from making the list first)."""
    if is_sqlite():
        return f"{column} IN ({matching})"
    return f"EXISTS ({matching} AND {key()} = {column} OFFSET 0)"
