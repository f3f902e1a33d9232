"""What exports share: instants as text, words without what no file may hold, the names of things."""

import re
from datetime import UTC, datetime

from db.queries.events import Event

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def iso(ms: int) -> str:
    """An instant with its milliseconds, in UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")


def clean(text: str) -> str:
    """Without the characters XML knows no way to write."""
    return _UNPRINTABLE.sub("", text)


def activity(event: Event) -> str:
    """What an event is called: the task it is about, else the element, else its kind."""
    return clean(event.name or event.element or event.kind)
