"""`/pengaturan`: the rooms of the settings, each a card with what it is for."""

from flask import render_template

from webui.admin.room import around, bp
from webui.doors import needs


@bp.get("/pengaturan")
@needs("admin")
def index() -> str:
    """Every room, and what waits for an administrator."""
    return render_template("admin/index.html", **around(""))
