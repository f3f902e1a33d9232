"""The safe language of conditions and properties: values in, one value out; no names but the case's own.

Everything a designer can write that the system evaluates goes through `evaluate`; everything they publish
goes through `check` first. What is allowed is listed, the rest is refused: constants, names, `and or not`,
comparisons, `+ - * / // %`, `a if b else c`, lists, tuples, dictionaries, subscripts, `a.b` for `a['b']`,
and calls of the functions in `FUNCTIONS`. There is no power, shift, lambda, comprehension, f-string or method.
"""

import ast
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

from simpleeval import DEFAULT_OPERATORS, EvalWithCompoundTypes, InvalidExpression

MAX_CHARS, MAX_NODES, MAX_DEPTH, MAX_STEPS = 2_000, 300, 40, 5_000
MAX_BITS, MAX_TEXT, MAX_ITEMS = 256, 10_000, 10_000

_NODES: tuple[type[ast.AST], ...] = (
    ast.Expression, ast.Constant, ast.Name, ast.Load, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not,
    ast.USub, ast.UAdd, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Compare,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot, ast.IfExp,
    ast.List, ast.Tuple, ast.Dict, ast.Subscript, ast.Attribute, ast.Call,
)  # fmt: skip


class ExpressionInvalid(Exception):
    """An expression cannot be read or has no value here; `expression` and `cause` say which and why."""

    def __init__(self, expression: str, cause: str) -> None:
        super().__init__(f"{expression[:80]}: {cause}")
        self.expression, self.cause = expression, cause


@dataclass(frozen=True)
class Problem:
    """One reason why a text is not of the safe language; `column` counts from 0."""

    code: str
    message: str
    column: int = 0


def check(text: str) -> list[Problem]:
    """Every reason to refuse `text`, without evaluating it; an empty list means it may be published."""
    return list(_read(text)[1])


def names(text: str) -> set[str]:
    """The names of case data that `text` uses; empty for a text that cannot be read."""
    tree, _ = _read(text)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)} if tree else set()
    found = ast.walk(tree) if tree else ()
    return {node.id for node in found if isinstance(node, ast.Name) and id(node) not in called}


def evaluate(text: str, data: Mapping[str, Any]) -> Any:
    """The value of `text` over `data`; raises ExpressionInvalid, also for a name that is not there."""
    tree, problems = _read(text)
    if problems or tree is None:
        raise ExpressionInvalid(text, "; ".join(problem.message for problem in problems))
    try:
        return bounded(_value(tree.body, data))
    except ExpressionInvalid:
        raise
    except (
        InvalidExpression,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
        MemoryError,
    ) as error:
        raise ExpressionInvalid(text, _plain(error)) from error


def _value(node: ast.AST, data: Mapping[str, Any]) -> Any:
    """A name, or one compared with a constant, at once; the rest by an evaluator of one's own while it lasts.

    Making an evaluator costs more than most expressions.
    """
    if isinstance(node, ast.Name):
        return _known(node, data)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
        left, right = node.left, node.comparators[0]
        if isinstance(left, ast.Name) and isinstance(right, ast.Constant):
            value = _known(left, data)
            _scalar(value)
            _scalar(right.value)
            return value == right.value if isinstance(node.ops[0], ast.Eq) else value != right.value
    return _evaluated(node, data)


def _known(node: ast.Name, data: Mapping[str, Any]) -> Any:
    if node.id not in data:
        raise LookupError(f"nama {node.id!r} tidak dikenal")
    return data[node.id]


def _evaluated(node: ast.AST, data: Mapping[str, Any]) -> Any:
    try:
        evaluator = _idle.pop()
    except IndexError:
        evaluator = _Evaluator()
    try:
        return evaluator.value(node, data)
    finally:
        _idle.append(evaluator)


class GuardedEngine:
    """What SpiffWorkflow asks for conditions: `evaluate` of the safe language, and never a script."""

    def evaluate(self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None) -> Any:
        """The value of `expression` over the task's data."""
        return evaluate(expression, {**external_context, **task.data} if external_context else task.data)

    def execute(self, task: Any, script: str, external_context: Mapping[str, Any] | None = None) -> bool:
        """Refuses: a diagram holds no scripts."""
        raise ExpressionInvalid(script, "naskah program tidak diizinkan")

    def call_service(self, *args: Any, **kwargs: Any) -> str:
        """Refuses: what leaves the house goes through the outbox."""
        raise ExpressionInvalid("", "layanan dijalankan lewat kotak keluar")


def bounded(value: Any) -> Any:
    """`value` itself, when its *expanded* size stays small (a list that holds itself often does not)."""
    left, waiting = MAX_ITEMS, [value]
    while waiting:
        item = waiting.pop()
        left -= 1
        if left < 0:
            raise ValueError("hasil terlalu besar")
        if item is None or isinstance(item, (str, int, float)):
            _scalar(item)
        elif isinstance(item, Mapping):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, (list, tuple)):
            waiting.extend(item)
    return value


def _scalar(value: Any) -> None:
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise ValueError("teks terlalu panjang")
    elif isinstance(value, int):
        if value.bit_length() > MAX_BITS:
            raise ValueError("bilangan terlalu besar")
    elif isinstance(value, float) and not isfinite(value):
        raise ValueError("bilangan tidak terhingga")


def _number(value: Any) -> Any:
    if not isinstance(value, (int, float)):
        raise TypeError("hanya untuk bilangan")
    return value


def _numbers_only(operator: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def apply(left: Any, right: Any) -> Any:
        return operator(_number(left), _number(right))

    return apply


def _add(left: Any, right: Any) -> Any:
    if type(left) is type(right) and isinstance(left, (str, list, tuple)):
        if len(left) + len(right) > MAX_TEXT:
            raise ValueError("hasil terlalu besar")
        return left + right
    return _number(left) + _number(right)


def _round(value: Any, digits: Any = 0) -> Any:
    if not isinstance(digits, int) or not 0 <= digits <= 12:
        raise ValueError("round: 0 sampai 12 angka")
    return round(_number(value), digits) if digits else round(_number(value))


def _int(value: Any) -> int:
    if isinstance(value, str) and len(value) > 80:
        raise ValueError("int: teks terlalu panjang")
    return int(value)


def _str(value: Any) -> str:
    if isinstance(value, (list, tuple, dict)):
        raise TypeError("str: hanya untuk teks, bilangan, dan benar/salah")
    return str(value)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "len": len,
    "min": min,
    "max": max,
    "round": _round,
    "int": _int,
    "str": _str,
    "bool": bool,
    "abs": abs,
}

_ARITHMETIC = (ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod)
_COMPARISONS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot)
_OPERATORS: dict[Any, Callable[..., Any]] = {
    **{kind: DEFAULT_OPERATORS[kind] for kind in (*_COMPARISONS, ast.Not, ast.USub, ast.UAdd)},
    **{kind: _numbers_only(DEFAULT_OPERATORS[kind]) for kind in _ARITHMETIC},
    ast.Add: _add,
}


class _Evaluator(EvalWithCompoundTypes):
    """simpleeval with our operators, our functions, a step limit, and dictionary keys for attributes."""

    def __init__(self) -> None:
        super().__init__(operators=_OPERATORS, functions=dict(FUNCTIONS), names={})  # it adds to the functions
        self.nodes[ast.Attribute] = self._key
        self._steps = 0

    def value(self, node: ast.AST, data: Mapping[str, Any]) -> Any:
        """The value over `data` of an expression that `check` has passed; nothing of it is kept."""
        self.names, self._steps = data, 0
        try:
            return self._eval(node)
        finally:
            self.names = {}

    def _eval(self, node: ast.AST) -> Any:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise ValueError("terlalu banyak langkah")
        result = super()._eval(node)
        _scalar(result)
        return result

    def _check_disallowed_items(self, item: Any) -> None:
        """Nothing: case data is JSON, only our functions can be called, and looking through it may not end."""

    def _eval_name(self, node: ast.Name) -> Any:
        return _known(node, self.names)

    def _key(self, node: ast.Attribute) -> Any:
        holder = self._eval(node.value)
        if not isinstance(holder, Mapping) or node.attr not in holder:
            raise LookupError(f"isian {node.attr!r} tidak ada")
        return holder[node.attr]


_idle: deque[_Evaluator] = deque()
"""Evaluators nobody uses at the moment, never more than evaluated at once."""


@lru_cache(maxsize=2_048)
def _read(text: str) -> tuple[ast.Expression | None, tuple[Problem, ...]]:
    if len(text) > MAX_CHARS:
        return None, (Problem("terlalu-panjang", f"ungkapan lebih dari {MAX_CHARS} huruf"),)
    try:
        tree = ast.parse(text.strip(), mode="eval")
        problems = _refusals(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None, (Problem("tidak-terbaca", "ungkapan tidak dapat dibaca"),)
    return (None if problems else tree), tuple(problems)


def _refusals(tree: ast.Expression) -> list[Problem]:
    nodes = list(ast.walk(tree))
    if len(nodes) > MAX_NODES or _depth(tree) > MAX_DEPTH:
        return [Problem("terlalu-rumit", "ungkapan terlalu rumit")]
    return [problem for node in nodes if (problem := _refusal(node))]


def _depth(tree: ast.AST) -> int:
    level, depth = [tree], 0
    while level:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        depth += 1
    return depth


def _refusal(node: ast.AST) -> Problem | None:
    column = getattr(node, "col_offset", 0)
    if not isinstance(node, _NODES):
        return Problem("tidak-diizinkan", f"{type(node).__name__} tidak diizinkan dalam ungkapan", column)
    reason = _REFUSED.get(type(node), lambda _: None)(node)
    return Problem("tidak-diizinkan", reason, column) if reason else None


def _call(node: Any) -> str | None:
    if not isinstance(node.func, ast.Name):
        return "hanya fungsi bernama yang dapat dipanggil"
    if node.func.id not in FUNCTIONS:
        return f"fungsi {node.func.id!r} tidak ada"
    return "argumen bernama tidak diizinkan" if node.keywords else None


def _name(node: Any) -> str | None:
    return f"nama {node.id!r} tidak diizinkan" if node.id.startswith("_") else None


def _attribute(node: Any) -> str | None:
    return f"nama {node.attr!r} tidak diizinkan" if node.attr.startswith("_") else None


def _constant(node: Any) -> str | None:
    if not (node.value is None or isinstance(node.value, (bool, int, float, str))):
        return "jenis nilai ini tidak diizinkan"
    return "bilangan terlalu besar" if isinstance(node.value, int) and node.value.bit_length() > MAX_BITS else None


def _dict(node: Any) -> str | None:
    return "penguraian kamus tidak diizinkan" if None in node.keys else None


_REFUSED: dict[type[ast.AST], Callable[[Any], str | None]] = {
    ast.Call: _call,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Constant: _constant,
    ast.Dict: _dict,
}


def _plain(error: BaseException) -> str:
    if isinstance(error, ZeroDivisionError):
        return "pembagian dengan nol"
    if isinstance(error, (RecursionError, MemoryError)):
        return "ungkapan terlalu rumit"
    return str(error.args[0]) if error.args else type(error).__name__
