"""Searches someone keeps under a name, for the desk and for the list of cases."""

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.commands import keeping
from engine.errors import FormInvalid, NotFound
from webui import language
from webui.doors import for_readers, me

bp = Blueprint("filters", __name__)

KEPT = {"tugas": ("bagian", "urut", "cari"), "kasus": ("keadaan", "cari")}


@bp.post("/saringan/<page>")
@for_readers
def keep(page: str) -> Response:
    """Keeps what the page shows now under a name."""
    if page not in KEPT:
        raise NotFound("page", page)
    asked = dict(parse_qsl(request.form.get("saringan", "")[: keeping.QUERY]))
    query = urlencode({name: asked[name] for name in KEPT[page] if asked.get(name)})
    try:
        keeping.keep_filter(page, request.form.get("nama", ""), query, by=me().actor)
        flash(_("Saringan disimpan."))
    except FormInvalid as refused:
        flash(" ".join(language.sentence(one) for one in refused.problems["nama"]), "error")
    return redirect(f"/{page}?{query}" if query else f"/{page}")


@bp.post("/saringan/<int:filter_id>/hapus")
@for_readers
def drop(filter_id: int) -> Response:
    """Forgets one."""
    page = keeping.drop_filter(filter_id, by=me().actor)
    flash(_("Saringan dihapus."))
    return redirect(f"/{page}")
