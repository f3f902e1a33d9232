"""A complaint that was opened again is one matter with the one it goes on with: set aside, held and erased together."""

import pytest
from kota import Kota

from db import sql
from db.queries import erasure as questions
from engine import erasing, journal, letters, verbs
from engine.commands import erasure
from engine.errors import FormInvalid
from engine.offices import policy


@pytest.fixture
def kota(database: str) -> Kota:
    return Kota("2026-03-13 09.00")


def story(case: int) -> str:
    return letters.letter(
        case, str(sql.value("SELECT sealed FROM narrative WHERE case_file_id = ?", (case,)))
    ).chronology


def test_what_was_set_aside_or_held_stays_so_and_both_are_erased_as_one(kota: Kota) -> None:
    keeper, pejabat = kota.people["penanggung_jawab"], kota.people["pejabat_dkp"]
    case = kota.declined()
    erasure.carry_out([erasure.ask(case, "batasi", "", now=kota.now)], "180/1", by=keeper, now=kota.now)
    erasure.hold_back(case, "W14-U1/9", by=keeper, now=kota.now)
    new = verbs.reopen(case, reason="Ada bukti.", by=kota.people["koordinator"], now=kota.now).case_id
    assert [one.letter for one in questions.holds(new)] == ["W14-U1/9"]
    assert not policy.view(pejabat, new, kota.now).identity
    erasure.use_again(case, "180/2", by=keeper, now=kota.now)
    assert policy.view(pejabat, new, kota.now).identity
    verbs.withdraw(new, now=kota.now)
    asked = erasure.ask(new, "hapus", "", now=kota.now)
    with pytest.raises(FormInvalid):
        erasure.carry_out([asked], "180/3", by=keeper, now=kota.now)
    erasure.lift(case, "W14-U1/10", by=keeper, now=kota.now)
    erasure.carry_out([asked], "180/3", by=keeper, now=kota.now)
    assert [story(one) for one in (case, new)] == [erasing.GONE] * 2
    assert journal.verify() == []
