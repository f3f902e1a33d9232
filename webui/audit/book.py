"""The journal's page: what protects it, its last seals, and the proof that it is whole, counted by the worker."""

from dataclasses import asdict
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import audit
from engine import verification
from engine.verification import Verified
from webui.audit.blueprint import bp
from webui.clock import now_ms
from webui.doors import for_readers, me, needs
from webui.watch import looked


@bp.get("/audit/jurnal")
@needs("auditor")
def book() -> str:
    """What protects the journal, its last seals, what the last check found, and the button for another."""
    organisation = me().organisation_id
    entries, unsealed = audit.journal_size(organisation)
    return render_template(
        "audit/journal.html",
        seals=audit.seals(organisation),
        entries=entries,
        unsealed=unsealed,
        checked=_told(verification.last(organisation)),
        since=verification.under_way(organisation),
    )


def _told(found: Verified | None) -> dict[str, Any] | None:
    return None if found is None else asdict(found)


@bp.post("/audit/jurnal/periksa")
@needs("auditor")
@for_readers
def check() -> Response:
    """Asks the worker to count every chain and seal over again; the page can be left meanwhile."""
    verification.ask(me().organisation_id, by=me().actor, now=now_ms())
    looked("audited", detail="jurnal")
    flash(_("Pemeriksaan jurnal dimulai. Halaman ini boleh ditinggalkan; hasilnya tampil di sini."))
    return redirect(url_for("audit.book"))
