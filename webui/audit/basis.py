"""The legal basis both ways: what the law asks against what is drawn and shown, and what the office chose itself."""

from collections.abc import Callable
from contextlib import suppress

from flask import render_template, request
from flask_babel import gettext as _

from db.queries import audit
from engine.diagrams import basis, releases
from engine.diagrams.basis import Citing, Report
from engine.diagrams.releases import Closure
from engine.errors import NotFound
from webui.audit.blueprint import bp
from webui.clock import now_ms
from webui.doors import me, needs
from webui.watch import looked

DUTIES, ELEMENTS, OURS = "kewajiban", "unsur", "sendiri"


def views() -> dict[str, str]:
    """The ways to look at it, in the order of their buttons."""
    return {
        DUTIES: _("Kewajiban → pemenuhan"),
        ELEMENTS: _("Unsur → dasar"),
        OURS: _("Ketetapan sendiri"),
    }


def kinds() -> dict[str, str]:
    """What an element is, in words."""
    return {
        "start": _("awal"),
        "inner": _("awal bagian"),
        "user": _("tugas"),
        "receive": _("menunggu pelapor"),
        "service": _("dilakukan sistem"),
        "table": _("tabel keputusan"),
        "row": _("baris tabel"),
        "timer": _("batas waktu"),
        "error": _("jalan saat gagal"),
        "milestone": _("tonggak"),
        "subprocess": _("bagian"),
        "call": _("diagram yang dipanggil"),
        "gateway": _("keputusan"),
        "split": _("percabangan"),
        "end": _("akhir"),
    }


@bp.get("/audit/dasar-hukum")
@needs("auditor")
def legal_basis() -> str:
    """The processes in force of this organisation against the laws they come from."""
    view = request.args.get("tampilan", DUTIES)
    if view not in views():
        raise NotFound("view", view)
    closures = _in_force()
    found = basis.report(closures)
    looked("audited", detail="dasar hukum")
    return render_template(
        "audit/basis.html",
        here="dasar",
        asked=None,
        view=view,
        views=views(),
        report=found,
        names={one.process: one.diagram.name or one.process for one in closures},
        met=sum(duty.met for law in found.laws for duty in law.duties),
        duties=sum(len(law.duties) for law in found.laws),
        drawn=_by_sheet(found, lambda one: bool(one.says) or one.kind in basis.WORKING),
        ours=_by_sheet(found, lambda one: one.ours),
        kinds=kinds(),
        label=_label,
    )


def _in_force() -> list[Closure]:
    """One release a process; a process whose first release lies ahead has none yet."""
    found, now = [], now_ms()
    for process in audit.processes(me().organisation_id):
        with suppress(NotFound):
            found.append(releases.current(me().organisation_id, process, now))
    return found


def _by_sheet(found: Report, wanted: Callable[[Citing], bool]) -> dict[tuple[str, str], list[Citing]]:
    """The elements by process and file, in drawing order."""
    sheets: dict[tuple[str, str], list[Citing]] = {}
    for one in found.drawn:
        if wanted(one):
            sheets.setdefault((one.process, one.sheet), []).append(one)
    return sheets


def _label(one: Citing) -> str:
    """What an element is called; a row of a table by its number."""
    if one.place is not None:
        return str(_("%(table)s, baris %(n)s", table=one.name, n=one.place))
    return one.name or kinds().get(one.kind, one.id)
