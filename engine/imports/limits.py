"""How large an old list may be, and what cannot be read at all."""

from typing import Any

from engine.errors import Objection

MB = 1024 * 1024
FILE_BYTES = 64 * MB
PART_BYTES = 256 * MB
"""One part of an XLSX, unpacked."""
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
