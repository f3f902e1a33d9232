"""The cast: people of the DPRD at work, in sentences. A scenario reads like the minutes of a working day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import founded
from visitor import RECEIVED

from db import sql
from engine import demo, jobs, vault, verbs
from engine.commands.start import Report, Reporter
from engine.errors import NotAllowed, NotFound
from engine.jobs import Call, Undeliverable
from engine.offices import policy
from engine.vault import Keyring

WIB = ZoneInfo("Asia/Jakarta")
PASSWORD = "kata sandi uji coba"
RING = Keyring({"k1": b"1" * 32}, "k1", b"p" * 32)


def ms(text: str) -> int:
    """`2026-04-10 16.25` in WIB as UTC milliseconds."""
    return int(datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WIB).timestamp() * 1000)


@dataclass
class Outbox:
    """Where a test looks at what left the building; it can be told to refuse."""

    calls: list[Call]
    refuses: str = ""

    def handler(self, call: Call) -> Mapping[str, Any]:
        if self.refuses:
            raise Undeliverable(self.refuses)
        self.calls.append(call)
        return {"delivered": True, "by": "test"}


class Office:
    """The DPRD in a fresh database, with time in its hands."""

    def __init__(self, now: str = "2026-04-06 08.00") -> None:
        vault.use(RING)
        self.now = ms(now)
        self.organisation = founded.once(("dprd", self.now), lambda: founded.office(PASSWORD, now=self.now))
        self.outbox = Outbox([])
        self.sent = 0

    def __getattr__(self, name: str) -> "Official":
        if name.startswith("_"):
            raise AttributeError(name)
        return Official(self, name)

    def at(self, when: str) -> "Office":
        """Moves time to an instant in WIB."""
        self.now = ms(when)
        return self

    def after(self, *, minutes: int) -> "Office":
        """Moves time on by clock minutes."""
        self.now += minutes * 60_000
        return self

    def report(self, subject: str = "Jalan rusak", *, process: str = "siapmas", key: str = "", **who: str) -> int:
        """A citizen reports; gives the case's id."""
        self.sent += 1
        reporter = Reporter(**{"name": "Slamet Riyadi", "email": "slamet@contoh.id"} | who)
        begun = verbs.start(
            process,
            organisation=demo.DPRD,
            reporter=reporter,
            report=Report("Jalan di depan sekolah rusak parah.", "Kemarin", "Desa Mojorejo", subject),
            send_key=key or f"test-{self.sent}",
            now=self.now,
        )
        return begun.case_id

    def open_tasks(self, case: int) -> list[tuple[str, str]]:
        """What waits in a case: element and part (the committee's unit, or "")."""
        text = "SELECT element, instance FROM task WHERE case_file_id = ? AND state = 'open' ORDER BY element, instance"
        return sql.rows(text, (case,))

    def waits(self, case: int) -> list[str]:
        return [element for element, _ in self.open_tasks(case)]

    def task(self, case: int, element: str, part: str = "") -> int:
        text = "SELECT id FROM task WHERE case_file_id = ? AND element = ? AND state = 'open'"
        found = sql.rows(text + (" AND instance = ?" if part else ""), (case, element, *([part] if part else [])))
        assert len(found) == 1, f"{element} {part} waits {len(found)} times; open: {self.open_tasks(case)}"
        return int(found[0][0])

    def state(self, case: int) -> str:
        return str(sql.value("SELECT state FROM case_file WHERE id = ?", (case,)))

    def outcome(self, case: int) -> str:
        return str(sql.value("SELECT outcome FROM case_file WHERE id = ?", (case,)))

    def works_off_jobs(self) -> int:
        """The worker comes by: timers that are due, messages that wait."""
        handlers = dict.fromkeys(("balas_pelapor", "kabari_pelapor", "surel"), self.outbox.handler)
        return jobs.run_due(self.now, handlers)

    def citizen_completes(self, case: int, element: str, **answers: Any) -> None:
        verbs.deliver(self.task(case, element), case_id=case, answers=answers, now=self.now)


@dataclass(frozen=True)
class Official:
    """Someone of the cast, by user name: office.sekar, office.bima …"""

    office: Office
    username: str

    @property
    def actor(self) -> verbs.Actor:
        return demo.actor(self.username)

    @property
    def person(self) -> int:
        return self.actor.person_id

    def opens(self, case: int, element: str, part: str = "") -> int:
        task = self.office.task(case, element, part)
        verbs.open_task(task, by=self.actor, now=self.office.now)
        return task

    def does(self, case: int, element: str, part: str = "", **answers: Any) -> verbs.Completed:
        """Opens a task and completes it."""
        task = self.opens(case, element, part)
        return verbs.complete(task, by=self.actor, answers=answers, now=self.office.now)

    def registers(self, case: int, **more: Any) -> None:
        self.does(case, "terima", **(RECEIVED | more))

    def may_see(self, case: int) -> bool:
        try:
            policy.view(self.actor, case, self.office.now)
        except NotFound:
            return False
        return True

    def may_not_do(self, case: int, element: str, part: str = "", **answers: Any) -> bool:
        try:
            task = self.office.task(case, element, part)
            verbs.complete(task, by=self.actor, answers=answers, now=self.office.now)
        except NotAllowed:
            return True
        return False
