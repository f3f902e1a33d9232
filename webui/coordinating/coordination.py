"""Koordinasi: what is due per agency, the cases to remind of, the board of every office's queue."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from db.queries import coordination as questions
from db.queries import late, papers
from db.queries.coordination import Agency, Ask, Case, Queue
from engine import coordination
from engine.clocks.worktime import Calendar
from engine.errors import NotAllowed
from engine.offices import memos, policy, settings
from webui import due
from webui.clock import now_ms
from webui.doors import me
from webui.frame import opens_door
from webui.law import Law, due_by_law, law
from webui.numbers import whole

bp = Blueprint("coordination", __name__)

FILTERS = {"unit": "unit", "subyek": "topic", "wilayah": "place", "jenis": "kind", "keadaan": "state"}
"""What stands in the address, and which part of the question it is."""
CLOSED = later("Halaman ini untuk koordinator, ketua tim, dan penanggung jawab.")


def may_oversee() -> None:
    """Refuses whoever neither oversees the agencies nor audits."""
    if not (opens_door("oversees") or "auditor" in me().actor.powers):
        raise NotAllowed("oversee", str(CLOSED))


def calendar() -> Calendar:
    return settings.calendar(me().organisation_id)


def asked(**fixed: Any) -> Ask:
    """The question in the address, with what a page holds fast."""
    midnight, soon = coordination.edges(calendar(), now_ms())
    given = {part: request.args.get(name, "")[:64] for name, part in FILTERS.items()}
    given["state"] = given["state"] if given["state"] in questions.IN_STATES else ""
    return Ask(me().organisation_id, midnight, soon, **{**given, **fixed})


def link(ask: Ask) -> dict[str, str]:
    """The question as it stands in an address."""
    return {name: getattr(ask, part) for name, part in FILTERS.items() if getattr(ask, part)}


def page() -> int:
    return max(1, request.args.get("halaman", 1, type=whole))


def offered() -> dict[str, dict[str, str]]:
    """What the filters offer: units, and the entries of the lists that name the codes of a case."""
    organisation = me().organisation_id
    named: dict[str, str] = settings.setting(organisation, "case_lists")
    labels = papers.labels(organisation, sorted(named.values())) if named else {}
    lists = {part: {c: w for (name, c), w in labels.items() if name == listed} for part, listed in named.items()}
    empty: dict[str, dict[str, str]] = {"topic": {}, "place": {}, "kind": {}}
    return {**empty, **lists, "unit": questions.units_of(organisation)}


@dataclass(frozen=True)
class Line:
    """A case as a list shows it: its due time, and by what law."""

    case: Case
    due: due.Due
    law: Law | None
    secret: bool


def lines(rows: list[Case]) -> list[Line]:
    """The rows with their law; a release is read once."""
    mine, now = calendar(), now_ms()
    return [
        Line(row, due_by_law(row.due_ms, mine, now), found, row.secrecy in policy.SECRET)
        for row, found in zip(rows, laws(rows, mine, now), strict=True)
    ]


def laws(rows: list[Case], mine: Calendar, now: int) -> list[Law | None]:
    """The law of each case in a list: while it has a date, and of what was answered late."""
    answers = late.answered([row.id for row in rows if row.due_ms is None and row.answered_ms])
    return [_law(row, answers.get(row.id), mine, now) for row in rows]


def _law(row: Case, answer: late.Answered | None, mine: Calendar, now: int) -> Law | None:
    at, until = answer or (row.due_ms, row.answered_ms or now)
    return None if at is None else law((row.release_id, row.fingerprint), row.received_ms, at, mine, until)


@bp.get("/koordinasi")
def index() -> str:
    """Per agency what is open, late and due soon; below it the cases themselves, those due first first."""
    may_oversee()
    ask = asked()
    ask = ask if ask.state in ("terlambat", "segera") else replace(ask, state="berjalan")
    rows, more = questions.pressing(ask, page())
    agencies = questions.agencies(ask.organisation, ask.midnight, ask.soon_day)
    return render_template(
        "coordination/index.html",
        section="koordinasi",
        here="tenggat",
        agencies=agencies,
        total=_total(agencies),
        chosen=next((a for a in agencies if a.code == ask.unit), None),
        lines=lines(rows),
        more=more,
        page=page(),
        ask=ask,
        link=link(ask),
        rest={name: value for name, value in link(ask).items() if name != "keadaan"},
        reminder=_reminder(),
        offered=offered(),
        reminds=opens_door("coordinates"),
        soon_days=coordination.SOON_DAYS,
    )


def _reminder() -> str:
    """The kind of letter that reminds of cases."""
    kinds = memos.kinds(me().organisation_id).values()
    return next((kind.code for kind in kinds if kind.carries == memos.CASES and kind.signers), "")


def _total(agencies: list[Agency]) -> Agency:
    oldest = min((a.oldest_ms for a in agencies if a.oldest_ms is not None), default=None)
    sums = {name: sum(getattr(a, name) for a in agencies) for name in ("open", "late", "soon", "answered")}
    return Agency("", _("Semua"), **sums, oldest_ms=oldest)


@dataclass(frozen=True)
class Week:
    """What came in and was answered in one week; `height` in hundredths of the fullest."""

    begins_ms: int
    received: int
    answered: int


@bp.get("/koordinasi/papan")
def board() -> str:
    """Every office's queue in one table, and the last weeks."""
    may_oversee()
    now, mine = now_ms(), calendar()
    found = questions.queues(me().organisation_id, now, *coordination.edges(mine, now))
    idle = request.args.get("kosong") == "ya"
    came, went = coordination.weeks(me().organisation_id, mine, now)
    begins = coordination.week_begins(mine, now)
    weeks = [Week(begins + n * 7 * 86_400_000, *pair) for n, pair in enumerate(zip(came, went, strict=True))]
    return render_template(
        "coordination/board.html",
        section="koordinasi",
        here="papan",
        queues=[one for one in found if one.open or idle],
        idle=idle,
        resting=sum(1 for one in found if not one.open),
        total=_sum(found),
        weeks=weeks,
        most=max([*came, *went, 1]),
    )


def _sum(found: list[Queue]) -> dict[str, int]:
    return {name: sum(getattr(one, name) for one in found) for name in ("open", "unopened", "late", "soon")}
