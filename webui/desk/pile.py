"""A morning's pile: what one has typed in today, and its papers printed in one go."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from db.queries import entries as questions
from engine import vault
from engine.commands import printing
from engine.errors import NotFound
from engine.offices import policy
from forms import dates
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.desk.entering import may_enter
from webui.doors import me
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("pile", __name__)
MANY = 100
"""Lines of the pile on one page."""


@bp.get("/kasus/tumpukan")
def index() -> str:
    """What this person typed in today, the newest first."""
    may_enter()
    number = max(1, request.args.get("halaman", 1, type=whole))
    rows, more = questions.entered(me().actor.person_id, _today(), page=number, size=MANY)
    facts = {"rows": rows, "more": more, "page": number, "kinds": printing.PILE, "most": printing.SHEETS}
    return render_template("entering/pile.html", section="kasus", **facts)


def _today() -> int:
    """The first instant of today on the office's wall clock."""
    zone = me().timezone
    return dates.starts(dates.date_of(now_ms(), zone), zone)


@bp.post("/kasus/cetak")
def print_pile() -> AnyResponse:
    """The papers of the ticked cases as one PDF; nothing of a case one may not read."""
    wanted = list(dict.fromkeys(int(text[:12]) for text in request.form.getlist("laporan") if text.isdecimal()))
    kinds = [kind for kind in printing.PILE if kind in request.form.getlist("lembar")]
    problem = _problem(len(wanted), len(kinds))
    if problem:
        flash(problem, "error")
        return redirect(url_for(".index"), 303)
    return _printed(wanted, kinds)


def _problem(cases: int, kinds: int) -> str:
    if not cases:
        return str(_("Belum ada laporan yang dicentang. Centanglah paling sedikit satu."))
    if not kinds:
        return str(_("Belum ada jenis lembar yang dicentang. Centanglah paling sedikit satu."))
    if cases * kinds > printing.SHEETS:
        words = _("%(count)s lembar terlalu banyak untuk sekali cetak; paling banyak %(most)s. Cetaklah bertahap.")
        return str(words % {"count": cases * kinds, "most": printing.SHEETS})
    return ""


def _printed(wanted: list[int], kinds: list[str]) -> Response:
    for case_id in wanted:
        if not policy.view(me().actor, case_id, now_ms()).texts:
            raise NotFound("case", case_id)
    base: str = current_app.config["OFFICE"].base_url
    content = printing.pile(wanted, kinds, pins=_pins(wanted), base_url=base, now=now_ms())
    for case_id in wanted:
        looked("printed", case_id=case_id, detail=" ".join(kinds))
    return pdf(content, "tumpukan.pdf")


def _pins(wanted: list[int]) -> dict[int, str]:
    """The PINs for the bearers of what this person typed in today; of nothing else."""
    mine = (questions.entered_case(me().actor.person_id, case_id) for case_id in wanted)
    return {found.id: vault.pin(found.send_key) for found in mine if found and found.entered_ms >= _today()}
