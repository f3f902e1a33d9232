"""The reporter follows their own case: number and PIN open it, in this browser, for half an hour."""

from typing import Any

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from db.queries import public as questions
from db.queries import published
from db.queries.public import Sent, Standing
from engine import receipts, tracking, verbs
from engine.commands import intake, printing
from engine.errors import FormInvalid, NotAllowed, NotFound, SlowDown, TaskAlreadyDone
from engine.files import LIMITS
from engine.offices import intakes, settings
from engine.tracking import Following
from webui import language, spoken, uploads
from webui.citizens import guided
from webui.citizens.report_form import sentences
from webui.citizens.sending import pdf
from webui.clock import now_ms
from webui.doors import public, streams, takes
from webui.proxies import sender

bp = Blueprint("track", __name__)
IDLE_MS = 30 * 60_000


def _opened() -> int | None:
    """The case this browser has opened, until it idles out."""
    held = session.get("lacak")
    if not isinstance(held, dict) or not 0 <= now_ms() - int(held.get("at", 0)) < IDLE_MS:
        session.pop("lacak", None)
        return None
    session["lacak"] = {"case": held["case"], "at": now_ms()}
    return int(held["case"])


class NotOpened(NotFound):
    """No case is open in this browser, or it idled out."""


def following() -> Following:
    """The case this browser has opened, as its reporter may know it; raises NotOpened."""
    case_id = _opened()
    if case_id is None:
        raise NotOpened("case")
    return tracking.follow(case_id, now=now_ms())


@bp.get("/lacak")
@public
def follow() -> AnyResponse:
    """The opened case, or the two fields that open one."""
    case_id = _opened()
    return _door() if case_id is None else _case_page(tracking.follow(case_id, now=now_ms()))


@bp.app_errorhandler(NotOpened)
def ask_again(_closed: NotOpened) -> AnyResponse:
    """The two fields that open it again; what was written meanwhile stands there to be copied."""
    closed = _("Tidak ada laporan yang terbuka di peramban ini; sesudah setengah jam laporan tertutup sendiri.")
    return private(_door(status=404, closed=closed, unsent=_unsent()))


def _unsent() -> list[str]:
    """Sentences of a form that came too late."""
    if request.method != "POST":
        return []
    fields = uploads.fields_of(request) if request.mimetype == "multipart/form-data" else request.form.to_dict(False)
    return [text for name, texts in fields.items() if name != "csrf_token" for text in texts if " " in text.strip()]


def _door(problem: str = "", number: str = "", status: int = 200, **more: Any) -> AnyResponse:
    doors = intakes.doors()
    page = render_template(
        "public/lacak.html",
        problem=problem,
        number=number,
        examples=[door.number_like(now_ms()) for door in doors],
        guides=[(door, guided.texting(door)) for door in doors],
        organisation=intakes.named(doors),
        section="lacak",
        **more,
    )
    return make_response(page, status)


def _case_page(case: Following, status: int = 200) -> AnyResponse:
    shown = published.of_case(case.case.id)
    page = render_template(
        "public/kasus.html",
        following=case,
        case=case.case,
        published=f"/aduan/{shown.public_id}" if shown and shown.state == "tayang" else "",
        organisation=case.case.organisation,
        section="lacak",
    )
    return private(make_response(page, status))


def private(answer: AnyResponse) -> AnyResponse:
    """An answer that nobody keeps on the way."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/lacak")
@public
def unlock() -> AnyResponse:
    """Opens a case; the answer to a wrong PIN and to a number that does not exist is the same."""
    number = request.form.get("nomor", "")[:64].replace("\0", "")
    try:
        case_id = tracking.unlock(
            number, request.form.get("pin", "")[:32], source=sender(request.remote_addr), now=now_ms()
        )
    except NotAllowed:
        problem = _("Nomor laporan dan PIN ini tidak cocok. Periksa keduanya pada tanda terima Anda.")
        return _door(problem, number, 401)
    except SlowDown as locked:
        until = language.clock_time(locked.until)
        problem = _("Terlalu banyak percobaan. Untuk keamanan, coba lagi sesudah pukul %(until)s.", until=until)
        return _door(problem, number, 429)
    session["lacak"] = {"case": case_id, "at": now_ms()}
    return redirect(url_for(".follow"), 303)


@bp.post("/lacak/tutup")
@public
def close() -> AnyResponse:
    """Closes the case in this browser."""
    session.pop("lacak", None)
    flash(_("Laporan ditutup di peramban ini. Nomor dan PIN membukanya kembali."))
    return redirect(url_for(".follow"), 303)


@bp.get("/lacak/tanda-terima")
@public
def receipt() -> AnyResponse:
    """The receipt once more, without its PIN."""
    case = following().case
    proofs = len(questions.proofs_of_case(case.id))
    return pdf(receipts.paper(case, pin=None, base_url=current_app.config["OFFICE"].base_url, proofs=proofs))


@bp.get("/lacak/jawaban")
@bp.get("/lacak/jawaban/<part>")
@public
def letter(part: str = "") -> AnyResponse:
    """An answer that was sent, as the office's letter."""
    case = following()
    if not any(event.kind == "answered" and event.part == part for event in case.events):
        raise NotFound("answer", part)
    base = current_app.config["OFFICE"].base_url
    paper = printing.case_paper("surat-balasan", case.case.id, unit=part, base_url=base, now=now_ms())
    return pdf(paper, "surat-balasan.pdf")


@bp.get("/lacak/cabut")
@public
def withdrawing() -> AnyResponse | str:
    """Asks once whether the report is really taken back."""
    case = following()
    if not case.open:
        return redirect(url_for(".follow"))
    return render_template("public/cabut.html", case=case.case, organisation=case.case.organisation, section="lacak")


@bp.post("/lacak/cabut")
@public
def withdraw() -> AnyResponse:
    """Takes the report back."""
    case = following()
    try:
        verbs.withdraw(case.case.id, now=now_ms())
        flash(_("Laporan Anda sudah dicabut. Terima kasih telah memberi tahu kami."))
    except NotAllowed:
        flash(_("Laporan ini sudah selesai, sehingga tidak perlu dicabut."), "error")
    return redirect(url_for(".follow"), 303)


# -- what the office asks ----------------------------------------------------------------------------------------------


@bp.get("/lacak/lengkapi/<int:task>")
@public
def completing(task: int) -> AnyResponse:
    """The office's question and the form to answer it."""
    case = following()
    asked = next((found for found in case.asked if found.id == task), None)
    if asked is None:
        flash(_("Permintaan ini sudah dijawab atau tidak berlaku lagi."))
        return redirect(url_for(".follow"))
    return _asked_page(case, asked, intake.read(_draft(asked)))


def _draft(asked: Standing) -> str:
    return f"lacak:{asked.id}"


def _asked_page(
    case: Following, asked: Standing, answers: dict[str, Any], status: int = 200, **more: Any
) -> AnyResponse:
    screen = tracking.screen(case.case, asked)
    lists = settings.lists(case.case.organisation_id, screen.values_keys)
    problems = more.pop("problems", {})
    page = render_template(
        "public/lengkapi.html",
        following=case,
        case=case.case,
        asked=asked,
        screen=spoken.screen(screen).bind(answers or None, spoken.lists(lists), problems=problems),
        words=sentences(problems),
        proofs=questions.proofs_of_draft(_draft(asked)),
        limits=LIMITS,
        organisation=case.case.organisation,
        section="lacak",
        **more,
    )
    return private(make_response(page, status))


@bp.post("/lacak/lengkapi/<int:task>")
@public
@streams
@takes(uploads.BODY_MB)
def complete(task: int) -> AnyResponse:
    """Takes the answer and its files; the case goes on when the answer is good."""
    case = following()
    asked = next((found for found in case.asked if found.id == task), None)
    if asked is None:
        uploads.drain(request)
        flash(_("Permintaan ini sudah dijawab atau tidak berlaku lagi."))
        return redirect(url_for(".follow"), 303)
    try:
        taken = uploads.take(request, _draft(asked), now=now_ms())
    except CSRFError:
        sentence = _("Halaman ini terlalu lama terbuka. Periksa isian Anda, lalu kirim sekali lagi.")
        return _asked_page(case, asked, intake.read(_draft(asked)), 400, notice=sentence)
    except uploads.Broken:
        sentence = _("Kiriman terputus sebelum selesai. Berkas yang sudah diterima ada di bawah; unggahlah sisanya.")
        return _asked_page(case, asked, intake.read(_draft(asked)), 400, notice=sentence)
    except RequestEntityTooLarge:
        return _asked_page(case, asked, intake.read(_draft(asked)), 413, notice=uploads.too_much())
    return _completed(case, asked, taken)


def _completed(case: Following, asked: Standing, taken: uploads.Taken) -> AnyResponse:
    answers = _answers(case.case, asked, taken)
    intake.keep(_draft(asked), answers, now=now_ms())
    if taken.refused:
        return _asked_page(case, asked, answers, 422, refused=taken.refused)
    if "unggah" in taken.fields:
        return redirect(url_for(".completing", task=asked.id), 303)
    try:
        _deliver(case, asked, answers)
    except FormInvalid as refused:
        return _asked_page(case, asked, answers, 422, problems=refused.problems)
    except TaskAlreadyDone:
        flash(_("Permintaan ini sudah dijawab sebelumnya."))
    else:
        thanks = _("Terima kasih. Kelengkapan Anda sudah kami terima dan akan diperiksa.")
        flash(_("Terima kasih. Tanggapan Anda sudah kami terima.") if case.answered else thanks)
    return redirect(url_for(".follow"), 303)


def _answers(case: Sent, asked: Standing, taken: uploads.Taken) -> dict[str, Any]:
    fields = tracking.screen(case, asked).fields
    typed = MultiDict((name, text) for name, texts in taken.fields.items() for text in texts)
    answers: dict[str, Any] = {}
    for name, question in fields.items():
        answers[name] = typed.getlist(name) if question.kind == "checklist" else typed.get(name, "")
        if question.kind == "filepicker":
            answers[name] = [proof.name for proof in questions.proofs_of_draft(_draft(asked))]
    return answers


def _deliver(case: Following, asked: Standing, answers: dict[str, Any]) -> None:
    draft = _draft(asked)
    proofs = [proof.id for proof in questions.proofs_of_draft(draft)]
    verbs.deliver(asked.id, case_id=case.case.id, answers=answers, now=now_ms(), proofs=proofs)
    intake.forget(draft)


@bp.post("/lacak/lengkapi/<int:task>/hapus")
@public
def remove(task: int) -> AnyResponse:
    """Takes one file back."""
    asked = next((found for found in following().asked if found.id == task), None)
    number = request.form.get("berkas", "")
    if asked is not None and number.isdecimal():
        intake.remove_proof(_draft(asked), int(number[:12]))
    return redirect(url_for(".completing", task=task), 303)
