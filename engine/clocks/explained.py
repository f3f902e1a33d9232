"""A due time in plain words: which minutes, days and closed dates lie between its start and its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from engine.clocks.worktime import DAY, Calendar
from engine.wording import INDONESIAN, Amount, Fact, Month, Said


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the reckoning; `amount_ms` is what it uses up of the limit (a working day counts 24 hours)."""

    said: Said
    from_ms: int
    to_ms: int
    amount_ms: int

    @property
    def text(self) -> str:
        """The line in Indonesian."""
        return INDONESIAN.tell(self.said)


def time_words(ms: int, calendar: Calendar) -> str:
    """As in "16.25", with seconds only where there are any (a fraction of a second is not shown)."""
    local = datetime.fromtimestamp(ms // 1000, UTC).astimezone(calendar.tz)
    return f"{local:%H.%M.%S}" if local.second else f"{local:%H.%M}"


def _at(ms: int, calendar: Calendar, place: str = "") -> dict[str, Fact]:
    """The facts `day` and `time` of an instant; `place` tells two instants apart."""
    return {f"{place}day": calendar.date_of(ms), f"{place}time": time_words(ms, calendar)}


def _until_words(ms: int, day: date, calendar: Calendar) -> str:
    """The time of an end that belongs to `day`: its last instant is 24.00, not the next day's 00.00."""
    return time_words(ms, calendar) if calendar.date_of(ms) == day else "24.00"


# --- jam-kerja ---


def office_hours(start: int, end: int, amount: int, calendar: Calendar) -> list[Line]:
    """Every stretch of open office that the limit runs through, and what ends it."""
    lines = _waiting(start, calendar.next_open(start), calendar)
    at, left = calendar.next_open(start), amount
    for day, opened, closes, rest in _stretches(at, calendar):
        used = min(left, closes - opened)
        lines.append(_stretch(day, (opened, opened + used), "" if left == used else rest, calendar))
        left -= used
        if not left:
            return lines
    return lines


def _stretches(at: int, calendar: Calendar) -> Iterator[tuple[date, int, int, str]]:
    """Open intervals from an open instant on: date, start, end, and what follows ("istirahat" or "tutup")."""
    while True:
        day = calendar.date_of(at)
        todays = [(max(a, at), b) for a, b in calendar.intervals(day) if b > at]
        for n, (opened, closes) in enumerate(todays, 1):
            yield day, opened, closes, "istirahat" if n < len(todays) else "tutup"
        at = calendar.next_open(todays[-1][1])


SENTENCES: dict[str, str] = {
    "": "%(day)s %(time)s + %(amount)s → %(until)s",
    "istirahat": "%(day)s %(time)s + %(amount)s → istirahat %(until)s",
    "tutup": "%(day)s %(time)s + %(amount)s → tutup %(until)s",
}


def _stretch(day: date, span: tuple[int, int], rest: str, calendar: Calendar) -> Line:
    begun, ended = span
    facts = _at(begun, calendar) | {"amount": Amount(ended - begun), "until": _until_words(ended, day, calendar)}
    return Line(Said(SENTENCES[rest], facts), begun, ended, ended - begun)


def _waiting(start: int, begins: int, calendar: Calendar) -> list[Line]:
    """Why the clock does not start at once, if it does not."""
    if start == begins:
        return []
    facts = _at(start, calendar) | _at(begins, calendar, "from_") | {"why": _why_not_open(start, calendar)}
    said = Said("%(day)s %(time)s %(why)s → dihitung sejak %(from_day)s %(from_time)s", facts)
    return [Line(said, start, begins, 0)]


def _why_not_open(ms: int, calendar: Calendar) -> Said:
    day = calendar.date_of(ms)
    hours = calendar.intervals(day)
    if not hours and calendar.why_closed(day):
        return Said("libur (%(reason)s)", {"reason": calendar.why_closed(day)})
    if not hours:
        return Said("bukan hari kerja")
    if ms < hours[0][0]:
        return Said("sebelum jam buka")
    return Said("sesudah jam tutup") if ms >= hours[-1][1] else Said("jam istirahat")


# --- jam-berjalan ---


def clock_hours(start: int, end: int, amount: int, calendar: Calendar) -> list[Line]:
    """Where the clock starts, and one sum: clock hours run through the night and days off."""
    begins = calendar.office_moment(start)
    facts = _at(begins, calendar) | _at(end, calendar, "end_") | {"amount": Amount(amount)}
    said = Said("%(day)s %(time)s + %(amount)s → %(end_day)s %(end_time)s", facts)
    return [*_waiting(start, begins, calendar), Line(said, begins, end, amount)]


# --- hari-kerja ---


def working_days(start: int, end: int, amount: int, calendar: Calendar) -> list[Line]:
    """Every date from the day of receipt to the last working day: counted, or why not."""
    first = calendar.date_of(start)
    said = Said("%(day)s: hari ke-0 (tanggal diterima)", {"day": first})
    lines = [Line(said, start, calendar.midnight(first + timedelta(1)), 0)]
    counted, day = 0, first
    while counted < amount:
        day += timedelta(days=1)
        counted += calendar.is_working_day(day)
        lines.append(_day_line(day, counted, amount, end, calendar))
    return _runs_joined(lines)


def _day_line(day: date, counted: int, amount: int, end: int, calendar: Calendar) -> Line:
    begins = calendar.midnight(day)
    if not calendar.is_working_day(day):
        said = Said("%(day)s: %(why)s", {"day": day, "why": _why_not_open(begins, calendar)})
        return Line(said, begins, calendar.midnight(day + timedelta(1)), 0)
    facts: dict[str, Fact] = {"day": day, "n": counted}
    if counted < amount:
        said = Said("%(day)s: hari kerja ke-%(n)s", facts)
        return Line(said, begins, calendar.midnight(day + timedelta(1)), DAY)
    last = Said("%(day)s: hari kerja ke-%(n)s → tutup %(until)s", facts | {"until": _until_words(end, day, calendar)})
    return Line(last, begins, end, DAY)


def _runs_joined(lines: list[Line]) -> list[Line]:
    """Neighbouring days closed for the same reason become one line: "Sabtu … dan Minggu …: bukan hari kerja"."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        why = line.said.facts.get("why")
        if before and why is not None and before.said.facts.get("why") == why:
            joined[-1] = _together(before, line)
        else:
            joined.append(line)
    return joined


def _together(before: Line, line: Line) -> Line:
    facts = dict(before.said.facts) | {"last": line.said.facts["day"]}
    return Line(Said("%(day)s s.d. %(last)s: %(why)s", facts), before.from_ms, line.to_ms, 0)


# --- tanggal ---


def day_of_month(start: int, end: int, amount: int, calendar: Calendar) -> list[Line]:
    """Which month's day it is and why, and the closing to aim at."""
    begun, day = calendar.date_of(start), calendar.date_of(end - 1)
    notes = [Said("mulai %(day)s", {"day": begun})]
    if (day.year, day.month) != (begun.year, begun.month):
        notes.append(Said("tanggal %(n)s bulan itu sudah lewat, jadi bulan berikutnya", {"n": amount}))
    if day.day != amount:
        facts: dict[str, Fact] = {"month": Month(day.month), "n": amount}
        notes.append(Said("%(month)s tidak punya tanggal %(n)s, jadi hari terakhirnya", facts))
    aim = calendar.last_closing(end)
    closing = calendar.date_of(aim - 1)
    aimed: dict[str, Fact] = {"day": closing, "until": _until_words(aim, closing, calendar)}
    counted: dict[str, Fact] = {"n": amount, "notes": tuple(notes), "day": day}
    return [
        Line(Said("Sasaran: %(day)s %(until)s, tutup kantor terakhir sebelum batas", aimed), start, aim, 0),
        Line(Said("Tanggal %(n)s (%(notes)s) → %(day)s 24.00", counted), start, end, 0),
    ]


def unknown_holidays(start: int, end: int, calendar: Calendar) -> list[Line]:
    """A warning for years of which the calendar knows no day off though it knows those of others."""
    years = range(calendar.date_of(start).year, calendar.date_of(max(start, end - 1)).year + 1)
    unknown = [str(year) for year in years if year not in calendar.holiday_years] if calendar.holiday_years else []
    if not unknown:
        return []
    said = Said(
        "Perhatian: kalender belum memuat hari libur tahun %(years)s; hitungan memakai jam kerja mingguan saja",
        {"years": ", ".join(unknown)},
    )
    return [Line(said, start, start, 0)]
