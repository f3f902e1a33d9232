"""The kinds of internal letters: one form for each and one for another, in the office's own words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import seats
from engine import verbs
from engine.commands.memo_kinds import Told
from engine.offices import memos
from engine.offices.memos import Kind
from webui.admin.doing import carried
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, typed

FIELDS = ("name", "carries", "basis")
NEW = ""


@dataclass(frozen=True)
class Line:
    """One kind as its form shows it; `code` is "" for the form of another."""

    code: str
    told: Mapping[str, Any]
    problems: Mapping[str, list[str]] = field(default_factory=dict)


def _kept(kind: Kind) -> Line:
    told = Told(kind.name, kind.signers, kind.readers, kind.carries, kind.basis, bool(kind.numbering))
    return Line(kind.code, asdict(told))


def _sent() -> Told:
    written = typed(FIELDS, 201)
    roles = {name: [one.strip()[:63] for one in request.form.getlist(name)[:200]] for name in ("signers", "readers")}
    return Told(
        written["name"],
        roles["signers"],
        roles["readers"],
        written["carries"],
        written["basis"],
        "own_numbers" in request.form,
    )


def _page(sent: Line | None = None) -> str:
    organisation = me().organisation_id
    lines = [_kept(kind) for kind in memos.kinds(organisation).values()]
    lines.append(Line(NEW, asdict(Told("", (), (), memos.WORDS, "", False))))
    lines = [sent if sent and sent.code == line.code else line for line in lines]
    labels = _labels()
    wrong = {f"p-{sent.code}-{name}": (labels[name], said) for name, said in sent.problems.items()} if sent else {}
    return render_template(
        "admin/memo_kinds.html",
        **around("surat"),
        lines=lines,
        sent=sent,
        labels=labels,
        carries=_carries(),
        roles=seats.roles(organisation),
        summary=wrong,
    )


def _labels() -> dict[str, str]:
    return {
        "name": str(_("Nama surat")),
        "signers": str(_("Siapa menandatangani")),
        "readers": str(_("Kepada siapa")),
        "carries": str(_("Yang dibawa surat")),
        "basis": str(_("Dasar hukum")),
    }


def _carries() -> list[tuple[str, str]]:
    return [
        (memos.WORDS, str(_("hanya hal dan isinya"))),
        (memos.CASES, str(_("daftar pengaduan satu perangkat daerah"))),
        (memos.FIGURES, str(_("angka antrean hari itu"))),
    ]


@bp.get("/pengaturan/surat")
@needs("admin")
def memo_kinds() -> str:
    """Every kind of letter with its form."""
    return _page()


def _again() -> Response:
    say_stale()
    return make_response(_page(Line(request.form.get("code", "")[:63], asdict(_sent()))), 400)


@bp.post("/pengaturan/surat")
@needs("admin")
@redraws(_again)
def decide_memo_kind() -> Response:
    """Changes a kind or adds one; with problems the page comes back, everything typed kept."""
    code, sent = request.form.get("code", "")[:63], _sent()
    said = _("“%(name)s” disimpan.", name=sent.name)
    return carried(
        lambda: verbs.decide_memo_kind(code, sent, by=me().actor, now=now_ms()),
        said
        if sent.signers
        else _("“%(name)s” tidak ditulis lagi; yang sudah terkirim tetap terbaca.", name=sent.name),
        url_for("admin.memo_kinds"),
        lambda problems: _page(Line(code, asdict(sent), problems)),
    )
