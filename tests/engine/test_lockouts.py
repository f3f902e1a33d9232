"""Guessing is slowed down, also when the guesses come all at once."""

from contextlib import ExitStack

import pytest
from office import Office

from db import sql
from engine.errors import SlowDown
from engine.offices.accounts import FREE_TRIES, forget_tries, guarded


def wrong(office: Office, **how: bool) -> None:
    with guarded("pin of", "0001", now=office.now, **how) as tries:
        tries.wrong = True


def right(office: Office, **how: bool) -> None:
    with guarded("pin of", "0001", now=office.now, **how):
        pass


def test_guesses_sent_at_the_same_moment_are_counted_before_they_are_looked_at(office: Office) -> None:
    passed = 0
    with ExitStack() as in_flight:
        for _ in range(4 * FREE_TRIES):
            try:
                in_flight.enter_context(guarded("pin of", "0001", now=office.now)).wrong = True
            except SlowDown:
                continue
            passed += 1
    assert passed == FREE_TRIES


def test_a_right_try_makes_the_wrong_ones_forgotten_or_leaves_them_as_they_were(office: Office) -> None:
    for _ in range(FREE_TRIES - 1):
        wrong(office)
    right(office)
    for _ in range(FREE_TRIES - 1):
        wrong(office, forgives=False)
    for _ in range(2 * FREE_TRIES):
        right(office, forgives=False)
    wrong(office, forgives=False)
    with pytest.raises(SlowDown):
        right(office, forgives=False)


def test_the_pause_is_over_and_each_next_one_longer(office: Office) -> None:
    for _ in range(FREE_TRIES):
        wrong(office)
    pauses = []
    for _ in range(10):
        with pytest.raises(SlowDown) as refused:
            right(office)
        pauses.append(refused.value.until - office.now)
        office.now = refused.value.until
        wrong(office)
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (30_000, 3_600_000)


def test_tries_of_yesterday_are_forgotten_but_never_a_pause_that_still_runs(office: Office) -> None:
    for _ in range(FREE_TRIES):
        wrong(office)
    forget_tries(office.now)
    with pytest.raises(SlowDown):
        right(office)
    forget_tries(office.now + 86_400_001)
    assert sql.value("SELECT COUNT(*) FROM lockout") == 0
