"""Kotak SMS: what came and what goes; an operator looks after what was not understood. Words on a page of its own."""

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from db.queries import sms_senders
from db.queries import texting as questions
from db.queries.sms_senders import Strangers
from db.queries.texting import In, Out
from engine.commands import sms_desk as verbs
from engine.commands import sms_kept
from engine.errors import Conflict, NotAllowed, NotFound
from engine.offices import intakes
from engine.sms import rules
from engine.sms.gateways import gateway
from engine.sms.reading import PARTS
from webui.clock import now_ms
from webui.doors import me
from webui.message_names import name_of
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("sms_desk", __name__)
HOUR_MS, MONTH_MS = 3_600_000, 30 * 86_400_000


def may_operate() -> None:
    """Raises NotAllowed for whoever neither looks after SMS nor keeps the installation."""
    if not (_operates() or {"admin", "auditor"} & me().actor.powers):
        raise NotAllowed("sms", _("Jabatan Anda tidak mengurus SMS masuk."))


def _operates() -> bool:
    return verbs.operates(me().actor, me().organisation_id, now_ms())


@bp.app_template_global("operates_sms")
def operates_sms() -> bool:
    """Whether the signed-in person is offered the box of SMS."""
    return _operates()


@bp.get("/sms")
def index() -> str:
    """One part of the box, a page at a time."""
    may_operate()
    part = request.args.get("lihat", questions.WAITS)
    page = max(1, request.args.get("halaman", 1, type=whole))
    strangers = sms_senders.strangers(me().organisation_id)
    rows, out, more = _listed(part, page, strangers)
    return render_template(
        "sms/index.html",
        section="kasus",
        part=part if part in (questions.STRANGE, questions.CAME, questions.LEFT) else questions.WAITS,
        rows=[(row, said(row), beside) for row, beside in rows],
        out=[(row, name_of(row.message), *going(row.state)) for row in out],
        counts=questions.counts(me().organisation_id, now_ms() - MONTH_MS),
        strangers=strangers,
        apart=_apart(strangers),
        trouble=trouble(),
        unanswered=unanswered(),
        operates=_operates(),
        page=page,
        more=more,
    )


def _apart(strangers: Strangers) -> bool:
    """Whether strangers are so many that they stand in a part of their own."""
    return strangers.senders > questions.PAGE


def _listed(part: str, page: int, strangers: Strangers) -> tuple[list[tuple[In, int]], list[Out], bool]:
    """What came, with how many more of its sender wait; what goes; whether there is another page."""
    here = me().organisation_id
    if part == questions.LEFT:
        out, more = questions.left(here, page)
        return [], out, more
    if part == questions.CAME:
        came, more = questions.came(here, page)
        return [(row, 0) for row in came], [], more
    strange = True if part == questions.STRANGE else False if _apart(strangers) else None
    rows, more = sms_senders.waiting(here, page, strange=strange)
    return rows, [], more


def unanswered() -> int | None:
    """How many replies an hour are reached at this moment, so that whoever asks gets none; None while there is room."""
    here = rules.of(me().organisation_id)
    if here is None or questions.unasked(here.organisation_id, now_ms() - HOUR_MS) < here.help_per_hour:
        return None
    return here.help_per_hour


def trouble() -> str | None:
    """What is wrong with the gateway; None where this installation has none."""
    url = current_app.config["OFFICE"].sms_url
    if url is None:
        return None
    way = gateway(url)
    try:
        return way.trouble()
    except OSError as away:
        return type(away).__name__
    finally:
        way.close()


def said(row: In) -> tuple[str, str]:
    """Where an SMS stands, and the tone of its mark."""
    if row.unfinished:
        return _("sedang dilengkapi"), "warm"
    words = {
        sms_kept.NEW: (_("belum dibaca"), "warm"),
        sms_kept.CASE: (_("menjadi aduan"), "calm"),
        sms_kept.ANSWERED: (_("dijawab"), "calm"),
        sms_kept.LACKING: (_("tidak dipahami"), "hot"),
        sms_kept.HELD: (_("menunggu Anda"), "warm"),
        sms_kept.SAME: (_("sama dengan sebelumnya"), ""),
        sms_kept.PASSED: (_("pengirim bukan nomor telepon"), ""),
        sms_kept.DONE: (_("sudah diurus"), "calm"),
    }
    return words.get(row.state, (row.state, ""))


def going(state: str) -> tuple[str, str]:
    """How far a message came."""
    words = {
        "waiting": (_("menunggu"), ""),
        "queued": (_("di gerbang SMS"), "cool"),
        "sent": (_("terkirim"), "calm"),
        "delivered": (_("sampai di telepon"), "calm"),
        "failed": (_("gagal"), "hot"),
    }
    return words[state]


@bp.app_template_global("sms_problem")
def problem(code: str) -> str:
    """What was wrong with an SMS, for people."""
    head, _colon, missing = code.partition(":")
    words = {
        "kosong": _("tanpa isi"),
        "tak_dikenal": _("tidak diawali kata kunci"),
        "nik_letters": _("NIK bukan angka"),
        "nik_length": _("NIK bukan 16 angka"),
        "nik_date": _("tanggal lahir dalam NIK tidak ada"),
        "nik_empty": _("NIK tidak lengkap"),
        "banyak": _("banyak dari satu nomor dalam sejam"),
        "batas": _("tidak dibalas: batas balasan sejam tercapai"),
        "galat": _("gagal dicatat oleh sistem"),
        "dua": _("tampaknya dua aduan dalam satu SMS"),
        "jawaban": _("jawaban tanpa nomor aduan"),
        "tidak_ditanya": _("menjawab yang tidak ditanyakan"),
        "pengirim": _("pengirim berupa nama"),
        "kurang": _("kurang: %(parts)s", parts=", ".join(PARTS.get(one, one).lower() for one in missing.split(","))),
        "tanpa_tanda": _("bagiannya tidak dipisahkan tanda #"),
    }
    return str(words.get(head, code))


@bp.get("/sms/<int:sms_id>")
def show(sms_id: int) -> str:
    """One SMS with its words; who looked is kept."""
    number, text = verbs.look(sms_id, by=me().actor, now=now_ms())
    row = questions.one(me().organisation_id, sms_id)
    if row is None:
        raise NotFound("sms", sms_id)
    looked("revealed", case_id=row.case_id, detail=f"sms:{sms_id}")
    facts = {"row": row, "standing": said(row), "waits": row.waits, "number": number, "text": text}
    others = sms_senders.others(me().organisation_id, sms_id)
    return render_template("sms/show.html", section="kasus", others=others, **facts)


@bp.post("/sms/<int:sms_id>/jadikan")
def file(sms_id: int) -> Response:
    """A whole report that was held back becomes a case."""
    return _done(sms_id, lambda: _file(sms_id))


def _file(sms_id: int) -> str:
    case = verbs.file(sms_id, by=me().actor, now=now_ms())
    if case is None:
        flash(_("SMS ini belum lengkap. Pakai “Lengkapi dan catat”."), "error")
        return f"/sms/{sms_id}"
    flash(_("SMS dicatat sebagai aduan; pengirim dikabari nomornya."))
    return "/sms"


@bp.post("/sms/<int:sms_id>/lengkapi")
def lay_out(sms_id: int) -> Response:
    """Into the counter's form, to be completed by hand."""
    return _done(sms_id, lambda: _lay_out(sms_id))


def _lay_out(sms_id: int) -> str:
    here = rules.of(me().organisation_id)
    door = next((one for one in intakes.doors_of(me().organisation_id) if here and one.process == here.process), None)
    if door is None:
        raise NotFound("intake")
    verbs.lay_out(sms_id, door, by=me().actor, now=now_ms())
    flash(_("Isi SMS sudah disalin. Lengkapi yang kurang, lalu simpan."))
    return f"/kasus/baru?proses={door.process}"


@bp.post("/sms/<int:sms_id>/selesai")
def dismiss(sms_id: int) -> Response:
    """Nothing more to be done with it."""
    return _done(sms_id, lambda: _dismiss(sms_id))


def _dismiss(sms_id: int) -> str:
    verbs.dismiss(sms_id, by=me().actor, now=now_ms())
    flash(_("SMS ditandai selesai."))
    return "/sms"


@bp.post("/sms/<int:sms_id>/selesai-pengirim")
def dismiss_sender(sms_id: int) -> Response:
    """Nothing more to be done with all that waits of its sender."""
    return _done(sms_id, lambda: _dismissed(verbs.dismiss_sender(sms_id, by=me().actor, now=now_ms())))


@bp.post("/sms/<int:sms_id>/selesai-asing")
def dismiss_strangers(sms_id: int) -> Response:
    """Nothing more to be done with all that strangers sent up to this one, the last that was shown."""
    return redirect(_dismissed(verbs.dismiss_strangers(sms_id, by=me().actor, now=now_ms())), 303)


def _dismissed(count: int) -> str:
    flash(ngettext("%(num)s SMS ditandai selesai.", "%(num)s SMS ditandai selesai.", count))
    return "/sms"


def _done(sms_id: int, act: Callable[[], str]) -> Response:
    try:
        return redirect(act(), 303)
    except Conflict:
        flash(_("SMS ini sudah diurus rekan Anda."), "error")
        return redirect(f"/sms/{sms_id}", 303)
