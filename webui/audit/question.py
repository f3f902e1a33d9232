"""What an auditor's page is about: a process in a period, of one unit or office or of all; the same in its address."""

from dataclasses import dataclass, field
from typing import Any

from flask import request

from db.queries import audit
from db.queries.audit import Desk, Span
from db.queries.overdue import Moment
from engine.diagrams import releases, schedules
from engine.diagrams.catalog import Diagram
from engine.errors import NotFound
from webui import periods
from webui.clock import now_ms
from webui.doors import me
from webui.periods import Period


@dataclass(frozen=True)
class Question:
    """A process in a period; `unit` and `office` are codes, "" for all."""

    process: str
    processes: dict[str, str]  # what each is called; those that citizens begin stand first
    diagram: Diagram
    period: Period
    span: Span
    desks: list[Desk] = field(repr=False)
    unit: str = ""
    office: str = ""

    @property
    def link(self) -> dict[str, str]:
        """The same question in an address."""
        days = {"dari": self.period.first.isoformat(), "sampai": self.period.last.isoformat()}
        more = {"unit": self.unit, "jabatan": self.office}
        return {"proses": self.process, **days, **{name: code for name, code in more.items() if code}}

    @property
    def units(self) -> dict[str, str]:
        """The units that have offices: code → name."""
        return dict(sorted({desk.unit: desk.unit_name for desk in self.desks}.items(), key=lambda unit: unit[1]))

    @property
    def of_whom(self) -> str:
        """The name of the office or unit it is narrowed to, or ""."""
        if self.office:
            return next(desk.name for desk in self.desks if desk.code == self.office)
        return self.units.get(self.unit, "")


def asked() -> Question:
    """The question in the address; raises NotFound for a process, unit or office there is not."""
    organisation, now = me().organisation_id, now_ms()
    names, desks = process_names(organisation, now), audit.desks(organisation)
    process = request.args.get("proses") or next(iter(names), "")
    if process not in names:
        raise NotFound("process", process)
    unit, office = request.args.get("unit", ""), request.args.get("jabatan", "")
    period = periods.asked(request.args, now, me().timezone)
    diagram = releases.current(organisation, process, now).diagram
    span = Span(organisation, process, period.from_ms, period.until_ms, _offices(desks, unit, office))
    return Question(process, names, diagram, period, span, desks, unit, office)


def process_names(organisation: int, now: int) -> dict[str, str]:
    """The processes of an organisation by what they are called; those that begin by the calendar stand last."""
    drawn = {code: _drawn(organisation, code, now) for code in audit.processes(organisation)}
    first = [code for code, found in drawn.items() if found is not None and schedules.of(found) is None]
    order = [*first, *(code for code in drawn if code not in first)]
    return {code: (found.name if (found := drawn[code]) else "") or code for code in order}


def _drawn(organisation: int, process: str, now: int) -> Diagram | None:
    """The diagram in force; None where there is none yet."""
    try:
        return releases.current(organisation, process, now).diagram
    except NotFound:
        return None


def _offices(desks: list[Desk], unit: str, office: str) -> tuple[int, ...]:
    """The offices it is narrowed to; none for all."""
    if not (unit or office):
        return ()
    found = tuple(d.id for d in desks if (not office or d.code == office) and (not unit or d.unit == unit))
    if not any(d.code == office for d in desks if office) and not any(d.unit == unit for d in desks if unit):
        raise NotFound("office", office or unit)
    return found or (0,)  # a unit and an office of another one: nobody


def presets() -> dict[str, Any]:
    """The periods people ask for most, by name."""
    return periods.months(now_ms(), me().timezone, audit.began(me().organisation_id))


def moment() -> Moment:
    """Now, and since when what is counted in working days is late."""
    return Moment.of(now_ms(), me().timezone)
