"""How one line of the journal is told: its words, a detail, and whether it is alarming ("hot")."""

from collections.abc import Callable, Mapping
from typing import Any

from db.queries.cases import Line
from webui import language

Told = tuple[str, str, str]
Teller = Callable[[Line, Mapping[str, Any]], Told]


def sentence(words: object) -> Teller:
    """Tells by one sentence (translated when told) with the task's name and the facts most often named."""
    return lambda line, facts: (str(words) % _blanks(line, facts), "", "")


def _blanks(line: Line, facts: Mapping[str, Any]) -> dict[str, str]:
    return {
        "task": language.say(line.task_name),
        "number": str(facts.get("number", "")),
        "unit": str(facts.get("unit_name", "")),
        "office": str(facts.get("to_name", "")),
    }
