"""The journal of a case in plain words: what happened, who did it as what, when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from flask_babel import gettext as _

from db.queries.cases import Line
from engine.commands.messages import SENTENCES
from webui import language, law
from webui.frame import seat_name
from webui.message_names import name_of
from webui.troubles import trouble


@dataclass(frozen=True)
class Event:
    """One line of the story; `tone` is hot for what is late or broken."""

    at_ms: int
    text: str
    detail: str = ""
    tone: str = ""
    by: str = ""
    task: int | None = None


Teller = Callable[[Line, dict[str, Any]], tuple[str, str, str]]


def tell(lines: Sequence[Line]) -> list[Event]:
    """The story in the order of its lines; what only machines care about is left out."""
    return [_event(line) for line in lines if line.kind in _TELLERS]


def _event(line: Line) -> Event:
    facts = orjson.loads(line.facts)
    text, detail, tone = _TELLERS[line.kind](line, facts)
    if facts.get("declared"):
        detail = "; ".join(part for part in (detail, _("dicatat kemudian")) if part)
    by = ", ".join(
        part for part in (line.person, seat_name(line.office, line.acting_as) if line.person else "") if part
    )
    return Event(line.at_ms, text, detail, tone, by, line.task)


def _received(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Laporan diterima dengan nomor %(number)s", number=facts.get("number", "")), "", ""


def _identity(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    words = {
        "terdaftar": _("Identitas pelapor terdaftar pada data kependudukan"),
        "tidak-cocok": _("Identitas pelapor tidak cocok dengan data kependudukan: di luar penerima pelayanan"),
        "belum-diperiksa": _("Identitas pelapor belum dapat diperiksa"),
        "disangkal": _("Identitas pelapor disangkal oleh pemilik NIK"),
    }
    return str(words.get(facts.get("registry", ""), _("Identitas pelapor diperiksa"))), "", ""


def _offered(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    to = line.office or _("pelapor")
    return _("Menunggu %(office)s: %(task)s", office=to, task=language.say(line.task_name)), "", ""


def _opened(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Dibuka: %(task)s", task=language.say(line.task_name)), "", ""


def _claimed(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Diambil: %(task)s", task=language.say(line.task_name)), "", ""


def _released(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Dilepas kembali: %(task)s", task=language.say(line.task_name)), "", ""


def _completed(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    worked, waited = language.duration(facts.get("worked_ms")), language.duration(facts.get("waited_ms"))
    detail = _("menunggu %(waited)s, dikerjakan %(worked)s", waited=waited, worked=worked)
    late = f"; {_('melewati batas')}" if facts.get("late") else ""
    return (
        _("Selesai: %(task)s", task=language.say(line.task_name)),
        f"{detail}{late}",
        "hot" if facts.get("late") else "",
    )


def _delivered(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    """What was asked for came; or what its reporter thinks of the answer, and whether they want more."""
    rated = facts.get("rated")
    judged = _("Pelapor menilai jawaban: %(rating)s dari 5", rating=rated) if rated else ""
    if facts.get("reopen"):
        return _("Pelapor meminta dibuka kembali"), str(judged), ""
    if facts.get("reply"):
        return judged or _("Pelapor menanggapi jawaban"), "", ""
    return _("Pelapor melengkapi laporannya"), "", ""


def _classified(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    named = {"urgensi": _("Urgensi"), "kerahasiaan": _("Kerahasiaan"), "penilaian": _("Penilaian pelapor")}
    told = ", ".join(f"{named.get(name, name)}: {language.nice(value)}" for name, value in facts.items())
    return told, "", ""


def _agenda(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    entered = language.agenda(f"{facts['book']} {facts['number']}/{facts['year']}")
    return _("Dicatat di buku agenda: nomor %(number)s", number=entered), "", ""


def _milestone(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    late = law.reached_late(facts["due"], line.at_ms) if facts.get("late") else ""
    return _("Tercapai: %(name)s", name=language.say(facts.get("name"))), late, "hot" if late else ""


def _promised(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    """A legal date moved: until when it is now, and whether the date before had been missed already."""
    due, before = facts.get("due"), facts.get("before")
    if before is None:
        return _("Batas menurut aturan: %(due)s", due=language.moment(due)) if due else _("Tanpa batas"), "", ""
    was = _("sebelumnya %(due)s", due=language.moment(before))
    missed = f"; {_('sudah lewat saat diubah')}" if facts.get("missed") else ""
    now = _("Batas menurut aturan menjadi %(due)s", due=language.moment(due)) if due else _("Tanpa batas lagi")
    return now, f"{was}{missed}", "hot" if facts.get("missed") else ""


def _helper_added(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Dimintai masukan: %(unit)s", unit=facts.get("unit_name", "")), "", ""


def _helper_released(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Tidak ditunggu lagi: %(unit)s", unit=facts.get("unit_name", "")), "", ""


def _decided(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    rows = facts.get("rows") or []
    name = language.say(facts.get("name"))
    if not rows:
        return _("Tabel “%(name)s”: tidak ada baris yang cocok", name=name), "", ""
    places = ", ".join(str(row["row"]) for row in rows)
    notes = "; ".join(language.say(row["note"]) for row in rows if row.get("note"))
    return _("Ditentukan tabel “%(name)s”, baris %(rows)s", name=name, rows=places), notes, ""


def _waiting(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    if facts.get("for") == "timer":
        return _("Batas waktu berjalan sampai %(until)s", until=language.moment(facts.get("until"))), "", ""
    return _("Menunggu dikirim oleh sistem"), "", ""


def _sent(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    if facts.get("delivered") and facts.get("by") == "sms":
        return _("Dikirim kepada pelapor lewat SMS"), "", ""
    if facts.get("delivered"):
        return _("Dikirim kepada pelapor lewat surel"), "", ""
    if str(facts.get("reason") or "").startswith("SMS"):
        return _("Tidak terkirim lewat SMS"), language.say(facts.get("reason")), ""
    return _("Tidak terkirim lewat surel"), _why_not(str(facts.get("reason") or "")), ""


def _why_not(reason: str) -> str:
    """Why mail did not leave; a mail server's refusal carries its number."""
    what, refused, code = reason.partition(" ditolak (")
    if not refused:
        return language.say(reason)
    if what == "alamat surel":
        return str(_("alamat surel ditolak (%(code)s)", code=code.rstrip(")")))
    return str(_("surel ditolak (%(code)s)", code=code.rstrip(")")))


def _mailed(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    name = name_of(str(facts.get("message", "")))
    if facts.get("delivered"):
        return _mailed_well(name, texted=facts.get("by") == "sms", other=_to_others(facts)), "", ""
    return _("%(message)s tidak sampai lewat surel", message=name), trouble(str(facts.get("reason", ""))), "hot"


def _to_others(facts: dict[str, Any]) -> bool:
    return str(facts.get("message", "")).startswith("serupa_")


def _mailed_well(name: str, *, texted: bool, other: bool) -> str:
    if other and texted:
        return str(_("%(message)s: dikabarkan lewat SMS", message=name))
    if other:
        return str(_("%(message)s: dikabarkan lewat surel", message=name))
    if texted:
        return str(_("%(message)s dikirim kepada pelapor lewat SMS", message=name))
    return str(_("%(message)s dikirim kepada pelapor lewat surel", message=name))


def _sms(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    name, state = name_of(str(facts.get("message", ""))), facts.get("state")
    if state == "failed":
        return _("%(message)s: tidak sampai", message=name), "", "hot"
    reached = _("%(message)s: sampai di telepon", message=name)
    return (reached if state == "delivered" else _("%(message)s: terkirim", message=name)), "", ""


def _mail_handled(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    words = {"mail_retried": _("Surel dicoba lagi"), "mail_resent": _("Surel dikirim ulang")}
    reason = language.say(SENTENCES.get(str(facts.get("reason", "")), ""))
    return str(words.get(line.kind, _("Surel dibatalkan"))), reason, ""


def _fired(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Batas waktu habis"), "", ""


def _cancelled(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Tidak lagi diperlukan: %(task)s", task=language.say(line.task_name)), "", ""


def _withdrawn(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Laporan dicabut"), "", ""


def _closed(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Berkas ditutup: %(state)s", state=language.nice(facts.get("state", ""))), "", ""


def _incident(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Proses terhenti karena kesalahan; administrator diberi tahu"), "", "hot"


def _solved(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Kesalahan diatasi, proses berjalan kembali"), "", ""


def _joined(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    if facts.get("case"):
        return _("Pelapor laporan serupa dihitung bersama laporan ini"), "", ""
    return _("Seorang warga menyatakan mengalami hal yang sama"), "", ""


def _joined_to(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Pelapor dihitung bersama laporan %(number)s", number=facts.get("number", "")), "", ""


def _commented(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Percakapan rekan ditambah"), "", ""


def _copied(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Tembusan diberikan kepada %(office)s", office=facts.get("to_name", "")), "", ""


def _copy_read(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Tembusan dibaca"), "", ""


def _attached(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Berkas ditambahkan: %(task)s", task=language.say(line.task_name)), "", ""


def _detached(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Berkas dihapus: %(task)s", task=language.say(line.task_name)), "", ""


def _recalled(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Ditarik kembali: %(task)s", task=language.say(line.task_name)), "", ""


def _reminded(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Diingatkan dengan nota dinas %(number)s", number=facts.get("number", "")), "", ""


def _reopened(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Dibuka kembali sebagai %(number)s", number=facts.get("number", "")), "", ""


def _continued(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Melanjutkan %(number)s yang tidak ditindaklanjuti", number=facts.get("number", "")), "", ""


def _published(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    words = {"pengaduan": _("Pengaduan ditayangkan di situs"), "balasan": _("Balasan ditayangkan di situs")}
    told = str(words.get(str(facts.get("part")), _("Ditayangkan di situs")))
    detail = _("ada bagian yang ditandai; alasannya disimpan pada versinya") if facts.get("confirmed") else ""
    return told, str(detail), ""


def _corrected(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Yang tayang diralat (versi %(n)s)", n=facts.get("version", "")), "", ""


def _taken_down(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Ditarik dari situs"), _("karena laporan dicabut") if facts.get("why") == "dicabut" else "", ""


def _photo_chosen(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Foto dipilih untuk tayang, %(n)s bagian ditutup", n=facts.get("boxes", 0)), "", ""


def _photo_hidden(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    return _("Foto tidak lagi tayang"), "", ""


def _taken_over(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    office = facts.get("from_name", "")
    return _("Diambil alih dari %(office)s: %(task)s", office=office, task=language.say(line.task_name)), "", ""


def _data_asked(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    wish = _("dihapus") if facts.get("kind") == "hapus" else _("dibatasi")
    return _("Pelapor meminta datanya %(wish)s", wish=wish), "", ""


def _data_decided(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
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


def _recap(line: Line, facts: dict[str, Any]) -> tuple[str, str, str]:
    words = {
        "recap_sent": _("Rekap dikirim kepada Walikota"),
        "recap_received": _("Rekap diterima Walikota"),
        "recap_withdrawn": _("Rekap ditarik kembali sebelum diterima"),
    }
    return str(words[line.kind]), str(facts.get("unit", "")), ""


_TELLERS: dict[str, Teller] = {
    **dict.fromkeys(("recap_sent", "recap_received", "recap_withdrawn"), _recap),
    "erasure_asked": _data_asked,
    **dict.fromkeys(
        ("erased", "restricted", "unrestricted", "erasure_refused", "hold_set", "hold_lifted", "contact_corrected"),
        _data_decided,
    ),
    "received": _received,
    "identity": _identity,
    "offered": _offered,
    "opened": _opened,
    "reminded": _reminded,
    "reopened": _reopened,
    "continued": _continued,
    "claimed": _claimed,
    "released": _released,
    "completed": _completed,
    "delivered": _delivered,
    "classified": _classified,
    "agenda": _agenda,
    "milestone": _milestone,
    "promised": _promised,
    "helper_added": _helper_added,
    "helper_released": _helper_released,
    "decided": _decided,
    "waiting": _waiting,
    "sent": _sent,
    "fired": _fired,
    "cancelled": _cancelled,
    "withdrawn": _withdrawn,
    "closed": _closed,
    "incident": _incident,
    "incident_solved": _solved,
    "mailed": _mailed,
    "sms": _sms,
    "mail_retried": _mail_handled,
    "mail_resent": _mail_handled,
    "mail_cancelled": _mail_handled,
    "joined": _joined,
    "joined_to": _joined_to,
    "commented": _commented,
    "copied": _copied,
    "copy_read": _copy_read,
    "attached": _attached,
    "detached": _detached,
    "recalled": _recalled,
    "taken_over": _taken_over,
    "published": _published,
    "corrected": _corrected,
    "taken_down": _taken_down,
    "photo_chosen": _photo_chosen,
    "photo_hidden": _photo_hidden,
}
