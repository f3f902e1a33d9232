"""What is exported comes back as it stood in the journal: XES, OCEL 2.0 and CSV, on both databases."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from lxml import etree
from office import Office, ms
from paperwork import REPORTER, goes_on, troubled

from db import sql
from db.queries import audit, events
from db.queries.events import Wanted
from engine.exports import ocel, xes

XES = "{http://www.xes-standard.org/}"
COLUMNS = "case_file, seq, kind, at_ms, task, element, office, person, acting_as, facts, prev_hash, hash"
Row = tuple[Any, ...]


@pytest.fixture
def office(database: str) -> Office:
    """Two reports at work, more than one batch's worth being one case here."""
    office = Office("2026-04-06 08.00")
    goes_on(office, troubled(office))
    office.report('Tanda "<&> ganjil \\')
    return office


def wanted(office: Office) -> Wanted:
    return Wanted(office.organisation, ms("2026-04-01 00.00"), ms("2026-06-01 00.00"))


def journal() -> list[Row]:
    text = f"SELECT {COLUMNS} FROM journal WHERE case_file IS NOT NULL ORDER BY case_file, seq"
    return sql.rows(text)


def milliseconds(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def from_xes(text: str) -> Iterator[Row]:
    """The journal's rows out of an XES document."""
    for trace in etree.fromstring(text.encode()).iter(f"{XES}trace"):
        case = int(_values(trace)["disposisi:case"])
        for event in trace.iter(f"{XES}event"):
            told = _values(event)
            numbers = [told.get(f"disposisi:{name}") for name in ("seq", "task", "office", "person")]
            seq, task, office, person = [None if value is None else int(value) for value in numbers]
            kind, element, acting, facts, prev, own = (
                told[f"disposisi:{name}"] for name in ("kind", "element", "acting_as", "facts", "prev_hash", "hash")
            )
            at = milliseconds(told["time:timestamp"])
            yield case, seq, kind, at, task, element, office, person, acting, facts, prev, own


def _values(node: Any) -> dict[str, str]:
    return {child.get("key"): child.get("value") for child in node if child.get("key")}


def from_ocel(text: str) -> Iterator[Row]:
    """The journal's rows out of an OCEL document."""
    for event in orjson.loads(text)["events"]:
        told = {found["name"]: found["value"] for found in event["attributes"]}
        about = dict(found["objectId"].split(":") for found in event["relationships"])
        task, office, person = (int(about[n]) if n in about else None for n in ("tugas", "jabatan", "orang"))
        case, at = int(about["laporan"]), milliseconds(event["time"])
        place = (case, told["seq"], event["type"], at, task, told["element"], office, person)
        yield *place, told["acting_as"], told["facts"], told["prev_hash"], told["hash"]


def test_xes_comes_back_as_the_journal_stands(office: Office) -> None:
    text = "".join(xes.text(events.by_case(wanted(office)), names=False))
    assert list(from_xes(text)) == journal()


def test_ocel_comes_back_as_the_journal_stands(office: Office) -> None:
    desks = audit.desks(office.organisation)
    text = "".join(ocel.text(events.by_case(wanted(office)), desks, names=False))
    assert list(from_ocel(text)) == journal()


def test_every_object_an_ocel_event_names_is_there_once_and_of_a_declared_type(office: Office) -> None:
    document = orjson.loads(
        "".join(ocel.text(events.by_case(wanted(office)), audit.desks(office.organisation), names=False))
    )
    known = [found["id"] for found in document["objects"]]
    assert len(known) == len(set(known))
    lines = [*document["events"], *document["objects"]]
    named = {related["objectId"] for found in lines for related in found["relationships"]}
    assert named <= set(known)
    for things, types in (("objects", "objectTypes"), ("events", "eventTypes")):
        declared = {kind["name"]: {a["name"] for a in kind["attributes"]} for kind in document[types]}
        for found in document[things]:
            assert {a["name"] for a in found["attributes"]} <= declared[found["type"]]


def test_the_chain_can_be_counted_over_again_from_the_file_alone(office: Office) -> None:
    from engine.journal import ORIGIN, digest

    rows = list(from_xes("".join(xes.text(events.by_case(wanted(office)), names=False))))
    before: dict[int, str] = {}
    for case, seq, kind, at, task, element, desk, person, acting, facts, prev, own in rows:
        assert prev == before.get(case, ORIGIN)
        body = (f"case:{case}", seq, office.organisation, case, kind, at, task, element, desk, person, acting, facts)
        assert digest(body, prev) == own
        before[case] = own


@pytest.mark.parametrize("names", [False, True])
def test_exports_name_no_citizen_and_officials_only_when_asked(office: Office, names: bool) -> None:
    found = wanted(office)
    made = [xes.text(events.by_case(found), names=names), ocel.text(events.by_case(found), audit.desks(1), names=names)]
    for text in map("".join, made):
        assert not any(word in text for word in (*REPORTER.values(), "Jembatan gantung", "ganjil"))
        assert ("Sekar Ayu Lestari" in text) is names


def test_only_the_time_that_was_asked_for_is_exported(office: Office) -> None:
    [moment] = sql.row("SELECT at_ms FROM journal WHERE kind = 'completed' ORDER BY id LIMIT 1") or (0,)
    short = Wanted(office.organisation, moment, moment + 1)
    rows = list(from_xes("".join(xes.text(events.by_case(short), names=False))))
    assert rows == [row for row in journal() if row[3] == moment]
    assert list(events.by_case(Wanted(office.organisation + 1, 0, moment * 2))) == []


def test_batches_neither_lose_nor_repeat_a_case(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        office.report(f"Laporan {n}")
    monkeypatch.setattr(events, "CASES", 2)
    assert [e.row for _, found in events.by_case(wanted(office)) for e in found] == journal()


def test_the_csv_holds_every_entry(office: Office, tmp_path: Path) -> None:
    from webui.audit.exports import FORMATS

    text = "".join(FORMATS["csv"].text(wanted(office), False)).removeprefix("\ufeff")
    rows = list(csv.DictReader(StringIO(text)))
    assert [
        (int(r["laporan"]), int(r["seq"]), r["macam"], int(r["waktu_ms"]), r["fakta"], r["sidik"]) for r in rows
    ] == [(r[0], r[1], r[2], r[3], r[9], r[11]) for r in journal()]
