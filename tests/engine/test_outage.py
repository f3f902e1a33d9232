"""An outage: numbers reserved on paper, what was done told afterwards, in force once a second person says so."""

from typing import Any

import pytest
from office import Office, ms
from visitor import RECEIVED

from db import sql
from engine import journal
from engine.commands import outage
from engine.commands.declared import Step, StepRefused, Told
from engine.commands.start import Report, Reporter
from engine.errors import FormInvalid, NotAllowed, NotFound


@pytest.fixture
def office(database: str) -> Office:
    """Tuesday after a Monday without power."""
    return Office("2026-04-01 08.00").at("2026-04-07 09.00")


def told(**more: Any) -> Told:
    facts: dict[str, Any] = {
        "process": "siapmas",
        "from_ms": ms("2026-04-06 07.30"),
        "until_ms": ms("2026-04-06 16.00"),
        "received_ms": ms("2026-04-06 08.00"),
        "channel": "loket",
        "reporter": Reporter("Slamet Riyadi", phone="081234567890"),
        "report": Report("Jembatan putus sejak pagi.", "Pagi ini", "Desa Mojorejo", "Jembatan putus"),
    }
    return Told(**(facts | more))


def step(office: Office, element: str, who: str, opened: str, done: str, **answers: Any) -> Step:
    at = [ms(f"2026-04-06 {clock}") for clock in (opened, done)]
    return Step(element, "", getattr(office, who).person, *at, answers)


def entered(office: Office, sheet: int | None = None, **more: Any) -> int:
    return outage.begin(told(**more), sheet, by=office.sekar.actor, now=office.now)


def sheet_of(office: Office, count: int = 1) -> list[tuple[int, str]]:
    batch = outage.reserve("siapmas", count, by=office.sekar.actor, now=office.now)
    return [
        (int(a), str(b))
        for a, b in sql.rows("SELECT id, number FROM blank_sheet WHERE batch = ? ORDER BY id", (batch,))
    ]


def test_numbers_on_blank_sheets_and_of_cases_come_from_one_row(office: Office) -> None:
    first = office.report()
    sheets = sheet_of(office, 3)
    last = office.report()
    numbers = [sql.value("SELECT number FROM case_file WHERE id = ?", (case,)) for case in (first, last)]
    assert [numbers[0], *(number for _, number in sheets), numbers[1]] == [f"{n:04d}/SIAPMAS/2026" for n in range(1, 6)]


def test_a_spoilt_sheet_keeps_its_number_with_the_reason(office: Office) -> None:
    [(sheet, number)] = sheet_of(office)
    with pytest.raises(FormInvalid):
        outage.give_up(sheet, " ", by=office.sekar.actor, now=office.now)
    outage.give_up(sheet, "Tersiram kopi.", by=office.sekar.actor, now=office.now)
    sheet, *kept, sealed = sql.row("SELECT id, number, state, reason FROM blank_sheet") or ()
    assert (*kept, outage.spoilt(sheet, sealed)) == (number, "batal", "Tersiram kopi.")
    assert "kopi" not in sealed
    with pytest.raises(NotAllowed):
        outage.give_up(sheet, "Sekali lagi.", by=office.sekar.actor, now=office.now)
    with pytest.raises(NotAllowed):
        entered(office, sheet)
    assert journal.verify() == []


def test_what_was_done_on_paper_runs_at_its_own_times_once_confirmed(office: Office) -> None:
    [(sheet, number)] = sheet_of(office)
    entry = entered(office, sheet)
    found = outage.read(entry, by=office.sekar.actor, now=office.now)
    assert [waiting.element for waiting in outage.following(found)[1]] == ["terima"]
    outage.add_step(
        entry, step(office, "terima", "sekar", "08.05", "08.20", **RECEIVED), by=office.sekar.actor, now=office.now
    )
    kasubag = step(office, "teliti_kasubag", "wulan", "09.00", "09.05", keputusan_kasubag="teruskan")
    outage.add_step(entry, kasubag, by=office.sekar.actor, now=office.now)
    assert sql.value("SELECT COUNT(*) FROM case_file") == 0, "nothing is in force by being typed in"
    outage.propose(entry, by=office.sekar.actor, now=office.now)
    case = outage.confirm(entry, by=office.wulan.actor, now=office.now)
    assert sql.row("SELECT number, received_ms, declared, channel FROM case_file") == (
        number,
        ms("2026-04-06 08.00"),
        True,
        "loket",
    )
    rows = sql.rows("SELECT element, started_ms, done_ms, late, declared, worked_ms FROM task ORDER BY id")
    assert rows[0] == ("terima", ms("2026-04-06 08.05"), ms("2026-04-06 08.20"), True, True, 15 * 60_000)
    assert rows[1] == ("teliti_kasubag", ms("2026-04-06 09.00"), ms("2026-04-06 09.05"), False, True, 5 * 60_000)
    assert (rows[2][0], rows[2][4]) == ("teliti_kabag", False)
    facts = [row[0] for row in sql.rows("SELECT facts FROM journal WHERE case_file = ?", (case,))]
    assert all('"declared":true' in text and f'"confirmed_by":{office.wulan.person}' in text for text in facts)
    assert sql.row("SELECT state, case_file FROM blank_sheet") == ("terpakai", case)
    assert journal.verify() == []
    office.hadi.does(case, "teliti_kabag", keputusan_kabag="teruskan")  # and the day goes on in the application
    assert sql.value("SELECT COUNT(*) FROM journal WHERE case_file = ? AND facts NOT LIKE '%declared%'", (case,)) > 0


def test_only_a_second_person_above_the_desk_puts_it_in_force(office: Office) -> None:
    entry = entered(office)
    outage.propose(entry, by=office.sekar.actor, now=office.now)
    with pytest.raises(NotAllowed, match="sendiri"):
        outage.confirm(entry, by=office.sekar.actor, now=office.now)
    with pytest.raises(NotAllowed, match="Kasubag"):
        outage.confirm(entry, by=office.joko.actor, now=office.now)
    with pytest.raises(NotFound):
        outage.confirm(entry, by=office.lilik.actor, now=office.now)
    with pytest.raises(FormInvalid):
        outage.refuse(entry, "", by=office.hadi.actor, now=office.now)
    outage.refuse(entry, "Jamnya tidak sesuai lembar.", by=office.hadi.actor, now=office.now)
    state, sealed = sql.row("SELECT state, reason FROM back_entry") or ("", "")
    assert state == "ditolak" and "sesuai" not in sealed
    assert sql.value("SELECT COUNT(*) FROM case_file") == 0


def test_what_cannot_have_been_is_a_sentence_at_its_step(office: Office) -> None:
    entry = entered(office)
    wrong = [
        (step(office, "terima", "sekar", "07.45", "08.20", **RECEIVED), "sebelum langkah sebelumnya"),
        (step(office, "terima", "sekar", "08.20", "08.05", **RECEIVED), "lebih awal"),
        (step(office, "terima", "sekar", "08.20", "17.00", **RECEIVED), "sesudah gangguan berakhir"),
        (step(office, "terima", "odi", "08.05", "08.20", **RECEIVED), "tidak dapat melakukannya"),
        (step(office, "terima", "sekar", "08.05", "08.20"), "belum benar"),
        (step(office, "teliti_kabag", "hadi", "08.05", "08.20", keputusan_kabag="teruskan"), "belum sampai gilirannya"),
    ]
    for refused, sentence in wrong:
        with pytest.raises(StepRefused) as caught:
            outage.add_step(entry, refused, by=office.sekar.actor, now=office.now)
        assert (caught.value.place, sentence in caught.value.why) == (0, True), caught.value.why
    assert outage.read(entry, by=office.sekar.actor, now=office.now).told.steps == ()
    for times in ({"until_ms": office.now + 1}, {"received_ms": ms("2026-04-05 10.00")}, {"from_ms": office.now}):
        with pytest.raises(FormInvalid):
            entered(office, **times)


def test_two_entries_never_share_a_sheet(office: Office) -> None:
    [(sheet, _)] = sheet_of(office)
    entered(office, sheet)
    with pytest.raises(FormInvalid):
        entered(office, sheet)
    with pytest.raises(NotAllowed):
        outage.give_up(sheet, "Tidak terpakai.", by=office.joko.actor, now=office.now)
