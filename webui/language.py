"""Indonesian by default, English complete; dates as people write them, always with their zone."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask import Flask, g, request
from flask_babel import Babel, get_locale, gettext

from engine import wording
from engine.wording import Said
from forms import dates
from webui import catalogue

COOKIE = "bahasa"
LANGUAGES = ("id", "en")
HOME_ZONE = "Asia/Jakarta"
MINUTE = 60_000
_HOURS = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?")


def chosen() -> str:
    """The language of this request: the person's own, else the cookie's, else Indonesian."""
    me = g.get("me")
    wish = me.language if me else request.cookies.get(COOKIE, "id")
    return wish if wish in LANGUAGES else "id"


def zone() -> str:
    """The zone times are shown in: the organisation's."""
    me = g.get("me")
    return me.timezone if me else HOME_ZONE


def zone_name(ms: int) -> str:
    """As "WIB"."""
    return _zone_name(ms // MINUTE, zone())


def _zone_name(minute: int, zone: str) -> str:
    return dates.clock(minute * MINUTE, zone).split(" ", 1)[1]


def english() -> bool:
    """Whether this page speaks English."""
    locale = get_locale()
    return locale is not None and locale.language == "en"


# --- the office's own words: forms, diagrams, sentences of the engine ---


class Wrong(Protocol):
    """What is wrong with an answer: a sentence with its facts (forms.Problem, engine.Objection)."""

    @property
    def msgid(self) -> str:
        """The Indonesian sentence, its places open."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What fills them."""


def say(text: object) -> str:
    """A word of the office's in the page's language; what is in no catalogue (a name, an own list) stays as it is."""
    words = str(text or "")
    return str(gettext(words)) if words else ""


def say_each(text: str) -> str:
    """Several words of the office's as the papers list them: "Koordinasikan; Untuk diketahui"."""
    return "; ".join(map(say, text.split("; ")))


def say_dated(text: str) -> str:
    """What became of something with its day, as the buku agenda has it: "Selesai 13-11-2026"."""
    words, blank, when = text.rpartition(" ")
    return f"{say(words)}{blank}{when}"


def sentence(wrong: Wrong) -> str:
    """What is wrong, in the page's language."""
    return say(wrong.msgid) % wrong.facts


def tell(said: Said) -> str:
    """A sentence of the engine's in the page's language."""
    return (_ENGLISH if english() else wording.INDONESIAN).tell(said)


class _English(wording.English):
    def words(self, msgid: str) -> str:
        return say(msgid)


_ENGLISH = _English()


# --- times ---


def _local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(zone()))


def moment(ms: int | None) -> str:
    """As "Jumat, 10 April 2026 pukul 16.25 WIB"."""
    if ms is None:
        return "—"
    if english():
        return f"{format_datetime(_local(ms), 'EEEE, d MMMM y, HH.mm', locale='en')} {zone_name(ms)}"
    return dates.moment(ms, zone())


def short_moment(ms: int | None) -> str:
    """As "Jum 10 Apr 16.25 WIB"; the year only where it is not this one's business to guess."""
    if ms is None:
        return "—"
    return _short_moment(ms // MINUTE, zone(), "en" if english() else "id")


@lru_cache(maxsize=8192)
def _short_moment(minute: int, zone: str, language: str) -> str:
    """A list has many of them, and the next look at it the same ones again."""
    at = datetime.fromtimestamp(minute * 60, ZoneInfo(zone))
    return f"{format_datetime(at, 'EEE d MMM y HH.mm', locale=language)} {_zone_name(minute, zone)}"


def until(ms: int | None) -> str:
    """When something must be done at the latest: the midnight that ends a day is said as 24.00 of that day."""
    if ms is None or _local(ms).time() != time(0):
        return short_moment(ms)
    return short_moment(ms - 1).replace(" 23.59 ", " 24.00 ")


def day(ms: int | None) -> str:
    """As "10 April 2026"."""
    if ms is None:
        return "—"
    return format_date(_local(ms), "d MMMM y", locale="en") if english() else dates.day(ms, zone())


def weekday_clock(ms: int) -> str:
    """As "Jumat 16.30", of a time a few days away; the midnight that ends a day is 24.00 of that day."""
    if _local(ms).time() != time(0):
        return _weekday_clock(ms // MINUTE, zone(), "en" if english() else "id")
    return _weekday_clock((ms - 1) // MINUTE, zone(), "en" if english() else "id").replace("23.59", "24.00")


@lru_cache(maxsize=8192)
def _weekday_clock(minute: int, zone: str, language: str) -> str:
    at = datetime.fromtimestamp(minute * 60, ZoneInfo(zone))
    return str(format_datetime(at, "EEEE HH.mm", locale=language))


def clock_time(ms: int | None) -> str:
    """As "16.25 WIB"."""
    return "—" if ms is None else dates.clock(ms, zone())


def iso(ms: int | None) -> str:
    """For `datetime` attributes."""
    return "" if ms is None else _local(ms).isoformat(timespec="seconds")


def duration(ms: int | None) -> str:
    """Working time as "1 jam 30 menit"; seconds are not told."""
    if ms is None:
        return "—"
    minutes = max(int(ms), 0) // 60_000
    if not english():
        return dates.duration(minutes)
    hours, rest = divmod(minutes, 60)
    return " ".join(([f"{hours} h"] if hours else []) + ([f"{rest} min"] if rest or not hours else []))


def size(count: int) -> str:
    """As "1,4 MB"."""
    number = f"{count / 1_048_576:.1f} MB" if count >= 1_048_576 else f"{max(1, count // 1024)} KB"
    return number if english() else number.replace(".", ",")


def nice(code: str) -> str:
    """A code of ours as a word: "sangat_segera" → "Sangat segera"."""
    return say(code.replace("_", " ").capitalize())


def channel(code: str) -> str:
    """How a report came, as it stands in a sentence."""
    words = {
        "web": gettext("formulir web"),
        "surat": gettext("surat"),
        "loket": gettext("loket"),
        "whatsapp": "WhatsApp",
        "email": gettext("surel"),
        "telepon": gettext("telepon"),
        "sms": "SMS",
    }
    return str(words.get(code, nice(code)))


def written_date(iso: str) -> str:
    """An ISO date as "10 April 2026"; what is no ISO date comes back unchanged."""
    if not english():
        return dates.written(iso)
    try:
        return str(format_date(date.fromisoformat(iso), "d MMMM y", locale="en"))
    except ValueError:
        return iso


def month_name(number: int) -> str:
    """As "April"."""
    return str(format_date(date(2000, number, 1), "LLLL", locale="en")) if english() else dates.MONTHS[number - 1]


def written_month(iso: str) -> str:
    """A month ("2026-03") as "Maret 2026"; what is none comes back unchanged."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", iso):
        return iso
    return f"{month_name(int(iso[5:]))} {iso[:4]}"


def iso_duration(text: str) -> str:
    """An ISO 8601 duration of hours and minutes as "4 jam"; what is none comes back unchanged."""
    found = _HOURS.fullmatch(text)
    return duration((int(found[1] or 0) * 60 + int(found[2] or 0)) * 60_000) if found else text


def agenda(entered: str) -> str:
    """Book numbers as the papers write them: "setwan 4/2026; pimpinan 2/2026" is "004/2026 (Pimpinan 002/2026)"."""
    lines = [line.rpartition(" ") for line in entered.split("; ") if line]
    numbers = [(book, f"{int(number.partition('/')[0]):03d}/{number.partition('/')[2]}") for book, _, number in lines]
    more = ", ".join(f"{book.title()} {number}" for book, number in numbers[1:])
    return (numbers[0][1] + (f" ({more})" if more else "")) if numbers else "—"


FILTERS = {
    "agenda": agenda,
    "channel": channel,
    "iso_duration": iso_duration,
    "month_name": month_name,
    "nice": nice,
    "moment": moment,
    "short_moment": short_moment,
    "until": until,
    "day": day,
    "clock": clock_time,
    "iso": iso,
    "duration": duration,
    "size": size,
    "written_date": written_date,
    "say": say,
    "say_each": say_each,
    "say_dated": say_dated,
    "sentence": sentence,
    "tell": tell,
}


def register(app: Flask) -> None:
    """Chooses the language and teaches templates to write times."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "id")
    catalogue.register(app, Babel(app, locale_selector=chosen))
    app.jinja_env.filters.update(FILTERS)
