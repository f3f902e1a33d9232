"""Two people do the same task at the same moment: one did it, the other is told who, and loses no word."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import served
from databases import opened
from visitor import RECEIVED, Page, Reporter, Staff

from db import sql
from webui.cli.demo import PASSWORD

ROUNDS = 20
NAMES = {"sekar": "Sekar Ayu Lestari", "joko": "Joko Purnomo"}


def test_of_two_who_do_the_same_task_at_once_one_wins_and_the_other_keeps_what_was_typed(
    live_server: served.Running,
) -> None:
    office = live_server
    staff = {name: Staff(lambda: office.url).signs_in(name, PASSWORD) for name in NAMES}
    won = dict.fromkeys(NAMES, 0)
    for round_ in range(ROUNDS):
        task = _new_task(office, staff["sekar"], f"Aduan ke-{round_}")
        winner, loser = _both_at_once(staff, task, round_)
        won[winner] += 1
        assert won.keys() == {winner, loser}
    print(f"\n{ROUNDS} rounds: {won}")
    with opened(f"sqlite:///{office.home / 'disposisi.db'}"):
        done = "SELECT task FROM journal WHERE kind = 'completed' AND task IN (SELECT id FROM task WHERE element = ?)"
        told = [row[0] for row in sql.rows(done, ("terima",))]
    assert len(told) == len(set(told))


def _new_task(office: served.Running, desk: Staff, subject: str) -> int:
    before = set(desk.desk())
    citizen = Reporter(lambda: office.url)
    citizen.writes(subject)
    citizen.sends()
    (task,) = set(desk.desk()) - before
    return task


def _both_at_once(staff: dict[str, Staff], task: int, round_: int) -> tuple[str, str]:
    """Gives winner and loser, once the loser's page has been looked at."""
    ready = Barrier(len(staff))

    def does(name: str) -> tuple[str, Page]:
        page = staff[name].get(f"/tugas/{task}")
        answers = RECEIVED | {"csrf_token": page.token, "catatan": f"Catatan {name} {round_}"}
        ready.wait(30)
        return name, staff[name].post(f"/tugas/{task}", answers)

    with ThreadPoolExecutor(len(staff)) as pool:
        answers = dict(pool.map(does, staff))
    won = [name for name, answer in answers.items() if answer.status == 302]
    lost = [name for name, answer in answers.items() if answer.status == 409]
    assert (len(won), len(lost)) == (1, 1), {name: (a.status, a.text[:200]) for name, a in answers.items()}
    page = answers[lost[0]]
    assert f"Sudah dikerjakan oleh {NAMES[won[0]]}" in page.text
    assert re.search(rf"<textarea[^>]*>Catatan {lost[0]} {round_}</textarea>", page.html), page.text
    return won[0], lost[0]
