"""How the office numbers: patterns in its own words, the next number of each before and after it is changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import verbs
from engine.commands.numbering import problems_of
from engine.errors import FormInvalid
from engine.offices import memos, numbering
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, told, typed

FIELDS = ("kind", "pattern", "klasifikasi", "instansi")


class Line(NamedTuple):
    """One kind of number on the page: what stands in its form, what is wrong with it, its next number."""

    code: str
    name: str
    hint: str
    values: Mapping[str, str]
    blanks: frozenset[str]
    next: str
    problems: Mapping[str, list[str]]


def _names() -> dict[str, tuple[str, str]]:
    return {
        "case": (_("Nomor laporan"), _("Diberikan kepada pelapor; dipakai untuk melacak.")),
        "nota_dinas": (_("Nomor nota dinas"), _("Surat di dalam instansi yang tidak bernomor sendiri.")),
        **_letters(),
        "recap": (_("Nomor rekap bulanan"), _("Rekapitulasi Hasil Penanganan Pengaduan, per unit dan seluruhnya.")),
        "letter": (_("Nomor surat balasan"), _("Dari register surat keluar; diambil sekali untuk setiap jawaban.")),
        "agenda": (
            _("Nomor agenda"),
            _("Di buku agenda dan lembar disposisi; yang lama tetap tertulis seperti dahulu."),
        ),
        "delivery": (_("Nomor buku ekspedisi"), _("Untuk setiap lembar yang diantar; yang lama tidak berubah.")),
    }


def _letters() -> dict[str, tuple[str, str]]:
    """The kinds of internal letters that are numbered for themselves."""
    kinds = [kind for kind in memos.kinds(me().organisation_id).values() if kind.numbering]
    basis = {kind.code: _("Dasar: %(law)s.", law=kind.basis) if kind.basis else "" for kind in kinds}
    return {kind.numbered: (_("Nomor %(name)s", name=kind.name), basis[kind.code]) for kind in kinds}


def _local() -> datetime:
    return datetime.fromtimestamp(now_ms() / 1000, ZoneInfo(me().timezone))


@bp.get("/pengaturan/penomoran")
@needs("admin")
def numbers() -> str:
    """Every kind of number with its pattern and what comes next."""
    return _page()


def _page(sent: Mapping[str, str] | None = None, problems: Mapping[str, list[str]] | None = None) -> str:
    lines = [_line(code, sent or {}, problems or {}) for code in _names()]
    wrong = [line for line in lines if line.problems]
    labels = {"pattern": _("Pola"), "klasifikasi": _("Kode klasifikasi"), "instansi": _("Kode instansi")}
    summary = {f"p-{line.code}-{name}": (f"{line.name}: {labels[name]}", line.problems[name])
               for line in wrong for name in labels if name in line.problems}  # fmt: skip
    blanks = ("urut", "urut:03d", "tahun", "bulan", "kode klasifikasi", "kode instansi")
    return render_template(
        "admin/numbering.html",
        **around("penomoran"),
        lines=lines,
        summary=summary,
        blanks=blanks,
    )


def _line(code: str, sent: Mapping[str, str], problems: Mapping[str, list[str]]) -> Line:
    name, hint = _names()[code]
    mine = sent.get("kind") == code
    kept = {
        "pattern": numbering.pattern_text(me().organisation_id, code),
        **numbering.codes(me().organisation_id, code),
    }
    values = {field: sent[field] for field in kept} if mine else kept
    return Line(code, name, hint, values, _blanks(values["pattern"]), _next(code, kept), problems if mine else {})


def _blanks(pattern: str) -> frozenset[str]:
    try:
        return frozenset(numbering.parse(pattern).blanks)
    except numbering.PatternInvalid:
        return frozenset()


def _next(code: str, values: Mapping[str, str]) -> str:
    given = {name: values[name] for name in ("klasifikasi", "instansi")}
    return numbering.preview(me().organisation_id, code, values["pattern"], given, _local())


def _codes(sent: Mapping[str, str]) -> dict[str, str]:
    return {name: sent[name] for name in ("klasifikasi", "instansi")}


@bp.get("/pengaturan/penomoran/contoh")
@needs("admin")
def sample_number() -> str:
    """The number that would come next by what is being typed, or what is wrong with it."""
    sent: dict[str, Any] = {name: request.args.get(name, "").strip()[:200] for name in FIELDS}
    code = numbering.kind(me().organisation_id, sent["kind"]).code
    problems = told(problems_of(me().organisation_id, code, sent["pattern"], _codes(sent), _local()))
    number = "" if problems else _next(code, sent)
    return render_template(
        "admin/_number.html", number=number, problems=[w for found in problems.values() for w in found]
    )


def _again() -> Response:
    say_stale()
    return make_response(_page(typed(FIELDS)), 400)


@bp.post("/pengaturan/penomoran")
@needs("admin")
@redraws(_again)
def decide_numbering() -> Response:
    """Puts a pattern in force; with problems the page comes back, everything typed kept."""
    sent = typed(FIELDS)
    code = numbering.kind(me().organisation_id, sent["kind"]).code
    try:
        number = verbs.decide_numbering(code, sent["pattern"], _codes(sent), by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return make_response(_page(sent, told(refused.problems)), 422)
    flash(_("Pola disimpan. Nomor berikutnya: %(number)s.", number=number))
    return redirect(url_for("admin.numbers"))
