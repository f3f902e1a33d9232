"""The page of one task: the letter on the left, the form (or the lembar disposisi) on the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import make_response, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import cases, desk, steps
from db.queries.cases import Head, Task
from engine import letters
from engine.clocks.worktime import Calendar
from engine.diagrams import releases
from engine.diagrams.releases import Closure
from engine.errors import NotFound
from engine.identities import knowing
from engine.offices import policy, settings, standing
from engine.offices.people import Seat
from engine.offices.policy import View
from engine.papers import covering, heading
from engine.publishing.publications import REASON
from forms import Screen
from webui import answering, due, frame, language, law, spoken
from webui.clock import now_ms
from webui.desk import editing, phrases, taskform, told
from webui.doors import me


def find(task_id: int) -> tuple[Task, View]:
    """A task this person may look at; NotFound for any other, before anything is said of how it stands."""
    row = cases.task(task_id)
    if row is None:
        raise NotFound("task", task_id)
    view = frame.seen(row.case_id)
    if not view.texts:
        raise NotFound("task", task_id)
    return row, view


def seat_of(row: Task, view: View) -> Seat | None:
    """The seat by which this person may act on the task now, if any."""
    return next((seat for seat in view.seats if seat.office_id == row.office_id), None)


@dataclass(frozen=True)
class Aside:
    """A reason that was typed beside the form, and what is wrong with it."""

    reason: str = ""
    problems: Sequence[str] = ()


NOTHING = Aside()


def page(
    row: Task,
    view: View,
    *,
    aside: Aside = NOTHING,
    typed: Mapping[str, Any] | None = None,
    problems: Mapping[str, Sequence[Any]] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    """The task as it stands: to be done, or a look at it for someone who may not act."""
    if row.state != "open":
        return done(row, view, typed=typed or {}, status=status)
    seat, row = seat_of(row, view), _claim_of(row)
    context = _context(row, view)
    closure: Closure = context["closure"]
    drawn = closure.screens.get(row.form)
    screen = spoken.screen(drawn) if drawn else None
    free = row.claimed_by in (None, me().actor.account_id)
    form, saved, saved_ms = None, typed, None
    if seat and free and screen:
        saved, saved_ms = (typed, None) if typed is not None else _draft(row)
        proposed = editing.proposals(context["element"], context["head"], context["letter"], context["acts"])
        initial = _known({**context, "screen": drawn}) | proposed
        form = taskform.split(screen, screen.bind(saved, context["lists"], problems=problems, initial=initial))
    more = {"seat": seat, "free": free, "form": form, "screen": screen, "notice": notice, "saved_ms": saved_ms}
    beside: dict[str, Any] = {"aside": aside, "above": seat is None and may_take_over(row, view)}
    beside["phrases"] = phrases.offered(row, context["head"], view) if form else []
    answer = answering.of(row, view) if form and screen and screen.display == answering.SHOWN else None
    beside["editing"] = _editing(context, form, saved, problems)
    html = render_template("tasks/task.html", section="tugas", **context, **more, **beside, answer=answer)
    return make_response(html, status)


def _editing(
    context: Mapping[str, Any],
    form: taskform.Form | None,
    saved: Mapping[str, Any] | None,
    problems: Mapping[str, Sequence[Any]] | None,
) -> editing.Editing | None:
    """The original beside what is edited, for tasks whose diagram wants them compared."""
    if form is None:
        return None
    shown = {name: kept_text(bound.given) for name, bound in form.screen.fields.items()}
    about = (context["element"], context["head"], context["letter"], context["acts"])
    reason = kept_text((saved or {}).get(REASON))
    return editing.of(*about, shown, reason=reason, problems=(problems or {}).get(REASON, ()))


def kept_text(given: Any) -> str:
    """What was typed into a field that stands in no form."""
    return str(given[0] if isinstance(given, list) and given else given or "")


def phrase(row: Task, view: View, chosen: int) -> str:
    """The text of a template that is offered at this task; "" for any other."""
    head = cases.head(row.case_id)
    found = phrases.offered(row, head, view) if head else []
    return next((one.text for one in found if one.id == chosen), "")


def _claim_of(row: Task) -> Task:
    """The task without the claim of someone who may no longer act for its office."""
    if row.claimed_by is None or policy.holds(row.claimed_by, row.office_id, now_ms()):
        return row
    return replace(row, claimed_by=None, claimed_ms=None, claimed_name=None)


def may_take_over(row: Task, view: View) -> bool:
    """Whether an office of this person stands above the one an open task waits for."""
    if row.state != "open" or row.office_id is None or not view.texts:
        return False
    above = standing.kept(view.stamp, steps.superiors, me().organisation_id)
    mine, office, seen = {seat.office_id for seat in view.seats}, row.office_id, set[int]()
    while office in above and office not in seen:
        seen.add(office)
        office = above[office]
        if office in mine:
            return True
    return False


def done(
    row: Task,
    view: View,
    *,
    sentence: str = "",
    typed: Mapping[str, Any] | None = None,
    aside: Aside = NOTHING,
    status: int = 200,
) -> Response:
    """A task that is not (or no longer) this person's to do: what became of it, what they had typed, what is next."""
    context = _context(row, view)
    following = desk.next_task(me().actor.account_id, [seat.office_id for seat in frame.seats()], row.id)
    mine = row.done_by == me().actor.person_id and row.state == "done"
    recall = mine and steps.may_be_recalled(row.id, me().actor.account_id)
    more: dict[str, Any] = {"recall": recall, "aside": aside}
    more |= {"sentence": sentence, "typed": _typed(typed or {}, context), "following": following, "mine": mine}
    return make_response(render_template("tasks/done.html", section="tugas", **context, **more), status)


def _typed(typed: Mapping[str, Any], context: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What had been typed, by label, to be copied; what was only chosen is chosen again as quickly."""
    screen = context["closure"].screens.get(context["row"].form)
    fields = screen.fields.items() if screen else ()
    labels = {name: language.say(asked.label) for name, asked in fields if asked.kind in ("textfield", "textarea")}
    given = [(name, " ".join(texts) if isinstance(texts, list) else str(texts)) for name, texts in typed.items()]
    return [(labels[name], text) for name, text in given if name in labels and text.strip()]


def _context(row: Task, view: View) -> dict[str, Any]:
    """Everything about the case that stands around the form."""
    head = cases.head(row.case_id)
    assert head is not None
    closure = releases.closure(head.release_id, head.fingerprint)
    lists = spoken.lists(told.lists_of(closure, head.organisation_id, view.stamp))
    _tasks, done_steps = steps.latest(row.case_id, row.id)
    acts = told.told_of(done_steps, closure, head.organisation_id, view.stamp)
    before = _leading([act for act in acts if act.act.task != row.id], row, closure)
    return {
        "row": row,
        "view": view,
        "head": head,
        "closure": closure,
        "lists": lists,
        "element": closure.diagram.elements.get(row.element),
        "letter": letters.letter(head.id, head.sealed),
        "proofs": [proof for proof in cases.proofs(head.id) if proof.state == "clean"],
        "acts": acts,
        "before": before[-1] if before else None,
        "covered": view.texts and covering.is_written([act.act for act in acts]),
        "gathered": _gathered(acts, before[-1]) if before and not row.instance else [],
        **_clocks(row, head, view.stamp),
        "letterhead": standing.kept(view.stamp, settings.setting, head.organisation_id, "letterhead"),
        "marks": _marks(closure, lists),
        **(_sender(head, view.stamp) if view.texts else {"sender": "", "reach": []}),
    }


def _clocks(row: Task, head: cases.Head, stamp: str) -> dict[str, Any]:
    """By when, by what law, how long it waited and was worked on (office time in ms)."""
    now, calendar = now_ms(), calendar_of(head.organisation_id, row.office_id, stamp)
    return {
        "due": due.due(row.due_ms, row.clock, calendar, now),
        "case_due": law.due_by_law(row.law_ms, calendar_of(head.organisation_id, None, stamp), now),
        "lines": _lines(row, head, calendar),
        "limit": due.limit_words(row.limit_text, row.clock),
        "since": due.since_words(row.since),
        "spent": None if row.started_ms is None else calendar.work_ms_between(row.started_ms, now),
        "waited": calendar.work_ms_between(row.offered_ms, row.started_ms or now),
    }


def calendar_of(organisation: int, office: int | None, stamp: str) -> Calendar:
    """The working time an office keeps."""
    kept = standing.kept(stamp, settings.office_calendars, organisation)
    return kept.get(office) or kept[None]


def _sender(head: Head, stamp: str) -> dict[str, Any]:
    """Whom the letter is from, as on the paper, and by which ways they can be answered: the ways, not the addresses.

    Where the organisation's papers do not name them, who may know opens it on the case, and that is kept.
    """
    who = letters.identity(head.reporter_id, head.identity)
    ways = [(who.email, _("surel")), (who.phone, _("telepon atau WhatsApp"))] if who else []
    named = bool(standing.kept(stamp, settings.setting, head.organisation_id, "shows_sender"))
    return {
        "sender": heading.sender(head.reporter_id, head.identity, named=named),
        "hides_sender": not named,
        "reach": [words for given, words in ways if given],
    }


def _lines(row: Task, head: Head, calendar: Any) -> list[Any]:
    return due.reckoning(
        row.limit_text,
        row.clock,
        row.since,
        offered=row.offered_ms,
        started=row.started_ms,
        received=head.received_ms,
        calendar=calendar,
    )


def _gathered(acts: Sequence[told.Told], before: told.Told) -> list[told.Told]:
    """What the parts of a case have brought since the step before: shown where their results are used."""
    return [one for one in acts if one.act.instance and one.act.at_ms >= before.act.at_ms]


def _leading(acts: Sequence[told.Told], row: Task, closure: Closure) -> list[told.Told]:
    """The acts of this part of the case that can have led to the task; all of the part where none can."""
    here = [one for one in acts if _same_part(one.act.instance, row.instance)]
    return [one for one in here if not closure.diagram.side_by_side(row.element, one.act.element)] or here


def _same_part(instance: str, mine: str) -> bool:
    """Whether an act belongs to this part of the case: its own committee's, or everyone's."""
    return not instance or mine.startswith(instance)


def _marks(closure: Closure, lists: told.Lists) -> dict[str, list[tuple[str, str]]]:
    """The boxes of urgency and secrecy on the sheet: code and label."""
    return {name: [(c.code, c.label) for c in lists.get(name, ())] for name in ("urgensi", "kerahasiaan")}


def _known(context: Mapping[str, Any]) -> dict[str, Any]:
    """What proposals are made from: the facts of the case as they stand."""
    closure, head = context["closure"], context["head"]
    known: dict[str, Any] = dict(closure.diagram.initial)
    for act in context["acts"]:
        known |= {name: value for name, value in act.act.answers.items() if value is not None}
    if _unanswered(context["screen"], context["acts"]) & set(closure.diagram.initial):
        known |= {n: value for n, value in knowing.at(context["row"].id, closure).items() if value is not None}
    return known | {"perihal": head.subject, "urgensi": head.urgency, "kerahasiaan": head.secrecy}


def _unanswered(screen: Screen, acts: Sequence[told.Told]) -> set[str]:
    """The facts a form proposes, leaves out or puts first by that no act told: the report brought them, or a table."""
    asked = screen.fields.values()
    sources = {field.properties["usul"].partition("=")[0] for field in asked if "usul" in field.properties}
    sources |= {field.name for field in asked if field.keeps}
    sources |= {field.properties[by] for field in asked for by in ("kecuali", "dahulu") if by in field.properties}
    return sources.difference(*(act.act.answers for act in acts))


def _draft(row: Task) -> tuple[dict[str, Any] | None, int | None]:
    """What this person had filled in so far, and when it was kept."""
    name = f"task:{row.id}:{me().actor.account_id}"
    found = cases.draft(name)
    return (letters.draft(name, found[0]), found[1]) if found else (None, None)
