"""What must hold before a diagram may run: everything that is wrong with it, at once, in plain words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import XSD_PATH

from engine.diagrams import catalog, drawing
from engine.diagrams.decisions import coverage, dmn
from engine.diagrams.decisions.tables import Table
from engine.diagrams.dialect import SCOPE_RULES, Known, Problem, Sheet
from engine.diagrams.drawing import DrawingUnreadable, bpmn
from engine.diagrams.particulars import SHEET_RULES, asked_of
from engine.errors import ProcessBroken

__all__ = ["Problem", "check"]

MAX_ELEMENTS = 500  # in one file; a page nobody can read
_VALIDATING = Lock()  # a schema keeps the errors of its last use


def check(
    files: Mapping[str, bytes],
    *,
    form_fields: Mapping[str, set[str]] | None = None,
    roles: set[str] | None = None,
) -> list[Problem]:
    """Every problem of the `.bpmn` and `.dmn` files of one release, by file and line; never raises for what they hold.

    `form_fields` are the known forms (key → names they put into case data), `roles` the codes that a lane or
    candidate group may name; what is None is not checked.
    """
    problems: list[Problem] = []
    sheets = list(_sheets(files, problems))
    known_tables = dict(_tables(files, problems))
    known = _known(sheets, known_tables, form_fields, roles)
    for sheet in sheets:
        if len(sheet.elements) > MAX_ELEMENTS:
            words = f"Diagram memuat lebih dari {MAX_ELEMENTS} simbol."
            return [*problems, Problem(sheet.file, None, 0, "error", "terlalu-besar", words)]
        problems += _schema(sheet)
        problems += [p for scope in sheet.scopes for rule in SCOPE_RULES for p in rule(scope)]
        problems += [p for rule in SHEET_RULES for p in rule(sheet, known)]
    problems += [p for table in known_tables.values() for p in asked_of(table, sheets, known)]
    problems += _release(sheets)
    if not any(problem.level == "error" for problem in problems):
        problems += _runs(files, sheets)
    return sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line, p.element or "", p.code, p.message))


def _sheets(files: Mapping[str, bytes], problems: list[Problem]) -> Iterator[Sheet]:
    drawn = {name: body for name, body in files.items() if name.endswith(".bpmn")}
    if not drawn:
        problems.append(Problem("", None, 0, "error", "tanpa-diagram", "Tidak ada berkas .bpmn."))
    for name, body in sorted(drawn.items()):
        try:
            yield Sheet(name, drawing.load(body))
        except DrawingUnreadable as unreadable:
            words = f"Berkas tidak dapat dibuka: {unreadable.cause}."
            problems.append(Problem(name, None, unreadable.line, "error", "tidak-terbaca", words))


def _tables(files: Mapping[str, bytes], problems: list[Problem]) -> Iterator[tuple[str, Table]]:
    """The sound tables by id; what is wrong with any goes to the problems."""
    seen = set[str]()
    for file, table, faults in dmn.every(files):
        found = [*faults, *(coverage.faults(table) if table and not faults else ())]
        problems += [
            Problem(file, fault.element, fault.line, fault.level, fault.code, fault.message) for fault in found
        ]
        if table is not None and table.id in seen:
            words = f"Id tabel {table.id!r} dipakai oleh dua berkas."
            problems.append(Problem(file, table.id, table.line, "error", "id-ganda", words))
        elif table is not None:
            seen.add(table.id)
            yield table.id, table


def _known(
    sheets: list[Sheet],
    asked: Mapping[str, Table],
    form_fields: Mapping[str, set[str]] | None,
    roles: set[str] | None,
) -> Known:
    elements = [element for sheet in sheets for element in sheet.elements]
    initial = {
        name.removeprefix("awal.")
        for element in elements
        if element.kind == "start"
        for name in element.props
        if name.startswith("awal.")
    }
    many = [element for element in elements if element.collection or element.item]
    declared = initial | {f"hasil_{e.id}" for e in many} | {e.item for e in many if e.item}
    processes = {process.get("id", "") for sheet in sheets for process in sheet.root.iter(bpmn("process"))}
    return Known(frozenset(declared), frozenset(processes), asked, form_fields, roles)


# -- the schema --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _bpmn_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(XSD_PATH))


def _schema(sheet: Sheet) -> list[Problem]:
    """What BPMN 2.0's own schema refuses, each at the nearest element with an id."""
    with _VALIDATING:
        schema = _bpmn_schema()
        if schema.validate(sheet.root):
            return []
        log: Any = schema.error_log
        found = [(entry.line, entry.message) for entry in log]
    lines = [(drawing.line_of(node), node.get("id")) for node in sheet.root.iter() if node.get("id")]
    return [_schema_problem(sheet, lines, line, message) for line, message in found]


def _schema_problem(sheet: Sheet, lines: list[tuple[int, str | None]], line: int, message: str) -> Problem:
    nearest = max((pair for pair in lines if pair[0] <= line), key=lambda pair: pair[0], default=(0, None))
    words = message.replace(f"{{{drawing.BPMN}}}", "").rstrip(".")
    return Problem(sheet.file, nearest[1], line, "error", "skema", f"Tidak sesuai skema BPMN 2.0: {words[:300]}.")


# -- the release as a whole --------------------------------------------------------------------------------------------


def _release(sheets: list[Sheet]) -> Iterator[Problem]:
    yield from _executable(sheets)
    yield from _duplicates(sheets)
    yield from _called(sheets)


def _executable(sheets: list[Sheet]) -> Iterator[Problem]:
    for sheet in sheets:
        processes = list(sheet.root.iter(bpmn("process")))
        if not processes:
            yield Problem(sheet.file, None, 0, "error", "tanpa-proses", "Berkas ini tidak memuat proses.")
        for process in processes:
            if process.get("isExecutable") != "true":
                line, words = drawing.line_of(process), 'Proses harus ditandai isExecutable="true".'
                yield Problem(sheet.file, process.get("id"), line, "error", "tidak-dijalankan", words)


def _duplicates(sheets: list[Sheet]) -> Iterator[Problem]:
    """Tasks are found by id alone, whichever file they stand in."""
    named = [(e.id, sheet, e.line) for sheet in sheets for e in sheet.elements]
    named += [
        (p.get("id", ""), sheet, drawing.line_of(p)) for sheet in sheets for p in sheet.root.iter(bpmn("process"))
    ]
    counted = Counter(ident for ident, _, _ in named)
    for ident, sheet, line in named:
        if not ident:
            yield Problem(sheet.file, None, line, "error", "tanpa-id", "Simbol ini tidak punya id.")
        elif counted[ident] > 1:
            words = f"Id {ident!r} dipakai {counted[ident]} kali."
            yield Problem(sheet.file, ident, line, "error", "id-ganda", words)


def _called(sheets: list[Sheet]) -> Iterator[Problem]:
    """A called process starts by being called, and never calls itself."""
    calls = [(e, sheet) for sheet in sheets for e in sheet.elements if e.kind == "call" and e.called]
    after: dict[str, set[str]] = {}
    for element, _ in calls:
        after.setdefault(element.process_id, set()).add(element.called or "")
    for element, sheet in calls:
        if element.process_id in _closure(after, element.called or ""):
            words = f"Proses {element.called!r} memanggil dirinya sendiri."
            yield Problem(sheet.file, element.id, element.line, "error", "panggilan-melingkar", words)
    called = {element.called for element, _ in calls}
    for sheet in sheets:
        for start in (e for e in sheet.elements if e.kind == "start" and (e.parent or e.process_id in called)):
            if start.message is not None or start.duration is not None:
                words = "Awal bagian yang dipanggil tidak memakai pesan atau waktu."
                yield Problem(sheet.file, start.id, start.line, "error", "awal-dipanggil", words)


def _closure(after: Mapping[str, set[str]], begin: str) -> set[str]:
    seen: set[str] = set()
    waiting = [begin]
    while waiting:
        process = waiting.pop()
        if process not in seen:
            seen.add(process)
            waiting.extend(after.get(process, ()))
    return seen


def _runs(files: Mapping[str, bytes], sheets: list[Sheet]) -> Iterator[Problem]:
    """The last word has the parser that will run it."""
    for sheet in sheets:
        for process in sheet.root.iter(bpmn("process")):
            try:
                catalog.load(files, process.get("id", ""))
            except ProcessBroken as broken:
                line, words = drawing.line_of(process), f"Proses tidak dapat dijalankan: {broken.cause}."
                yield Problem(sheet.file, broken.element or process.get("id"), line, "error", "tidak-berjalan", words)
