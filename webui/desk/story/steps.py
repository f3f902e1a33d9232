"""What became of a case and its tasks, from receipt to the end."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from db.queries.cases import Line
from webui import language, law
from webui.desk.story.told import Teller, Told, sentence


def _identity(line: Line, facts: Mapping[str, Any]) -> Told:
    words = {
        "terdaftar": _("Identitas pelapor terdaftar pada data kependudukan"),
        "tidak-cocok": _("Identitas pelapor tidak cocok dengan data kependudukan: di luar penerima pelayanan"),
        "belum-diperiksa": _("Identitas pelapor belum dapat diperiksa"),
        "disangkal": _("Identitas pelapor disangkal oleh pemilik NIK"),
    }
    return str(words.get(facts.get("registry", ""), _("Identitas pelapor diperiksa"))), "", ""


def _offered(line: Line, facts: Mapping[str, Any]) -> Told:
    to = line.office or _("pelapor")
    return _("Menunggu %(office)s: %(task)s", office=to, task=language.say(line.task_name)), "", ""


def _completed(line: Line, facts: Mapping[str, Any]) -> Told:
    worked, waited = language.duration(facts.get("worked_ms")), language.duration(facts.get("waited_ms"))
    detail = _("menunggu %(waited)s, dikerjakan %(worked)s", waited=waited, worked=worked)
    late = f"; {_('melewati batas')}" if facts.get("late") else ""
    return (
        _("Selesai: %(task)s", task=language.say(line.task_name)),
        f"{detail}{late}",
        "hot" if facts.get("late") else "",
    )


def _delivered(line: Line, facts: Mapping[str, Any]) -> Told:
    """What was asked for came; or what its reporter thinks of the answer, and whether they want more."""
    rated = facts.get("rated")
    judged = _("Pelapor menilai jawaban: %(rating)s dari 5", rating=rated) if rated else ""
    if facts.get("reopen"):
        return _("Pelapor meminta dibuka kembali"), str(judged), ""
    if facts.get("reply"):
        return judged or _("Pelapor menanggapi jawaban"), "", ""
    return _("Pelapor melengkapi laporannya"), "", ""


def _classified(line: Line, facts: Mapping[str, Any]) -> Told:
    named = {"urgensi": _("Urgensi"), "kerahasiaan": _("Kerahasiaan"), "penilaian": _("Penilaian pelapor")}
    told = ", ".join(f"{named.get(name, name)}: {language.nice(value)}" for name, value in facts.items())
    return told, "", ""


def _agenda(line: Line, facts: Mapping[str, Any]) -> Told:
    entered = language.agenda(f"{facts['book']} {facts['number']}/{facts['year']}")
    return _("Dicatat di buku agenda: nomor %(number)s", number=entered), "", ""


def _milestone(line: Line, facts: Mapping[str, Any]) -> Told:
    late = law.reached_late(facts["due"], line.at_ms) if facts.get("late") else ""
    return _("Tercapai: %(name)s", name=language.say(facts.get("name"))), late, "hot" if late else ""


def _promised(line: Line, facts: Mapping[str, Any]) -> Told:
    """A legal date moved: until when it is now, and whether the date before had been missed already."""
    due, before = facts.get("due"), facts.get("before")
    if before is None:
        return _("Batas menurut aturan: %(due)s", due=language.moment(due)) if due else _("Tanpa batas"), "", ""
    was = _("sebelumnya %(due)s", due=language.moment(before))
    missed = f"; {_('sudah lewat saat diubah')}" if facts.get("missed") else ""
    now = _("Batas menurut aturan menjadi %(due)s", due=language.moment(due)) if due else _("Tanpa batas lagi")
    return now, f"{was}{missed}", "hot" if facts.get("missed") else ""


def _decided(line: Line, facts: Mapping[str, Any]) -> Told:
    rows = facts.get("rows") or []
    name = language.say(facts.get("name"))
    if not rows:
        return _("Tabel “%(name)s”: tidak ada baris yang cocok", name=name), "", ""
    places = ", ".join(str(row["row"]) for row in rows)
    notes = "; ".join(language.say(row["note"]) for row in rows if row.get("note"))
    return _("Ditentukan tabel “%(name)s”, baris %(rows)s", name=name, rows=places), notes, ""


def _waiting(line: Line, facts: Mapping[str, Any]) -> Told:
    if facts.get("for") == "timer":
        return _("Batas waktu berjalan sampai %(until)s", until=language.moment(facts.get("until"))), "", ""
    return _("Menunggu dikirim oleh sistem"), "", ""


def _closed(line: Line, facts: Mapping[str, Any]) -> Told:
    return _("Berkas ditutup: %(state)s", state=language.nice(facts.get("state", ""))), "", ""


def _incident(line: Line, facts: Mapping[str, Any]) -> Told:
    return _("Proses terhenti karena kesalahan; administrator diberi tahu"), "", "hot"


def _taken_over(line: Line, facts: Mapping[str, Any]) -> Told:
    office = facts.get("from_name", "")
    return _("Diambil alih dari %(office)s: %(task)s", office=office, task=language.say(line.task_name)), "", ""


TELLERS: Mapping[str, Teller] = {
    "received": sentence(later("Laporan diterima dengan nomor %(number)s")),
    "identity": _identity,
    "offered": _offered,
    "opened": sentence(later("Dibuka: %(task)s")),
    "claimed": sentence(later("Diambil: %(task)s")),
    "released": sentence(later("Dilepas kembali: %(task)s")),
    "completed": _completed,
    "delivered": _delivered,
    "attached": sentence(later("Berkas ditambahkan: %(task)s")),
    "detached": sentence(later("Berkas dihapus: %(task)s")),
    "recalled": sentence(later("Ditarik kembali: %(task)s")),
    "taken_over": _taken_over,
    "cancelled": sentence(later("Tidak lagi diperlukan: %(task)s")),
    "classified": _classified,
    "agenda": _agenda,
    "milestone": _milestone,
    "promised": _promised,
    "helper_added": sentence(later("Dimintai masukan: %(unit)s")),
    "helper_released": sentence(later("Tidak ditunggu lagi: %(unit)s")),
    "decided": _decided,
    "waiting": _waiting,
    "fired": sentence(later("Batas waktu habis")),
    "withdrawn": sentence(later("Laporan dicabut")),
    "closed": _closed,
    "reopened": sentence(later("Dibuka kembali sebagai %(number)s")),
    "continued": sentence(later("Melanjutkan %(number)s yang tidak ditindaklanjuti")),
    "incident": _incident,
    "incident_solved": sentence(later("Kesalahan diatasi, proses berjalan kembali")),
}
