"""The form of the counter between its pages: what was typed, what is wrong with it, what it says when it is good."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext as _

import forms
from db.queries import entries as questions
from db.queries import public
from db.queries.public import Proof
from engine.commands import entering, intake
from engine.commands.entering import Arrival
from engine.errors import Objection
from engine.offices import entries, settings
from engine.offices.entries import Entry
from engine.offices.intakes import Door
from forms import BoundScreen, Field, Screen
from forms.schema import Item
from webui import spoken
from webui.citizens.report_form import KEPT_CHARS, screen_of
from webui.clock import now_ms
from webui.doors import me
from webui.language import english

KEY = re.compile(r"[A-Za-z0-9_-]{20,43}")
OWN = "catat-masuk"
"""The screen with what only the office knows: how and when it came, the letter's number."""
NAMED = "nama"
"""The name of whoever signed, which every letter has."""
Problems = Mapping[str, Sequence[Any]]


@dataclass
class EntryForm:
    """One unsent form of a member of staff: its door, key and what was typed."""

    door: Door
    key: str
    account: int
    answers: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, door: Door, key: str) -> "EntryForm":
        """The form of that key, as it was kept."""
        account = me().actor.account_id
        return cls(door, key, account, intake.read(entering.draft_of(account, key)))

    @classmethod
    def latest(cls, door: Door) -> "EntryForm":
        """The form that was left unfinished, else a fresh one."""
        account = me().actor.account_id
        left = questions.latest_draft(entering.drafts_of(account))
        if left is None:
            return cls(door, secrets.token_urlsafe(24), account, fresh(door))
        return cls.of(door, left.rpartition(":")[2])

    @property
    def draft(self) -> str:
        """Under which name it lies."""
        return entering.draft_of(self.account, self.key)

    @property
    def proofs(self) -> list[Proof]:
        """The scans that lie with it."""
        return public.proofs_of_draft(self.draft)

    @property
    def screens(self) -> list[Screen]:
        """Everything that is asked, in order: the office's own questions, then those the public form asks."""
        asked = [screen_of(step) for step in self.door.plan.steps]
        unsaid = frozenset(self.door.plan.reporter.values())
        return [forms.load(OWN), *(for_staff(screen, unsaid) for screen in asked if screen)]

    def keep(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Keeps what was typed, good or not."""
        asked = {name: field.kind for screen in self.screens for name, field in screen.fields.items()}
        typed = {name: fields[name][-1][:KEPT_CHARS] for name in asked if fields.get(name)}
        typed |= {name: "" for name, kind in asked.items() if kind == "checkbox" and name not in fields}
        crossed = "ya" if "lintas_tahun" in fields else ""
        self.answers = {**self.answers, **typed, "lintas_tahun": crossed}
        intake.keep(self.draft, {**typed, "lintas_tahun": crossed}, now=now_ms())

    def bound(self, problems: Problems) -> list[BoundScreen]:
        """The screens ready to draw."""
        return [
            spoken.screen(screen).bind(self.answers, spoken.lists(self._lists(screen)), problems=problems)
            for screen in self.screens
        ]

    def summary(self, problems: Problems) -> dict[str, tuple[str, Sequence[Any]]]:
        """What is wrong, by the id of its field: its name and the problems."""
        bound = {name: screen[name] for screen in self.bound({}) for name in screen.fields}
        return {
            bound[name].first_id if name in bound else name: (bound[name].label if name in bound else "", found)
            for name, found in problems.items()
        }

    def _lists(self, screen: Screen) -> Mapping[str, Any]:
        return settings.lists(self.door.organisation_id, screen.values_keys)

    def read(self, now: int) -> tuple[dict[str, Sequence[Any]], Arrival | None]:
        """What is wrong per field, or the report as it arrived."""
        texts, data, problems = self._parsed()
        if not problems:
            problems = self._unreachable(texts) | self._impossible(texts, data, now)
        return (problems, None) if problems else ({}, self._arrival(texts, data))

    def _parsed(self) -> tuple[dict[str, str], dict[str, Any], dict[str, Sequence[Any]]]:
        texts: dict[str, str] = {}
        data: dict[str, Any] = {}
        problems: dict[str, Sequence[Any]] = {}
        for screen in self.screens:
            try:
                parsed = screen.parse(self.answers, self._lists(screen))
            except forms.FormInvalid as refused:
                problems |= refused.problems
            else:
                texts, data = {**texts, **parsed.texts}, {**data, **parsed.data}
        return texts, data, problems

    def _unreachable(self, texts: Mapping[str, str]) -> dict[str, Sequence[Any]]:
        reporter = self.door.plan.reporter
        ways = [reporter[name] for name in ("phone", "email") if name in reporter]
        reached = any(texts.get(name) for name in (*ways, "alamat"))
        return {} if reached else {ways[0] if ways else "alamat": [_ONE_OF]}

    def _impossible(self, texts: Mapping[str, str], data: Mapping[str, Any], now: int) -> dict[str, Sequence[Any]]:
        arrival = self._arrival(texts, data)
        found = entries.objections(self.door.organisation_id, arrival.received, arrival.entry, now)
        if not found and self.crosses(arrival.received, now) and self.answers.get("lintas_tahun") != "ya":
            year = self._year(arrival.received)
            return {"tanggal_terima": [Objection("other_year", _OTHER_YEAR, {"year": year})]}
        return dict(found)

    def crosses(self, received: int, now: int) -> bool:
        """Whether the report gets a number of another year than this one."""
        return self._year(received) != self._year(now)

    def _year(self, ms: int) -> int:
        return datetime.fromtimestamp(ms / 1000, ZoneInfo(self.door.timezone)).year

    @property
    def asks_year(self) -> bool:
        """Whether the tick for a number of another year is shown."""
        text = str(self.answers.get("tanggal_terima", ""))
        day = re.search(r"\d{4}", text)
        return bool(day) and int(day[0]) != self._year(now_ms()) if day else False

    def _arrival(self, texts: Mapping[str, str], data: Mapping[str, Any]) -> Arrival:
        entry = Entry(
            letter_number=texts.get("nomor_surat", ""),
            letter_date=str(data.get("tanggal_surat") or ""),
            reason=str(data.get("alasan") or ""),
            note=texts.get("alasan_lain", ""),
        )
        answers = {**data, **texts}
        local = datetime.fromisoformat(f"{data['tanggal_terima']}T{data['jam_terima']}")
        received = int(local.replace(tzinfo=ZoneInfo(self.door.timezone)).timestamp() * 1000)
        return Arrival(self.key, str(data["saluran"]), received, answers, texts.get("alamat", ""), entry)


_ONE_OF = Objection("one_of", "Isilah paling sedikit satu cara menjawab pelapor: telepon, surel, atau alamat.")
_OTHER_YEAR = (
    "Laporan ini diterima tahun %(year)s, maka nomornya nomor tahun %(year)s. Bila benar, centang di bawah, lalu "
    "simpan sekali lagi."
)


def fresh(door: Door) -> dict[str, Any]:
    """A new form: received now, by the channel the last one came by."""
    local = datetime.fromtimestamp(now_ms() / 1000, ZoneInfo(door.timezone))
    channel = request.args.get("saluran", "")
    known = {"saluran": channel} if channel in entries.CHANNELS else {}
    return {"tanggal_terima": local.date().isoformat(), "jam_terima": local.strftime("%H:%M"), **known}


def for_staff(screen: Screen, unsaid: frozenset[str] = frozenset()) -> Screen:
    """The public questions in words for whoever writes them down for another; `unsaid`: who someone is.

    A letter that does not say all of it is written down as it is: the name alone is asked for wherever it is asked.
    """
    return _staffed(screen, unsaid - {NAMED}, english())


@lru_cache(maxsize=64)
def _staffed(screen: Screen, unsaid: frozenset[str], _english: bool) -> Screen:
    return replace(screen, items=tuple(_item(item, unsaid) for item in screen.items))


def _item(item: Item, unsaid: frozenset[str]) -> Item:
    if not isinstance(item, Field):
        return item
    label, told = _words().get(item.name, (item.label, item.help))
    return replace(item, label=label, help=told, required=item.required and item.name not in unsaid)


def _words() -> dict[str, tuple[str, str]]:
    return {
        "nama": (
            _("Nama pelapor"),
            _("Seperti pada surat; lembaga atau paguyuban ditulis dengan nama penanda tangannya."),
        ),
        "telepon": (_("Nomor telepon atau WhatsApp pelapor"), _("Misalnya 0812 3456 7890.")),
        "surel": (_("Alamat surel pelapor"), ""),
        "perihal": (_("Perihal"), _("Satu kalimat pendek tanpa nama pelapor.")),
        "kronologi": (_("Isi laporan"), _("Pokok isi surat atau ceritanya: apa yang terjadi dan apa yang diharapkan.")),
        "waktu": (_("Waktu kejadian"), _("Dengan kata-kata pelapor; tulis “tidak disebut” bila tidak ada.")),
        "nik": (_("NIK pelapor"), _("Enam belas angka pada KTP. Kosongkan bila tidak disebut.")),
        "nama_ibu": (_("Nama ibu pelapor"), _("Seperti pada kartu keluarga. Kosongkan bila tidak disebut.")),
        "uraian": (_("Isi laporan"), _("Pokok isi surat atau ceritanya: apa yang terjadi dan apa yang diharapkan.")),
        "lokasi": (_("Lokasi"), _("Jalan, RT/RW, dan patokan; tulis “tidak disebut” bila tidak ada.")),
        "tempat": (_("Tempat kejadian"), _("Desa, kecamatan; tulis “tidak disebut” bila tidak ada.")),
    }
