"""Deadlines of Perwali 14/2016, worked out by hand on the calendar of 2026, asked of the real engine.

Office hours: Monday–Thursday 07.30–16.00, Friday 07.30–16.30; in Ramadan (19 February–20 March) from 08.00 to 15.00,
Friday 15.30. Days off used below: 18 March cuti bersama Nyepi, 19 Nyepi, 20, 23, 24 cuti bersama and 21–22 Idul Fitri,
3 April Wafat Yesus, 14 May Kenaikan and 15 its cuti bersama, 27–28 May Idul Adha, 1 June, 17 and 25 August,
1 January 2027, 5 January 2027 Isra Mikraj.
"""

from dataclasses import dataclass

import pytest
from kota import Kota
from office import ms

from db import sql


@dataclass(frozen=True)
class Worked:
    """A complaint of one unit: when it came, and by when what must be done."""

    name: str
    received: str
    forwarded: str  # Pasal 8 ayat (1): 24 clock hours
    shown: str  # the redaktur's one working day
    seven: str  # Pasal 8 ayat (2)
    ten: str  # Pasal 8 ayat (3)


WORKED = [
    # Tue 7 April. 24 h: the same minute next day. 8 9 10 | 13 14 15 16 = 7 | 17 20 21 = 10.
    Worked(
        *("in hours", "2026-04-07 10.15", "2026-04-08 10.15", "2026-04-08 16.00"),
        *("2026-04-16 16.00", "2026-04-21 16.00"),
    ),
    # The break does not shift clock hours.
    Worked(
        *("in the midday break", "2026-04-07 12.30", "2026-04-08 12.30", "2026-04-08 16.00"),
        *("2026-04-16 16.00", "2026-04-21 16.00"),
    ),
    # Before 07.30: the 24 hours begin at the opening; the day of receipt is day 0 all the same.
    Worked(
        *("before the opening", "2026-04-07 06.10", "2026-04-08 07.30", "2026-04-08 16.00"),
        *("2026-04-16 16.00", "2026-04-21 16.00"),
    ),
    # 16.01: closed. The 24 hours begin Wed 07.30 and end Thu 07.30; day 0 is still Tuesday.
    Worked(
        *("a minute after closing", "2026-04-07 16.01", "2026-04-09 07.30", "2026-04-08 16.00"),
        *("2026-04-16 16.00", "2026-04-21 16.00"),
    ),
    # 16.00 sharp is closed too: office hours run up to, not through, the closing minute.
    Worked(
        *("at the closing minute", "2026-04-07 16.00", "2026-04-09 07.30", "2026-04-08 16.00"),
        *("2026-04-16 16.00", "2026-04-21 16.00"),
    ),
    # Wed 8 April: 9 10 | 13 14 15 16 17 = 7, a Friday, which closes at 16.30 | 20 21 22 = 10.
    Worked(
        *("day 7 is a Friday", "2026-04-08 09.00", "2026-04-09 09.00", "2026-04-09 16.00"),
        *("2026-04-17 16.30", "2026-04-22 16.00"),
    ),
    # Fri 10 April 15.00: 24 h end on Saturday. 13 14 15 16 17 | 20 21 = 7 | 22 23 24 = 10, a Friday.
    Worked(
        *("Friday afternoon, 24 h over the weekend", "2026-04-10 15.00", "2026-04-11 15.00", "2026-04-13 16.00"),
        *("2026-04-21 16.00", "2026-04-24 16.30"),
    ),
    # Fri 16.29 is open (until 16.30): Saturday 16.29.
    Worked(
        *("a minute before Friday's closing", "2026-04-10 16.29", "2026-04-11 16.29", "2026-04-13 16.00"),
        *("2026-04-21 16.00", "2026-04-24 16.30"),
    ),
    # Fri 16.35 is closed: from Mon 07.30 to Tue 07.30.
    Worked(
        *("after Friday's closing", "2026-04-10 16.35", "2026-04-14 07.30", "2026-04-13 16.00"),
        *("2026-04-21 16.00", "2026-04-24 16.30"),
    ),
    # Sat 11 April is day 0: 13 14 15 16 17 | 20 21 = 7. 24 h: Mon 07.30 to Tue 07.30.
    Worked(
        *("Saturday", "2026-04-11 15.00", "2026-04-14 07.30", "2026-04-13 16.00"),
        *("2026-04-21 16.00", "2026-04-24 16.30"),
    ),
    # Fri 13 March: 16 17 | (18–24 off) 25 26 27 | 30 31 = 7 | 1 2 April, (3 off) 6 = 10.
    Worked(
        *("the week before Lebaran", "2026-03-13 09.00", "2026-03-14 09.00", "2026-03-16 15.00"),
        *("2026-03-31 16.00", "2026-04-06 16.00"),
    ),
    # Tue 17 March, last day before Nyepi and Lebaran: 24 h run into the day off. 25 26 27 | 30 31 1 2 = 7 | 6 7 8 = 10.
    Worked(
        *("eve of Lebaran", "2026-03-17 14.30", "2026-03-18 14.30", "2026-03-25 16.00"),
        *("2026-04-02 16.00", "2026-04-08 16.00"),
    ),
    # Tue 24 February 15.10: in Ramadan it closes at 15.00. Wed 08.00 to Thu 08.00. 25 26 27 | 2 3 4 5 = 7 | 6 9 10.
    Worked(
        *("Ramadan hours", "2026-02-24 15.10", "2026-02-26 08.00", "2026-02-25 15.00"),
        *("2026-03-05 15.00", "2026-03-10 15.00"),
    ),
    # Wed 25 February: 26 27 | 2 3 4 5 6 = 7, a Friday of Ramadan, 15.30 | 9 10 11 = 10.
    Worked(
        *("day 7 is a Friday of Ramadan", "2026-02-25 08.00", "2026-02-26 08.00", "2026-02-26 15.00"),
        *("2026-03-06 15.30", "2026-03-11 15.00"),
    ),
    # Wed 13 May: (14 15 off) 18 19 20 21 22 | 25 26 = 7 | (27 28 off) 29, (1 June off) 2 3 June = 10.
    Worked(
        *("holiday and cuti bersama", "2026-05-13 15.59", "2026-05-14 15.59", "2026-05-18 16.00"),
        *("2026-05-26 16.00", "2026-06-03 16.00"),
    ),
    # Mon 17 August, a holiday, is day 0: 18 19 20 21 | 24 (25 off) 26 27 = 7 | 28 31 1 September = 10.
    Worked(
        *("on a holiday", "2026-08-17 10.00", "2026-08-19 07.30", "2026-08-18 16.00"),
        *("2026-08-27 16.00", "2026-09-01 16.00"),
    ),
    # Thu 31 December 23.50: 24 h from Mon 4 January 07.30, into the holiday of the 5th.
    # 4 (5 off) 6 7 8 | 11 12 13 = 7 | 14 15 18 = 10.
    Worked(
        *("31 December 23.50", "2026-12-31 23.50", "2027-01-05 07.30", "2027-01-04 16.00"),
        *("2027-01-13 16.00", "2027-01-18 16.00"),
    ),
]


@pytest.fixture
def kota(database: str) -> Kota:
    return Kota("2026-01-05 08.00")


def due_of(case: int, element: str) -> int:
    text = "SELECT due_ms FROM task WHERE case_file_id = ? AND element = ? AND state = 'open'"
    return int(sql.value(text, (case, element)))


def test_at_least_fifteen_are_worked_out() -> None:
    assert len(WORKED) >= 15


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_worked_deadline_is_what_the_engine_says(kota: Kota) -> None:
    for number, worked in enumerate(sorted(WORKED, key=lambda worked: ms(worked.received))):
        case = kota.at(worked.received).complaint(key=f"hitung-{number}", subyek="pju", tanggal_terima=None)
        said = (due_of(case, "teruskan"), due_of(case, "sunting_pengaduan"), kota.due(case))
        assert said == (ms(worked.forwarded), ms(worked.shown), ms(worked.seven)), worked.name
        kota.acts(case, "teruskan")
        kota.acts(case, "telaah")
        kota.acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh"])
        assert kota.due(case) == ms(worked.ten), worked.name


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_rerouted_on_day_six_the_new_petugas_has_a_day_and_the_law_does_not_wait(kota: Kota) -> None:
    """Received Tue 7 April; Wed 15 April is day 6 (8 9 10 13 14 15)."""
    case = kota.at("2026-04-07 10.15").forwarded(subyek="pju")
    kota.at("2026-04-15 10.30").acts(case, "telaah", hasil_telaah="salah_masuk")
    assert due_of(case, "alihkan") == ms("2026-04-15 15.30"), "four office hours: 10.30–12.00 and 13.00–15.30"
    kota.at("2026-04-15 14.00").acts(case, "alihkan", skpd_utama="dpu")
    assert due_of(case, "teruskan") == ms("2026-04-16 14.00")
    assert kota.due(case) == ms("2026-04-16 16.00"), "day 7, as before"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("found", "missed"),
    [
        ("2026-04-16 15.59", False),  # day 7, a minute before closing
        ("2026-04-16 16.30", False),  # day 7 after closing: "lewat jam tutup", not yet late
        ("2026-04-17 09.00", True),  # day 8: late already, and it stays told
    ],
)
def test_coordination_found_on_the_last_days(kota: Kota, found: str, missed: bool) -> None:
    """Received Tue 7 April: day 7 is Thu 16, day 10 is Tue 21 (17 20 21)."""
    case = kota.at("2026-04-07 10.15").forwarded(subyek="pju")
    kota.acts(case, "telaah")
    kota.at(found).acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh"])
    assert kota.due(case) == ms("2026-04-21 16.00")
    moved = sql.value("SELECT facts FROM journal WHERE case_file = ? AND kind = 'promised' ORDER BY seq DESC", (case,))
    assert ('"missed":true' in moved) is missed


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_reporters_own_days(kota: Kota) -> None:
    """Asked Fri 10 April 15.00: 13 14 15 = three working days. Answered Thu 16: 17 20 21 22 23 24 27 28 29 30 = ten."""
    case = kota.at("2026-04-10 14.00").forwarded(subyek="pju")
    kota.at("2026-04-10 15.00").acts(case, "telaah", hasil_telaah="minta_keterangan")
    kota.works_off_jobs()
    timer = "SELECT due_ms FROM job WHERE case_file_id = ? AND kind = 'timer' AND state = 'waiting'"
    assert sql.value(timer, (case,)) == ms("2026-04-15 16.00")
    kota.at("2026-04-15 16.00").works_off_jobs()
    for element in ("telaah", "arahkan"):
        kota.at("2026-04-16 09.00").acts(case, element)
    kota.answered(case)
    kota.works_off_jobs()
    assert sql.value(timer, (case,)) == ms("2026-04-30 16.00")
