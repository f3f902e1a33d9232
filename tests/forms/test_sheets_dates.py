"""Dates as Indonesian offices write them."""

from datetime import UTC, datetime

import pytest

from forms import dates


def utc(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc, arg-type]


FRIDAY = utc(2026, 4, 10, 9, 25)


def test_a_friday_afternoon_in_mojokerto() -> None:
    assert dates.moment(FRIDAY, "Asia/Jakarta") == "Jumat, 10 April 2026 pukul 16.25 WIB"
    assert dates.short_moment(FRIDAY, "Asia/Jakarta") == "10-04-2026 16.25 WIB"
    assert dates.day(FRIDAY, "Asia/Jakarta") == "10 April 2026"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Pontianak", "16.25 WIB"),
        ("Asia/Makassar", "17.25 WITA"),
        ("Asia/Jayapura", "18.25 WIT"),
        ("UTC", "09.25 UTC"),
        ("Asia/Kathmandu", "15.10 UTC+05.45"),
    ],
)
def test_the_zone_is_always_named(zone: str, shown: str) -> None:
    assert dates.clock(FRIDAY, zone) == shown


def test_the_day_is_the_day_of_the_zone() -> None:
    assert dates.long_day(utc(2025, 12, 31, 17, 0), "Asia/Jakarta") == "Kamis, 1 Januari 2026"


def test_iso_dates_are_written_out_and_other_words_left_alone() -> None:
    assert dates.written("2026-08-05") == "5 Agustus 2026"
    assert dates.written_long("2026-08-05") == "Rabu, 5 Agustus 2026"
    assert dates.written_short("2026-08-05") == "05-08-2026"
    assert [dates.written(""), dates.written("tanpa tanggal")] == ["", "tanpa tanggal"]


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(0, "0 menit"), (10, "10 menit"), (60, "1 jam"), (120, "2 jam"), (90, "1 jam 30 menit"), (-5, "0 menit")],
)
def test_durations_are_in_hours_and_minutes(minutes: int, shown: str) -> None:
    assert dates.duration(minutes) == shown
