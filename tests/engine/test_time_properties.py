"""The four clocks against two independent reckonings, a million times: not one difference.

Seeds are fixed and printed; a difference names the seed, the calendar and the case, which is enough to see it again.
"""

import datetime as dt
import random
import time
from collections.abc import Iterator
from typing import Any

from engine.clocks import calendars, deadlines
from engine.clocks.worktime import Calendar
from tests.engine.reference_time import DAY, EPOCH, MINUTE, NAMES, OFFSET_HOURS, MinuteOffice, Office

AGAINST_MINUTES = 20_000
AGAINST_INTERVALS = 1_000_000
SEED = 20230412
FIRST, LAST = dt.date(2024, 1, 1), dt.date(2027, 12, 31)
EDGES = (-MINUTE, -1000, -1, 0, 1, 1000, MINUTE)

Json = dict[str, Any]


def clock_text(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def random_day(chance: random.Random, step: int) -> list[list[str]]:
    """One to three stretches of open office on a grid of `step` minutes, midnight to midnight at the widest."""
    cuts = sorted(chance.sample(range(0, 1441, step), 2 * chance.randint(1, 3)))
    return [[clock_text(a), clock_text(b)] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]


def random_week(chance: random.Random) -> Json:
    step = chance.choice((1, 5, 30))
    days = chance.sample(NAMES, chance.randint(3, 7))
    return {name: random_day(chance, step) for name in days} | {days[0]: [["08:00", "12:00"], ["12:30", "15:00"]]}


def random_calendar(chance: random.Random) -> Json:
    """A week, a few periods of other hours that do not overlap (one may be closed), days off anywhere."""
    days = [FIRST + dt.timedelta(days=d) for d in range((LAST - FIRST).days)]
    bounds = sorted(chance.sample(days, 2 * chance.randint(0, 4)))
    weeks = [random_week(chance), random_week(chance), {}]
    periods = [
        {"from": a.isoformat(), "to": min(b, a + dt.timedelta(days=45)).isoformat(), "week": chance.choice(weeks)}
        for a, b in zip(bounds[::2], bounds[1::2], strict=True)
    ]
    off = [day.isoformat() for day in chance.sample(days, chance.randint(0, 120))]
    zone = chance.choice(list(OFFSET_HOURS))
    return {"timezone": zone, "week": random_week(chance), "periods": periods, "holidays": off}


def calendars_to_try(chance: random.Random, how_many: int) -> Iterator[tuple[str, Json]]:
    """Every second one is the Indonesian office as seeded, in one of its three zones; the others are invented."""
    zones = list(OFFSET_HOURS)
    for n in range(how_many):
        if n % 2:
            yield f"invented {n}", random_calendar(chance)
        else:
            zone = zones[n // 2 % 3]
            yield f"seeded {zone}", calendars.default_json() | {"timezone": zone}


def random_start(chance: random.Random, office: Office, grain: int) -> int:
    """Anywhere, at the edge of an opening or closing, around New Year, or in and around Ramadan."""
    kind = chance.random()
    day = (FIRST - EPOCH).days + chance.randrange(1400)
    if kind < 0.1:
        day = (dt.date(chance.randint(2025, 2027), 1, 1) - EPOCH).days + chance.randint(-12, 12)
    elif kind < 0.25 and office.periods:
        day = chance.choice(chance.choice(office.periods)[:2]) + chance.randint(-6, 6)
    wall = day * DAY + chance.randrange(DAY) // grain * grain
    if chance.random() < 0.4:
        hours = office.hours(day)
        edge = chance.choice(chance.choice(hours)) if hours else day * DAY
        wall = edge + chance.choice(EDGES) // grain * grain
    return wall - office.offset


def random_limit(chance: random.Random) -> tuple[str, str]:
    """One of the clocks with a limit that it can count; half the minutes are multiples of 30, to run out on an edge."""
    pick = chance.random()
    if pick < 0.45:
        minutes = chance.randrange(0, 2700) if chance.random() < 0.5 else 30 * chance.randrange(0, 60)
        return f"PT{minutes // 60}H{minutes % 60}M", "jam-kerja"
    if pick < 0.65:
        minutes = chance.choice((10, 120, 240, 450, 1440, 4320, chance.randrange(1, 6000)))
        return f"PT{minutes}M", "jam-berjalan"
    if pick < 0.9:
        return f"P{chance.randint(1, 25)}D", "hari-kerja"
    return str(chance.randint(1, 31)), "tanggal"


def test_agrees_with_counting_minute_after_minute() -> None:
    chance, tried, cases = random.Random(SEED), 8, 0
    for n, (name, raw) in enumerate(calendars_to_try(chance, tried), 1):
        calendar, office = Calendar.from_json(raw), Office(raw)
        strip = MinuteOffice(raw, FIRST - dt.timedelta(days=30), 1700)
        while cases < AGAINST_MINUTES * n // tried:
            start, (limit, clock) = random_start(chance, office, MINUTE), random_limit(chance)
            if clock != "tanggal":
                cases += 1
                said, counted = deadlines.due(start, limit, clock, calendar), strip.due(start, limit, clock)
                assert said == counted, f"seed {SEED}, {name}, case {cases}: {start} {limit} {clock}: {raw}"
    print(f"seed {SEED}: {cases} cases, 0 differences")
    assert cases == AGAINST_MINUTES


def test_agrees_with_interval_arithmetic_a_million_times() -> None:
    begun, chance, tried = time.process_time(), random.Random(SEED + 1), 40
    for name, raw in calendars_to_try(chance, tried):
        calendar, office = Calendar.from_json(raw), Office(raw)
        for case in range(AGAINST_INTERVALS // tried):
            start, (limit, clock) = random_start(chance, office, 1), random_limit(chance)
            if deadlines.due(start, limit, clock, calendar) != office.due(start, limit, clock):
                raise AssertionError(f"seed {SEED + 1}, {name}, case {case}: {start} {limit} {clock}: {raw}")
    seconds = time.process_time() - begun
    print(f"seed {SEED + 1}: {AGAINST_INTERVALS} cases, 0 differences, {seconds:.0f} s of one core")


def test_office_time_between_two_instants_agrees_and_is_what_add_and_subtract_undo() -> None:
    chance = random.Random(SEED + 2)
    for name, raw in calendars_to_try(chance, 10):
        calendar, office = Calendar.from_json(raw), Office(raw)
        for case in range(1_000):
            a = random_start(chance, office, 1)
            b = a + chance.randrange(40 * DAY)
            worked = calendar.work_ms_between(a, b)
            where = f"seed {SEED + 2}, {name}, case {case}: {a} {b}: {raw}"
            assert worked == office.work_between(a, b), where
            assert calendar.work_ms_between(b, a) == -worked, where
            assert calendar.work_ms_between(a, calendar.add_ms(a, worked)) == worked, where
            back = calendar.subtract_ms(b, worked)
            assert back <= b, where
            assert calendar.work_ms_between(back, b) == worked, where


def test_every_explanation_adds_up_to_its_limit_and_ends_at_the_due_time() -> None:
    chance = random.Random(SEED + 3)
    for name, raw in calendars_to_try(chance, 10):
        calendar, office = Calendar.from_json(raw), Office(raw)
        for case in range(300):
            start, (limit, clock) = random_start(chance, office, 1), random_limit(chance)
            lines = deadlines.explain(start, limit, clock, calendar)
            where = f"seed {SEED + 3}, {name}, case {case}: {start} {limit} {clock}: {raw}"
            assert lines[-1].to_ms == deadlines.due(start, limit, clock, calendar), where
            assert all(line.from_ms <= line.to_ms for line in lines[1:]), where
            asked = deadlines.Limit.parse(limit, clock)
            assert asked is not None
            expected = {"hari-kerja": asked.amount * DAY, "tanggal": 0}.get(clock, asked.amount)
            assert sum(line.amount_ms for line in lines) == expected, where
