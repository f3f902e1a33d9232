"""XES (IEEE 1849-2016): a trace for each case, an event for each entry of its journal."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from db.queries.events import Case, Event
from engine.exports.naming import activity, clean, iso

LIFECYCLE = {
    "offered": "schedule",
    "claimed": "assign",
    "opened": "start",
    "released": "suspend",
    "completed": "complete",
    "cancelled": "withdraw",
}
"""Kinds of entry by the standard's words; everything else happens at once and is complete."""

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><date key="time:timestamp" \
value="1970-01-01T00:00:00.000+00:00"/><string key="lifecycle:transition" value="complete"/></global>
<classifier name="Kegiatan" keys="concept:name"/>
<classifier name="Kegiatan dan tahap" keys="concept:name lifecycle:transition"/>
"""


def text(found: Iterable[tuple[Case, list[Event]]], *, names: bool) -> Iterator[str]:
    """The whole document in pieces, one case at a time; `names` puts officials' names beside their numbers."""
    yield _HEAD
    for case, events in found:
        yield "".join(["<trace>", *_case(case), *(_event(event, names) for event in events), "</trace>\n"])
    yield "</log>\n"


def _case(case: Case) -> Iterator[str]:
    yield _string("concept:name", case.number)
    yield _int("disposisi:case", case.id)
    texts = {"process": case.process, "channel": case.channel, "state": case.state, "outcome": case.outcome}
    for name, value in (texts | {"urgency": case.urgency}).items():
        yield _string(f"disposisi:{name}", value)
    yield _int("disposisi:release", case.version)
    yield _date("disposisi:received", case.received_ms)


def _event(event: Event, names: bool) -> str:
    parts = [
        "<event>",
        _string("concept:name", activity(event)),
        _date("time:timestamp", event.at_ms),
        _string("lifecycle:transition", LIFECYCLE.get(event.kind, "complete")),
        _string("org:role", event.office_code) if event.office_code else "",
        _string("org:group", event.office_name) if event.office_name else "",
        _string("org:resource", _resource(event, names)) if event.person is not None else "",
        *_entry(event),
        "</event>",
    ]
    return "".join(parts)


def _resource(event: Event, names: bool) -> str:
    return event.person_name if names and event.person_name else f"orang:{event.person}"


def _entry(event: Event) -> Iterator[str]:
    """The journal's own columns, so that nothing is lost and the chain can be counted over again."""
    yield _int("disposisi:seq", event.seq)
    for name, number in {"task": event.task, "office": event.office, "person": event.person}.items():
        if number is not None:
            yield _int(f"disposisi:{name}", number)
    texts = {"kind": event.kind, "element": event.element, "acting_as": event.acting_as, "facts": event.facts}
    for name, value in (texts | {"prev_hash": event.prev_hash, "hash": event.hash}).items():
        yield _string(f"disposisi:{name}", value)
    if event.instance:
        yield _string("disposisi:instance", event.instance)


def _string(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(clean(value))}/>'


def _int(key: str, value: int) -> str:
    return f'<int key="{key}" value="{value}"/>'


def _date(key: str, ms: int) -> str:
    return f'<date key="{key}" value="{iso(ms)}"/>'
