"""An office is founded once; whoever wants the same one again in an empty database gets its rows as they were."""

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

from argon2 import PasswordHasher

from db import sql, tables
from db.connect import transaction
from db.tables import Shape
from engine import demo, installation

_KNOWN: dict[Hashable, tuple[int, list[tuple[Shape, list[bytes]]]]] = {}


def once(key: Hashable, found: Callable[[], int]) -> int:
    """What `found` founds, by the key of everything it is founded from; gives the organisation's id."""
    if not installation.is_empty():
        return found()
    if key in _KNOWN:
        organisation, kept = _KNOWN[key]
        with tables.filling():
            for shape, rows in kept:
                tables.write(shape, rows)
        return organisation
    before = {shape.name for shape in tables.shapes() if tables.count(shape)}
    organisation = found()
    laid = [shape for shape in tables.shapes() if shape.name not in before]
    with tables.snapshot():
        _KNOWN[key] = organisation, [(shape, rows) for shape in laid if (rows := list(tables.lines(shape)))]
    return organisation


def office(password: str, **whole: Any) -> int:
    """A demo office in which everybody's password is kept as a hash that takes no tenth of a second to check."""
    organisation = demo.open_office(password, **whole)
    with transaction():
        sql.execute("UPDATE account SET password_hash = ?", (_hashed_in_haste(password),))
    return organisation


@cache
def _hashed_in_haste(password: str) -> str:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)
