"""What an earlier day already did: the same office reached by its verbs, beside the running server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kota import Kota
from office import Office, Outbox

from db import connect, sql
from engine import demo, vault
from engine.commands.start import Report, Reporter, Started, start
from engine.demo import city as demo_city
from webui.config import Config


class Behind(Office):
    """The cast at work in the served office, at the time it is."""

    def __init__(self) -> None:
        self.now = int(time.time() * 1000)
        self.organisation = int(sql.value("SELECT id FROM organisation WHERE code = ?", (demo.DPRD,)))
        self.outbox, self.sent = Outbox([]), self.now  # a send key is never used twice


class CityBehind(Kota):
    """The city at work in the served installation, at the time it is or on an earlier day (`at`)."""

    def __init__(self) -> None:
        self.now = int(time.time() * 1000)
        self.organisation = int(sql.value("SELECT id FROM organisation WHERE code = ?", (demo_city.CITY,)))
        self.people = {office: demo.actor(named[0]) for named in demo_city.PEOPLE for office in named[4]}
        self.outbox = Outbox([])

    def sent(self, subject: str, **data: Any) -> Started:
        """A complaint by the web, about this; `data` are facts of the case."""
        mother = Reporter("", "081277771234", "warga.wates@contoh.id", mother="Siti Aminah")
        report = Report(f"{subject}, sudah seminggu.", "Seminggu", "Gang 3, Wates", subject, data={**SORTED, **data})
        begun = {"organisation": demo_city.CITY, "send_key": f"kota-{subject}", "now": self.now}
        return start("pengaduan", reporter=mother, report=report, **begun)

    def handled(self, subject: str, up_to: str) -> Started:
        """The same, worked on until it waits for this step; its text is on the site."""
        begun = self.sent(subject)
        shown = {"judul_tayang": subject, "isi_tayang": f"{subject} di Kelurahan Wates."}
        self.acts(begun.case_id, "sunting_pengaduan", **shown)
        for step in ("teruskan", "telaah", "arahkan", "tindak_lanjuti", "catat_hasil", "input_balasan"):
            if step == up_to:
                break
            self.acts(begun.case_id, step)
        return begun


SORTED = {"subyek": "kebersihan", "bagian_subyek": "sampah", "wilayah": "wates", "jenis_aduan": "keluhan"}


@contextmanager
def opened(home: Path) -> Iterator[None]:
    """The installation's own database with its own keys."""
    config = Config.from_env({"DISPOSISI_HOME": str(home)})
    vault.use(config.keys)
    connect.configure(config.database)
    try:
        with connect.connection():
            yield
    finally:
        connect.dispose()


@contextmanager
def inside(home: Path) -> Iterator[Behind]:
    """The DPRD's office."""
    with opened(home):
        yield Behind()


@contextmanager
def city(home: Path) -> Iterator[CityBehind]:
    """Kota Mojokerto."""
    with opened(home):
        yield CityBehind()


def waiting(home: Path, *subjects: str, at: str = "terima") -> list[str]:
    """New reports about these, one after the other, as far as this desk: terima, kasubag or kabag; their numbers."""
    with inside(home) as office:
        cases = [office.report(subject) for subject in subjects]
        for case, subject in zip(cases, subjects, strict=True):
            if at in ("kasubag", "kabag"):
                office.sekar.registers(case, perihal=subject)
            if at == "kabag":
                office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
        return [str(sql.value("SELECT number FROM case_file WHERE id = ?", (case,))) for case in cases]
