"""What is shown beside a published text, in step with its case: where it stands, whose it is, until when."""

from db import sql
from engine.clocks import deadlines
from engine.diagrams import articles
from engine.diagrams.catalog import Diagram
from engine.held import Held
from engine.publishing import publications, shown

AGAIN = "Dibuka kembali"
"""How an answered case stands that is being handled once more."""
RUNNING = ("berjalan", "insiden")
_STANDS = """
SELECT p.id, p.state, p.topic, p.unit, p.place, p.kind, p.progress, p.outcome, p.answered_ms, p.due_ms, p.late_ms,
  p.law, p.limit_text, c.topic, c.unit, c.place, c.kind, c.state, c.outcome, c.answered_ms, c.due_ms
FROM publication p JOIN case_file c ON c.id = p.case_file_id WHERE p.case_file_id = ?
"""
_FOLLOWED = (
    "topic",
    "unit",
    "place",
    "kind",
    "progress",
    "outcome",
    "answered_ms",
    "due_ms",
    "late_ms",
    "law",
    "limit_text",
)


def follow(held: Held, now: int) -> None:
    """Keeps what is shown beside the text in step with its case; a case taken back is taken down with it."""
    if not publications.publishes(held.closure):
        return
    found = sql.row(_STANDS, (held.case_id,))
    if found is None:
        return
    publication, state, *rest = found
    before, (topic, unit, place, kind, case, outcome, answered, due) = rest[: len(_FOLLOWED)], rest[len(_FOLLOWED) :]
    if case == "dicabut" and state != "ditarik":
        withdrawn(held, int(publication), now)
        return
    promise = _promise(held, due) if due is not None else tuple(before[7:])
    if case in RUNNING:
        ending = AGAIN if answered is not None and _again(held, before[_FOLLOWED.index("outcome")]) else ""
    else:
        ending = _ending(held, outcome)
    after = (topic, unit, place, kind, _progress(case, answered), ending, answered, *promise)
    if list(after) != before:
        publications.put(int(publication), dict(zip(_FOLLOWED, after, strict=True)), now)
        shown.rewrite(int(publication))


def _again(held: Held, was: str) -> bool:
    """Whether an answered case is on its way to another answer: an office works at one, or asked the reporter first."""
    steps = {waiting.element.id for waiting in held.running.waiting if waiting.kind == "user"}
    if steps & towards_answer(held.closure.diagram):
        return True
    return was == AGAIN and all(entry.kind != "milestone" for entry in held.entries)


def towards_answer(diagram: Diagram) -> frozenset[str]:
    """The steps from which an answer lies ahead without a word of the reporter."""
    receives = [e.id for e in diagram.elements.values() if e.kind == "receive"]
    but = {f"{one}{part}" for one in receives for part in ("", ".BoundaryEventSplit", ".BoundaryEventJoin")}
    return frozenset(name for one in diagram.milestones for name in diagram.leading_to(one.id, but))


def withdrawn(held: Held, publication: int, now: int) -> None:
    """A reporter who takes a complaint back takes it off the site."""
    publications.keep(publication, "tarik", None, now, "")
    publications.take_down(publication, now)
    held.note("taken_down", now, facts={"why": "dicabut"})


def _progress(case: str, answered: int | None) -> str:
    if answered is not None:
        return "dijawab"
    return "ditangani" if case in RUNNING else "ditutup"


def _ending(held: Held, outcome: str) -> str:
    """How a case ended, in the words of its diagram."""
    element = held.closure.diagram.elements.get(outcome)
    return element.name if element is not None else ""


def _promise(held: Held, due: int) -> tuple[int, int, str, str]:
    """The promise as it stands: due, late from, its article, its limit."""
    late = deadlines.late_from(due, deadlines.LAW_CLOCK, held.calendar)
    milestones = held.closure.diagram.milestones
    if not milestones:
        return due, late, "", ""
    rule = articles.rule(milestones, held.received_ms, due, held.calendar)
    return due, late, rule.article, f"P{rule.days}D"
