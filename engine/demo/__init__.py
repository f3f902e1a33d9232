"""The demonstration: the DPRD's office with its people, at work on reports in every state, by the public verbs."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from db import sql
from db.connect import transaction
from engine import installation, jobs
from engine.clocks.worktime import Calendar
from engine.commands import citizen, work
from engine.commands.start import Report, Reporter, Started, start
from engine.demo.cases import CASES, Story
from engine.demo.city import Named
from engine.demo.office import BODY, DPRD, PEOPLE
from engine.jobs import Handler
from engine.offices import accounts, settings
from engine.offices.entries import Entry
from engine.offices.people import Actor

WIB = ZoneInfo("Asia/Jakarta")
SINCE = int(datetime(2024, 1, 2, 7, 30, tzinfo=WIB).timestamp() * 1000)


def open_office(
    password: str, *, now: int, since: int = SINCE, body: installation.Body = BODY, people: Sequence[Named] = PEOPLE
) -> int:
    """Founds an office (the DPRD) with its people, everyone with this password; gives the organisation's id."""
    organisation = installation.found(body, now=since)
    hashed = accounts.hash_password(password)
    with transaction():
        for username, name, nip, pangkat, offices, powers in people:
            installation.employ(
                organisation,
                name,
                nip=nip,
                pangkat=pangkat,
                offices=offices,
                username=username,
                password_hash=hashed,
                powers=powers,
                since=since,
            )
    return organisation


def actor(username: str) -> Actor:
    """Someone of the demonstration, ready to act."""
    found = sql.row("SELECT id, person_id, powers FROM account WHERE username = ?", (username,))
    if found is None:
        raise LookupError(username)
    return Actor(int(found[0]), int(found[1]), frozenset(str(found[2]).split()))


def work_through(*, now: int, handlers: Mapping[str, Handler]) -> list[Started]:
    """Reports in every state, sent and worked on over the working days before `now`; messages leave by `handlers`."""
    organisation = sql.value("SELECT id FROM organisation WHERE code = ?", (DPRD,))
    calendar = settings.calendar(int(organisation))
    return [_live(story, calendar, now, handlers) for story in CASES]


def _live(story: Story, calendar: Calendar, now: int, handlers: Mapping[str, Handler]) -> Started:
    at = _days_before(calendar, now, story.days_ago, story.at)
    begun = start(
        "siapmas",
        organisation=DPRD,
        reporter=Reporter(story.name, story.phone, story.email),
        report=Report(story.text, story.when, story.where, story.subject),
        send_key=f"demo:{story.subject}",
        channel=story.channel,
        by=actor(story.entered_by) if story.entered_by else None,
        entry=_entry(story, at) if story.entered_by else None,
        now=at,
    )
    for step in story.steps:
        opened = calendar.add_minutes(at, step.after)
        at = calendar.add_minutes(opened, step.took)
        _do(begun.case_id, step.who, step.element, step.answers, opened, min(at, now))
        jobs.run_due(min(at, now), handlers)
    if story.withdrawn:
        citizen.withdraw(begun.case_id, now=min(calendar.add_minutes(at, 30), now))
    return begun


def _entry(story: Story, at: int) -> Entry:
    written = (datetime.fromtimestamp(at / 1000, WIB) - timedelta(days=2)).date().isoformat()
    return Entry(story.letter, written if story.letter else "")


def _do(case_id: int, who: str, element: str, answers: Mapping[str, Any], opened: int, at: int) -> None:
    found = sql.row(
        "SELECT t.id FROM task t LEFT JOIN holding h ON h.office_id = t.office_id AND h.person_id = ?"
        " WHERE t.case_file_id = ? AND t.element = ? AND t.state = 'open' ORDER BY h.id IS NULL, t.id LIMIT 1",
        (actor(who).person_id if who else 0, case_id, element),
    )
    if found is None:
        raise LookupError(f"{element} does not wait in case {case_id}")
    if not who:
        citizen.deliver(int(found[0]), case_id=case_id, answers=answers, now=at)
        return
    work.open_task(int(found[0]), by=actor(who), now=min(opened, at))
    work.complete(int(found[0]), by=actor(who), answers=answers, now=at)


def _days_before(calendar: Calendar, now: int, days: int, at: str) -> int:
    """A clock time on the n-th working day before today (office time zone)."""
    day = calendar.date_of(now)
    while days > 0 or not calendar.is_working_day(day):
        day -= timedelta(days=1)
        days -= calendar.is_working_day(day)
    hour, minute = map(int, at.split("."))
    instant = int(datetime(day.year, day.month, day.day, hour, minute, tzinfo=calendar.tz).timestamp() * 1000)
    return min(instant, now)
