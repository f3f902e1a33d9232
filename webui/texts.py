"""What people read that stands in no template: forms, lists, diagrams, the engine's sentences. Babel asks here for it.

Each function is a Babel extractor (see webui/translations/babel.cfg): an open file in, (line, function, text, comments)
out. The text itself is the msgid; pages translate it with `language.say`.
"""

import ast
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import IO, Any

from lxml import etree

from engine.papers.acts import DONE, said_of

Found = tuple[int, str, str, list[str]]
Options = Mapping[str, str]
Words = Collection[str]

SENTENCES = "SENTENCES"
TABLES = frozenset({SENTENCES, "DATA"})
"""Tables of words for people; DATA is what a breach may have touched."""
RAISED = {"Objection": 1, "NotAllowed": 1, "Undeliverable": 0, "Said": 0, "Conflict": 0, "objection": 2}
"""Calls whose argument at that place is a sentence for people, or a name under which the module keeps one."""
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
UNSEEN = frozenset({"lane", "participant", "message", "error"})
"""Named symbols that no page shows, and the names of offices."""
FOUND = frozenset({"good", "watch", "wrong"})
KEPT = frozenset({"words", "mend", "_START"})
"""What `disposisi doctor` finds, and the names its sentences have on the way there."""
PROPERTIES = frozenset({"publik", "dasar"})
INTAKE = {
    "title",
    "lead",
    "about",
    "time",
    "way",
    "steps",
    "joining",
    "dispute",
    "purpose",
    "purpose_basis",
    "promises",
}
INTAKE |= {"dates", "no_date", "basis", "guide", "instead"}
WORDED = {"title", "lead", "text", "how", "example", "missing", "time", "rights", "duties", "rights_basis", "limits"}
WORDED |= {"published", "tariff"}
"""Parts of a public form that pages say, and what of them is words; the poster is paper, and stays Indonesian."""


def _found(texts: Iterable[str], comment: str, line: int = 0) -> Iterator[Found]:
    return ((line, "gettext", text, [comment]) for text in texts if text.strip(" –—"))


def python(file: IO[bytes], keywords: Words, comments: Words, options: Options) -> Iterator[Found]:
    """Sentences of rooms that know no gettext: SENTENCES tables and what is raised with words for people."""
    module = ast.parse(file.read())
    named = _named(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield from _found(_raised(node, named), "", node.lineno)
        elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") in TABLES and node.value:
            tables = (table for table in ast.walk(node.value) if isinstance(table, ast.Dict))
            yield from _found((text for table in tables for text in _literals(table.values)), SENTENCES, node.lineno)


def findings(file: IO[bytes], keywords: Words, comments: Words, options: Options) -> Iterator[Found]:
    """What was looked at, what was found, how to mend it: the sentences of the engine's health."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FOUND:
            yield from _found(_literals(node.args), "health", node.lineno)
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in KEPT:
            yield from _found(_literals(ast.walk(node.value)), "health", node.lineno)


def _raised(call: ast.Call, named: Mapping[str, list[ast.expr]]) -> Iterator[str]:
    place = RAISED.get(getattr(call.func, "id", getattr(call.func, "attr", "")))
    for said in call.args[place : place + 1] if place is not None else ():
        found = _literals(named.get(said.id, ()) if isinstance(said, ast.Name) else [said])
        yield from (text for text in found if text.endswith(".") or _spoken(call, said, text))


def _spoken(call: ast.Call, said: ast.expr, text: str) -> bool:
    """Whether this is said to people although it does not end as a sentence; conflicts are mostly for developers."""
    return getattr(call.func, "id", "") != "Conflict" and (" " in text or not isinstance(said, ast.Name))


def _named(module: ast.Module) -> dict[str, list[ast.expr]]:
    """What a module calls by a name, all of it: CLOSED = "…"."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _literals(nodes: Iterable[ast.AST | None]) -> Iterator[str]:
    return (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def form(file: IO[bytes], keywords: Words, comments: Words, options: Options) -> Iterator[Found]:
    """Labels, help and options of a form, and how a decision is told once it is taken."""
    document = json.load(file)
    sheet = document.get("disposisi", {}).get("lembar", "")
    yield from _found([DONE.get(sheet, ""), *_questions(document, sheet)], document["id"])


def _questions(item: Mapping[str, Any], sheet: str) -> Iterator[str]:
    yield from (str(item[name]) for name in ("label", "description", "text") if item.get(name))
    yield str(item.get("properties", {}).get("hukum", ""))
    options = [option["label"] for option in item.get("values", ())]
    yield from options
    if item.get("type") == "radio":
        yield from (said_of(sheet, label, returned=returned) for label in options[1:] for returned in (True, False))
    for inner in item.get("components", ()):
        yield from _questions(inner, sheet)


def office_list(file: IO[bytes], keywords: Words, comments: Words, options: Options) -> Iterator[Found]:
    """What the entries of an office list are called, or the words of a public form."""
    document = json.load(file)
    if "steps" in document:
        yield from _found(_intake(document), "public form")
    else:
        entries = [entry for entries in document.values() for entry in entries]
        yield from _found((name.replace("_", " ").capitalize() for name in document), "list")
        yield from _found((entry["label"] for entry in entries), "list")
        yield from _found((entry.get("attrs", {}).get("arti", "") for entry in entries), "list")


def _intake(document: Mapping[str, Any]) -> Iterator[str]:
    for name in INTAKE & set(document):
        yield from _worded(document[name])


def _worded(part: Any) -> Iterator[str]:
    """The words in a part of a public form: a text, several parts, or a part with words of its own."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from _worded([part[name] for name in WORDED & set(part)])
    else:
        for one in part:
            yield from _worded(one)


def diagram(file: IO[bytes], keywords: Words, comments: Words, options: Options) -> Iterator[Found]:
    """Names of steps and processes, their words for citizens and their legal basis."""
    for node in etree.parse(file).iter(f"{BPMN}*", f"{CAMUNDA}property"):
        line = int(str(node.sourceline or 0))
        if node.tag == f"{CAMUNDA}property":
            yield from _found([node.get("value", "")] if _says(node.get("name", "")) else [], "", line)
        elif etree.QName(node).localname not in UNSEEN:
            yield from _found([node.get("name", "")], node.get("id", ""), line)


def _says(name: str) -> bool:
    """Whether a property holds words for people: citizens' words, the legal basis, also that of one limit."""
    return name in PROPERTIES or name.startswith("dasar.")


def decision_table(file: IO[bytes], keywords: Words, comments: Words, options: Options) -> Iterator[Found]:
    """What a decision table and its columns are called, and why each row says what it says."""
    for node in etree.parse(file).iter(*(f"{DMN}{tag}" for tag in ("decision", "input", "output", "description"))):
        said = [node.get("name", "") if node.tag == f"{DMN}decision" else node.get("label", ""), node.text or ""]
        yield from _found((" ".join(text.split()) for text in said), "table", int(str(node.sourceline or 0)))
