"""Whole numbers in addresses: only those a database can hold."""

from typing import Any

from werkzeug.routing import IntegerConverter

LARGEST = 10**15
"""More than any id, page or instant (UTC ms) of ours, and small enough for every database to multiply."""


class Whole(IntegerConverter):
    """`<int:…>` in an address: a number no database could hold is an address that does not exist."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max": LARGEST, **options})


def whole(text: str) -> int:
    """A whole number from the query of an address, for `args.get(type=whole)`: ValueError for what is none of ours."""
    found = int(text) if len(text) <= len(str(LARGEST)) else LARGEST + 1
    if not -LARGEST <= found <= LARGEST:
        raise ValueError(f"out of range: {text[:20]}")
    return found
