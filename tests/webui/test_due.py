"""What is over since closing says since when; office time that has gone by since is told as time."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from flask_babel import Babel

from engine.clocks import calendars
from webui.due import due

OFFICE = calendars.default()


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=OFFICE.tz).timestamp() * 1000)


@pytest.fixture(autouse=True)
def page() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_locale="id")
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("limit", "now", "said"),
    [
        ("2026-04-10 16:30", "2026-04-10 16:29", "sisa 1 menit"),
        ("2026-04-10 16:30", "2026-04-12 10:00", "lewat sejak Jumat 16.30"),  # closing on Friday, it is Sunday
        ("2026-04-10 16:30", "2026-04-13 07:30", "lewat sejak Jumat 16.30"),
        ("2026-04-10 16:30", "2026-04-13 07:40", "lewat 10 menit"),
        ("2026-04-11 00:00", "2026-04-12 10:00", "lewat sejak Jumat 24.00"),  # the end of a day
        ("2026-04-09 10:00", "2026-04-09 10:00:30", "lewat kurang dari 1 menit"),
    ],
)
def test_a_limit_that_ran_out_at_closing_says_since_when(limit: str, now: str, said: str) -> None:
    assert due(at(limit), "jam-kerja", OFFICE, at(now)).left == said


def test_the_browser_is_given_the_same_words() -> None:
    assert due(at("2026-04-10 16:30"), "jam-kerja", OFFICE, at("2026-04-10 16:00")).since == "Jumat 16.30"
