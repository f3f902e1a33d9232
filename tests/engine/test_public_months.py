"""The public figures of months that are over are counted once, and say what counting everything live says."""

import pytest
from kota import Kota
from office import ms

from db import sql
from db.connect import transaction
from engine.clocks import calendars
from engine.commands import counting
from engine.offices import settings
from engine.publishing import public_figures
from engine.publishing.public_figures import Figures

YEAR = (ms("2026-01-01 00.00"), ms("2027-01-01 00.00"))


@pytest.fixture
def kota(database: str) -> Kota:
    """Three complaints of March: two answered, in time and late, and closed in April; one that waits."""
    kota = Kota("2026-03-13 09.00")
    cases = [kota.forwarded("dkp", key=f"m{place}") for place in range(3)]
    for case in cases:
        kota.acts(case, "sunting_pengaduan")
    for case, day in zip(cases, ("2026-03-16 10.00", "2026-04-02 10.00"), strict=False):
        kota.acts(case, "telaah")
        kota.acts(case, "arahkan")
        kota.at(day)
        kota.answered(case)
        kota.works_off_jobs()
    kota.at("2026-04-20 09.00")
    kota.works_off_jobs()
    return kota.at("2026-06-02 09.00")


def figures(kota: Kota) -> Figures:
    public_figures._counted.cache_clear()
    return public_figures.of(kota.organisation, *YEAR, kota.now)


def test_months_that_are_kept_and_what_is_live_say_what_counting_everything_says(kota: Kota) -> None:
    live = figures(kota)
    assert (live.total.received, live.total.answered, live.total.late, live.total.open_late) == (3, 2, 1, 1)
    assert counting.count_public(kota.now) == 2  # April, in which the first ended, and May
    assert counting.count_public(kota.now) == 0
    assert figures(kota) == live
    sql.execute("UPDATE case_file SET lapsed = ? WHERE closed_ms IS NOT NULL", (True,))
    assert figures(kota) == live, "what is kept is not read again"


def test_a_month_that_no_longer_adds_up_is_counted_live_until_it_is_counted_again(kota: Kota) -> None:
    counting.count_public(kota.now)
    ended = "UPDATE case_file SET state = 'ditutup', closed_ms = ?, lapsed = ? WHERE closed_ms IS NULL"
    sql.execute(ended, (ms("2026-04-21 09.00"), True))
    assert figures(kota).total.lapsed == 1
    assert counting.count_public(kota.now) == 1
    assert figures(kota).total.lapsed == 1
    with transaction():
        body = calendars.default_json() | {"holidays": [{"date": "2026-03-16", "name": "Hari jadi kota"}]}
        settings.set_calendar(kota.organisation, None, body, person=None, now=kota.now)
    anew = figures(kota)
    assert counting.count_public(kota.now) == 2
    assert figures(kota) == anew
