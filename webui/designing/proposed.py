"""Proposals of releases: upload a drawing, see what is wrong and what changes, ask, approve or refuse."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from db.queries import offices, proposed
from db.queries import releases as published
from db.queries.proposed import Proposal
from engine.commands import proposing
from engine.commands.proposing import Wish
from engine.commands.publishing import GateClosed
from engine.diagrams import proposals, release_changes, releases
from engine.diagrams.gate import Problem
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound
from engine.offices.people import Seat
from webui.clock import now_ms
from webui.designing import changes, decisions
from webui.doors import me, needs, redraws, takes
from webui.filled import summary, told, typed
from webui.frame import seats
from webui.numbers import whole

bp = Blueprint("proposed", __name__)

WISHES = ("note", "sop_number", "revised_on", "effective_on")
UPLOAD_MB = 20
LONGEST = 500


# --- upload ---


@bp.get("/perancang/usul")
@needs("designer")
def new() -> str:
    """The form: which process, which files."""
    return _new({}, {})


def _new(written: Mapping[str, str], problems: Mapping[str, list[str]]) -> str:
    found = published.every(me().organisation_id)
    return render_template(
        "designer/new.html",
        section="perancang",
        processes=list(dict.fromkeys(release.process for release in found)),
        typed=written,
        problems=problems,
        summary=summary({"process": _("Proses"), "files": _("Berkas diagram")}, dict(problems)),
    )


def _upload_again() -> Answer:
    sentence = _("Halaman ini terlalu lama terbuka. Pilih berkasnya sekali lagi, lalu kirim.")
    return make_response(_new(typed(("process",)), {"files": [sentence]}), 400)


@bp.post("/perancang/usul")
@needs("designer")
@takes(UPLOAD_MB)
@redraws(_upload_again)
def upload() -> Answer:
    """Keeps the files as a draft; what cannot be kept is said at the field."""
    written = typed(("process",))
    given = _given()
    try:
        if not written["process"]:
            raise FormInvalid({"process": [_("Pilih prosesnya.")]})
        draft = proposing.draft(written["process"], given, by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return make_response(_new(written, told(bad.problems)), 422)
    return redirect(url_for("proposed.show", proposal=draft))


def _given() -> dict[str, bytes]:
    """The files sent, by their bare names; none stays open."""
    found = {}
    for sent in request.files.getlist("files"):
        with sent.stream:
            if sent.filename:
                found[sent.filename.replace("\\", "/").rpartition("/")[2]] = sent.stream.read()
    return found


# --- one proposal ---


@dataclass(frozen=True)
class Look:
    """A proposal for someone who may see it, and the seat by which they may judge it."""

    row: Proposal
    files: dict[str, str]
    judge: Seat | None


def _look(proposal: int) -> Look:
    """Designers, administrators, auditors and the approving office; NotFound for anyone else."""
    organisation = me().organisation_id
    row = proposed.one(organisation, proposal)
    if row is None:
        raise NotFound("proposal", proposal)
    files = orjson.loads(row.files)
    office = proposing.approver(organisation, row.process, files)
    judge = next((seat for seat in seats() if seat.office_id == office), None)
    if judge is None and not {"designer", "admin", "auditor"} & me().actor.powers:
        raise NotFound("proposal", proposal)
    return Look(row, files, judge)


@bp.get("/perancang/usul/<int:proposal>")
def show(proposal: int) -> Answer:
    """The drawing with its problems at the elements, what changes, and what may be done with it now."""
    return _page(_look(proposal))


def _page(
    look: Look,
    *,
    written: Mapping[str, str] | None = None,
    problems: Mapping[str, list[str]] | None = None,
    status: int = 200,
) -> Answer:
    row, organisation = look.row, me().organisation_id
    found = proposals.problems(organisation, look.files)
    html = render_template(
        "designer/proposal.html",
        section=_section(),
        row=row,
        judge=look.judge,
        may_propose="designer" in me().actor.powers,
        mine=row.made_by == me().actor.account_id,
        **_drawings(look),
        problems=found,
        names=proposals.names(look.files),
        tables=decisions.shown(organisation, look.files, found),
        blocked=any(problem.level == "error" for problem in found),
        badges=[_badge(problem) for problem in found if problem.element],
        approver=_approver_name(organisation, look),
        typed=dict(written) if written is not None else _known(row),
        wrong=problems or {},
        summary=summary(_labels(), dict(problems or {})),
    )
    return make_response(html, status)


def _section() -> str:
    """The door of the menu it is reached by: of who draws, or of who must agree."""
    return "perancang" if "designer" in me().actor.powers else "persetujuan"


def _drawings(look: Look) -> dict[str, Any]:
    """The sheet that is looked at, as it is now and in the release before, and every difference between the two."""
    name, main = request.args.get("gambar", ""), f"{look.row.process}.bpmn"
    sheets = sorted(file for file in look.files if file.endswith(".bpmn"))
    sheet = next((one for one in (name, main) if one in sheets), sheets[0])
    before = published.every(me().organisation_id, look.row.process)
    old = releases.closure(before[0].id, before[0].fingerprint) if before else None
    files = old.files if old else {}
    return {
        "sheets": sheets,
        "sheet": sheet,
        "source": look.files[sheet],
        "before": files.get(sheet, ""),
        "old": old,
        "changes": [changes.told(change) for change in release_changes.between(files, look.files)],
    }


def _known(row: Proposal) -> dict[str, str]:
    return {name: getattr(row, name) for name in WISHES}


def _labels() -> dict[str, str]:
    return {
        "note": _("Apa yang berubah dan mengapa"),
        "sop_number": _("Nomor SOP"),
        "revised_on": _("Tgl Revisi"),
        "effective_on": _("Tgl Efektif"),
        "letter": _("Nomor surat atau keputusan"),
        "reason": _("Alasan ditolak"),
    }


def _badge(problem: Problem) -> dict[str, str]:
    word = _("salah") if problem.level == "error" else _("peringatan")
    level = "hot" if problem.level == "error" else "warm"
    return {
        "element": problem.element or "",
        "text": word,
        "level": level,
        "title": problem.message,
        "mark": "hot" if problem.level == "error" else "warm",
    }


def _approver_name(organisation: int, look: Look) -> str:
    office = proposing.approver(organisation, look.row.process, look.files)
    found = offices.definitive(organisation, now_ms(), office_id=office) if office else None
    return found.office if found else ""


# --- what may be done with it ---


def _again(proposal: int) -> Answer:
    written = typed((*WISHES, "letter", "reason"), LONGEST)
    flash(_("Halaman ini terlalu lama terbuka. Isian Anda masih ada; periksa, lalu kirim sekali lagi."), "error")
    return _page(_look(proposal), written=written, status=400)


@bp.post("/perancang/usul/<int:proposal>/ajukan")
@needs("designer")
@redraws(_again)
def propose(proposal: int) -> Answer:
    """Asks for it to be put in force."""
    look, written = _look(proposal), typed(WISHES, LONGEST)
    try:
        proposing.propose(proposal, Wish(**written), by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _page(look, written=written, problems=told(bad.problems), status=422)
    except GateClosed:
        flash(_("Belum dapat diajukan: perbaiki dahulu semua yang salah pada diagram."), "error")
        return _page(look, written=written, status=422)
    except Conflict:
        return _too_late(proposal)
    flash(_("Usulan diajukan kepada jabatan yang mengesahkan."))
    return redirect(url_for("proposed.show", proposal=proposal))


@bp.post("/perancang/usul/<int:proposal>/sahkan")
@redraws(_again)
def approve(proposal: int) -> Answer:
    """Puts it in force, as the office that the process names."""
    look, written = _look(proposal), typed(("letter",))
    try:
        proposing.approve(proposal, written["letter"], by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _page(look, written={**_known(look.row), **written}, problems=told(bad.problems), status=422)
    except GateClosed:
        flash(_("Tidak dapat disahkan: pemeriksaan diagram menemukan kesalahan sejak diajukan."), "error")
        return _page(look, written={**_known(look.row), **written}, status=422)
    except Conflict:
        return _too_late(proposal)
    flash(_("Terbitan disahkan. Laporan baru memakainya sejak tanggal efektif; yang berjalan tetap pada terbitannya."))
    return redirect(url_for("proposed.show", proposal=proposal))


@bp.post("/perancang/usul/<int:proposal>/tolak")
@redraws(_again)
def refuse(proposal: int) -> Answer:
    """Sends it back with a reason."""
    look, written = _look(proposal), typed(("reason",), LONGEST)
    try:
        proposing.refuse(proposal, written["reason"], by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _page(look, written={**_known(look.row), **written}, problems=told(bad.problems), status=422)
    except Conflict:
        return _too_late(proposal)
    flash(_("Usulan dikembalikan dengan alasan."))
    return redirect(url_for("proposed.show", proposal=proposal))


@bp.post("/perancang/usul/<int:proposal>/cabut")
@needs("designer")
def withdraw(proposal: int) -> Answer:
    """Takes it back."""
    _look(proposal)
    try:
        proposing.withdraw(proposal, by=me().actor, now=now_ms())
    except Conflict:
        return _too_late(proposal)
    flash(_("Usulan dicabut."))
    return redirect(url_for("proposed.index"))


def _too_late(proposal: int) -> Answer:
    flash(_("Usulan ini sudah diputus atau dicabut; halaman ini menunjukkan keadaannya sekarang."), "error")
    return redirect(url_for("proposed.show", proposal=proposal))


@bp.get("/perancang/usulan")
def index() -> str:
    """Every proposal, for those who draw, look after or judge them."""
    number = max(1, request.args.get("halaman", 1, type=whole))
    if not ({"designer", "admin", "auditor"} & me().actor.powers or _judges()):
        raise NotAllowed("proposals", _("Daftar ini untuk perancang dan jabatan yang mengesahkan."))
    rows, more = proposed.page(me().organisation_id, number)
    facts: dict[str, Any] = {"rows": rows, "more": more, "page": number}
    return render_template(
        "designer/proposals.html", section=_section(), may_propose="designer" in me().actor.powers, **facts
    )


def _judges() -> bool:
    """Whether this person holds the office that approves one of the processes."""
    organisation, held = me().organisation_id, {seat.office_id for seat in seats()}
    processes = {release.process for release in published.every(organisation)}
    return any(proposing.approver(organisation, process, {}) in held for process in processes)


@bp.get("/perancang/usul/<int:proposal>/<name>.bpmn")
def drawing(proposal: int, name: str) -> Response:
    """A diagram of the proposal, to open elsewhere; inert when opened by itself."""
    return _file(_look(proposal).files, f"{name}.bpmn")


@bp.get("/perancang/usul/<int:proposal>/<name>.dmn")
def table(proposal: int, name: str) -> Response:
    """A decision table of the proposal, to open elsewhere."""
    return _file(_look(proposal).files, f"{name}.dmn")


def _file(files: Mapping[str, str], file: str) -> Response:
    if file not in files:
        raise NotFound("diagram", file)
    answer = Response(files[file], mimetype="application/xml")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer
