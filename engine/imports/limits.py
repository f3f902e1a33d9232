"""How large an old list may be, and what cannot be read at all."""

from typing import Any

from engine.errors import Objection

MB = 1024 * 1024
FILE_BYTES = 64 * MB
PART_BYTES = 256 * MB
"""One part of an XLSX, unpacked."""
INDEX_BYTES = 1 * MB
"""A part that only lists the others."""
ROW_BYTES = 4 * MB
"""One row or text of an XLSX as XML: room for as many cells, and as long ones, as a row of ours may have."""
SHEET_ROWS = 1_048_576
"""Rows a sheet has; what comes after them no spreadsheet shows."""
ROWS = 100_000
COLUMNS = 60
CELL_CHARS = 20_000


class Unreadable(Exception):
    """The file as a whole cannot be imported; `objection` says why and what to do."""

    def __init__(self, code: str, msgid: str, **facts: Any) -> None:
        super().__init__(code)
        self.headers: tuple[str, ...] = ()
        self.objection = Objection(code, msgid, facts)

    @property
    def sentence(self) -> str:
        """The Indonesian sentence."""
        return self.objection.sentence
