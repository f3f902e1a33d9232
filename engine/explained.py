"""A due time in plain Indonesian: which minutes, days and closed dates lie between its start and its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from engine.calendar_rules import DAY_NAMES
from engine.worktime import DAY, MINUTE, Calendar

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the reckoning; `amount_ms` is what it uses up of the limit (a working day counts 24 hours)."""

    text: str
    from_ms: int
    to_ms: int
    amount_ms: int


def date_words(day: date) -> str:
    """As in "Jumat 10 April 2026"."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def time_words(ms: int, calendar: Calendar) -> str:
    """As in "16.25", with seconds only where there are any (a fraction of a second is not shown)."""
    local = datetime.fromtimestamp(ms // 1000, UTC).astimezone(calendar.tz)
    return f"{local:%H.%M.%S}" if local.second else f"{local:%H.%M}"


def instant_words(ms: int, calendar: Calendar) -> str:
    """As in "Jumat 10 April 2026 16.25"."""
    return f"{date_words(calendar.date_of(ms))} {time_words(ms, calendar)}"


def amount_words(ms: int) -> str:
    """As in "4 jam 30 menit"."""
    minutes, rest = divmod(ms, MINUTE)
    parts = [(minutes // 60, "jam"), (minutes % 60, "menit"), (rest // 1000, "detik")]
    words = [f"{n} {unit}" for n, unit in parts if n]
    return " ".join(words) or ("kurang dari 1 detik" if ms else "0 menit")


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
        lines.append(_stretch(day, (opened, opened + used), left == used, rest, calendar))
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


def _stretch(day: date, span: tuple[int, int], last: bool, rest: str, calendar: Calendar) -> Line:
    begun, ended = span
    until = _until_words(ended, day, calendar)
    words = f"{instant_words(begun, calendar)} + {amount_words(ended - begun)} → {'' if last else f'{rest} '}{until}"
    return Line(words, begun, ended, ended - begun)


def _waiting(start: int, begins: int, calendar: Calendar) -> list[Line]:
    """Why the clock does not start at once, if it does not."""
    if start == begins:
        return []
    words = f"{instant_words(start, calendar)} {_why_not_open(start, calendar)}"
    return [Line(f"{words} → dihitung sejak {instant_words(begins, calendar)}", start, begins, 0)]


def _why_not_open(ms: int, calendar: Calendar) -> str:
    day = calendar.date_of(ms)
    hours = calendar.intervals(day)
    if not hours:
        return f"libur ({calendar.why_closed(day)})" if calendar.why_closed(day) else "bukan hari kerja"
    if ms < hours[0][0]:
        return "sebelum jam buka"
    return "sesudah jam tutup" if ms >= hours[-1][1] else "jam istirahat"


# --- jam-berjalan ---


def clock_hours(start: int, end: int, amount: int, calendar: Calendar) -> list[Line]:
    """Where the clock starts, and one sum: clock hours run through the night and days off."""
    begins = calendar.office_moment(start)
    words = f"{instant_words(begins, calendar)} + {amount_words(amount)} → {instant_words(end, calendar)}"
    return [*_waiting(start, begins, calendar), Line(words, begins, end, amount)]


# --- hari-kerja ---


def working_days(start: int, end: int, amount: int, calendar: Calendar) -> list[Line]:
    """Every date from the day of receipt to the last working day: counted, or why not."""
    first = calendar.date_of(start)
    lines = [
        Line(f"{date_words(first)}: hari ke-0 (tanggal diterima)", start, calendar.midnight(first + timedelta(1)), 0)
    ]
    counted, day = 0, first
    while counted < amount:
        day += timedelta(days=1)
        counted += calendar.is_working_day(day)
        lines.append(_day_line(day, counted, amount, end, calendar))
    return _runs_joined(lines)


def _day_line(day: date, counted: int, amount: int, end: int, calendar: Calendar) -> Line:
    begins = calendar.midnight(day)
    if not calendar.is_working_day(day):
        words = f"{date_words(day)}: {_why_not_open(begins, calendar)}"
        return Line(words, begins, calendar.midnight(day + timedelta(1)), 0)
    words = f"{date_words(day)}: hari kerja ke-{counted}"
    if counted < amount:
        return Line(words, begins, calendar.midnight(day + timedelta(1)), DAY)
    return Line(f"{words} → tutup {_until_words(end, day, calendar)}", begins, end, DAY)


def _runs_joined(lines: list[Line]) -> list[Line]:
    """Neighbouring days closed for the same reason become one line: "Sabtu … dan Minggu …: bukan hari kerja"."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and not line.amount_ms and before.text.partition(": ")[2] == line.text.partition(": ")[2]:
            joined[-1] = _together(before, line)
        else:
            joined.append(line)
    return joined


def _together(before: Line, line: Line) -> Line:
    first, _, why = before.text.partition(": ")
    first, last = first.split(" s.d. ")[0], line.text.partition(": ")[0]
    return Line(f"{first} s.d. {last}: {why}", before.from_ms, line.to_ms, 0)


# --- tanggal ---


def day_of_month(start: int, end: int, amount: int, calendar: Calendar) -> list[Line]:
    """Which month's day it is and why, and the closing to aim at."""
    begun, day = calendar.date_of(start), calendar.date_of(end - 1)
    notes = [f"mulai {date_words(begun)}"]
    if (day.year, day.month) != (begun.year, begun.month):
        notes.append(f"tanggal {amount} bulan itu sudah lewat, jadi bulan berikutnya")
    if day.day != amount:
        notes.append(f"{MONTHS[day.month - 1]} tidak punya tanggal {amount}, jadi hari terakhirnya")
    aim = calendar.last_closing(end)
    words = f"Sasaran: {date_words(calendar.date_of(aim - 1))} {_until_words(aim, calendar.date_of(aim - 1), calendar)}"
    return [
        Line(f"{words}, tutup kantor terakhir sebelum batas", start, aim, 0),
        Line(f"Tanggal {amount} ({'; '.join(notes)}) → {date_words(day)} 24.00", start, end, 0),
    ]


def unknown_holidays(start: int, end: int, calendar: Calendar) -> list[Line]:
    """A warning for years of which the calendar knows no day off though it knows those of others."""
    years = range(calendar.date_of(start).year, calendar.date_of(max(start, end - 1)).year + 1)
    unknown = [str(year) for year in years if year not in calendar.holiday_years] if calendar.holiday_years else []
    if not unknown:
        return []
    words = f"Perhatian: kalender belum memuat hari libur tahun {', '.join(unknown)}"
    return [Line(f"{words}; hitungan memakai jam kerja mingguan saja", start, start, 0)]
