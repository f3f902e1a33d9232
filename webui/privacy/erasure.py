"""`/penghapusan`: personal data to be erased or set aside, by those the office named; what is held for a dispute."""

from collections.abc import Callable, Mapping
from functools import partial

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from db.queries import erasure as questions
from db.queries import finding, holds
from engine.commands import erasure
from engine.errors import FormInvalid, NotFound
from engine.offices import settings
from engine.papers import erasure as papers
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.doors import me
from webui.filled import summary, told, typed
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("erasure", __name__)

Problems = Mapping[str, list[str]]


def _organisation() -> int:
    """The organisation whose data this person decides over; NotAllowed for anyone else."""
    return erasure.decider(me().actor, now_ms()).organisation_id


def _ticked() -> list[int]:
    found = request.form.getlist("erasures")
    return [int(text) for text in found if text.isascii() and text.isdecimal() and len(text) < 10]


@bp.get("/penghapusan")
def index() -> Answer:
    """What waits for a decision, or what was decided."""
    return _index({})


def _index(problems: Problems, status: int = 200) -> Answer:
    organisation = _organisation()
    done = request.args.get("keadaan") == "diputus"
    page = max(1, request.args.get("halaman", 1, type=whole))
    rows, more = (questions.decided if done else questions.waiting)(organisation, page=page)
    labels = {"erasures": _("Yang dipilih"), "letter": _("Nomor surat keputusan")}
    html = render_template(
        "erasure/index.html",
        section="penghapusan",
        rows=rows,
        more=more,
        page=page,
        done=done,
        ticked=set(_ticked()) if request.method == "POST" else set(),
        letter=typed(("letter",))["letter"],
        problems=problems,
        summary=summary(labels, dict(problems)),
        kept=_kept(organisation),
    )
    return make_response(html, status)


def _kept(organisation: int) -> list[tuple[str, int]]:
    """What has a time of its own beside the cases, and how many years."""
    names = {
        "erasure_years": _("laporan: diusulkan di halaman ini"),
        "sms_years": _("isi dan nomor SMS"),
        "dispute_years": _("pemberitahuan NIK dipakai orang lain"),
        "breach_years": _("uraian kegagalan pelindungan data"),
        "report_years": _("laporan insidentil"),
        "memo_years": _("nota dinas, arahan, dan laporan internal"),
    }
    return list(zip(map(str, names.values()), settings.several(organisation, *names), strict=True))


@bp.post("/penghapusan")
def carry_out() -> Answer:
    """Erases, or sets aside, what was ticked."""
    try:
        number = erasure.carry_out(_ticked(), typed(("letter",))["letter"], by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _index(told(bad.problems), 422)
    words = _("Data pribadi dihapus. Berita acara nomor %(number)s.", number=number)
    flash(words if number else _("Data pribadi dibatasi: tidak ditampilkan kepada siapa pun."))
    return redirect(url_for(".index", keadaan="diputus"), 303)


def _wish(ident: int) -> questions.Wish:
    found = questions.wish(_organisation(), ident)
    if found is None:
        raise NotFound("erasure", ident)
    return found


@bp.get("/penghapusan/<int:ident>")
def show(ident: int) -> Answer:
    """One wish with its reason."""
    return _show(_wish(ident), {})


def _show(wish: questions.Wish, problems: Problems, status: int = 200) -> Answer:
    if wish.source == "pelapor":
        looked("viewed", case_id=wish.case_id, detail="permintaan-data")
    html = render_template(
        "erasure/wish.html",
        section="penghapusan",
        wish=wish,
        said=erasure.told(wish.id, wish.sealed),
        words=papers.WORDS,
        typed=typed(("letter", "answer"), erasure.LONGEST),
        problems=problems,
        summary=summary({"erasures": _("Laporan"), "letter": _("Nomor surat"), "answer": _("Alasan")}, dict(problems)),
    )
    return make_response(html, status)


@bp.post("/penghapusan/<int:ident>/lakukan")
def carry_one_out(ident: int) -> Answer:
    """Erases, or sets aside, one."""
    act = partial(erasure.carry_out, [ident], typed(("letter",))["letter"])
    return _decided(_wish(ident), act, _("Permintaan ini sudah dilakukan."))


@bp.post("/penghapusan/<int:ident>/tolak")
def refuse(ident: int) -> Answer:
    """The data stays, with a reason."""
    act = partial(erasure.refuse, ident, typed(("answer",), erasure.LONGEST + 1)["answer"])
    return _decided(_wish(ident), act, _("Ditolak; pelapor membaca alasannya di /lacak."))


def _decided(wish: questions.Wish, act: Callable[..., object], said: str) -> Answer:
    """Does it in the name of who is signed in and says so; or shows the wish again with what is wrong."""
    try:
        act(by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _show(wish, told(bad.problems), 422)
    flash(said)
    return redirect(url_for(".show", ident=wish.id), 303)


@bp.get("/penghapusan/<int:ident>/berita-acara.pdf")
def certificate(ident: int) -> Response:
    """The paper of the decision this one belongs to."""
    wish = _wish(ident)
    if not wish.certificate:
        raise NotFound("certificate", ident)
    organisation = _organisation()
    rows = questions.of_certificate(organisation, wish.certificate)
    looked("printed", detail=f"berita-acara {wish.certificate}")
    return pdf(papers.certificate(organisation, rows, printed_by=me().person, now=now_ms()), "berita-acara.pdf")


# --- what is held for a dispute ---


@bp.get("/penghapusan/tahan")
def held() -> Answer:
    """What is held for a dispute; with a number, the page where that case is held or let go."""
    organisation, page = _organisation(), max(1, request.args.get("halaman", 1, type=whole))
    number = request.args.get("nomor", "").replace("\0", "").strip()[:64]
    found = finding.by_number(organisation, number.upper()) if number else None
    if found is not None:
        return redirect(url_for(".holding", case_id=found))
    rows, more = holds.held(organisation, page)
    wrong = [_("Tidak ada laporan dengan nomor ini.")] if number else []
    html = render_template(
        "erasure/held.html",
        section="penghapusan",
        rows=rows,
        more=more,
        page=page,
        number=number,
        wrong=wrong,
    )
    return make_response(html, 404 if wrong else 200)


@bp.get("/penghapusan/tahan/<int:case_id>")
def holding(case_id: int) -> Answer:
    """Whether a case is held for a dispute, since when, by which letter."""
    return _holding(case_id, {})


def _holding(case_id: int, problems: Problems, status: int = 200) -> Answer:
    found = questions.case(_organisation(), case_id)
    if found is None:
        raise NotFound("case", case_id)
    number, restricted = found
    history = questions.holds(case_id)
    html = render_template(
        "erasure/hold.html",
        section="penghapusan",
        case_id=case_id,
        number=number,
        restricted=restricted,
        holds=history,
        held=any(hold.lifted_ms is None for hold in history),
        typed=typed(("letter",)),
        problems=problems,
        summary=summary({"letter": _("Nomor surat")}, dict(problems)),
    )
    return make_response(html, status)


@bp.post("/penghapusan/tahan/<int:case_id>")
def hold(case_id: int) -> Answer:
    """Holds a case, or lifts the hold, or lets data be used again that was set aside."""
    verbs = {"tahan": erasure.hold_back, "lepas": erasure.lift, "pakai": erasure.use_again}
    verb = verbs.get(request.form.get("tindakan", ""))
    if verb is None:
        raise NotFound("action")
    try:
        verb(case_id, typed(("letter",))["letter"], by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _holding(case_id, told(bad.problems), 422)
    flash(_("Tercatat di jurnal laporan ini."))
    return redirect(url_for(".holding", case_id=case_id), 303)
