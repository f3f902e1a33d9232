"""Whose NIK was used by someone else: the room of the office that keeps identities."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import disputes as questions
from db.queries.disputes import Dispute
from engine import claimants
from engine.commands import disputes
from engine.errors import Conflict, FormInvalid, NotFound
from webui.clock import now_ms
from webui.doors import me
from webui.filled import told
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("disputes", __name__)
KEPT = 5_001


def _may() -> None:
    """Raises NotAllowed for every office but the one that keeps identities."""
    disputes.keeper(me().actor, me().organisation_id, now_ms())


@bp.get("/sengketa-nik")
def index() -> str:
    """Every claim, undecided ones first."""
    _may()
    number = max(1, request.args.get("halaman", 1, type=whole))
    rows, more = questions.page(me().organisation_id, number)
    return render_template("disputes/index.html", section="sengketa", rows=rows, more=more, page=number)


def _find(dispute: int) -> Dispute:
    _may()
    found = questions.one(dispute, me().organisation_id)
    if found is None:
        raise NotFound("dispute", dispute)
    return found


@bp.get("/sengketa-nik/<int:dispute>")
def show(dispute: int) -> Response:
    """What was told, without who told it, and the cases under that NIK."""
    return _page(_find(dispute))


def _page(found: Dispute, *, revealed: bool = False, problems: Any = None, status: int = 200) -> Response:
    looked("viewed", detail=f"nik_dispute:{found.id}")
    html = render_template(
        "disputes/show.html",
        section="sengketa",
        dispute=found,
        claim=disputes.claim_of(found),
        answer=disputes.answer_of(found),
        way=claimants.reached(vars(disputes.claim_of(found)), found.organisation_id),
        cases=questions.cases(found.organisation_id, found.nik_mark),
        ticked=set(request.form.getlist("kasus")),
        typed=request.form.get("jawaban", "")[:KEPT],
        chosen=request.form.get("putusan", ""),
        problems=told(problems) if problems else {},
        revealed=revealed,
    )
    return make_response(html, status)


@bp.post("/sengketa-nik/<int:dispute>/identitas")
def reveal(dispute: int) -> Response:
    """Who told it and how to answer; who looked is kept."""
    found = _find(dispute)
    looked("revealed", detail=f"nik_dispute:{dispute}")
    return _page(found, revealed=True)


@bp.post("/sengketa-nik/<int:dispute>")
def decide(dispute: int) -> Response:
    """Upholds or refuses it."""
    found = _find(dispute)
    chosen = request.form.get("putusan", "")
    if chosen not in (disputes.UPHELD, disputes.REFUSED):
        flash(_("Pilihlah dahulu: benar, atau tidak terbukti."), "error")
        return _page(found, status=422)
    cases = [int(text) for text in request.form.getlist("kasus") if text.isdecimal() and len(text) < 12]
    words: dict[str, Any] = {"uphold": chosen == disputes.UPHELD, "cases": cases}
    try:
        disputes.decide(dispute, **words, answer=request.form.get("jawaban", "")[:KEPT], by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _page(found, problems=bad.problems, status=422)
    except Conflict:
        flash(_("Sudah diputuskan orang lain."), "error")
        return redirect(url_for(".show", dispute=dispute), 303)
    way = claimants.reached(vars(disputes.claim_of(found)), found.organisation_id)
    flash(
        _("Putusan dicatat; jawabannya dikirim.")
        if way
        else _("Putusan dicatat. Sampaikan jawabannya kepada orang ini.")
    )
    return redirect(url_for(".show", dispute=dispute), 303)
