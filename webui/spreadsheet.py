"""Tables to open elsewhere: CSV written row by row as it is read, nothing in it that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from flask import Response, stream_with_context

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
AT_ONCE = 200
BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""


def cell(value: Any) -> str:
    """The value as text; a formula loses its force by the apostrophe that spreadsheets hide (OWASP CSV injection)."""
    if value is None:
        return ""
    text = str(value)
    number = isinstance(value, int | float)
    return f"'{text}" if text.startswith(RISKY) and not number else text


def lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The rows as CSV (RFC 4180), some hundred at a time."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    buffer.write(BOM)
    for count, row in enumerate(rows, 1):
        writer.writerow([cell(value) for value in row])
        if count % AT_ONCE == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def download(name: str, rows: Iterable[Sequence[Any]]) -> Response:
    """An answer that streams the rows as a file of this name; memory does not grow with them."""
    answer = Response(stream_with_context(lines(rows)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
