"""Once each, however often it is swept and by how many workers at once, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from office import Office
from reminded import days_limit, give_addresses, reads, told

from db import connect
from engine import reminders


@pytest.fixture
def mails(office: Office) -> None:
    give_addresses()


def test_due_soon_and_late_reach_holders_and_the_office_above_once_each(office: Office, mails: None) -> None:
    case = office.report()
    days_limit(case)
    for when in ("2026-04-06 09.00", "2026-04-08 15.00", "2026-04-09 09.00", "2026-04-10 08.00", "2026-04-13 09.00"):
        office.at(when)
        for _ in range(20):
            reminders.sweep(office.now)
    everyone = [("joko", "holder"), ("sekar", "holder"), ("wulan", "above")]
    assert told("segera") == everyone
    assert told("terlambat") == everyone
    assert reads(office, "segera") == ["joko", "sekar", "wulan"]
    assert reads(office, "terlambat") == ["joko", "sekar", "wulan"]


def test_workers_that_sweep_at_the_same_moment_tell_nobody_twice(office: Office, mails: None) -> None:
    for _ in range(3):
        days_limit(office.report())
    now = office.at("2026-04-10 08.00").now

    def sweeps() -> int:
        with connect.connection():
            return reminders.sweep(now)

    with ThreadPoolExecutor(4) as workers:
        done = [workers.submit(sweeps) for _ in range(8)]
        assert sum(found.result() for found in done) == 3 + 2
    assert len(told("terlambat")) == 9
    assert reads(office, "terlambat") == ["joko", "sekar", "wulan"]
    assert reads(office, "ringkasan") == ["joko", "sekar"]
