"""Which cases hold the tokens asked for (made by engine.search, letters and digits only)."""

from collections.abc import Sequence

from db.connect import is_sqlite

Wanted = Sequence[Sequence[str]]
"""Every group must be answered, by any of its tokens."""


def key() -> str:
    """What the number of the case is called in `case_search s`."""
    return "s.rowid" if is_sqlite() else "s.case_file_id"


def match() -> str:
    """The condition over `case_search s`, with one `?` for `asked(…)`."""
    return "s.case_search MATCH ?" if is_sqlite() else "s.tokens @@ CAST(? AS tsquery)"


def asked(wanted: Wanted) -> str:
    """The groups in the language of the database; only tokens of ours come here, never what someone typed."""
    either, both = (" OR ", " AND ") if is_sqlite() else (" | ", " & ")
    assert all(token.isalnum() and token.isascii() for group in wanted for token in group)
    return both.join(f"({either.join(group)})" for group in wanted)
