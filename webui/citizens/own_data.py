"""`/lacak/data`: what is kept about oneself, by number and PIN; mended, taken along, asked to be erased."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from db.queries import erasure as asked
from engine import own_data
from engine.commands import erasure
from engine.commands import own_data as verbs
from engine.errors import FormInvalid, NotAllowed
from engine.offices import settings
from engine.own_data import OwnData
from engine.tracking import Event, Following
from webui import language
from webui.citizens.track import following, private
from webui.clock import now_ms
from webui.doors import public
from webui.filled import summary, told, typed

bp = Blueprint("own_data", __name__)


def kinds() -> dict[str, str]:
    """What an office did with the data, in plain words."""
    return {
        "revealed": _("melihat identitas dan kontak Anda"),
        "letter": _("membaca isi laporan"),
        "viewed": _("membuka laporan"),
        "attachment": _("membuka lampiran"),
        "printed": _("mencetak kertas"),
        "exported": _("mengekspor data"),
        "talk": _("membaca percakapan petugas"),
    }


def registries() -> dict[str, str]:
    """How the register of residents answered, without saying which of two was wrong."""
    return {
        "terdaftar": _("sudah dicocokkan dengan data kependudukan"),
        "tidak-cocok": _("belum cocok dengan data kependudukan"),
        "belum-diperiksa": _("belum terverifikasi"),
    }


@bp.get("/lacak/data")
@public
def show() -> Answer:
    """Everything that is kept, and what can be done about it."""
    return _page(following(), {})


def _facts(case: Following, data: OwnData) -> dict[str, Any]:
    years = settings.setting(case.case.organisation_id, erasure.YEARS)
    return {
        "case": case.case,
        "data": data,
        "kinds": kinds(),
        "registries": registries(),
        "years": years,
        "organisation": case.case.organisation,
    }


def _page(case: Following, problems: Mapping[str, list[str]], status: int = 200, **written: Any) -> Answer:
    data = own_data.of(case.case.id)
    labels = {"phone": _("Telepon/WhatsApp"), "email": _("Surel"), "address": _("Alamat"), "kind": _("Permintaan")}
    wishes = asked.of_case(case.case.id)
    page = render_template(
        "public/data.html",
        **_facts(case, data),
        following=case,
        wishes=[(one, erasure.told(one.id, one.sealed)) for one in wishes],
        typed=written or {"phone": data.phone, "email": data.email, "address": data.address},
        problems=problems,
        summary=summary(labels, dict(problems)),
        section="lacak",
    )
    return private(make_response(page, status))


@bp.get("/lacak/data.json")
@public
def as_json() -> Response:
    """The same for a program (Ps 13)."""
    case = following()
    data = own_data.of(case.case.id)
    answer = Response(orjson.dumps(_json(case, data), option=orjson.OPT_INDENT_2), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _who(data: OwnData) -> dict[str, Any]:
    return {
        "nama": data.name,
        "telepon": data.phone,
        "surel": data.email,
        "alamat": data.address,
        "nik": data.nik,
        "nama_ibu_disimpan": data.mother,
        "pencocokan": data.registry,
    }


def _for_them(event: Event) -> bool:
    """Whether it has words that were written to them."""
    return event.kind in ("asked", "told", "answered") and bool(event.text)


def _json(case: Following, data: OwnData) -> dict[str, Any]:
    at = language.iso
    return {
        "nomor": case.case.number,
        "instansi": case.case.organisation,
        "diterima": at(case.case.received_ms),
        "dihapus": at(data.erased_ms) or None,
        "dibatasi": data.restricted,
        **_who(data),
        "perihal": case.case.subject,
        "isi": {"kronologi": data.chronology, "waktu": data.when, "tempat": data.where},
        "berkas": [{"nama": one.name, "ukuran": one.size, "diterima": at(one.at_ms)} for one in data.files],
        "jawaban_anda": [{"waktu": at(when), "isi": texts} for when, texts in data.answers],
        "kabar_untuk_anda": [
            {"waktu": at(event.at_ms), "isi": event.text} for event in case.events if _for_them(event)
        ],
        "dilihat": [
            {"apa": one.what, "jabatan": one.office, "kali": one.times, "terakhir": at(one.last_ms)}
            for one in data.seen
        ],
    }


@bp.get("/lacak/data/salinan")
@public
def copy() -> Answer:
    """The same as a page to keep and to print."""
    case = following()
    page = render_template("public/data_salinan.html", **_facts(case, own_data.of(case.case.id)), following=case)
    answer = private(make_response(page))
    answer.headers["Content-Disposition"] = 'attachment; filename="data-saya.html"'
    return answer


@bp.post("/lacak/data/kontak")
@public
def correct() -> Answer:
    """Mends how one can be reached."""
    case, written = following(), typed(verbs.FIELDS, 600)
    try:
        changed = verbs.correct_contact(case.case.id, **written, now=now_ms())
    except FormInvalid as bad:
        return _page(case, told(bad.problems), 422, **written)
    except NotAllowed:
        changed = []
    flash(_("Kontak Anda sudah dibetulkan.") if changed else _("Tidak ada yang berubah."))
    return redirect(url_for(".show"), 303)


@bp.post("/lacak/data/minta")
@public
def ask() -> Answer:
    """Asks that the data be erased or set aside."""
    case, written = following(), typed(("kind", "reason"), erasure.LONGEST + 1)
    try:
        erasure.ask(case.case.id, written["kind"], written["reason"], now=now_ms())
    except FormInvalid as bad:
        return _page(case, told(bad.problems), 422, **written)
    waits = any(one.waits and one.kind == written["kind"] for one in asked.of_case(case.case.id))
    flash(
        _("Permintaan Anda diterima. Sesudah laporan selesai atau dicabut, dijawab dalam 3×24 jam di halaman ini.")
        if waits
        else _("Permintaan Anda diterima dan dijawab dalam 3×24 jam di halaman ini.")
    )
    return redirect(url_for(".show") + "#permintaan", 303)
