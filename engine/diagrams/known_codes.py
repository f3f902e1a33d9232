"""Codes in the cells of decision tables that nothing here is called by: a typing error runs, and leads nowhere."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from db.queries import offices
from engine.diagrams.decisions import dmn
from engine.diagrams.decisions.tables import Cell, Row, Table
from engine.diagrams.dialect import Problem
from engine.offices import settings

_DATE = re.compile(r"date\(\s*\"[^\"]*\"\s*\)")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


def unknown(organisation: int, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """A warning at each cell with such a code: of the list a column asks about, or of the units a column names."""
    units = offices.unit_names(organisation)
    for _file, table, _faults in dmn.every(files):
        if table is not None:
            yield from _asked(table, settings.lists(organisation, {column.expression for column in table.inputs}))
            yield from _said(table, units)


def _asked(table: Table, lists: Mapping[str, Any]) -> Iterator[Problem]:
    for place, column in enumerate(table.inputs):
        known = {entry.code for entry in lists.get(column.expression, ())}
        for row in table.rows if known else ():
            cell = row.asks[place]
            for code in _TEXT.findall(_DATE.sub("", cell.text)):
                if code not in known:
                    yield _odd(table, row, cell, column.label, code, "pilihan pada daftar itu")


def _said(table: Table, units: Collection[str]) -> Iterator[Problem]:
    """Of the columns in which most rows name units; what other columns say is nobody's code."""
    for place, column in enumerate(table.outputs):
        told = [(row, code) for row in table.rows for code in _codes(row.values[place])]
        odd = [(row, code) for row, code in told if code not in units]
        for row, code in odd if len(odd) < len(told) / 2 else ():
            yield _odd(table, row, row.says[place], column.label, code, "unit di instansi ini")


def _codes(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _odd(table: Table, row: Row, cell: Cell, column: str, code: str, what: str) -> Problem:
    words = f"Baris {row.place}, kolom “{column}”: “{code}” bukan {what}; periksa penulisannya."
    return Problem(table.file, cell.id or row.id, cell.line or row.line, "warning", "kode-tidak-dikenal", words)
