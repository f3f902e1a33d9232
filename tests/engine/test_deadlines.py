"""The four clocks by example: the ones the design names, and every edge where two readings would part."""

from datetime import datetime

import pytest

from engine.clocks import calendars, deadlines
from engine.clocks.deadlines import Limit, LimitInvalid
from engine.clocks.worktime import MINUTE, Calendar

OFFICE = calendars.default()


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=OFFICE.tz).timestamp() * 1000)


def due(start: str, limit: str, clock: str, calendar: Calendar = OFFICE) -> str:
    found = deadlines.due(at(start), limit, clock, calendar)
    assert found is not None
    return f"{datetime.fromtimestamp(found / 1000, OFFICE.tz):%Y-%m-%d %H:%M}"


def lines(start: str, limit: str, clock: str) -> list[str]:
    return [line.text for line in deadlines.explain(at(start), limit, clock, OFFICE)]


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-04-10 16:25", "PT10M", "2026-04-13 07:35"),  # the design's own example
        ("2026-04-10 16:20", "PT10M", "2026-04-10 16:30"),  # runs out exactly at closing: due then
        ("2026-04-10 11:20", "PT10M", "2026-04-10 11:30"),  # … or at the start of the break
        ("2026-04-10 11:30", "PT10M", "2026-04-10 13:10"),  # begun at the start of the break
        ("2026-04-10 16:30", "PT10M", "2026-04-13 07:40"),  # begun at closing
        ("2026-04-10 12:15", "PT10M", "2026-04-10 13:10"),
        ("2026-04-10 05:00", "PT10M", "2026-04-10 07:40"),
        ("2026-04-11 09:00", "PT2H", "2026-04-13 09:30"),
        ("2026-04-09 11:00", "PT2H", "2026-04-09 14:00"),
        ("2026-04-09 07:30", "PT7H30M", "2026-04-09 16:00"),
        ("2026-04-09 07:30", "PT450M", "2026-04-09 16:00"),
        ("2026-04-09 10:00", "PT0M", "2026-04-09 10:00"),  # nothing to wait for
        ("2026-04-09 16:00", "PT0M", "2026-04-10 07:30"),  # … but the clock has not begun
        ("2026-02-18 15:55", "PT10M", "2026-02-19 08:05"),  # into Ramadan
        ("2026-02-20 11:25", "PT10M", "2026-02-20 12:35"),  # Friday in Ramadan
        ("2026-03-17 14:55", "PT10M", "2026-03-25 07:35"),  # out of it, over Nyepi and Idul Fitri
        ("2025-12-31 15:55", "PT10M", "2026-01-02 07:35"),  # over New Year
    ],
)
def test_office_hours(start: str, limit: str, expected: str) -> None:
    assert due(start, limit, "jam-kerja") == expected


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-04-10 15:00", "PT24H", "2026-04-11 15:00"),  # Friday 15.00 is Saturday 15.00
        ("2026-04-11 15:00", "PT24H", "2026-04-14 07:30"),  # from Saturday 15.00 it is Tuesday 07.30
        ("2026-04-10 12:00", "PT24H", "2026-04-11 12:00"),  # the midday break does not shift it
        ("2026-04-10 11:30", "PT1H", "2026-04-10 12:30"),
        ("2026-04-10 07:29", "PT1H", "2026-04-10 08:30"),
        ("2026-04-10 16:29", "PT1H", "2026-04-10 17:29"),
        ("2026-04-10 16:30", "PT24H", "2026-04-14 07:30"),  # at closing the office is closed
        ("2026-04-02 20:00", "PT24H", "2026-04-07 07:30"),  # Good Friday and the weekend after
    ],
)
def test_clock_hours(start: str, limit: str, expected: str) -> None:
    assert due(start, limit, "jam-berjalan") == expected


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-03-13 10:00", "P7D", "2026-03-31 16:00"),  # the design's own examples
        ("2026-03-13 10:00", "P10D", "2026-04-06 16:00"),
        ("2026-03-13 00:00", "P7D", "2026-03-31 16:00"),  # whatever the hour
        ("2026-03-13 23:59", "P7D", "2026-03-31 16:00"),
        ("2026-04-11 10:00", "P1D", "2026-04-13 16:00"),  # a day off is day 0 as well
        ("2026-04-09 10:00", "P1D", "2026-04-10 16:30"),  # Friday's own closing
        ("2026-02-18 10:00", "P1D", "2026-02-19 15:00"),  # Ramadan's own closing
        ("2026-12-30 10:00", "P2D", "2027-01-04 16:00"),
    ],
)
def test_working_days(start: str, limit: str, expected: str) -> None:
    assert due(start, limit, "hari-kerja") == expected


@pytest.mark.parametrize(
    ("start", "day", "expected"),
    [
        ("2026-04-01 07:30", "10", "2026-04-11 00:00"),  # 24.00 of the 10th
        ("2026-04-10 23:59", "10", "2026-04-11 00:00"),
        ("2026-04-11 00:00", "10", "2026-05-11 00:00"),
        ("2026-02-01 07:30", "31", "2026-03-01 00:00"),  # a day the month lacks is its last
        ("2028-02-29 12:00", "30", "2028-03-01 00:00"),
        ("2026-01-31 12:00", "30", "2026-03-01 00:00"),  # past, and February lacks it
        ("2026-12-31 12:00", "31", "2027-01-01 00:00"),
        ("2026-12-31 12:00", "5", "2027-01-06 00:00"),
    ],
)
def test_day_of_the_month(start: str, day: str, expected: str) -> None:
    assert due(start, day, "tanggal") == expected


def test_without_limit_nothing_is_ever_due() -> None:
    for clock in (*deadlines.CLOCKS, ""):
        assert deadlines.due(at("2026-04-10 10:00"), "tanpa-batas", clock, OFFICE) is None
    assert lines("2026-04-10 10:00", "tanpa-batas", "jam-kerja") == ["Tidak dibatasi"]


def test_an_office_in_another_zone_has_its_own_day() -> None:
    papua = Calendar.from_json(calendars.default_json() | {"timezone": "Asia/Jayapura"})
    assert due("2026-04-10 14:25", "PT10M", "jam-kerja", papua) == "2026-04-13 05:35"  # 16.25 and 07.35 WIT
    assert due("2026-04-09 22:30", "P1D", "hari-kerja", papua) == "2026-04-13 14:00"  # received on the 10th there


@pytest.mark.parametrize(
    ("limit", "clock", "sentence"),
    [
        ("P1D", "jam-kerja", "satu hari pernah dibaca 8 jam dan 24 jam"),
        ("P1DT2H", "jam-kerja", "satu hari pernah dibaca"),
        ("P1D", "jam-berjalan", "tulis jam dan menit, misalnya PT24H"),
        ("PT24H", "hari-kerja", "tulis hari bulat"),
        ("P1W", "hari-kerja", "tulis hari bulat"),
        ("P0D", "hari-kerja", "paling sedikit P1D"),
        ("P-7D", "hari-kerja", "tulis hari bulat"),
        ("PT", "jam-kerja", "tulis jam dan menit bulat"),
        ("PT1.5H", "jam-kerja", "tulis jam dan menit bulat"),
        ("PT30S", "jam-kerja", "tulis jam dan menit bulat"),
        ("10 menit", "jam-kerja", "tulis jam dan menit bulat"),
        ("PT١H", "jam-kerja", "tulis jam dan menit bulat"),
        ("", "jam-kerja", "tulis jam dan menit bulat"),
        ("P10D", "tanggal", "1 sampai 31"),
        ("0", "tanggal", "1 sampai 31"),
        ("32", "tanggal", "1 sampai 31"),
        ("P7D", "hari", "Hitungan 'hari' tidak dikenal"),
        ("P7D", "", "Hitungan '' tidak dikenal"),
        ("tanpa-batas", "hari", "Hitungan 'hari' tidak dikenal"),
    ],
)
def test_a_limit_that_its_clock_cannot_count_is_refused_with_a_sentence(limit: str, clock: str, sentence: str) -> None:
    with pytest.raises(LimitInvalid, match=r"\.$") as refused:
        Limit.parse(limit, clock)
    assert sentence in str(refused.value)


# --- said line by line ---


def test_ten_minutes_over_a_weekend_explain_themselves() -> None:
    assert lines("2026-04-10 16:25", "PT10M", "jam-kerja") == [
        "Jumat 10 April 2026 16.25 + 5 menit → tutup 16.30",
        "Senin 13 April 2026 07.30 + 5 menit → 07.35",
    ]


def test_a_start_outside_hours_says_why_the_clock_waits() -> None:
    assert lines("2026-04-10 12:00", "PT4H", "jam-kerja") == [
        "Jumat 10 April 2026 12.00 jam istirahat → dihitung sejak Jumat 10 April 2026 13.00",
        "Jumat 10 April 2026 13.00 + 3 jam 30 menit → tutup 16.30",
        "Senin 13 April 2026 07.30 + 30 menit → 08.00",
    ]
    assert lines("2026-04-03 10:00", "PT10M", "jam-kerja")[0] == (
        "Jumat 3 April 2026 10.00 libur (Wafat Yesus Kristus) → dihitung sejak Senin 6 April 2026 07.30"
    )


def test_seconds_are_shown_where_there_are_any() -> None:
    assert lines("2026-04-10 11:25:30", "PT10M", "jam-kerja") == [
        "Jumat 10 April 2026 11.25.30 + 4 menit 30 detik → istirahat 11.30",
        "Jumat 10 April 2026 13.00 + 5 menit 30 detik → 13.05.30",
    ]


def test_clock_hours_explain_where_they_start() -> None:
    assert lines("2026-04-11 15:00", "PT24H", "jam-berjalan") == [
        "Sabtu 11 April 2026 15.00 bukan hari kerja → dihitung sejak Senin 13 April 2026 07.30",
        "Senin 13 April 2026 07.30 + 24 jam → Selasa 14 April 2026 07.30",
    ]


def test_working_days_name_every_day_that_does_not_count() -> None:
    said = lines("2026-03-13 10:00", "P7D", "hari-kerja")
    assert said[0] == "Jumat 13 Maret 2026: hari ke-0 (tanggal diterima)"
    assert said[1] == "Sabtu 14 Maret 2026 s.d. Minggu 15 Maret 2026: bukan hari kerja"
    assert "Kamis 19 Maret 2026: libur (Hari Suci Nyepi)" in said
    assert "Senin 23 Maret 2026 s.d. Selasa 24 Maret 2026: libur (Cuti Bersama Hari Raya Idul Fitri)" in said
    assert said[-1] == "Selasa 31 Maret 2026: hari kerja ke-7 → tutup 16.00"


def test_a_day_of_the_month_says_which_month_and_what_to_aim_at() -> None:
    assert lines("2026-05-01 07:30", "10", "tanggal") == [
        "Sasaran: Jumat 8 Mei 2026 16.30, tutup kantor terakhir sebelum batas",
        "Tanggal 10 (mulai Jumat 1 Mei 2026) → Minggu 10 Mei 2026 24.00",
    ]
    assert "Februari tidak punya tanggal 30, jadi hari terakhirnya" in lines("2026-01-31 12:00", "30", "tanggal")[-1]
    assert "sudah lewat, jadi bulan berikutnya" in lines("2026-01-31 12:00", "30", "tanggal")[-1]


def test_a_year_without_known_holidays_is_a_warning() -> None:
    assert lines("2027-12-28 10:00", "P5D", "hari-kerja")[0] == (
        "Perhatian: kalender belum memuat hari libur tahun 2028; hitungan memakai jam kerja mingguan saja"
    )
    assert not any("Perhatian" in line for line in lines("2027-12-28 10:00", "31", "tanggal"))


# --- living with a deadline ---


def test_the_countdown_stops_outside_office_hours_and_goes_on_below_zero() -> None:
    end = at("2026-04-13 07:35")
    assert deadlines.remaining(at("2026-04-10 16:25"), end, OFFICE) == 10 * MINUTE
    assert deadlines.remaining(at("2026-04-11 09:00"), end, OFFICE) == 5 * MINUTE
    assert deadlines.remaining(at("2026-04-13 08:35"), end, OFFICE) == -60 * MINUTE


def test_after_closing_of_the_last_day_it_is_not_yet_late_until_midnight() -> None:
    end = at("2026-03-31 16:00")
    said = [deadlines.state(at(now), end, "hari-kerja", OFFICE) for now in ("2026-03-31 16:00", "2026-03-31 16:01")]
    assert said == ["berjalan", "lewat jam tutup"]
    assert deadlines.state(at("2026-03-31 23:59"), end, "hari-kerja", OFFICE) == "lewat jam tutup"
    assert deadlines.state(at("2026-04-01 00:00"), end, "hari-kerja", OFFICE) == "terlambat"


def test_the_other_clocks_are_late_at_once_and_no_limit_never_is() -> None:
    end = at("2026-04-10 16:30")
    assert deadlines.state(end, end, "jam-kerja", OFFICE) == "berjalan"
    assert deadlines.state(end + 1, end, "jam-kerja", OFFICE) == "terlambat"
    assert deadlines.state(end, None, "jam-kerja", OFFICE) == "berjalan"


def test_due_soon_is_one_office_hour_or_one_working_day() -> None:
    end = at("2026-04-13 08:00")
    assert deadlines.due_soon(at("2026-04-10 16:00"), end, "jam-kerja", OFFICE)
    assert not deadlines.due_soon(at("2026-04-10 15:59"), end, "jam-kerja", OFFICE)
    assert deadlines.due_soon(at("2026-04-10 15:59"), end, "hari-kerja", OFFICE)
    assert not deadlines.due_soon(end + 1, end, "jam-kerja", OFFICE)
    assert not deadlines.due_soon(end, None, "jam-kerja", OFFICE)


def test_the_target_of_a_date_is_the_last_closing_before_its_end() -> None:
    assert deadlines.target(at("2026-05-11 00:00"), "tanggal", OFFICE) == at("2026-05-08 16:30")
    assert deadlines.target(at("2026-06-11 00:00"), "tanggal", OFFICE) == at("2026-06-10 16:00")
    assert deadlines.target(at("2026-06-11 08:00"), "jam-kerja", OFFICE) == at("2026-06-11 08:00")
