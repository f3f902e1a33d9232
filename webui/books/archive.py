"""The archive in the browser: berkas and what lies in them, the classification, what may be proposed for its fate."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from db.queries import archive as questions
from engine.commands import archive
from engine.commands import classification as classification_verbs
from engine.counters import year_in
from engine.errors import FormInvalid, NotAllowed, NotFound
from engine.offices.policy import SECRET
from engine.papers import archive as papers
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.doors import me, takes
from webui.filled import summary, told, typed
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("archive", __name__)

STATES = ("aktif", "inaktif", "diusulkan", "musnah", "permanen")
UPLOAD_MB = 5


def _organisation() -> int:
    """The organisation whose archive this person keeps or decides over; NotAllowed for anyone else."""
    try:
        return archive.keeper(me().actor, now_ms()).organisation_id
    except NotAllowed:
        return archive.keeper(me().actor, now_ms(), setting=archive.DECIDES).organisation_id


def _may(setting: str) -> bool:
    try:
        archive.keeper(me().actor, now_ms(), setting=setting)
    except NotAllowed:
        return False
    return True


def _page_number() -> int:
    return max(1, request.args.get("halaman", 1, type=whole))


def _numbers(name: str) -> list[int]:
    """The ids that were ticked."""
    return [int(text) for text in request.form.getlist(name) if text.isascii() and text.isdecimal() and len(text) < 10]


# --- berkas ---


@bp.get("/arsip")
def index() -> Answer:
    """The berkas, the newest first."""
    return _index({}, {})


def _index(written: Mapping[str, str], problems: Mapping[str, list[str]], status: int = 200) -> Answer:
    organisation = _organisation()
    state, words = request.args.get("keadaan", ""), request.args.get("cari", "").strip()[:100]
    rows, more = questions.dossiers(
        organisation, state=state if state in STATES else "", words=words, page=_page_number()
    )
    html = render_template(
        "archive/index.html",
        section="agenda",
        rows=rows,
        more=more,
        page=_page_number(),
        state=state,
        words=words,
        year=year_in(me().timezone, now_ms()),
        codes=questions.choices(organisation),
        keeps=_may(archive.KEEPS),
        typed=written,
        problems=problems,
        summary=summary({"classification": _("Kode klasifikasi"), "title": _("Uraian berkas")}, dict(problems)),
    )
    return make_response(html, status)


@bp.post("/arsip")
def open_dossier() -> Answer:
    """Opens a berkas."""
    written = typed(("classification", "title", "place"))
    chosen = written["classification"]
    code = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else 0
    try:
        made = archive.open_dossier(code, written["title"], written["place"], by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _index(written, told(bad.problems), 422)
    flash(_("Berkas dibuka. Masukkan laporan yang sudah selesai."))
    return redirect(url_for(".show", dossier=made))


@bp.get("/arsip/berkas/<int:dossier>")
def show(dossier: int) -> Answer:
    """One berkas: what lies in it, and closed cases that lie nowhere yet."""
    return _dossier(dossier, {})


def _dossier(key: int, problems: Mapping[str, list[str]], status: int = 200) -> Answer:
    organisation = _organisation()
    row = questions.dossier(organisation, key)
    if row is None:
        raise NotFound("dossier", key)
    page, waiting = _page_number(), max(1, request.args.get("belum", 1, type=whole))
    inside, more = questions.cases_in(organisation, key, page)
    unfiled, more_unfiled = ([], False) if row.closed_ms else questions.unfiled(organisation, waiting)
    facts: dict[str, Any] = {"inside": inside, "more": more, "unfiled": unfiled, "more_unfiled": more_unfiled}
    html = render_template(
        "archive/dossier.html",
        section="agenda",
        row=row,
        kept=papers.kept(row),
        page=page,
        waiting=waiting,
        secret=SECRET,
        keeps=_may(archive.KEEPS),
        decides=_may(archive.DECIDES),
        problems=problems,
        summary=summary({"cases": _("Laporan"), "fate": _("Keputusan"), "letter": _("Nomor surat")}, dict(problems)),
        **facts,
    )
    return make_response(html, status)


@bp.post("/arsip/berkas/<int:dossier>/isi")
def file_cases(dossier: int) -> Answer:
    """Puts the ticked cases into it."""
    try:
        count = archive.file_cases(dossier, _numbers("cases"), by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _dossier(dossier, told(bad.problems), 422)
    flash(ngettext("%(num)s laporan diberkaskan.", "%(num)s laporan diberkaskan.", count))
    return redirect(url_for(".show", dossier=dossier))


@bp.post("/arsip/berkas/<int:dossier>/tutup")
def close(dossier: int) -> Answer:
    """Closes it; its retention begins."""
    archive.close_dossier(dossier, by=me().actor, now=now_ms())
    flash(_("Berkas ditutup; masa simpannya dihitung sejak akhir tahun ini."))
    return redirect(url_for(".show", dossier=dossier))


@bp.post("/arsip/berkas/<int:dossier>/putus")
def decide(dossier: int) -> Answer:
    """What becomes of it."""
    written = typed(("fate", "letter"))
    try:
        archive.decide(dossier, written["fate"], written["letter"], by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _dossier(dossier, told(bad.problems), 422)
    flash(_("Keputusan penyusutan dicatat."))
    return redirect(url_for(".show", dossier=dossier))


@bp.get("/arsip/<int:year>.pdf")
def year_pdf(year: int) -> Response:
    """The daftar arsip of a year."""
    content = papers.of_year(_organisation(), year, printed_by=me().person, now=now_ms())
    looked("printed", detail=f"daftar-arsip {year}")
    return pdf(content, f"daftar-arsip-{year}.pdf")


# --- classification ---


@bp.get("/arsip/klasifikasi")
def classification() -> Answer:
    """The codes, and bringing a new list."""
    return _classification({})


def _classification(
    problems: Mapping[str, list[str]], status: int = 200, written: Mapping[str, str] | None = None
) -> Answer:
    words = request.args.get("cari", "").strip()[:100]
    rows, more = questions.codes(_organisation(), words=words, page=_page_number())
    html = render_template(
        "archive/classification.html",
        section="agenda",
        rows=rows,
        more=more,
        page=_page_number(),
        words=words,
        keeps=_may(archive.KEEPS),
        problems=problems,
        typed=written or {},
        fates=_fates(),
        summary=summary(_heads(), dict(problems)),
    )
    return make_response(html, status)


def _heads() -> dict[str, str]:
    return {
        "code": str(_("Kode")),
        "name": str(_("Nama")),
        "active_years": str(_("Tahun aktif")),
        "inactive_years": str(_("Tahun inaktif")),
        "fate": str(_("Nasib akhir")),
        "file": str(_("Berkas CSV")),
    }


def _fates() -> list[tuple[str, str]]:
    return [("musnah", str(_("musnah"))), ("permanen", str(_("permanen"))), ("dinilai", str(_("dinilai kembali")))]


@bp.post("/arsip/klasifikasi/kode")
def add_code() -> Answer:
    """Takes one code that was typed; with problems the page comes back, everything typed kept."""
    written = typed(("code", "name", "active_years", "inactive_years", "fate"), 301)
    try:
        classification_verbs.add_code(written, by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _classification(told(bad.problems), 422, written)
    flash(_("Kode %(code)s ditambahkan.", code=written["code"]))
    return redirect(url_for(".classification", cari=written["code"]))


@bp.post("/arsip/klasifikasi/<int:entry>")
def use_code(entry: int) -> Answer:
    """Puts a code out of use, or back."""
    active = request.form.get("pakai") == "ya"
    classification_verbs.use_code(entry, active, by=me().actor, now=now_ms())
    flash(_("Kode dipakai lagi.") if active else _("Kode tidak dipakai lagi untuk berkas baru; berkas lama tetap."))
    return redirect(url_for(".classification", cari=request.args.get("cari"), halaman=request.args.get("halaman")))


@bp.post("/arsip/klasifikasi")
@takes(UPLOAD_MB)
def import_codes() -> Answer:
    """Takes a CSV; with a wrong line nothing of it counts."""
    sent = request.files.get("file")
    try:
        content = sent.stream.read() if sent else b""
        new, updated = archive.import_codes(archive.read_codes(content), by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _classification(told(bad.problems), 422)
    finally:
        if sent:
            sent.stream.close()
    flash(_("Klasifikasi diperbarui: %(new)s kode baru, %(updated)s diperbarui.", new=new, updated=updated))
    return redirect(url_for(".classification"))


# --- retention ---


@bp.get("/arsip/susut")
def retention() -> Answer:
    """Closed berkas whose years are over, and those proposed."""
    return _retention({})


def _retention(problems: Mapping[str, list[str]], status: int = 200) -> Answer:
    organisation, year = _organisation(), year_in(me().timezone, now_ms())
    closed = questions.in_state(organisation, "inaktif")
    dated = [(row, _ripe(row)) for row in closed]
    html = render_template(
        "archive/retention.html",
        section="agenda",
        ripe=[(row, papers.kept(row), when) for row, when in dated if when is not None and when <= year],
        later=sum(1 for _row, when in dated if when is None or when > year),
        proposed=[(row, papers.kept(row)) for row in questions.in_state(organisation, "diusulkan")],
        keeps=_may(archive.KEEPS),
        problems=problems,
        letter=typed(("letter",))["letter"],
        summary=summary({"dossiers": _("Berkas arsip"), "letter": _("Nomor surat usulan")}, dict(problems)),
    )
    return make_response(html, status)


def _ripe(row: questions.Dossier) -> int | None:
    assert row.closed_ms is not None, "an inactive berkas is closed"
    return archive.ripe_year(row.closed_ms, me().timezone, row.active_years, row.inactive_years)


@bp.post("/arsip/susut")
def propose() -> Answer:
    """Proposes the ticked berkas by letter."""
    letter = typed(("letter",))["letter"]
    try:
        count = archive.propose(_numbers("dossiers"), letter, by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _retention(told(bad.problems), 422)
    flash(ngettext("%(num)s berkas diusulkan.", "%(num)s berkas diusulkan.", count))
    return redirect(url_for(".retention"))


@bp.get("/arsip/susut.pdf")
def retention_pdf() -> Response:
    """The list that goes with the letter."""
    content = papers.proposed(_organisation(), printed_by=me().person, now=now_ms())
    looked("printed", detail="daftar-usul-susut")
    return pdf(content, "daftar-usul-susut.pdf")
