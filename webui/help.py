"""`/bantuan`: how to do one's own work here, a page per audience, in both languages."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Blueprint, Flask, g, render_template
from flask_babel import lazy_gettext as later

from db.queries import seats
from engine.errors import NotFound
from engine.offices import intakes, standing
from webui import frame, language
from webui.citizens import guided
from webui.doors import public

bp = Blueprint("help", __name__)


@dataclass(frozen=True)
class Audience:
    """Whom a page of help is for: whoever has the power, or holds an office with one of the roles."""

    key: str
    name: Any
    what: Any
    roles: frozenset[str] = frozenset()
    power: str = ""


def _of(key: str, roles: str, name: Any, what: Any) -> Audience:
    return Audience(key, name, what, frozenset(roles.split()))


CITIZEN = Audience("warga", later("Warga"), later("Melapor, melacak, melengkapi dan mencabut laporan"))
STAFF = _of(
    "staf", "", later("Staf"), later("Mencatat laporan, memeriksa, membagikan disposisi, membalas, mengarsipkan")
)
"""For every role that no other page is for."""
OFFICES = (
    STAFF,
    _of("petugas", "petugas", later("Petugas Pengaduan"), later("Meneruskan dalam 1×24 jam, salah masuk, balasan")),
    _of("pejabat-terkait", "pejabat", later("Pejabat Terkait"), later("Telaah, bertanya, tindak lanjut, hasil, rekap")),
    _of("redaktur", "redaktur", later("Redaktur"), later("Menyunting, menutupi foto, menayangkan, meralat")),
    _of("admin-pengaduan", "admin", later("Admin Pengaduan Online"), later("Salah masuk, SMS, NIK, kegagalan data")),
    _of("inspektorat", "inspektorat", later("Inspektorat"), later("Menerima pengaduan berkadar pengawasan")),
    _of("koordinator", "koordinator", later("Koordinator"), later("Mengingatkan, inventaris, monev, rekap kota")),
    _of(
        "kasubag-kabag",
        "kasubag_tu kabag",
        later("Kasubag dan Kabag"),
        later("Memberi paraf, memantau bawahan, mengambil alih"),
    ),
    _of("pimpinan", "pimpinan", later("Pimpinan Terkait"), later("Arahan, unit lain, menetapkan pejabat, rekap")),
    _of("ketua-tim", "ketua_tim", later("Ketua Tim"), later("Papan antrean dan laporan kepada Penanggung Jawab")),
    _of(
        "penanggung-jawab",
        "penanggung_jawab",
        later("Penanggung Jawab"),
        later("Arahan, mengesahkan, menurunkan, rekap kota, data pribadi"),
    ),
    _of(
        "pejabat",
        "sekwan ketua_dprd wakil_ketua",
        later("Pejabat"),
        later("Paraf dan disposisi dari ponsel, berhalangan, tembusan"),
    ),
    _of("walikota", "walikota", later("Walikota"), later("Rekap yang masuk dan belum, laporan insidentil")),
)
"""From the desk that sees a report first to the one that sees it last: of several, the last is shown first."""
POWERS = (
    Audience("perancang", later("Perancang"), later("Mengubah alur kerja dan membuat dokumen SOP"), power="designer"),
    Audience("auditor", later("Auditor"), later("Keterlambatan, waktu, jurnal dan ekspor"), power="auditor"),
    Audience(
        "administrator",
        later("Administrator"),
        later("Pengaturan, orang dan jabatan, cadangan, gangguan"),
        power="admin",
    ),
)
ALL = {one.key: one for one in (CITIZEN, *OFFICES, *POWERS)}


@bp.get("/bantuan")
@public
def index() -> str:
    """Every page one may read, one's own first."""
    mine = own_pages()
    pages = sorted([CITIZEN, *_here()], key=lambda one: one.key not in mine) if g.me else [CITIZEN]
    return render_template("help/index.html", section="bantuan", pages=pages, mine=mine)


@bp.get("/bantuan/warga")
@public
def citizen() -> str:
    """For whoever reports, about the governments that take reports here."""
    doors = [(door, guided.texting(door)) for door in intakes.doors()]
    return _page(CITIZEN, doors=doors, asks_nik=[door for door, _ in doors if door.plan.asks_nik])


@bp.get("/bantuan/<audience>")
def page(audience: str) -> str:
    """For the people of an organisation: all of them may read all that concerns its offices."""
    found = next((one for one in _here() if one.key == audience), None)
    if found is None:
        raise NotFound("help", audience)
    return _page(found)


def _page(audience: Audience, **more: Any) -> str:
    others = [ALL[key] for key in own_pages() if g.get("me") and key != audience.key]
    return render_template(
        "help/page.html", section="bantuan", audience=audience, text=_text(audience), others=others, **more
    )


def _text(audience: Audience) -> str:
    return f"help/{'en' if language.english() else 'id'}/{audience.key}.html"


def _here() -> list[Audience]:
    """The pages of the offices this organisation has, and of the powers that every one has."""
    stamp = g.get("stamp", "")
    roles = standing.kept(stamp, seats.roles, g.me.organisation_id)
    kept = {for_role(role).key for role, _ in roles}
    return [*(one for one in OFFICES if one.key in kept), *POWERS]


@cache
def for_role(role: str) -> Audience:
    """The page of an office of this role."""
    return next((one for one in OFFICES if role in one.roles), STAFF)


def own_pages() -> list[str]:
    """The pages of whoever is here: of their powers, then of the offices they act for, the highest first."""
    if not g.get("me") or g.get("bare"):
        return [CITIZEN.key]
    powers = [one.key for one in reversed(POWERS) if one.power in g.me.actor.powers]
    held = {for_role(seat.role).key for seat in frame.seats()}
    return powers + [one.key for one in reversed(OFFICES) if one.key in held] or [STAFF.key]


def own() -> str:
    """The first of one's own pages."""
    return own_pages()[0]


def register(app: Flask) -> None:
    """Tells every page where its reader's help is."""
    app.add_template_global(own, "own_help")
