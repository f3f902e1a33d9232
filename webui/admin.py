"""The administrator's pages until there are more: substitutes, incidents, what waits to be done."""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import orjson
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

import engine
from db.queries import admin
from db.queries.admin import Appointment, JobLine, Trouble
from engine import releases
from engine.errors import FormInvalid, NotAllowed, NotFound, Objection, OfficeError, ProcessBroken, TaskAlreadyDone
from engine.people import SUBSTITUTES
from webui import causes, errors, language, periods
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.numbers import whole

bp = Blueprint("admin", __name__)

GRACE_MS = 5 * 60_000
"""A job this long past its time should have been done: the worker is slow, or gone."""
FIELDS = ("office", "person", "kind", "from", "until", "letter", "letter_date")


def _around(here: str) -> dict[str, Any]:
    counts = admin.queue(me().organisation_id, now_ms(), GRACE_MS)
    return {"section": "pengaturan", "here": here, "counts": counts}


def _page() -> int:
    return max(1, request.args.get("halaman", 1, type=whole))


# --- substitutes ---


@dataclass(frozen=True)
class Term:
    """A substitute's time as the list shows it."""

    row: Appointment
    state: str  # berlaku, akan datang, selesai, dibatalkan
    last_ms: int | None  # an instant of the last day


@bp.get("/pengaturan")
@needs("admin")
def index() -> str:
    """Substitutes: the form, and who stands in for whom."""
    return _substitutes({}, {})


def _substitutes(typed: dict[str, str], problems: dict[str, list[str]]) -> str:
    now, organisation = now_ms(), me().organisation_id
    found, more = admin.appointments(organisation, _page())
    return render_template(
        "admin/index.html",
        **_around("pengganti"),
        offices=admin.offices(organisation, now),
        people=admin.people(organisation),
        kinds=_kinds(),
        terms=[_term(row, now) for row in found],
        page=_page(),
        more=more,
        typed=typed,
        problems=problems,
        summary={f"p-{name}": (words, problems[name]) for name, words in _labels().items() if name in problems},
    )


def _kinds() -> dict[str, tuple[str, str]]:
    """What a substitute is called, and when it is the right word."""
    return {
        "plh": (_("Plh. (pelaksana harian)"), _("pejabatnya ada, tetapi berhalangan sementara")),
        "plt": (_("Plt. (pelaksana tugas)"), _("jabatannya kosong; paling lama tiga bulan")),
        "wakil": (_("Wakil (a.n.)"), _("hanya untuk jabatan yang mempunyai wakil, seperti Ketua DPRD")),
    }


def _labels() -> dict[str, str]:
    return {
        "office": _("Jabatan yang digantikan"),
        "person": _("Pengganti"),
        "kind": _("Sebagai"),
        "from": _("Mulai tanggal"),
        "until": _("Sampai dengan tanggal"),
        "letter": _("Nomor surat perintah"),
        "letter_date": _("Tanggal surat perintah"),
    }


def _term(row: Appointment, now: int) -> Term:
    until = row.until_ms
    last = None if until is None else max(until - 1, row.from_ms)
    if until is not None and until <= row.from_ms:
        return Term(row, "dibatalkan", last)
    if now < row.from_ms:
        return Term(row, "akan datang", last)
    return Term(row, "berlaku" if until is None or now < until else "selesai", last)


@dataclass
class Filled:
    """The form of a substitute as it was sent: what was typed, what it means, what is wrong with it."""

    typed: dict[str, str]
    problems: dict[str, list[str]] = field(default_factory=dict)

    def number(self, name: str, words: str) -> int:
        """A choice by its id; 0 with a problem when nothing was chosen."""
        text = self.typed[name]
        if text.isascii() and text.isdecimal() and len(text) < 10:
            return int(text)
        self.problems[name] = [words]
        return 0

    def text(self, name: str, words: str, allowed: Container[str] | None = None) -> str:
        """What was typed or chosen; a problem when it is empty or none of what may be chosen."""
        if not self.typed[name] or (allowed is not None and self.typed[name] not in allowed):
            self.problems[name] = [words]
        return self.typed[name]

    def day(self, name: str, words: str) -> date:
        """A date; some date with a problem when it cannot be read."""
        try:
            found = date.fromisoformat(self.typed[name])
            if 2000 <= found.year < 2200:
                return found
        except ValueError:
            pass
        self.problems[name] = [words]
        return date(2000, 1, 1)


def _again() -> Response:
    """The form once more with what was typed, when its token grew old."""
    words = _("Halaman ini terlalu lama terbuka. Isian Anda masih ada; periksa, lalu kirim sekali lagi.")
    flash(words, "error")
    return make_response(_substitutes(_typed(), {}), 400)


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "").replace("\0", "").strip()[:200] for name in FIELDS}


@bp.post("/pengaturan/pengganti")
@needs("admin")
@redraws(_again)
def appoint() -> Response:
    """Enters a substitute; with problems the page comes back, everything typed kept."""
    filled = Filled(_typed())
    wanted = _wanted(filled)
    if not filled.problems:
        try:
            engine.appoint(**wanted, by=me().actor, now=now_ms())
        except FormInvalid as refused:
            filled.problems = {name: _sentences(found) for name, found in refused.problems.items()}
    if filled.problems:
        return make_response(_substitutes(filled.typed, filled.problems), 422)
    flash(_("Pengganti dicatat. Ia dapat bertindak selama masa itu; pejabat definitifnya tidak."))
    return redirect(url_for("admin.index"))


def _wanted(filled: Filled) -> dict[str, Any]:
    zone = me().timezone
    first = filled.day("from", _("Isi tanggal mulai."))
    last = filled.day("until", _("Isi tanggal terakhir ia menggantikan."))
    filled.day("letter_date", _("Isi tanggal surat perintah."))
    return {
        "office_id": filled.number("office", _("Pilih jabatan yang digantikan.")),
        "person_id": filled.number("person", _("Pilih siapa yang menggantikan.")),
        "kind": filled.text("kind", _("Pilih Plh., Plt., atau wakil."), SUBSTITUTES),
        "from_ms": _begins(first, zone),
        "until_ms": periods.starts(last + timedelta(days=1), zone),
        "letter": filled.text("letter", _("Isi nomor surat perintah.")),
        "letter_date": filled.typed["letter_date"],
    }


def _begins(first: date, zone: str) -> int:
    """The start of that day; of today, now: nobody acts in the past, and whom one replaced today may be replaced."""
    starts, tomorrow = periods.starts(first, zone), periods.starts(first + timedelta(days=1), zone)
    return now_ms() if starts <= now_ms() < tomorrow else starts


def _sentences(found: Any) -> list[str]:
    return [language.sentence(o) if isinstance(o, Objection) else str(o) for o in found]


@bp.post("/pengaturan/pengganti/<int:holding_id>/akhiri")
@needs("admin")
def end(holding_id: int) -> Response:
    """Ends a substitute's time now."""
    engine.end_appointment(holding_id, by=me().actor, now=now_ms())
    flash(_("Masa pengganti diakhiri. Yang sudah ia kerjakan tetap berlaku atas namanya."))
    return redirect(url_for("admin.index"))


# --- incidents ---


@bp.get("/pengaturan/insiden")
@needs("admin")
def incidents() -> str:
    """What could not go on, why, and the button that tries again."""
    found, more = admin.incidents(me().organisation_id, _page())
    rows = [
        (row, _verb(row), _element_name(row.process, row.element), causes.told(row.cause), _mend(row.cause))
        for row in found
    ]
    return render_template("admin/incidents.html", **_around("insiden"), rows=rows, page=_page(), more=more)


def _verb(row: Trouble) -> str:
    """What was being done."""
    who = row.person or _("seseorang")
    words = {
        "complete": _("%(who)s menyelesaikan langkah ini", who=who),
        "deliver": _("Pelapor melengkapi laporannya"),
        "timer": _("Batas waktunya habis"),
        "service": _("Sistem mengirim kabar"),
        "start": _("Laporan diterima"),
    }
    return str(words.get(row.verb, row.verb))


def _mend(cause: str) -> str:
    """What to do about a cause that is known."""
    if cause.startswith("tidak ada jabatan"):
        return str(_("Adakan jabatan itu, atau petakan perannya ke jabatan yang ada, lalu coba lagi."))
    return ""


def _element_name(process: str, element: str) -> str:
    """The words on the diagram, else the id."""
    try:
        found = releases.current(me().organisation_id, process).diagram.elements.get(element)
    except OfficeError:
        return element
    return language.say(found.name or element) if found else element


@bp.post("/pengaturan/insiden/<int:incident_id>/coba-lagi")
@needs("admin")
def retry(incident_id: int) -> Response:
    """Repeats the act and says how it went."""
    row = admin.incident(me().organisation_id, incident_id)
    if row is None:
        raise NotFound("incident", incident_id)
    text, fine = _tried(row)
    flash(text, "message" if fine else "error")
    return redirect(url_for("admin.incidents"))


def _tried(row: Trouble) -> tuple[str, bool]:
    """What to say after trying again, and whether it went through."""
    try:
        engine.retry(row.id, by=me().actor, now=now_ms())
    except ProcessBroken as broken:
        return _("%(number)s masih terhenti: %(cause)s.", number=row.number, cause=causes.told(broken.cause)), False
    except TaskAlreadyDone as done:
        return f"{row.number}: {errors.done_by(done)}", False
    except NotAllowed as refused:
        return f"{row.number}: {language.say(refused.why)}", False
    except FormInvalid:
        return _("%(number)s: isian yang disimpan tidak lagi sesuai formulirnya.", number=row.number), False
    except NotFound:
        return _("%(number)s sudah berjalan lagi.", number=row.number), True
    except OfficeError as refused:
        return f"{row.number}: {errors.words_of(refused).title}", False
    if row.verb in ("timer", "service"):
        return _(
            "%(number)s dijadwalkan lagi; hasilnya tampak sesudah pekerja menjalankannya.", number=row.number
        ), True
    return _("%(number)s berjalan lagi.", number=row.number), True


# --- jobs ---


@dataclass(frozen=True)
class Waiting:
    """A job as the list shows it, without anything a message might quote."""

    row: JobLine
    what: str
    element: str
    state: str  # menunggu, terlambat, gagal
    trouble: str


@bp.get("/pengaturan/antrean")
@needs("admin")
def queue() -> str:
    """What waits to be sent or done, and what failed."""
    found, more = admin.jobs(me().organisation_id, _page())
    now = now_ms()
    rows = [_waiting(row, now) for row in found]
    return render_template("admin/queue.html", **_around("antrean"), rows=rows, page=_page(), more=more)


def _waiting(row: JobLine, now: int) -> Waiting:
    facts = orjson.loads(row.payload)
    state = "gagal" if row.state == "failed" else "terlambat" if row.due_ms < now - GRACE_MS else "menunggu"
    element = _element_name(row.process, str(facts.get("element", "")))
    return Waiting(row, _work(row, facts), element, state, _trouble(row.error))


def _work(row: JobLine, facts: dict[str, Any]) -> str:
    topics = {"balas_pelapor": _("Kirim balasan kepada pelapor"), "kabari_pelapor": _("Kirim kabar kepada pelapor")}
    if row.kind == "service":
        return str(topics.get(facts.get("topic", ""), _("Kirim keluar")))
    return str(_("Batas waktu habis")) if row.kind == "timer" else row.kind


def _trouble(error: str) -> str:
    """The kind of trouble alone: what a mail server answered may hold someone's address."""
    kind = error.partition(":")[0].strip()
    if not kind:
        return ""
    words = {
        "ConnectionRefusedError": _("peladen surat menolak sambungan"),
        "TimeoutError": _("peladen surat tidak menjawab"),
        "gaierror": _("alamat peladen surat tidak ditemukan"),
        "SMTPAuthenticationError": _("peladen surat menolak kata sandi"),
        "SMTPRecipientsRefused": _("alamat penerima ditolak"),
        "SMTPServerDisconnected": _("peladen surat memutus sambungan"),
    }
    if kind in words:
        return str(words[kind])
    return kind if kind.isidentifier() else str(_("proses terhenti; lihat insiden"))
