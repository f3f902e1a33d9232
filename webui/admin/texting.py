"""`/pengaturan/sms`: the gateway, the number people send to, the words of an SMS, the limits, the provider."""

import hmac
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import seats
from engine.commands import sms_setting as verbs
from engine.offices import accounts
from engine.sms import reading, rules
from engine.sms.rules import Rules
from webui.admin.doing import carried
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, summary, typed
from webui.sms_desk import trouble
from webui.sms_door import address

FIELDS = (
    *("nomor", "pemisah", "urutan", "batas", *verbs.NUMBERS, "sisa"),
    *("cara", "bentuk", "kode_berhasil", "tanda_berhasil"),
    *(f"kata_{kind}" for kind in rules.KEYWORDS),
)
MAP_LONGEST = 2_000
TRIES = 5
"""Wrong passwords before whoever guesses is slowed."""


def _labels() -> dict[str, str]:
    return {
        "nomor": _("Nomor SMS instansi"),
        "pemisah": _("Tanda pemisah"),
        "urutan": _("Urutan bagian SMS aduan"),
        "batas": _("Batas jawaban dalam hari kerja"),
        "per_jam": _("Aduan dari satu nomor dalam sejam"),
        "balasan_per_jam": _("Balasan kepada satu nomor dalam sejam"),
        "bantuan_per_jam": _("Balasan bantuan kepada semua nomor dalam sejam"),
        "jam_sama": _("Berapa jam SMS yang sama dianggap satu aduan"),
        "bagian": _("Paling banyak berapa SMS untuk satu jawaban"),
        "sisa": _("SMS tanpa kata kunci"),
        "operator": _("Yang mengurus SMS yang tidak dipahami"),
        "cara": _("Cara mengirim ke penyedia"),
        "bentuk": _("Bentuk kiriman"),
        "isian": _("Isian yang diminta penyedia"),
        "sandi_penyedia": _("Kata sandi penyedia"),
        "kode_berhasil": _("Kode jawaban yang berarti berhasil"),
        "tanda_berhasil": _("Kata dalam jawaban yang berarti berhasil"),
        "kata_report": _("Kata kunci aduan"),
        "kata_status": _("Kata kunci keadaan aduan"),
        "kata_withdraw": _("Kata kunci pencabutan"),
        "kata_answer": _("Kata kunci keterangan"),
        "kata_help": _("Kata kunci bantuan"),
    }


def _kept(by: Rules) -> dict[str, str]:
    """The setting as the form shows it."""
    http, success = by.http, by.http.get("success", {})
    return {
        "nomor": by.number,
        "pemisah": by.separators,
        "urutan": ", ".join(reading.PARTS.get(part, part) for part in by.order),
        "batas": ", ".join(limit.strip("PD") for limit in by.limits),
        **{field: str(getattr(by, name)) for field, (name, _, _) in verbs.NUMBERS.items()},
        "sisa": "ya" if by.takes_the_rest else "",
        "cara": http.get("method", "POST"),
        "bentuk": http.get("format", "form"),
        "isian": "\n".join(f"{name} = {text}" for name, text in http.get("fields", {}).items()),
        "kode_berhasil": ", ".join(map(str, success.get("status", []))),
        "tanda_berhasil": str(success.get("contains", "")),
        **{f"kata_{kind}": ", ".join(found) for kind, found in by.keywords.items()},
    }


def _sent() -> dict[str, str]:
    return {**typed(FIELDS), **typed(("isian",), MAP_LONGEST)}


def _operators() -> list[str]:
    return [role.strip()[:63] for role in request.form.getlist("operator")[:100]]


def _page(written: Mapping[str, str] | None = None, problems: Mapping[str, list[str]] | None = None) -> str:
    by = rules.of(me().organisation_id)
    return render_template(
        "admin/texting.html",
        **around("sms"),
        rules=by,
        shape=reading.shape(by) if by else "",
        address=address(by) if by else "",
        trouble=trouble(),
        labels=_labels(),
        roles=seats.roles(me().organisation_id),
        operators=_operators() if written is not None else list(by.operators) if by else [],
        typed=(_kept(by) if by else {}) | dict(written or {}),
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
    return make_response(_page(_sent()), 400)


def _knows_password() -> bool:
    """Whether they typed the password that stands in the address of the gateway; guessing is slowed. Never kept."""
    told, url = request.form.get("sandi_penyedia", "")[:200], urlsplit(current_app.config["OFFICE"].sms_url or "")
    if not told:
        return False
    wanted = unquote(url.password or "") if url.scheme in ("http", "https") else ""
    with accounts.guarded("sms password", str(me().organisation_id), now=now_ms(), free=TRIES) as tries:
        tries.wrong = not wanted or not hmac.compare_digest(told.encode(), wanted.encode())
    return not tries.wrong


@bp.post("/pengaturan/sms")
@needs("admin")
@redraws(_again)
def change_texting() -> Response:
    """Changes number, words, separators and how many an hour."""
    sent, operators, knows = _sent(), _operators(), _knows_password()
    return carried(
        lambda: verbs.decide(sent, operators, knows_password=knows, by=me().actor, now=now_ms()),
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
