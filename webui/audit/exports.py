"""The journal to take along: CSV, XES and OCEL, written as they are read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request, stream_with_context

from db.queries import audit, events
from db.queries.events import Wanted
from engine.errors import NotFound
from engine.exports import naming, ocel, xes
from webui import periods, spreadsheet
from webui.audit import question
from webui.audit.blueprint import bp
from webui.clock import now_ms
from webui.doors import me, needs
from webui.watch import looked

Text = Callable[[Wanted, bool], Iterator[str]]


@dataclass(frozen=True)
class Format:
    """A kind of file: its ending, media type, and how it is written."""

    ending: str
    media_type: str
    text: Text


def _xes(wanted: Wanted, names: bool) -> Iterator[str]:
    return xes.text(events.by_case(wanted), names=names)


def _ocel(wanted: Wanted, names: bool) -> Iterator[str]:
    return ocel.text(events.by_case(wanted), audit.desks(wanted.organisation_id), names=names)


def _csv(wanted: Wanted, names: bool) -> Iterator[str]:
    return spreadsheet.lines(_rows(wanted, names))


FORMATS = {
    "csv": Format("csv", "text/csv", _csv),
    "xes": Format("xes", "application/xml", _xes),
    "ocel": Format("ocel.json", "application/json", _ocel),
}


def _rows(wanted: Wanted, names: bool) -> Iterable[list[Any]]:
    yield [
        *("laporan", "nomor", "seq", "macam", "waktu", "waktu_ms", "tugas", "nama_tugas", "elemen", "bagian"),
        *("jabatan", "kode_jabatan", "nama_jabatan", "orang", *(("nama",) if names else ()), "sebagai", "fakta"),
        *("sidik_sebelum", "sidik"),
    ]
    for case, found in events.by_case(wanted):
        for e in found:
            yield [
                *(e.case_file, case.number, e.seq, e.kind, naming.iso(e.at_ms), e.at_ms, e.task, e.name, e.element),
                *(e.instance, e.office, e.office_code, e.office_name, e.person),
                *((e.person_name,) if names else ()),
                *(e.acting_as, e.facts, e.prev_hash, e.hash),
            ]


@bp.get("/audit/ekspor")
@needs("auditor")
def exports() -> str:
    """What can be taken along, for which period."""
    period = periods.asked(request.args, now_ms(), me().timezone)
    days = {"dari": period.first.isoformat(), "sampai": period.last.isoformat()}
    more = {"proses": _process(), "nama": "ya" if request.args.get("nama") == "ya" else ""}
    return render_template(
        "audit/exports.html",
        link=days | {name: value for name, value in more.items() if value},
        period=period,
        count=events.count(Wanted(me().organisation_id, period.from_ms, period.until_ms)),
        process=_process(),
        processes=question.process_names(me().organisation_id, now_ms()),
        names=request.args.get("nama") == "ya",
        months=question.presets(),
    )


def _process() -> str:
    process = request.args.get("proses", "")
    if process and process not in audit.processes(me().organisation_id):
        raise NotFound("process", process)
    return process


@bp.get("/audit/ekspor/jurnal.<format>")
@needs("auditor")
def export(format: str) -> Response:
    """The file, streamed; its memory does not grow with the journal."""
    if format not in FORMATS:
        raise NotFound("format", format)
    made, period = FORMATS[format], periods.asked(request.args, now_ms(), me().timezone)
    wanted = Wanted(me().organisation_id, period.from_ms, period.until_ms, _process())
    looked("exported", detail=f"{format} {period.first} {period.last}")
    answer = Response(
        stream_with_context(made.text(wanted, request.args.get("nama") == "ya")), mimetype=made.media_type
    )
    name = f"jurnal-{period.first}-{period.last}.{made.ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
