"""What an earlier day already did: the same office reached by its verbs, beside the running server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import siapmas_days as day
from office import Office, Outbox

from db import connect, sql
from engine import demo, vault
from webui.config import Config


class Behind(Office):
    """The cast at work in the served office, at the time it is."""

    def __init__(self) -> None:
        self.now = int(time.time() * 1000)
        self.organisation = int(sql.value("SELECT id FROM organisation WHERE code = ?", (demo.DPRD,)))
        self.outbox, self.sent = Outbox([]), self.now  # a send key is never used twice


@contextmanager
def inside(home: Path) -> Iterator[Behind]:
    """The office's own database with its own keys."""
    config = Config.from_env({"DISPOSISI_HOME": str(home)})
    vault.use(config.keys)
    connect.configure(config.database)
    try:
        with connect.connection():
            yield Behind()
    finally:
        connect.dispose()


def waiting(home: Path, *subjects: str, at: str = "terima") -> list[str]:
    """New reports with these subjects, one after the other, taken as far as this desk; gives their numbers."""
    steps = {"terima": None, "kasubag": day.to_kasubag, "kabag": day.to_kabag, "sekwan": day.to_sekwan}
    numbers = []
    with inside(home) as office:
        for subject in subjects:
            case = office.report(subject)
            if go := steps[at]:
                go(office, case)
            numbers.append(str(sql.value("SELECT number FROM case_file WHERE id = ?", (case,))))
    return numbers
