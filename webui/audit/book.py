"""The journal's page: what protects it, its last seals, and the proof that it is whole."""

import time
from typing import Any

from flask import render_template

from db.queries import audit
from engine import journal
from webui.audit.blueprint import bp
from webui.clock import now_ms
from webui.doors import me, needs
from webui.watch import looked

FAULTS_SHOWN = 200


@bp.get("/audit/jurnal")
@needs("auditor")
def book() -> str:
    """What protects the journal, its last seals, and the button that checks it all."""
    return render_template("audit/journal.html", **_book())


def _book() -> dict[str, Any]:
    entries, unsealed = audit.journal_size(me().organisation_id)
    return {"seals": audit.seals(me().organisation_id), "entries": entries, "unsealed": unsealed, "checked": None}


@bp.get("/audit/jurnal/periksa")
@needs("auditor")
def check() -> str:
    """Every chain and seal counted over again; reads only, and takes as long as the journal is."""
    looked("audited", detail="jurnal")
    began = time.monotonic()
    faults = journal.verify()
    checked = {
        "faults": faults[:FAULTS_SHOWN],
        "count": len(faults),
        "seconds": time.monotonic() - began,
        "at": now_ms(),
    }
    return render_template("audit/journal.html", **_book() | {"checked": checked})
