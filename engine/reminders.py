"""The sweeper: who must be told that something is late, due soon or lies unopened, and the morning's digest.

It works on sets of tasks in bounded batches, any number of workers at once: what a task's people were told of stands
on its row (`told`), a notice and a mail have names that exist once. Nobody is told outside the hours of their office.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from db.queries import reminders as questions
from db.queries.reminders import Asked, Candidate, Near
from engine import mailing
from engine.clocks import deadlines
from engine.clocks.worktime import Calendar
from engine.diagrams import articles
from engine.diagrams.articles import Rule
from engine.offices import people, settings
from engine.offices.people import Seat

BATCH = 200
SWEEP = 4_000
CHUNK = 100
FOUR_HOURS_MS = 4 * 3_600_000
WEEK_MS = 7 * 86_400_000
SWEPT = "ringkasan"


@dataclass(frozen=True)
class Group:
    """Offices of one organisation that keep the same hours, and are open now."""

    organisation: int
    unit_office: int | None  # one of them, where the calendar is their unit's own
    calendar: Calendar
    offices: tuple[int, ...]


@dataclass(frozen=True)
class Reader:
    """Someone to be told: by which office, as whom, and where their mail goes ("" for nobody's)."""

    seat: Seat
    account: int | None
    mails: bool


def sweep(now: int) -> int:
    """Tells everyone what they must know now, each once; gives how many tasks and digests were seen to."""
    return sum(_digests(group, now) + _reminders(group, now) for group in open_groups(now))


def open_groups(now: int) -> list[Group]:
    """The offices that work at this instant, by organisation and calendar."""
    found = sql.rows("SELECT organisation_id, id FROM office WHERE active ORDER BY organisation_id, id")
    groups: list[Group] = []
    for organisation, rows in groupby(found, key=lambda row: int(row[0])):
        groups += _open(organisation, [int(office) for _, office in rows], now)
    return groups


def _open(organisation: int, offices: Iterable[int], now: int) -> list[Group]:
    calendars = settings.office_calendars(organisation)
    kept: dict[Calendar, list[int]] = {}
    for office in offices:
        kept.setdefault(calendars.get(office) or calendars[None], []).append(office)
    return [
        Group(organisation, None if calendar == calendars[None] else group[0], calendar, tuple(group))
        for calendar, group in kept.items()
        if calendar.is_open(now)
    ]


def _reminders(group: Group, now: int) -> int:
    return sum(_all_of(kind, group, now) for kind in reversed(questions.LEVELS))


def _all_of(kind: str, group: Group, now: int) -> int:
    """One kind of reminder; what is more than one sweep takes comes with the next. Only writing holds the lock."""
    asked = Asked(kind, group.offices, now, near(group.calendar, now))
    tasks = questions.untold(asked, SWEEP)
    return sum(_batch(asked, group, tasks[start : start + BATCH]) for start in range(0, len(tasks), BATCH))


def _batch(asked: Asked, group: Group, tasks: Sequence[int]) -> int:
    kind, now = asked.kind, asked.now
    with transaction():
        found = questions.still_untold(asked, tasks)
        if not found:
            return 0
        readers = _readers(group.organisation, now)
        pairs = [(task, reader, above) for task in found for reader, above in _told_of(task, readers)]
        laws = _laws(kind, found, settings.calendar(group.organisation))
        _tell([_notice(kind, *pair, laws, now) for pair in pairs])
        _order(
            kind, [(task, reader) for task, reader, _ in pairs if reader.mails and mailed(kind, task, now)], group, now
        )
        told = f"UPDATE task SET told = ? WHERE id IN ({sql.marks(found)})"
        sql.execute(told, [asked.level, *(task.task for task in found)])
    return len(found)


def near(calendar: Calendar, now: int) -> Near:
    """What deadlines are held against where this calendar is kept."""
    return Near.of(calendar.add_ms, deadlines.today(now, calendar), now)


def _told_of(task: Candidate, readers: Mapping[int, Sequence[Reader]]) -> list[tuple[Reader, bool]]:
    """Who hears of a task: whoever acts for its office, and for the one above it; nobody twice."""
    people_told: dict[int, tuple[Reader, bool]] = {}
    for office, above in ((task.office, False), (task.superior or 0, True)):
        for reader in readers.get(office, ()):
            people_told.setdefault(reader.seat.person_id, (reader, above))
    return list(people_told.values())


_ACCOUNTS = """
SELECT a.person_id, MIN(a.id), MAX(CASE WHEN a.mails AND a.email <> '' THEN a.id END) FROM account a
  JOIN person p ON p.id = a.person_id WHERE p.organisation_id = ? AND a.active GROUP BY a.person_id
"""


def _readers(organisation: int, now: int) -> dict[int, list[Reader]]:
    """Everyone who may act now, by office; Plh, Plt and deputies in the place of whom they stand in for."""
    accounts = {int(person): (any_of, mailed_to) for person, any_of, mailed_to in sql.rows(_ACCOUNTS, (organisation,))}
    found: dict[int, list[Reader]] = {}
    for seat in people.who_may_act(now):
        if seat.organisation_id == organisation and seat.person_id in accounts:
            any_of, mailed_to = accounts[seat.person_id]
            found.setdefault(seat.office_id, []).append(Reader(seat, mailed_to or any_of, mailed_to is not None))
    return found


def _laws(kind: str, tasks: Iterable[Candidate], house: Calendar) -> dict[int, Rule]:
    """By what those of them that keep the law's date do so."""
    return {
        task.task: articles.rule_of((task.release_id, task.fingerprint), task.received_ms, task.law_ms, house)
        for task in tasks
        if task.law_ms is not None and _law(kind, task)
    }


def _notice(
    kind: str, task: Candidate, reader: Reader, above: bool, laws: Mapping[int, Rule], now: int
) -> tuple[Any, ...]:
    until, rule = task.norm_ms if kind == "belum_dibuka" else task.until_ms, laws.get(task.task)
    told = {"office": task.office, "above": above, "until": until, "law": rule is not None}
    by = {} if rule is None else {"basis": rule.article, "days": rule.days}
    facts = orjson.dumps(told | by).decode()
    person = reader.seat.person_id
    return (f"{kind}:{task.task}:{person}{_which(kind, task)}", person, kind, task.case, task.task, facts, now)


def _law(kind: str, task: Candidate) -> bool:
    return task.by_law and kind != "belum_dibuka"


def _which(kind: str, task: Candidate) -> str:
    """A legal date that was put off is told of again: it is part of what names a telling."""
    return f":{task.law_ms}" if _law(kind, task) else ""


def _tell(rows: Sequence[tuple[Any, ...]]) -> None:
    """As `notices.tell`, for a whole batch at once."""
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        one = f"({sql.marks(part[0])})"
        sql.execute(
            "INSERT INTO notice (name, person_id, kind, case_file, task, facts, at_ms)"
            f" VALUES {', '.join([one] * len(part))} ON CONFLICT DO NOTHING",
            [value for row in part for value in row],
        )


def mailed(kind: str, task: Candidate, now: int) -> bool:
    """Whether a mail goes with the notice: not for limits under four office hours, which are over before it is read,
    and not for what is old news because nobody swept for a week: the digest has it.
    """
    text, clock, since = task.limit_text, task.clock, task.until_ms
    if _law(kind, task):
        return (since or now) >= now - WEEK_MS
    if kind == "belum_dibuka":
        text, clock, since = task.wait_norm, "jam-kerja", task.norm_ms
    limit = deadlines.Limit.parse(text, clock)
    if limit is None or (since or now) < now - WEEK_MS:
        return False
    return limit.clock in ("hari-kerja", "tanggal") or limit.amount >= FOUR_HOURS_MS


def _order(kind: str, pairs: Sequence[tuple[Candidate, Reader]], group: Group, now: int) -> None:
    """One mail to each reader for the whole batch, to leave when their own office is open."""
    calendars = settings.office_calendars(group.organisation) if pairs else {}
    by_account: dict[int, list[tuple[Candidate, Reader]]] = {}
    for task, reader in pairs:
        by_account.setdefault(int(reader.account or 0), []).append((task, reader))
    for account, mine in by_account.items():
        office, tasks = mine[0][1].seat.office_id, [task.task for task, _ in mine]
        first = min((task for task, _ in mine), key=lambda task: task.task)
        mailing.order(
            f"{kind}:{account}:{first.task}{_which(kind, first)}",
            kind,
            now,
            due=(calendars.get(office) or calendars[None]).next_open(now),
            organisation=group.organisation,
            account=account,
            office=office,
            tasks=tasks,
        )


def _digests(group: Group, now: int) -> int:
    """Once each office day, when the office opens: a mail to everyone on whose desk something is."""
    day = group.calendar.date_of(now).isoformat()
    name = f"{SWEPT}:{group.organisation}:{group.unit_office or 0}:{day}"
    if sql.row("SELECT 1 FROM job WHERE name = ?", (name,)):
        return 0
    busy = questions.busy_offices(dict.fromkeys(group.offices, near(group.calendar, now)), now)
    with transaction():
        if not _first(name, group.organisation, now):
            return 0
        readers = _readers(group.organisation, now)
        wanted = {r.account: r for office in sorted(busy) for r in readers.get(office, ()) if r.mails}
        for account, reader in wanted.items():
            mailing.order(
                f"{SWEPT}:{account}:{day}",
                SWEPT,
                now,
                organisation=group.organisation,
                account=account,
                office=reader.seat.office_id,
            )
    return len(wanted)


def _first(name: str, organisation: int, now: int) -> bool:
    """Whether this worker is the one that makes this morning's digests."""
    made = sql.execute(
        "INSERT INTO job (name, kind, payload, organisation, state, due_ms, attempts, lease_ms, error, created_ms,"
        " done_ms) VALUES (?, 'swept', '{}', ?, 'done', ?, 0, 0, '', ?, ?) ON CONFLICT DO NOTHING",
        (name, organisation, now, now, now),
    )
    return bool(made.rowcount == 1)
