"""The citizen's front door: what this is, the two things people come for, and the guide."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.offices import intakes
from webui.citizens import disputing, guided, joining, report, sending
from webui.doors import public

bp = Blueprint("public", __name__)
bp.register_blueprint(disputing.bp)
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
    doors = intakes.doors()
    guides = [(door, guided.texting(door)) for door in doors]
    return _page("public/panduan.html", "panduan", guides=guides)


@bp.get("/lapor")
@public
def report_where() -> Response | str:
    """To the public form where there is one; where there are several, which government is for what."""
    doors = intakes.doors()
    if len(doors) == 1:
        return redirect(url_for(".report.begin", process=doors[0].process))
    return _page("public/pilih.html", "lapor")


def _page(template: str, section: str, **more: Any) -> str:
    doors = intakes.doors()
    return render_template(template, doors=doors, organisation=intakes.named(doors), section=section, **more)
