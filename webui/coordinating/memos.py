"""Surat dinas di dalam instansi: nota dinas, arahan, laporan; written, sent, read with receipt, printed."""

from dataclasses import dataclass
from typing import Any

import orjson
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import coordination as questions
from db.queries import memos as letters
from db.queries import offices
from db.queries import seats as roles_of
from db.queries.memos import Memo, Receipt
from engine import coordination, verbs
from engine.commands.memos import MOST_CASES, SUBJECT, TEXT, Letter
from engine.errors import FormInvalid, NotAllowed, NotFound
from engine.offices import memos, settings
from engine.offices.memos import Kind
from engine.papers import memo as papers
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.coordinating.coordination import lines, offered
from webui.doors import me, real_look, redraws
from webui.filled import say_stale, told, typed
from webui.frame import opens_door, seats
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("memos", __name__)


def _kinds() -> dict[str, Kind]:
    return memos.kinds(me().organisation_id)


bp.add_app_template_global(lambda: bool(_kinds()), "writes_letters")


def _mine() -> list[int]:
    return [seat.office_id for seat in seats() if seat.organisation_id == me().organisation_id]


def _signs() -> dict[str, Kind]:
    """The kinds this person may sign now."""
    return {code: kind for code, kind in _kinds().items() if kind.signed_by(seats(), me().organisation_id)}


def _sees_all() -> bool:
    return opens_door("oversees") or "auditor" in me().actor.powers


@bp.get("/surat")
def index() -> str:
    """The letters one's offices sent or got, the newest first; all of them for those who oversee."""
    number = max(1, request.args.get("halaman", 1, type=whole))
    kind = request.args.get("macam", "")
    kind = kind if kind in _kinds() else ""
    every = _sees_all()
    rows, more = letters.page(me().organisation_id, _mine(), number, kind=kind, every=every)
    return render_template(
        "memos/index.html",
        section="koordinasi" if opens_door("oversees") else "surat",
        here="surat",
        rows=[(row, memos.texts(row.id, row.sealed)["subject"]) for row in rows],
        waiting={one.id for one in letters.unread(_mine(), 100)},
        kinds=_kinds(),
        signs=_signs(),
        kind=kind,
        page=number,
        more=more,
        oversees=opens_door("oversees"),
    )


# --- writing ---


@dataclass(frozen=True)
class Draft:
    """What has been typed into a letter so far."""

    typed: dict[str, str]
    roles: list[str]
    units: list[str]
    cases: list[int]


def _asked() -> Draft:
    """From the list of cases: the kind, the agency, the ticked cases."""
    given = {"kind": request.args.get("macam", "")[:32], "unit": request.args.get("unit", "")[:64]}
    return Draft({"subject": "", "text": "", **given}, [], [], _numbers(request.args.getlist("kasus")))


def _sent() -> Draft:
    return Draft(
        {**typed(("kind", "subject", "unit"), SUBJECT + 1), **typed(("text",), TEXT + 1)},
        [one[:64] for one in request.form.getlist("role")][:100],
        [one[:64] for one in request.form.getlist("units")][:200],
        _numbers(request.form.getlist("kasus")),
    )


def _numbers(sent: list[str]) -> list[int]:
    return [int(one) for one in sent if one.isascii() and one.isdecimal() and len(one) < 10][: MOST_CASES + 1]


@bp.get("/surat/baru")
def write() -> Response:
    """The form of a letter; of cases when it comes from their list."""
    return _form(_asked())


def _form(draft: Draft, problems: dict[str, list[str]] | None = None, status: int = 200) -> Response:
    kind = _kind(draft.typed["kind"])
    found = _chosen(draft) if kind.carries == memos.CASES else []
    summary = {f"p-{n}": (w, problems[n]) for n, w in _labels().items() if problems and n in problems}
    if kind.carries == memos.CASES and not found and status == 200:
        flash(_("Centang dahulu pengaduan yang akan diingatkan."), "error")
        return redirect(url_for("coordination.index", unit=draft.typed["unit"] or None))
    page = render_template(
        "memos/write.html",
        section="koordinasi",
        here="surat",
        kind=kind,
        draft=draft,
        lines=lines(found),
        offered=offered(),
        to=_to(kind, draft.typed["unit"]),
        unit_name=offices.unit_names(me().organisation_id).get(draft.typed["unit"], ""),
        roles=[(r, n) for r, n in roles_of.roles(me().organisation_id) if not kind.readers or r in kind.readers],
        units=offices.unit_names(me().organisation_id),
        number=papers.next_number(me().organisation_id, kind.numbered, me().timezone, now_ms()),
        problems=problems or {},
        summary=summary,
        longest=(SUBJECT, TEXT),
    )
    return make_response(page, status)


def _to(kind: Kind, unit: str) -> list[str]:
    """The offices of one agency it goes to."""
    return [one.name for one in memos.addressees(me().organisation_id, kind, units=[unit])] if unit else []


def _labels() -> dict[str, str]:
    return {"to": _("Kepada"), "cases": _("Pengaduan"), "subject": _("Hal"), "text": _("Isi")}


def _kind(code: str) -> Kind:
    kind = memos.kind(me().organisation_id, code)
    if kind.signed_by(seats(), me().organisation_id) is None:
        raise NotAllowed("write_memo", "Hanya jabatan yang ditetapkan dapat menandatangani surat ini.")
    return kind


def _chosen(draft: Draft) -> list[questions.Case]:
    if not draft.cases:
        return []
    late, soon = coordination.edges(settings.calendar(me().organisation_id), now_ms())
    ask = questions.Ask(me().organisation_id, late, soon, cases=tuple(draft.cases))
    return questions.inventory(ask, 1, MOST_CASES)[0]


def _again() -> Response:
    say_stale()
    return _form(_sent(), status=400)


@bp.post("/surat")
@redraws(_again)
def send() -> Response:
    """Signs and sends; with problems the form comes back, everything typed kept."""
    draft = _sent()
    units = [draft.typed["unit"]] if draft.typed["unit"] else draft.units
    letter = Letter(draft.typed["kind"], draft.typed["subject"], draft.typed["text"], draft.roles, units, draft.cases)
    try:
        memo = verbs.send_memo(letter, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return _form(draft, told(refused.problems), 422)
    flash(_("Surat dikirim. Yang dituju diberi tahu; kapan dibuka tercatat di bawah."))
    return redirect(url_for("memos.show", memo_id=memo))


# --- reading ---


def _memo(memo_id: int) -> Memo:
    """A letter this person may read: theirs, or any for those who oversee; otherwise as if there were none."""
    row = letters.one(me().organisation_id, memo_id)
    mine = _mine()
    if row is None or not (_sees_all() or row.office_id in mine or letters.got(memo_id, mine)):
        raise NotFound("memo", memo_id)
    return row


@bp.get("/surat/<int:memo_id>")
def show(memo_id: int) -> str:
    """The letter. The first look of someone acting for an office it went to is the receipt."""
    row = _memo(memo_id)
    if real_look() and letters.got(memo_id, _mine()) and "auditor" not in me().actor.powers:
        verbs.read_memo(memo_id, by=me().actor, now=now_ms())
        row = _memo(memo_id)
    receipts: list[Receipt] = letters.receipts(memo_id)
    figures: dict[str, Any] = orjson.loads(row.figures)
    return render_template(
        "memos/show.html",
        section="koordinasi" if opens_door("oversees") else "surat",
        here="surat",
        oversees=opens_door("oversees"),
        row=row,
        kind=_kinds().get(row.kind),
        texts=memos.texts(row.id, row.sealed),
        figures=figures,
        receipts=receipts,
        read=[one for one in receipts if one.read_ms is not None],
        reminded=letters.reminded(memo_id),
        topics=offered()["topic"],
    )


@bp.get("/surat/<int:memo_id>.pdf")
def paper(memo_id: int) -> Response:
    """The letter on paper; the same bytes whenever it is printed."""
    row = _memo(memo_id)
    content = papers.draw(me().organisation_id, row)
    looked("printed", detail=f"surat {row.number}")
    return pdf(content, f"surat-{row.id}.pdf")
