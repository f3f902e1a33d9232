"""kill -9 of server and worker in mid-work, twenty times: what was promised is there once, the rest whole or absent."""

import os
import random
import shutil
import threading
import time
from asyncio import sleep
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from email import message_from_bytes
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Any

import psutil
import pytest
import served
from agreement import disagreements
from aiosmtpd.smtp import SMTP, Envelope, Session
from databases import opened
from mailserver import listening
from visitor import ANSWERS, IRRELEVANT, Gone, Reporter, Staff

from db import sql
from engine import vault
from webui.cli.demo import PASSWORD
from webui.config import Config

KILLS, VICTIMS = 20, ("server", "worker", "worker", "everything", "worker")
SEED = int(os.environ.get("DISPOSISI_TEST_SEED") or time.time())
TEAMS = (("sekar",), ("joko", "wulan"), ("hadi", "surya"), ("bima", "yoga", "lilik"))
SHORT_WAY = {**ANSWERS, "hasil_verifikasi": IRRELEVANT}  # two acts, and a letter leaves
PATIENCE = 30.0


class PostOffice:
    """A real mail server that takes its time, so that a worker can die between handing over and hearing the answer."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str]] = []
        self.in_hand = threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content)
        self.mails.append((str(mail["Message-ID"]), sha256(str(mail.get_payload()).encode()).hexdigest()))
        self.in_hand.set()
        await sleep(0.1)
        self.in_hand.clear()
        return "250 OK"


@pytest.fixture
def post_office() -> Iterator[tuple[PostOffice, str]]:
    handler = PostOffice()
    with listening(handler) as address:
        yield handler, f"smtp://{address}?from=siapmas@contoh.id"


class Installation:
    """The product on one data folder, killed and started again."""

    def __init__(self, home: Path, smtp: str) -> None:
        self.home, self._smtp, self._stack = home, smtp, ExitStack()
        self.starts()

    def starts(self) -> None:
        running = served.running(self.home, DISPOSISI_SMTP_URL=self._smtp)
        self._running = self._stack.enter_context(running)

    def where(self) -> str:
        return self._running.url

    def ends(self) -> None:
        self._stack.close()

    def has_a_worker(self) -> bool:
        return any(map(_is_worker, psutil.Process(self._running.process.pid).children()))

    def dies(self, victim: str) -> None:
        """kill -9: of the worker; of the server, when its worker must go by itself; of everything at once."""
        server = psutil.Process(self._running.process.pid)
        children = [child for child in server.children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]
        workers = [child for child in children if _is_worker(child)]
        web = [server, *(child for child in children if child not in workers)]
        doomed = {"worker": workers, "server": web, "everything": [*web, *workers]}[victim]
        for process in doomed:
            process.kill()
        if victim != "worker":
            self._running.process.wait(PATIENCE)
            _, alive = psutil.wait_procs(children, timeout=PATIENCE)
            assert not alive, f"{alive} outlived their server"
            self.starts()


def _eventually(holds: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, otherwise
        threading.Event().wait(0.05)


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "webui.supervise" in process.cmdline()
    except psutil.ZombieProcess:
        return False


class Ledger:
    """What people were told: tasks done, numbers given; and what they tried."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.receipts: dict[str, str] = {}
        self.tried: list[str] = []
        self.surprises: list[str] = []
        self._told = threading.Condition()

    def tells(self, note: Callable[[], Any]) -> None:
        with self._told:
            note()
            self._told.notify_all()

    @property
    def acts(self) -> int:
        return len(self.done) + len(self.receipts)

    def waits_for(self, acts: int) -> bool:
        with self._told:
            return self._told.wait_for(lambda: self.acts >= acts or bool(self.surprises), PATIENCE)


def works(team: list[Staff], ledger: Ledger, chance: random.Random, home_time: threading.Event) -> None:
    """A few people at one machine, taking turns; what breaks off is looked at again later."""
    for staff in cycle(team):
        if home_time.is_set():
            return
        with suppress(Gone):
            _one_task(staff, ledger, chance)
        home_time.wait(0.1)  # people pause; a machine of two cores needs some of them to start again


def _one_task(staff: Staff, ledger: Ledger, chance: random.Random) -> None:
    waiting = staff.desk()
    if not waiting:
        return
    task = chance.choice(waiting)
    answer = staff.does(task, SHORT_WAY if chance.random() < 0.5 else ANSWERS)
    if staff.done(task, answer):
        ledger.tells(lambda: ledger.done.append(task))
    elif answer.status not in (200, 409):  # 200: a form that nobody here fills in; 409: a colleague was first
        ledger.tells(lambda: ledger.surprises.append(f"task {task}: {answer.status} {answer.text[:300]}"))


def reports(where: Callable[[], str], name: str, ledger: Ledger, home_time: threading.Event) -> None:
    """A citizen who reports again and again, patiently."""
    count = 0
    while not home_time.is_set():
        count += 1
        subject = f"Penanda {name} {count}"
        ledger.tried.append(subject)
        citizen = Reporter(where)
        _patiently(lambda citizen=citizen, subject=subject: citizen.writes(subject), home_time)
        number = _patiently(citizen.sends, home_time)
        if number is not None:
            ledger.tells(lambda number=number, subject=subject: ledger.receipts.update({number: subject}))
        home_time.wait(0.5)


def _patiently(act: Callable[[], Any], home_time: threading.Event) -> Any:
    while not home_time.is_set():
        try:
            return act()
        except Gone:
            home_time.wait(0.1)
    return None


def test_nothing_promised_is_lost_and_nothing_is_half_there(
    demo_home: Path, tmp_path: Path, post_office: tuple[PostOffice, str]
) -> None:
    chance, ledger, home_time, begun = random.Random(SEED), Ledger(), threading.Event(), time.monotonic()
    home, (mail, smtp) = tmp_path / "home", post_office
    shutil.copytree(demo_home, home)
    office = Installation(home, smtp)
    try:
        people = _people(office, ledger, home_time)
        for round_, victim in zip(range(KILLS), cycle(VICTIMS)):
            _in_mid_work(office, round_, victim, ledger, mail, chance)
            print(f"{time.monotonic() - begun:6.1f} s: {victim}, after {ledger.acts} acts")
            office.dies(victim)
        home_time.set()
        for person in people:
            person.join(PATIENCE)
        _jobs_are_finished(home)
    finally:
        home_time.set()
        office.ends()
    assert ledger.surprises == []
    _everything_is_there_once(home, ledger, mail)


def _people(office: Installation, ledger: Ledger, home_time: threading.Event) -> list[threading.Thread]:
    teams = [[Staff(office.where).signs_in(name, PASSWORD) for name in names] for names in TEAMS]
    acts = [
        *((works, (team, ledger, random.Random(SEED + n), home_time)) for n, team in enumerate(teams)),
        *((reports, (office.where, name, ledger, home_time)) for name in ("A", "B")),
    ]
    people = [threading.Thread(target=act, args=arguments, daemon=True) for act, arguments in acts]
    for person in people:
        person.start()
    return people


def _in_mid_work(
    office: Installation, round_: int, victim: str, ledger: Ledger, mail: PostOffice, chance: random.Random
) -> None:
    """Waits until people got something done since the last time, and then for a random moment; most workers die
    while the mail server has their letter in hand."""
    assert ledger.waits_for(ledger.acts + 2), f"round {round_}: nobody gets anything done (seed {SEED})"
    assert ledger.surprises == []
    if victim == "worker":
        _eventually(office.has_a_worker, "the worker does not come back")
    if victim == "worker" and round_ % 5 != 1:
        mail.in_hand.clear()
        assert mail.in_hand.wait(PATIENCE), f"round {round_}: no letter leaves (seed {SEED})"
    else:
        threading.Event().wait(chance.uniform(0, 0.3))


def _jobs_are_finished(home: Path) -> None:
    """The leases of dead workers run out (the test does not wait two minutes for it); then nothing may stay undone."""
    with opened(f"sqlite:///{home / 'disposisi.db'}"):
        sql.execute("UPDATE job SET lease_ms = 0 WHERE state = 'waiting'")
        waiting = "SELECT COUNT(*) FROM job WHERE state = 'waiting' AND kind = 'service'"
        _eventually(lambda: sql.value(waiting) == 0, "a job was lost")


def _everything_is_there_once(home: Path, ledger: Ledger, mail: PostOffice) -> None:
    vault.use(Config.from_env(served.environment(home)).keys)
    with opened(f"sqlite:///{home / 'disposisi.db'}"):
        assert sql.value("PRAGMA integrity_check") == "ok"
        assert sql.rows("PRAGMA foreign_key_check") == []
        assert disagreements() == []
        done = {row[0] for row in sql.rows("SELECT id FROM task WHERE state = 'done'")}
        assert set(ledger.done) <= done, f"promised and lost: {set(ledger.done) - done}"
        _reports_are_there_once(ledger)
        again = _mail_arrived(mail)
        taken_twice = sql.value("SELECT COUNT(*) FROM job WHERE attempts > 1")
    print(
        f"\nseed {SEED}: {KILLS} kills; {len(ledger.done)} tasks, {len(ledger.receipts)} reports promised, all there;"
        f" {len(mail.mails)} mails, {again} of them twice; {taken_twice} jobs taken up again"
    )
    assert again and taken_twice, "no worker died with a letter in its hands: the test has tested nothing"


def _reports_are_there_once(ledger: Ledger) -> None:
    found = sql.rows(
        "SELECT c.number, c.subject, c.id, n.sealed, r.sealed, r.id FROM case_file c LEFT JOIN reporter r"
        " ON r.id = c.reporter_id LEFT JOIN narrative n ON n.case_file_id = c.id"
    )
    numbers = {row[0]: row[1] for row in found}
    assert ledger.receipts.items() <= numbers.items()
    times = Counter(row[1] for row in found)
    assert all(times[subject] <= 1 for subject in ledger.tried), "sent once, there twice"
    for _number, _subject, case, told, who, reporter in found:
        assert vault.unseal(told, f"narrative:{case}")["chronology"]
        assert vault.unseal(who, f"reporter:{reporter}")["name"]


def _mail_arrived(mail: PostOffice) -> int:
    """Each message that the journal calls sent arrived; twice only under the same name. Gives how many came twice."""
    sent = sql.rows(
        "SELECT j.name FROM job j JOIN journal e ON e.case_file = j.case_file_id AND e.kind = 'sent'"
        " WHERE j.state = 'done' AND j.kind = 'service' AND e.facts LIKE '%\"by\":\"email\"%'"
    )
    names = {sha256(name.encode()).hexdigest()[:32] for (name,) in sent}
    arrived = Counter(message_id.strip("<>").partition("@")[0] for message_id, _ in mail.mails)
    assert set(arrived) <= names
    return sum(count > 1 for count in arrived.values())
