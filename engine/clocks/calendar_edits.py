"""A calendar as people edit it: a week, a period, some days off at a time, each objection at its field."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from engine.clocks.calendar_rules import FIRST_YEAR, LAST_YEAR, WEEKDAYS
from engine.errors import FormInvalid, Objection
from forms.dates import DAYS, MONTHS

Body = dict[str, Any]  # the contract's JSON
Problems = dict[str, list[Objection]]
JOINT = "Cuti Bersama"
"""How the name of a joint leave begins, as in the decree of the three ministers."""
CLOSED = ("", "-", "tutup", "libur")
_SPAN = re.compile(r"(\d{1,2})[.:](\d{2})\s*(?:-|–|—|s\.?d\.?|sampai)\s*(\d{1,2})[.:](\d{2})", re.ASCII)
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{1,2}[ /.-](?:\d{1,2}|[A-Za-z]+)[ /.-]\d{4})[\s,;:|]+(\S.*)")
_WRITTEN = re.compile(r"(\d{1,2})[ /.-](\d{1,2}|[a-z]+)[ /.-](\d{4})")
LONGEST = 200
MOST_DAYS = 100


def written_hours(spans: Sequence[Sequence[str]]) -> str:
    """A day's hours as a field shows them: "07.30-12.00, 13.00-16.00"."""
    return ", ".join(f"{a}-{b}".replace(":", ".") for a, b in spans)


def with_week(body: Body, texts: Mapping[str, str]) -> Body:
    """With another week; `texts` per day (mon … sun) as `written_hours`. Raises FormInvalid at week-<day>."""
    return body | {"week": _week(texts, "week")}


def with_period(body: Body, fields: Mapping[str, str], texts: Mapping[str, str], before: str = "") -> Body:
    """With a period of its own hours, by its letter; `before` is the first day of the one it replaces.

    `fields`: name, from, to, letter, letter_date. Raises FormInvalid with everything that is wrong, by field.
    """
    problems: Problems = {}
    week = _kept(problems, lambda: _week(texts, "week"))
    first, last = _day(fields["from"], "from", problems), _day(fields["to"], "to", problems)
    _letter(fields, problems)
    others = [row for row in body.get("periods", []) if row["from"] != before]
    if first and last:
        _span(first, last, others, problems)
    if problems:
        raise FormInvalid(problems)
    source = f"{fields['letter'].strip()}, {fields['letter_date'].strip()}"
    row = {"from": fields["from"], "to": fields["to"], "week": week, "name": fields["name"].strip(), "source": source}
    return body | {"periods": sorted([*others, row], key=lambda period: str(period["from"]))}


def without_period(body: Body, first: str) -> Body:
    """Without the period that begins on that date (ISO)."""
    return body | {"periods": [row for row in body.get("periods", []) if row["from"] != first]}


def with_days_off(body: Body, text: str, source: str, *, joint: bool) -> Body:
    """With more days off, one a line as "2027-01-01 Tahun Baru"; raises FormInvalid at `days` and `source`."""
    problems: Problems = {}
    known = {_date_of(row) for row in body.get("holidays", [])}
    rows = list(_days(text, known, problems))
    if not source.strip():
        words = "Isi dasarnya, misalnya nomor dan tanggal SKB Tiga Menteri."
        problems["source"] = [Objection("required", words)]
    if problems:
        raise FormInvalid(problems)
    mark = f"{JOINT} " if joint else ""
    more = [{"date": day, "name": mark + name.removeprefix(mark), "source": source.strip()} for day, name in rows]
    return body | {"holidays": sorted([*body.get("holidays", []), *more], key=_date_of)}


def without_day_off(body: Body, day: str) -> Body:
    """Without the day off on that date (ISO)."""
    return body | {"holidays": [row for row in body.get("holidays", []) if _date_of(row) != day]}


def _date_of(row: Any) -> str:
    return row if isinstance(row, str) else str(row["date"])


def _week(texts: Mapping[str, str], where: str) -> dict[str, list[list[str]]]:
    problems: Problems = {}
    found = {day: _hours(texts.get(day, ""), day, f"{where}-{day}", problems) for day in WEEKDAYS}
    if not any(found.values()) and not problems:
        words = "Tidak ada satu hari kerja pun: isi jam sedikitnya satu hari."
        problems[f"{where}-mon"] = [Objection("no_days", words)]
    if problems:
        raise FormInvalid(problems)
    return {day: hours for day, hours in found.items() if hours}


def _hours(text: str, day: str, field: str, problems: Problems) -> list[list[str]]:
    name = DAYS[WEEKDAYS.index(day)]
    if text.strip().lower() in CLOSED:
        return []
    spans = [_one(part.strip(), name, field, problems) for part in re.split(r"[,;]", text) if part.strip()]
    spans = sorted(span for span in spans if span)
    for one, other in pairwise(spans):
        if other[0] < one[1]:
            words = "%(day)s: jam %(one)s dan %(other)s bertumpang tindih."
            facts = {"day": name, "one": written_hours([one]), "other": written_hours([other])}
            problems.setdefault(field, []).append(Objection("overlap", words, facts))
    return spans


def _one(text: str, name: str, field: str, problems: Problems) -> list[str]:
    found = _SPAN.fullmatch(text)
    a, b = (_clock(found[1], found[2]), _clock(found[3], found[4])) if found else ("", "")
    if not a or not b:
        words = "%(day)s: “%(text)s” bukan jam; tulis misalnya 07.30-12.00, 13.00-16.00."
        problems.setdefault(field, []).append(Objection("hours", words, {"day": name, "text": text[:40]}))
        return []
    if a >= b:
        words = "%(day)s: jam tutup harus sesudah jam buka (%(text)s)."
        problems.setdefault(field, []).append(Objection("ends_first", words, {"day": name, "text": text[:40]}))
        return []
    return [a, b]


def _clock(hour: str, minute: str) -> str:
    fine = (int(hour) < 24 and int(minute) < 60) or (int(hour), int(minute)) == (24, 0)
    return f"{int(hour):02}:{minute}" if fine else ""


def _kept(problems: Problems, read: Any) -> Any:
    try:
        return read()
    except FormInvalid as refused:
        problems.update(refused.problems)  # type: ignore[arg-type]  # ours are lists of objections
        return {}


def _day(text: str, field: str, problems: Problems) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
        if FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
    except ValueError:
        pass
    problems[field] = [Objection("date", "Isi tanggalnya.")]
    return None


def _letter(fields: Mapping[str, str], problems: Problems) -> None:
    if not fields["name"].strip():
        problems["name"] = [Objection("required", "Beri nama masa ini, misalnya Ramadan 1448 H.")]
    if not fields["letter"].strip():
        problems["letter"] = [Objection("required", "Isi nomor surat edaran yang menetapkan jam ini.")]
    _day(fields["letter_date"], "letter_date", problems)
    for name in ("name", "letter"):
        if len(fields[name]) > LONGEST:
            problems[name] = [Objection("long", "Paling panjang %(most)s huruf.", {"most": LONGEST})]


def _span(first: date, last: date, others: Sequence[Mapping[str, Any]], problems: Problems) -> None:
    if last < first:
        problems["to"] = [Objection("ends_first", "Tanggal akhir mendahului tanggal awal.")]
        return
    for row in others:
        if row["from"] <= last.isoformat() and first.isoformat() <= row["to"]:
            words = "Bertumpang tindih dengan masa %(name)s (%(from)s sampai %(to)s)."
            facts = {"name": row.get("name", ""), "from": row["from"], "to": row["to"]}
            problems["from"] = [Objection("overlap", words, facts)]


def _days(text: str, known: set[str], problems: Problems) -> list[tuple[str, str]]:
    lines = [(place, line.strip()) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines or len(lines) > MOST_DAYS:
        words = "Tulis sedikitnya satu hari libur." if not lines else "Paling banyak 100 baris sekali simpan."
        problems["days"] = [Objection("lines", words)]
        return []
    found: list[tuple[str, str]] = []
    for place, line in lines:
        day = _day_off(place, line, known | {one for one, _ in found}, problems)
        found += [day] if day else []
    return found


def _day_off(place: int, line: str, known: set[str], problems: Problems) -> tuple[str, str] | None:
    found, mine = _LINE.fullmatch(line), problems.setdefault
    day = _iso(found[1]) if found else ""
    if found is None or _day(day, "day", {}) is None or len(found[2]) > LONGEST:
        words = "Baris %(line)s tidak terbaca; tulis tanggal lalu namanya, misalnya 1 Januari 2027 Tahun Baru Masehi."
        mine("days", []).append(Objection("line", words, {"line": place}))
        return None
    if day in known:
        words = "Baris %(line)s: %(day)s sudah tercatat sebagai hari libur."
        mine("days", []).append(Objection("twice", words, {"line": place, "day": found[1]}))
        return None
    return day, found[2].strip()


def _iso(text: str) -> str:
    """A date as people write it (1 Januari 2027, 01/01/2027, 2027-01-01) as ISO; "" when it is none."""
    found = _WRITTEN.fullmatch(text.casefold())
    if not found:
        return text
    names = [name.casefold() for name in MONTHS]
    number = found[2] if found[2].isdecimal() else str(names.index(found[2]) + 1 if found[2] in names else 0)
    return f"{found[3]}-{number:0>2}-{found[1]:0>2}"
