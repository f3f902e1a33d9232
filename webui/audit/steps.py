"""Every step of a process with its figures: how many, how long, how late; each leads to its cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template

from db.queries import audit, late
from engine.clocks import deadlines, measures
from engine.offices import settings
from webui import measured, spreadsheet
from webui.audit import question
from webui.audit.blueprint import bp
from webui.audit.question import Question
from webui.doors import me, needs
from webui.measured import Step
from webui.watch import looked


@dataclass(frozen=True)
class Promised:
    """What the law's milestones came to: in time, late, lapsed (ended without them), overdue and still open."""

    kept: int
    late: int
    lapsed: int
    overdue: int


def promised(asked: Question) -> Promised | None:
    """Of the span, by the organisation's calendar; None where the process has no milestone with a limit."""
    if not any("sop.waktu" in milestone.props for milestone in asked.diagram.milestones):
        return None
    found, calendar = late.kept(asked.span, question.moment()), settings.calendar(asked.span.organisation_id)
    missed = sum(deadlines.is_late(at, due, deadlines.LAW_CLOCK, calendar) for due, at in found.after)
    return Promised(found.reached - missed, missed, found.lapsed, found.overdue)


@bp.get("/audit")
@needs("auditor")
def index() -> str:
    """The steps, first the rows of the SOP."""
    if not audit.processes(me().organisation_id):
        return render_template("audit/empty.html")
    asked = question.asked()
    rows, others = measured.shares(steps(asked))
    every = [*rows, *others]
    return render_template(
        "audit/index.html",
        asked=asked,
        promised=promised(asked),
        rows=rows,
        others=[s for s in others if s.numbers or s.open],
        received=audit.received(asked.span),
        done=sum(s.numbers.done for s in every if s.numbers),
        late=sum(s.numbers.late for s in every if s.numbers),
        open_late=sum(s.open_late for s in every),
        months=question.presets(),
    )


def steps(asked: Question) -> list[Step]:
    """The steps as drawn now, with their figures; a step that only older releases had comes last."""
    numbers = measures.steps(asked.span, me().timezone)
    waiting = audit.waiting(asked.span, question.moment())
    found = measured.drawn(asked.diagram, asked.span.organisation_id)
    gone = audit.names(sorted(set(numbers) - {s.element for s in found}))
    found += [measured.gone(element, name) for element, name in gone.items()]
    return [measured.filled(s, numbers.get(s.element), waiting.get(s.element, (0, 0))) for s in found]


@bp.get("/audit/langkah.csv")
@needs("auditor")
def steps_file() -> Response:
    """The same figures as a table to open elsewhere."""
    asked = question.asked()
    looked("audited", detail="langkah.csv")
    name = f"langkah-{asked.process}-{asked.period.first}-{asked.period.last}.csv"
    return spreadsheet.download(name, _table(steps(asked)))


def _table(steps: list[Step]) -> Iterator[list[Any]]:
    yield [
        *("nomor_sop", "langkah", "pelaksana", "batas", "dasar", "selesai", "dikerjakan_median_menit"),
        *("dikerjakan_p90_menit", "dikerjakan_terlama_menit", "menunggu_median_menit", "menunggu_p90_menit"),
        *("menunggu_terlama_menit", "terlambat", "persen_terlambat", "diulang", "masih_terbuka", "terbuka_lewat_batas"),
    ]
    for s in steps:
        n = s.numbers
        spreads = (n.worked, n.waited) if n else ()
        times: list[float | None] = [
            ms / measures.MINUTE for spread in spreads for ms in (spread.median, spread.p90, spread.worst)
        ]
        counts = [n.late, n.percent_late, n.again] if n else [0, None, 0]
        yield [
            *(s.row, s.name, s.who, s.limit, s.law, n.done if n else 0),
            *(times or [None] * 6),
            *counts,
            *(s.open, s.open_late),
        ]
