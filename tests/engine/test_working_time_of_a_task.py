"""When the SOP clock runs: from being worked on, apart from waiting; each return adds minutes."""

import siapmas_days as day
from office import Office, ms

from db import sql
from db.connect import transaction
from engine import verbs
from engine.clocks import calendars
from engine.offices import settings


def row(case: int, element: str, cycle: int = 1) -> tuple[int, ...]:
    text = (
        "SELECT offered_ms, started_ms, due_ms, norm_ms, done_ms, waited_ms, worked_ms, late FROM task"
        " WHERE case_file_id = ? AND element = ? AND cycle = ?"
    )
    found = sql.row(text, (case, element, cycle))
    assert found is not None
    return found


def test_ten_minutes_begin_when_the_task_is_first_opened_and_pause_over_the_weekend(office: Office) -> None:
    case = office.at("2026-04-10 15.00").report()
    assert row(case, "terima")[2] is None
    office.at("2026-04-10 16.25").sekar.opens(case, "terima")
    assert row(case, "terima")[2] == ms("2026-04-13 07.35")
    office.at("2026-04-13 07.34").sekar.registers(case)
    _, started, _, _, _, waited, worked, late = row(case, "terima")
    assert started == ms("2026-04-10 16.25")
    assert (waited, worked, late) == (85 * 60_000, 9 * 60_000, False)


def test_a_minute_too_many_is_late(office: Office) -> None:
    case = office.report()
    office.sekar.opens(case, "terima")
    office.after(minutes=11).sekar.registers(case)
    assert row(case, "terima")[6:] == (11 * 60_000, True)


def test_a_second_look_does_not_restart_the_clock(office: Office) -> None:
    case = office.report()
    task = office.sekar.opens(case, "terima")
    office.after(minutes=5).joko.opens(case, "terima")
    verbs.claim(task, by=office.joko.actor, now=office.now)
    assert row(case, "terima")[1] == ms("2026-04-06 08.00")


def test_the_house_norm_for_waiting_counts_office_hours(office: Office) -> None:
    case = office.at("2026-04-06 14.00").report()
    assert row(case, "terima")[3] == ms("2026-04-07 09.30")


def test_each_return_opens_new_minutes(office: Office) -> None:
    case = office.report()
    day.to_kasubag(office, case)
    office.after(minutes=30).wulan.does(
        case, "teliti_kasubag", keputusan_kasubag="kembalikan", alasan="Perihal keliru."
    )
    office.sekar.opens(case, "terima")
    assert row(case, "terima", 2)[2] == office.now + 10 * 60_000


def test_outside_office_hours_the_clock_begins_at_the_next_opening(office: Office) -> None:
    case = office.at("2026-04-11 20.00").report()
    office.sekar.opens(case, "terima")
    assert row(case, "terima")[2] == ms("2026-04-13 07.40")


def test_an_office_keeps_the_hours_of_its_unit_where_the_unit_has_its_own(office: Office) -> None:
    early = calendars.default_json() | {"week": {"mon": [["05:00", "06:00"]]}, "holidays": [], "periods": []}
    unit = int(sql.value("SELECT id FROM unit WHERE code = 'bagian_umum'"))
    with transaction():
        settings.set_calendar(office.organisation, unit, early, person=None, now=office.now)
        empty = sql.insert(
            "unit", organisation_id=office.organisation, code="kosong", name="Kosong", kind="", parent_id=None
        )
        settings.set_calendar(office.organisation, empty, early, person=None, now=office.now)
    assert settings.calendar(office.organisation) != calendars.Calendar.from_json(early)
    case = office.report()
    office.sekar.opens(case, "terima")
    assert row(case, "terima")[2] == ms("2026-04-13 05.10")
    office.at("2026-04-13 05.20").sekar.registers(case)
    assert row(case, "terima")[6:] == (20 * 60_000, True)
    office.at("2026-04-13 09.00").report("Yang lain")
    assert settings.office_calendar(office.organisation, None) == settings.calendar(office.organisation)
