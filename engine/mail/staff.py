"""Mail to staff: the morning's digest and reminders. Numbers, steps and times; never a word about a citizen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db import sql
from db.queries import reminders as questions
from db.queries.reminders import Line, Near
from engine import reminders
from engine.clocks import lateness
from engine.clocks.worktime import Calendar
from engine.diagrams import articles
from engine.errands import Call, NotNow, Undeliverable
from engine.mail import blanks, transport, wordings
from engine.mail.catalogue import Text
from engine.mail.told_times import moment
from engine.mail.transport import Post
from engine.offices import people, settings

LISTED = 15
DIGEST = "ringkasan"
MORE = {"id": "… dan {n} lagi di meja kerja.", "en": "… and {n} more on your desk."}
UNTIL = {"id": "batas", "en": "due"}
SENTENCES: dict[str, str] = {
    "unwanted": "penerima tidak menghendaki surel",
    "done": "tidak ada lagi yang perlu diingatkan",
}
"""Why a mail was not needed after all."""
LATE = "late by {n} working days"
NO_LIMIT = {"id": "tanpa batas waktu", "en": "no time limit"}


@dataclass(frozen=True)
class Account:
    """Who gets it, and in which language."""

    id: int
    person_id: int
    name: str
    email: str
    language: str
    organisation_id: int
    organisation: str
    zone: str


_ACCOUNT = """
SELECT a.id, p.id, p.name, a.email, a.language, g.id, g.name, g.timezone
FROM account a JOIN person p ON p.id = a.person_id JOIN organisation g ON g.id = p.organisation_id
WHERE a.id = ? AND a.active AND a.mails AND a.email <> ''
"""


def mail(call: Call, post: Post) -> Mapping[str, Any]:
    """Sends it, unless it is needed no more. Raises NotNow while the office it goes to is closed."""
    found = sql.row(_ACCOUNT, (call.facts["account"],))
    if found is None:
        return {"needless": SENTENCES["unwanted"]}
    account = Account(*found)
    _in_office_hours(account, call)
    text = _text(account, call, post.base_url)
    if text is None:
        return {"needless": SENTENCES["done"]}
    if not post.url:
        raise Undeliverable("surel belum diatur di pemasangan ini")
    transport.send(transport.letter(post, call.name, account.email, text), post.url)
    return {"delivered": True}


def _in_office_hours(account: Account, call: Call) -> None:
    calendar = settings.office_calendar(account.organisation_id, call.facts.get("office"))
    if not calendar.is_open(call.now):
        raise NotNow(calendar.next_open(call.now))


def _text(account: Account, call: Call, base: str) -> Text | None:
    values = {"nama": account.name, "instansi": account.organisation, "alamat": f"{base}/tugas"}
    if "memo" in call.facts:
        return _letter(account, call, values | {"alamat": f"{base}/surat/{call.facts['memo']}"})
    if call.message == DIGEST:
        found = _desk(account, call.now)
        if not any(found.counts.values()):
            return None
        values |= {name: str(found.counts[name]) for name in questions.PARTS}
        lines, total = found.lines, found.listed
    else:
        lines = questions.still_open(call.facts["tasks"])
        total = len(lines)
        values["jumlah"] = str(total)
    if not lines:
        return None
    reading = Reading(account.language, account.zone, base, settings.calendar(account.organisation_id), call.now)
    values["daftar"] = listed(lines[:LISTED], total, reading)
    text = wordings.in_force(account.organisation_id, call.message, account.language)
    return Text(blanks.subject(text.subject, values), blanks.fill(text.body, values))


def _letter(account: Account, call: Call, values: dict[str, str]) -> Text | None:
    """That a letter of the office waits: its number, never what it says."""
    number = sql.value("SELECT number FROM memo WHERE id = ?", (call.facts["memo"],))
    if number is None:
        return None
    text = wordings.in_force(account.organisation_id, call.message, account.language)
    values = values | {"nomor": str(number)}
    return Text(blanks.subject(text.subject, values), blanks.fill(text.body, values))


@dataclass(frozen=True)
class _Desk:
    counts: Mapping[str, int]
    lines: Sequence[Line]
    listed: int


def _desk(account: Account, now: int) -> _Desk:
    """What lies on someone's desk: the same parts as on screen, the most pressing first."""
    seats = people.who_may_act(now, person_id=account.person_id)
    calendars = settings.office_calendars(account.organisation_id)
    offices: dict[int, Near] = {}
    for seat in seats:
        calendar = calendars.get(seat.office_id) or calendars[None]
        offices[seat.office_id] = reminders.near(calendar, now)
    counts = questions.counts(offices, now)
    lines = questions.pressing(offices, now, LISTED)
    return _Desk(counts, lines, counts["ada"])


@dataclass(frozen=True)
class Reading:
    """For whom tasks are listed, and when."""

    language: str
    zone: str
    base: str
    calendar: Calendar
    now: int


def listed(lines: Sequence[Line], total: int, by: Reading) -> str:
    """One task a line with its address; how many more there are."""
    spoken = by.language if by.language in MORE else "id"
    told = [_line(line, spoken, by) for line in lines]
    if total > len(lines):
        told.append(MORE[spoken].format(n=total - len(lines)))
    return "\n".join(told)


def _line(line: Line, language: str, by: Reading) -> str:
    until = line.due_ms or line.norm_ms
    when = NO_LIMIT[language] if until is None else f"{UNTIL[language]} {moment(until, by.zone, language)}"
    told = ", ".join([f"- {line.number}: {line.name}", when, *_by_law(line, language, by)])
    return f"{told}\n  {by.base}/tugas/{line.task}"


def _by_law(line: Line, language: str, by: Reading) -> list[str]:
    """How late by the law's date it is, and by which article, where a task keeps that date."""
    if not line.by_law or line.due_ms is None:
        return []
    rule = articles.rule_of((line.release_id, line.fingerprint), line.received_ms, line.due_ms, by.calendar)
    past = lateness.past(line.due_ms, by.now, by.calendar)
    late = [] if past is None else [lateness.spoken(past) if language == "id" else LATE.format(n=past)]
    return [*late, *([rule.article] if rule.article else [])]
