"""What waits to be sent or done, and what failed."""

from dataclasses import dataclass
from typing import Any

import orjson
from flask import render_template
from flask_babel import gettext as _

from db.queries import admin
from db.queries.admin import JobLine
from webui.admin.elements import element_name
from webui.admin.room import GRACE_MS, around, bp, page
from webui.clock import now_ms
from webui.doors import me, needs


@dataclass(frozen=True)
class Waiting:
    """A job as the list shows it, without anything a message might quote."""

    row: JobLine
    what: str
    element: str
    state: str  # menunggu, terlambat, gagal
    trouble: str


@bp.get("/pengaturan/antrean")
@needs("admin")
def queue() -> str:
    """What waits to be sent or done, and what failed."""
    found, more = admin.jobs(me().organisation_id, page())
    now = now_ms()
    rows = [_waiting(row, now) for row in found]
    return render_template("admin/queue.html", **around("antrean"), rows=rows, page=page(), more=more)


def _waiting(row: JobLine, now: int) -> Waiting:
    facts = orjson.loads(row.payload)
    state = "gagal" if row.state == "failed" else "terlambat" if row.due_ms < now - GRACE_MS else "menunggu"
    element = element_name(row.process, str(facts.get("element", "")))
    return Waiting(row, _work(row, facts), element, state, _trouble(row.error))


def _work(row: JobLine, facts: dict[str, Any]) -> str:
    topics = {"balas_pelapor": _("Kirim balasan kepada pelapor"), "kabari_pelapor": _("Kirim kabar kepada pelapor")}
    if row.kind == "service":
        return str(topics.get(facts.get("topic", ""), _("Kirim keluar")))
    return str(_("Batas waktu habis")) if row.kind == "timer" else row.kind


def _trouble(error: str) -> str:
    """The kind of trouble alone: what a mail server answered may hold someone's address."""
    kind = error.partition(":")[0].strip()
    if not kind:
        return ""
    words = {
        "Dipulihkan": _("ditahan sesudah pemulihan; putuskan di Cadangan"),
        "ConnectionRefusedError": _("peladen surat menolak sambungan"),
        "TimeoutError": _("peladen surat tidak menjawab"),
        "gaierror": _("alamat peladen surat tidak ditemukan"),
        "SMTPAuthenticationError": _("peladen surat menolak kata sandi"),
        "SMTPRecipientsRefused": _("alamat penerima ditolak"),
        "SMTPServerDisconnected": _("peladen surat memutus sambungan"),
    }
    if kind in words:
        return str(words[kind])
    return kind if kind.isidentifier() else str(_("proses terhenti; lihat insiden"))
