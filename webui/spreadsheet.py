"""Tables to open elsewhere: CSV written row by row as it is read, nothing in it that a spreadsheet would run."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from flask import Response, stream_with_context

MARKS = "=+@\uff1d\uff0b\uff0d\uff20-"
RISKY = (*MARKS, "\t", "\r", "\n")
_INSIDE = re.compile(rf"(?<=[;\t\r\n])(?=\s*[{MARKS}])")
"""Where a formula would begin for a spreadsheet that parts cells at semicolons, as they do in Indonesia."""
AT_ONCE = 200
BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""


def cell(value: Any) -> str:
    """The value as text; a formula loses its force by the apostrophe that spreadsheets hide (OWASP CSV injection)."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    safe = _INSIDE.sub("'", text)
    return f"'{safe}" if text.startswith(RISKY) else safe


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
