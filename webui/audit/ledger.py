"""A case's time, to the minute: whose it was, what was break, night, day off or holiday, what the citizen's own."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flask import Response, current_app, render_template
from flask_babel import gettext as _

from db.queries import cases
from db.queries.cases import Head, Task
from engine.clocks.ledger import Calendars, Keeper, Piece, Segment, account, sums, total, within
from engine.clocks.worktime import MINUTE
from engine.commands import printing
from engine.errors import NotFound
from engine.offices import settings
from webui.audit.blueprint import bp
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.doors import needs
from webui.frame import part_name, seen
from webui.watch import looked


@dataclass(frozen=True)
class Share:
    """Minutes of one keeper, and how much of the whole that is (0 to 100)."""

    words: str
    minutes: int
    percent: float
    tone: str  # office, closed, citizen, system
    name: str = ""  # of a holiday, in the words of whoever ordered it


@dataclass(frozen=True)
class Stretch:
    """From one change in the case to the next: who had it, and what its minutes were; they add up to `minutes`."""

    from_ms: int
    until_ms: int
    who: list[str]
    minutes: int
    by_what: dict[str, int]


@dataclass(frozen=True)
class Branch:
    """One task by itself: its own minutes, whatever else went on at the same time."""

    task: Task
    part: str
    minutes: int
    by_what: dict[str, int]


def whats() -> dict[str, str]:
    """What a minute can be, in the order of the tables' columns."""
    return {
        "menunggu": _("Menunggu"),
        "dikerjakan": _("Dikerjakan"),
        "istirahat": _("Istirahat"),
        "malam": _("Di luar jam kerja"),
        "bukan hari kerja": _("Bukan hari kerja"),
        "libur": _("Hari libur"),
        "pelapor": _("Pelapor"),
        "sistem": _("Sistem"),
    }


@bp.get("/audit/kasus/<int:case_id>")
@needs("auditor")
def ledger(case_id: int) -> str:
    """The whole time of a case, accounted for."""
    seen(case_id)
    head, tasks = cases.head(case_id), cases.tasks(case_id)
    if head is None:
        raise NotFound("case", case_id)
    looked("audited", case_id=case_id, detail="waktu")
    end, calendars = head.closed_ms or now_ms(), settings.office_calendars(head.organisation_id)
    segments = account(head.received_ms, end, [_piece(task) for task in tasks], calendars)
    whole = total(head.received_ms, end)
    return render_template(
        "audit/ledger.html",
        head=head,
        moves=cases.dates(case_id).moves,
        end=end,
        whole=whole,
        whats=whats(),
        shares=_shares(segments, tasks, whole),
        stretches=_stretches(head, end, segments, tasks),
        branches=[_branch(task, end, calendars, head) for task in tasks],
    )


def _piece(task: Task) -> Piece:
    return Piece(task.office_id, task.offered_ms, task.started_ms, task.done_ms)


def _shares(segments: list[Segment], tasks: list[Task], whole: int) -> list[Share]:
    names = {task.office_id: task.office or "" for task in tasks}
    return [
        Share(_words(keeper, names), minutes, round(100 * minutes / max(whole, 1), 1), _tone(keeper), keeper.name)
        for keeper, minutes in sums(segments).items()
    ]


def _words(keeper: Keeper, names: dict[int | None, str]) -> str:
    """Whose the minutes were, as "Dikerjakan: bersama (Komisi I, Komisi III)"."""
    what = whats()[keeper.what]
    if not keeper.offices:
        return str(_("Pelapor melengkapi laporannya")) if keeper.what == "pelapor" else what
    offices = ", ".join(names[office] for office in keeper.offices)
    return f"{what}: {_('bersama (%(offices)s)', offices=offices) if len(keeper.offices) > 1 else offices}"


def _tone(keeper: Keeper) -> str:
    if keeper.offices:
        return "warm" if keeper.what == "menunggu" else "cool"
    return "calm" if keeper.what in ("pelapor", "sistem") else ""


def _stretches(head: Head, end: int, segments: list[Segment], tasks: list[Task]) -> list[Stretch]:
    first, last = head.received_ms // MINUTE, end // MINUTE
    changes = {first, last}
    for task in tasks:
        changes |= {ms // MINUTE for ms in (task.offered_ms, task.started_ms, task.done_ms) if ms is not None}
    marks = sorted(mark for mark in changes if first <= mark <= last)
    return [_stretch(a, b, segments, tasks) for a, b in pairwise(marks)]


def _stretch(a: int, b: int, segments: list[Segment], tasks: list[Task]) -> Stretch:
    here = [t for t in tasks if t.offered_ms // MINUTE <= a and (t.done_ms is None or t.done_ms // MINUTE > a)]
    who = list(dict.fromkeys(task.office or str(_("Pelapor")) for task in here)) or [str(_("Sistem"))]
    return Stretch(a * MINUTE, b * MINUTE, who, b - a, _by_what(within(segments, a, b)))


def _by_what(segments: list[Segment]) -> dict[str, int]:
    found: dict[str, int] = {}
    for segment in segments:
        found[segment.keeper.what] = found.get(segment.keeper.what, 0) + segment.minutes
    return found


def _branch(task: Task, end: int, calendars: Calendars, head: Head) -> Branch:
    over = end if task.done_ms is None else task.done_ms
    own = account(task.offered_ms, over, [_piece(task)], calendars)
    minutes = total(task.offered_ms, over)
    return Branch(task, part_name(task.instance, head.organisation_id), minutes, _by_what(own))


@bp.get("/audit/kasus/<int:case_id>/formulir-sop.pdf")
@needs("auditor")
def sop_form(case_id: int) -> Response:
    """The SOP's table filled with what happened; without its subject where the matter is secret."""
    seen(case_id)
    base: Any = current_app.config["OFFICE"]
    content = printing.case_paper("formulir-sop", case_id, base_url=str(base.base_url), now=now_ms())
    looked("printed", case_id=case_id, detail="formulir-sop")
    return pdf(content, f"formulir-sop-{case_id}.pdf")
