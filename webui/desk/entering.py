"""A report that came by letter, telephone or at the counter, typed in by whoever takes reports in."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, validate_csrf
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse
from wtforms.validators import ValidationError

from db.queries import entries as questions
from db.queries import public
from engine import receipts
from engine.commands import entering, intake
from engine.errors import FormInvalid, NotFound
from engine.files import LIMITS
from engine.offices import entries, intakes
from engine.offices.intakes import Door
from webui import language, uploads
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.desk import alike
from webui.desk.entry_form import KEY, EntryForm
from webui.doors import me, streams, takes
from webui.frame import opens_door
from webui.watch import looked

bp = Blueprint("entering", __name__)
SHOWN_MS = 2 * 3_600_000
"""How long the page with the PIN may be opened again."""


def may_enter() -> None:
    """Raises NotAllowed for everyone whose office takes nothing in."""
    entries.must_take_in(me().actor, me().organisation_id, now_ms())


@bp.app_template_global("takes_in")
def takes_in() -> bool:
    """Whether the signed-in person is offered to type reports in."""
    return opens_door("takes_in")


def door_here() -> Door:
    """The process that reports are typed in for: the one asked for, else the first of this organisation."""
    doors = intakes.doors_of(me().organisation_id)
    asked = request.args.get("proses", "")
    found = next((door for door in doors if door.process == asked), doors[0] if doors else None)
    if found is None:
        raise NotFound("intake")
    return found


@bp.get("/kasus/baru")
def begin() -> str:
    """The form as far as it was filled in, or a fresh one."""
    may_enter()
    return page(EntryForm.latest(door_here()))


def page(form: EntryForm, problems: Any = None, **more: Any) -> str:
    """The form with what was typed and what is wrong with it."""
    return render_template(
        "entering/form.html",
        section="kasus",
        form=form,
        doors=intakes.doors_of(me().organisation_id),
        screens=form.bound(problems or {}),
        problems=form.summary(problems or {}),
        proofs=form.proofs,
        limits=LIMITS,
        alike=alike.typed(form.door, form.answers),
        **more,
    )


@bp.post("/kasus/baru/<kunci>")
@streams
@takes(uploads.BODY_MB)
def enter(kunci: str) -> AnyResponse:
    """Keeps what was typed and scanned; when it is good, the case begins."""
    form = _form(kunci)
    if entering.made(form.account, kunci):
        uploads.drain(request)
        return redirect(url_for(".done", kunci=kunci), 303)
    try:
        fields, refused = _received(form)
    except CSRFError:
        return _page(form, 400, notice=_("Halaman ini terlalu lama terbuka. Isian Anda masih ada; kirim sekali lagi."))
    except uploads.Broken:
        return _page(
            form, 400, notice=_("Kiriman terputus sebelum selesai. Periksa berkasnya, lalu kirim sekali lagi.")
        )
    except RequestEntityTooLarge:
        return _page(form, 413, notice=uploads.too_much())
    form.keep(fields)
    if refused or "unggah" in fields or "serupa" in fields:
        return _page(form, 422 if refused else 200, refused=refused, searched="serupa" in fields)
    return _begin(form, fields)


def _form(kunci: str) -> EntryForm:
    may_enter()
    if not KEY.fullmatch(kunci):
        raise NotFound("form", kunci)
    return EntryForm.of(door_here(), kunci)


def _page(form: EntryForm, status: int, **more: Any) -> Response:
    return make_response(page(form, **more), status)


def _received(form: EntryForm) -> tuple[dict[str, list[str]], list[str]]:
    """What this request's form holds, and the sentences about files that were not taken."""
    if request.mimetype == "multipart/form-data":
        taken = uploads.take(request, form.draft, now=now_ms(), added_by=me().actor.person_id)
        return taken.fields, taken.refused
    try:
        validate_csrf(request.form.get("csrf_token", ""))
    except ValidationError as refused:
        raise CSRFError(str(refused)) from refused
    return dict(request.form.lists()), []


def _begin(form: EntryForm, fields: dict[str, list[str]]) -> AnyResponse:
    problems, arrival = form.read(now_ms())
    if arrival is None:
        return _page(form, 422, problems=problems)
    try:
        begun = entering.take_in(form.door, arrival, by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _page(form, 422, problems=bad.problems)
    if "lalu" not in fields:
        return redirect(url_for(".done", kunci=form.key), 303)
    flash(_("Tercatat dengan nomor %(number)s.", number=begun.number))
    return redirect(url_for(".begin", proses=form.door.process, saluran=arrival.channel), 303)


@bp.post("/kasus/baru/<kunci>/simpan")
def autosave(kunci: str) -> Response:
    """Keeps a half-filled form while it is typed."""
    form = _form(kunci)
    if entering.made(form.account, kunci) is None:
        form.keep(dict(request.form.lists()))
    return Response(status=204)


@bp.post("/kasus/baru/<kunci>/hapus")
def remove(kunci: str) -> AnyResponse:
    """Takes one file back."""
    form = _form(kunci)
    number = request.form.get("berkas", "")
    if number.isdecimal():
        intake.remove_proof(form.draft, int(number[:12]))
    return redirect(url_for(".begin", proses=form.door.process) + "#berkas", 303)


@bp.post("/kasus/baru/<kunci>/buang")
def discard(kunci: str) -> AnyResponse:
    """Throws the unsent form away, with its files."""
    form = _form(kunci)
    intake.forget(form.draft)
    flash(_("Isian dibuang."))
    return redirect(url_for(".begin", proses=form.door.process), 303)


# -- afterwards --------------------------------------------------------------------------------------------------------


@bp.get("/kasus/baru/<kunci>/jadi")
def done(kunci: str) -> AnyResponse:
    """Number and PIN for the bearer, the receipt, the next one."""
    form = _form(kunci)
    begun = entering.made(form.account, kunci)
    case = public.case(begun.case_id) if begun else None
    if begun is None or case is None:
        return redirect(url_for(".begin"), 303)
    entry = questions.entered_case(me().actor.person_id, begun.case_id)
    html = render_template(
        "entering/done.html",
        section="kasus",
        case=case,
        begun=begun,
        entry=entry,
        kunci=kunci,
        receiver=questions.receiver(begun.case_id),
        fresh=_fresh(entry),
        crossed=language.day(case.received_ms)[-4:] != language.day(now_ms())[-4:],
    )
    answer = make_response(html)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _fresh(entry: questions.Entered | None) -> bool:
    return entry is not None and now_ms() - entry.entered_ms < SHOWN_MS


@bp.get("/kasus/baru/<kunci>/tanda-terima.pdf")
def receipt(kunci: str) -> AnyResponse:
    """The receipt for the bearer, with the PIN while it is fresh."""
    form = _form(kunci)
    begun = entering.made(form.account, kunci)
    case = public.case(begun.case_id) if begun else None
    if begun is None or case is None:
        raise NotFound("receipt")
    pin = begun.pin if _fresh(questions.entered_case(me().actor.person_id, case.id)) else None
    base: str = current_app.config["OFFICE"].base_url
    count = len(public.proofs_of_case(case.id))
    looked("printed", case_id=case.id, detail="tanda-terima")
    return pdf(receipts.paper(case, pin=pin, base_url=base, proofs=count), "tanda-terima.pdf")
