"""Kota Mojokerto as in the demonstration, with time in its hands: what differs from the DPRD is data, not code."""

from typing import Any

from office import PASSWORD, RING, Outbox, ms

import engine
from db import sql
from engine import demo, jobs, vault
from engine.commands.start import Report, Reporter
from engine.demo_city import BODY, PEOPLE


class Kota:
    """The city, each office held by one person, with time in its hands."""

    def __init__(self, now: str = "2026-03-13 09.00") -> None:
        vault.use(RING)
        self.now = ms(now)
        self.outbox = Outbox([])
        self.organisation = demo.open_office(PASSWORD, now=self.now, since=self.now, body=BODY, people=PEOPLE)
        self.people = {office: demo.actor(named[0]) for named in PEOPLE for office in named[4]}
        """Who acts, by the code of an office they hold."""

    def complaint(self) -> int:
        begun = engine.start(
            "pengaduan",
            organisation=BODY.code,
            reporter=Reporter("Sri", email="sri@contoh.id"),
            report=Report("Sampah menumpuk.", "Seminggu", "Kelurahan Wates", "Sampah"),
            send_key=f"kota-{self.now}",
            now=self.now,
        )
        return begun.case_id

    def waits(self, case: int) -> list[str]:
        text = "SELECT element FROM task WHERE case_file_id = ? AND state = 'open' ORDER BY element, instance"
        return [row[0] for row in sql.rows(text, (case,))]

    def does(self, who: str, case: int, element: str, **answers: Any) -> None:
        """An office completes its task; the office it waits for is asserted by who may."""
        text = (
            "SELECT t.id FROM task t JOIN office o ON o.id = t.office_id"
            " WHERE t.case_file_id = ? AND t.element = ? AND t.state = 'open' AND o.code = ?"
        )
        task = sql.value(text, (case, element, who))
        assert task is not None, f"{element} does not wait for {who}; open: {self.waits(case)}"
        engine.complete(int(task), by=self.people[who], answers=answers, now=self.now)

    def citizen(self, case: int, element: str, **answers: Any) -> None:
        text = "SELECT id FROM task WHERE case_file_id = ? AND element = ? AND state = 'open'"
        task = int(sql.value(text, (case, element)))
        engine.deliver(task, case_id=case, answers=answers, now=self.now)

    def works_off_jobs(self) -> None:
        jobs.run_due(self.now, {"balas_pelapor": self.outbox.handler, "kabari_pelapor": self.outbox.handler})

    def state(self, case: int) -> str:
        return str(sql.value("SELECT state FROM case_file WHERE id = ?", (case,)))

    def due(self, case: int) -> int | None:
        found: int | None = sql.value("SELECT due_ms FROM case_file WHERE id = ?", (case,))
        return found
