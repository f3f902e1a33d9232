"""Personal data erased by request and by schedule, held back by a dispute; the journal still verifies."""

import pytest
from office import Office, ms

from db import sql
from db.queries import erasure as questions
from db.queries import papers
from engine import erasing, journal, letters, search, verbs
from engine.commands import erasure
from engine.errors import FormInvalid, NotAllowed
from engine.offices import policy
from engine.papers import heading

NAME, STORY = "Slamet Riyadi", "Jalan di depan sekolah rusak parah."


@pytest.fixture
def office(database: str) -> Office:
    return Office()


def closed(office: Office) -> int:
    """A case its reporter has taken back, with talk and notes."""
    case = office.report()
    office.sekar.registers(case, catatan="Pelapor bernama Slamet")
    verbs.comment(case, text="Slamet menelepon", by=office.sekar.actor, now=office.now)
    verbs.withdraw(case, now=office.now)
    return case


def everything(case: int) -> list[str]:
    """What still opens of a case."""
    found = [
        letters.letter(case, str(sql.value("SELECT sealed FROM narrative WHERE case_file_id = ?", (case,)))).chronology
    ]
    for task, sealed in sql.rows("SELECT task_id, sealed FROM submission WHERE case_file_id = ?", (case,)):
        found += [str(text) for text in letters.texts(task, sealed).values()]
    return found


def waiting(case: int) -> int:
    return int(sql.value("SELECT id FROM erasure WHERE case_file_id = ? AND state = 'menunggu'", (case,)))


def test_what_a_reporter_asks_is_erased_by_whom_it_is_given_to_and_the_journal_verifies(office: Office) -> None:
    case = closed(office)
    asked = erasure.ask(case, "hapus", "Saya pindah kota", now=office.now)
    assert erasure.ask(case, "hapus", "sekali lagi", now=office.now) == asked
    assert sql.value("SELECT due_ms - asked_ms FROM erasure WHERE id = ?", (asked,)) == erasure.WITHIN_MS
    with pytest.raises(NotAllowed):
        erasure.carry_out([asked], "180/1", by=office.sekar.actor, now=office.now)
    number = erasure.carry_out([asked], "180/1", by=office.surya.actor, now=office.now)
    assert number == "001/BA-PDP/2026"
    assert sql.row("SELECT sealed, erased_ms FROM reporter") == (None, office.now)
    assert set(everything(case)) <= {erasing.GONE, ""}
    assert not sql.value("SELECT names FROM case_search")
    assert not sql.value("SELECT words FROM case_search")
    assert journal.verify() == []
    facts = str(sql.value("SELECT facts FROM journal WHERE kind = 'erased'"))
    assert "180/1" in facts
    assert NAME.split()[0] not in facts
    with pytest.raises(FormInvalid):
        erasure.carry_out([asked], "180/1", by=office.surya.actor, now=office.now)


def test_a_dispute_holds_it_back_until_it_is_over_and_an_open_case_is_not_erased(office: Office) -> None:
    case, open_case = closed(office), office.report()
    asked = erasure.ask(case, "hapus", "", now=office.now)
    erasure.hold_back(case, "W14-U1/9", by=office.surya.actor, now=office.now)
    with pytest.raises(FormInvalid) as refused:
        erasure.carry_out([asked], "180/1", by=office.surya.actor, now=office.now)
    assert [one.code for one in refused.value.problems["erasures"]] == ["held"]
    erasure.lift(case, "W14-U1/10", by=office.surya.actor, now=office.now)
    still = erasure.ask(open_case, "hapus", "", now=office.now)
    with pytest.raises(FormInvalid) as refused:
        erasure.carry_out([asked, still], "180/1", by=office.surya.actor, now=office.now)
    assert [one.code for one in refused.value.problems["erasures"]] == ["running"]
    assert STORY in everything(case)
    erasure.carry_out([asked], "180/1", by=office.surya.actor, now=office.now)
    assert STORY not in everything(case)


def test_the_schedule_counts_from_the_end_of_the_year_of_closing_and_proposes_once(office: Office) -> None:
    case, held = closed(office), closed(office)
    erasure.hold_back(held, "W14-U1/9", by=office.surya.actor, now=office.now)
    assert erasure.propose_all(ms("2031-12-31 23.00")) == 0
    assert erasure.propose_all(ms("2032-01-01 02.00")) == 1
    assert erasure.propose_all(ms("2032-02-01 02.00")) == 0
    office.at("2032-02-02 09.00")
    assert erasure.carry_out([waiting(case)], "180/7", by=office.surya.actor, now=office.now) == "001/BA-PDP/2032"


def test_data_that_was_set_aside_is_shown_to_nobody_until_it_may_be_used_again(office: Office) -> None:
    case = office.report()
    asked = erasure.ask(case, "batasi", "", now=office.now)
    assert identity_is_shown(office, case)
    assert erasure.carry_out([asked], "180/2", by=office.surya.actor, now=office.now) == ""
    assert not identity_is_shown(office, case)
    office.sekar.registers(case)
    assert (says_who(case), is_found_by(NAME)) == (heading.PROTECTED, 0)
    erasure.use_again(case, "180/3", by=office.surya.actor, now=office.now)
    assert identity_is_shown(office, case)
    assert (says_who(case), is_found_by(NAME)) == (NAME, 1)


def says_who(case: int) -> str:
    """What a paper of the case says of who it is from."""
    head = papers.head(case)
    assert head is not None
    return heading.sender(head.reporter_id, head.identity)


def is_found_by(name: str) -> int:
    (token,) = search.wanted(name.split()[0], told=False, names=True)[0][-1:]
    return int(sql.value("SELECT COUNT(*) FROM case_search WHERE names LIKE ?", (f"%{token}%",)))


def identity_is_shown(office: Office, case: int) -> bool:
    return policy.view(office.sekar.actor, case, office.now).identity


def test_a_refusal_has_a_reason_that_the_reporter_reads(office: Office) -> None:
    case = closed(office)
    asked = erasure.ask(case, "hapus", "", now=office.now)
    with pytest.raises(FormInvalid):
        erasure.refuse(asked, " ", by=office.surya.actor, now=office.now)
    erasure.refuse(asked, "Masih diperlukan pemeriksaan.", by=office.surya.actor, now=office.now)
    sealed = str(sql.value("SELECT sealed FROM erasure WHERE id = ?", (asked,)))
    assert erasure.told(asked, sealed)["answer"] == "Masih diperlukan pemeriksaan."


def test_the_clock_of_an_erasure_runs_once_it_can_be_done_and_stays_as_it_was_when_decided(office: Office) -> None:
    case = office.report()
    asked = erasure.ask(case, "hapus", "", now=office.now)
    found, _ = questions.waiting(office.organisation)
    assert [(one.due_ms, one.waits) for one in found] == [(None, True)]
    office.at("2026-04-17 09.00")
    verbs.withdraw(case, now=office.now)
    found, _ = questions.waiting(office.organisation)
    assert [(one.due_ms, one.waits) for one in found] == [(office.now + erasure.WITHIN_MS, False)]
    office.at("2026-04-20 10.00")  # an hour too late
    erasure.refuse(asked, "Masih diperlukan.", by=office.surya.actor, now=office.now)
    (done,), _ = questions.decided(office.organisation)
    assert (done.due_ms, done.decided_ms) == (ms("2026-04-20 09.00"), ms("2026-04-20 10.00"))
