"""The citizen's front door: what this is, the two things people come for, and the guide."""

from flask import Blueprint, render_template

from engine import intakes
from webui import report, sending
from webui.doors import public

bp = Blueprint("public", __name__)
bp.register_blueprint(report.bp)
bp.register_blueprint(sending.bp)


@bp.get("/")
@public
def home() -> str:
    """What this is, and the two things people come for."""
    return _page("public/home.html", "beranda")


@bp.get("/panduan")
@public
def guide() -> str:
    """How to report well, what happens then, which rights people have."""
    return _page("public/panduan.html", "panduan")


def _page(template: str, section: str) -> str:
    doors = intakes.doors()
    name = doors[0].name if doors else None
    return render_template(template, doors=doors, organisation=name, section=section)
