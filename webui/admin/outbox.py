"""What leaves the building: what waits, what was sent, what failed; tried again, sent again, called off."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import outbox as questions
from db.queries.outbox import Line
from engine.commands import messages
from engine.errands import ATTEMPTS
from engine.errors import FormInvalid, NotAllowed
from webui import language
from webui.admin.elements import element_name
from webui.admin.room import GRACE_MS, around, bp, page
from webui.clock import now_ms
from webui.doors import me, needs
from webui.message_names import name_of
from webui.troubles import trouble

HERE = "kotak-keluar"


@dataclass(frozen=True)
class Shown:
    """A job as the list shows it: without anything a message might quote."""

    row: Line
    what: str
    to: str
    texted: bool  # as an SMS; else it is mail
    state: str
    tone: str
    trouble: str
    tries: str
    can: frozenset[str]  # retry resend cancel


@bp.get("/pengaturan/antrean")
@needs("admin")
def queue() -> Response:
    """Where this page was before."""
    return redirect(url_for("admin.outbox"))


@bp.get("/pengaturan/kotak-keluar")
@needs("admin")
def outbox() -> str:
    """One part of it, a page at a time, with how many there are of each."""
    now, organisation = now_ms(), me().organisation_id
    counted = questions.counts(organisation, now)
    part = _asked(counted)
    found, more = questions.lines(organisation, part, now, page())
    names = questions.names_of([int(account) for account in map(_account, found) if account])
    texted = messages.by_sms(organisation, [(row.case_id, _facts(row).get("reporter")) for row in found])
    rows = [_shown(row, names, short, now) for row, short in zip(found, texted, strict=True)]
    return render_template(
        "admin/outbox.html",
        **around(HERE),
        part=part,
        parts=_parts(),
        counted=counted,
        rows=rows,
        page=page(),
        more=more,
        reasons=messages.SENTENCES,
        days=questions.ENDED_DAYS,
    )


def _asked(counted: dict[str, int]) -> str:
    """What was asked for; else what failed where anything has, else what waits."""
    wish = request.args.get("lihat", "")
    if wish in questions.PARTS:
        return wish
    return questions.FAILED if counted[questions.FAILED] else questions.WAITING


def _parts() -> dict[str, str]:
    return {
        questions.WAITING: str(_("Menunggu")),
        questions.FAILED: str(_("Gagal")),
        questions.LOST: str(_("Tidak sampai")),
        questions.SENT: str(_("Terkirim")),
        questions.CANCELLED: str(_("Dibatalkan")),
        questions.TIMERS: str(_("Batas waktu")),
    }


def _facts(row: Line) -> dict[str, Any]:
    return dict(orjson.loads(row.payload))


def _account(row: Line) -> int | None:
    found = _facts(row).get("account")
    return None if found is None else int(found)


def _shown(row: Line, names: dict[int, str], texted: bool, now: int) -> Shown:
    state, tone = _state(row, now)
    tries = _("%(n)s dari %(max)s", n=row.attempts, max=ATTEMPTS) if row.attempts else ""
    return Shown(row, _what(row), _to(row, names), texted, state, tone, trouble(row.error), str(tries), _can(row, now))


def _what(row: Line) -> str:
    facts = _facts(row)
    if row.kind == "timer":
        return element_name(row.process or "", str(facts.get("element", "")))
    words = name_of(str(facts.get("message") or "jawaban"))
    return str(_("%(message)s (dikirim ulang)", message=words)) if facts.get("again") else words


def _to(row: Line, names: dict[int, str]) -> str:
    if row.kind == "timer":
        return ""
    account = _account(row)
    if "dispute" in _facts(row):
        return str(_("yang memberitahukan"))
    return str(_("pelapor")) if account is None else names.get(account, "")


def _state(row: Line, now: int) -> tuple[str, str]:
    if row.state == "failed":
        return str(_("gagal")), "hot"
    if row.state == "done":
        return (str(_("tidak sampai")), "warm") if row.error else (str(_("terkirim")), "calm")
    if row.state == "cancelled":
        return str(_("dibatalkan")), ""
    if row.lease_ms > now:
        return str(_("sedang dikirim")), "cool"
    if row.attempts:
        return str(_("akan dicoba lagi")), "warm"
    return (str(_("tertunda")), "warm") if row.due_ms < now - GRACE_MS else (str(_("menunggu waktunya")), "")


def _can(row: Line, now: int) -> frozenset[str]:
    """What an administrator may do with it."""
    if row.state == "done" and row.kind != "timer":
        return frozenset({"resend"})
    if row.state == "failed":
        return frozenset({"retry", "cancel"} if row.kind == "mail" else {"retry"})
    if row.state == "waiting" and row.kind != "timer" and row.lease_ms <= now:
        return frozenset({"retry", "cancel"})
    return frozenset()


@bp.post("/pengaturan/kotak-keluar/<int:job_id>/coba-lagi")
@needs("admin")
def retry_job(job_id: int) -> Response:
    """Puts it at the head of the line."""
    return _done(lambda: messages.retry_job(job_id, by=me().actor, now=now_ms()), _("Dicoba lagi sekarang juga."))


@bp.post("/pengaturan/kotak-keluar/<int:job_id>/kirim-ulang")
@needs("admin")
def resend(job_id: int) -> Response:
    """Sends it once more."""
    said = _("Dikirim ulang. Yang pertama tetap tercatat.")
    return _done(lambda: messages.resend(job_id, by=me().actor, now=now_ms()), said)


@bp.post("/pengaturan/kotak-keluar/<int:job_id>/batal")
@needs("admin")
def cancel(job_id: int) -> Response:
    """Calls it off, for a reason."""
    reason = request.form.get("alasan", "")
    return _done(lambda: messages.cancel(job_id, reason, by=me().actor, now=now_ms()), _("Dibatalkan."))


def _done(act: Callable[[], None], said: str) -> Response:
    """Back to where the button was, with what came of it."""
    try:
        act()
        flash(said)
    except NotAllowed as refused:
        flash(language.say(refused.why), "error")
    except FormInvalid:
        flash(_("Pilih alasan pembatalan, lalu tekan Batalkan lagi."), "error")
    part = request.form.get("lihat", "")
    return redirect(url_for("admin.outbox", lihat=part if part in questions.PARTS else None))
