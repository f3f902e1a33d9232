"""The search index: the same answers on both databases, and no word of what people told or are called."""

from pathlib import Path

import pytest
from databases import opened
from office import Office

from db import connect, migrate, sql
from db.queries import desk, finding
from db.queries.desk import Desk
from db.queries.finding import Ask, Sight
from db.queries.overdue import Moment
from engine import demo, search, verbs
from engine.commands.start import Report, Reporter

STORY = "Air sumur di dusun Kedungsari berbau solar sejak pabrik dibuka; Café Ngoro ikut terkena."


def told(office: Office, subject: str = "Sumur tercemar", story: str = STORY, name: str = "Kasiyem Wulandari") -> int:
    office.sent += 1
    report, who = Report(story, "Kemarin", "Desa Mojorejo", subject), Reporter(name, email="warga@contoh.id")
    key = f"search-{office.sent}"
    begun = verbs.start("siapmas", organisation=demo.DPRD, reporter=who, report=report, send_key=key, now=office.now)
    return begun.case_id


def everything(office: Office) -> Sight:
    return Sight(office.organisation, (), True, False, Moment.of(office.now, "Asia/Jakarta"))


def found(office: Office, text: str, *, names: bool = False, told: bool = True) -> list[int]:
    ask = Ask(wanted=search.wanted(text, names=names, told=told), by_content=True)
    return [row.id for row in finding.find(everything(office), ask)[0]]


def test_words_find_a_case_by_number_subject_story_and_where_allowed_by_name(database: str) -> None:
    office = Office()
    case, other = told(office), told(office, "Lampu mati", "Gelap sekali.", "Budi")
    for text in ("0001", "0001/SIAPMAS/2026", "sumur", "SUMUR terce", "solar", "Solar, KEDUNGSARI!", "cafe", "café"):
        assert case in found(office, text), text
        assert other not in found(office, text), text
    assert found(office, "siapmas") == [other, case], "the newest first"
    assert found(office, "kasiyem") == []
    assert found(office, "kasiyem wulandari", names=True) == [case]
    assert found(office, "solar", told=False) == []
    assert found(office, "sol") == [], "words of the story are found whole"


def test_no_operator_of_either_database_is_heard(database: str) -> None:
    office = Office()
    told(office)
    for typed in ("%'\"<script>", "*", "NEAR(a b)", "sumur OR lampu", "sumur -lampu", "{plain}: x", "\\", "' --", ""):
        assert found(office, typed) == [], typed
        assert desk.rows(Desk(0, (9,), office.now, 0, 0), "semua", wanted=search.wanted(typed)) == ([], False), typed


def test_a_new_subject_is_found_and_the_old_one_no_more(database: str) -> None:
    office = Office()
    case = told(office)
    office.sekar.registers(case, perihal="Limbah pabrik")
    assert found(office, "limbah") == [case]
    assert found(office, "sumur terc") == []
    assert found(office, "sumur solar") == [case], "told is told"


def test_what_is_forgotten_is_found_no_more(database: str) -> None:
    office = Office()
    case = told(office)
    with connect.transaction():
        search.forget(case)
    assert found(office, "kasiyem", names=True) == []
    assert found(office, "solar") == [case]
    with connect.transaction():
        search.forget(case, story=True)
    assert found(office, "solar") == []
    assert found(office, "sumur terc") == [case]


def test_an_older_database_is_indexed_by_a_job_and_on_wish(database: str) -> None:
    office = Office()
    cases = [told(office, f"Sumur {n}") for n in range(3)]
    sql.execute("DELETE FROM case_search")
    assert found(office, "solar") == []
    sql.insert(
        "job",
        name="reindex",
        kind="reindex",
        payload="{}",
        state="waiting",
        due_ms=0,
        created_ms=0,
        attempts=0,
        lease_ms=0,
        error="",
    )  # as migration 0004 leaves it where cases are
    office.works_off_jobs()
    assert found(office, "solar") == cases[::-1]
    assert sql.value("SELECT state FROM job WHERE kind = 'reindex'") == "done"
    sql.execute("DELETE FROM case_search")
    assert search.INDEX.rebuild() == 3
    assert found(office, "kasiyem", names=True) == cases[::-1]


def test_a_copy_of_the_database_holds_no_word_that_was_told(tmp_path: Path) -> None:
    path = tmp_path / "disposisi.db"
    with opened(f"sqlite:///{path}"):
        migrate.up()
        office = Office()
        told(office)
        office.sekar.registers(1)
        sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    body = path.read_bytes().lower()
    for word in (b"kasiyem", b"wulandari", b"solar", b"kedungsari", b"mojorejo"):
        assert word not in body, word
    assert b"siapmas" in body


def test_a_desk_is_searched_alike_where_few_and_where_many_match(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office()
    cases = [told(office, f"Sumur {n}") for n in range(5)]
    mine = Desk(0, tuple(row[0] for row in sql.rows("SELECT id FROM office")), office.now, 0, 0)
    few = desk.rows(mine, "semua", wanted=search.wanted("solar"))
    monkeypatch.setattr(desk, "FEW", 2)
    for order in desk.ORDERS:
        many = desk.rows(mine, "semua", wanted=search.wanted("solar"), order=order)
        assert sorted(row.case_id for row in many[0]) == cases
    assert desk.rows(mine, "semua", wanted=search.wanted("solar")) == few


def test_every_part_in_every_order_reads_the_same_where_it_is_large(database: str) -> None:
    office = Office()
    for n in range(4):
        told(office, f"Sumur {n}")
    office.sekar.opens(1, "terima")
    verbs.claim(office.task(2, "terima"), by=office.sekar.actor, now=office.now)
    now = office.after(minutes=300).now
    mine = Desk(office.sekar.actor.account_id, (9, 8), now, now + 3_600_000, now + 86_400_000)
    for part in desk.PARTS:
        for order in desk.ORDERS:
            small, large = (desk.rows(mine, part, order=order, many=many) for many in (False, True))
            assert small == large, (part, order)
            assert len(small[0]) == getattr(desk.counts(mine), part), part
