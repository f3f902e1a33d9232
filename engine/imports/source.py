"""An old list opened: its columns found, its dates understood, its rows given one by one as good or flawed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from engine.imports import moments, tables
from engine.imports.columns import Columns, find
from engine.imports.identified import Asked
from engine.imports.limits import Unreadable
from engine.imports.lines import Flaw, Line, Reading
from engine.imports.tables import Opener


@dataclass(frozen=True)
class Source:
    """A list whose rows can be read again and again; `total` rows stand under its headers."""

    kind: str
    opener: Opener
    reading: Reading
    total: int

    @property
    def columns(self) -> Columns:
        """Which column is what."""
        return self.reading.columns

    def rows(self) -> Iterator[Line | list[Flaw]]:
        """Every row in order; raises Unreadable at a row that cannot be read."""
        found = tables.rows(self.kind, self.opener)
        next(found, None)
        for number, cells in found:
            yield self.reading.line(number, cells)


def source(
    opener: Opener, *, said: Mapping[str, str], zone: str, organisation: str, now: int, asked: Asked | None = None
) -> Source:
    """The list in a file, read through once: its headers, how many rows, whether 04/05 is April or May.

    `said` maps our fields to headers where the office says so; `asked` are the further
    columns its process takes. Raises Unreadable.
    """
    with opener() as start:
        kind = tables.kind_of(start.read(4096))
    found = tables.rows(kind, opener)
    _, headers = next(found, (0, []))
    columns = find(headers, said)
    place, total, orders = columns.places["waktu_kirim"], 0, set()
    for _, cells in found:
        total += 1
        orders.add(moments.order_of(cells[place]) if place < len(cells) else "")
    if not total:
        raise Unreadable("no_rows", "Berkas ini hanya berisi judul kolom, tanpa satu baris pun.")
    order = "md" if "md" in orders and "dm" not in orders else "dm"
    return Source(kind, opener, Reading(columns, order, ZoneInfo(zone), organisation, now, asked or Asked()), total)
