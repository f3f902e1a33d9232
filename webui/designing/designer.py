"""The designer's first look: processes and releases, the diagram as it runs, its limits, problems and cases."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from db.queries import releases as published
from db.queries.overdue import Moment
from db.queries.releases import Release, Waiting
from engine.diagrams import proposals, releases
from engine.diagrams.releases import Closure
from engine.errors import NotFound
from engine.papers import sop as sop_papers
from webui import language, measured
from webui.clock import now_ms
from webui.designing import decisions
from webui.doors import me, needs
from webui.measured import Step
from webui.numbers import whole

bp = Blueprint("designer", __name__)

MAY_LOOK = ("designer", "admin", "auditor")
BPMN = ".bpmn"
A_YEAR = 31_536_000


@bp.get("/perancang")
@needs(*MAY_LOOK)
def index() -> str:
    """Every process with the release in force and those before it."""
    found = published.every(me().organisation_id)
    by_process: dict[str, list[Release]] = defaultdict(list)
    for release in found:
        by_process[release.process].append(release)
    names = {process: language.say(_closure(of[0]).diagram.name or process) for process, of in by_process.items()}
    return render_template("designer/index.html", section="perancang", processes=by_process, names=names)


def _closure(release: Release) -> Closure:
    return releases.closure(release.id, release.fingerprint)


def _release(process: str, version: int | None) -> tuple[Release, list[Release]]:
    """The release of that version (the one in force without), and all of them. Raises NotFound."""
    found = published.every(me().organisation_id, process)
    wanted = [r for r in found if version is None or r.version == version]
    if not wanted:
        raise NotFound("release", f"{process} {version}")
    return wanted[0], found


@bp.get("/perancang/<process>/<int:version>/sop.pdf")
@needs(*MAY_LOOK)
def sop(process: str, version: int) -> Response:
    """The official SOP document of a release."""
    release, _every = _release(process, version)
    pdf = sop_papers.document(me().organisation_id, release, now=now_ms())
    name = f"sop-{process}-{version}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


# --- one process ---


@dataclass(frozen=True)
class Sheet:
    """One diagram of a release: the process itself, or one that it calls."""

    name: str  # of the file, without its ending
    words: str
    main: bool


@bp.get("/perancang/<process>")
@needs(*MAY_LOOK)
def show(process: str) -> str:
    """The diagram with limits as badges, the same facts as a table, what the gate says, and where the cases are."""
    release, every = _release(process, request.args.get("versi", type=whole))
    closure = _closure(release)
    sheets = _sheets(closure)
    sheet = next((s for s in sheets if s.name == request.args.get("gambar")), sheets[0])
    waiting = published.waiting([release.id], Moment.of(now_ms(), me().timezone))
    steps = _steps_on(closure, sheet)
    return render_template(
        "designer/show.html",
        section="perancang",
        numbered=any(e.props.get("sop.nomor") for e in closure.diagram.elements.values()),
        release=release,
        every=every,
        in_force=release.version == every[0].version,
        closure=closure,
        sheets=sheets,
        sheet=sheet,
        tables=decisions.shown(me().organisation_id, closure.files),
        steps=steps,
        badges=_badges(steps, waiting),
        problems=proposals.problems(me().organisation_id, closure.files),
        names=proposals.names(closure.files),
        may_open="auditor" in me().actor.powers,
        waiting=_grouped(waiting, measured.drawn(closure.diagram, me().organisation_id)),
    )


def _sheets(closure: Closure) -> list[Sheet]:
    """The process first, then what it calls."""
    files = {e.file: e.process_id for e in closure.diagram.elements.values()}
    calls = {e.called: e.name for e in closure.diagram.elements.values() if e.called}
    found = [
        Sheet(name.removesuffix(BPMN), _sheet_words(process, closure, calls), process == closure.process)
        for name, process in files.items()
    ]
    return sorted(found, key=lambda s: (not s.main, s.name))


def _sheet_words(process: str, closure: Closure, calls: dict[str, str]) -> str:
    if process == closure.process:
        return language.say(closure.diagram.name or process)
    return str(_("Dipanggil: %(name)s", name=language.say(calls.get(process, process))))


def _steps_on(closure: Closure, sheet: Sheet) -> list[Step]:
    """The steps drawn on one sheet."""
    elements = closure.diagram.elements
    steps = measured.drawn(closure.diagram, me().organisation_id)
    return [s for s in steps if elements[s.element].file == f"{sheet.name}{BPMN}"]


def _badges(steps: list[Step], waiting: list[Waiting]) -> list[dict[str, Any]]:
    """What viewer.js puts on the diagram: each step's limit, how many cases wait there, hot when one is late."""
    counted, late = Counter(w.element for w in waiting), {w.element for w in waiting if w.late}
    return [_badge(s, counted[s.element], s.element in late) for s in steps]


def _badge(step: Step, count: int, late: bool) -> dict[str, Any]:
    text = _short(step)
    cases = ngettext("%(num)s kasus", "%(num)s kasus", count) if count else ""
    words = " · ".join(part for part in (text, cases) if part)
    title = " — ".join(part for part in (step.name, step.who, step.limit, step.law) if part)
    level = "hot" if late else "warm" if count else "calm"
    return {"element": step.element, "text": words, "level": level, "title": title} | (
        {"mark": "here"} if count else {}
    )


def _short(step: Step) -> str:
    """The limit in as few words as a task on the diagram is wide."""
    if step.limit_ms is not None:
        return language.duration(step.limit_ms)
    return step.limit if step.bounded and len(step.limit) < 20 else ""


def _grouped(waiting: list[Waiting], steps: list[Step]) -> list[tuple[Step, list[Waiting]]]:
    """The cases by the step they wait at, in the order of the steps."""
    return [(s, here) for s in steps if (here := [w for w in waiting if w.element == s.element])]


@bp.get("/perancang/<process>/<int:version>.bpmn")
@bp.get("/perancang/<process>/<int:version>/<name>.bpmn")
@needs(*MAY_LOOK)
def drawing(process: str, version: int, name: str = "") -> Response:
    """A diagram as it was published: for the viewer, and to open elsewhere."""
    release, _every = _release(process, version)
    files = _closure(release).files
    return _file(files, f"{name or process}{BPMN}")


@bp.get("/perancang/<process>/<int:version>/<name>.dmn")
@needs(*MAY_LOOK)
def table(process: str, version: int, name: str) -> Response:
    """A decision table as it was published, to open elsewhere."""
    release, _every = _release(process, version)
    return _file(_closure(release).files, f"{name}.dmn")


@bp.get("/perancang/<process>/<int:version>/<name>.form")
@needs(*MAY_LOOK)
def form(process: str, version: int, name: str) -> Response:
    """A form as it was published, to open elsewhere."""
    release, _every = _release(process, version)
    return _file(_closure(release).files, f"{name}.form", "application/json")


def _file(files: Mapping[str, str], file: str, kind: str = "application/xml") -> Response:
    if file not in files:
        raise NotFound("diagram", file)
    answer = Response(files[file], mimetype=kind)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"  # opened by itself it is inert
    answer.headers["Content-Disposition"] = f'inline; filename="{file}"'
    answer.cache_control.private, answer.cache_control.max_age = True, A_YEAR  # a release never changes
    return answer
