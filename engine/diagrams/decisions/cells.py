"""The cells of a decision table: a closed part of FEEL in, text of the safe language out; anything else is refused.

A cell of an input tests one value, called `nilai` in the text that comes out:
    - (or nothing)    "a", "b"    5    true    null    < 5    >= "2026-01-01"    [1..5]    (1..5]    not("a", "b")
    date("2026-01-01")
A cell of an output is one value: a literal, `["a", "b"]`, or `{kode: "a"}`. There are no names and no arithmetic.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine import expressions

VALUE = "nilai"
MAX_CHARS, MAX_ITEMS, MAX_DEPTH = 1_000, 60, 4

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<number>-?(?:\d+(?:\.\d+)?|\.\d+))(?![\w"])(?!\.\d)"""
    r"""|(?P<word>[^\W\d]\w*)|(?P<dots>\.\.)|(?P<sign><=|>=|[<>=!\-()\[\]{},:]))"""
)
_OPEN, _CLOSE = {"[": ">=", "(": ">", "]": ">"}, {"]": "<=", ")": "<", "[": "<"}
_SIGNS = ("<", "<=", ">", ">=")


class CellRefused(Exception):
    """A cell is not of the closed language; `cause` says why and how to write it."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


@dataclass(frozen=True)
class Test:
    """What an input cell asks: text of the safe language, and the values it names (for the search for overlaps)."""

    text: str
    values: tuple[Any, ...] = ()
    kinds: frozenset[str] = frozenset()  # of the values named

    @property
    def any(self) -> bool:
        """Whether it asks nothing."""
        return self.text == "True"


def condition(cell: str, kind: str = "") -> Test:
    """An input cell over a value of that kind ("" = any one kind). Raises CellRefused."""
    reader = _Reader(cell)
    if cell.strip() in ("", "-"):
        return Test("True")
    reader.kind = kind
    text = reader.tests()
    reader.end()
    if expressions.check(text):
        raise CellRefused("sel terlalu rumit")
    kinds = frozenset(reader.kinds)
    return Test(text, tuple(reader.values), kinds)


def value(cell: str) -> Any:
    """What an output cell says; an empty one says None. Raises CellRefused."""
    if not cell.strip():
        return None
    reader = _Reader(cell)
    found = reader.item(0)
    reader.end()
    return found


def kind_of(found: Any) -> str:
    """The kind of a value: string, number, boolean, list, context, or "" for none."""
    for kind, types in (("boolean", bool), ("number", (int, float)), ("string", str), ("list", list)):
        if isinstance(found, types):
            return kind
    return "context" if isinstance(found, dict) else ""


def fits(found: Any, kind: str) -> bool:
    """Whether a value of the case is what an input of that kind may compare; None always is."""
    if found is None or not kind:
        return True
    return kind_of(found) == ("string" if kind == "date" else kind) and (kind != "date" or is_date(found))


def is_date(text: Any) -> bool:
    """Whether it is a day that exists, as YYYY-MM-DD."""
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass
class _Reader:
    """One cell, read once from left to right."""

    cell: str
    kind: str = ""
    values: list[Any] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if len(self.cell) > MAX_CHARS:
            raise CellRefused(f"sel lebih dari {MAX_CHARS} huruf")
        self._tokens = list(_tokens(self.cell))
        self._at = 0

    def end(self) -> None:
        """Raises CellRefused where something is left over."""
        if self._at < len(self._tokens):
            raise _strange(self._tokens[self._at][1])

    # -- input cells

    def tests(self) -> str:
        """A comma list of tests, or `not(…)` of one."""
        if self._peek() == ("word", "not"):
            self._at += 1
            self._want("(")
            text = self._either()
            self._want(")")
            return f"not ({text})"
        return self._either()

    def _either(self) -> str:
        found = [self._one()]
        while self._took(","):
            found.append(self._one())
        if len(found) > MAX_ITEMS:
            raise CellRefused(f"sel memuat lebih dari {MAX_ITEMS} nilai")
        listed = [said for said, plain in found if plain]
        tests = [said for said, plain in found if not plain]
        if listed:
            tests.insert(0, f"{VALUE} in [{', '.join(listed)}]" if len(listed) > 1 else f"{VALUE} == {listed[0]}")
        return tests[0] if len(tests) == 1 else " or ".join(f"({one})" for one in tests)

    def _one(self) -> tuple[str, bool]:
        """One test and whether it is but a value."""
        what, said = self._peek()
        if what == "sign" and said in _SIGNS:
            self._at += 1
            return f"{VALUE} is not None and {VALUE} {said} {self._compared()}", False
        if what == "sign" and said in _OPEN:
            return self._range(), False
        found = self._literal()
        return ("None" if found is None else self._named(found)), True

    def _range(self) -> str:
        opened = self._next()[1]
        low = self._compared()
        if self._next()[0] != "dots":
            raise CellRefused("rentang ditulis [a..b] atau (a..b)")
        high = self._compared()
        what, closed = self._next()
        if what != "sign" or closed not in _CLOSE:
            raise CellRefused("rentang ditulis [a..b] atau (a..b)")
        if self.values[-2] > self.values[-1]:
            raise CellRefused("rentang terbalik: nilai pertama lebih besar daripada yang kedua")
        return f"{VALUE} is not None and {VALUE} {_OPEN[opened]} {low} and {VALUE} {_CLOSE[closed]} {high}"

    def _compared(self) -> str:
        found = self._literal()
        if found is None or isinstance(found, bool):
            raise CellRefused("hanya bilangan, teks, atau tanggal yang dapat dibandingkan")
        return self._named(found)

    def _named(self, found: Any) -> str:
        kind = kind_of(found)
        wanted = {"date": "string"}.get(self.kind, self.kind)
        if wanted and kind != wanted:
            raise CellRefused(f"kolom ini berisi {_WORDS[self.kind]}, sel ini {_WORDS[kind]}")
        if self.kind == "date" and not is_date(found):
            raise CellRefused(f'{found!r} bukan tanggal; tulis misalnya "2026-01-31"')
        self.values.append(found)
        self.kinds.add(kind)
        if len(self.kinds) > 1:
            raise CellRefused("satu sel hanya memuat nilai satu jenis")
        return repr(found)

    # -- output cells

    def item(self, depth: int) -> Any:
        """A literal, a list or a context of literals."""
        if depth > MAX_DEPTH:
            raise CellRefused("sel terlalu bertingkat")
        if self._took("["):
            return self._several("]", lambda: self.item(depth + 1))
        if self._took("{"):
            pairs = self._several("}", lambda: self._pair(depth))
            if len({key for key, _ in pairs}) < len(pairs):
                raise CellRefused("kunci yang sama ditulis dua kali")
            return dict(pairs)
        return self._literal()

    def _pair(self, depth: int) -> tuple[str, Any]:
        what, said = self._next()
        if what not in ("word", "text"):
            raise _strange(said)
        self._want(":")
        return (_unquoted(said) if what == "text" else said), self.item(depth + 1)

    def _several(self, closing: str, one: Any) -> list[Any]:
        found: list[Any] = []
        if self._took(closing):
            return found
        found.append(one())
        while self._took(","):
            found.append(one())
        self._want(closing)
        if len(found) > MAX_ITEMS:
            raise CellRefused(f"sel memuat lebih dari {MAX_ITEMS} nilai")
        return found

    # -- both

    def _literal(self) -> Any:
        what, said = self._next()
        if what == "text":
            return _unquoted(said)
        if what == "number":
            return _number(said)
        if what == "word" and said in _CONSTANTS:
            return _CONSTANTS[said]
        if what == "word" and said == "date" and self._took("("):
            return self._day()
        raise _strange(said)

    def _day(self) -> str:
        what, said = self._next()
        found = _unquoted(said) if what == "text" else ""
        if not is_date(found):
            raise CellRefused('tanggal ditulis date("2026-01-31") dan harus ada di kalender')
        self._want(")")
        return found

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise CellRefused("sel ini belum selesai")
        self._at += 1
        return self._tokens[self._at - 1]

    def _took(self, sign: str) -> bool:
        if self._peek() != ("sign", sign):
            return False
        self._at += 1
        return True

    def _want(self, sign: str) -> None:
        if not self._took(sign):
            raise CellRefused(f"di sini seharusnya ada “{sign}”")


_CONSTANTS = {"true": True, "false": False, "null": None}
_WORDS = {"string": "teks", "number": "bilangan", "boolean": "benar/salah", "date": "tanggal"}


def _tokens(cell: str) -> Iterator[tuple[str, str]]:
    at, text = 0, cell.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _strange(text[at:].strip())
        at = found.end()
        kind = found.lastgroup or ""
        yield kind, found.group(kind)


def _strange(said: str) -> CellRefused:
    return CellRefused(
        f"“{said[:40]}” tidak termasuk yang boleh ditulis di sel: teks dalam tanda kutip, bilangan, true, false, null,"
        ' date("2026-01-31"), daftar dengan koma, pembanding, rentang, not(…), atau -'
    )


def _unquoted(said: str) -> str:
    try:
        found = json.loads(said)
    except ValueError:
        raise CellRefused("tanda “\\” di dalam teks tidak dapat dibaca") from None
    return str(found)


def _number(said: str) -> int | float:
    if len(said) > 15:
        raise CellRefused("bilangan terlalu panjang")
    return float(said) if "." in said else int(said)
