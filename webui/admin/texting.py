"""`/pengaturan/sms`: the gateway, the number people send to, the words that begin an SMS, how many an hour."""

from collections.abc import Mapping

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.commands import sms_desk as verbs
from engine.sms import reading, rules
from webui.admin.doing import carried
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, summary, typed
from webui.sms_desk import trouble
from webui.sms_door import address

FIELDS = ("nomor", "pemisah", "per_jam", *(f"kata_{kind}" for kind in rules.KEYWORDS))


def _labels() -> dict[str, str]:
    return {
        "nomor": _("Nomor SMS instansi"),
        "pemisah": _("Tanda pemisah"),
        "per_jam": _("Aduan dari satu nomor dalam sejam"),
        "kata_report": _("Kata kunci aduan"),
        "kata_status": _("Kata kunci keadaan aduan"),
        "kata_withdraw": _("Kata kunci pencabutan"),
        "kata_answer": _("Kata kunci keterangan"),
        "kata_help": _("Kata kunci bantuan"),
    }


def _page(written: Mapping[str, str] | None = None, problems: Mapping[str, list[str]] | None = None) -> str:
    by = rules.of(me().organisation_id)
    kept = {} if by is None else {"nomor": by.number, "pemisah": by.separators, "per_jam": str(by.per_hour)}
    words = {} if by is None else {f"kata_{kind}": ", ".join(found) for kind, found in by.keywords.items()}
    return render_template(
        "admin/texting.html",
        **around("sms"),
        rules=by,
        shape=reading.shape(by) if by else "",
        address=address(by) if by else "",
        trouble=trouble(),
        labels=_labels(),
        typed={**kept, **words} | dict(written or {}),
        problems=problems or {},
        summary=summary(_labels(), dict(problems or {})),
    )


@bp.get("/pengaturan/sms")
@needs("admin")
def texting() -> str:
    """How SMS are taken here, and whether the gateway works."""
    return _page()


def _again() -> Response:
    say_stale()
    return make_response(_page(typed(FIELDS)), 400)


@bp.post("/pengaturan/sms")
@needs("admin")
@redraws(_again)
def change_texting() -> Response:
    """Changes number, words, separators and how many an hour."""
    sent = typed(FIELDS)
    return carried(
        lambda: verbs.decide(sent, by=me().actor, now=now_ms()),
        _("Pengaturan SMS disimpan."),
        url_for("admin.texting"),
        lambda problems: _page(sent, problems),
    )


@bp.post("/pengaturan/sms/alamat")
@needs("admin")
def change_sms_address() -> Response:
    """Another address for a provider that brings SMS."""
    verbs.change_address(by=me().actor, now=now_ms())
    flash(_("Alamat baru berlaku; alamat lama tidak diterima lagi. Beri tahu penyedia SMS."))
    return redirect(url_for("admin.texting"), 303)
