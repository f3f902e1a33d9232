"""The office's working time: week, special periods, days off; what a change would move is shown before it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from flask import Response as FlaskResponse
from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from db.queries import admin, rules
from db.queries.rules import Kept
from engine import foreseen, verbs
from engine.clocks import calendar_edits
from engine.clocks.calendar_edits import JOINT
from engine.clocks.calendar_rules import FIRST_YEAR, LAST_YEAR, WEEKDAYS
from engine.clocks.worktime import Calendar, CalendarInvalid
from engine.commands import calendars
from engine.errors import Conflict, FormInvalid, NotFound
from forms.dates import DAYS
from webui import language
from webui.admin import calendar_year
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, told, uploaded
from webui.numbers import whole

Body = dict[str, Any]
FIELDS = ("name", "from", "to", "letter", "letter_date", "before", "days", "source", "joint")
LONGEST = 20_000


@dataclass(frozen=True)
class Whose:
    """Whose calendar the page is about: a unit's or the organisation's; `body` is the one in force for it."""

    unit: Kept | None
    units: list[Kept]
    body: Body
    mark: str  # fingerprint of its own calendar, "" where it keeps the organisation's

    @property
    def code(self) -> str:
        return self.unit.code if self.unit else ""

    @property
    def id(self) -> int | None:
        return self.unit.id if self.unit else None


def _whose() -> Whose:
    organisation, code = me().organisation_id, request.values.get("unit", "")
    units = rules.calendar_units(organisation)
    unit = next((one for one in units if one.code == code), None)
    if code and unit is None:
        raise NotFound("unit", code)
    own = admin.calendar_body(organisation, unit.id) if unit else None
    body = own or admin.calendar_body(organisation, None)
    mark = calendars.fingerprint(organisation, unit.id if unit else None)
    return Whose(unit, units, orjson.loads(body or "{}"), mark)


def _year() -> int:
    wanted = request.values.get("tahun", type=whole) or date.fromisoformat(language.iso(now_ms())[:10]).year
    return min(max(wanted, FIRST_YEAR), LAST_YEAR)


# --- looking ---


@bp.get("/pengaturan/kalender")
@needs("admin")
def calendar() -> str:
    """The calendar in force, its year as a picture, and the forms that change it."""
    return _page(_whose())


@bp.get("/pengaturan/kalender.json")
@needs("admin")
def calendar_file() -> Response:
    """The calendar in the form `disposisi calendar import` takes."""
    whose = _whose()
    name = f"kalender-{whose.code or 'instansi'}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return FlaskResponse(
        orjson.dumps(whose.body, option=orjson.OPT_INDENT_2), content_type="application/json", headers=headers
    )


@dataclass
class Sent:
    """What was typed into one of the forms, and what is wrong with it."""

    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)


def _page(whose: Whose, sent: Sent | None = None) -> str:
    year, sent = _year(), sent or Sent()
    kept = Calendar.from_json(whose.body)
    return render_template(
        "admin/calendar.html",
        **around("kalender"),
        whose=whose,
        year=year,
        months=calendar_year.year(kept, year),
        days=[row for row in _days_off(whose.body) if row["date"].startswith(str(year))],
        day_names=dict(zip(WEEKDAYS, DAYS, strict=True)),
        hours=calendar_edits.written_hours,
        joint=JOINT,
        sent=sent,
        typed=sent.typed,
        problems=sent.problems,
        summary=_summary(sent),
        known=max(kept.holiday_years, default=None),
    )


def _days_off(body: Body) -> list[dict[str, str]]:
    return [{"date": row, "name": ""} if isinstance(row, str) else row for row in body.get("holidays", [])]


def _summary(sent: Sent) -> dict[str, tuple[str, list[str]]]:
    week = {f"week-{day}": _(name) for day, name in zip(WEEKDAYS, DAYS, strict=True)}
    labels = week | {
        "name": _("Nama masa"),
        "from": _("Mulai tanggal"),
        "to": _("Sampai dengan tanggal"),
        "letter": _("Nomor surat edaran"),
        "letter_date": _("Tanggal surat edaran"),
        "days": _("Hari libur"),
        "source": _("Dasar"),
        "file": _("Berkas kalender"),
    }
    return {
        f"p-{sent.form}-{name}": (words, sent.problems[name]) for name, words in labels.items() if name in sent.problems
    }


# --- changing ---


def _again() -> Response:
    say_stale()
    return make_response(_page(_whose(), Sent(request.form.get("ubah", ""), _typed())), 400)


def _typed() -> dict[str, str]:
    names = (*FIELDS, *(f"week-{day}" for day in WEEKDAYS))
    return {name: request.form.get(name, "").replace("\0", "").strip()[:LONGEST] for name in names}


@bp.post("/pengaturan/kalender")
@needs("admin")
@redraws(_again)
def change_calendar() -> Response:
    """One change: first what it would move, then, confirmed, in force."""
    whose, asked = _whose(), request.form.get("ubah", "")
    if asked == "berlakukan":
        return _decide(whose)
    if asked == "ikut" and whose.unit is not None:
        return _drop(whose.unit)
    if asked not in CHANGES:
        raise NotFound("change", asked)
    sent = Sent(asked, _typed())
    try:
        body = CHANGES[asked](whose.body, sent.typed)
    except FormInvalid as refused:
        sent.problems = told(refused.problems)
        return make_response(_page(whose, sent), 422)
    return make_response(_preview(whose, body))


def _hours(typed: Mapping[str, str]) -> dict[str, str]:
    return {day: typed[f"week-{day}"] for day in WEEKDAYS}


def _imported(_body: Body, _typed: Mapping[str, str]) -> Body:
    """The calendar of a file that was sent; FormInvalid at `file` says everything that is wrong with it."""
    raw = uploaded("file")
    if not raw:
        raise FormInvalid({"file": [_("Pilih berkas kalender (JSON).")]})
    return _read(raw)


def _read(raw: bytes) -> Body:
    try:
        body = orjson.loads(raw)
        Calendar.from_json(body)
    except orjson.JSONDecodeError as bad:
        words = _("Berkas ini bukan JSON (baris %(line)s, kolom %(column)s).", line=bad.lineno, column=bad.colno)
        raise FormInvalid({"file": [words]}) from bad
    except CalendarInvalid as invalid:
        raise FormInvalid({"file": list(invalid.problems[:20])}) from invalid
    found: Body = body
    return found


@bp.post("/pengaturan/kalender/akibat")
@needs("admin")
def look_at_calendar() -> Response:
    """Another page of what a change would move."""
    whose = _whose()
    try:
        return make_response(_preview(whose, _read(request.form.get("isi", "").encode())))
    except FormInvalid as refused:
        flash(" ".join(text for texts in told(refused.problems).values() for text in texts), "error")
        return _back(whose)


CHANGES: Mapping[str, Callable[[Body, Mapping[str, str]], Body]] = {
    "pekan": lambda body, typed: calendar_edits.with_week(body, _hours(typed)),
    "masa": lambda body, typed: calendar_edits.with_period(body, typed, _hours(typed), typed["before"]),
    "masa-hapus": lambda body, typed: calendar_edits.without_period(body, typed["from"]),
    "libur": lambda body, typed: calendar_edits.with_days_off(
        body, typed["days"], typed["source"], joint=bool(typed["joint"])
    ),
    "libur-hapus": lambda body, typed: calendar_edits.without_day_off(body, typed["from"]),
    "impor": _imported,
}


def _preview(whose: Whose, body: Body) -> str:
    page = max(1, request.form.get("halaman", 1, type=whole))
    found = foreseen.foresee(me().organisation_id, whose.id, body, page)
    return render_template(
        "admin/calendar_preview.html",
        **around("kalender"),
        whose=whose,
        year=_year(),
        found=found,
        page=page,
        more=page * foreseen.PAGE < found.moved,
        changes=_changes(whose.body, body),
        text=orjson.dumps(body).decode(),
        mark=request.form.get("dasar") or whose.mark,
    )


def _changes(before: Body, after: Body) -> list[str]:
    """What is different, in sentences."""
    was, now = ({row["date"]: row.get("name", "") for row in _days_off(body)} for body in (before, after))
    named = [(_("Hari libur baru: %(day)s, %(name)s."), day, now[day]) for day in sorted(now.keys() - was.keys())]
    named += [(_("Tidak lagi libur: %(day)s, %(name)s."), day, was[day]) for day in sorted(was.keys() - now.keys())]
    told = [words % {"day": language.written_date(day), "name": name or _("hari libur")} for words, day, name in named]
    if before.get("week") != after.get("week"):
        told.insert(0, _("Jam kerja pekanan berubah."))
    if before.get("periods", []) != after.get("periods", []):
        told.insert(0, _("Masa dengan jam sendiri berubah."))
    if before.get("timezone") != after.get("timezone"):
        told.insert(0, _("Zona waktu menjadi %(zone)s.", zone=after.get("timezone")))
    return told


def _back(whose: Whose) -> Response:
    return redirect(url_for("admin.calendar", unit=whose.code or None, tahun=_year()))


def _decide(whose: Whose) -> Response:
    try:
        body = _read(request.form.get("isi", "").encode())
        done = verbs.decide_calendar(
            whose.id, body, expected=request.form.get("dasar", ""), by=me().actor, now=now_ms()
        )
    except FormInvalid as refused:
        flash(" ".join(text for texts in told(refused.problems).values() for text in texts), "error")
        return _back(whose)
    except Conflict:
        flash(_("Kalender ini baru saja diubah orang lain. Periksa yang berlaku sekarang, lalu ubah lagi."), "error")
        return _back(whose)
    flash(_moved(done))
    return _back(whose)


def _moved(done: calendars.Changed) -> str:
    if done.same:
        return str(_("Kalender ini sudah berlaku; tidak ada yang berubah."))
    words = ngettext(
        "%(num)s batas waktu bergeser.", "%(num)s batas waktu bergeser.", done.tasks + done.timers + done.cases
    )
    return f"{_('Kalender berlaku.')} {words}"


def _drop(unit: Kept) -> Response:
    done = verbs.drop_calendar(unit.id, by=me().actor, now=now_ms())
    flash(_("%(unit)s kembali memakai kalender instansi.", unit=unit.name) + " " + _moved(done))
    return redirect(url_for("admin.calendar", unit=unit.code))
