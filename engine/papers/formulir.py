"""The execution form of the SOP: what its rows prescribe, and what happened at each of them in this case."""

from collections.abc import Sequence

from db.queries import cases, papers
from db.queries.cases import Task
from engine.clocks import deadlines
from engine.clocks.deadlines import LimitInvalid
from engine.diagrams.catalog import Element
from engine.offices.policy import SECRET
from engine.papers import heading
from engine.papers.acts import PREFIXES
from engine.papers.dossier import Dossier
from forms import dates
from forms.sheets import formulir_sop as sheet
from forms.sheets.formulir_sop import Run, Step

MINUTE = 60_000


def content(case: Dossier) -> sheet.FormulirSop:
    """The form, without code; it tells up to the last entry of the journal."""
    tasks = cases.tasks(case.head.id)
    rows = [e for e in case.closure.diagram.elements.values() if e.props.get("sop.nomor")]
    rows.sort(key=lambda element: int(element.props["sop.nomor"]))
    units = papers.units(case.head.organisation_id)
    return sheet.FormulirSop(
        letterhead=case.letterhead,
        title=case.closure.diagram.name or case.closure.process,
        sop_number=_sop_number(rows),
        case_number=case.head.number,
        subject=heading.HIDDEN if case.head.secrecy in SECRET else case.head.subject,
        received_ms=case.head.received_ms,
        closed_ms=case.head.closed_ms,
        steps=tuple(_step(row, [t for t in tasks if t.element == row.id], units) for row in rows),
        standard_minutes=sum(_standard(row) or 0 for row in rows),
        worked_minutes=sum((t.worked_ms or 0) // MINUTE for t in tasks if t.sop_row is not None),
        printed_ms=max((ms for t in tasks for ms in _instants(t)), default=case.head.received_ms),
        zone=case.head.zone,
    )


def _instants(task: Task) -> list[int]:
    return [ms for ms in (task.offered_ms, task.started_ms, task.done_ms) if ms is not None]


def _sop_number(rows: Sequence[Element]) -> str:
    """As the rows name it: "SOP 9.3.3/10/416-050/2023 langkah 1" without its step."""
    law = rows[0].props.get("dasar", "") if rows else ""
    return law.partition(" langkah ")[0].removeprefix("SOP ")


def _standard(row: Element) -> int | None:
    """The minutes the row allows, where it is counted in office hours."""
    try:
        limit = deadlines.Limit.parse(row.props.get("sop.waktu", ""), row.props.get("sop.hitungan", "jam-kerja"))
    except LimitInvalid:
        return None
    return limit.amount // MINUTE if limit is not None and limit.clock == "jam-kerja" else None


def _step(row: Element, tasks: Sequence[Task], units: dict[str, str]) -> Step:
    props, minutes = row.props, _standard(row)
    return Step(
        number=props["sop.nomor"],
        activity=props.get("sop.kegiatan") or row.name,
        actor=props.get("sop.pelaksana", ""),
        documents=props.get("sop.kelengkapan", "").replace(";", "; "),
        limit=dates.duration(minutes) if minutes is not None else props.get("sop.waktu", "-"),
        output=props.get("sop.keluaran", ""),
        runs=tuple(_run(task, units) for task in tasks),
    )


def _run(task: Task, units: dict[str, str]) -> Run:
    code = task.instance.rpartition("/")[2]
    labels = [units.get(code, code) if code else "", f"ke-{task.cycle}" if task.cycle > 1 else ""]
    return Run(
        label=", ".join(label for label in labels if label),
        started_ms=task.started_ms,
        done_ms=task.done_ms,
        by=f"{task.by}\n{PREFIXES.get(task.done_as, '')}{task.done_office}" if task.by else task.office or "",
        minutes=None if task.worked_ms is None else task.worked_ms // MINUTE,
        status=_status(task),
        late=task.late,
    )


def _status(task: Task) -> str:
    if task.state == "done":
        taken = task.outcome.replace("_", " ")
        words = "selesai" if taken in ("", "selesai") else f"selesai: {taken}"
        return f"{words}\nTERLAMBAT" if task.late else f"{words}\ntepat waktu"
    if task.state == "open":
        return "sedang dikerjakan" if task.started_ms is not None else "menunggu"
    return "tidak diperlukan lagi"
