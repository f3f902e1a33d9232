"""Whether the installation is well: the findings of `disposisi doctor`, in sentences, the worst first."""

from typing import NamedTuple

from flask import current_app, render_template

from engine import health
from engine.health import Finding
from webui import language
from webui.admin.room import around, bp
from webui.cli.doctor import place_of
from webui.clock import now_ms
from webui.doors import me, needs

ORDER = {"salah": 0, "perhatian": 1, "baik": 2}


class Line(NamedTuple):
    what: str
    level: str
    words: str
    mend: str


@bp.get("/pengaturan/kesehatan")
@needs("admin")
def condition() -> str:
    """What was looked at, what is wrong, what to do."""
    place = place_of(current_app.config["OFFICE"], reserve=current_app.config.get("DISK_RESERVE"))
    found = sorted(health.examine(place, now_ms(), me().organisation_id), key=lambda one: ORDER[one.level])
    return render_template(
        "admin/health.html",
        **around("kesehatan"),
        rows=[_line(one) for one in found],
        wrong=sum(one.level == "salah" for one in found),
        watch=sum(one.level == "perhatian" for one in found),
    )


def _line(found: Finding) -> Line:
    mend = language.sentence(found.mend) if found.mend else ""
    return Line(language.say(found.what), found.level, language.sentence(found.told), mend)
