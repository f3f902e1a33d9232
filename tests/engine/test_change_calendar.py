"""A new calendar moves what is still open, leaves what is done, and the journal keeps what was before."""

from typing import Any

import orjson
import pytest
import siapmas_days as day
from kota import Kota
from office import Office, ms

from db import sql
from engine import journal, limits, verbs
from engine.clocks import calendars
from engine.clocks.calendar_rules import CalendarInvalid
from engine.commands.calendars import Changed, change_calendar
from engine.limits import Limit
from engine.offices import settings


def with_day_off(*dates: str) -> dict[str, Any]:
    """The office's calendar with more days off."""
    body = calendars.default_json()
    body["holidays"] += [{"date": one, "name": "Libur kantor", "source": "Surat Edaran 1/2026"} for one in dates]
    return body


def put(office: Office, body: dict[str, Any], unit: int | None = None) -> Changed:
    return change_calendar(office.organisation, unit, body, person=None, now=office.now)


def unit(code: str) -> int:
    return int(sql.value("SELECT id FROM unit WHERE code = ?", (code,)))


def open_tasks() -> list[sql.Row]:
    return sql.rows("SELECT id, due_ms, norm_ms FROM task WHERE state = 'open' ORDER BY id")


def test_an_open_task_is_due_by_the_new_calendar_and_the_old_due_time_is_in_the_journal(office: Office) -> None:
    case = office.at("2026-04-10 16.25").report()
    office.sekar.opens(case, "terima")
    before = ms("2026-04-13 07.35")
    assert sql.value("SELECT due_ms FROM task") == before
    changed = put(office, with_day_off("2026-04-13"))
    assert changed == Changed(False, tasks=1, timers=0, cases=0)
    after = ms("2026-04-14 07.35")
    assert sql.value("SELECT due_ms FROM task") == after
    facts = orjson.loads(sql.value("SELECT facts FROM journal WHERE kind = 'recounted'"))
    assert (facts["due"], facts["due_before"]) == (after, before)
    assert facts["norm_before"] == ms("2026-04-13 11.25")
    assert facts["norm"] == ms("2026-04-14 11.25")
    assert journal.verify() == []


def test_what_is_done_keeps_what_it_was_measured_by(office: Office) -> None:
    case = office.at("2026-04-10 08.00").report()
    office.sekar.registers(case)
    done = sql.rows("SELECT * FROM task WHERE state = 'done'")
    put(office, with_day_off("2026-04-10", "2026-04-13"))
    assert sql.rows("SELECT * FROM task WHERE state = 'done'") == done


def test_a_drawn_timer_moves_with_the_calendar_and_fires_by_it(office: Office) -> None:
    case = office.at("2026-04-06 08.00").report()
    office.sekar.registers(case, hasil_verifikasi="tidak_lengkap", yang_kurang="Alamat.")
    office.works_off_jobs()
    assert office.waits(case) == ["minta_kelengkapan"]
    assert sql.value("SELECT due_ms FROM job WHERE state = 'waiting'") == ms("2026-04-20 16.00")
    assert put(office, with_day_off("2026-04-20")).timers == 1
    assert sql.value("SELECT due_ms FROM job WHERE state = 'waiting'") == ms("2026-04-21 16.00")
    office.at("2026-04-21 15.59").works_off_jobs()
    assert office.waits(case) == ["minta_kelengkapan"]
    office.at("2026-04-21 16.00").works_off_jobs()
    assert office.state(case) == "selesai"
    assert office.outcome(case) == "ditutup"


def test_every_open_task_has_the_due_time_it_would_have_had_from_the_start(office: Office) -> None:
    for n, take in enumerate((day.to_kasubag, day.to_kabag, day.to_ketua)):
        take(office.at(f"2026-04-1{n + 3} 15.30"), office.report())
    day.to_committees(office, office.report(), "komisi_1", "komisi_3")
    put(office, with_day_off("2026-04-14", "2026-04-16", "2026-04-17"))
    calendar = settings.calendar(office.organisation)
    columns = "limit_text, clock, since, wait_norm, offered_ms, started_ms, due_ms, norm_ms"
    for text, clock, since, wait, offered, started, due, norm in sql.rows(
        f"SELECT {columns} FROM task WHERE state = 'open'"
    ):
        limit = Limit(text, clock, since, wait)
        assert due == limits.due(limit, calendar, offered=offered, started=started, received=0)
        assert norm == limits.norm(limit, calendar, offered)


def test_a_units_own_calendar_moves_the_tasks_of_that_unit_alone(office: Office) -> None:
    case = office.at("2026-04-10 15.00").report()
    day.to_committees(office, case, "komisi_1", "komisi_3")
    for who, part in (("lilik", "komisi_1"), ("yoga", "komisi_3")):
        getattr(office, who).opens(case, "tindak_lanjuti", part)
    assert put(office, with_day_off("2026-04-13"), unit("komisi_1")).tasks == 1
    due = dict(sql.rows("SELECT instance, due_ms FROM task WHERE element = 'tindak_lanjuti'"))
    assert due == {"komisi_1": ms("2026-04-14 08.00"), "komisi_3": ms("2026-04-13 08.00")}
    put(office, with_day_off("2026-04-14"))
    due = dict(sql.rows("SELECT instance, due_ms FROM task WHERE element = 'tindak_lanjuti'"))
    assert due == {"komisi_1": ms("2026-04-14 08.00"), "komisi_3": ms("2026-04-13 08.00")}, "both still by their own"


def test_the_same_calendar_again_changes_nothing(office: Office) -> None:
    office.sekar.opens(office.report(), "terima")
    put(office, with_day_off("2026-04-13"))
    entries = sql.value("SELECT COUNT(*) FROM journal")
    assert put(office, with_day_off("2026-04-13")) == Changed(same=True)
    assert sql.value("SELECT COUNT(*) FROM journal") == entries


def test_a_calendar_nobody_can_work_by_is_refused_whole(office: Office) -> None:
    office.sekar.opens(office.report(), "terima")
    before = open_tasks(), sql.rows("SELECT body FROM calendar"), sql.value("SELECT COUNT(*) FROM journal")
    with pytest.raises(CalendarInvalid) as refused:
        put(office, {"timezone": "Mars/Olympus", "week": {"mon": [["16:00", "08:00"]]}, "holidays": ["kemarin"]})
    assert len(refused.value.problems) >= 3
    assert before == (open_tasks(), sql.rows("SELECT body FROM calendar"), sql.value("SELECT COUNT(*) FROM journal"))


def test_a_case_that_is_closed_is_left_alone(office: Office) -> None:
    case = office.report()
    verbs.withdraw(case, now=office.now)
    entries = sql.value("SELECT COUNT(*) FROM journal WHERE case_file = ?", (case,))
    assert put(office, with_day_off("2026-04-13")) == Changed(False)
    assert sql.value("SELECT COUNT(*) FROM journal WHERE case_file = ?", (case,)) == entries


def test_the_legal_date_of_a_case_moves_too(database: str) -> None:
    kota = Kota()
    case = kota.complaint()
    assert kota.due(case) == ms("2026-03-31 16.00")
    body = with_day_off("2026-03-31")
    changed = change_calendar(kota.organisation, None, body, person=None, now=kota.now)
    assert changed.cases == 1
    assert kota.due(case) == ms("2026-04-01 16.00")
    facts = sql.rows("SELECT facts FROM journal WHERE kind = 'recounted' AND task IS NULL")
    assert [orjson.loads(found[0])["due_before"] for found in facts] == [ms("2026-03-31 16.00")]
    assert journal.verify() == []
