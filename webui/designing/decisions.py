"""Decision tables as people read them: cells in words, codes with their names, problems at the row and cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from engine import lists
from engine.diagrams.decisions import cells, dmn
from engine.diagrams.decisions.tables import Row, Table
from engine.diagrams.gate import Problem
from engine.offices import settings
from webui import language


@dataclass(frozen=True)
class Shown:
    """One cell: its column, what it says, what is wrong with it."""

    label: str
    words: str
    code: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    id: str
    place: int
    asks: tuple[Shown, ...]
    says: tuple[Shown, ...]
    note: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Sight:
    """A table on a page."""

    id: str
    name: str
    file: str
    note: str
    rule: str
    asks: tuple[str, ...]
    idle: tuple[str, ...]  # columns in which no row asks anything yet
    says: tuple[str, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @property
    def troubled(self) -> bool:
        """Whether anything is wrong with a row or a cell."""
        cells_ = (cell for line in self.lines for cell in (*line.asks, *line.says))
        return any(line.problems for line in self.lines) or any(cell.problems for cell in cells_)


def shown(organisation: int, files: Mapping[str, str], problems: Sequence[Problem] = ()) -> list[Sight]:
    """Every table of a release that can be read, in the order of its files."""
    found = []
    for file, table, _faults in dmn.every({name: text.encode() for name, text in files.items()}):
        if table is not None:
            own = [problem for problem in problems if problem.file == file]
            found.append(_Painter(table, _names(organisation, table), own).sight())
    return found


def _names(organisation: int, table: Table) -> dict[str, dict[str, str]]:
    """The words for codes, per column: of the list of that name, else the organisation's units."""
    asked = {column.expression for column in table.inputs}
    known = settings.lists(organisation, asked)
    found = {name: {entry.code: language.say(entry.label) for entry in entries} for name, entries in known.items()}
    units = {code: language.say(name) for code, name in lists.units(organisation).items()}
    return found | {output.name: units for output in table.outputs}


def _rule(policy: str) -> str:
    words = {
        "UNIQUE": _("Paling banyak satu baris yang cocok."),
        "FIRST": _("Baris pertama yang cocok, dari atas."),
        "COLLECT": _("Semua baris yang cocok."),
    }
    return str(words.get(policy, policy))


def _nice(code: str) -> str:
    """A code without a name of its own, as words."""
    return str(language.nice(code)) if re.fullmatch(r"[a-z]+(_[a-z]+)*", code) else code


def _idle(row: Row, place: int) -> bool:
    return place < len(row.asks) and row.asks[place].text in ("", "-")


class _Painter:
    """One table with the words of its codes and what is wrong with it."""

    def __init__(self, table: Table, names: Mapping[str, Mapping[str, str]], problems: Sequence[Problem]) -> None:
        self.table, self.names, self.problems = table, names, problems
        idle = [place for place in range(len(table.inputs)) if all(_idle(row, place) for row in table.rows)]
        self.asked = [place for place in range(len(table.inputs)) if place not in idle]
        self.idle = tuple(language.say(table.inputs[place].label) for place in idle)

    def sight(self) -> Sight:
        table = self.table
        lines = tuple(map(self._line, table.rows))
        at_rows = {p for line in lines for p in (*line.problems, *self._within(line))}
        asks = tuple(language.say(table.inputs[place].label) for place in self.asked)
        says = tuple(language.say(column.label) for column in table.outputs)
        rest = tuple(p for p in self.problems if p not in at_rows)
        return Sight(
            table.id, table.name, table.file, table.note, _rule(table.policy), asks, self.idle, says, lines, rest
        )

    def _within(self, line: Line) -> list[Problem]:
        return [problem for cell in (*line.asks, *line.says) for problem in cell.problems]

    def _line(self, row: Row) -> Line:
        asked = ((self.table.inputs[place], row.asks[place]) for place in self.asked if place < len(row.asks))
        asks = tuple(
            Shown(language.say(c.label), self._asked(cell.text, c.expression), cell.text, self._at(cell.id))
            for c, cell in asked
        )
        says = tuple(
            Shown(language.say(c.label), self._said(cell.text, c.name), cell.text, self._at(cell.id))
            for c, cell in zip(self.table.outputs, row.says, strict=False)
        )
        return Line(row.id, row.place, asks, says, row.note, self._at(row.id))

    def _at(self, ident: str) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if ident and problem.element == ident)

    # -- words

    def _asked(self, cell: str, name: str) -> str:
        text = cell.strip()
        if text in ("", "-"):
            return str(_("apa saja"))
        without = re.fullmatch(r"not\s*\((.*)\)", text, re.DOTALL)
        if without:
            return str(_("selain %(values)s", values=self._values(without[1], name)))
        return self._values(text, name)

    def _values(self, text: str, name: str) -> str:
        """The literals of a cell as they are called, the signs between them as words."""
        known = self.names.get(name, {})
        text = re.sub(r'date\(\s*("[^"]*")\s*\)', r"\1", text)
        signs = {"<=": _("sampai"), ">=": _("sejak"), "<": _("sebelum"), ">": _("sesudah")}
        dated = re.fullmatch(r'(<=|>=|<|>)\s*"(\d{4}-\d\d-\d\d)"', text)
        if dated and cells.is_date(dated[2]):
            return f"{signs[dated[1]]} {language.written_date(dated[2])}"
        return re.sub(r'"((?:[^"\\]|\\.)*)"', lambda found: known.get(found[1]) or _nice(found[1]), text)

    def _said(self, cell: str, name: str) -> str:
        try:
            value = cells.value(cell)
        except cells.CellRefused:
            return cell
        known = self.names.get(name, {})
        if isinstance(value, list):
            return "; ".join(known.get(one, str(one)) if isinstance(one, str) else str(one) for one in value) or "—"
        if isinstance(value, dict):
            return ", ".join(f"{key}: {one}" for key, one in value.items()) or "—"
        if value is None:
            return "—"
        return known.get(value, value) if isinstance(value, str) else str(language.nice(value))
