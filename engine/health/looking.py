"""Looks at everything in order: the machine first, then each office; what cannot be opened ends the round."""

from collections.abc import Iterator

from db.queries import offices
from engine.health import machine, office, work
from engine.health.findings import Finding, Place


def examine(place: Place, now: int, organisation: int | None = None) -> Iterator[Finding]:
    """Every finding on the open database; of one organisation, or of all (None)."""
    yield machine.folder(place)
    if place.home.is_dir():
        yield machine.disk(place)
    yield from machine.keys(place)
    behind = machine.schema()
    if behind is not None:
        yield behind
        return
    yield machine.database(place)
    yield work.worker(now)
    yield work.mail(place)
    yield from work.backups(place, now)
    yield office.clock(now)
    for found, _code, name in offices.organisations():
        if organisation in (None, found):
            yield from _of(found, name, now)


def _of(organisation: int, name: str, now: int) -> Iterator[Finding]:
    yield office.seats(organisation, name, now)
    yield office.holidays(organisation, name, now)
    yield office.book(organisation, name, now)
    yield work.incidents(organisation, name)
    yield work.failures(organisation, name)
