"""A case's minutes add up: every minute has one keeper, and the keepers' minutes are the whole."""

from collections import Counter
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from office import ms

from engine.clocks import calendars, ledger
from engine.clocks.ledger import Keeper, Piece
from engine.clocks.worktime import MINUTE, Calendar

OFFICE = calendars.default()
MONDAY = ms("2026-04-06 00.00")
NAMES: tuple[Any, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS = st.sampled_from([[], [["07:30", "12:00"], ["13:00", "16:00"]], [["00:00", "06:15"], ["22:10", "24:00"]]])


@st.composite
def working_times(draw: st.DrawFn) -> Calendar:
    """Any week that has at least one working day, with a holiday or two."""
    week = {name: draw(HOURS) for name in NAMES} | {"wed": [["08:00", "12:00"]]}
    holidays = [{"date": f"2026-04-{draw(st.integers(6, 12)):02}", "name": "Libur"}] if draw(st.booleans()) else []
    zone = draw(st.sampled_from(["Asia/Jakarta", "Asia/Jayapura"]))
    return Calendar.from_json({"timezone": zone, "week": week, "periods": [], "holidays": holidays})


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    offered = MONDAY + draw(st.integers(0, 3 * 1440 * MINUTE))
    started = offered + draw(st.integers(0, 2000 * MINUTE)) if draw(st.booleans()) else None
    over = (started or offered) + draw(st.integers(0, 3000 * MINUTE)) if draw(st.booleans()) else None
    return Piece(draw(st.sampled_from([None, 1, 2, 3])), offered, started, over)


cases = st.lists(pieces(), max_size=6)
times = st.fixed_dictionaries({None: working_times()}, optional={1: working_times(), 2: working_times()})


def naive(minute: int, found: list[Piece], known: dict[Any, Calendar], end: int) -> tuple[str, tuple[int, ...]]:
    """The rule in words, asked minute by minute."""
    open_ = [
        p
        for p in found
        if p.offered_ms // MINUTE <= minute < min((p.over_ms if p.over_ms else end) // MINUTE, end // MINUTE)
    ]
    offices = sorted({p.office for p in open_ if p.office})
    if not offices:
        return ("pelapor" if open_ else "sistem"), ()
    here = tuple(o for o in offices if known.get(o, known[None]).is_open(minute * MINUTE))
    if here:
        started = [
            p for p in open_ if p.office in here and p.started_ms is not None and p.started_ms // MINUTE <= minute
        ]
        return ("dikerjakan" if started else "menunggu"), here
    calendar = known.get(offices[0], known[None])
    day = calendar.date_of(minute * MINUTE)
    hours = calendar.intervals(day)
    if not hours:
        return ("libur" if calendar.why_closed(day) else "bukan hari kerja"), ()
    return ("istirahat" if hours[0][0] <= minute * MINUTE < hours[-1][1] else "malam"), ()


@given(cases, times, st.integers(0, 4 * 1440 * MINUTE), st.integers(0, MINUTE))
def test_the_minutes_of_all_keepers_are_the_whole_and_each_is_what_the_rule_says(
    found: list[Piece], known: dict[Any, Calendar], length: int, offset: int
) -> None:
    received, end = MONDAY + offset, MONDAY + offset + length
    segments = ledger.account(received, end, found, known)
    assert sum(ledger.sums(segments).values()) == ledger.total(received, end)
    assert all(a.until_minute == b.from_minute and a.keeper != b.keeper for a, b in pairwise(segments))
    expected = Counter(naive(minute, found, known, end) for minute in range(received // MINUTE, end // MINUTE))
    counted: Counter[tuple[str, tuple[int, ...]]] = Counter()
    for segment in segments:
        counted[segment.keeper.what, segment.keeper.offices] += segment.minutes
    assert {key: n for key, n in counted.items() if n} == dict(expected)


def minutes(found: list[Piece], begin: str, end: str) -> dict[Keeper, int]:
    return ledger.sums(ledger.account(ms(begin), ms(end), found, {None: OFFICE}))


def test_a_day_of_one_office_knows_its_break_its_night_and_its_weekend() -> None:
    friday, monday = ms("2026-04-10 08.00"), ms("2026-04-13 09.00")
    told = minutes([Piece(7, friday, ms("2026-04-10 15.00"), monday)], "2026-04-10 08.00", "2026-04-13 09.00")
    assert told == {
        Keeper("menunggu", (7,)): 210 + 120,  # 08.00-11.30 and 13.00-15.00
        Keeper("dikerjakan", (7,)): 90 + 90,  # 15.00-16.30, Monday 07.30-09.00
        Keeper("istirahat"): 90,
        Keeper("malam"): 450 + 450,  # Friday 16.30-24.00, Monday 00.00-07.30
        Keeper("bukan hari kerja"): 2 * 1440,
    }


def test_a_holiday_is_named() -> None:
    told = minutes([Piece(7, ms("2026-05-01 00.00"), None, None)], "2026-05-01 00.00", "2026-05-02 00.00")
    assert [(keeper.what, "Buruh" in keeper.name, n) for keeper, n in told.items()] == [("libur", True, 1440)]


def test_the_citizens_own_time_runs_through_the_night_and_the_rest_is_the_systems() -> None:
    asked = Piece(None, ms("2026-04-06 10.00"), None, ms("2026-04-07 10.00"))
    told = minutes([asked], "2026-04-06 09.00", "2026-04-07 11.00")
    assert told == {Keeper("pelapor"): 1440, Keeper("sistem"): 120}


def test_minutes_of_several_at_work_belong_to_them_together() -> None:
    at = ms("2026-04-06 08.00")
    one = Piece(1, at, at, ms("2026-04-06 09.00"))
    two = Piece(2, at, None, ms("2026-04-06 10.00"))
    told = minutes([one, two], "2026-04-06 08.00", "2026-04-06 10.00")
    assert told == {Keeper("menunggu", (2,)): 60, Keeper("dikerjakan", (1, 2)): 60}
