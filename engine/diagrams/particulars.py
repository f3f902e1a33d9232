"""What a diagram says on its symbols: who, what form, what limit, which words. Rules like those of `dialect`."""

from collections.abc import Callable, Iterator

from lxml import etree

from engine import expressions
from engine.clocks.deadlines import Limit, LimitInvalid
from engine.diagrams import drawing
from engine.diagrams.decisions.tables import Table
from engine.diagrams.dialect import Known, Problem, Sheet
from engine.diagrams.drawing import Element, bpmn, tag

RESERVED = frozenset({"typename", "unit", "hasil"})
SINCE = ("ditawarkan", "dikerjakan", "diterima")


def _of(sheet: Sheet, element: Element, code: str, message: str, level: str = "error") -> Problem:
    return Problem(sheet.file, element.id or None, element.line, level, code, message)


def people(sheet: Sheet, known: Known) -> Iterator[Problem]:
    """Every task stands in a lane, every lane is a role."""
    for element in sheet.elements:
        if element.kind == "user" and element.lane is None:
            yield _of(sheet, element, "tanpa-lajur", "Tugas ini tidak berada di lajur mana pun.")
        for group in element.groups:
            if known.roles is not None and group not in known.roles:
                yield _of(sheet, element, "peran-tidak-dikenal", f"Peran {group!r} tidak dikenal.", "warning")
    for lane in sheet.root.iter(bpmn("lane")):
        inner = lane.find(bpmn("childLaneSet"))
        if known.roles is not None and lane.get("id") not in known.roles and inner is None:
            words = f"Lajur {lane.get('name', '')!r} ({lane.get('id')}) bukan peran yang dikenal."
            yield Problem(sheet.file, lane.get("id"), drawing.line_of(lane), "error", "lajur-tanpa-peran", words)


def screens(sheet: Sheet, known: Known) -> Iterator[Problem]:
    """A form that is named exists; a task for people names one."""
    for element in sheet.elements:
        if element.kind in ("user", "receive") and not element.form_key:
            yield _of(sheet, element, "tanpa-formulir", "Tugas ini tidak menyebut formulir.", "warning")
        elif element.form_key and known.form_fields is not None and element.form_key not in known.form_fields:
            yield _of(sheet, element, "formulir-tidak-dikenal", f"Formulir {element.form_key!r} tidak ada.")


def tasks(sheet: Sheet, known: Known) -> Iterator[Problem]:
    """What services, messages, timers and calls need to work."""
    for element in sheet.elements:
        if element.kind == "service" and not element.topic:
            yield _of(sheet, element, "tanpa-topik", "Layanan ini perlu camunda:type=external dan camunda:topic.")
        if element.kind == "receive" and not element.message:
            yield _of(sheet, element, "tanpa-pesan", "Tugas menunggu ini perlu pesan (messageRef) yang terdaftar.")
        if element.kind == "call" and element.called not in known.processes:
            yield _of(
                sheet, element, "proses-tidak-ada", f"Proses {element.called!r} tidak ada dalam berkas-berkas ini."
            )


def decisions(sheet: Sheet, known: Known) -> Iterator[Problem]:
    """A business rule task asks one table of the release, and its answers have a place in the case's data."""
    for element in (e for e in sheet.elements if e.kind == "table"):
        table = known.tables.get(element.decision or "")
        if not element.decision:
            yield _of(sheet, element, "tanpa-tabel", "Simbol ini perlu camunda:decisionRef: tabel yang ditanya.")
        elif table is None:
            yield _of(
                sheet, element, "tabel-tidak-ada", f"Tabel {element.decision!r} tidak ada dalam berkas-berkas ini."
            )
        else:
            yield from _answers(sheet, known, element, table)
        if element.collection or element.item:
            yield _of(sheet, element, "tabel-serentak", "Tabel ditanya sekali, bukan beberapa kali serentak.")


def _answers(sheet: Sheet, known: Known, element: Element, table: Table) -> Iterator[Problem]:
    for output in table.outputs:
        if output.name in RESERVED:
            yield _of(sheet, element, "nama-terlarang", f"Nama {output.name!r} dipakai oleh sistem.")
        elif output.name not in known.declared:
            words = f"Keluaran tabel {output.name!r} belum punya nilai awal (awal.{output.name})."
            yield _of(sheet, element, "keluaran-tidak-dinyatakan", words)


def asked_of(table: Table, sheets: list[Sheet], known: Known) -> Iterator[Problem]:
    """What a table asks is declared, nothing it says itself; and somebody asks it."""

    def problem(element: str, line: int, code: str, words: str, level: str = "error") -> Problem:
        return Problem(table.file, element or table.id, line, level, code, words)

    said = {output.name for output in table.outputs}
    for column in table.inputs:
        for name in sorted(expressions.names(column.expression)):
            if name in said:
                words = f"Kolom “{column.label}” memeriksa {name!r}, padahal itu keluaran tabel ini."
                yield problem(column.id, column.line, "memeriksa-keluaran", words)
            elif name not in known.declared:
                words = f"Kolom “{column.label}”: nama {name!r} belum punya nilai awal (awal.{name})."
                yield problem(column.id, column.line, "nama-tidak-dinyatakan", words)
    if not any(element.decision == table.id for sheet in sheets for element in sheet.elements):
        words = f"Tabel {table.id!r} tidak ditanya oleh diagram mana pun."
        yield problem(table.id, table.line, "tabel-tidak-dipakai", words, "warning")


def several(sheet: Sheet, known: Known) -> Iterator[Problem]:
    """A multi-instance runs in parallel over a dictionary, never inside another."""
    inside: set[str] = set()  # elements come after the sub-process around them
    for element, node in _with_nodes(sheet):
        many = node.find(bpmn("multiInstanceLoopCharacteristics"))
        if many is not None:
            yield from _many(sheet, known, element, many)
            if element.parent in inside:
                yield _of(
                    sheet, element, "banyak-bertingkat", "Yang serentak tidak boleh berada di dalam yang serentak."
                )
        if element.parent in inside or many is not None:
            inside.add(element.id)


def _many(sheet: Sheet, known: Known, element: Element, many: etree._Element) -> Iterator[Problem]:
    if not element.collection or not element.item:
        yield _of(sheet, element, "tanpa-kumpulan", "Perlu camunda:collection dan camunda:elementVariable.")
    elif element.collection not in known.declared:
        yield _of(sheet, element, "kumpulan-tanpa-nilai", f"Beri nilai awal: awal.{element.collection} = {{}}.")
    if element.item in ("hasil", "typename") or f"awal.{element.item}" in _initial(sheet):
        yield _of(sheet, element, "nama-terpakai", f"Nama {element.item!r} sudah dipakai.")
    if many.get("isSequential") == "true" or any(tag(c) in ("loopCardinality", "completionCondition") for c in many):
        yield _of(
            sheet, element, "banyak-berurutan", "Hanya yang serentak, satu per isi kumpulan, tanpa syarat selesai."
        )


def _with_nodes(sheet: Sheet) -> Iterator[tuple[Element, etree._Element]]:
    nodes = {(node.get("id", ""), node.sourceline): node for scope in sheet.scopes for node in scope.nodes.values()}
    for element in sheet.elements:
        for node in (found for (ident, _), found in nodes.items() if ident == element.id):
            yield element, node
            break


def _initial(sheet: Sheet) -> set[str]:
    return {name for element in sheet.elements if element.kind == "start" for name in element.props}


def limits(sheet: Sheet, known: Known) -> Iterator[Problem]:
    """Mutu baku: a limit on every task for people, counted by a clock that can count it."""
    for element in sheet.elements:
        text = element.props.get("sop.waktu")
        if text is None and element.kind == "user":
            yield _of(sheet, element, "tanpa-batas-waktu", "Tugas ini perlu sop.waktu (boleh 'tanpa-batas').")
        if text is not None:
            yield from _limit(sheet, element, text.strip(), element.props.get("sop.hitungan", ""))
        if element.props.get("sop.sejak", SINCE[0]) not in SINCE:
            yield _of(sheet, element, "sejak-salah", f"sop.sejak harus salah satu dari: {', '.join(SINCE)}.")
        if "sop.tunggu" in element.props:
            yield from _counted(sheet, element, element.props["sop.tunggu"], "jam-kerja")
        if not element.props.get("sop.nomor", "1").isdecimal():
            yield _of(sheet, element, "nomor-salah", "sop.nomor harus bilangan bulat.")
        if element.kind == "timer":
            yield from _timer(sheet, element)


def _limit(sheet: Sheet, element: Element, text: str, clock: str) -> Iterator[Problem]:
    if text.startswith("="):
        if clock not in ("jam-berjalan", "jam-kerja", "hari-kerja", "tanggal"):
            yield _of(sheet, element, "hitungan-salah", f"Hitungan {clock!r} tidak dikenal.")
    else:
        yield from _counted(sheet, element, text, clock)


def _counted(sheet: Sheet, element: Element, text: str, clock: str) -> Iterator[Problem]:
    try:
        Limit.parse(text, clock)
    except LimitInvalid as invalid:
        yield _of(sheet, element, "batas-salah", str(invalid))


def _timer(sheet: Sheet, element: Element) -> Iterator[Problem]:
    clock = element.props.get("sop.hitungan")
    if not element.duration:
        yield _of(sheet, element, "batas-tanpa-lama", "Batas waktu harus berupa lama (timeDuration), misalnya P10D.")
    elif clock is None:
        yield _of(sheet, element, "tanpa-hitungan", "Batas waktu perlu sop.hitungan.")
    else:
        yield from _counted(sheet, element, element.duration, clock)


# -- expressions -------------------------------------------------------------------------------------------------------


def language(sheet: Sheet, known: Known) -> Iterator[Problem]:
    """Every expression is of the safe language and uses declared names only."""
    for line, ident, text, initial in _texts(sheet):
        problems = expressions.check(text)
        for refused in problems:
            yield Problem(sheet.file, ident, line, "error", "ungkapan", f"{text[:60]!r}: {refused.message}.")
        if not problems:
            yield from _names(sheet, known, line, ident, set() if initial else None, text)


def _names(
    sheet: Sheet, known: Known, line: int, ident: str | None, allowed: set[str] | None, text: str
) -> Iterator[Problem]:
    for name in sorted(expressions.names(text)):
        fields = {field for names in (known.form_fields or {}).values() for field in names}
        if name in (known.declared if allowed is None else allowed):
            continue
        if allowed is None and name in fields:
            words = f"Nama {name!r} belum punya nilai awal (awal.{name})."
            yield Problem(sheet.file, ident, line, "warning", "tanpa-nilai-awal", words)
        else:
            words = f"Nama {name!r} tidak dinyatakan: bukan awal.*, isian formulir, atau hasil."
            level = "error" if allowed is not None or known.form_fields is not None else "warning"
            yield Problem(sheet.file, ident, line, level, "nama-tidak-dinyatakan", words)


def _texts(sheet: Sheet) -> Iterator[tuple[int, str | None, str, bool]]:
    """Line, element, text, and whether it is an initial value (which may use no names)."""
    for flow in sheet.root.iter(bpmn("sequenceFlow")):
        text = drawing.text_of(flow, "conditionExpression")
        if text:
            yield drawing.line_of(flow), flow.get("id"), text, False
    for element in sheet.elements:
        for name, value in element.props.items():
            if name.startswith("awal."):
                yield element.line, element.id, value, True
            elif value.strip().startswith("="):
                yield element.line, element.id, value.strip().removeprefix("=").strip(), False


def reserved(sheet: Sheet, known: Known) -> Iterator[Problem]:
    """Names that the system itself writes into case data, as initial values or as fields of a used form."""
    for element in sheet.elements:
        initial = {name.removeprefix("awal.") for name in element.props if name.startswith("awal.")}
        filled = (known.form_fields or {}).get(element.form_key or "", set())
        for name in sorted((initial | filled) & RESERVED):
            yield _of(sheet, element, "nama-terlarang", f"Nama {name!r} dipakai oleh sistem.")


SHEET_RULES: tuple[Callable[[Sheet, Known], Iterator[Problem]], ...] = (
    people,
    screens,
    tasks,
    decisions,
    several,
    limits,
    language,
    reserved,
)
