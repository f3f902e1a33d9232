"""What changed from one version of a decision table to another: cell by cell, as its designer sees rows and columns."""

from collections.abc import Iterator, Mapping

from engine.diagrams.decisions.tables import Cell, Input, Output, Row, Table

Fact = tuple[str, str, str]  # what, before, after


def facts(old: Table, new: Table) -> tuple[Fact, ...]:
    """Every difference; rows and columns are the same where their id is."""
    return (*_head(old, new), *_columns(old, new), *_rows(old, new), *_order(old, new))


def _head(old: Table, new: Table) -> Iterator[Fact]:
    for what, before, after in (("nama", old.name, new.name), ("aturan pilih", old.policy, new.policy)):
        if before != after:
            yield what, before, after


def _columns(old: Table, new: Table) -> Iterator[Fact]:
    yield from _different("kolom", _labels(old), _labels(new))


def _labels(table: Table) -> dict[str, str]:
    asked = {c.id: f"{c.label}: {c.expression} ({c.kind or '–'})" for c in table.inputs}
    return asked | {c.id: f"{c.label}: {c.name} ({c.kind or '–'})" for c in table.outputs}


def _both(table: Table) -> tuple[Input | Output, ...]:
    return (*table.inputs, *table.outputs)


def _different(what: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Fact]:
    for ident in dict.fromkeys([*before, *after]):
        if before.get(ident) != after.get(ident):
            yield what, before.get(ident, ""), after.get(ident, "")


def _rows(old: Table, new: Table) -> Iterator[Fact]:
    before, after = {row.id: row for row in old.rows}, {row.id: row for row in new.rows}
    for ident, row in after.items():
        if ident in before:
            yield from _cells(old, before[ident], new, row)
        else:
            yield f"baris {row.place}", "", _whole(new, row)
    for ident, row in before.items():
        if ident not in after:
            yield f"baris {row.place}", _whole(old, row), ""


def _cells(old: Table, was: Row, new: Table, row: Row) -> Iterator[Fact]:
    before, after = _by_column(old, was), _by_column(new, row)
    labels = {c.id: c.label for c in (*_both(old), *_both(new))}
    for ident in after:
        if ident in before and before[ident] != after[ident]:
            yield f"baris {row.place}, kolom {labels[ident]}", before[ident], after[ident]
    if was.note != row.note:
        yield f"baris {row.place}, keterangan", was.note, row.note


def _by_column(table: Table, row: Row) -> dict[str, str]:
    cells: tuple[Cell, ...] = (*row.asks, *row.says)
    return {c.id: cell.text or "-" for c, cell in zip(_both(table), cells, strict=False)}


def _whole(table: Table, row: Row) -> str:
    labels = {c.id: c.label for c in _both(table)}
    said = (f"{labels[ident]} {text}" for ident, text in _by_column(table, row).items() if text != "-")
    return "; ".join((*said, *([row.note] if row.note else [])))


def _order(old: Table, new: Table) -> Iterator[Fact]:
    kept = {row.id for row in old.rows} & {row.id for row in new.rows}
    was = [row for row in old.rows if row.id in kept]
    now = [row.id for row in new.rows if row.id in kept]
    if [row.id for row in was] != now and new.policy != "UNIQUE":
        places = {row.id: row.place for row in was}
        yield "urutan baris", " ".join(str(row.place) for row in was), " ".join(str(places[one]) for one in now)
