"""The steps of a process beside what was measured: in the order of the SOP, with the limit and a small picture each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from db.queries.admin import office_names
from engine.clocks import deadlines
from engine.clocks.deadlines import LimitInvalid
from engine.clocks.measures import Numbers
from engine.diagrams.catalog import Diagram, Element
from engine.offices import settings
from webui import due, language

WAITED_FOR = ("user", "receive")


@dataclass(frozen=True)
class Bar:
    """Median, p90 and limit as parts of 100."""

    median: float
    p90: float
    limit: float
    over: bool  # the median itself is past the limit


@dataclass(frozen=True)
class Step:
    """One step as drawn, and what was measured (None where nothing was done)."""

    element: str
    name: str
    row: int | None  # of the SOP
    who: str
    limit: str
    since: str
    law: str
    norm: str
    form: str
    limit_ms: int | None  # the limit in office time, where it can be compared with time worked
    numbers: Numbers | None = None
    open: int = 0
    open_late: int = 0
    bar: Bar | None = None

    @property
    def bounded(self) -> bool:
        """Whether it has a limit at all."""
        return self.since != ""


def drawn(diagram: Diagram, organisation: int) -> list[Step]:
    """Every step someone has to do: first the rows of the SOP, then the others as they follow in the drawing."""
    steps = [e for e in diagram.elements.values() if e.kind in WAITED_FOR]
    role_map = settings.setting(organisation, "role_map")
    names = office_names(organisation)
    return [step(e, diagram, role_map, names) for e in sorted(steps, key=lambda e: _place(e, diagram))]


def _place(element: Element, diagram: Diagram) -> tuple[int, bool, int]:
    return int(element.props.get("sop.nomor") or 1000), element.process_id != diagram.process_id, element.line


def step(element: Element, diagram: Diagram, role_map: dict[str, str], names: dict[str, str]) -> Step:
    """One element in the office's words."""
    props = element.props
    text, clock, since = _limit(element, diagram)
    row = props.get("sop.nomor", "")
    return Step(
        element=element.id,
        name=language.say(element.name),
        row=int(row) if row else None,
        who=_who(element, diagram, role_map, names),
        limit=limit_words(text, clock),
        since=due.since_words(since) if text != deadlines.ENDLESS else "",
        law=language.say(props.get("dasar")),
        norm=limit_words(props["sop.tunggu"], "jam-kerja") if props.get("sop.tunggu") else "",
        form=element.form_key or "",
        limit_ms=comparable(text, clock) if since == "dikerjakan" else None,
    )


def _limit(element: Element, diagram: Diagram) -> tuple[str, str, str]:
    """Limit, clock and since when: its own, else those of the timer drawn on it."""
    timer = next((e for e in diagram.elements.values() if e.attached_to == element.id and e.duration), None)
    if "sop.waktu" not in element.props and timer is not None:
        return timer.duration or "", timer.props.get("sop.hitungan", "hari-kerja"), "ditawarkan"
    props = element.props
    clock, since = props.get("sop.hitungan", "jam-kerja"), props.get("sop.sejak", "ditawarkan")
    return props.get("sop.waktu", deadlines.ENDLESS), clock, since


def _who(element: Element, diagram: Diagram, role_map: dict[str, str], names: dict[str, str]) -> str:
    """Whom it waits for: the groups drawn on it as this office maps them, else its lane."""
    if element.kind == "receive":
        return str(_("Pelapor"))
    groups = [role_map.get(group, group) for group in element.groups]
    words = [names.get(group) or diagram.lanes.get(group, group) for group in groups]
    return ", ".join(words) or diagram.lanes.get(element.lane or "", element.lane or "")


def limit_words(text: str, clock: str) -> str:
    """As "10 menit kerja" or "10 hari kerja"; a limit that is reckoned from the case's data is shown as it is drawn."""
    amount = comparable(text, clock)
    if amount is not None:
        return str(_("%(time)s kerja", time=language.duration(amount)))
    try:
        return due.limit_words(text, clock)
    except LimitInvalid:
        return text.removeprefix("=").strip()


def comparable(text: str, clock: str) -> int | None:
    """The limit in ms of office time, where it is counted in office hours."""
    try:
        limit = deadlines.Limit.parse(text, clock) if text else None
    except LimitInvalid:
        return None
    return limit.amount if limit is not None and limit.clock == "jam-kerja" else None


def bar(numbers: Numbers, limit_ms: int) -> Bar:
    """The picture of one step: the longest of its values is its full width."""
    worked = numbers.worked
    full = max(worked.p90, worked.median, limit_ms, 1)
    median, p90, limit = (round(100 * ms / full, 2) for ms in (worked.median, worked.p90, limit_ms))
    return Bar(median, p90, limit, worked.median > limit_ms)


def shares(steps: Iterable[Step]) -> tuple[list[Step], list[Step]]:
    """The rows of the SOP, and the rest."""
    found = list(steps)
    return [s for s in found if s.row is not None], [s for s in found if s.row is None]


def filled(step: Step, numbers: Numbers | None, waiting: tuple[int, int]) -> Step:
    """The step with what was measured and what is open now."""
    picture = bar(numbers, step.limit_ms) if numbers and step.limit_ms is not None else None
    return replace(step, numbers=numbers, open=waiting[0], open_late=waiting[1], bar=picture)


def gone(element: str, name: str) -> Step:
    """A step that the release in force no longer has."""
    return Step(element, language.say(name), None, "", "—", "", "", "", "", None)
