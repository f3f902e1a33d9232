"""The public figures of what has ended, counted once for every month that is over, and added to what is counted live.

Kept by the month in which cases ended: whatever is received, moved or rated afterwards is of other cases. A month whose
cases were ended afterwards in the past (papers entered later), or whose calendar has changed, is counted live until the
worker has counted it again.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db import sql
from db.queries import public_figures as figures
from db.queries import published
from db.queries.public_figures import Case, Kept
from engine.clocks import measures
from engine.offices import settings
from engine.publishing.public_tally import Answers, Tallies, counted, dumped, loaded, merge

VERSION = 1
"""Of how is counted: a month counted otherwise is counted again."""


@dataclass(frozen=True)
class Place:
    """An organisation and a process of it, with the zone and the rules by which is counted."""

    organisation_id: int
    process: str
    zone: str
    rules: str


def place(organisation: int, process: str) -> Place:
    """How this organisation counts now."""
    zone, fingerprint = figures.reckoning(organisation)
    return Place(organisation, process, zone, f"{VERSION}:{fingerprint}")


def read(where: Place, from_ms: int, until_ms: int, now: int) -> Tallies:
    """The tallies of the cases received in a span, as they stand now."""
    names = [name for name, _, _ in measures.months(from_ms, until_ms, where.zone)]
    kept, since = _kept(where, from_ms, until_ms, now)
    found: Tallies = {}
    for one in kept:
        merge(found, loaded(one.body, frozenset(names)))
    live = figures.received(where.organisation_id, where.process, from_ms, until_ms, since)
    merge(found, _counted(where, live, Answers(settings.calendar(where.organisation_id)), now).items())
    return found


def _kept(where: Place, from_ms: int, until_ms: int, now: int) -> tuple[list[Kept], int]:
    """The months without a gap that are kept as they are counted now, and until when they reach.

    Nothing is of use for a span of anything but whole months, or where they do not add up to what has ended.
    """
    spans = list(measures.months(from_ms, now, where.zone))
    whole = list(measures.months(from_ms, until_ms, where.zone))
    if not spans or not whole or (whole[0][1], whole[-1][2]) != (from_ms, until_ms):
        return [], from_ms
    known = {one.month: one for one in figures.months_kept(where.organisation_id, where.process)}
    found, since = [], from_ms
    for name, _, end in spans:
        if name < min(known, default=name):
            continue  # nothing had ended yet, or what is kept does not add up
        one = known.get(name)
        if one is None or one.rules != where.rules:
            break
        found.append(one)
        since = end
    ended = figures.ended_count(where.organisation_id, where.process, from_ms, since) if found else 0
    return (found, since) if ended == sum(one.cases for one in found) else ([], from_ms)


def _counted(where: Place, cases: Sequence[Case], answers: Answers, now: int) -> Tallies:
    at = [case.answered_ms for case in cases if case.answered_ms is not None]
    passed = figures.milestones(where.organisation_id, min(at), max(at)) if at else {}
    return counted(cases, passed, answers, now)


# --- keeping ---


def due(now: int) -> Iterator[tuple[Place, str, tuple[int, int]]]:
    """Every month (whose, YYYY-MM, its span) that is over and not kept as it would be counted now."""
    for organisation, *_ in published.organisations():
        for process in figures.processes(organisation):
            yield from _due(place(organisation, process), now)


def _due(where: Place, now: int) -> Iterator[tuple[Place, str, tuple[int, int]]]:
    first = figures.first_end(where.organisation_id, where.process)
    if first is None:
        return
    known = {one.month: one for one in figures.months_kept(where.organisation_id, where.process)}
    for name, start, end in measures.months(
        measures.month_begins(first, where.zone), now - measures.SETTLED_MS, where.zone
    ):
        one = known.get(name)
        right = figures.ended_count(where.organisation_id, where.process, start, end)
        if one is None or (one.rules, one.cases) != (where.rules, right):
            yield where, name, (start, end)


def keep(where: Place, month: str, span: tuple[int, int]) -> None:
    """Counts a month and keeps it, inside a transaction."""
    cases = figures.ended(where.organisation_id, where.process, *span)
    months: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        months[measures.month_of(case.received_ms, where.zone)].append(case)
    answers = Answers(settings.calendar(where.organisation_id))
    body = dumped({name: _counted(where, found, answers, span[1]) for name, found in months.items()})
    whose = {"organisation_id": where.organisation_id, "process": where.process, "month": month}
    sql.execute("DELETE FROM public_month WHERE organisation_id = ? AND process = ? AND month = ?", [*whose.values()])
    sql.insert("public_month", **whose, cases=len(cases), rules=where.rules, body=body)
