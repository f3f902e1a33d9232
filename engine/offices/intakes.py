"""The public doors of the office: which process takes reports, for whom, and what its form asks and promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from db.queries import public
from engine.errors import NotFound
from engine.offices import numbering, settings
from engine.reports import Report, Reporter
from forms import intake
from forms.intake import Plan


@dataclass(frozen=True)
class Door:
    """A process that citizens may start, at one organisation."""

    organisation_id: int
    organisation: str  # its code
    name: str
    timezone: str
    plan: Plan

    @property
    def process(self) -> str:
        """The process behind the door."""
        return self.plan.process

    def number_like(self, now: int) -> str:
        """What a number of a report looks like here."""
        return numbering.write(
            self.organisation_id, "case", 12, datetime.fromtimestamp(now / 1000, ZoneInfo(self.timezone))
        )

    @property
    def contacts(self) -> Mapping[str, str]:
        """How else the organisation is reached: address, email, website, whatsapp."""
        return dict(settings.setting(self.organisation_id, "contacts") or {})


def told(plan: Plan, answers: Mapping[str, Any]) -> tuple[Reporter, Report]:
    """Who tells, and what they tell, by the answers of a public form."""
    who = {name: str(answers.get(key) or "") for name, key in plan.reporter.items()}
    what = {name: str(answers.get(key) or "") for name, key in plan.report.items()}
    return Reporter(**who), Report(**what, data={name: _fact(answers.get(key)) for name, key in plan.data.items()})


def _fact(answer: Any) -> Any:
    """An answer as the diagram reads it: what was not answered is None, a box that was not ticked is False."""
    return None if answer == "" else answer


def doors() -> list[Door]:
    """Every process in force that has a public form."""
    return [door for found in public.doors() if (door := _door(found)) is not None]


def named(found: Sequence[Door]) -> str | None:
    """The one organisation behind these doors; None where there are several, so that no page speaks for one of them."""
    names = {door.name for door in found}
    return names.pop() if len(names) == 1 else None


def doors_of(organisation: int) -> list[Door]:
    """The doors of one organisation, by which its own staff take reports in."""
    return [found for found in doors() if found.organisation_id == organisation]


def door(process: str) -> Door:
    """The door of a process; raises NotFound."""
    for found in public.doors():
        if found.process == process and (opened := _door(found)) is not None:
            return opened
    raise NotFound("intake", process)


def _door(found: public.Door) -> Door | None:
    decided: Mapping[str, Any] = settings.setting(found.organisation_id, "intake") or {}
    plan = intake.plan(found.process, decided.get(found.process))
    return Door(found.organisation_id, found.code, found.name, found.timezone, plan) if plan else None
