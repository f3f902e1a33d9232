"""Random people do random things by the public verbs; after each, everything the office keeps agrees."""

import random
from collections import Counter
from collections.abc import Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from agreement import disagreements, of_case
from office import Office

from db import connect, sql
from engine import demo, jobs, verbs
from engine.demo.office import PEOPLE
from engine.diagrams import releases
from engine.errors import OfficeError
from engine.jobs import Call, Undeliverable
from engine.offices import people, settings

CASES = 6
STEPS = {True: 250, False: 70}
DAY = 24 * 60
OPEN = "SELECT id, form, office_id, kind, case_file_id FROM task WHERE state = 'open' ORDER BY id"
STATE = (
    "SELECT c.id, c.state, w.state, r.id, r.fingerprint FROM case_file c JOIN workflow w ON w.case_file_id = c.id"
    " JOIN release r ON r.id = c.release_id"
)


class Walk:
    """A random walk; the same seed takes the same steps."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.chance, self.did = office, random.Random(seed), Counter[str]()
        self.hashes: dict[int, str] = {}

    def step(self) -> None:
        """One thing, by whoever; what the office refuses changes nothing."""
        acts = [*("work",) * 16, *("reports",) * 2, *("jobs",) * 3, "time", "time", "citizen", "withdraw", "trouble"]
        acts += ["recalls", "recalls", "takes_over"]
        name = self.chance.choice(acts)
        try:
            getattr(self, f"_{name}")()
            self.did[name] += 1
        except OfficeError as refused:
            self.did[type(refused).__name__] += 1
        assert not connect.in_transaction()
        self.check()

    def check(self) -> None:
        """The rows of every case agree with its diagram, and no line of the journal changed."""
        found = [problem for row in sql.rows(STATE) for problem in of_case(*row)]
        assert found == [], self.did
        before = {row[0]: row[1] for row in sql.rows("SELECT id, hash FROM journal")}
        assert self.hashes.items() <= before.items(), "the journal only grows"
        self.hashes = before

    # -- what may happen

    def _reports(self) -> None:
        if sql.value("SELECT COUNT(*) FROM case_file WHERE closed_ms IS NULL") < CASES:
            self.office.report()

    def _time(self) -> None:
        self.office.after(minutes=self.chance.choice((1, 30, 240, DAY, 4 * DAY)))

    def _work(self) -> None:
        found = [row for row in sql.rows(OPEN) if row[3] == "user"]
        if not found:
            return
        task, form, office, _, case = self.chance.choice(found)
        by, now = self._someone(office), self.office.now
        verb = self.chance.choices(("complete", "open", "claim", "release", "draft"), (12, 2, 2, 2, 1))[0]
        if verb == "complete":
            verbs.complete(task, by=by, answers=self._answers(case, form), now=now)
        elif verb == "draft":
            verbs.save_draft(task, by=by, answers={"catatan": "Separuh jalan."}, now=now)
        else:
            {"open": verbs.open_task, "claim": verbs.claim, "release": verbs.release}[verb](task, by=by, now=now)

    def _citizen(self) -> None:
        found = [row for row in sql.rows(OPEN) if row[3] == "receive"]
        if found:
            task, form, _, _, case = self.chance.choice(found)
            other = self.chance.random() < 0.1
            verbs.deliver(task, case_id=case + other, answers=self._answers(case, form), now=self.office.now)

    def _recalls(self) -> None:
        """Mostly too late, sometimes not."""
        found = sql.rows("SELECT task, account FROM last_act ORDER BY case_file_id")
        if found:
            task, account = self.chance.choice(found)
            username = sql.value("SELECT username FROM account WHERE id = ?", (account,))
            verbs.recall(task, by=demo.actor(username), reason="Keliru.", now=self.office.now)
            self.did["recalled"] += 1

    def _takes_over(self) -> None:
        found = [row for row in sql.rows(OPEN) if row[3] == "user"]
        if found:
            by = demo.actor(self.chance.choice(PEOPLE)[0])
            verbs.take_over(self.chance.choice(found)[0], by=by, reason="Berhalangan.", now=self.office.now)
            self.did["taken over"] += 1

    def _withdraw(self) -> None:
        cases = [row[0] for row in sql.rows("SELECT id FROM case_file ORDER BY id")]
        if cases and self.chance.random() < 0.5:
            verbs.withdraw(self.chance.choice(cases), now=self.office.now)

    def _jobs(self) -> None:
        jobs.run_due(self.office.now, {"balas_pelapor": self._mail, "kabari_pelapor": self._mail})

    def _mail(self, call: Call) -> Mapping[str, Any]:
        fate = self.chance.random()
        if fate < 0.2:
            raise ConnectionError("tidak tersambung")
        if fate < 0.3:
            raise Undeliverable("ditolak")
        return {"delivered": True, "by": "test", "message": call.message}

    def _trouble(self) -> None:
        """An office is dissolved while people work on: incidents, retried once it is there again."""
        role = self.chance.choice(("kabag", "akd", "sekwan", "kasubag_tu"))
        with self._dissolved(role):
            for _ in range(6):
                try:
                    self._work()
                    self._jobs()
                except OfficeError as refused:
                    self.did[type(refused).__name__] += 1
                self.check()
        for (incident,) in sql.rows("SELECT id FROM incident WHERE solved_ms IS NULL ORDER BY id"):
            try:
                verbs.retry(incident, by=demo.actor("admin"), now=self.office.now)
                self.did["retried"] += 1
            except OfficeError as refused:
                self.did[f"retry {type(refused).__name__}"] += 1
            self.check()

    @contextmanager
    def _dissolved(self, role: str) -> Any:
        sql.execute("UPDATE office SET role = 'bubar', code = code || '_x' WHERE role = ?", (role,))
        yield
        sql.execute("UPDATE office SET role = ?, code = REPLACE(code, '_x', '') WHERE role = 'bubar'", (role,))

    # -- who, and what they fill in

    def _someone(self, office: int) -> verbs.Actor:
        """Mostly someone who may."""
        seats = people.who_may_act(self.office.now, office_id=office)
        if seats and self.chance.random() < 0.85:
            account = "SELECT username FROM account WHERE person_id = ?"
            return demo.actor(sql.value(account, (self.chance.choice(seats).person_id,)))
        return demo.actor(self.chance.choice(PEOPLE)[0])

    def _answers(self, case: int, form: str) -> dict[str, Any]:
        """Anything the form's fields take; sometimes one is missing."""
        organisation, release, fingerprint = sql.rows(
            "SELECT c.organisation_id, r.id, r.fingerprint FROM case_file c JOIN release r ON r.id = c.release_id"
            " WHERE c.id = ?",
            (case,),
        )[0]
        screen = releases.closure(release, fingerprint).screens[form]
        bound = screen.bind({}, settings.lists(organisation, screen.values_keys))
        answers = {name: self._answer(asked) for name, asked in bound.fields.items()}
        if self.chance.random() < 0.05:
            answers.pop(self.chance.choice(sorted(answers)), None)
        return answers

    def _answer(self, asked: Any) -> Any:
        codes = [choice.code for choice in asked.choices]
        kind = asked.asked.kind
        if kind == "checklist":
            return self.chance.sample(codes, self.chance.randint(1, min(3, len(codes))))
        if codes and kind != "checkbox":
            return self.chance.choice(codes)
        return {"checkbox": "y", "number": "1", "date": "2026-04-13", "datetime": "2026-04-13"}.get(
            kind, "Sebuah kata."
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_people_do_rows_diagram_jobs_books_and_journal_agree(database: str, seed: int) -> None:
    walk = Walk(Office(), seed)
    for _ in range(STEPS[connect.is_sqlite()]):
        walk.step()
    assert disagreements() == []
    states = Counter(row[0] for row in sql.rows("SELECT state FROM case_file"))
    print(f"\nseed {seed}: {dict(walk.did)}; cases {dict(states)}")
    assert walk.did["work"] and walk.did["jobs"]
    for (case,) in sql.rows("SELECT id FROM case_file WHERE closed_ms IS NULL"):
        verbs.withdraw(case, now=walk.office.now)
    assert disagreements() == []
    assert sql.value("SELECT COUNT(*) FROM task WHERE state = 'open'") == 0
    text = "SELECT COUNT(*) FROM job WHERE state = 'waiting' AND kind IN ('timer', 'service')"
    assert sql.value(text) == 0
