"""Staff are told what is late, due soon or new: in office hours, whoever acts and the office above."""

import pytest
import siapmas_days as day
from mailserver import MailServer, body, serving
from office import Office
from reminded import days_limit, due_of, give_addresses, orders, reads, told

from db import connect, sql
from engine import jobs, outside, reminders, verbs
from engine.offices import settings
from engine.outside import Post


@pytest.fixture
def office(sqlite: str) -> Office:
    """On SQLite; test_reminders_together.py asks both databases."""
    return Office()


@pytest.fixture
def mails(office: Office) -> None:
    give_addresses()


def test_a_limit_of_minutes_is_told_on_screen_only(office: Office, mails: None) -> None:
    case = office.report()
    office.sekar.opens(case, "terima")
    office.after(minutes=30)
    reminders.sweep(office.now)
    assert told("terlambat") == [("joko", "holder"), ("sekar", "holder"), ("wulan", "above")]
    assert orders("terlambat") == []


def test_nobody_is_told_outside_office_hours(office: Office, mails: None) -> None:
    case = office.report()
    days_limit(case)
    for when in ("2026-04-09 17.00", "2026-04-09 23.30", "2026-04-10 06.00", "2026-04-11 10.00", "2026-04-09 12.30"):
        assert reminders.sweep(office.at(when).now) == 0
    assert told("terlambat") + told("segera") == []
    assert orders("ringkasan") == []
    reminders.sweep(office.at("2026-04-13 07.30").now)
    assert len(told("terlambat")) == 3


def test_a_mail_that_could_not_leave_in_time_waits_for_the_next_opening(office: Office, mails: None) -> None:
    case = office.report()
    days_limit(case)
    reminders.sweep(office.at("2026-04-10 16.25").now)
    assert orders("terlambat")
    with serving() as (server, address):
        post = outside.handlers(Post(f"smtp://{address}", "siapmas@contoh.id", "https://contoh.id"))
        jobs.run_due(office.at("2026-04-10 17.00").now, post)
        assert server.letters == [], "the office closed at 16.30"
        assert sql.value("SELECT MIN(due_ms) FROM job WHERE kind = 'mail'") == office.at("2026-04-13 07.30").now
        assert sql.value("SELECT MAX(attempts) FROM job WHERE kind = 'mail'") == 0, "that was no try"
        jobs.run_due(office.now, post)
        assert sorted(str(letter["To"]) for letter in server.letters)[0] == "joko@kantor.id"


def test_an_office_above_with_hours_of_its_own_gets_its_mail_when_it_opens(office: Office, mails: None) -> None:
    case = office.report()
    day.to_sekwan(office, case)
    days_limit(case)
    unit = sql.value("SELECT unit_id FROM office WHERE code = 'ketua_dprd'")
    week = {name: [["10:00", "12:00"]] for name in ("mon", "tue", "wed", "thu", "fri")}
    body_of = {"timezone": "Asia/Jakarta", "week": week, "periods": [], "holidays": []}
    with connect.transaction():
        settings.set_calendar(office.organisation, unit, body_of, person=None, now=office.now)
    above = sql.value("SELECT o.superior_id FROM office o WHERE o.code = 'sekwan'")
    assert above == sql.value("SELECT id FROM office WHERE code = 'ketua_dprd'")
    reminders.sweep(office.at("2026-04-10 08.00").now)
    late = dict(due_of("terlambat"))
    assert late["surya"] == office.now
    assert late["bima"] == office.at("2026-04-10 10.00").now


def test_what_lies_unopened_past_the_norm_of_the_office_is_told(office: Office, mails: None) -> None:
    office.report()
    reminders.sweep(office.at("2026-04-06 11.00").now)
    assert told("belum_dibuka") == []
    reminders.sweep(office.at("2026-04-06 14.30").now)
    assert told("belum_dibuka") == [("joko", "holder"), ("sekar", "holder"), ("wulan", "above")]
    assert reads(office, "belum_dibuka") == ["joko", "sekar", "wulan"]


def test_a_substitute_in_force_is_told_in_the_place_of_the_holder(office: Office, mails: None) -> None:
    case = office.report()
    day.to_kasubag(office, case)
    seat = sql.value("SELECT id FROM office WHERE code = 'kasubag_tu'")
    verbs.appoint(
        seat,
        office.hadi.person,
        kind="plh",
        from_ms=office.now,
        until_ms=office.at("2026-04-17 00.00").now,
        letter="800/1/2026",
        letter_date="2026-04-06",
        by=office.admin.actor,
        now=office.at("2026-04-06 08.05").now,
    )
    days_limit(case)
    reminders.sweep(office.at("2026-04-10 08.00").now)
    assert ("hadi", "holder") in told("terlambat")
    assert "wulan" not in {name for name, _ in told("terlambat")}
    assert "hadi" in reads(office, "ringkasan")


def test_the_digest_comes_once_in_the_morning_and_only_to_whom_something_waits(office: Office, mails: None) -> None:
    late, fresh = office.report("Jalan"), office.report("Air")
    days_limit(late)
    office.at("2026-04-10 07.29")
    assert reminders.sweep(office.now) == 0
    for minute in range(100):
        reminders.sweep(office.at("2026-04-10 07.30").after(minutes=minute).now)
    assert reads(office, "ringkasan") == ["joko", "sekar"]
    with serving() as (server, address):
        post = outside.handlers(Post(f"smtp://{address}", "siapmas@contoh.id", "https://contoh.id"))
        jobs.run_due(office.now, post)
        jobs.run_due(office.now, post)
        letter = next(found for found in server.to("sekar@kantor.id") if "Meja kerja" in found["Subject"])
    assert letter["Subject"] == "Meja kerja hari ini: 1 terlambat, 2 segera jatuh tempo, 2 baru"
    assert f"https://contoh.id/tugas/{office.task(late, 'terima')}" in body(letter)
    assert f"https://contoh.id/tugas/{office.task(fresh, 'terima')}" in body(letter)
    assert "batas Kamis, 9 April 2026 pukul 16.00 WIB" in body(letter)


def test_reminders_name_no_citizen_and_quote_nothing(office: Office, mails: None) -> None:
    case = office.report("Perihal penanda", name="Penanda Namaku", email="penanda@contoh.id")
    days_limit(case)
    reminders.sweep(office.at("2026-04-10 08.00").now)
    sql.execute("UPDATE account SET language = 'en' WHERE username = 'joko'")
    with serving() as (server, address):
        jobs.run_due(office.now, outside.handlers(Post(f"smtp://{address}", "siapmas@contoh.id", "https://contoh.id")))
    assert len(server.letters) == 5, "three that it is late, two digests"
    said = " ".join(f"{letter['Subject']} {letter['From']} {body(letter)}" for letter in server.letters)
    assert "enanda" not in said
    assert "Dear Joko" in said
    rows = str(sql.rows("SELECT name, payload, error FROM job")) + str(sql.rows("SELECT name, facts FROM notice"))
    assert "enanda" not in rows
    assert "kantor.id" not in rows


def test_who_wants_no_mail_gets_none_but_reads_it_on_screen(office: Office, mails: None) -> None:
    sql.execute("UPDATE account SET mails = ? WHERE username = 'sekar'", (False,))
    case = office.report()
    days_limit(case)
    reminders.sweep(office.at("2026-04-10 08.00").now)
    assert ("sekar", "holder") in told("terlambat")
    assert reads(office, "terlambat") == ["joko", "wulan"]


def test_old_news_after_a_worker_was_away_is_on_screen_and_in_the_digest_only(office: Office, mails: None) -> None:
    days_limit(office.report())
    reminders.sweep(office.at("2026-04-20 08.00").now)
    assert len(told("terlambat")) == 3
    assert orders("terlambat") == []
    assert reads(office, "ringkasan") == ["joko", "sekar"]


def test_what_was_done_meanwhile_is_not_mailed(office: Office, mails: None) -> None:
    case = office.report()
    days_limit(case)
    reminders.sweep(office.at("2026-04-10 08.00").now)
    office.sekar.registers(case)
    with serving() as (server, address):
        jobs.run_due(office.now, outside.handlers(Post(f"smtp://{address}", "siapmas@contoh.id", "https://contoh.id")))
    assert [letter for letter in server.letters if "melewati" in letter["Subject"]] == []
    assert {state for (state,) in sql.rows("SELECT state FROM job WHERE name LIKE 'terlambat%'")} == {"cancelled"}


def test_one_of_several_whom_the_mail_server_does_not_know_keeps_nobody_else_waiting(
    office: Office, mails: None
) -> None:
    case = office.report()
    days_limit(case)
    reminders.sweep(office.at("2026-04-10 08.00").now)
    with serving() as (server, address):
        server.strangers = {"sekar@kantor.id"}
        jobs.run_due(office.now, outside.handlers(Post(f"smtp://{address}", "siapmas@contoh.id", "https://contoh.id")))
        assert isinstance(server, MailServer)
    assert {str(letter["To"]) for letter in server.letters} == {"joko@kantor.id", "wulan@kantor.id"}
    failed = sql.rows("SELECT state, error FROM job WHERE state = 'failed'")
    assert failed == [("failed", "alamat surel ditolak (550)")] * 2


COLUMNS = (
    "case_file_id, key, element, name, process, instance, kind, form, role, office_id, state, cycle, offered_ms,"
    " due_ms, limit_text, clock, since, wait_norm, done_as, late, outcome"
)


def test_many_tasks_are_told_of_in_batches_with_one_mail_a_reader(office: Office, mails: None) -> None:
    case = office.report()
    days_limit(case)
    first = office.task(case, "terima")
    for _ in range(450):
        sql.execute(f"INSERT INTO task ({COLUMNS}) SELECT {COLUMNS} FROM task WHERE id = ?", (first,))
    reminders.sweep(office.at("2026-04-10 08.00").now)
    assert sql.value("SELECT COUNT(*) FROM notice WHERE kind = 'terlambat'") == 451 * 3
    assert len(orders("terlambat")) == 9, "three batches, three readers each"
