"""`/pengaturan/teks`: the words of every mail, edited with named blanks, looked at over a real case, put back."""

from dataclasses import dataclass, field

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.commands import wordings as verbs
from engine.errors import FormInvalid, NotFound
from engine.mail import preview, wordings
from engine.mail.catalogue import (
    BODY_LONGEST,
    LANGUAGES,
    MESSAGES,
    SHORT,
    SHORT_LONGEST,
    SUBJECT_LONGEST,
    Message,
    Text,
    product_text,
)
from engine.mail.preview import Preview
from engine.sms import rules
from webui import language, watch
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.message_names import BLANKS, NAMES

HERE = "teks"


@dataclass
class Editing:
    """A text on the screen: as typed, what is wrong with it, how it would read over a case."""

    message: Message
    spoken: str
    text: Text
    number: str = ""
    problems: dict[str, list[str]] = field(default_factory=dict)
    shown: Preview | None = None
    unknown: str = ""  # why there is no preview


@bp.get("/pengaturan/teks")
@needs("admin")
def texts() -> str:
    """Every message that may leave from here, for whom and when, in both languages."""
    changed = wordings.changed(me().organisation_id)
    audiences = {"pelapor": _("Kepada pelapor"), "petugas": _("Kepada petugas")}
    audiences |= {SHORT: _("Lewat SMS")} if rules.of(me().organisation_id) else {}
    return render_template(
        "admin/texts.html",
        **around(HERE),
        messages=MESSAGES.values(),
        names=NAMES,
        changed=changed,
        audiences=audiences,
    )


@bp.get("/pengaturan/teks/<key>/<spoken>")
@needs("admin")
def text(key: str, spoken: str) -> str:
    """One text in one language, with its blanks beside it; `?kasus=` shows it over that case."""
    message = _known(key, spoken)
    found = Editing(message, spoken, wordings.in_force(me().organisation_id, key, spoken), _number(request.args))
    if found.number:
        _look(found)
    return _page(found)


def _known(key: str, spoken: str) -> Message:
    if key not in MESSAGES or spoken not in LANGUAGES:
        raise NotFound("text", key)
    return MESSAGES[key]


def _number(given: object) -> str:
    values = request.form if given is request.form else request.args
    return values.get("kasus", "").replace("\0", "").strip()[:64]


def _page(found: Editing) -> str:
    own = (found.message.key, found.spoken) in wordings.changed(me().organisation_id)
    labels = {"subject": ("t-subject", _("Judul surel")), "body": ("t-body", _("Isi surel"))}
    return render_template(
        "admin/text.html",
        **around(HERE),
        editing=found,
        own=own,
        name=NAMES[found.message.key][0],
        when=NAMES[found.message.key][1],
        blanks=[(blank, BLANKS[blank], blank in found.message.required) for blank in found.message.allowed],
        product=product_text(found.message.key, found.spoken),
        summary={
            ident: (words, found.problems[place]) for place, (ident, words) in labels.items() if place in found.problems
        },
        longest=(SUBJECT_LONGEST, SHORT_LONGEST if found.message.audience == SHORT else BODY_LONGEST),
    )


def _look(found: Editing) -> None:
    """Puts a real case behind the text, if there is one of that number."""
    base = current_app.config["OFFICE"].base_url
    try:
        found.shown = preview.of_case(
            found.message.key, found.spoken, found.text, found.number, by=me().actor, base=base, now=now_ms()
        )
    except NotFound:
        found.unknown = str(_("Tidak ada laporan bernomor “%(number)s” di instansi ini.", number=found.number))
        return
    if found.shown.opened:
        watch.looked("revealed", case_id=found.shown.case_id, detail=f"pratinjau {found.message.key}")


def _typed(key: str, spoken: str) -> Editing:
    given = {name: request.form.get(name, "").replace("\0", "").replace("\r\n", "\n") for name in ("subject", "body")}
    return Editing(_known(key, spoken), spoken, Text(given["subject"], given["body"]), _number(request.form))


def _again(key: str, spoken: str) -> Response:
    """The text once more as typed, when the page's token grew old."""
    flash(_("Halaman ini terlalu lama terbuka. Isian Anda masih ada; periksa, lalu kirim sekali lagi."), "error")
    return make_response(_page(_typed(key, spoken)), 400)


@bp.post("/pengaturan/teks/<key>/<spoken>")
@needs("admin")
@redraws(_again)
def change_text(key: str, spoken: str) -> Response:
    """Saves it, or shows it over a case without saving; with problems the page comes back, everything typed kept."""
    found = _typed(key, spoken)
    if request.form.get("lakukan") == "pratinjau":
        _look(found) if found.number else setattr(
            found, "unknown", str(_("Isi nomor laporan untuk melihat contohnya."))
        )
        return make_response(_page(found))
    try:
        changed = verbs.change_text(key, spoken, found.text, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        found.problems = {place: [language.sentence(o) for o in said] for place, said in refused.problems.items()}
        return make_response(_page(found), 422)
    flash(_("Teks disimpan dan berlaku untuk surel berikutnya.") if changed else _("Teks ini sudah berlaku."))
    return redirect(url_for("admin.text", key=key, spoken=spoken))


@bp.post("/pengaturan/teks/<key>/<spoken>/kembalikan")
@needs("admin")
def reset_text(key: str, spoken: str) -> Response:
    """The product's words again."""
    _known(key, spoken)
    changed = verbs.reset_text(key, spoken, by=me().actor, now=now_ms())
    flash(_("Teks bawaan berlaku lagi.") if changed else _("Teks bawaan sudah berlaku."))
    return redirect(url_for("admin.text", key=key, spoken=spoken))
