"""What happened beside the work on a case: colleagues, similar reports, the site, the reporter's data, recaps."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from db.queries.cases import Line
from webui.desk.story.told import Teller, Told, sentence


def _joined(line: Line, facts: Mapping[str, Any]) -> Told:
    if facts.get("case"):
        return _("Pelapor laporan serupa dihitung bersama laporan ini"), "", ""
    return _("Seorang warga menyatakan mengalami hal yang sama"), "", ""


def _published(line: Line, facts: Mapping[str, Any]) -> Told:
    words = {"pengaduan": _("Pengaduan ditayangkan di situs"), "balasan": _("Balasan ditayangkan di situs")}
    told = str(words.get(str(facts.get("part")), _("Ditayangkan di situs")))
    detail = _("ada bagian yang ditandai; alasannya disimpan pada versinya") if facts.get("confirmed") else ""
    return told, str(detail), ""


def _corrected(line: Line, facts: Mapping[str, Any]) -> Told:
    return _("Yang tayang diralat (versi %(n)s)", n=facts.get("version", "")), "", ""


def _taken_down(line: Line, facts: Mapping[str, Any]) -> Told:
    return _("Ditarik dari situs"), _("karena laporan dicabut") if facts.get("why") == "dicabut" else "", ""


def _photo_chosen(line: Line, facts: Mapping[str, Any]) -> Told:
    return _("Foto dipilih untuk tayang, %(n)s bagian ditutup", n=facts.get("boxes", 0)), "", ""


def _data_asked(line: Line, facts: Mapping[str, Any]) -> Told:
    wish = _("dihapus") if facts.get("kind") == "hapus" else _("dibatasi")
    return _("Pelapor meminta datanya %(wish)s", wish=wish), "", ""


def _data_decided(line: Line, facts: Mapping[str, Any]) -> Told:
    words = {
        "erased": _("Data pribadi dihapus"),
        "restricted": _("Data pribadi dibatasi"),
        "unrestricted": _("Pembatasan data pribadi diakhiri"),
        "erasure_refused": _("Permintaan atas data pribadi ditolak"),
        "hold_set": _("Ditahan karena sengketa"),
        "hold_lifted": _("Penahanan karena sengketa dilepas"),
        "contact_corrected": _("Pelapor membetulkan cara menghubunginya"),
    }
    return str(words[line.kind]), str(facts.get("letter", "")), ""


def _recap(line: Line, facts: Mapping[str, Any]) -> Told:
    words = {
        "recap_sent": _("Rekap dikirim kepada Walikota"),
        "recap_received": _("Rekap diterima Walikota"),
        "recap_withdrawn": _("Rekap ditarik kembali sebelum diterima"),
    }
    return str(words[line.kind]), str(facts.get("unit", "")), ""


TELLERS: Mapping[str, Teller] = {
    "joined": _joined,
    "joined_to": sentence(later("Pelapor dihitung bersama laporan %(number)s")),
    "commented": sentence(later("Percakapan rekan ditambah")),
    "copied": sentence(later("Tembusan diberikan kepada %(office)s")),
    "copy_read": sentence(later("Tembusan dibaca")),
    "reminded": sentence(later("Diingatkan dengan nota dinas %(number)s")),
    "published": _published,
    "corrected": _corrected,
    "taken_down": _taken_down,
    "photo_chosen": _photo_chosen,
    "photo_hidden": sentence(later("Foto tidak lagi tayang")),
    "erasure_asked": _data_asked,
    **dict.fromkeys(
        ("erased", "restricted", "unrestricted", "erasure_refused", "hold_set", "hold_lifted", "contact_corrected"),
        _data_decided,
    ),
    **dict.fromkeys(("recap_sent", "recap_received", "recap_withdrawn"), _recap),
}
