"""DMN 1.3 as dmn-js writes it → a decision table, and everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from lxml import etree

from engine import expressions
from engine.diagrams import drawing
from engine.diagrams.decisions import cells
from engine.diagrams.decisions.cells import CellRefused, Test
from engine.diagrams.decisions.tables import KIND_WORDS, Cell, Fault, Input, Output, Row, Table
from engine.diagrams.drawing import DrawingUnreadable

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
POLICIES = ("UNIQUE", "FIRST", "COLLECT")
MAX_ROWS, MAX_COLUMNS = 500, 20
ENDING = ".dmn"

_KINDS = {
    **dict.fromkeys(("string", "String"), "string"),
    **dict.fromkeys(("number", "integer", "long", "double", "Number"), "number"),
    **dict.fromkeys(("boolean", "Boolean"), "boolean"),
    "date": "date",
}
_LOOSE = {"Any": "", "any": "", "list": "list", "context": "context", "": ""}
_DRAWN_BESIDE = ("inputData", "knowledgeSource", "textAnnotation", "association", "extensionElements", "description")


def read(body: bytes, file: str = "") -> tuple[Table | None, list[Fault]]:
    """The table of a `.dmn` file and everything wrong with it; None where there is none to speak of. Never raises."""
    try:
        root = drawing.load(body)
    except DrawingUnreadable as unreadable:
        return None, [Fault(None, unreadable.line, "tidak-terbaca", f"Berkas tidak dapat dibuka: {unreadable.cause}.")]
    if root.tag != _dmn("definitions"):
        return None, [Fault(None, 0, "bukan-dmn", "Berkas ini bukan tabel keputusan DMN 1.3.")]
    return _Reading(root, file, sha256(body).hexdigest()[:12]).table()


def _dmn(name: str) -> str:
    return f"{{{DMN}}}{name}"


class _Reading:
    """One file being read: the faults are collected on the way."""

    def __init__(self, root: etree._Element, file: str, mark: str) -> None:
        self.root, self.file, self.mark = root, file, mark
        self.faults: list[Fault] = []

    def table(self) -> tuple[Table | None, list[Fault]]:
        """The one table of the file."""
        self._beside()
        decisions = self.root.findall(_dmn("decision"))
        if len(decisions) != 1:
            self._fault(self.root, "satu-tabel", f"Satu berkas memuat tepat satu tabel; ditemukan {len(decisions)}.")
            return None, self.faults
        decision = decisions[0]
        held = decision.find(_dmn("decisionTable"))
        if held is None or not decision.get("id"):
            self._fault(decision, "bukan-tabel", "Keputusan ini harus berupa tabel dengan id.")
            return None, self.faults
        return self._columns(decision, held), self.faults

    def _columns(self, decision: etree._Element, held: etree._Element) -> Table:
        policy = held.get("hitPolicy", "UNIQUE")
        if policy not in POLICIES or held.get("aggregation"):
            words = "Aturan pilih harus Unique, First, atau Collect tanpa penjumlahan."
            self._fault(held, "aturan-pilih", words, decision)
        asking, saying, rows = (held.findall(_dmn(name)) for name in ("input", "output", "rule"))
        for what, many, limit in (("kolom", len(asking) + len(saying), MAX_COLUMNS), ("baris", len(rows), MAX_ROWS)):
            if many > limit:
                self._fault(held, "terlalu-besar", f"Tabel memuat lebih dari {limit} {what}.", decision)
        if not saying:
            self._fault(held, "tanpa-keluaran", "Tabel ini tidak punya kolom keluaran.", decision)
        inputs = tuple(map(self._input, asking[:MAX_COLUMNS]))
        outputs = tuple(map(self._output, saying[:MAX_COLUMNS]))
        found = [self._row(place, node, inputs, outputs) for place, node in enumerate(rows[:MAX_ROWS], 1)]
        inputs = tuple(self._settled(place, column, found) for place, column in enumerate(inputs))
        outputs = tuple(self._answering(place, one, found, policy) for place, one in enumerate(outputs))
        for name in {one.name for one in outputs if [o.name for o in outputs].count(one.name) > 1}:
            self._fault(held, "keluaran-ganda", f"Dua kolom keluaran bernama {name!r}.", decision)
        name = " ".join(decision.get("name", "").split()) or decision.get("id", "")
        head = (decision.get("id", ""), name, policy, inputs, outputs, tuple(found))
        return Table(*head, _said(decision), self.file, self.mark, drawing.line_of(decision))

    def _input(self, node: etree._Element) -> Input:
        asks = node.find(_dmn("inputExpression"))
        text = "" if asks is None else _text(asks)
        label = " ".join((node.get("label") or text).split())
        given = "" if asks is None else asks.get("typeRef", "")
        language = "" if asks is None else asks.get("expressionLanguage", "")
        if language and "feel" not in language.lower():
            self._fault(node, "bahasa", f"Bahasa {language!r} tidak didukung; biarkan kosong.")
        if not text:
            self._fault(node, "tanpa-masukan", f"Kolom “{label}” belum menyebut data yang diperiksa.")
        for refused in expressions.check(text) if text else ():
            self._fault(node, "ungkapan", f"Kolom “{label}”: {text[:60]!r}: {refused.message}.")
        if given not in _KINDS and given not in ("", "Any", "any"):
            self._fault(node, "jenis-kolom", f"Kolom “{label}”: jenis {given!r} tidak didukung.")
        return Input(node.get("id", ""), label, text, _KINDS.get(given, ""), drawing.line_of(node))

    def _output(self, node: etree._Element) -> Output:
        name, given = node.get("name") or "", node.get("typeRef", "")
        if not name.isidentifier() or name.startswith("_"):
            self._fault(node, "nama-keluaran", f"Nama keluaran {name!r} harus berupa satu kata tanpa spasi.")
        if given not in _KINDS and given not in _LOOSE:
            self._fault(node, "jenis-kolom", f"Keluaran {name!r}: jenis {given!r} tidak didukung.")
        kind = _KINDS.get(given) or _LOOSE.get(given, "")
        if node.find(_dmn("defaultOutputEntry")) is not None:
            self._fault(node, "nilai-bawaan", f"Keluaran {name!r}: nilai bawaan tidak didukung; tulislah baris.")
        return Output(node.get("id", ""), node.get("label") or name, name, kind, drawing.line_of(node))

    def _row(self, place: int, node: etree._Element, inputs: tuple[Input, ...], outputs: tuple[Output, ...]) -> Row:
        asks = tuple(map(_cell, node.findall(_dmn("inputEntry"))))
        says = tuple(map(_cell, node.findall(_dmn("outputEntry"))))
        if len(asks) != len(inputs) or len(says) != len(outputs):
            self._fault(node, "jumlah-sel", f"Baris {place} tidak punya tepat satu sel untuk setiap kolom.")
        tests = tuple(self._test(place, cell, column) for cell, column in zip(asks, inputs, strict=False))
        values = tuple(self._value(place, cell, column) for cell, column in zip(says, outputs, strict=False))
        for entry in (entry for tag in ("inputEntry", "outputEntry") for entry in node.findall(_dmn(tag))):
            language = entry.get("expressionLanguage", "")
            if language and "feel" not in language.lower():
                self._fault(entry, "bahasa", f"Bahasa {language!r} tidak didukung; biarkan kosong.", node)
        return Row(node.get("id", ""), place, asks, says, tests, values, _said(node), drawing.line_of(node))

    def _test(self, place: int, cell: Cell, column: Input) -> Test:
        try:
            return cells.condition(cell.text, column.kind)
        except CellRefused as refused:
            self._refused(place, cell, column.label, refused.cause)
            return Test("True")

    def _value(self, place: int, cell: Cell, column: Output) -> Any:
        try:
            found = cells.value(cell.text)
        except CellRefused as refused:
            self._refused(place, cell, column.label, refused.cause)
            return None
        kind = cells.kind_of(found)
        if column.kind and kind and not cells.fits(found, column.kind):
            self._refused(place, cell, column.label, f"kolom ini berisi {KIND_WORDS.get(column.kind, column.kind)}")
        return found

    def _refused(self, place: int, cell: Cell, label: str, cause: str) -> None:
        words = f"Baris {place}, kolom “{label}”, sel {cell.text[:60]!r}: {cause}."
        self.faults.append(Fault(cell.id or None, cell.line, "sel", words))

    def _settled(self, place: int, column: Input, rows: list[Row]) -> Input:
        """A column without a kind has that of its cells; two kinds in one column would compare apples with pears."""
        kinds = {kind for row in rows if place < len(row.tests) for kind in row.tests[place].kinds}
        if not column.kind and len(kinds) > 1:
            words = f"Kolom “{column.label}” memuat nilai beberapa jenis; sebutkan jenisnya."
            self.faults.append(Fault(column.id or None, column.line, "jenis-kolom", words))
        settled = column.kind or next(iter(kinds), "")
        return Input(column.id, column.label, column.expression, settled, column.line)

    def _answering(self, place: int, column: Output, rows: list[Row], policy: str) -> Output:
        kinds = {cells.kind_of(row.values[place]) for row in rows if place < len(row.values)} - {""}
        if not column.kind and len(kinds) > 1:
            words = f"Keluaran {column.name!r} memuat nilai beberapa jenis."
            self.faults.append(Fault(column.id or None, column.line, "jenis-kolom", words))
        if policy == "COLLECT" and kinds & {"list", "context"}:
            words = f"Keluaran {column.name!r}: dalam tabel Collect setiap baris memberi satu nilai."
            self.faults.append(Fault(column.id or None, column.line, "jenis-kolom", words))
        settled = column.kind or next(iter(kinds), "")
        return Output(column.id, column.label, column.name, settled, column.line)

    def _beside(self) -> None:
        """What else a DMN drawing may hold; a decision that asks another is not one table any more."""
        for node in self.root:
            ours = node.tag.startswith(f"{{{DMN}}}")
            if ours and drawing.tag(node) not in ("decision", *_DRAWN_BESIDE):
                self._fault(node, "unsur-tidak-didukung", f"{drawing.tag(node)} tidak didukung.")
        for asked in self.root.iter(_dmn("requiredDecision")):
            self._fault(asked, "keputusan-bertingkat", "Tabel tidak boleh bergantung pada keputusan lain.")

    def _fault(self, node: etree._Element, code: str, message: str, around: etree._Element | None = None) -> None:
        ident = node.get("id") or (None if around is None else around.get("id"))
        self.faults.append(Fault(ident, drawing.line_of(node), code, message))


def _cell(node: etree._Element) -> Cell:
    return Cell(node.get("id", ""), _text(node), drawing.line_of(node))


def _text(node: etree._Element) -> str:
    found = node.find(_dmn("text"))
    return "" if found is None else (found.text or "").strip()


def _said(node: etree._Element) -> str:
    """The annotation: dmn-js keeps it as the description of the rule; DMN 1.3 also has entries of their own."""
    entries = [_text(entry) for entry in node.findall(_dmn("annotationEntry"))]
    own = node.find(_dmn("description"))
    found = [*([(own.text or "")] if own is not None else []), *entries]
    return "; ".join(" ".join(one.split()) for one in found if one.strip())


def every(files: Mapping[str, bytes]) -> Iterator[tuple[str, Table | None, list[Fault]]]:
    """Each `.dmn` among the files, in the order of their names."""
    for name in sorted(files):
        if name.endswith(ENDING):
            yield name, *read(files[name], name)
