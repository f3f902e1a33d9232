"""The lists that forms offer: what people may choose, in which order, and where an answer leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import rules, seats
from engine import lists, verbs
from engine.errors import FormInvalid, NotFound
from engine.offices import approvals
from webui import language
from webui.admin.doing import carried
from webui.admin.room import around, bp, page
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, told, typed

LONGEST = 300
APPROVER = -2
"""The form of who must agree, among those of the entries."""


@dataclass
class Sent:
    """A form as it was sent: of which entry (0: the new one), what was typed, what is wrong with it."""

    entry: int = -1
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, list[str]] = field(default_factory=dict)


@bp.get("/pengaturan/daftar")
@needs("admin")
def choice_lists() -> str:
    """Every list with what it is for."""
    uses = lists.uses(me().organisation_id)
    known = {row.name: row for row in rules.lists(me().organisation_id)}
    rows = [
        (name, known.get(name), sorted(uses[name].asked) if name in uses else []) for name in sorted({*known, *uses})
    ]
    return render_template("admin/lists.html", **around("daftar"), rows=rows)


@bp.get("/pengaturan/daftar/<name>")
@needs("admin")
def choice_list(name: str) -> str:
    """The entries of one list, each with its form."""
    return _page(name, Sent())


def _page(name: str, sent: Sent) -> str:
    organisation = me().organisation_id
    use = lists.uses(organisation).get(name)
    found, more = rules.entries(organisation, name, page())
    if not found and use is None:
        raise NotFound("list", name)
    copied = sorted(use.copied) if use else []
    rows = [(row, orjson.loads(row.attrs)) for row in found]
    return render_template(
        "admin/list.html",
        **around("daftar"),
        name=name,
        asked=sorted(use.asked) if use else [],
        copied=copied,
        rows=rows,
        page=page(),
        more=more,
        units=lists.units(organisation),
        offices=lists.offices(organisation),
        of_units=lists.of_units(organisation, name),
        sent=sent,
        summary={f"p-{sent.entry}-{key}": (_label(key), words) for key, words in sent.problems.items()},
        longest=LONGEST,
        approver=approvals.role_for(organisation, name),
        roles=seats.roles(organisation),
    )


def _waiting() -> str:
    return str(_("Usul perubahan dikirim; berlaku setelah disetujui."))


def _label(key: str) -> str:
    named = {"label": _("Nama"), "code": _("Kode"), "active": _("Pemakaian"), "role": _("Siapa menyetujui perubahan")}
    return str(named.get(key) or language.nice(key.removeprefix("attr-")))


def _again(name: str, entry_id: int = 0) -> Response:
    say_stale()
    return make_response(_page(name, Sent(entry_id, _typed(name))), 400)


def _typed(name: str) -> dict[str, str]:
    use = lists.uses(me().organisation_id).get(name, lists.Use())
    return typed(("label", "code", *(f"attr-{attr}" for attr in use.copied)), LONGEST)


def _attrs(sent: Mapping[str, str]) -> dict[str, str]:
    return {key.removeprefix("attr-"): value for key, value in sent.items() if key.startswith("attr-")}


@bp.post("/pengaturan/daftar/<name>")
@needs("admin")
@redraws(_again)
def add_entry(name: str) -> Response:
    """A new entry; with problems the page comes back, everything typed kept."""
    sent = _typed(name)
    label = sent["label"]
    if sent["code"] and lists.of_units(me().organisation_id, name):
        label = label or lists.units(me().organisation_id).get(sent["code"], "")
    waits = approvals.role_for(me().organisation_id, name)
    try:
        verbs.add_entry(name, label, _attrs(sent), code=sent["code"], by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return make_response(_page(name, Sent(0, sent, told(refused.problems))), 422)
    flash(_waiting() if waits else _("“%(label)s” ditambahkan di akhir daftar.", label=label))
    return redirect(url_for("admin.choice_list", name=name, halaman=request.args.get("halaman")))


@bp.post("/pengaturan/daftar/<name>/<int:entry_id>")
@needs("admin")
@redraws(_again)
def change_entry(name: str, entry_id: int) -> Response:
    """Renames an entry, moves it, or puts it out of use and back."""
    sent, asked = _typed(name), request.form.get("ubah", "")
    try:
        _done(asked, entry_id, sent)
    except FormInvalid as refused:
        return make_response(_page(name, Sent(entry_id, sent, told(refused.problems))), 422)
    waits = approvals.role_for(me().organisation_id, name)
    flash(_waiting() if waits else _("Daftar disimpan. Jawaban yang sudah diberikan tidak berubah."))
    return redirect(url_for("admin.choice_list", name=name, halaman=request.args.get("halaman")))


@bp.post("/pengaturan/daftar/<name>/penyetuju")
@needs("admin")
@redraws(_again)
def decide_approver(name: str) -> Response:
    """Which office must agree to changes of this list, or that none must."""
    role, back = request.form.get("role", "").strip()[:63], url_for("admin.choice_list", name=name)
    return carried(
        lambda: verbs.decide_approver(name, role, by=me().actor, now=now_ms()),
        _("Mulai sekarang setiap perubahan daftar ini menunggu persetujuan.")
        if role
        else _("Perubahan daftar ini langsung berlaku."),
        back,
        lambda problems: _page(name, Sent(APPROVER, {"role": role}, {"role": problems.get("approved_lists", [])})),
    )


def _done(asked: str, entry_id: int, sent: Mapping[str, str]) -> None:
    more: dict[str, Any] = {"by": me().actor, "now": now_ms()}
    if asked == "simpan":
        verbs.change_entry(entry_id, sent["label"], _attrs(sent), **more)
    elif asked in ("naik", "turun"):
        verbs.move_entry(entry_id, -1 if asked == "naik" else 1, **more)
    elif asked in ("pakai", "henti"):
        verbs.use_entry(entry_id, asked == "pakai", **more)
    else:
        raise NotFound("change", asked)
