"""The law's date stands on desks: tasks without a limit of their own are sorted, counted and told of by it."""

import json
from typing import Any

import pytest
from kota import Kota
from office import Office, ms

from db import sql
from db.queries import audit, desk, late, oversight
from db.queries.audit import Span
from db.queries.desk import Desk
from db.queries.overdue import Moment
from engine import reminders, verbs
from engine.clocks import deadlines
from engine.offices import settings
from engine.recaps import recap

CLOSING, TEN = ms("2026-03-31 16.00"), ms("2026-04-06 16.00")
"""Day 7 and day 10 of what came on Friday 13 March 2026, past Nyepi and Lebaran; 3 April is a holiday."""


@pytest.fixture
def kota(sqlite: str) -> Kota:
    return Kota()


def office_of(code: str) -> int:
    return int(sql.value("SELECT id FROM office WHERE code = ?", (code,)))


def desk_of(kota: Kota, *codes: str) -> Desk:
    calendar = settings.calendar(kota.organisation)
    soon, day = calendar.add_ms(kota.now, 3_600_000), calendar.add_ms(kota.now, 27_000_000)
    offices = tuple(office_of(code) for code in codes)
    return Desk(0, offices, kota.now, soon, day, deadlines.today(kota.now, calendar))


def counted(kota: Kota, moment: str, *codes: str) -> tuple[int, int]:
    found = desk.counts(desk_of(kota.at(moment), *codes))
    return found.terlambat, found.segera


def law(case: int, element: str) -> Any:
    text = "SELECT law_ms, due_ms FROM task WHERE case_file_id = ? AND element = ? AND state = 'open'"
    return sql.row(text, (case, element))


def told(kind: str, who: str) -> list[int]:
    """Until when the case was promised, each time this person was told."""
    text = (
        "SELECT n.facts FROM notice n JOIN account a ON a.person_id = n.person_id"
        " WHERE n.kind = ? AND a.username = ? ORDER BY n.id"
    )
    return [json.loads(row[0])["until"] for row in sql.rows(text, (kind, who))]


def test_a_task_without_a_limit_keeps_the_laws_date_and_moves_with_it(database: str) -> None:
    kota = Kota()
    case = kota.complaint()
    kota.acts(case, "pilih_skpd", skpd_utama="dkp")
    assert law(case, "teruskan")[0] is None, "it has twenty-four hours of its own"
    kota.acts(case, "teruskan")
    assert law(case, "telaah") == (CLOSING, None)
    kota.now += 60_000
    other = kota.forwarded(key="later")
    sql.execute("UPDATE task SET law_ms = law_ms + 1 WHERE case_file_id = ?", (case,))
    [first, second], more = desk.rows(desk_of(kota, "pejabat_dkp"), "semua")
    assert (first.case_id, second.case_id, more) == (other, case, False), "the most pressing first"
    assert first.until_ms == CLOSING
    sql.execute("UPDATE task SET law_ms = law_ms - 1 WHERE case_file_id = ?", (case,))
    assert counted(kota, "2026-03-27 09.00", "pejabat_dkp") == (0, 0)
    assert counted(kota, "2026-03-31 09.00", "pejabat_dkp") == (0, 2)
    assert counted(kota, "2026-03-31 17.30", "pejabat_dkp") == (0, 2), "past closing is not late yet"
    assert counted(kota, "2026-04-01 00.01", "pejabat_dkp", "petugas_dkp") == (2, 0)
    [row, _], _ = desk.rows(desk_of(kota, "pejabat_dkp"), "terlambat")
    assert row.law_ms == CLOSING
    moment = Moment.of(kota.now, "Asia/Jakarta")
    office = office_of("pejabat_dkp")
    assert oversight.loads([office], *moment)[office].late == 2
    assert len(oversight.late([office], *moment, 1)[0]) == 2
    span = Span(kota.organisation, "pengaduan", 0, kota.now + 1)
    assert audit.waiting(span, moment)["telaah"] == (2, 0), "by itself the step is never late: the milestone is"
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh"])
    assert law(case, "beri_masukan")[0] == kota.due(case) == TEN


def test_a_step_after_which_no_milestone_can_come_keeps_no_date_of_it(kota: Kota) -> None:
    case = kota.complaint()
    kota.acts(case, "pilih_skpd", skpd_utama="dkp")
    kota.acts(case, "teruskan", hasil_penerusan="pengawasan")
    kota.works_off_jobs()
    assert law(case, "terima_pelimpahan") == (None, None), "Pasal 3(1): the seven days are not the Inspektorat's"


def test_an_answered_case_binds_nobody_any_more(kota: Kota) -> None:
    case = kota.forwarded()
    for element in ("telaah", "arahkan"):
        kota.acts(case, element)
    kota.answered(case, "kembalikan")
    text = "SELECT returned, cycle FROM task WHERE case_file_id = ? AND element = 'input_balasan' AND state = 'open'"
    assert sql.row(text, (case,)) == (1, 2), "sent back to where it had been"
    kota.acts(case, "input_balasan")
    kota.acts(case, "sunting_balasan")
    assert sql.value("SELECT COUNT(*) FROM task WHERE state = 'open' AND law_ms IS NOT NULL") == 0
    assert sql.value("SELECT COUNT(*) FROM task WHERE returned") == 1


def test_people_are_told_of_the_laws_date_soon_late_and_once_more_when_it_was_put_off(kota: Kota) -> None:
    sql.execute("UPDATE account SET email = username || '@kota.id'")
    case = kota.forwarded()
    kota.at("2026-03-27 09.00")
    reminders.sweep(kota.now)
    assert told("segera", "pejabat.dkp") == []
    for moment in ("2026-03-31 09.00", "2026-03-31 10.00", "2026-04-01 09.00"):
        reminders.sweep(kota.at(moment).now)
    assert told("segera", "pejabat.dkp") == told("terlambat", "pejabat.dkp") == [CLOSING]
    assert told("terlambat", "pimpinan.dkp") == [CLOSING], "and the office above"
    mailed = "SELECT COUNT(*) FROM job WHERE kind = 'mail' AND name LIKE 'terlambat:%'"
    assert sql.value(mailed) == 2
    kota.acts(case, "telaah")
    reminders.sweep(kota.now)
    kota.acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh"])
    reminders.sweep(kota.at("2026-04-06 09.00").now)
    assert told("segera", "pejabat.klh") == [TEN]


def test_siapmas_has_no_legal_date_and_its_desks_are_as_before(sqlite: str) -> None:
    office = Office()
    office.sekar.opens(office.report(), "terima")
    assert sql.value("SELECT COUNT(*) FROM task WHERE law_ms IS NOT NULL OR returned") == 0
    now = office.after(minutes=60).now
    here = (int(sql.value("SELECT office_id FROM task WHERE state = 'open'")),)
    assert desk.counts(Desk(0, here, now, now, now, now - now % 86_400_000)).terlambat == 1


def test_past_closing_of_the_last_day_nothing_is_late_before_midnight(database: str) -> None:
    kota = Kota()
    open_one, answered = kota.forwarded(), kota.forwarded(key="answered")
    for element in ("telaah", "arahkan"):
        kota.acts(answered, element)
    kota.at("2026-03-31 17.30").answered(answered)
    span = Span(kota.organisation, "pengaduan", ms("2026-03-01 00.00"), ms("2026-05-01 00.00"))

    def listed(moment: str) -> list[tuple[str, int]]:
        return [(row.kind, row.case_id) for row in late.every(span, Moment.of(ms(moment), "Asia/Jakarta"))]

    assert [row for row in listed("2026-03-31 17.31") if row[0].startswith("tonggak")] == []
    kept = late.kept(span, Moment.of(ms("2026-03-31 17.31"), "Asia/Jakarta"))
    assert (kept.reached, kept.after, kept.overdue) == (1, [], 0)
    assert ("tonggak_terbuka", open_one) in listed("2026-04-01 00.00")
    facts = sql.value("SELECT facts FROM journal WHERE kind = 'milestone' AND case_file = ?", (answered,))
    assert json.loads(facts)["late"] is False
    kota.at("2026-04-02 09.00")
    figures = recap.read(recap.reporting(kota.organisation, kota.now), "dkp", "2026-03")["figures"]
    assert (figures["answered"], figures["answered_late"], figures["open_late"]) == (1, 0, 0)


def test_taking_back_a_coordination_found_late_puts_the_date_back(kota: Kota) -> None:
    case = kota.forwarded()
    kota.acts(case, "telaah")
    kota.at("2026-04-01 09.00").acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh"])
    assert kota.due(case) == TEN
    act = "SELECT MAX(id) FROM task WHERE case_file_id = ? AND element = 'arahkan' AND state = 'done'"
    kota.now += 60_000
    verbs.recall(int(sql.value(act, (case,))), by=kota.people["pimpinan_dkp"], reason="Salah pilih", now=kota.now)
    assert kota.due(case) == law(case, "arahkan")[0] == CLOSING, "late, as it was before"
    kota.at("2026-05-04 09.00")
    figures = recap.read(recap.reporting(kota.organisation, kota.now), "dkp", "2026-04")["figures"]
    assert (figures["open_late"], figures["moved_late"]) == (1, 0)
