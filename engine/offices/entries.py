"""Reports that someone of the office types in: who may, how it came, when, and why later than it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from db import sql
from engine.errors import FormInvalid, NotAllowed, Objection
from engine.offices import people, settings
from engine.offices.people import Actor, Seat

CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "surat": "Surat",
        "loket": "Loket",
        "whatsapp": "WhatsApp",
        "email": "Surel",
        "telepon": "Telepon",
        "sms": "SMS",
    }
)
"""How a report comes to the office other than by its own form."""
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "terlambat_sampai": "Surat atau berkasnya terlambat sampai",
        "luar_jam": "Diterima di luar jam atau hari kerja",
        "gangguan": "Aplikasi atau listrik terganggu, dicatat di buku dahulu",
        "terlewat": "Lupa dicatat pada harinya",
        "lain": "Alasan lain",
    }
)
"""Why a report is typed in on a later day than it came."""


@dataclass(frozen=True)
class Entry:
    """What stands on the letter and why it is typed in only now; `note` is kept sealed."""

    letter_number: str = ""
    letter_date: str = ""  # ISO
    reason: str = ""  # a code of REASONS, "" on the day itself
    note: str = ""


@dataclass(frozen=True)
class Receiver:
    """Who took a report in, for which office and as what, where they hold one."""

    person_id: int
    office_id: int | None = None
    acting_as: str = ""

    @classmethod
    def of(cls, by: Actor, organisation: int, now: int) -> "Receiver":
        """By the office of theirs that takes in, else by any they hold."""
        held = [
            seat for seat in people.who_may_act(now, person_id=by.person_id) if seat.organisation_id == organisation
        ]
        seat = next((seat for seat in held if _takes_in(seat, organisation)), held[0] if held else None)
        return cls(by.person_id) if seat is None else cls(by.person_id, seat.office_id, seat.kind)

    @property
    def signature(self) -> dict[str, Any]:
        """As the journal signs."""
        return {"person": self.person_id, "office": self.office_id, "acting_as": self.acting_as}


def _takes_in(seat: Seat, organisation: int) -> bool:
    return bool({seat.role, seat.code} & set(settings.setting(organisation, "takes_in")))


def may_take_in(by: Actor, organisation: int, now: int) -> bool:
    """Whether this person holds an office that takes reports in there."""
    held = people.who_may_act(now, person_id=by.person_id)
    return any(seat.organisation_id == organisation and _takes_in(seat, organisation) for seat in held)


def must_take_in(by: Actor, organisation: int, now: int) -> None:
    """Raises NotAllowed for whoever holds no office that takes reports in."""
    if not may_take_in(by, organisation, now):
        raise NotAllowed("take_in", "Mencatat laporan masuk adalah tugas jabatan penerima surat. Hubungi Tata Usaha.")


def began(organisation: int) -> int:
    """The instant (UTC ms) from which someone held an office here: nothing was received before that year."""
    text = "SELECT MIN(h.from_ms) FROM holding h JOIN office o ON o.id = h.office_id WHERE o.organisation_id = ?"
    return int(sql.value(text, (organisation,)) or 0)


def objections(organisation: int, received: int, entry: Entry, now: int) -> dict[str, list[Objection]]:
    """What is wrong with when a report is said to have come, and with its letter, by field."""
    zone = settings.calendar(organisation).tz
    came, today = (datetime.fromtimestamp(ms / 1000, zone).date() for ms in (received, now))
    first = datetime.fromtimestamp(began(organisation) / 1000, zone).year
    late = came < today
    found = {
        "tanggal_terima": _about_day(received, came, now, first),
        "alasan": _about_reason(late, entry),
        "alasan_lain": _about_note(late, entry),
        "tanggal_surat": _about_letter(entry, came),
    }
    return {field: problems for field, problems in found.items() if problems}


def _about_day(received: int, came: date, now: int, first: int) -> list[Objection]:
    if received > now:
        return [Objection("future", "Waktu diterima belum terjadi. Tulislah waktu yang sudah lewat.")]
    if came.year < first:
        words = "Kantor ini baru mencatat sejak tahun %(year)s. Periksa kembali tahunnya."
        return [Objection("too_early", words, {"year": first})]
    return []


def _about_reason(late: bool, entry: Entry) -> list[Objection]:
    if late and entry.reason not in REASONS:
        return [Objection("late", "Laporan ini diterima sebelum hari ini. Pilihlah mengapa baru dicatat sekarang.")]
    return []


def _about_note(late: bool, entry: Entry) -> list[Objection]:
    if late and entry.reason == "lain" and len(entry.note.strip()) < 5:
        return [Objection("late_note", "Tulislah alasannya dengan satu kalimat.")]
    return []


def _about_letter(entry: Entry, came: date) -> list[Objection]:
    if not entry.letter_date:
        return []
    try:
        written = date.fromisoformat(entry.letter_date)
    except ValueError:
        return [Objection("not_a_date", "Tanggal ini tidak ada. Tulislah tanggal-bulan-tahun, misalnya 31-12-2026.")]
    if written > came:
        return [Objection("after", "Tanggal surat lebih lambat daripada tanggal diterima. Periksa keduanya.")]
    return []


def refuse(organisation: int, received: int, entry: Entry, now: int) -> None:
    """Raises FormInvalid with everything that is wrong."""
    found = objections(organisation, received, entry, now)
    if found:
        raise FormInvalid(found)
