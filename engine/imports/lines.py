"""One row of an old list: cleaned and checked like the public form's answers, or what is wrong with which column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from engine import vault
from engine.errors import Objection
from engine.imports import identified, moments, workbook
from engine.imports.columns import Columns
from engine.imports.identified import Asked
from engine.imports.tables import Cell
from engine.reports import Report, Reporter
from forms import values
from forms.problems import Problem

LONGEST: Mapping[str, int] = {
    "nama": 100,
    "telepon": 30,
    "surel": 254,
    "alamat": 300,
    "perihal": 150,
    "kronologi": 10_000,
    "waktu": 200,
    "tempat": 300,
}
UNNAMED = "Laporan formulir lama"
"""The subject of a row that has none: what people told is sealed, a subject is not."""
OWN: Mapping[str, str] = {
    "no_moment": "Ini bukan tanggal dan jam. Tulislah misalnya 31/12/2025 08.15.00.",
    "future": "Waktu ini belum terjadi.",
    "bad_nik": "NIK harus 16 angka dengan tanggal lahir yang ada.",
    "too_many_cells": "Baris ini berisi lebih banyak sel daripada judul kolomnya (%(cells)s, seharusnya %(columns)s).",
}
"""What can be wrong with a row beyond what can be wrong with an answer."""


_NOTHING = Asked()


@dataclass(frozen=True)
class Flaw:
    """What is wrong in one row; `field` is ours, "" for the row as a whole."""

    line: int
    field: str
    objection: Objection | Problem


@dataclass(frozen=True)
class Line:
    """A row that can be imported; `mark` recognises it when it comes again."""

    line: int
    received_ms: int
    reporter: Reporter
    report: Report
    mark: str


@dataclass(frozen=True)
class Reading:
    """How rows are read: their columns, the order of day and month, the office's zone, and now."""

    columns: Columns
    order: str
    zone: ZoneInfo
    organisation: str
    now: int
    asked: Asked = _NOTHING

    @property
    def _longest(self) -> Mapping[str, int]:
        return {**LONGEST, **{field: most for field, most in identified.LONGEST.items() if field in self.asked.fields}}

    def line(self, number: int, cells: list[Cell]) -> Line | list[Flaw]:
        """The row, or everything that is wrong with it."""
        extra = _last(cells)
        if extra > len(self.columns.headers):
            facts = {"cells": extra, "columns": len(self.columns.headers)}
            return [Flaw(number, "", Objection("too_many_cells", OWN["too_many_cells"], facts))]
        texts = {field: _clean(field, self._cell(cells, field)) for field in self._longest}
        sent = self._cell(cells, "waktu_kirim")
        received = moments.read(sent, self.zone, self.order)
        flaws = [Flaw(number, field, found) for field, found in self._flaws(texts, sent, received)]
        if flaws or received is None:
            return flaws
        return self._good(number, received, texts)

    def _cell(self, cells: list[Cell], field: str) -> Cell:
        place = self.columns.places.get(field)
        return "" if place is None or place >= len(cells) else cells[place]

    def _flaws(
        self, texts: Mapping[str, str], sent: Cell, received: int | None
    ) -> Iterator[tuple[str, Objection | Problem]]:
        if sent == "":
            yield "waktu_kirim", Problem("required_text")
        elif received is None:
            yield "waktu_kirim", Objection("no_moment", OWN["no_moment"])
        elif received > self.now:
            yield "waktu_kirim", Objection("future", OWN["future"])
        for field, most in self._longest.items():
            found = self._problem(field, texts[field], most)
            if found:
                yield field, found

    def _problem(self, field: str, text: str, most: int) -> Objection | Problem | None:
        if field == "nama" and not text and "nik" in self.asked.fields:
            return None
        if identified.flaw(field, text):
            return Objection("bad_nik", OWN["bad_nik"])
        return _problem(field, text, most)

    def _good(self, number: int, received: int, texts: Mapping[str, str]) -> Line:
        mark = vault.mark("impor", self.organisation, str(received), *(texts[field] for field in LONGEST))
        reporter = Reporter(texts["nama"], texts["telepon"], texts["surel"], texts["alamat"])
        report = Report(texts["kronologi"], texts["waktu"], texts["tempat"], texts["perihal"] or UNNAMED)
        more = [f"{field}:{texts[field]}" for field in sorted(self.asked.fields) if texts.get(field)]
        if more:
            mark = vault.mark("impor", mark, *more)
        return Line(number, received, *self.asked.told(texts, reporter, report), mark)


def _last(cells: list[Cell]) -> int:
    """How many cells count: blanks at the end do not."""
    return max((place for place, cell in enumerate(cells, 1) if cell != ""), default=0)


def _clean(field: str, cell: Cell) -> str:
    text = f"{cell:.15g}" if isinstance(cell, float) else cell
    if field == "telepon" and text.startswith("8") and text.isdecimal():
        return f"0{text}"  # a spreadsheet takes 0812… for a number and drops its nought
    if field == "waktu" and isinstance(cell, float) and int(cell) in moments.SERIALS:
        return workbook.moment(cell).strftime("%d-%m-%Y")
    if field in ("telepon", "nik"):
        text = text.lstrip("'")
    return values.lines(text) if field == "kronologi" else values.line(text)


def _problem(field: str, text: str, most: int) -> Problem | None:
    if not text:
        return Problem("required_text") if field in ("nama", "kronologi") else None
    if len(text) > most:
        return Problem("too_long", {"length": len(text), "max": most})
    if field == "surel" and not values.is_email(text):
        return Problem("not_email")
    if field == "telepon" and not values.is_phone(text):
        return Problem("not_phone")
    return None


def msgid(code: str) -> str:
    """The untranslated sentence of a kept problem."""
    return OWN.get(code) or Problem(code).msgid
