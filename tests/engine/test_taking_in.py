"""What the office types in or brings over itself: who may, when it came, one import at a time; on both databases."""

import pytest
from office import Office, ms

from db import sql
from engine import demo, journal
from engine.commands import entering, importing
from engine.commands.entering import Arrival
from engine.commands.importing import Terms
from engine.errors import FormInvalid, NotAllowed
from engine.imports.lines import Line
from engine.offices import entries, intakes
from engine.offices.entries import Entry
from engine.reports import Report, Reporter

ANSWERS = {"nama": "Bu Karti", "telepon": "081234567890", "perihal": "Lampu padam", "kronologi": "Padam sejak Senin."}


def arrival(key: str, received: str, **entry: str) -> Arrival:
    return Arrival(key * 32, "loket", ms(received), ANSWERS, entry=Entry(**entry))


def door(office: Office) -> intakes.Door:
    return next(door for door in intakes.doors_of(office.organisation) if door.process == "siapmas")


def test_yesterdays_letter_keeps_its_own_time_and_says_why_it_comes_late(office: Office) -> None:
    office.at("2026-04-10 08.30")
    with pytest.raises(FormInvalid):
        entering.take_in(door(office), arrival("a", "2026-04-09 14.00"), by=office.sekar.actor, now=office.now)
    late = arrival("a", "2026-04-09 14.00", reason="luar_jam")
    made = entering.take_in(door(office), late, by=office.sekar.actor, now=office.now)
    assert entering.take_in(door(office), late, by=office.sekar.actor, now=office.now).case_id == made.case_id
    found = sql.row("SELECT received_ms, entered_ms, entered_by FROM case_file WHERE id = ?", (made.case_id,))
    assert found == (ms("2026-04-09 14.00"), office.now, office.sekar.person)
    offered = sql.value("SELECT offered_ms FROM task WHERE case_file_id = ?", (made.case_id,))
    assert offered == office.now  # nobody is late for hours in which nobody knew of it


def test_nobody_else_takes_anything_in_not_even_by_the_engine(office: Office) -> None:
    for who in (office.odi, office.hadi, office.bima, office.inggit):
        assert not entries.may_take_in(who.actor, office.organisation, office.now)
        with pytest.raises(NotAllowed):
            entering.take_in(door(office), arrival("b", "2026-04-06 07.45"), by=who.actor, now=office.now)


def old(number: int) -> Line:
    report = Report("Jalan rusak.", "", "", "Laporan formulir lama")
    return Line(number, ms(f"2025-03-{number:02d} 08.00"), Reporter(f"Warga {number}"), report, f"{number:064x}")


@pytest.mark.parametrize(("end_state", "waiting"), [("arsip", []), ("baru", ["terima"])])
def test_old_rows_become_cases_of_their_own_year_once(office: Office, end_state: str, waiting: list[str]) -> None:
    terms = Terms(office.organisation, demo.DPRD, "siapmas", office.sekar.actor, end_state)
    rows = [old(number) for number in range(1, 6)]
    assert importing.import_rows(rows, terms, now=office.now) == 5
    assert importing.import_rows([*rows, old(6)], terms, now=office.now) == 1
    numbers = [found[0] for found in sql.rows("SELECT number FROM case_file ORDER BY id")]
    assert numbers == [f"{place:04d}/SIAPMAS/2025" for place in range(1, 7)]
    assert all(office.waits(int(case)) == waiting for (case,) in sql.rows("SELECT id FROM case_file"))
    assert journal.verify() == []
    if not waiting:
        assert sql.value("SELECT COUNT(*) FROM agenda") == 0  # this year's book tells of this year's post
