"""Which rows of a table can hold together, which never can be chosen, and for what no row is written.

What is asked is cut into the values the cells name, the places between them, "none" and "anything else". Each cell
then is a set of those, kept as the bits of an integer: two rows can hold together where every column's sets meet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from engine import expressions
from engine.diagrams.decisions import cells
from engine.diagrams.decisions.cells import VALUE, Test
from engine.diagrams.decisions.tables import Fault, Input, Row, Table

MAX_TRIES = 100_000  # cells times values; a second or so
MAX_STEPS = 2_000_000  # of the search for a gap; beyond it nothing is said
MAX_TOLD = 20  # overlaps told of one table
OTHER = "\uffff"  # a text that no cell names


def faults(table: Table) -> Iterator[Fault]:
    """Overlaps of UNIQUE, rows that can never be chosen under FIRST, the same row twice, and a gap."""
    asked = _asked(table)
    samples = [_samples(table, places) for places in asked]
    if len(table.rows) * sum(map(len, samples)) > MAX_TRIES:
        words = "Tabel terlalu besar untuk diperiksa tumpang tindih dan celahnya; bagilah atau ringkaslah."
        yield Fault(table.id, table.line, "tidak-diperiksa", words, "warning")
        return
    sets = [_sets(row, asked, samples) for row in table.rows]
    yield from _together(table, sets)
    gap = _gap(table, asked, sets, samples)
    if gap is not None:
        words = f"Tidak ada baris untuk: {gap}. Tanpa baris yang cocok, semua keluaran kosong."
        yield Fault(table.id, table.line, "tanpa-baris-bawaan", words, "warning")


def _together(table: Table, sets: list[list[int]]) -> Iterator[Fault]:
    told = 0
    for later, row in enumerate(table.rows):
        for earlier in range(later):
            fault = _pair(table.policy, table.rows[earlier], row, sets[earlier], sets[later])
            if fault is not None:
                yield fault
                told += 1
                break
        if told >= MAX_TOLD:
            return


def _pair(policy: str, first: Row, second: Row, a: list[int], b: list[int]) -> Fault | None:
    pairs = list(zip(a, b, strict=True))
    said = first.values == second.values
    if policy == "UNIQUE" and all(x & y for x, y in pairs):
        words = f"Baris {first.place} dan {second.place} dapat berlaku bersamaan, padahal aturan pilihnya Unique."
        return Fault(second.id or None, second.line, "baris-bertumpuk", words)
    if policy == "FIRST" and all(x & y == y for x, y in pairs):
        words = f"Baris {second.place} tidak pernah terpilih: baris {first.place} selalu mendahuluinya."
        return Fault(second.id or None, second.line, "baris-tertutup", words, "warning")
    if policy == "COLLECT" and a == b and said:
        words = f"Baris {second.place} sama dengan baris {first.place}."
        return Fault(second.id or None, second.line, "baris-sama", words, "warning")
    return None


# -- the values worth trying -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sample:
    """A value that stands for all that the cells of a column treat alike."""

    value: Any
    words: str


def _asked(table: Table) -> list[list[int]]:
    """Columns that ask the same thing (from when, until when) stand together: one value answers them all."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, column in enumerate(table.inputs):
        found.setdefault((column.expression, column.kind), []).append(place)
    return list(found.values())


def _samples(table: Table, places: list[int]) -> list[_Sample]:
    column = table.inputs[places[0]]
    named = {value for row in table.rows for place in places for value in row.tests[place].values}
    found = [_Sample(value, str(value)) for value in sorted(named)]
    found += [_Sample(value, _other(value)) for value in _between(column, sorted(named))]
    if column.kind == "boolean":
        found = [_Sample(True, "true"), _Sample(False, "false")]
    return [*found, _Sample(None, "kosong")]


def _other(value: Any) -> str:
    """A text between others says nothing to anyone; a number or a day does."""
    return "lainnya" if isinstance(value, str) and not cells.is_date(value) else f"lainnya ({value})"


def _between(column: Input, named: list[Any]) -> list[Any]:
    """Values that no cell names: one below, one above, one between each two."""
    if column.kind == "boolean":
        return []
    if column.kind == "number":
        middle = [(low + high) / 2 for low, high in pairwise(named)]
        return [named[0] - 1, *middle, named[-1] + 1] if named else [0]
    if column.kind == "date":
        near = {_day(value, step) for value in named for step in (-1, 1)} - set(named)
        return sorted(near) or ["2016-02-29"]
    return ["", *(value + OTHER for value in named)] if named else [OTHER]


def _day(text: str, step: int) -> str:
    try:
        return (date.fromisoformat(text) + timedelta(days=step)).isoformat()
    except OverflowError:
        return text


def _sets(row: Row, asked: list[list[int]], samples: list[list[_Sample]]) -> list[int]:
    tests = ([row.tests[place] for place in places] for places in asked)
    return [_bits(together, tried) for together, tried in zip(tests, samples, strict=True)]


def _bits(tests: list[Test], samples: list[_Sample]) -> int:
    held = (all(_holds(asks, sample.value) for asks in tests) for sample in samples)
    return sum(1 << place for place, holds in enumerate(held) if holds)


def _holds(asks: Test, value: Any) -> bool:
    return asks.any or bool(expressions.evaluate(asks.text, {VALUE: value}))


# -- gaps --------------------------------------------------------------------------------------------------------------


class _TooMuch(Exception):
    """The search would take too long."""


def _gap(table: Table, asked: list[list[int]], sets: list[list[int]], samples: list[list[_Sample]]) -> str | None:
    """Values for which no row holds, in words; None where there are none, or none was found in time."""
    search = _Search(sets, samples)
    try:
        found = search.uncovered(list(range(len(sets))), 0)
    except _TooMuch:
        return None
    if found is None:
        return None
    labels = (table.inputs[places[0]].label for places in asked)
    said = (f"{label} = {sample.words}" for label, sample in zip(labels, found, strict=True))
    return ", ".join(said) or "apa pun"


@dataclass
class _Search:
    sets: list[list[int]]
    columns: list[list[_Sample]]
    steps: int = 0

    def uncovered(self, rows: list[int], place: int) -> list[_Sample] | None:
        """Samples from column `place` on that none of the rows takes."""
        if place == len(self.columns):
            return None if rows else []
        seen: set[tuple[int, ...]] = set()
        for number, sample in enumerate(self.columns[place]):
            self.steps += 1 + len(rows)
            if self.steps > MAX_STEPS:
                raise _TooMuch
            left = [row for row in rows if self.sets[row][place] >> number & 1]
            if tuple(left) in seen:
                continue
            seen.add(tuple(left))
            rest = self.uncovered(left, place + 1)
            if rest is not None:
                return [sample, *rest]
        return None
