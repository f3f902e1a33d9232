"""Under many hands at once: numbers without gap or repeat, one winner per task, nothing half there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import monotonic

import psycopg
from databases import opened, postgresql
from office import Office
from visitor import RECEIVED

from db import connect, sql
from engine import journal, verbs, wished
from engine.commands import erasure, hiring, sign_ins, units
from engine.errors import FormInvalid, NotAllowed, NotFound, TaskAlreadyDone
from engine.offices import accounts

HANDS = 6


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Runs all acts at the same moment, each on a connection of its own; gives results or exceptions."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        with connect.connection():
            ready.wait(timeout=30)
            try:
                return act()
            except Exception as error:
                return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_numbers_have_no_gap_and_no_repeat_when_many_report_at_once(office: Office) -> None:
    office.report()
    results = at_once([lambda: [office.report() for _ in range(5)] for _ in range(HANDS)])
    assert all(isinstance(result, list) for result in results), results
    numbers = sorted(int(row[0].split("/")[0]) for row in sql.rows("SELECT number FROM case_file"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 1 + 5 * HANDS


def test_agenda_numbers_have_no_gap_when_many_register_at_once(office: Office) -> None:
    cases = [office.report() for _ in range(HANDS * 3)]
    sekar = office.sekar
    results = at_once(
        [lambda part=cases[hand::HANDS]: [sekar.registers(case) for case in part] for hand in range(HANDS)]
    )
    assert not [result for result in results if isinstance(result, Exception)]
    numbers = [row[0] for row in sql.rows("SELECT number FROM agenda WHERE book = 'setwan' ORDER BY number")]
    assert numbers == list(range(1, len(cases) + 1))
    assert journal.verify() == []


def test_two_people_complete_the_same_task_two_hundred_times_and_exactly_one_wins(office: Office) -> None:
    sekar, joko = office.sekar.actor, office.joko.actor
    for _ in range(200):
        task = office.task(office.report(), "terima")
        both = at_once(
            [
                lambda who=who, task=task: verbs.complete(task, by=who, answers=RECEIVED, now=office.now)
                for who in (sekar, joko)
            ]
        )
        lost = [result for result in both if isinstance(result, Exception)]
        assert len(lost) == 1, both
        assert isinstance(lost[0], TaskAlreadyDone), lost
        assert lost[0].by.split()[0] in ("Sekar", "Joko")
        assert lost[0].at == office.now
    done = sql.value("SELECT COUNT(*) FROM task WHERE element = 'terima' AND state = 'done'")
    opened = sql.value("SELECT COUNT(*) FROM task WHERE element = 'teliti_kasubag' AND state = 'open'")
    assert (done, opened) == (200, 200)


def test_the_same_form_sent_at_once_makes_one_case(office: Office) -> None:
    office.report()
    results = at_once([lambda: office.report(key="the same form") for _ in range(HANDS)])
    assert len(set(results)) == 1, results
    assert sql.value("SELECT COUNT(*) FROM case_file") == 2


def test_a_report_taken_back_by_many_at_once_is_taken_back_once(office: Office) -> None:
    case = office.report()
    results = at_once([lambda: verbs.withdraw(case, now=office.now) for _ in range(HANDS)])
    assert sum(isinstance(result, NotAllowed) for result in results) == HANDS - 1, results
    assert sql.value("SELECT COUNT(*) FROM journal WHERE case_file = ? AND kind = 'withdrawn'", (case,)) == 1


def test_two_administrators_at_once_make_no_unit_twice_and_do_not_both_leave(office: Office) -> None:
    hiring.hire(office.organisation, "Nanik", username="nanik", powers=["admin"], now=office.now)
    both = [office.admin.actor, office.nanik.actor]
    unit = {"code": "humas", "name": "Humas", "kind": "bagian", "parent": None, "now": office.now}
    made = at_once([lambda by=by: units.add_unit(**unit, by=by) for by in both * 3])
    assert sum(isinstance(result, FormInvalid) for result in made) == len(made) - 1, made
    admin, nanik = both
    pairs = ((admin, nanik), (nanik, admin))
    left = at_once([lambda a=a, b=b: sign_ins.close_account(b.account_id, by=a, now=office.now) for a, b in pairs])
    assert sum(isinstance(result, FormInvalid) for result in left) == 1, left


def test_a_report_comes_in_while_something_of_the_whole_organisation_is_written(
    postgresql_server: str, postgresql_template: str
) -> None:
    with postgresql(postgresql_server, postgresql_template) as url, opened(url):
        office = Office()
        with ThreadPoolExecutor(1) as pool, connect.transaction():
            journal.append(office.organisation, None, [journal.Entry("unit_changed", office.now)])
            (case,) = pool.submit(at_once, [office.report]).result(timeout=30)
        assert office.waits(case) == ["terima"]


def test_of_two_who_use_a_one_time_link_at_once_one_chooses_the_password(office: Office) -> None:
    link = accounts.one_time_link("odi", now=office.now)
    words = ("kata sandi pertama", "kata sandi kedua")
    chosen = at_once([lambda w=w: accounts.choose_password(link, w, w, now=office.now) for w in words])
    assert sum(isinstance(result, NotFound) for result in chosen) == 1, chosen


def test_what_is_held_for_a_dispute_while_it_is_being_erased_stays(
    postgresql_server: str, postgresql_template: str
) -> None:
    with postgresql(postgresql_server, postgresql_template) as url, opened(url):
        office = Office()
        case = office.report()
        verbs.withdraw(case, now=office.now)
        asked, surya = erasure.ask(case, "hapus", "", now=office.now), office.surya.actor
        with ThreadPoolExecutor(1) as pool:
            with connect.transaction():  # as `hold_back` does
                wished.hold_all([case])
                held = {"letter": "W14-U1/9", "set_ms": office.now, "set_by": surya.person_id, "lift_letter": ""}
                sql.insert("legal_hold", organisation_id=office.organisation, case_file_id=case, **held)
                erased = pool.submit(at_once, [lambda: erasure.carry_out([asked], "180/1", by=surya, now=office.now)])
                _waits_for_a_lock(url)
            (refused,) = erased.result(timeout=30)
        assert isinstance(refused, FormInvalid), refused


def _waits_for_a_lock(url: str) -> None:
    """Returns once somebody waits for a row that somebody else has."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    until = monotonic() + 30
    with psycopg.connect(url, autocommit=True) as looking:
        while looking.execute(waiting).fetchone() is None:
            assert monotonic() < until, "nobody waits"
