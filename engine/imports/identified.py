"""What a list may tell besides, where the process asks for it: NIK, mother's name, subject and kelurahan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.imports.columns import LABELS
from engine.offices import settings
from engine.offices.intakes import Door
from engine.reports import Report, Reporter
from engine.sms import grammar
from forms import nik
from forms.schema import Choice

LONGEST: Mapping[str, int] = {"nik": 30, "ibu": 100, "subyek": 200, "kelurahan": 200}
_DATA = {"subyek": "subyek", "kelurahan": "wilayah"}
"""Column → the fact of a case it becomes, as in SMS."""
_LISTS = {"subyek": "subyek", "kelurahan": "kelurahan"}
_COPIES = ("kecamatan",)
"""Facts of a kelurahan's entry that go along."""


@dataclass(frozen=True)
class Asked:
    """Which of these columns a process takes, and the entries that subjects and places are found in."""

    fields: frozenset[str] = frozenset()
    topics: tuple[Choice, ...] = ()
    places: tuple[Choice, ...] = ()

    def told(self, texts: Mapping[str, str], reporter: Reporter, report: Report) -> tuple[Reporter, Report]:
        """Who and what, with what these columns say; a subject or place nobody knows is left to the office in words."""
        given = {field: texts[field] for field in self.fields if texts.get(field)}
        if not self.fields:
            return reporter, report
        who = replace(reporter, nik=nik.digits(given.get("nik", "")), mother=given.get("ibu", ""))
        topic = grammar.topic(given.get("subyek", ""), self.topics) if "subyek" in given else None
        place = grammar.place(given.get("kelurahan", ""), self.places) if "kelurahan" in given else None
        unknown = [
            given[field] for field, found in (("subyek", topic), ("kelurahan", place)) if field in given and not found
        ]
        words = "\n".join([*(f"({text})" for text in unknown), report.chronology])
        return who, replace(report, chronology=words, data=self._data(topic, place))

    def _data(self, topic: str | None, place: Choice | None) -> dict[str, Any]:
        data: dict[str, Any] = {_DATA["subyek"]: topic} if "subyek" in self.fields else {}
        if "kelurahan" in self.fields:
            data[_DATA["kelurahan"]] = place.code if place else None
            data |= {name: place.attrs.get(name) for name in _COPIES} if place else {}
        return data


def asked(door: Door) -> Asked:
    """What the public form of a process asks, as far as a list may tell it."""
    plan = door.plan
    here = {"nik": "nik" in plan.reporter, "ibu": "mother" in plan.reporter}
    here |= {field: name in plan.data for field, name in _DATA.items()}
    lists = settings.lists(door.organisation_id, _LISTS.values())
    fields = frozenset(field for field, there in here.items() if there)
    return Asked(fields, tuple(lists["subyek"]), tuple(lists["kelurahan"]))


def labels(doors: Iterable[Door]) -> dict[str, str]:
    """The columns that a list for one of these processes may have, as people call them."""
    taken = {field for door in doors for field in asked(door).fields}
    return {field: label for field, label in LABELS.items() if field not in LONGEST or field in taken}


def flaw(field: str, text: str) -> bool:
    """Whether a NIK cannot be one; whose it is, nobody asks here."""
    return field == "nik" and bool(text) and nik.flaw(nik.digits(text)) is not None
