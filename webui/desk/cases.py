"""A case for those who may see it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import cases, published, steps, talk
from db.queries import companions as joined
from db.queries.cases import Head, Task
from engine import letters, verbs
from engine.clocks.worktime import Calendar
from engine.diagrams import releases
from engine.diagrams.releases import Closure
from engine.errors import NotAllowed, NotFound
from engine.letters import Identity
from engine.offices import settings
from engine.offices.policy import SECRET, View
from engine.papers import covering, followup, letter
from engine.publishing import publications
from webui import due, law
from webui.clock import now_ms
from webui.desk import helping, reopening, story, told
from webui.desk.taskpage import calendar_of, may_take_over
from webui.desk.told import Told
from webui.doors import me, real_look
from webui.frame import part_name, seen
from webui.numbers import whole
from webui.uploads import store
from webui.watch import looked

bp = Blueprint("cases", __name__)

SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'none'; sandbox; frame-ancestors 'none'"
REASONS = ("membalas", "bertanya", "memeriksa", "lain")
"""What an identity is opened for: chosen, never typed, as it stands in the access log."""
INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


@bp.get("/kasus/<int:case_id>")
def show(case_id: int) -> Response:
    """Everything of a case: its letter, times, acts, papers and story."""
    head, view = find(case_id)
    looked("viewed", case_id=case_id)
    return _page(head, view)


def _copies(head: Head, view: View) -> list[talk.Copy]:
    """Who was given a copy; the first look of an office that was is kept, in a verb of its own."""
    found, mine = talk.copies(head.id), {seat.office_id for seat in view.seats}
    unread = any(copy.read_ms is None and copy.office_id in mine for copy in found)
    if not (unread and real_look()):
        return found
    verbs.read_copy(head.id, by=me().actor, now=now_ms())
    return talk.copies(head.id)


@bp.post("/kasus/<int:case_id>/identitas")
def reveal(case_id: int) -> Response:
    """How to reach the reporter; who looked is kept."""
    head, view = find(case_id)
    if not view.identity:
        raise NotAllowed("reveal", _("Jabatan Anda tidak berwenang melihat identitas pelapor."))
    reason = request.form.get("alasan", "")
    if reason not in REASONS and settings.setting(head.organisation_id, "reveal_reason"):
        flash(_("Pilih dahulu untuk apa identitas dibuka."), "error")
        return redirect(url_for("cases.show", case_id=case_id) + "#identitas")
    looked("revealed", case_id=case_id, detail=f"alasan:{reason}" if reason in REASONS else "")
    found = cases.reporter(case_id)
    identity = letters.identity(*found) if found else None
    return _page(head, view, identity=identity, revealed=True, companions=_companions(head))


def _on_site(head: Head, view: View, closure: Closure) -> dict[str, Any]:
    """What anyone may read of the case, and what the signed-in person may do about it."""
    shown = published.of_case(head.id) if publications.publishes(closure) else None
    return {"shown": shown, "mends": publications.may_change(view.seats, head.organisation_id) if shown else ()}


def _companions(head: Head) -> list[tuple[Identity | None, int]]:
    """Who has met with the same, and since when: opened with the reporter, by the same press."""
    found = joined.companions(head.id) if head.companions else []
    return [(letters.identity(one.reporter_id, one.sealed), one.at_ms) for one in found]


def find(case_id: int) -> tuple[Head, View]:
    """A case as the signed-in person may see it; raises NotFound."""
    view = seen(case_id)
    head = cases.head(case_id)
    if head is None:
        raise NotFound("case", case_id)
    hidden = head.secrecy in SECRET and not view.texts  # the subject is a part of the content
    return (replace(head, subject=_("(rahasia)")) if hidden else head), view


def _page(
    head: Head,
    view: View,
    *,
    identity: Identity | None = None,
    revealed: bool = False,
    companions: Sequence[tuple[Identity | None, int]] = (),
) -> Response:
    now, calendar = now_ms(), calendar_of(head.organisation_id, None, view.stamp)
    closure = releases.closure(head.release_id, head.fingerprint)
    tasks, done = steps.latest(head.id)
    acts = told.told_of(done, closure, head.organisation_id, view.stamp)
    html = render_template(
        "cases/case.html",
        section="kasus",
        head=head,
        view=view,
        letter=letters.letter(head.id, head.sealed) if view.texts else None,
        proofs=[proof for proof in cases.proofs(head.id) if proof.state == "clean"] if view.texts else [],
        acts=acts,
        papers=_papers(head, closure, acts) if view.texts else [],
        tasks=[(task, due.due(task.due_ms, task.clock, calendar, now), _spent(task, calendar, now)) for task in tasks],
        due=law.due_by_law(head.due_ms, calendar, now),
        identity=identity,
        revealed=revealed,
        asks_why=bool(view.identity and settings.setting(head.organisation_id, "reveal_reason")),
        companions=companions,
        **_on_site(head, view, closure),
        may_withdraw=_may_withdraw(head, view),
        may_reopen=reopening.may_reopen(head, view),
        may_ask=helping.may_ask(head, view, tasks, closure),
        copies=_copies(head, view),
        dates=cases.dates(head.id) if closure.diagram.milestones else cases.NO_DATES,
        above={task.id for task in tasks if may_take_over(task, view)},
    )
    return make_response(html)


@bp.get("/kasus/<int:case_id>/riwayat")
def history(case_id: int) -> Response:
    """The whole story of a case, the newest first, a page at a time; a part of a page where a page asks for it."""
    head, view = find(case_id)
    lines, more = cases.journal(head.id, request.args.get("sebelum", 0, type=whole))
    facts = {"head": head, "view": view, "events": story.tell(lines), "more": lines[-1].seq if more else None}
    part = "cases/_history.html" if request.headers.get("HX-Request") else "cases/history.html"
    return make_response(render_template(part, section="kasus", **facts))


def _papers(head: Head, closure: Closure, acts: Sequence[Told]) -> list[tuple[str, str, str]]:
    """What can be printed now: kind, unit ("" for the whole case), and its name."""
    done = [one.act for one in acts]
    parts = [("tindak-lanjut", unit, _("Laporan tindak lanjut")) for unit in followup.units(done, closure)]
    answers = [("surat-balasan", unit, _("Surat balasan")) for unit in letter.answered(done)]
    notes = [("surat-pengantar", "", _("Surat pengantar"))] if covering.is_written(done) else []
    disposes = any(screen.properties.get("lembar") for screen in closure.screens.values())
    sheets = [("lembar-disposisi", "", _("Lembar disposisi")), ("kartu-kendali", "", _("Kartu kendali masuk"))]
    ready = sheets if disposes else []
    named = (
        (kind, unit, name, part_name(unit, head.organisation_id))
        for kind, unit, name in ready + parts + answers + notes
    )
    return [(kind, unit, f"{name}: {part}" if unit else name) for kind, unit, name, part in named]


def _spent(task: Task, calendar: Calendar, now: int) -> tuple[int, int | None]:
    """Office time a task waited and was worked on so far (ms)."""
    if task.state != "open" and task.waited_ms is not None:
        return task.waited_ms, task.worked_ms
    end = task.done_ms or now
    waited = calendar.work_ms_between(task.offered_ms, task.started_ms or end)
    return waited, None if task.started_ms is None else calendar.work_ms_between(task.started_ms, end)


def _may_withdraw(head: Head, view: View) -> bool:
    """The office withdraws for a reporter who asks it to: whoever may know who that is."""
    return view.identity and head.state in ("berjalan", "insiden")


@bp.post("/kasus/<int:case_id>/cabut")
def withdraw(case_id: int) -> Response:
    """Takes the report back at the reporter's wish."""
    head, view = find(case_id)
    if not _may_withdraw(head, view):
        raise NotAllowed("withdraw", _("Laporan ini tidak dapat dicabut oleh jabatan Anda."))
    if request.form.get("diminta") != "ya":
        flash(_("Centang bahwa pelapor sendiri yang meminta, lalu cabut."), "error")
        return redirect(url_for("cases.show", case_id=case_id) + "#cabut")
    verbs.withdraw(case_id, by=me().actor, now=now_ms())
    flash(_("Laporan dicabut atas permintaan pelapor."))
    return redirect(url_for("cases.show", case_id=case_id))


@bp.get("/kasus/<int:case_id>/berkas/<int:proof_id>")
def proof(case_id: int, proof_id: int) -> Response:
    """A proof: photos in the page, everything else as a download; never as a page of its own right."""
    _head, view = find(case_id)
    found = cases.proof(case_id, proof_id)
    if not view.texts or found is None or found.state != "clean":
        raise NotFound("attachment", proof_id)
    path: Path = store().path_of(found.content_hash)
    if not path.exists():
        raise NotFound("attachment", proof_id)
    looked("attachment", case_id=case_id, detail=f"attachment:{proof_id}")
    inline = found.media_type in INLINE
    kind: str = found.media_type if inline else "application/octet-stream"
    answer: Any = send_file(path, mimetype=kind, as_attachment=not inline, download_name=found.name, etag=True)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[no-any-return]  # send_file's own Response
