"""What the law promises of a case: when its milestones are due. That moves with its facts, never into the past."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from db import sql
from engine import expressions, limits
from engine.clocks import deadlines
from engine.diagrams.catalog import Element
from engine.held import Held

Facts = Mapping[str, Any]
_KINDS = ("milestone", "unreached", "promised")


def facts_of(held: Held) -> dict[str, Any]:
    """The case's data over its parallel branches: what one of them has set counts over what it began with."""
    initial = dict(held.closure.diagram.initial)
    found = initial | held.running.data
    for waiting in held.running.waiting:
        if waiting.instance is None:
            found |= {name: value for name, value in waiting.data.items() if value != initial.get(name)}
    return found


@dataclass
class Standing:
    """What the journal tells of a case's milestones: which were passed, until when each was last promised."""

    passed: set[tuple[str, str]] = field(default_factory=set)  # element, and the instance around it
    promised: dict[str, int | None] = field(default_factory=dict)
    facts: Facts | None = None  # of the case, where they were asked already


def standing(held: Held) -> Standing:
    """As it stands now, with what this verb tells."""
    found = Standing()
    for element, kind, told in _told(held):
        if kind == "promised":
            found.promised[element] = told.get("due")
        elif kind == "milestone":
            found.passed.add((element, told.get("instance") or ""))
        else:
            found.passed = {passing for passing in found.passed if passing[0] != element}
    return found


def _ahead(held: Held, milestone: Element, known: Standing) -> bool:
    """Whether it is still to be passed: one drawn inside a multi-instance while any of its instances is under way."""
    if milestone.id not in {element for element, _ in known.passed}:
        return True
    around = held.closure.diagram.elements.get(milestone.parent or "")
    return around is not None and bool(around.collection) and any(w.instance for w in held.running.waiting)


def _told(held: Held) -> Iterator[tuple[str, str, dict[str, Any]]]:
    text = f"SELECT element, kind, facts FROM journal WHERE chain = ? AND kind IN ({sql.marks(_KINDS)}) ORDER BY seq"
    for element, kind, told in sql.rows(text, [f"case:{held.case_id}", *_KINDS]):
        yield element, kind, orjson.loads(told)
    yield from ((e.element, e.kind, dict(e.facts)) for e in held.entries if e.kind in _KINDS)


def due(held: Held, element: Element, known: Standing, now: int, *, recounted: bool = False) -> int | None:
    """The legal due instant of a milestone, over the case's data as it stands.

    A date that has passed is not gone back to: what was promised later stays. A calendar that changed (`recounted`)
    counts as if it had always been so.
    """
    counted = milestone_due(held, element, known.facts)
    before = known.promised.get(element.id)
    if recounted or counted is None or before is None or counted >= before:
        return counted
    return before if _late(held, counted, now) else counted


def milestone_due(held: Held, element: Element, facts: Facts | None = None) -> int | None:
    """The due instant of a milestone by the case's data alone, whatever was promised before."""
    limit = limits.of(element, lambda text: expressions.evaluate(text, facts_of(held) if facts is None else facts))
    return limits.due(limit, held.calendar, offered=held.received_ms, started=None, received=held.received_ms)


def _late(held: Held, instant: int | None, now: int) -> bool:
    return deadlines.is_late(now, instant, deadlines.LAW_CLOCK, held.calendar)


def keep(held: Held, now: int, *, recounted: bool = False, facts: Facts | None = None) -> None:
    """Keeps the case's own due instant in step with its data: the nearest milestone that has not passed yet.

    Every move of a date is told, with who moved it, and whether the date before had been missed by then. `facts` are
    those of a step forward: what lies on desks then is looked at only where the date moved or a task came.
    """
    milestones = held.closure.diagram.milestones
    if not milestones:
        return
    known = standing(held)
    known.facts = facts
    dues = {m.id: _promise(held, m, known, now, recounted) for m in milestones if _ahead(held, m, known)}
    nearest = min((d for d in dues.values() if d is not None), default=None)
    if held.change({"due_ms": nearest}) or facts is None or _has_come(held):
        _on_desks(held, {element: due for element, due in dues.items() if due is not None})


_BOUND_BY_LAW = (
    "case_file_id = ? AND state = 'open' AND kind = 'user' AND due_ms IS NULL"
    f" AND limit_text IN ('', '{limits.NONE}') AND COALESCE(law_ms, -1) <> ?"
)


def _has_come(held: Held) -> bool:
    """Whether this verb offers a task without a limit of its own."""
    offered = (entry.facts for entry in held.entries if entry.kind == "offered")
    return any(told.get("due") is None and told.get("limit") in ("", limits.NONE) for told in offered)


def _on_desks(held: Held, dues: Mapping[str, int]) -> None:
    """Open tasks without a limit of their own show the law's date that they still lead to; none where they lead to
    no milestone any more, as the receipt of what was sent. One that was put off is told of once more.
    """
    steps: dict[int | None, set[str]] = {}
    for waiting in held.running.waiting:
        if waiting.kind == "user":
            steps.setdefault(_until(held, waiting.element.id, dues), set()).add(waiting.element.id)
    anew = "told = CASE WHEN told > 1 AND law_ms < ? THEN 1 ELSE told END"
    for until, names in steps.items():
        values = [until, until, held.case_id, -1 if until is None else until, *sorted(names)]
        where = f"{_BOUND_BY_LAW} AND element IN ({sql.marks(names)})"
        sql.execute(f"UPDATE task SET {anew}, law_ms = ? WHERE {where}", values)


def _until(held: Held, element: str, dues: Mapping[str, int]) -> int | None:
    """The nearest date of the milestones that a step can still come to."""
    before = held.closure.diagram.before
    return min((due for milestone, due in dues.items() if element in before(milestone)), default=None)


def _promise(held: Held, element: Element, known: Standing, now: int, recounted: bool) -> int | None:
    found = due(held, element, known, now, recounted=recounted)
    before = known.promised.get(element.id)
    if found != before:
        missed = before is not None and not recounted and _late(held, before, now)
        told = {"due": found, "before": before, "missed": missed}
        held.note("promised", now, element=element.id, **_by_whom(held), facts=told)
    return found


def _by_whom(held: Held) -> dict[str, Any]:
    """Whose act of this verb it was."""
    act = next((entry for entry in held.entries if entry.person is not None), None)
    return {} if act is None else {"office": act.office, "person": act.person, "acting_as": act.acting_as}


def passed(held: Held, element: Element, instance: str | None, now: int) -> None:
    """A milestone is passed. The first passing counts: a second one has no date to keep."""
    known = standing(held)
    again = (element.id, instance or "") in known.passed
    until = None if again else due(held, element, known, now)
    told = {"name": element.name, "instance": instance, "due": until, "late": _late(held, until, now)}
    held.note("milestone", now, element=element.id, facts=told | ({"again": True} if again else {}))
    sql.execute("UPDATE case_file SET answered_ms = COALESCE(answered_ms, ?) WHERE id = ?", (now, held.case_id))


def taken_back(held: Held) -> None:
    """A passing was taken back: the case is answered only if another one stands."""
    if not standing(held).passed:
        sql.execute("UPDATE case_file SET answered_ms = NULL WHERE id = ?", (held.case_id,))


def unmove(held: Held, since: int, now: int) -> None:
    """An act that moved dates (its entries come after `since`) is taken back: they are what they were before it."""
    text = "SELECT element, facts FROM journal WHERE chain = ? AND seq > ? AND kind = 'promised' ORDER BY seq"
    moved: dict[str, list[dict[str, Any]]] = {}
    for element, facts in sql.rows(text, (f"case:{held.case_id}", since)):
        moved.setdefault(element, []).append(orjson.loads(facts))
    for element, moves in moved.items():
        told = {"due": moves[0].get("before"), "before": moves[-1].get("due"), "missed": False, "unmoved": True}
        held.note("promised", now, element=element, **_by_whom(held), facts=told)


def lapsed(held: Held) -> list[str]:
    """The milestones with a limit that a case which ends now has not passed, and never will."""
    bound = [m.id for m in held.closure.diagram.milestones if m.props.get("sop.waktu", limits.NONE) != limits.NONE]
    gone = {element for element, _ in standing(held).passed} if bound else set()
    return [ident for ident in bound if ident not in gone]


def first_told(held: Held, asks: bool, now: int) -> None:
    """The first time the office told the reporter something: news or an answer that left, a question, a milestone."""
    if asks or any(_tells(held, entry.kind, entry.element, entry.facts) for entry in held.entries):
        sql.execute("UPDATE case_file SET first_ms = COALESCE(first_ms, ?) WHERE id = ?", (now, held.case_id))


def _tells(held: Held, kind: str, ident: str, told: Any) -> bool:
    """News stands on the reporter's page also where no message could be sent; an answer must have left."""
    if kind == "milestone":
        return True
    element = held.closure.diagram.elements.get(ident)
    return kind == "sent" and bool(told.get("delivered") or (element and element.props.get("pesan")))
