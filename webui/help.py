"""`/bantuan`: how to do one's own work here, a page per audience, in both languages."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, g, render_template
from flask_babel import lazy_gettext as later

from engine.errors import NotFound
from engine.people import Seat
from webui import frame, language
from webui.doors import public

bp = Blueprint("help", __name__)


@dataclass(frozen=True)
class Audience:
    """Whom a page of help is for."""

    key: str
    name: Any
    what: Any


CITIZEN = Audience("warga", later("Warga"), later("Melapor, melacak, melengkapi dan mencabut laporan"))
STAFF = (
    Audience("staf", later("Staf"), later("Mencatat laporan, memeriksa, membagikan disposisi, membalas, mengarsipkan")),
    Audience("kasubag-kabag", later("Kasubag dan Kabag"), later("Memberi paraf, memantau bawahan, mengambil alih")),
    Audience("pejabat", later("Pejabat"), later("Paraf dan disposisi dari ponsel, berhalangan, tembusan")),
    Audience("perancang", later("Perancang"), later("Mengubah alur kerja dan membuat dokumen SOP")),
    Audience("auditor", later("Auditor"), later("Keterlambatan, waktu, jurnal dan ekspor")),
    Audience("administrator", later("Administrator"), later("Pengaturan, orang dan jabatan, cadangan, gangguan")),
)
ALL = {one.key: one for one in (CITIZEN, *STAFF)}
POWERS = {"admin": "administrator", "auditor": "auditor", "designer": "perancang"}
HIGH = frozenset({"sekwan", "ketua_dprd", "wakil_ketua"})
MIDDLE = frozenset({"kasubag_tu", "kabag"})
"""Roles of offices, as the demo and the SOP name them; every other office reads the page of the staff."""


@bp.get("/bantuan")
@public
def index() -> str:
    """Every page one may read, one's own first."""
    mine = own()
    pages = sorted((CITIZEN, *STAFF), key=lambda one: one.key != mine) if g.me else [CITIZEN]
    return render_template("help/index.html", section="bantuan", pages=pages, mine=mine)


@bp.get("/bantuan/warga")
@public
def citizen() -> str:
    """For whoever reports."""
    return _page(CITIZEN)


@bp.get("/bantuan/<audience>")
def page(audience: str) -> str:
    """For the people of the office: all of them may read all of it."""
    if audience not in ALL:
        raise NotFound("help", audience)
    return _page(ALL[audience])


def _page(audience: Audience) -> str:
    return render_template("help/page.html", section="bantuan", audience=audience, text=_text(audience))


def _text(audience: Audience) -> str:
    return f"help/{'en' if language.english() else 'id'}/{audience.key}.html"


def own() -> str:
    """The page of whoever is here: by their powers, else by the highest office they act for, else the citizen's."""
    if not g.get("me") or g.get("bare"):
        return CITIZEN.key
    by_power = [page for power, page in POWERS.items() if power in g.me.actor.powers]
    return by_power[0] if by_power else max(map(_of_seat, frame.seats()), key=_RANK.index, default="staf")


_RANK = ["staf", "kasubag-kabag", "pejabat"]


def _of_seat(seat: Seat) -> str:
    if seat.role in HIGH:
        return "pejabat"
    return "kasubag-kabag" if seat.role in MIDDLE else "staf"


def register(app: Flask) -> None:
    """Tells every page where its reader's help is."""
    app.add_template_global(own, "own_help")
