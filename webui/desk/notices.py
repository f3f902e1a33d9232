"""Pemberitahuan: what a person is told once, until they have seen it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import notices as questions
from db.queries.notices import Notice
from engine.commands import keeping
from webui import language
from webui.clock import now_ms
from webui.doors import for_readers, me
from webui.numbers import whole

bp = Blueprint("notices", __name__)

PLACES = {
    "sms_banyak": "/sms",
    "sms_batas": "/sms",
    "daftar-usul": "/persetujuan/daftar",
    "daftar-putus": "/persetujuan/daftar",
    "penetapan": "/tugas",
    "sk-tahunan": "/penugasan",
    "insiden-data": "/insiden-data",
    "data-diminta": "/penghapusan",
    "data-mulai": "/penghapusan",
}
"""Where notices of a kind lead that are about no one thing."""

_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "segera": lambda f: (
        _("Batas hukum berkas ini segera jatuh tempo, %(until)s%(basis)s.", **f)
        if f["law"]
        else _("Tugas segera jatuh tempo, batasnya %(until)s.", **f)
    ),
    "terlambat": lambda f: (
        _("Berkas ini terlambat: batas hukumnya %(until)s%(basis)s.", **f)
        if f["law"]
        else _("Tugas melewati batasnya, %(until)s.", **f)
    ),
    "belum_dibuka": lambda _f: _("Tugas belum dibuka padahal sudah lewat waktu tunggunya."),
    "disebut": lambda _f: _("Anda diminta membaca percakapan tentang berkas ini."),
    "tembusan": lambda _f: _("Jabatan Anda menerima tembusan berkas ini."),
    "diambil-alih": lambda _f: _("Tugas diambil alih oleh atasan; alasannya ada di percakapan berkas."),
    "dilepas": lambda _f: _("Masukan unit Anda untuk berkas ini tidak ditunggu lagi; alasannya ada pada riwayatnya."),
    "dicatat": lambda _f: _("Tindakan Anda saat gangguan dicatat kemudian oleh rekan. Periksa apakah benar."),
    "gangguan-usul": lambda _f: _("Catatan gangguan menunggu pengesahan orang kedua."),
    "gangguan-ditolak": lambda _f: _("Catatan gangguan Anda ditolak; alasannya ada pada catatannya."),
    "sms_banyak": lambda _f: _("Banyak SMS datang dari satu nomor; selebihnya menunggu Anda di Kotak SMS."),
    "sms_batas": lambda _f: _("Balasan bantuan SMS mencapai batas sejam; yang bertanya sesudahnya tidak dibalas."),
    "sms_dua": lambda _f: _("Satu SMS tampaknya memuat dua aduan; dicatat utuh sebagai satu berkas."),
    "surel_gagal": lambda _f: _("Kabar kepada pelapor tidak sampai. Hubungi pelapor dengan cara lain."),
    "berhalangan-usul": lambda f: _("Usulan pengganti %(office)s, %(from)s sampai %(until)s, menunggu Anda.", **f),
    "berhalangan-disetujui": lambda f: _("Pengganti %(office)s, %(from)s sampai %(until)s, disetujui.", **f),
    "berhalangan-ditolak": lambda f: _("Usulan pengganti %(office)s, %(from)s sampai %(until)s, ditolak.", **f),
}

_WORDS["surat"] = lambda f: _("%(name)s nomor %(number)s ditujukan kepada jabatan Anda.", **f)
_WORDS["daftar-usul"] = lambda f: _("Usul perubahan daftar %(name)s menunggu persetujuan Anda.", **f)
_WORDS["daftar-putus"] = lambda f: _("Usul perubahan daftar %(name)s sudah diputuskan.", **f)
_WORDS["penetapan"] = lambda f: _("Anda ditetapkan sebagai %(office)s sejak %(from)s.", **f)
_WORDS["sk-tahunan"] = lambda f: _("Petugas tahun %(year)s: %(missing)s jabatan belum mempunyai penetapan.", **f)
_WORDS["data-diminta"] = lambda f: (
    _("Pelapor meminta datanya dihapus; 3×24 jam mulai sesudah laporannya selesai atau dicabut.")
    if f.get("waits")
    else _("Pelapor meminta datanya dihapus atau dibatasi; jawab dalam 3×24 jam.")
)
_WORDS["data-mulai"] = lambda _f: _("Laporan selesai; permintaan hapus datanya dijawab dalam 3×24 jam sejak itu.")
_WORDS["insiden-data"] = lambda f: (
    _("Kegagalan pelindungan data %(number)s belum diberitahukan; batasnya %(until)s.", **f)
    if f.get("until")
    else _("Kegagalan pelindungan data %(number)s dicatat; jam 3×24 berjalan.", **f)
)


def _proposal(facts: dict[str, Any]) -> str:
    """To whoever approves: it waits; to whoever proposed: what became of it."""
    words = {
        "disahkan": _("Usulan terbitan %(process)s disahkan.", **facts),
        "ditolak": _("Usulan terbitan %(process)s ditolak; alasannya ada pada usulannya.", **facts),
    }
    waits = _("Usulan terbitan %(process)s menunggu pengesahan Anda.", **facts)
    return str(words.get(facts.get("state", ""), waits))


_WORDS["usulan"] = _proposal


@dataclass(frozen=True)
class Shown:
    """A notice as people read it."""

    notice: Notice
    words: str
    address: str


@bp.get("/pemberitahuan")
def index() -> str:
    """What was told, the newest first; only what is new unless all is asked for."""
    every = request.args.get("semua") == "ya"
    before = request.args.get("sebelum", 0, type=whole)
    rows, more = questions.told(me().actor.person_id, new=not every, before=before)
    facts = {"shown": [_shown(row) for row in rows], "more": rows[-1].id if more else None, "every": every}
    return render_template("tasks/notices.html", section="pemberitahuan", before=before, **facts)


def _shown(row: Notice) -> Shown:
    facts = _facts(row) if not row.kind.startswith("berhalangan-") else _in_days(_facts(row))
    facts = {name: _readable(name, value) for name, value in facts.items()}
    facts["basis"] = _basis(facts)
    say = _WORDS.get(row.kind)
    words = say(facts) if say else _("Ada kabar tentang berkas ini.")
    return Shown(row, words, _address(row))


def _basis(facts: dict[str, Any]) -> str:
    """By what law the date stands, as " (7 hari kerja, Perwali 14/2016 Pasal 8 ayat (2))"; "" where none was told."""
    days = _("%(n)s hari kerja", n=facts["days"]) if facts.get("days") else ""
    known = ", ".join(part for part in (days, language.say(facts.get("basis", ""))) if part)
    return f" ({known})" if known else ""


def _facts(row: Notice) -> dict[str, Any]:
    found = orjson.loads(row.facts)
    return {"until": "", "from": "", "office": "", "process": "", "law": False, **found}


def _in_days(facts: dict[str, Any]) -> dict[str, Any]:
    """An absence counts in whole days, the last one with it."""
    first, past = facts["from"], facts["until"]
    days = {"from": language.day(first), "until": language.day(past - 1)} if first and past else {}
    return facts | days


def _readable(name: str, value: Any) -> Any:
    return language.moment(value) if name in ("until", "from") and isinstance(value, int) else value


def _address(row: Notice) -> str:
    if row.kind in ("segera", "terlambat", "belum_dibuka") and row.task_id:
        return f"/tugas/{row.task_id}"
    if row.kind.startswith("berhalangan-"):
        return "/berhalangan"
    if row.kind.startswith("gangguan-"):
        return f"/gangguan/catatan/{_facts(row).get('entry', 0)}"
    if row.kind == "usulan":
        return f"/perancang/usul/{_facts(row).get('proposal', 0)}"
    if row.kind == "surat":
        return f"/surat/{_facts(row).get('memo', 0)}"
    if row.kind in PLACES:
        return PLACES[row.kind]
    if row.kind == "disebut" and row.case_id:
        return f"/kasus/{row.case_id}/percakapan"
    return f"/kasus/{row.case_id}" if row.case_id else ""


@bp.post("/pemberitahuan")
@for_readers
def see() -> Response:
    """Marks one, or all, as seen."""
    named = [int(one) for one in request.form.getlist("kabar") if one.isdecimal() and len(one) < 12]
    keeping.see_notices(named, by=me().actor, now=now_ms())
    if not named:
        flash(_("Semua pemberitahuan ditandai sudah dibaca."))
    return redirect("/pemberitahuan")
