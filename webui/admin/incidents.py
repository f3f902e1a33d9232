"""What could not go on, why, and the button that tries again."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import admin
from db.queries.admin import Trouble
from engine import verbs
from engine.errors import FormInvalid, NotAllowed, NotFound, OfficeError, ProcessBroken, TaskAlreadyDone
from webui import causes, errors, language
from webui.admin.elements import element_name
from webui.admin.room import around, bp, page
from webui.clock import now_ms
from webui.doors import me, needs


@bp.get("/pengaturan/insiden")
@needs("admin")
def incidents() -> str:
    """What could not go on, why, and the button that tries again."""
    solved = request.args.get("tampil") == "selesai"
    found, more = admin.incidents(me().organisation_id, page(), solved=solved)
    open_count, solved_count = admin.incident_counts(me().organisation_id)
    rows = [
        (row, _verb(row), element_name(row.process, row.element), causes.told(row.cause), _mend(row.cause))
        for row in found
    ]
    return render_template(
        "admin/incidents.html",
        **around("insiden"),
        rows=rows,
        page=page(),
        more=more,
        solved=solved,
        open_count=open_count,
        solved_count=solved_count,
    )


def _verb(row: Trouble) -> str:
    """What was being done."""
    who = row.person or _("seseorang")
    words = {
        "complete": _("%(who)s menyelesaikan langkah ini", who=who),
        "deliver": _("Pelapor melengkapi laporannya"),
        "timer": _("Batas waktunya habis"),
        "service": _("Sistem mengirim kabar"),
        "start": _("Laporan diterima"),
    }
    return str(words.get(row.verb, row.verb))


def _mend(cause: str) -> str:
    """What to do about a cause that is known."""
    if cause.startswith("tidak ada jabatan"):
        return str(_("Adakan jabatan itu, atau petakan perannya ke jabatan yang ada, lalu coba lagi."))
    return ""


@bp.post("/pengaturan/insiden/<int:incident_id>/coba-lagi")
@needs("admin")
def retry(incident_id: int) -> Response:
    """Repeats the act and says how it went."""
    row = admin.incident(me().organisation_id, incident_id)
    if row is None:
        raise NotFound("incident", incident_id)
    text, fine = _tried(row)
    flash(text, "message" if fine else "error")
    return redirect(url_for("admin.incidents"))


def _tried(row: Trouble) -> tuple[str, bool]:
    """What to say after trying again, and whether it went through."""
    try:
        verbs.retry(row.id, by=me().actor, now=now_ms())
    except ProcessBroken as broken:
        return _("%(number)s masih terhenti: %(cause)s.", number=row.number, cause=causes.told(broken.cause)), False
    except TaskAlreadyDone as done:
        return f"{row.number}: {errors.done_by(done)}", False
    except NotAllowed as refused:
        return f"{row.number}: {language.say(refused.why)}", False
    except FormInvalid:
        return _("%(number)s: isian yang disimpan tidak lagi sesuai formulirnya.", number=row.number), False
    except NotFound:
        return _("%(number)s sudah berjalan lagi.", number=row.number), True
    except OfficeError as refused:
        return f"{row.number}: {errors.words_of(refused).title}", False
    if row.verb in ("timer", "service"):
        return _(
            "%(number)s dijadwalkan lagi; hasilnya tampak sesudah pekerja menjalankannya.", number=row.number
        ), True
    return _("%(number)s berjalan lagi.", number=row.number), True
