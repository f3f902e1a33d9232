"""Kota Mojokerto with three units, for the bare complaint process: what differs from the DPRD is data, not code."""

from typing import Any

from office import RING, Outbox, ms

import engine
from db import sql
from db.connect import transaction
from engine import installation, jobs, vault
from engine.commands.start import Report, Reporter
from engine.installation import Body, OfficePlan

UNITS = {"dinkes": "Dinas Kesehatan", "dkp": "Dinas Kebersihan dan Pertamanan", "klh": "Kantor Lingkungan Hidup"}
ROLES = {"petugas": "Petugas Pelayanan Pengaduan", "pejabat": "Pejabat Terkait", "pimpinan": "Kepala"}

BODY = Body(
    code="kota_mojokerto",
    name="Pemerintah Kota Mojokerto",
    units={"humas": ("Bagian Humas", "bagian"), "kominfo": ("Dishubkominfo", "dinas")}
    | {code: (name, "dinas") for code, name in UNITS.items()},
    offices=[
        OfficePlan("redaktur", "redaktur", "humas", "Koordinator dan Redaktur"),
        OfficePlan("admin_pengaduan", "admin", "kominfo", "Admin Pengaduan Online"),
        *(OfficePlan(f"{role}_{unit}", role, unit, f"{name} {unit}") for unit in UNITS for role, name in ROLES.items()),
    ],
    settings={"numbering": "{urut:04d}/ADU/{tahun}"},
    processes={"pengaduan": "Perwali 14/2016"},
)


class Kota:
    """The city, each office held by one person, with time in its hands."""

    def __init__(self, now: str = "2026-03-13 09.00") -> None:
        vault.use(RING)
        self.now = ms(now)
        self.outbox = Outbox([])
        self.organisation = installation.found(BODY, now=self.now)
        self.people: dict[str, engine.Actor] = {}
        with transaction():
            for plan in BODY.offices:
                person = installation.employ(
                    self.organisation,
                    plan.name,
                    offices=[plan.code],
                    username=plan.code,
                    password_hash="!",
                    since=self.now,
                )
                account = sql.value("SELECT id FROM account WHERE person_id = ?", (person,))
                self.people[plan.code] = engine.Actor(int(account), person)

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
