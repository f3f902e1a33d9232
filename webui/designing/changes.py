"""What changed from one release to another, in a designer's words."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _

from engine.diagrams.release_changes import Change
from webui import language

_TIME = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", re.ASCII)


@dataclass(frozen=True)
class Told:
    """A change in a designer's words; `facts` are (what, before, after)."""

    kind: str
    what: str
    name: str
    id: str
    facts: list[tuple[str, str, str]]


def told(change: Change) -> Told:
    kinds = {"added": _("baru"), "removed": _("hilang"), "changed": _("berubah")}
    whats = {"element": _("Simbol"), "flow": _("Panah"), "table": _("Tabel"), "screen": _("Formulir")}
    facts = (
        []
        if change.what == "screen"
        else [(_word(name), _said(name, old), _said(name, new)) for name, old, new in change.facts]
    )
    name = language.say(change.name) or change.id
    return Told(kinds[change.kind], whats[change.what], name, change.id.removeprefix("form:"), facts)


def _said(name: str, value: str) -> str:
    """A value in office words: PT10M reads "10 menit (PT10M)"."""
    found = _TIME.fullmatch(value) if name in ("sop.waktu", "sop.tunggu", "lama") else None
    if not found or not any(found.groups()):
        return value
    units = (_("%(n)s hari"), _("%(n)s jam"), _("%(n)s menit"))
    said = " ".join(str(words) % {"n": n} for words, n in zip(units, found.groups(), strict=True) if n)
    return f"{said} ({value})"


_PLACE = re.compile(r"baris (\d+)(?:, (?:kolom (.*)|keterangan))?", re.DOTALL)


def _word(name: str) -> str:
    place = _PLACE.fullmatch(name)
    if place:
        return _of_table(name, place)
    words = {
        "tabel": _("Tabel yang ditanya"),
        "aturan pilih": _("Aturan pilih"),
        "kolom": _("Kolom"),
        "urutan baris": _("Urutan baris"),
        "nama": _("Nama"),
        "jenis": _("Jenis simbol"),
        "lajur": _("Lajur"),
        "peran": _("Peran"),
        "formulir": _("Formulir"),
        "topik": _("Layanan"),
        "lama": _("Lamanya"),
        "dari": _("Dari"),
        "ke": _("Ke"),
        "kata": _("Tulisan pada panah"),
        "syarat": _("Syarat"),
        "dasar": _("Dasar"),
        "sop.waktu": _("Batas waktu"),
        "sop.hitungan": _("Cara menghitung"),
        "sop.sejak": _("Dihitung sejak"),
        "sop.tunggu": _("Norma menunggu"),
        "sop.nomor": _("Nomor langkah SOP"),
        "sop.kegiatan": _("Kegiatan pada SOP"),
        "sop.pelaksana": _("Pelaksana pada SOP"),
        "sop.kelengkapan": _("Kelengkapan"),
        "sop.keluaran": _("Keluaran"),
    }
    return str(words.get(name, name))


def _of_table(name: str, place: re.Match[str]) -> str:
    """A row of a table, or one cell of it."""
    row = str(_("Baris %(n)s", n=place[1]))
    if place[2] is not None:
        return f"{row}, {place[2]}"
    return f"{row}, {_('keterangan')}" if name.endswith(", keterangan") else row
