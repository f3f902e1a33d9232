"""The journal of a case in plain words: what happened, who did it as what, when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from flask_babel import gettext as _

from db.queries.cases import Line
from engine.offices.people import seat_name
from webui.desk.story import beside, news, steps
from webui.desk.story.told import Teller

_TELLERS: Mapping[str, Teller] = {**steps.TELLERS, **news.TELLERS, **beside.TELLERS}


@dataclass(frozen=True)
class Event:
    """One line of the story; `tone` is hot for what is late or broken."""

    at_ms: int
    text: str
    detail: str = ""
    tone: str = ""
    by: str = ""
    task: int | None = None


def tell(lines: Sequence[Line]) -> list[Event]:
    """The story in the order of its lines; what only machines care about is left out."""
    return [_event(line) for line in lines if line.kind in _TELLERS]


def _event(line: Line) -> Event:
    facts = orjson.loads(line.facts)
    text, detail, tone = _TELLERS[line.kind](line, facts)
    if facts.get("declared"):
        detail = "; ".join(part for part in (detail, _("dicatat kemudian")) if part)
    by = ", ".join(
        part for part in (line.person, seat_name(line.office, line.acting_as) if line.person else "") if part
    )
    return Event(line.at_ms, text, detail, tone, by, line.task)
