"""The end of a report: read once more with what is promised, sent once, and the receipt to keep."""

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from db.queries import public as questions
from engine import receipts
from engine.commands import intake, messages
from engine.commands.start import Started
from engine.errors import NotFound, SlowDown
from engine.identities import register, repeats
from engine.offices import intakes
from engine.promised import promised
from engine.reports import Reporter
from webui import language, qr
from webui.citizens.joining import offers
from webui.citizens.report import sent_page
from webui.citizens.report_form import SENT_SECONDS, Form, hand_over, new_token
from webui.clock import now_ms
from webui.doors import public, redraws
from webui.proxies import sender

bp = Blueprint("sending", __name__)


@bp.get("/lapor/<process>/periksa")
@public
def review(process: str) -> AnyResponse | str:
    """Everything once more, what is promised and why, before it is sent."""
    form = Form.of(intakes.door(process))
    return sent_page(form) or _to_mend(form) or _review_page(form)


def _to_mend(form: Form) -> AnyResponse | None:
    """Back to the first step that is not good yet."""
    unfinished = form.unfinished()
    if unfinished is None:
        return None
    if form.answers:
        flash(_("Langkah ini belum lengkap. Perbaiki dahulu, lalu lanjutkan."), "error")
    return redirect(url_for("public.report.step", process=form.door.process, key=unfinished.key), 303)


def _review_page(form: Form, notice: str = "") -> str:
    facts = form.all_good
    plan = form.door.plan.of({name: facts.get(key) for name, key in form.door.plan.data.items()})
    steps = [(step, form.bound(step)) for step in plan.steps]
    return render_template(
        "public/periksa.html",
        form=form,
        plan=plan,
        steps=steps,
        proofs=form.proofs,
        notice=notice,
        offers=offers(form),
        earlier=_earlier(form),
        dates=promised(form.door, plan, now_ms()),
        organisation=form.door.name,
        section="lapor",
    )


def _earlier(form: Form) -> str:
    """The number under which this very complaint was taken in before, "" where it was not."""
    plan, good = form.door.plan, form.all_good
    who = Reporter(**{name: str(good.get(key) or "") for name, key in plan.reporter.items()})
    text = str(good.get(plan.report["chronology"]) or "")
    return repeats.earlier(form.door.organisation_id, form.door.process, who, text, now_ms())


def _later(pause: SlowDown) -> str:
    """Nothing is lost, only later."""
    said = _(
        "Sudah beberapa kali dikirim dengan identitas yang tidak cocok. Isian Anda tersimpan; periksa NIK dan nama ibu,"
        " lalu kirim sesudah %(until)s.",
        until=language.moment(pause.until),
    )
    return str(said)


def _review_again(process: str) -> AnyResponse:
    form = Form.of(intakes.door(process))
    sentence = _("Halaman ini terlalu lama terbuka, laporan belum terkirim. Tekan Kirim sekali lagi.")
    return sent_page(form) or _to_mend(form) or make_response(_review_page(form, sentence), 400)


@bp.post("/lapor/<process>/kirim")
@public
@redraws(_review_again)
def send(process: str) -> AnyResponse:
    """Sends it: the same case however often the button is pressed, from however many tabs."""
    form = Form.of(intakes.door(process))
    leave = sent_page(form) or _to_mend(form)
    if leave:
        return leave
    if _earlier(form) and request.form.get("tetap") != "ya":
        return make_response(_review_page(form), 409)
    source = sender(request.remote_addr)
    try:
        intake.send(form.token, form.door, form.all_good, now=now_ms(), language=language.chosen(), source=source)
    except SlowDown as pause:
        return make_response(_review_page(form, _later(pause)), 429)
    return hand_over(redirect(url_for(".sent", process=process), 303), process, form.token, SENT_SECONDS)


@bp.get("/lapor/<process>/terkirim")
@public
def sent(process: str) -> AnyResponse | str:
    """Number, PIN and QR, for the browser that sent the report."""
    form, made = _made(process)
    if made is None:
        return redirect(url_for("public.report.begin", process=process))
    base = current_app.config["OFFICE"].base_url
    case = questions.case(made.case_id)
    plan = form.door.plan.of(receipts.facts_of(case) if case else {})
    code = qr.svg(f"{base}/lacak", _("Kode QR menuju halaman Lacak"))
    page = render_template(
        "public/terkirim.html",
        made=made,
        case=case,
        code=code,
        base=base,
        proofs=questions.proofs_of_case(made.case_id),
        mailable=messages.can_mail(made.case_id),
        plan=plan,
        dates=promised(form.door, plan, case.received_ms) if case else [],
        unmatched=questions.registry_of(made.case_id) == register.UNMATCHED,
        organisation=form.door.name,
        section="lapor",
    )
    return _private(make_response(page))


@bp.post("/lapor/<process>/surel")
@public
def mail_receipt(process: str) -> AnyResponse:
    """Number and PIN to the address the reporter gave, because they ask for it; once, however often it is pressed."""
    _form, made = _made(process)
    if made is None:
        return redirect(url_for("public.report.begin", process=process), 303)
    messages.send_receipt(made.case_id, now=now_ms())
    flash(_("Tanda terima dikirim ke alamat surel Anda. Bila belum tiba dalam beberapa menit, periksa folder spam."))
    return redirect(url_for(".sent", process=process), 303)


def _made(process: str) -> tuple[Form, Started | None]:
    form = Form.of(intakes.door(process))
    return form, intake.sent(form.token) if form.token else None


def _private(answer: Response) -> Response:
    """Nobody keeps a copy of a page with a PIN on it."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/lapor/<process>/tanda-terima")
@public
def receipt(process: str) -> AnyResponse:
    """The receipt as PDF, with the PIN, for the browser that sent the report."""
    _form, made = _made(process)
    case = questions.case(made.case_id) if made else None
    if made is None or case is None:
        raise NotFound("receipt")
    return pdf(
        receipts.paper(case, pin=made.pin, base_url=current_app.config["OFFICE"].base_url, proofs=_count(case.id))
    )


def _count(case_id: int) -> int:
    return len(questions.proofs_of_case(case_id))


def pdf(content: bytes, name: str = "tanda-terima.pdf") -> Response:
    """A paper, shown or saved, never cached."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return _private(answer)


@bp.post("/lapor/<process>/baru")
@public
def anew(process: str) -> AnyResponse:
    """Puts the form away (an unsent one is forgotten) and begins another."""
    form = Form.of(intakes.door(process))
    if form.token and intake.sent(form.token) is None:
        intake.forget(form.draft)
    return hand_over(redirect(url_for("public.report.begin", process=process), 303), process, new_token())
