"""Cases that nobody sends: the schedule drawn on a timer start begins them, once a month, also after a standstill.

Such a case has no citizen: its reporter is the office itself, it has a number of its own kind, its PIN opens nothing.
"""

from typing import NamedTuple

from peewee import IntegrityError

from db import sql
from db.connect import transaction
from db.queries import recaps
from engine import promises, store, vault
from engine.commands.start import Report, Reporter, Sent, open_file
from engine.diagrams import releases, schedules
from engine.diagrams.releases import Closure
from engine.held import Held
from engine.offices import numbering
from engine.runtime import Running
from forms import dates

CHANNEL = "jadwal"
MOST = 24
"""So many missed months are made up for, the latest; nobody reports on what is longer ago."""


class Wanted(NamedTuple):
    """One case that should have begun: whose, of which release, telling of which month, due to begin when (UTC ms)."""

    organisation: int
    code: str
    name: str
    zone: str
    closure: Closure
    month: str
    at_ms: int


def begin_due(now: int) -> list[int]:
    """Begins every scheduled case whose time has come and that is not there yet; gives the ids of the new ones."""
    begun = [begin(wanted, now) for wanted in due(now)]
    return [case for case in begun if case is not None]


def due(now: int) -> list[Wanted]:
    """What should have begun by now and has not, oldest first."""
    found: list[Wanted] = []
    for organisation, code, name, zone, process, since in sql.rows(_PROCESSES, (now,)):
        closure = releases.current(int(organisation), str(process), now)
        schedule = schedules.of(closure.diagram)
        if schedule is not None:
            there = _there(int(organisation), str(process))
            months = list(schedule.between(int(since), now, str(zone)))[-MOST:]
            head = (int(organisation), str(code), str(name), str(zone), closure)
            found += [Wanted(*head, month, at) for month, at in months if month not in there]
    return found


_PROCESSES = """
SELECT o.id, o.code, o.name, o.timezone, r.process, MIN(CASE WHEN r.effective_ms > 0 THEN r.effective_ms
  ELSE r.published_ms END) FROM release r JOIN organisation o ON o.id = r.organisation_id
WHERE r.effective_ms <= ? GROUP BY o.id, o.code, o.name, o.timezone, r.process ORDER BY o.id, r.process
"""


def _there(organisation: int, process: str) -> set[str]:
    text = "SELECT month FROM recap WHERE organisation_id = ? AND process = ? AND unit = ''"
    return {str(month) for (month,) in sql.rows(text, (organisation, process))}


def begin(wanted: Wanted, now: int) -> int | None:
    """Begins one case, as one verb; None when someone else has begun it in the meantime."""
    try:
        with transaction():
            return _begin(wanted, now)
    except IntegrityError:  # another worker was first: `send_key` and the recap's row exist once
        return None


def _begin(wanted: Wanted, now: int) -> int:
    start = wanted.closure.diagram.start
    number = numbering.take(wanted.organisation, start.props.get("jadwal.nomor", "case"), wanted.zone, wanted.at_ms)
    units = _units(wanted)
    sent = Sent(
        wanted.closure.process,
        wanted.code,
        Reporter(wanted.name),
        Report("", subject=_subject(wanted)),
        send_key=vault.mark("jadwal", f"{wanted.organisation}:{wanted.closure.process}", wanted.month),
        channel=CHANNEL,
        received=wanted.at_ms,
        number=number,
    )
    held = open_file(sent, wanted.organisation, wanted.zone, wanted.closure, now)
    sql.execute("UPDATE case_file SET pin_hash = '', worded = ? WHERE id = ?", (True, held.case_id))
    held.running = Running.start(wanted.closure.diagram, {"bulan": wanted.month, **units})
    facts = {"number": number, "channel": CHANNEL, "release": wanted.closure.version, "month": wanted.month}
    held.note("received", wanted.at_ms, facts=facts)
    _expect(held, wanted, [""] + [unit for found in units.values() for unit in found])
    store.save(held, [held.running.begun], now)
    return held.case_id


def _subject(wanted: Wanted) -> str:
    said = wanted.closure.diagram.start.props.get("jadwal.perihal", wanted.closure.diagram.name)
    return said.replace("{bulan}", dates.month(wanted.month))


def _units(wanted: Wanted) -> dict[str, dict[str, str]]:
    """`jadwal.bagian` = `skpd = petugas`: the case's data names every unit that has an office of that role."""
    name, _, role = wanted.closure.diagram.start.props.get("jadwal.bagian", "").partition("=")
    if not role:
        return {}
    return {name.strip(): {code: code for code in recaps.units_with(wanted.organisation, role.strip())}}


def _expect(held: Held, wanted: Wanted, units: list[str]) -> None:
    """A row for each recap that is to come, so that a missing one is seen missing."""
    milestones = held.closure.diagram.milestones
    dues = [due for m in milestones if (due := promises.milestone_due(held, m)) is not None]
    for unit in units:
        sql.insert(
            "recap",
            organisation_id=wanted.organisation,
            process=wanted.closure.process,
            case_file_id=held.case_id,
            unit=unit,
            month=wanted.month,
            due_ms=min(dues, default=wanted.at_ms),
            figures="",
            fingerprint="",
            code="",
            received_as="",
        )
