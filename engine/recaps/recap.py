"""The monthly recap of a unit or of the whole organisation, as it is printed: counted live, or as it was signed.

A recap is JSON-like facts, complete: letterhead, names, figures, who signed. Once closed, they are kept with their
fingerprint, and nothing else is asked again; so a closed month prints the same bytes whatever happens later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import orjson

from db import sql
from db.queries import recaps
from db.queries.recaps import Kept, Month
from engine.diagrams import releases, schedules
from engine.diagrams.catalog import Diagram
from engine.errors import NotFound
from engine.offices import settings
from engine.recaps.recap_figures import Figures, Rules, Tally, tally

Facts = dict[str, Any]
ADDED = tuple(name for name, kind in Figures.__annotations__.items() if kind == "int" or kind is int)
"""The figures that add up over units."""
WHOLE = ""


@dataclass(frozen=True)
class Reporting:
    """A process by which an organisation reports monthly, and what it reports on."""

    organisation_id: int
    organisation: str
    zone: str
    process: str
    diagram: Diagram

    @property
    def rules(self) -> Rules:
        """What it tells of, by the diagram's start event."""
        return Rules.of(self.diagram.start)

    @property
    def parts(self) -> str:
        """The role whose units report (`jadwal.bagian`)."""
        return self.diagram.start.props.get("jadwal.bagian", "").partition("=")[2].strip()


def reporting(organisation: int, now: int) -> Reporting:
    """How this organisation reports monthly; NotFound where it does not."""
    head = sql.row("SELECT name, timezone FROM organisation WHERE id = ?", (organisation,))
    text = "SELECT DISTINCT process FROM release WHERE organisation_id = ? AND effective_ms <= ? ORDER BY process"
    for (process,) in sql.rows(text, (organisation, now)):
        diagram = releases.current(organisation, str(process), now).diagram
        if diagram.start.props.get("rekap.proses") and head:
            return Reporting(organisation, str(head[0]), str(head[1]), str(process), diagram)
    raise NotFound("recap", organisation)


def read(report: Reporting, unit: str, month: str) -> Facts:
    """The recap of a unit (WHOLE for all) over a month ("2026-03"): as signed, else counted now.

    Raises NotFound for a unit that reports nothing.
    """
    kept = recaps.kept(report.organisation_id, report.process, month, unit)
    if kept is not None and kept.figures:
        return opened(kept)
    return count(report, unit, month, due_ms=kept.due_ms if kept else None)


def opened(kept: Kept) -> Facts:
    """The facts of a closed recap."""
    facts: Facts = orjson.loads(kept.figures)
    return facts | {"code": kept.code}


def count(report: Reporting, unit: str, month: str, *, due_ms: int | None = None) -> Facts:
    """The recap counted from the journal, unsigned."""
    names = members(report)
    if unit != WHOLE and unit not in names:
        raise NotFound("unit", unit)
    counted = _tally(report, unit, month)
    head = _head(report, month, due_ms)
    if unit != WHOLE:
        return head | {"unit": unit, "unit_name": names[unit], "figures": asdict(counted.of(unit)), "units": []}
    rows = _rows(report, month, names, counted)
    return head | {"unit": WHOLE, "unit_name": "", "figures": _whole(counted, rows), "units": rows}


def members(report: Reporting) -> dict[str, str]:
    """The units that report, by code, in the order they were founded."""
    codes = set(recaps.units_with(report.organisation_id, report.parts))
    return {code: name for code, name in recaps.units(report.organisation_id).items() if code in codes}


def span(report: Reporting, month: str) -> Month:
    """The instants of a month in the organisation's zone."""
    first = date.fromisoformat(f"{month}-01")
    calendar = settings.calendar(report.organisation_id)
    until = schedules.month_after(first)
    return Month(report.organisation_id, report.rules.process, calendar.midnight(first), calendar.midnight(until))


def _tally(report: Reporting, unit: str, month: str) -> Tally:
    name = (settings.setting(report.organisation_id, "case_lists") or {}).get("topic", "subyek")
    labels = {choice.code: choice.label for choice in settings.lists(report.organisation_id, [name])[name]}
    return tally(span(report, month), report.rules, settings.calendar(report.organisation_id), labels, unit)


def _head(report: Reporting, month: str, due_ms: int | None) -> Facts:
    body: Mapping[str, Any] = settings.setting(report.organisation_id, "letterhead") or {}
    return {
        "organisation": report.organisation,
        "zone": report.zone,
        "month": month,
        "due_ms": due_ms,
        "letterhead": dict(body),
        "signers": [],
        "closed_ms": None,
    }


def _rows(report: Reporting, month: str, names: Mapping[str, str], counted: Tally) -> list[Facts]:
    """A line for every unit (as it signed, where it has), and one for what no unit has yet."""
    known = {kept.unit: kept for kept in recaps.of_month(report.organisation_id, report.process, month)}
    rows = [_row(code, name, known.get(code), counted) for code, name in names.items()]
    nobody = asdict(counted.of(""))
    return [*rows, *([_line("", "(belum ditentukan)", nobody, None)] if nobody["received"] + nobody["carried"] else [])]


def _row(code: str, name: str, kept: Kept | None, counted: Tally) -> Facts:
    figures = opened(kept)["figures"] if kept and kept.figures else asdict(counted.of(code))
    return _line(code, name, figures, kept)


def _line(code: str, name: str, figures: Mapping[str, Any], kept: Kept | None) -> Facts:
    sent = {"due_ms": kept.due_ms, "sent_ms": kept.sent_ms} if kept else {"due_ms": None, "sent_ms": None}
    shown = {name: figures[name] for name in (*ADDED, "median_days")}
    return {"unit": code, "name": name, "figures": shown, **sent}


def _whole(counted: Tally, rows: Sequence[Facts]) -> Facts:
    """Sums are those of the lines; median, subjects and the slowest are of all complaints together."""
    whole = asdict(counted.of(None))
    return whole | {name: sum(row["figures"][name] for row in rows) for name in ADDED}


# --- who reports to whom ---


def addressee(report: Reporting) -> str:
    """The role that receives: the lane of the step that a milestone names as its receipt (`rekap.terima`)."""
    elements = report.diagram.elements
    step = next((m.props["rekap.terima"] for m in report.diagram.milestones if "rekap.terima" in m.props), "")
    return (elements[step].lane or "") if step in elements else ""


def writers(report: Reporting) -> tuple[str, ...]:
    """The roles that may report outside the monthly one (`insidentil.penulis`)."""
    said = report.diagram.start.props.get("insidentil.penulis", "")
    return tuple(role.strip() for role in said.split(";") if role.strip())
