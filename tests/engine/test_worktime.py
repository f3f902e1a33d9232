"""The office calendar: what it accepts, and when it is open."""

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from engine.clocks import calendars
from engine.clocks.calendar_rules import CalendarInvalid
from engine.clocks.worktime import MINUTE, Calendar, OutsideCalendar

OFFICE = calendars.default()
WEEK = {"mon": [["07:30", "12:00"], ["13:00", "16:00"]], "fri": [["07:30", "11:30"]]}
PLAIN: dict[str, Any] = {"timezone": "Asia/Jakarta", "week": WEEK, "periods": [], "holidays": []}


def at(text: str, calendar: Calendar = OFFICE) -> int:
    local = datetime.fromisoformat(text).replace(tzinfo=calendar.tz)
    return round(local.timestamp() * 1000)


def local(ms: int, calendar: Calendar = OFFICE) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, calendar.tz):%Y-%m-%d %H:%M}"


def minutes(calendar: Calendar, a: int, b: int) -> float:
    return calendar.work_ms_between(a, b) / MINUTE


def problems(**changes: Any) -> tuple[str, ...]:
    with pytest.raises(CalendarInvalid) as refused:
        Calendar.from_json(PLAIN | changes)
    return refused.value.problems


# --- open and closed ---


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-04-10 07:29", False),
        ("2026-04-10 07:30", True),
        ("2026-04-10 11:29", True),
        ("2026-04-10 11:30", False),
        ("2026-04-10 12:59", False),
        ("2026-04-10 13:00", True),
        ("2026-04-10 16:30", False),
        ("2026-04-11 10:00", False),
        ("2026-04-03 10:00", False),
        ("2026-02-19 07:45", False),
        ("2026-02-19 12:30", True),
        ("2026-02-19 15:00", False),
    ],
)
def test_is_open_from_opening_until_just_before_closing(moment: str, is_open: bool) -> None:
    assert OFFICE.is_open(at(moment)) is is_open


def test_next_opening_skips_break_night_weekend_and_holiday() -> None:
    assert local(OFFICE.next_open(at("2026-04-09 12:15"))) == "2026-04-09 13:00"
    assert local(OFFICE.next_open(at("2026-04-09 16:00"))) == "2026-04-10 07:30"
    assert local(OFFICE.next_open(at("2026-04-02 16:00"))) == "2026-04-06 07:30"


def test_minutes_between_count_the_office_only() -> None:
    assert minutes(OFFICE, at("2026-04-10 16:25"), at("2026-04-13 07:35")) == 10
    assert minutes(OFFICE, at("2026-04-13 07:35"), at("2026-04-10 16:25")) == -10
    assert minutes(OFFICE, at("2026-04-11 08:00"), at("2026-04-12 20:00")) == 0


def test_an_ordinary_week_has_37_and_a_half_hours_and_one_in_ramadan_32_and_a_half() -> None:
    assert minutes(OFFICE, at("2026-04-13 00:00"), at("2026-04-20 00:00")) == 37.5 * 60
    assert minutes(OFFICE, at("2026-02-23 00:00"), at("2026-03-02 00:00")) == 32.5 * 60


def test_the_last_closing_and_what_lies_before_it() -> None:
    closing = OFFICE.last_closing(at("2026-04-12 10:00"))
    assert local(closing) == "2026-04-10 16:30"
    assert local(OFFICE.subtract_ms(closing, 60 * MINUTE)) == "2026-04-10 15:30"
    assert OFFICE.subtract_ms(at("2026-04-12 10:00"), 0) == at("2026-04-12 10:00")
    assert OFFICE.last_closing(closing) == closing


def test_a_period_holds_from_its_first_date_to_its_last() -> None:
    rows = [
        {"from": "2026-04-13", "to": "2026-04-17", "week": {"mon": [["09:00", "10:00"]], "fri": [["09:00", "10:00"]]}}
    ]
    special = Calendar.from_json(PLAIN | {"periods": rows})
    openings = [special.next_open(at(f"2026-04-{day} 00:00")) for day in (10, 13, 17, 20)]
    assert [local(ms)[-5:] for ms in openings] == ["07:30", "09:00", "09:00", "07:30"]


def test_open_time_between_two_instants_is_that_of_its_days() -> None:
    thursday, monday = at("2026-04-09 12:00"), at("2026-04-13 08:00")  # from a break, over a weekend, into a morning
    days = [OFFICE.intervals(date(2026, 4, day)) for day in (9, 10, 11, 12, 13)]
    assert OFFICE.open_between(thursday, monday) == [*days[0][1:], *days[1], *days[4][:1]]
    assert OFFICE.open_between(at("2025-12-31 15:00"), at("2028-01-01 00:00"))[-1][1] == at("2027-12-31 16:30")


def test_working_days_and_their_intervals() -> None:
    friday = date(2026, 4, 10)
    assert [(local(a)[-5:], local(b)[-5:]) for a, b in OFFICE.intervals(friday)] == [
        ("07:30", "11:30"),
        ("13:00", "16:30"),
    ]
    assert OFFICE.intervals(date(2026, 4, 11)) == []
    assert OFFICE.is_working_day(friday)
    assert not OFFICE.is_working_day(date(2026, 4, 3))
    assert OFFICE.why_closed(date(2026, 4, 3)) == "Wafat Yesus Kristus"
    assert OFFICE.nth_working_day_after(friday, 1) == date(2026, 4, 13)


def test_negative_amounts_and_the_zeroth_working_day_are_programming_errors() -> None:
    with pytest.raises(ValueError, match="negative"):
        OFFICE.add_ms(at("2026-04-10 08:00"), -1)
    with pytest.raises(ValueError, match="from 1"):
        OFFICE.nth_working_day_after(date(2026, 4, 10), 0)


def test_before_1970_and_after_2200_there_is_no_calendar() -> None:
    for moment in ("1969-06-01 10:00", "2201-06-01 10:00"):
        with pytest.raises(OutsideCalendar, match="1970 sampai 2200"):
            OFFICE.is_open(at(moment))
    with pytest.raises(OutsideCalendar):
        OFFICE.add_minutes(at("2199-06-01 10:00"), 10_000_000)


def test_an_office_closed_for_ever_after_says_so_instead_of_searching_without_end() -> None:
    closed = Calendar.from_json(PLAIN | {"periods": [{"from": "2026-01-01", "to": "2200-12-31", "week": {}}]})
    with pytest.raises(OutsideCalendar):
        closed.next_open(at("2026-02-02 08:00"))
    assert local(closed.last_closing(at("2030-02-02 08:00"))) == "2025-12-29 16:00"


def test_midnight_is_an_ordinary_time_for_an_office_that_never_closes() -> None:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    always = Calendar.from_json(PLAIN | {"week": {day: [["00:00", "24:00"]] for day in days}})
    start = at("2026-12-31 23:50")
    assert always.add_minutes(start, 20) == start + 20 * MINUTE
    assert always.is_open(at("2027-01-01 00:00"))


def test_where_clocks_are_changed_the_night_has_its_true_length() -> None:
    days = {day: [["00:00", "24:00"]] for day in ("sat", "sun", "mon")}
    berlin = Calendar.from_json(PLAIN | {"timezone": "Europe/Berlin", "week": days})
    assert minutes(berlin, at("2026-03-29 00:00", berlin), at("2026-03-30 00:00", berlin)) == 23 * 60
    assert minutes(berlin, at("2026-10-25 00:00", berlin), at("2026-10-26 00:00", berlin)) == 25 * 60


def test_many_threads_may_ask_one_fresh_calendar_about_many_years_at_once() -> None:
    fresh, answers = Calendar.from_json(calendars.default_json()), dict[int, list[str]]()

    def ask(first: int) -> None:
        years = [1990 + (first * 7 + n * 13) % 60 for n in range(40)]
        answers[first] = [f"{year} {local(fresh.add_minutes(at(f'{year}-06-05 09:00'), 600))}" for year in years]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alone = Calendar.from_json(calendars.default_json())
    assert len(answers) == 8
    for said in answers.values():
        for line in said:
            assert line[5:] == local(alone.add_minutes(at(f"{line[:4]}-06-05 09:00"), 600))


# --- what a calendar file may say ---


def test_calendars_of_the_same_rules_are_the_same() -> None:
    again = Calendar.from_json(calendars.default_json())
    assert again == OFFICE and hash(again) == hash(OFFICE)
    assert Calendar.from_json(PLAIN) != OFFICE


def test_a_holiday_given_twice_counts_once_and_keeps_both_names() -> None:
    rows = ["2026-01-01", {"date": "2026-01-01", "name": "Tahun Baru"}, {"date": "2026-01-01", "name": "Libur lokal"}]
    merged = Calendar.from_json(PLAIN | {"holidays": rows})
    assert [(day.day, day.name) for day in merged.rules.holidays] == [(date(2026, 1, 1), "Tahun Baru; Libur lokal")]


def test_intervals_may_come_in_any_order_and_neighbours_become_one() -> None:
    mixed = Calendar.from_json(PLAIN | {"week": {"mon": [["12:00", "16:00"], ["07:30", "12:00"]]}})
    assert mixed.rules.week == Calendar.from_json(PLAIN | {"week": {"mon": [["07:30", "16:00"]]}}).rules.week


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"week": {}}, "tidak punya jam kerja sama sekali"),
        ({"week": {"mon": []}}, "tidak punya jam kerja sama sekali"),
        ({"week": None}, "harus berupa objek"),
        ({"week": {"senin": [["07:30", "12:00"]]}}, "hari 'senin' tidak dikenal"),
        ({"week": {"mon": [["07.30", "12:00"]]}}, "jam '07.30' salah"),
        ({"week": {"mon": [["07:30", "25:00"]]}}, "jam '25:00' salah"),
        ({"week": {"mon": [[730, "12:00"]]}}, "jam 730 salah"),
        ({"week": {"mon": [["12:00", "07:30"]]}}, "jam tutup 07:30 harus sesudah jam buka 12:00"),
        ({"week": {"mon": [["08:00", "08:00"]]}}, "harus sesudah"),
        ({"week": {"mon": [["07:30", "12:00"], ["11:00", "16:00"]]}}, "bertumpang tindih"),
        ({"week": {"mon": [["07:30"]]}}, "bukan pasangan"),
        ({"week": {"mon": "07:30"}}, "daftar pasangan jam"),
        ({"timezone": "Asia/Mojokerto"}, "Zona waktu 'Asia/Mojokerto' tidak dikenal"),
        ({"timezone": "../etc/passwd"}, "Zona waktu"),
        ({"timezone": None}, "Zona waktu None"),
        ({"periods": [{"from": "2026-03-20", "to": "2026-02-19", "week": WEEK}]}, "mendahului"),
        ({"periods": [{"from": "2026-03-20", "week": WEEK}]}, "Periode 1 to: tanggal None salah"),
        ({"periods": ["2026"]}, "Periode 1: harus berupa objek"),
        ({"periods": {}}, "periods: harus berupa daftar"),
        ({"holidays": ["2026-02-30"]}, "Hari libur 1: tanggal '2026-02-30' salah"),
        ({"holidays": ["20260101"]}, "tanggal '20260101' salah"),
        ({"holidays": [{"name": "Tahun Baru"}]}, "tanggal None salah"),
        ({"holidays": [{"date": "2026-01-01", "name": 5}]}, "name harus berupa teks"),
        ({"holiday": []}, "Kunci 'holiday' tidak dikenal"),
    ],
)
def test_a_wrong_calendar_is_refused_with_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    found = problems(**changes)
    assert len(found) == 1
    assert sentence in found[0]


def test_overlapping_periods_are_refused_because_a_day_can_have_one_week_only() -> None:
    rows = [
        {"from": "2026-02-19", "to": "2026-03-20", "week": WEEK},
        {"from": "2026-03-20", "to": "2026-03-21", "week": WEEK},
    ]
    assert "bertumpang tindih" in problems(periods=rows)[0]


def test_all_problems_are_told_at_once() -> None:
    found = problems(timezone="X", week={"mon": [["a", "b"]]}, holidays=["c"])
    assert len(found) == 4


def test_what_is_not_an_object_is_no_calendar() -> None:
    with pytest.raises(CalendarInvalid, match="objek JSON"):
        Calendar.from_json([])  # type: ignore[arg-type]


# --- the seed ---


def test_the_seed_is_what_the_installed_package_says() -> None:
    assert calendars.seed_text() == calendars.SEED.read_text(encoding="utf-8"), "run: python -m engine.clocks.calendars"


def test_every_row_of_the_seed_names_its_source_and_estimates_stay_marked() -> None:
    seed = calendars.default_json()
    assert all(row["name"] and row["source"] for row in seed["holidays"] + seed["periods"])
    assert {row["source"].split(": ")[1] for row in seed["holidays"]} == {"public", "government"}
    eid_2027 = next(row for row in seed["holidays"] if row["date"] == "2027-03-10")
    assert "(perkiraan)" in eid_2027["name"]
    assert [row["name"].endswith("(perkiraan)") for row in seed["periods"]] == [False, False, False, True]


def test_the_seed_has_the_days_off_of_four_years() -> None:
    years = [row["date"][:4] for row in calendars.default_json()["holidays"]]
    assert {year: years.count(year) for year in sorted(set(years))} == {"2024": 29, "2025": 28, "2026": 25, "2027": 26}


def test_ramadan_ends_the_day_before_idul_fitri() -> None:
    spans = [(row["from"], row["to"]) for row in calendars.default_json()["periods"]]
    assert spans == [
        ("2024-03-12", "2024-04-09"),
        ("2025-03-01", "2025-03-30"),
        ("2026-02-19", "2026-03-20"),
        ("2027-02-09", "2027-03-09"),
    ]
    lengths = [date.fromisoformat(b) - date.fromisoformat(a) for a, b in spans]
    assert all(timedelta(days=28) <= length <= timedelta(days=29) for length in lengths)
