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
from db.queries import audit
from db.queries.audit import Span

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
    worked, waited = sorted(r[0] for r in rows), sorted(r[1] for r in rows)
    tenth = ceil(0.9 * len(rows)) - 1
    return {
        "done": len(rows),
        "cases": len({r[4] for r in rows}),
        "worked_median": round(statistics.median(worked)),
        "worked_p90": worked[tenth],
        "worked_worst": worked[-1],
        "waited_median": round(statistics.median(waited)),
        "waited_p90": waited[tenth],
        "waited_worst": waited[-1],
        "late": sum(r[2] for r in rows),
        "again": sum(r[3] > 1 for r in rows),
    }


def span(office: Office, process: str = "siapmas") -> Span:
    return Span(office.organisation, process, FROM, UNTIL)


def test_the_figures_are_those_of_the_journal_counted_by_hand(office: Office) -> None:
    expected = by_hand(span(office))
    found = audit.steps(span(office))
    assert set(found) == set(expected)
    for element, figures in expected.items():
        numbers = found[element]
        assert {name: getattr(numbers, name) for name in figures} == figures, element
    assert found["teliti_kasubag"].again == 1
    assert found["tindak_lanjuti"].late >= 1
    assert found["terima"].done >= 6


def test_the_totals_are_the_sums_of_the_steps(office: Office) -> None:
    steps = audit.steps(span(office)).values()
    totals = audit.totals(span(office))
    assert totals.done == sum(s.done for s in steps)
    assert totals.late == sum(s.late for s in steps)
    assert totals.cases == 5
    assert totals.received == 6


def test_every_figure_leads_to_exactly_its_tasks(office: Office) -> None:
    for element, n in audit.steps(span(office)).items():
        of = {pick: list(audit.every(span(office), pick, element=element, now=office.now)) for pick in audit.PICKS}
        assert [len(of[pick]) for pick in ("semua", "terlambat", "ulang")] == [n.done, n.late, n.again]
        assert all(item.late for item in of["terlambat"])
        assert round(statistics.mean(item.worked_ms or 0 for item in of["median"])) == n.worked_median
        assert round(statistics.mean(item.waited_ms or 0 for item in of["menunggu"])) == n.waited_median
        assert min(item.worked_ms or 0 for item in of["p90"]) == n.worked_p90
        assert [item.worked_ms for item in of["terlama"]] == [n.worked_worst]
        assert min(item.waited_ms or 0 for item in of["menunggu_lama"]) == n.waited_p90


def test_open_tasks_are_told_as_they_stand_now(office: Office) -> None:
    office.at("2026-04-20 15.00")
    assert audit.waiting(office.organisation, "siapmas", office.now)["terima"] == (1, 1)
    [late] = audit.every(span(office), "lewat", element="terima", now=office.now)
    assert late.due_ms == ms("2026-04-20 09.10")
    assert late.person is None
    assert audit.waiting(office.organisation, "siapmas", ms("2026-04-20 09.10"))["terima"] == (1, 0)


def test_pages_neither_lose_nor_repeat_a_task(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [item.id for item in audit.every(span(office), "semua", now=office.now)]
    monkeypatch.setattr(audit, "PAGE", 4)
    monkeypatch.setattr(audit, "BATCH", 7)
    paged, page, more = list[int](), 1, True
    while more:
        items, more = audit.items(span(office), "semua", now=office.now, page=page)
        paged, page = paged + [item.id for item in items], page + 1
    assert paged == whole == [item.id for item in audit.every(span(office), "semua", now=office.now)]
    assert len(set(whole)) == len(whole)


def test_a_task_counts_in_exactly_one_of_two_neighbouring_spans(office: Office) -> None:
    whole = audit.totals(span(office)).done
    [moment] = sql.row("SELECT done_ms FROM task WHERE element = 'teliti_kabag' AND done_ms < ? LIMIT 1", (UNTIL,)) or (
        0,
    )
    parts = [Span(office.organisation, "siapmas", a, b) for a, b in pairwise((FROM, moment, moment + 1, UNTIL))]
    assert sum(audit.totals(part).done for part in parts) == whole
    assert audit.totals(parts[1]).done >= 1


def test_another_organisation_and_another_process_see_none_of_it(office: Office) -> None:
    assert audit.steps(Span(office.organisation + 1, "siapmas", FROM, UNTIL)) == {}
    assert audit.steps(span(office, "pengaduan")) == {}


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60))
def test_the_ranks_in_sql_are_the_ranks_of_the_definition(values: list[int]) -> None:
    n, ordered = len(values), sorted(values)
    middle = [ordered[rank - 1] for rank in sorted({(n + 1) // 2, (n + 2) // 2})]
    assert statistics.mean(middle) == statistics.median(ordered)
    assert (9 * n + 9) // 10 == ceil(9 * n / 10)
