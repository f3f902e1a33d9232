"""What leaves the building: once inside the database, at least once outside, never lost."""

from collections.abc import Iterator

import pytest
import siapmas_days as day
from mailserver import MailServer, body, serving
from office import Office

from db import sql
from engine import jobs, outside
from engine.outside import Post


@pytest.fixture
def server() -> Iterator[tuple[MailServer, str]]:
    with serving() as (handler, address):
        yield handler, f"smtp://{address}"


def approved(office: Office, email: str = "slamet@contoh.id") -> int:
    case = office.report(email=email)
    day.to_committees(office, case, "komisi_4")
    day.follows_up(office, case, "maya", "komisi_4")
    day.answers(office, case, "komisi_4")
    return case


def runs(office: Office, url: str) -> int:
    return jobs.run_due(office.now, outside.handlers(Post(url, "siapmas@contoh.id", "https://contoh.id")))


def test_the_answer_reaches_a_real_mail_server(office: Office, server: tuple[MailServer, str]) -> None:
    handler, url = server
    case = approved(office)
    assert runs(office, url) == 1
    assert office.state(case) == "selesai"
    assert len(handler.letters) == 1
    assert handler.letters[0]["To"] == "slamet@contoh.id"
    assert handler.letters[0]["Message-ID"]
    assert runs(office, url) == 0


def test_whoever_reported_in_english_is_answered_in_english(office: Office, server: tuple[MailServer, str]) -> None:
    handler, url = server
    case = approved(office)
    sql.execute("UPDATE case_file SET language = 'en' WHERE id = ?", (case,))
    runs(office, url)
    assert handler.letters[0]["Subject"].startswith("Answer to report")
    assert "Dear Slamet Riyadi" in body(handler.letters[0])


def test_a_busy_mail_server_is_tried_again_later(office: Office, server: tuple[MailServer, str]) -> None:
    handler, url = server
    handler.answers = ["451 later please"]
    case = approved(office)
    runs(office, url)
    assert office.state(case) == "berjalan"
    assert handler.letters == []
    assert runs(office, url) == 0, "not before the pause is over"
    office.after(minutes=1)
    runs(office, url)
    assert office.state(case) == "selesai"
    assert len(handler.letters) == 1


def test_a_refusal_for_good_brings_the_answer_to_a_person(office: Office, server: tuple[MailServer, str]) -> None:
    handler, url = server
    handler.answers = ["550 no such user"]
    case = approved(office)
    runs(office, url)
    assert office.waits(case) == ["sampaikan_balasan"]
    facts = sql.value("SELECT facts FROM journal WHERE kind = 'sent' AND case_file = ?", (case,))
    assert '"delivered":false' in facts
    assert "550" in facts


def test_a_server_that_is_not_there_is_tried_until_a_person_must(office: Office) -> None:
    case = approved(office)
    for _ in range(jobs.ATTEMPTS):
        assert office.waits(case) == []
        runs(office, "smtp://127.0.0.1:1")
        office.after(minutes=120)
    assert office.waits(case) == ["sampaikan_balasan"]


def test_what_the_mail_server_says_of_the_reporter_is_not_written_down(
    office: Office, server: tuple[MailServer, str]
) -> None:
    handler, url = server
    handler.answers = ["451 <slamet@contoh.id> try later"] * 20
    approved(office)
    for _ in range(jobs.ATTEMPTS):
        runs(office, url)
        office.after(minutes=120)
    everything = [*sql.rows("SELECT error, payload FROM job"), *sql.rows("SELECT facts FROM journal")]
    assert sql.value("SELECT error FROM job WHERE kind = 'service'") == "Postponed 451"
    assert "slamet" not in str(everything)


@pytest.mark.parametrize("address", ["=?utf-8?q?a=40evil.id=2C?=@x.id", "=?utf-8?q?a=0ABcc=3Az?=@x.id", "root[b@x.id"])
def test_an_address_that_a_header_reads_as_another_gets_no_mail(
    office: Office, server: tuple[MailServer, str], address: str
) -> None:
    handler, url = server
    case = approved(office, email=address)
    runs(office, url)
    assert handler.tries == 0
    assert office.waits(case) == ["sampaikan_balasan"]


def test_trouble_that_nobody_foresaw_neither_stops_the_other_jobs_nor_lasts_for_ever(office: Office) -> None:
    case, other = approved(office), approved(office)

    def stumbles(call: jobs.Call) -> dict[str, bool]:
        if call.case_id == case:
            raise ValueError("slamet@contoh.id")
        return {"delivered": True}

    assert jobs.run_due(office.now, {"balas_pelapor": stumbles}) == 2
    assert office.state(other) == "selesai"
    for _ in range(jobs.ATTEMPTS):
        office.after(minutes=120)
        jobs.run_due(office.now, {"balas_pelapor": stumbles})
    assert office.waits(case) == ["sampaikan_balasan"]
    assert "slamet" not in str(sql.rows("SELECT error FROM job"))


def test_a_worker_that_dies_leaves_its_job_to_another_after_the_lease(office: Office) -> None:
    case = approved(office)

    def dies(call: jobs.Call) -> dict[str, str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.run_due(office.now, {"balas_pelapor": dies})
    assert office.works_off_jobs() == 0
    office.now += jobs.LEASE_MS
    assert office.works_off_jobs() == 1
    assert office.state(case) == "selesai"


def test_no_personal_data_stands_in_a_job(office: Office) -> None:
    office.report(name="Penanda Namaku", email="penanda@contoh.id", phone="081299887766")
    rows = " ".join(str(row) for row in sql.rows("SELECT name, payload, error FROM job"))
    assert "Penanda" not in rows
    assert "0812" not in rows
