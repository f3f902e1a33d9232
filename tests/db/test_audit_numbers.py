"""The auditor's figures are those of the journal, counted by hand, on both databases."""

import statistics
from collections import Counter, defaultdict
from itertools import pairwise
from math import ceil
from typing import Any

import orjson
import pytest
import siapmas_days as day
from hypothesis import given
from hypothesis import strategies as st
from office import Office, ms
from paperwork import goes_on, troubled

from db import sql
from db.connect import transaction
from db.queries import audit, audited, late
from db.queries.audit import Span
from db.queries.overdue import Moment
from engine import journal
from engine.clocks import measures
from engine.clocks.measures import MINUTE, Numbers
from engine.commands import counting

ZONE = "Asia/Jakarta"
FROM, UNTIL = ms("2026-04-01 00.00"), ms("2026-05-01 00.00")


@pytest.fixture
def office(database: str) -> Office:
    """Several reports at different paces: returns, a committee that passes on, one that takes too long."""
    office = Office("2026-04-06 08.00")
    goes_on(office, troubled(office))
    for date, pace in ((14, 3), (15, 7), (16, 11), (17, 40)):  # when the substitutes' week is over
        walk(office.at(f"2026-04-{date} 08.00"), pace)
    office.at("2026-05-04 08.00")
    day.to_kabag(office, office.report("Sesudah bulannya"))  # outside the span
    waiting = office.at("2026-04-20 09.00").report("Masih menunggu")
    office.sekar.opens(waiting, "terima")
    return office


def walk(office: Office, pace: int) -> None:
    """A report to one committee and back, `pace` minutes at every step."""
    case = office.report(f"Langkah {pace} menit")
    acts: list[tuple[str, str, dict[str, Any]]] = [
        ("sekar", "terima", {}),
        ("wulan", "teliti_kasubag", {"keputusan_kasubag": "teruskan"}),
        ("hadi", "teliti_kabag", {"keputusan_kabag": "teruskan"}),
        ("surya", "disposisikan_sekwan", {"keputusan_sekwan": "teruskan", "instruksi_sekwan": ["koordinasikan"]}),
    ]
    for who, element, answers in acts:
        official = getattr(office.after(minutes=pace), who)
        official.opens(case, element)
        office.after(minutes=pace)
        official.registers(case) if element == "terima" else official.does(case, element, **answers)
    day.ketua_disposes(office, case, "komisi_1")
    day.distributes(office, case)
    office.lilik.opens(case, "tindak_lanjuti")
    day.follows_up(office.after(minutes=4 * pace), case, "lilik", "komisi_1")


def by_hand(span: Span) -> dict[str, dict[str, Any]]:
    """The same figures from the journal's own words, with nothing but Python."""
    offers: Counter[tuple[int, str, str]] = Counter()
    turn: dict[int, int] = {}
    told: dict[str, list[tuple[int, int, bool, int, int]]] = defaultdict(list)
    entries = sql.rows("SELECT kind, case_file, task, element, at_ms, facts FROM journal ORDER BY id")
    for kind, case, task, element, at, text in entries:
        facts = orjson.loads(text)
        if kind == "offered":
            place = (case, element, facts["instance"] or "")
            offers[place] += 1
            turn[task] = offers[place]
        if kind == "completed" and span.from_ms <= at < span.until_ms:
            told[element].append((facts["worked_ms"], facts["waited_ms"], facts["late"], turn[task], case))
    return {element: _figures(rows) for element, rows in told.items()}


def _figures(rows: list[tuple[int, int, bool, int, int]]) -> dict[str, Any]:
    """In ms, of times cut down to whole minutes."""
    worked, waited = sorted(r[0] // MINUTE for r in rows), sorted(r[1] // MINUTE for r in rows)
    tenth = ceil(0.9 * len(rows)) - 1
    return {
        "done": len(rows),
        "worked": (round(statistics.median(worked) * MINUTE), worked[tenth] * MINUTE, worked[-1] * MINUTE),
        "waited": (round(statistics.median(waited) * MINUTE), waited[tenth] * MINUTE, waited[-1] * MINUTE),
        "late": sum(r[2] for r in rows),
        "again": sum(r[3] > 1 for r in rows),
    }


def told(numbers: Numbers) -> dict[str, Any]:
    """The same of the product's figures."""
    spreads = {name: getattr(numbers, name) for name in ("worked", "waited")}
    return {
        "done": numbers.done,
        **{name: (spread.median, spread.p90, spread.worst) for name, spread in spreads.items()},
        "late": numbers.late,
        "again": numbers.again,
    }


def span(office: Office, process: str = "siapmas", offices: tuple[int, ...] = ()) -> Span:
    return Span(office.organisation, process, FROM, UNTIL, offices)


def test_the_figures_are_those_of_the_journal_counted_by_hand(office: Office) -> None:
    expected = by_hand(span(office))
    found = measures.steps(span(office), ZONE)
    assert {element: told(numbers) for element, numbers in found.items()} == expected
    assert found["teliti_kasubag"].again == 1
    assert found["tindak_lanjuti"].late >= 1
    assert found["terima"].done >= 6


def test_months_counted_once_tell_the_same_as_counting_live(office: Office) -> None:
    whole = Span(office.organisation, "siapmas", ms("2026-03-15 00.00"), ms("2026-05-20 12.00"))
    live = measures.steps(whole, ZONE)
    assert counting.count_steps(ms("2026-06-02 02.00")) == 2  # April, when the first report came in, and May
    assert counting.count_steps(ms("2026-06-02 03.00")) == 0
    assert measures.steps(whole, ZONE) == live
    assert sql.value("SELECT COUNT(*) FROM measure") == 2


def test_a_kept_month_is_read_and_not_counted_again_until_it_is_forgotten(office: Office) -> None:
    counting.count_steps(office.at("2026-05-04 08.00").now)
    before = measures.steps(span(office), ZONE)
    sql.execute("UPDATE task SET worked_ms = worked_ms + 60000 WHERE element = 'terima'")
    assert measures.steps(span(office), ZONE) == before
    with transaction():
        measures.forget(office.organisation, "siapmas", ms("2026-04-14 09.00"))
    after = measures.steps(span(office), ZONE)
    assert after["terima"].worked.worst == before["terima"].worked.worst + MINUTE
    assert counting.count_steps(office.now) == 1
    assert measures.steps(span(office), ZONE) == after


def test_a_month_is_not_counted_before_it_is_over(office: Office) -> None:
    assert counting.count_steps(ms("2026-04-30 23.59")) == 0
    assert counting.count_steps(ms("2026-05-01 00.30")) == 0
    assert counting.count_steps(ms("2026-05-01 02.00")) == 1


def test_an_office_has_its_own_figures_and_they_add_up(office: Office) -> None:
    whole = measures.steps(span(office), ZONE)
    desks = audit.desks(office.organisation)
    parts = [measures.steps(span(office, offices=(desk.id,)), ZONE) for desk in desks]
    by_key = measures.read(span(office), ZONE)
    of_citizens = {step: sum(tally.worked.values()) for (step, of), tally in by_key.items() if of == 0}
    for element, numbers in whole.items():
        done = sum(part[element].done for part in parts if element in part)
        assert done == numbers.done - of_citizens.get(element, 0)
    hadi = next(desk.id for desk in desks if desk.code == "kabag_umum")
    assert set(measures.steps(span(office, offices=(hadi,)), ZONE)) == {"teliti_kabag"}


def test_every_figure_leads_to_its_tasks(office: Office) -> None:
    for element, n in measures.steps(span(office), ZONE).items():

        def of(which: audited.Which) -> list[audited.Item]:
            return list(audited.every(span(office), which))

        def minutes(which: audited.Which, column: str) -> set[int]:
            return {(getattr(item, column) or 0) // MINUTE for item in of(which)}

        counts = [len(of(which(element))) for which in (audited.every_one, audited.late, audited.repeated)]
        assert counts == [n.done, n.late, n.again]
        assert all(item.late for item in of(audited.late(element)))
        for column, spread in (("worked_ms", n.worked), ("waited_ms", n.waited)):
            assert minutes(audited.lasting(element, column, *spread.middle), column) == set(spread.middle)
            least = spread.p90 // MINUTE
            assert min(minutes(audited.lasting_at_least(element, column, least), column)) == least


def test_open_tasks_are_told_as_they_stand_now(office: Office) -> None:
    office.at("2026-04-20 15.00")
    assert audit.waiting(span(office), Moment.of(office.now, ZONE))["terima"] == (1, 1)
    [late] = audited.every(span(office), audited.overdue_now("terima", Moment.of(office.now, ZONE)))
    assert late.due_ms == ms("2026-04-20 09.10")
    assert late.person is None
    assert audit.waiting(span(office), Moment.of(ms("2026-04-20 09.10"), ZONE))["terima"] == (1, 0)


def test_of_two_processes_each_is_counted_for_itself(office: Office) -> None:
    whole, waiting = (
        measures.steps(span(office), ZONE)["terima"].done,
        audit.waiting(span(office), Moment.of(office.now, ZONE)),
    )
    moved = sql.rows(
        "SELECT case_file_id FROM task WHERE element = 'terima' AND done_ms < ? ORDER BY id DESC LIMIT 1", (UNTIL,)
    )
    still = sql.rows("SELECT case_file_id FROM task WHERE element = 'terima' AND state = 'open' LIMIT 1")
    for (case,) in moved + still:
        sql.execute("UPDATE case_file SET process = 'cuti' WHERE id = ?", (case,))
    for process, done, open_ in (("siapmas", whole - 1, waiting["terima"][0] - 1), ("cuti", 1, 1)):
        found = span(office, process)
        assert measures.steps(found, ZONE)["terima"].done == done
        assert audit.waiting(found, Moment.of(office.now, ZONE)).get("terima", (0, 0))[0] == open_


def test_pages_neither_lose_nor_repeat_a_task(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    every = audited.every_one("")
    whole = [item.id for item in audited.every(span(office), every)]
    monkeypatch.setattr(audited, "PAGE", 4)
    monkeypatch.setattr(audited, "BATCH", 7)
    paged, page, more = list[int](), 1, True
    while more:
        items, more = audited.items(span(office), every, page=page)
        paged, page = paged + [item.id for item in items], page + 1
    assert paged == whole == [item.id for item in audited.every(span(office), every)]
    assert len(set(whole)) == len(whole)


def test_the_late_list_has_every_late_act_once_and_pages_by_its_cursor(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at("2026-04-30 15.00")
    done = {item.id for item in audited.every(span(office), audited.late(""))}
    still = {item.id for item in audited.every(span(office), audited.overdue_now("", Moment.of(office.now, ZONE)))}
    whole = list(late.every(span(office), Moment.of(office.now, ZONE)))
    assert [(x.kind, x.id) for x in whole if x.kind.startswith("tonggak")] == []
    assert {x.id for x in whole if x.kind == "selesai"} == done
    assert {x.id for x in whole if x.kind == "terbuka"} == still
    assert len(done) > 2
    assert len(still) >= 1
    monkeypatch.setattr(late, "PAGE", 2)
    assert list(late.every(span(office), Moment.of(office.now, ZONE))) == whole
    assert [x.at_ms for x in whole] == sorted((x.at_ms for x in whole), reverse=True)


def test_a_milestone_reached_late_or_missed_is_on_the_late_list(office: Office) -> None:
    case = office.at("2026-04-08 08.00").report("Tonggak")
    facts = orjson.dumps({"name": "Jawaban pertama", "instance": None, "due": ms("2026-04-09 08.00")}).decode()
    entry = journal.Entry("milestone", ms("2026-04-10 09.00"), element="jawaban", facts=orjson.loads(facts))
    with transaction():
        journal.append(office.organisation, case, [entry])
        sql.execute("UPDATE case_file SET due_ms = ? WHERE id = ?", (ms("2026-04-13 08.00"), case))
    found = {
        x.kind: x
        for x in late.every(span(office), Moment.of(office.at("2026-04-20 08.00").now, ZONE))
        if x.case_id == case
    }
    assert found["tonggak"].due_ms == ms("2026-04-09 08.00")
    assert found["tonggak"].end_ms == ms("2026-04-10 09.00")
    assert found["tonggak"].name == "Jawaban pertama"
    assert (found["tonggak_terbuka"].due_ms, found["tonggak_terbuka"].end_ms) == (ms("2026-04-13 08.00"), None)


def test_a_task_counts_in_exactly_one_of_two_neighbouring_spans(office: Office) -> None:
    def done(part: Span) -> int:
        return sum(numbers.done for numbers in measures.steps(part, ZONE).values())

    text = "SELECT done_ms FROM task WHERE element = 'teliti_kabag' AND done_ms < ? LIMIT 1"
    [moment] = sql.row(text, (UNTIL,)) or (0,)
    parts = [Span(office.organisation, "siapmas", a, b) for a, b in pairwise((FROM, moment, moment + 1, UNTIL))]
    assert sum(done(part) for part in parts) == done(span(office))
    assert done(parts[1]) >= 1


def test_another_organisation_and_another_process_see_none_of_it(office: Office) -> None:
    assert measures.steps(Span(office.organisation + 1, "siapmas", FROM, UNTIL), ZONE) == {}
    assert measures.steps(span(office, "pengaduan"), ZONE) == {}
    assert list(late.every(span(office, "pengaduan"), Moment.of(office.now, ZONE))) == []


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60), st.integers(0, 60))
def test_figures_merged_from_parts_are_those_of_the_whole(values: list[int], cut: int) -> None:
    parts = [measures.Tally(Counter(part), Counter(part)) for part in (values[:cut], values[cut:])]
    merged = measures.Tally()
    for part in parts:
        merged.add(part)
    spread, ordered = measures.Spread.of(merged.worked), sorted(values)
    assert spread.median == round(statistics.median(ordered) * MINUTE)
    assert spread.p90 == ordered[ceil(9 * len(values) / 10) - 1] * MINUTE
    assert spread.worst == ordered[-1] * MINUTE
