"""What a public form asks and promises: read from the process's own file, with what the organisation decided."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from forms.schema import NAME


@dataclass(frozen=True)
class Step:
    """One page of the public form; without `screen` it is the page for proofs. `one_of`: at least one of these."""

    key: str
    title: str
    lead: str = ""
    screen: str = ""
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dated:
    """A promise that ends on a day: its sentence, its limit (ISO 8601) and the clock that counts it."""

    text: str
    limit: str
    clock: str


@dataclass(frozen=True)
class Plan:
    """A public form: its steps, which answer is what of the reporter and the report, and its public words."""

    process: str
    title: str
    lead: str
    steps: tuple[Step, ...]
    reporter: Mapping[str, str]
    report: Mapping[str, str]
    purpose: tuple[str, ...]
    purpose_basis: str
    promises: tuple[str, ...]
    no_date: str
    basis: str
    poster: Mapping[str, Any]
    """Words of the poster: name, meaning, call, note, steps (title, text)."""
    data: Mapping[str, str] = field(default_factory=dict)
    """Which answer enters the case's data, by its name there."""
    about: str = ""
    """For what one comes to this door, in one sentence, where people choose between several."""
    time: str = ""
    """How long it takes and what one needs at hand."""
    way: tuple[Mapping[str, str], ...] = ()
    """How a report goes, in a few words: title and text of each step."""
    dates: tuple[Dated, ...] = ()
    """Promises that name a day."""
    joining: Step | None = None
    """What who has met with the same is asked; the step that asks who someone is where it is None."""
    dispute: Step | None = None
    """What who says that someone else used their NIK is asked; None where no NIK is asked."""
    guide: Mapping[str, Any] = field(default_factory=dict)
    """Words of the guide: how (title, text), rights, duties, limits, published; example, missing, time, tariff."""
    similar: bool = False
    """Whether who reports is shown subjects of open cases; not where a subject may point at a person."""
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is promised, without a day, of a report of which this fact holds."""

    @property
    def asks_nik(self) -> bool:
        """Whether who reports must say their NIK."""
        return "nik" in self.reporter

    def of(self, facts: Mapping[str, Any]) -> "Plan":
        """The plan as it is for a report of these facts: what it promises may be another."""
        held = next((name for name in self.instead if facts.get(name)), None)
        return self if held is None else replace(self, promises=self.instead[held], dates=())

    def step(self, key: str) -> Step | None:
        """The step of that key, if there is one."""
        return next((step for step in self.steps if step.key == key), None)


def plan(process: str, decided: Mapping[str, Any] | None = None) -> Plan | None:
    """The public form of a process, where it has one; `decided` replaces what the organisation wants otherwise."""
    body = {**(_shipped(process) or {}), **(decided or {})}
    return _plan(process, body) if body.get("steps") else None


@lru_cache(maxsize=64)
def _shipped(process: str) -> dict[str, Any] | None:
    if not NAME.fullmatch(process):
        return None
    found = resources.files("forms") / "lists" / f"{process}-intake.json"
    return dict(json.loads(found.read_text("utf-8"))) if found.is_file() else None


def _plan(process: str, body: Mapping[str, Any]) -> Plan:
    return Plan(
        process=process,
        title=body["title"],
        lead=body.get("lead", ""),
        steps=tuple(_step(found) for found in body["steps"]),
        reporter=body["reporter"],
        report=body["report"],
        purpose=tuple(body.get("purpose", ())),
        purpose_basis=body.get("purpose_basis", ""),
        promises=tuple(body.get("promises", ())),
        no_date=body.get("no_date", ""),
        basis=body.get("basis", ""),
        poster=body.get("poster", {}),
        data=body.get("data", {}),
        similar=bool(body.get("similar", False)),
        about=body.get("about", ""),
        time=body.get("time", ""),
        way=tuple(body.get("way", ())),
        dates=tuple(Dated(**found) for found in body.get("dates", ())),
        joining=_step(body["joining"]) if body.get("joining") else None,
        dispute=_step(body["dispute"]) if body.get("dispute") else None,
        guide=body.get("guide", {}),
        instead={found["fact"]: tuple(found["text"]) for found in body.get("instead", ())},
    )


def _step(found: Mapping[str, Any]) -> Step:
    words = {name: found.get(name, "") for name in ("lead", "screen")}
    return Step(found["key"], found["title"], **words, one_of=tuple(found.get("one_of", ())))
