"""Old lists become cases: some rows at a time, one transaction each; what was imported before is known again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from db import sql
from db.connect import transaction
from engine import journal, similar
from engine.commands.start import Sent, begin, open_file
from engine.diagrams import releases
from engine.diagrams.releases import Closure
from engine.imports.lines import Flaw, Line
from engine.imports.source import Source
from engine.journal import Entry as Told
from engine.offices import settings
from engine.offices.entries import Entry
from engine.offices.people import Actor
from engine.runtime import Running

CHANNEL, OUTCOME, REASON = "impor", "impor", "impor"
ARCHIVE, RUNNING = "arsip", "baru"
END_STATES = (ARCHIVE, RUNNING)
"""Closed history without tasks, or cases that begin as if they came today."""
AT_ONCE = {ARCHIVE: 100, RUNNING: 20}
"""Rows in one transaction: others wait no longer for the write lock than for an ordinary act."""
Item = TypeVar("Item")
Progress = Callable[["Tally"], None]


@dataclass
class Tally:
    """How far it is: rows read, good, flawed, known from before, imported now."""

    total: int
    read: int = 0
    good: int = 0
    bad: int = 0
    known: int = 0
    done: int = 0


@dataclass(frozen=True)
class Terms:
    """For whom rows are imported and as what."""

    organisation_id: int
    organisation: str
    process: str
    by: Actor
    end_state: str = ARCHIVE


@dataclass
class _Seen:
    """Rows met before in this very file."""

    marks: set[bytes] = field(default_factory=set)

    def again(self, line: Line) -> bool:
        short = bytes.fromhex(line.mark)[:16]
        found = short in self.marks
        self.marks.add(short)
        return found


def check(source: Source, *, flawed: Callable[[Sequence[Flaw]], None], progress: Progress = lambda _: None) -> Tally:
    """Reads the whole list and imports nothing; every flaw is told, some hundred at a time. Raises Unreadable."""
    tally, seen = Tally(source.total), _Seen()
    for rows in _some(source.rows(), 500):
        good = [row for row in rows if isinstance(row, Line)]
        flaws = [flaw for row in rows if not isinstance(row, Line) for flaw in row]
        known = known_marks([line.mark for line in good])
        again = sum(seen.again(line) or line.mark in known for line in good)
        tally.read, tally.bad = tally.read + len(rows), tally.bad + len(rows) - len(good)
        tally.known, tally.good = tally.known + again, tally.good + len(good) - again
        if flaws:
            flawed(flaws)
        progress(tally)
    return tally


def import_all(source: Source, terms: Terms, *, clock: Callable[[], int], progress: Progress = lambda _: None) -> Tally:
    """Imports every good row that is not there yet; flawed rows stay behind. Raises Unreadable.

    Stopped half-way it may be called again: nothing comes twice.
    """
    tally = Tally(source.total)
    for rows in _some(source.rows(), AT_ONCE[terms.end_state]):
        good = [row for row in rows if isinstance(row, Line)]
        made = import_rows(good, terms, now=clock())
        tally.read, tally.bad = tally.read + len(rows), tally.bad + len(rows) - len(good)
        tally.good, tally.done = tally.good + len(good), tally.done + made
        tally.known += len(good) - made
        progress(tally)
    return tally


def _some(items: Iterable[Item], count: int) -> Iterator[list[Item]]:
    walking = iter(items)
    while some := list(islice(walking, count)):
        yield some


def known_marks(marks: Sequence[str]) -> set[str]:
    """Which of these rows are cases already."""
    if not marks:
        return set()
    found = sql.rows(f"SELECT send_key FROM case_file WHERE send_key IN ({sql.marks(marks)})", marks)
    return {str(row[0]) for row in found}


def import_rows(lines: Sequence[Line], terms: Terms, *, now: int) -> int:
    """Some rows become cases, all or none of them; gives how many were new. One import at a time per organisation."""
    with transaction():
        sql.row("SELECT id FROM organisation WHERE id = ?" + sql.for_update(), (terms.organisation_id,))
        closure, zone = releases.current(terms.organisation_id, terms.process, now), _zone(terms.organisation_id)
        new = {line.mark: line for line in lines}
        for mark in known_marks(list(new)):
            del new[mark]
        for line in new.values():
            if terms.end_state == RUNNING:
                begin(_sent(line, terms), now)
            else:
                _shelve(_sent(line, terms), terms, closure, zone, now)
        return len(new)


def _zone(organisation: int) -> str:
    return str(settings.calendar(organisation).tz)


def _sent(line: Line, terms: Terms) -> Sent:
    return Sent(
        process=terms.process,
        organisation=terms.organisation,
        reporter=line.reporter,
        report=line.report,
        send_key=line.mark,
        channel=CHANNEL,
        by=terms.by,
        received=line.received_ms,
        entry=Entry(reason=REASON),
    )


def _shelve(sent: Sent, terms: Terms, closure: Closure, zone: str, now: int) -> None:
    """A case that is over already: in the list with its number, nothing waits, no book of this year gets a line."""
    held = open_file(sent, terms.organisation_id, zone, closure, now)
    sql.execute(
        "UPDATE case_file SET state = 'ditutup', outcome = ?, closed_ms = ?, declared = ? WHERE id = ?",
        (OUTCOME, held.received_ms, True, held.case_id),
    )
    props, facts = closure.diagram.start.props, sent.report.data
    topic, place = (similar.filed(props.get(f"kasus.{name}"), facts) for name in ("subyek", "wilayah"))
    if topic or place:
        sql.execute("UPDATE case_file SET topic = ?, place = ? WHERE id = ?", (topic, place, held.case_id))
    sql.execute("UPDATE workflow SET state = ? WHERE case_file_id = ?", (_over(closure), held.case_id))
    facts = {"number": held.number, "channel": CHANNEL, "release": closure.version, "proofs": 0}
    entered = {"entered_by": sent.by.person_id if sent.by else None, "entered_ms": now, "reason": REASON}
    person = sent.by.person_id if sent.by else None
    held.note("received", held.received_ms, person=person, facts=facts | entered)
    held.note("closed", now, person=person, element=OUTCOME, facts={"state": "ditutup"})
    journal.append(terms.organisation_id, held.case_id, held.entries)


_ended: dict[str, bytes] = {}


def _over(closure: Closure) -> bytes:
    """The state of a case of this release in which nothing waits; made once."""
    key = f"{closure.release_id}:{closure.version}"
    if key not in _ended:
        running = Running.start(closure.diagram, {})
        running.cancel()
        _ended[key] = running.dump()
    return _ended[key]


def told(terms: Terms, tally: Tally, *, now: int) -> None:
    """The organisation's journal keeps that a list was imported, by whom and how much of it."""
    facts: dict[str, Any] = {"rows": tally.total, "imported": tally.done, "known": tally.known, "flawed": tally.bad}
    entry = Told("imported", now, person=terms.by.person_id, facts={**facts, "as": terms.end_state})
    with transaction():
        journal.append(terms.organisation_id, None, [entry])
