"""The citizen's front door: what this is, the two things people come for, and the guide."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine import intakes
from webui import joining, report, sending
from webui.doors import public

bp = Blueprint("public", __name__)
bp.register_blueprint(report.bp)
bp.register_blueprint(sending.bp)
bp.register_blueprint(joining.bp)


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


@bp.get("/lapor")
@public
def report_where() -> Response:
    """To the public form where there is one, to the front page where people choose between several."""
    doors = intakes.doors()
    return redirect(url_for(".report.begin", process=doors[0].process) if len(doors) == 1 else url_for(".home"))


def _page(template: str, section: str) -> str:
    doors = intakes.doors()
    name = doors[0].name if doors else None
    return render_template(template, doors=doors, organisation=name, section=section)
