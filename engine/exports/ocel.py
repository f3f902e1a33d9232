"""OCEL 2.0 in JSON: events with the reports, tasks, offices, officials and sheets they are about.

Events are written as they are read; the objects they name are kept in a file until all events are out.
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import orjson

from db.queries import events as questions
from db.queries.audit import Desk
from db.queries.events import Case, Event, Sheet
from engine.exports.naming import activity, iso

EVENT_ATTRIBUTES = {
    "kegiatan": "string",
    "seq": "integer",
    "element": "string",
    "acting_as": "string",
    "facts": "string",
    "prev_hash": "string",
    "hash": "string",
}
OBJECT_ATTRIBUTES = {
    "laporan": {
        **dict.fromkeys(("nomor", "proses", "saluran", "keadaan", "hasil", "urgensi"), "string"),
        "rilis": "integer",
    },
    "tugas": {"nama": "string", "elemen": "string", "bagian": "string"},
    "jabatan": {"kode": "string", "nama": "string", "unit": "string"},
    "orang": {"nama": "string"},
    "lembar": {"jenis": "string", "rincian": "string"},
}
AT_ONCE = 64_000
"""Bytes of objects read back from their file at once."""


@dataclass
class _Objects:
    """The objects named so far, in a file of their own; only offices and officials are remembered."""

    file: IO[bytes]
    names: bool
    kinds: set[str] = field(default_factory=set)
    people: dict[int, str] = field(default_factory=dict)
    count: int = 0

    def add(self, ident: str, kind: str, at_ms: int, attributes: dict[str, Any], related: Iterable[Any] = ()) -> None:
        """Writes one object."""
        told = [{"name": name, "time": iso(at_ms), "value": value} for name, value in attributes.items()]
        line = {"id": ident, "type": kind, "attributes": told, "relationships": list(related)}
        self.file.write((b",\n" if self.count else b"") + orjson.dumps(line))
        self.count += 1


def text(found: Iterable[tuple[Case, list[Event]]], desks: Iterable[Desk], *, names: bool) -> Iterator[str]:
    """The whole document in pieces, some cases at a time; `names` tells what officials are called."""
    with tempfile.TemporaryFile() as file:
        objects = _Objects(file, names)
        yield '{"events":['
        yield from _events(found, objects)
        yield '],"objects":['
        for desk in desks:
            objects.add(f"jabatan:{desk.id}", "jabatan", 0, {"kode": desk.code, "nama": desk.name, "unit": desk.unit})
        for person, name in sorted(objects.people.items()):
            objects.add(f"orang:{person}", "orang", 0, {"nama": name} if names else {})
        yield from _written(file)
        kinds = [{"name": kind, "attributes": _declared(EVENT_ATTRIBUTES)} for kind in sorted(objects.kinds)]
        types = [{"name": kind, "attributes": _declared(names)} for kind, names in OBJECT_ATTRIBUTES.items()]
        yield f'],"eventTypes":{orjson.dumps(kinds).decode()},"objectTypes":{orjson.dumps(types).decode()}}}\n'


def _declared(attributes: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for name, kind in attributes.items()]


def _written(file: IO[bytes]) -> Iterator[str]:
    """The objects back from their file, in pieces that end where a line does."""
    file.seek(0)
    while lines := file.readlines(AT_ONCE):
        yield b"".join(lines).decode()


def _events(found: Iterable[tuple[Case, list[Event]]], objects: _Objects) -> Iterator[str]:
    first = True
    for batch in _batches(found):
        sheets = questions.sheets([case.id for case, _ in batch])
        for case, events in batch:
            _case(case, events, sheets.get(case.id, []), objects)
            told = ",\n".join(_event(event, objects) for event in events)
            yield told if first else f",\n{told}"
            first = False


def _batches(found: Iterable[tuple[Case, list[Event]]]) -> Iterator[list[tuple[Case, list[Event]]]]:
    batch: list[tuple[Case, list[Event]]] = []
    for one in found:
        batch.append(one)
        if len(batch) == questions.CASES:
            yield batch
            batch = []
    if batch:
        yield batch


def _event(event: Event, objects: _Objects) -> str:
    objects.kinds.add(event.kind)
    if event.person is not None:
        objects.people[event.person] = event.person_name
    values = (activity(event), *event.row[1:2], event.element, event.acting_as, *event.row[9:12])
    told = [{"name": name, "value": value} for name, value in zip(EVENT_ATTRIBUTES, values, strict=True)]
    line = {
        "id": f"catatan:{event.case_file}:{event.seq}",
        "type": event.kind,
        "time": iso(event.at_ms),
        "attributes": told,
        "relationships": list(_related(event)),
    }
    return orjson.dumps(line).decode()


def _related(event: Event) -> Iterator[dict[str, str]]:
    yield {"objectId": f"laporan:{event.case_file}", "qualifier": "tentang"}
    if event.task is not None:
        yield {"objectId": f"tugas:{event.task}", "qualifier": "pada"}
    if event.office is not None:
        yield {"objectId": f"jabatan:{event.office}", "qualifier": "untuk" if event.kind == "offered" else "oleh"}
    if event.person is not None:
        yield {"objectId": f"orang:{event.person}", "qualifier": "pelaku"}


def _case(case: Case, events: list[Event], sheets: list[Sheet], objects: _Objects) -> None:
    """The report, its tasks and its sheets."""
    tasks = {event.task: event for event in reversed(events) if event.task is not None}
    parts = [{"objectId": f"tugas:{task}", "qualifier": "tugas"} for task in tasks]
    papers = [{"objectId": f"lembar:{sheet.id}", "qualifier": "kertas"} for sheet in sheets]
    facts = {"nomor": case.number, "proses": case.process, "saluran": case.channel, "keadaan": case.state}
    more = {"hasil": case.outcome, "urgensi": case.urgency, "rilis": case.version}
    objects.add(f"laporan:{case.id}", "laporan", case.received_ms, facts | more, [*parts, *papers])
    for task, event in tasks.items():
        told = {"nama": event.name, "elemen": event.element, "bagian": event.instance}
        objects.add(f"tugas:{task}", "tugas", event.at_ms, told)
    for sheet in sheets:
        objects.add(f"lembar:{sheet.id}", "lembar", sheet.at_ms, {"jenis": sheet.kind, "rincian": sheet.detail})
