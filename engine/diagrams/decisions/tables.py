"""A decision table: columns and rows of the safe language → what it decides.

SpiffWorkflow's own evaluation is never used: it keeps old answers, lets two rows of UNIQUE pass, and runs Python.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from engine import expressions
from engine.diagrams.decisions import cells
from engine.diagrams.decisions.cells import Test


class Undecided(Exception):
    """A table cannot say what holds for a case; `element` is who asked it, once that is known."""

    def __init__(self, table: str, cause: str) -> None:
        super().__init__(cause)
        self.table, self.cause = table, cause
        self.element: str | None = None


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a table, at the cell, row or column that holds it."""

    element: str | None
    line: int
    code: str
    message: str
    level: str = "error"


@dataclass(frozen=True)
class Input:
    """A column that asks: an expression over the case's data, and the kind of its value ("" = as the cells say)."""

    id: str
    label: str
    expression: str
    kind: str
    line: int = 0


@dataclass(frozen=True)
class Output:
    """A column that answers under a name of the case's data."""

    id: str
    label: str
    name: str
    kind: str
    line: int = 0


@dataclass(frozen=True)
class Cell:
    """A cell as it was written."""

    id: str
    text: str
    line: int = 0


@dataclass(frozen=True)
class Row:
    """One rule: what it asks, what it says, and why (its annotation)."""

    id: str
    place: int  # counted from 1, as the designer sees it
    asks: tuple[Cell, ...]
    says: tuple[Cell, ...]
    tests: tuple[Test, ...]
    values: tuple[Any, ...]
    note: str
    line: int = 0


@dataclass(frozen=True)
class Decision:
    """What a table said: values for the case's data, and the rows that said it."""

    table: str
    name: str
    mark: str
    values: dict[str, Any]
    rows: tuple[Row, ...]

    @property
    def facts(self) -> dict[str, Any]:
        """What the journal keeps: literals of the table only, so never personal data."""
        told = [{"id": row.id, "row": row.place, "note": row.note} for row in self.rows]
        return {"table": self.table, "name": self.name, "mark": self.mark, "rows": told, "values": self.values}


@dataclass(frozen=True)
class Table:
    """A table that can decide; `mark` is the beginning of the hash of its file: which version it is."""

    id: str
    name: str
    policy: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    note: str
    file: str
    mark: str
    line: int = 0

    def empty(self) -> dict[str, Any]:
        """What its outputs are where no row holds: [] and {} for columns of lists and contexts, else None."""
        return {output.name: self._empty(place) for place, output in enumerate(self.outputs)}

    def _empty(self, place: int) -> Any:
        kind = self.outputs[place].kind
        if self.policy == "COLLECT" or kind == "list":
            return []
        return {} if kind == "context" else None

    def decide(self, data: Mapping[str, Any]) -> Decision:
        """What holds for this data; raises Undecided for two rows of UNIQUE or a value of the wrong kind."""
        asked = [self._asked(column, data) for column in self.inputs]
        held = [row for row in self.rows if all(map(_holds, row.tests, asked))]
        if self.policy == "UNIQUE" and len(held) > 1:
            which = ", ".join(str(row.place) for row in held)
            raise Undecided(self.id, f"tabel “{self.name}”: baris {which} berlaku bersamaan, padahal hanya boleh satu")
        if self.policy == "FIRST":
            held = held[:1]
        return Decision(self.id, self.name, self.mark, self._said(held), tuple(held))

    def _said(self, held: list[Row]) -> dict[str, Any]:
        values = self.empty()
        for row in held:
            for output, found in zip(self.outputs, row.values, strict=True):
                if self.policy == "COLLECT":
                    values[output.name].append(deepcopy(found))
                elif found is not None:  # an empty cell says nothing
                    values[output.name] = deepcopy(found)
        return values

    def _asked(self, column: Input, data: Mapping[str, Any]) -> Any:
        try:
            found = expressions.evaluate(column.expression, data)
        except expressions.ExpressionInvalid as refused:
            raise Undecided(self.id, f"tabel “{self.name}”, kolom “{column.label}”: {refused.cause}") from refused
        if not cells.fits(found, column.kind):
            words = f"tabel “{self.name}”, kolom “{column.label}”: isinya bukan {KIND_WORDS[column.kind]}"
            raise Undecided(self.id, words)
        return found


KIND_WORDS = {
    "string": "teks",
    "number": "bilangan",
    "boolean": "benar/salah",
    "date": "tanggal (tahun-bulan-hari)",
    "list": "daftar",
    "context": "pasangan nama dan nilai",
}


def _holds(asks: Test, found: Any) -> bool:
    return asks.any or bool(expressions.evaluate(asks.text, {cells.VALUE: found}))
