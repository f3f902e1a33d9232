"""What the coordinator, heads of agencies and administrators do, on both databases."""

import orjson
import pytest
from kota import Kota
from office import ms

from db import sql
from db.queries import coordination as questions
from db.queries import list_changes, memos
from engine import coordination, verbs
from engine.clocks.worktime import Calendar
from engine.commands import naming
from engine.commands.memos import Letter
from engine.commands.roster import Post
from engine.diagrams import articles
from engine.errands import Call, Undeliverable
from engine.errors import NotAllowed, NotFound
from engine.mail import staff, transport
from engine.offices import roster, settings
from engine.recaps import evaluation


def person(name: str) -> int:
    return int(sql.value("SELECT person_id FROM account WHERE username = ?", (name,)))


def office(code: str) -> int:
    return int(sql.value("SELECT id FROM office WHERE code = ?", (code,)))


def test_the_day_of_a_coordinator_on_both_databases(database: str) -> None:
    kota = Kota()
    case = kota.forwarded()
    calendar = settings.calendar(kota.organisation)
    edges = coordination.edges(calendar, ms("2026-03-27 09.00"))
    (agency,) = questions.agencies(kota.organisation, *edges)
    assert (agency.code, agency.open, agency.late, agency.soon) == ("dkp", 1, 0, 1)
    letter = Letter("nota_dinas", "Mohon dijawab", "Segera.", units=["dkp"], cases=[case])
    with pytest.raises(NotAllowed):
        verbs.send_memo(letter, by=kota.people["petugas_dkp"], now=kota.now)
    sql.execute("UPDATE account SET email = 'pejabat@contoh.id' WHERE username = 'pejabat.dkp'")
    memo = verbs.send_memo(letter, by=kota.people["koordinator"], now=kota.now)
    ((name, payload),) = sql.rows("SELECT name, payload FROM job WHERE kind = 'mail' AND name LIKE 'surat:%'")
    call = Call(name, 0, "", "surel", "", "surat", kota.now, orjson.loads(payload))
    with pytest.raises(Undeliverable, match="belum diatur"):  # it is written and only lacks a server
        staff.mail(call, transport.Post("", "a@b.id", "https://contoh.id"))
    assert verbs.read_memo(memo, by=kota.people["pejabat_dkp"], now=kota.now)
    assert not verbs.read_memo(memo, by=kota.people["pejabat_dkp"], now=kota.now)
    (row,), _ = memos.page(kota.organisation, [office("pejabat_dkp")], 1)
    assert (row.sent_to, row.read_by) == (2, 1)
    assert memos.unread([office("pimpinan_dkp")])[0].number == "001/ND/2026"
    queue = {one.office: one.open for one in questions.queues(kota.organisation, kota.now, *edges)}
    assert queue["Pejabat Pengaduan Dinas Kebersihan dan Pertamanan"] == 1
    assert coordination.weeks(kota.organisation, calendar, kota.now)[0][-1] == 1
    for state in questions.IN_STATES:
        questions.inventory(questions.Ask(kota.organisation, *edges, state=state, unit="dkp", from_ms=1, until_ms=2), 1)
    lines, _ = evaluation.read(kota.organisation, ms("2026-03-01 00.00"), ms("2026-04-01 00.00"), kota.now)
    assert sum(line.reminded.cases for line in lines) == 1


def test_who_serves_is_named_and_entered_on_both_databases(database: str) -> None:
    kota = Kota("2026-12-01 09.00")
    seat, head = office("pejabat_dkp"), kota.people["pimpinan_dkp"]
    until = ms("2027-01-01 00.00")
    named = verbs.Naming(seat, person("petugas.dkp"), kota.now, until, "800/1/2026", "2026-12-01")
    with pytest.raises(NotFound):
        verbs.name_officer(named, by=kota.people["pimpinan_dinkes"], now=kota.now)
    holding = verbs.name_officer(named, by=head, now=kota.now)
    verbs.end_naming(holding, at_ms=kota.now + 1, by=head, now=kota.now)
    assert list(naming.beneath(head, kota.now)) == [seat]
    year = roster.year(kota.organisation, 2027)
    own = office("petugas_dkp")
    assert own in {place.office_id for place in roster.places(kota.organisation, year, kota.now)}
    post = Post("orang", own, person("petugas.dkp"), "188/1", "2026-12-01")
    admin = verbs.Actor(1, person("admin.kota"), frozenset({"admin"}))
    verbs.enter_roster(2027, [post], by=admin, now=kota.now)
    assert len(roster.missing(kota.organisation, year, kota.now)) == 20
    assert roster.warn(kota.now) == 1
    assert verbs.add_entry("subyek", "Transportasi", {}, by=admin, now=kota.now) == 0
    (change,), _ = list_changes.page(kota.organisation, 1)
    verbs.decide_list_change(change.id, True, by=kota.people["penanggung_jawab"], now=kota.now)
    assert sql.value("SELECT COUNT(*) FROM choice WHERE label = 'Transportasi'") == 1


def test_working_days_are_counted_from_date_to_date(database: str) -> None:
    kota = Kota()
    calendar: Calendar = settings.calendar(kota.organisation)
    friday, monday = ms("2026-03-13 09.00"), ms("2026-03-16 09.00")
    assert articles.working_days(calendar, friday, monday) == 1
    assert articles.working_days(calendar, monday, friday) == -1
    assert articles.working_days(calendar, friday, ms("2026-03-31 16.00")) == 7  # as processes.md counts it
    assert articles.working_days(calendar, friday, ms("2026-04-06 16.00")) == 10


def test_the_citizens_reopenings_are_counted_beside_the_coordinators(sqlite: str) -> None:
    kota = Kota("2026-03-02 09.00")
    case = kota.forwarded()
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan")
    kota.answered(case)
    kota.works_off_jobs()
    kota.at("2026-03-04 09.00")
    kota.citizen(case, "tanggapan_pelapor", penilaian="1", buka_kembali=True, alasan_buka="Sampahnya kembali lagi.")
    span = (ms("2026-03-01 00.00"), ms("2026-04-01 00.00"))
    assert evaluation.read(kota.organisation, *span, kota.now)[1].reopened == 0, "asked, not yet entered"
    kota.acts(case, "catat_pembukaan")
    lines, whole = evaluation.read(kota.organisation, *span, kota.now)
    assert whole.reopened == 1
    assert {line.unit: line.reopened for line in lines if line.reopened} == {"dkp": 1}
