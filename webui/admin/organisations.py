"""What the organisation is called and by which clock it lives."""

from collections.abc import Mapping

from flask import make_response, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import staff
from engine import verbs
from engine.commands.organisations import ZONES
from webui.admin.doing import carried
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, summary, typed

FIELDS = ("name", "timezone")


def _page(written: Mapping[str, str] | None = None, problems: Mapping[str, list[str]] | None = None) -> str:
    code, name, timezone = staff.organisation(me().organisation_id)
    labels = {"name": _("Nama instansi"), "timezone": _("Zona waktu")}
    zones = dict.fromkeys((*ZONES, timezone))
    told = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
    return render_template(
        "admin/organisation.html",
        **around("instansi"),
        code=code,
        zones=[(zone, f"{told[zone]} ({zone})" if zone in told else zone) for zone in zones],
        typed={"name": name, "timezone": timezone} | dict(written or {}),
        problems=problems or {},
        summary=summary(labels, dict(problems or {})),
    )


@bp.get("/pengaturan/instansi")
@needs("admin")
def organisation() -> str:
    """The organisation's name and zone; its code is shown."""
    return _page()


def _again() -> Response:
    say_stale()
    return make_response(_page(typed(FIELDS)), 400)


@bp.post("/pengaturan/instansi")
@needs("admin")
@redraws(_again)
def change_organisation() -> Response:
    """Renames the organisation or moves its clock."""
    sent = typed(FIELDS)
    return carried(
        lambda: verbs.change_organisation(**sent, by=me().actor, now=now_ms()),
        _("Data instansi disimpan."),
        url_for("admin.organisation"),
        lambda problems: _page(sent, problems),
    )
