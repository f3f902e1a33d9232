"""An office is founded once; whoever wants the same one again in an empty database gets its rows as they were."""

from collections.abc import Callable, Hashable

from db import tables
from db.tables import Shape
from engine import installation

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
